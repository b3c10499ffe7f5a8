"""Takes the words and rows of a chart, or a figure, and gives an SVG file of its own, with its source.

A file has no page around it: its width is fixed, and lines of text are broken by an estimate of their
width, since no font of the machine that builds is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import east_asian_width

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.charts.frame import Caption
    from kuaibao.errors import Language

WIDTH: Final = 760
CARD: Final = 440  # width of the file of a figure
EDGE: Final = 32
LABELS: Final = 200  # width of the column of labels
VALUES: Final = 150  # width of the column of values
PLOT: Final = 304  # width of the marks of a row
GAP: Final = 14
LATIN: Final = r"[\x21-\u024f\u2010-\u2012\u2014-\u2027]"
ADDRESS: Final = rf"{LATIN}+?(?<!/)(?=[/#]\w)"  # it may break before / and #
PIECE: Final = re.compile(rf"{ADDRESS}|{LATIN}*\u2013|[（《「『“‘]+(?:{LATIN}+|.)\s*|{LATIN}+\s*|\s+|.")
NO_START: Final = "，。；：、！？）》」』”’,.;:!?)"
STYLE: Final = (
    "text{font-family:system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;fill:#24201b}"
    ".title,.value,.heading,.figure{font-weight:600}.figure{fill:#9a3f26}.soft{fill:#665e53}"
)
STRUCK: Final = ".figure{fill:#665e53;text-decoration:line-through}"
MARKS: Final = (
    ".kb-chart__solid,.kb-chart__dated{fill:#9a3f26}.kb-chart__whole{fill:#f3e3db;stroke:#8f8474}"
    ".kb-chart__outline,.kb-chart__arrow,.kb-chart__ring,.kb-chart__fading-1,.kb-chart__fading-2,.kb-chart__fading-3,"
    ".kb-chart__rest{fill:none;stroke:#9a3f26;stroke-width:1.4}.kb-chart__rest{stroke:#8f8474}"
    ".kb-chart__fading-2{opacity:.65}.kb-chart__fading-3{opacity:.35}"
    ".kb-chart__hatch{stroke:#9a3f26;stroke-width:12;stroke-dasharray:2 3}.kb-chart__foot{stroke:#9a3f26}"
    ".kb-chart__rounding,.kb-chart__zero{stroke:#665e53}.kb-chart__stem{stroke:#e5ddd0}"
    ".kb-chart__line{stroke:#9a3f26;stroke-width:3}.kb-chart__lead line{stroke:#9a3f26;stroke-width:3;"
    "stroke-dasharray:3 5}.kb-chart__undated{fill:#fff;stroke:#9a3f26;stroke-width:3}"
    ".kb-chart__whisker{stroke:#9a3f26;stroke-width:8;stroke-dasharray:2 3}"
    ".kb-chart__tie{fill:none;stroke:#8f8474;stroke-width:1.4}.kb-chart__tie--helps{stroke-dasharray:4 4}"
    ".kb-chart__tie--serves{stroke:#9a3f26}.kb-chart__box{fill:#fff;stroke:#e5ddd0}"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row of a file: label and value beside a picture of so many px, or a heading, or a picture alone."""

    label: str = ""
    value: str = ""
    picture: str = ""
    height: int = 24
    heading: bool = False
    whole: bool = False


class _Text(NamedTuple):
    x: float
    y: float
    text: str
    kind: str = "label"
    size: int = 15
    width: float = WIDTH - 2 * EDGE


def poster(caption: Caption, lines: Sequence[Line], notes: Sequence[str] = ()) -> tuple[str, int]:
    """Give the SVG file of a chart, 760 wide, and how high its rows make it; notes stand small below it."""
    y, body = EDGE + 12.0, list[Markup]()
    y = _add(body, _Text(EDGE, y, caption.title, "title", 22)) + 19
    for line in lines:
        y += _line(line, y, body)
    y = _add(body, _Text(EDGE, y + 30, caption.finding, "finding", 16))
    for note in filter(None, notes):
        y = _add(body, _Text(EDGE, y + 20, note, "soft", 13))
    height = round(y + EDGE - 8)
    return _sheet(caption.title, caption.finding, caption.language, (WIDTH, height), body, MARKS), height


