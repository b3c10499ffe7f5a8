"""Takes a bulletin's text with its sections and ledger; gives the lines of each section, cut at numerals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kuaibao.places import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kuaibao.model import Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A part of a line: plain text, or (a part of) a numeral; `first` where the numeral begins."""

    text: str
    numeral: Row | None = None
    first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of a section by the number under which the ledger counts it; 0 is the section's heading."""

    number: int
    pieces: tuple[Piece, ...]


def parted(text: str, sections: Sequence[Row], numerals: Sequence[Row]) -> list[tuple[Row, list[Line]]]:
    """Give each section with its lines; starts and ends count characters of the text, as in the tables.

    A numeral that runs over the end of a line has a piece in each of its lines.
    """
    lines = Lines(text)
    return [(section, list(_lines(text, section, numerals, lines))) for section in sections]


def _lines(text: str, section: Row, numerals: Sequence[Row], lines: Lines) -> Iterator[Line]:
    start, end = int(section["start"]), int(section["end"])
    own = [row for row in numerals if row["section"] == section["section"]]
    at = start
    for line in text[start:end].split("\n"):
        if line.strip():
            first = at + len(line) - len(line.lstrip())
            number = max(0, lines.paragraph(first, section["section"], start))
            yield Line(number=number, pieces=tuple(_pieces(text, first, at + len(line.rstrip()), own)))
        at += len(line) + 1


def _pieces(text: str, start: int, end: int, numerals: Sequence[Row]) -> Iterator[Piece]:
    at = start
    for row in numerals:
        low, high = max(int(row["start"]), start), min(int(row["end"]), end)
        if low >= high:
            continue
        if at < low:
            yield Piece(text=text[at:low])
        yield Piece(text=text[low:high], numeral=row, first=low == int(row["start"]))
        at = high
    if at < end:
        yield Piece(text=text[at:end])
