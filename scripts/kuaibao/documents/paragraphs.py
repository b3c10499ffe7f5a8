"""The lines and tables of all pages in, paragraphs and tables out, whole where a line or page broke them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .lines import Line
from .model import Block, Slot, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Item: TypeAlias = "Line | tuple[float, Table]"

_INDENT = 0.8  # ems
_SIZES = 0.12  # how far two sizes of type may differ and be one
_SPACED = 1.2  # times the usual distance of lines
_BARE = re.compile(r"[-+−]?[0-9][0-9,.]*[%％]?")
_ENDS = tuple("。！？；：!?;:")
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节条]|[0-9]{1,2}[.、](?![0-9])"
)


class _Measure(NamedTuple):
    """What is usual in a document: the edges of its column, and the distance of lines."""

    left: float
    right: float
    pitch: float


def flow(pages: Sequence[list[Item]]) -> Iterator[Block]:
    """Yield the blocks of all pages; a table that goes on on the next page is one."""
    measure = _measure([[item for item in page if isinstance(item, Line)] for page in pages])
    waiting: list[tuple[int, Line]] = []
    table: Table | None = None
    for number, page in enumerate(pages):
        for item in page:
            if isinstance(item, Line):
                if table is not None:
                    yield table
                table = None
                waiting.append((number, item))
            else:
                yield from _paragraphs(waiting, measure)
                waiting = []
                table, done = _continued(table, item[1])
                yield from done
    if table is not None:
        yield table
    yield from _paragraphs(waiting, measure)


def _continued(table: Table | None, following: Table) -> tuple[Table, list[Table]]:
    """Join a table to the one before it where they have equally many columns; a repeated header goes."""
    if table is None:
        return following, []
    if len(table.rows[0]) != len(following.rows[0]):
        return following, [table]
    repeated = 0
    while (
        repeated < len(following.rows)
        and following.rows[repeated] == table.rows[min(repeated, len(table.rows) - 1)]
    ):
        repeated += 1
    return Table(table.rows + following.rows[repeated:]), []


def _measure(pages: list[list[Line]]) -> _Measure:
    lines = [line for page in pages for line in page]
    gaps = [after.bottom - before.bottom for page in pages for before, after in pairwise(page)]
    gaps = [gap for gap in gaps if gap > 1]
    rights = sorted(line.x1 for line in lines)
    right = rights[int(len(rights) * 0.9)] if rights else 0.0
    left = Counter(round(line.x0) for line in lines).most_common(1)[0][0] if lines else 0.0
    return _Measure(left, right, median(gaps) if gaps else 0.0)


def _paragraphs(lines: list[tuple[int, Line]], measure: _Measure) -> Iterator[Block]:
    """Yield the paragraphs and, where lines have equally many wide gaps and numbers after them, tables."""
    waiting: list[tuple[int, Line]] = []
    for tabs, run in groupby(lines, key=lambda numbered: numbered[1].text.strip().count("\t")):
        rows = list(run)
        cells = [[Slot(cell.strip()) for cell in line.text.strip().split("\t")] for _, line in rows]
        if tabs and len(rows) > 1 and any(_BARE.fullmatch(slot.text) for row in cells for slot in row[1:]):
            yield from _joined(waiting, measure)
            waiting = []
            yield Table(cells)
        else:
            waiting += rows
    yield from _joined(waiting, measure)


def _joined(lines: list[tuple[int, Line]], measure: _Measure) -> Iterator[str]:
    text = ""
    for at, (number, line) in enumerate(lines):
        words = line.text.strip().replace("\t", " ")
        if at and _goes_on(lines[at - 1], (number, line), measure):
            text += _joint(text, words) + words
        else:
            yield text
            text = words
    yield text


def _goes_on(first: tuple[int, Line], second: tuple[int, Line], measure: _Measure) -> bool:
    """Tell whether the second line goes on with the paragraph of the first one.

    It does where its first word had no room in the first line, in the same size of type, and nothing
    (a wide space, an indent or an item's number after a full stop) says that a paragraph begins.
    """
    (page, above), (next_page, below) = first, second
    if abs(above.size - below.size) > _SIZES * above.size:
        return False
    if page == next_page and below.bottom - above.bottom > _SPACED * measure.pitch:
        return False
    if measure.right - above.x1 > below.head + 1.2 * above.size:
        return False
    is_over = above.text.rstrip().endswith(_ENDS)
    if _ITEM.match(below.text.strip()):
        return not is_over and measure.right - above.x1 < above.size
    return not (is_over and below.x0 - measure.left > _INDENT * below.size)


def _joint(text: str, words: str) -> str:
    """Return what stood at the break: nothing in Chinese and in a number, a blank in English."""
    last, first = text[-1:], words[:1]
    if last.isascii() and first.isascii() and (last.isalpha() or first.isalpha()):
        return " "
    return ""
