"""Takes a bulletin and its text and checks hash, offsets, sections, completeness, and that no sentence was copied."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from kuaibao.errors import Place, UsageError
from kuaibao.reader import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kuaibao.checks.tally import Tally
    from kuaibao.model import Package

BREAK = re.compile(r"[ \t\f]*\n[\s\f]*")
BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
NAMED = re.compile("《[^》]*》|“[^”]*”")
# More Chinese characters than this in a row, outside titles and quoted terms, are a sentence of the bulletin.
LONGEST_SHARED = 16


def check_source(package: Package, names: Sequence[str], pages: Mapping[str, str], file: Path, tally: Tally) -> None:
    """Verify the package against the text; raise UsageError where the text cannot be read.

    `names` are the names of organisations, which our words may share with the bulletin.
    """
    content = _content(file)
    place = Place(f"{package.path}/datapackage.json")
    digest = hashlib.sha256(content).hexdigest()
    if not tally.expect(digest == package.bulletin["text_sha256"], "source-hash", place, digest, file=file.name):
        return
    text = content.decode("utf-8")
    _check_offsets(package, text, tally)
    _check_paragraphs(package, text, tally)
    _check_complete(package, text, tally)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "\n")
    _check_own_words(package, pages, re.sub(r"\s+", "", NAMED.sub("\n", text)), tally)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise UsageError(
            f"找不到快报原文 {file}；文件名须为“快报编号.txt”",
            f"no bulletin text {file}; the file is named after the bulletin's id, with .txt",
        ) from None


def printed(text: str, start: int, end: int) -> str:
    """Give a slice of the text with line and page breaks taken out."""
    return BREAK.sub("", text[start:end])


def _check_offsets(package: Package, text: str, tally: Tally) -> None:
    for index, row in enumerate(package.rows("numerals")):
        found = printed(text, int(row["start"]), int(row["end"]))
        place = package.place("numerals", index, "start")
        tally.expect(found == row["printed"], "source-offset", place, row["printed"], found=found)
    last = package.rows("sections")[-1]
    place = package.place("sections", len(package.tables["sections"]) - 1, "end")
    tally.expect(int(last["end"]) == len(text), "source-end", place, last["end"], length=str(len(text)))


def _check_paragraphs(package: Package, text: str, tally: Tally) -> None:
    starts = {row["section"]: int(row["start"]) for row in package.rows("sections")}
    blocks = [match.start() for match in BLOCK.finditer(text)]
    for index, row in enumerate(package.rows("numerals")):
        inside = [block for block in blocks if starts[row["section"]] <= block <= int(row["start"])]
        expected = len(inside) - (row["section"] != "0")
        place = package.place("numerals", index, "paragraph")
        tally.expect(int(row["paragraph"]) == expected, "source-paragraph", place, row["paragraph"], expected=str(expected))


def _check_complete(package: Package, text: str, tally: Tally) -> None:
    spans = [(int(row["start"]), int(row["end"])) for row in package.rows("numerals")]
    for numeral in read(text):
        covered = any(start < numeral.end and numeral.start < end for start, end in spans)
        place = package.place("numerals")
        tally.expect(covered, "source-complete", place, numeral.printed, start=str(numeral.start), end=str(numeral.end))


def _check_own_words(package: Package, pages: Mapping[str, str], text: str, tally: Tally) -> None:
    known = {text[i : i + LONGEST_SHARED + 1] for i in range(len(text) - LONGEST_SHARED)}
    for table, frame in package.tables.items():
        for column in [name for name in frame.columns if name.endswith("_zh")]:
            for index, cell in enumerate(frame[column]):
                copied = shared(str(cell), known)
                tally.expect(not copied, "source-copied", package.place(table, index, column), copied)
    for path, page in pages.items():
        for number, line in enumerate(page.splitlines(), start=1):
            copied = shared(line, known)
            tally.expect(not copied, "source-copied", Place(f"docs/{path}", number), copied)


def shared(own: str, known: set[str]) -> str:
    """Give the first run of our words that also stands in the bulletin, '' for none; names may be shared."""
    for part in NAMED.split(re.sub(r"\s", "", own)):
        for i in range(len(part) - LONGEST_SHARED):
            if part[i : i + LONGEST_SHARED + 1] in known:
                return part[i : i + LONGEST_SHARED + 1]
    return ""
