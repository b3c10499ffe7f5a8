"""Writes a made-up statistical communiqué beside it: as txt, and as PDF in one column and in two.

Its tables have no rules and close columns, its notes stand at the end. Needs Chromium; the tests do not.
Run: python tests/documents/communique.py
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from make import _chromium

HERE = Path(__file__).parent
NOTE = re.compile(r"\{([^}]*)\}")
BLOCKS = Path(__file__).with_suffix(".md").read_text(encoding="utf-8").strip().split("\n\n")
CSS = """
@page { size: A4; margin: 20mm; }
body { font-family: 'WenQuanYi Zen Hei'; font-size: 11pt; line-height: 1.75; }
p { text-indent: 2em; margin: 0; text-align: justify; } h1 { font-size: 20pt; text-align: center; }
h2 { font-size: 11pt; margin: .3em 0; } p.unit { text-align: right; } p.caption { text-align: center; }
sup { font-size: 60%; line-height: 1; } p.note { font-size: 75%; }
table { border-collapse: collapse; margin: 0 auto; } thead { break-after: avoid; }
td, th { padding: 0 .25em; text-align: right; font-weight: normal; }
"""
TWO = "div { column-count: 2; column-gap: 2em; } h1 { column-span: all; }"


def rows_of(block: str) -> list[list[str]]:
    """Split a block with bars into rows of cells."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in block.split("\n")]


def as_txt() -> str:
    """Write the text with tabs between cells and the notes at the end."""
    blocks = [
        "\n".join("\t".join(row) for row in rows_of(block)) if block.startswith("|") else block.lstrip("# ")
        for block in BLOCKS
    ]
    notes = [note for block in blocks for note in NOTE.findall(block)]
    return "\n\n".join([*(NOTE.sub("", block) for block in blocks), *notes]) + "\n"


def as_html(css: str) -> str:
    """Write a page that is to be printed."""
    notes = [note for block in BLOCKS for note in NOTE.findall(block)]
    numbers = iter(range(1, len(notes) + 1))
    body = "".join(map(_element, BLOCKS))
    body = NOTE.sub(lambda _: f"<sup>{next(numbers)}</sup>", body)
    foot = "".join(f"<p class=note>[{number}] {note}</p>" for number, note in enumerate(notes, start=1))
    return f"<!DOCTYPE html><meta charset=utf-8><style>{CSS}{css}</style><div>{body}{foot}</div>"


def _element(block: str) -> str:
    if block.startswith("|"):
        first, *rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows_of(block))
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><thead><tr>{first}</tr></thead>{body}</table>"
    if block.startswith("#"):
        tag = "h1" if block.startswith("# ") else "h2"
        return f"<{tag}>{block.lstrip('# ')}</{tag}>"
    kind = "unit" if block.startswith("单位") else "caption" if block.startswith("表") else "text"
    return f"<p class={kind}>{block}</p>"


def main() -> None:
    """Write every file."""
    HERE.joinpath("communique.txt").write_text(as_txt(), encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as name:
        for form, css in (("one", ""), ("two", TWO)):
            page = Path(name) / f"{form}.html"
            page.write_text(as_html(css), encoding="utf-8")
            _chromium(page, HERE / f"communique-{form}.pdf", Path(name), "--no-pdf-header-footer")


if __name__ == "__main__":
    main()
