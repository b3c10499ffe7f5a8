"""A document in, its numerals in reading order out, those in table cells with the unit of their header."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from kuaibao.reader import printed as printed_text
from kuaibao.reader import read, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kuaibao.reader import Numeral

    from .model import Document, Stretch

_YEAR = re.compile("(?:19|20)[0-9]{2}")


def numerals(document: Document) -> list[Numeral]:
    """Return every numeral of the document without overlaps; offsets count in `document.text`.

    A number that stands alone in a cell takes unit and multiplier of its header (产值（亿元） above 12.3 is
    1,230,000,000 元); a cell that prints its own unit keeps it. Runs in time linear in the text's length.
    """
    starts = [start for start, _ in document.marks]
    found: list[Numeral] = []
    for stretch in document.stretches:
        marks = document.marks[bisect_left(starts, stretch.start) : bisect_left(starts, stretch.end)]
        found += _marked(document.text, stretch, marks) if marks else _plain(document.text, stretch)
    return found


def printed(document: Document, start: int, end: int) -> str:
    """Return a slice of a document's text as printed: without marks, line and page breaks, page numbers."""
    pieces, at = [], start
    for first, last in document.marks:
        if start < last and first < end:
            pieces.append(document.text[at:first])
            at = last
    shown = "".join([*pieces, document.text[at:end]])
    return printed_text(shown, 0, len(shown))


def _plain(text: str, stretch: Stretch) -> Iterator[Numeral]:
    for numeral in _read(text[stretch.start : stretch.end], stretch):
        yield numeral._replace(start=numeral.start + stretch.start, end=numeral.end + stretch.start)


def _marked(text: str, stretch: Stretch, marks: Sequence[tuple[int, int]]) -> Iterator[Numeral]:
    """Read the stretch without its marks; places lead back into the text."""
    places: list[int] = []
    at = stretch.start
    for start, end in [*marks, (stretch.end, stretch.end)]:
        places += range(at, min(start, stretch.end))
        at = max(at, end)
    for numeral in _read("".join(text[place] for place in places), stretch):
        yield numeral._replace(start=places[numeral.start], end=places[numeral.end - 1] + 1)


def _read(text: str, stretch: Stretch) -> Iterator[Numeral]:
    found = read(text)
    if stretch.bare == "heading":
        found = list(map(_in_heading, found))
    elif (stretch.unit or stretch.bare != "figure") and _is_bare(text, found):
        found = [_with_header(text, found[0], stretch)]
    yield from found


def _is_bare(text: str, found: list[Numeral]) -> bool:
    """Tell whether the cell holds one number without unit, and at most a footnote mark beside it."""
    if len(found) != 1 or found[0].kind != "figure" or found[0].unit:
        return False
    return not (text[: found[0].start] + text[found[0].end :]).strip(" *#△▲")


def _in_heading(numeral: Numeral) -> Numeral:
    """Take a bare 2023 in a heading (工会简报 2023) for the year."""
    is_year = numeral.kind == "figure" and _YEAR.fullmatch(numeral.printed)
    return _as_year(numeral) if is_year else numeral


def _as_year(bare: Numeral) -> Numeral:
    dated = read(bare.printed + "年")
    return dated[0]._replace(start=bare.start, end=bare.end, printed=bare.printed)


def _with_header(text: str, bare: Numeral, stretch: Stretch) -> Numeral:
    if stretch.bare == "enumerator":
        return bare._replace(kind="enumerator", value_min=None, value_max=None)
    if stretch.bare == "date":
        return _as_year(bare)
    cell = text[: bare.end]
    return read_table([[f"（{stretch.unit}）"], [cell]])[1][0][0]