def figure_card(  # noqa: PLR0913  # what the file of a figure holds
    language: Language, title: str, value: str, facts: Sequence[str], source: str, *, withdrawn: bool = False
) -> str:
    """Give the SVG file of a figure, 440 wide: what it counts, the value as told, facts, where it is from.

    The value of one that was withdrawn is struck.
    """
    edge, body = 24, list[Markup]()
    room = CARD - 2.0 * edge
    y = _add(body, _Text(edge, edge + 14, title, "title", 17, room))
    y = _add(body, _Text(edge, y + 30, value, "figure", 30, room))
    for fact in facts:
        y = _add(body, _Text(edge, y + 18, fact, size=14, width=room))
    y = _add(body, _Text(edge, y + 20, source, "soft", 12, room))
    return _sheet(title, value, language, (CARD, round(y + edge - 8)), body, STRUCK if withdrawn else "")


def _sheet(  # noqa: PLR0913, PLR0917  # what a file holds
    title: str, told: str, language: str, size: tuple[int, int], body: Sequence[Markup], style: str = ""
) -> str:
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" lang="{language}">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>"
        f'<style>{STYLE}{style}</style><rect width="{width}" height="{height}" fill="#fff"/>'
        f"{Markup().join(body)}</svg>\n"
    )


def _line(line: Line, y: float, body: list[Markup]) -> float:
    """Add a row at a height and give how much of it it takes."""
    if line.whole:
        picture = Markup(line.picture)  # noqa: S704  # drawn by templates
        body.append(_nested(picture, EDGE, y, WIDTH - 2 * EDGE, line.height))
        return line.height + GAP
    kind, width = ("heading", WIDTH - 2.0 * EDGE) if line.heading else ("label", float(LABELS))
    bottom = _add(body, _Text(EDGE, y + 17, line.label, kind, width=width))
    left = EDGE + LABELS + GAP
    if line.value:
        bottom = max(bottom, _add(body, _Text(left, y + 17, line.value, "value", width=VALUES)))
    if line.picture:
        picture = Markup(line.picture)  # noqa: S704  # drawn by templates
        body.append(_nested(picture, left + VALUES + GAP, y, PLOT, line.height))
    return max(bottom - y, float(line.height)) + (4 if line.heading else 8)


def _nested(picture: Markup, x: float, y: float, width: float, height: float) -> Markup:
    return Markup('<svg x="{}" y="{:g}" width="{}" height="{}" overflow="visible">{}</svg>').format(
        x, y, width, height, picture
    )


def _add(body: list[Markup], text: _Text) -> float:
    """Add a text in as many lines as it needs and give the height at which it ends."""
    lines = broken(text.text, text.width / text.size)
    for number, line in enumerate(lines):
        y = text.y + number * round(text.size * 1.5)
        tag = Markup('<text x="{:g}" y="{:g}" font-size="{}" class="{}">{}</text>')
        body.append(tag.format(text.x, y, text.size, text.kind, line))
    return text.y + max(0, len(lines) - 1) * round(text.size * 1.5) + 7


def broken(text: str, ems: float) -> list[str]:
    """Break a text into lines of so many ems: between Chinese characters and between words."""
    lines, filled = [""], 0.0
    for piece in PIECE.findall(text):
        if lines[-1] and piece not in NO_START and filled + width(piece.rstrip()) > ems:
            lines.append("")
            filled = 0.0
        added = piece if lines[-1] else piece.lstrip()
        lines[-1] += added
        filled += width(added)
    return [line.rstrip() for line in lines if line.strip()]


@lru_cache(10_000)
def width(text: str) -> float:
    """Estimate the width of a text in ems: a Chinese character 1, any other 0.56."""
    return sum(1.0 if east_asian_width(sign) in "WF" else 0.56 for sign in text)
