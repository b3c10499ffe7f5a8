"""The lines and tables of all pages in, paragraphs and tables out, whole where a line or page broke them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from .breaks import number_goes_on
from .headers import stated_unit
from .lines import Item, Line, top_of
from .model import Block, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_INDENT = 0.8  # ems
_SIZES = 0.12  # how far two sizes of type may differ and be one
_SPACED = 1.2  # times the usual distance of lines
_NOTE = re.compile(r"\s*(?:[\[［〔(（][0-9]{1,2}[\])）］〕]|[①-⑳]|[0-9]{1,2}(?![0-9.,]))\s*")
_ENDS = tuple("。！？；：!?;:")
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节条]|[0-9]{1,2}[.、](?![0-9])"
)


class _Measure(NamedTuple):
    """What is usual in a document: the edges of its column, the distance of lines and the size of type."""

    left: float
    right: float
    pitch: float
    size: float


class _Open(NamedTuple):
    """The paragraph, with its last line and that line's page, or the table that may go on."""

    block: Block
    last: tuple[int, Line] | None = None


def flow(pages: Sequence[list[Item]]) -> Iterator[Block]:
    """Yield the blocks of all pages, whole over page breaks; notes follow the block that they interrupt."""
    measure = _measure([[item for item in page if isinstance(item, Line)] for page in pages])
    current = _Open("")
    notes: list[tuple[int, Line]] = []
    for number, page in enumerate(pages):
        for item, is_note in zip(page, _is_notes(page, measure.size), strict=True):
            if is_note and isinstance(item, Line):
                notes.append((number, item))
            elif (longer := _extended(current, item, number, measure)) is not None:
                current = longer
            else:
                yield current.block
                yield from _notes(notes, measure)
                notes = []
                current = _begun(item, number)
    yield current.block
    yield from _notes(notes, measure)


def _begun(item: Item, page: int) -> _Open:
    return _Open(item.text, (page, item)) if isinstance(item, Line) else _Open(item[1])


def _extended(current: _Open, item: Item, page: int, measure: _Measure) -> _Open | None:
    """Return the open block with the item joined to it, None where the item begins another."""
    if isinstance(current.block, Table):
        joined = None if isinstance(item, Line) else _continued(current.block, item[1])
        return None if joined is None else _Open(joined)
    if current.last is None or not isinstance(item, Line):
        return None
    if not _goes_on(current.last, (page, item), measure):
        return None
    return _Open(current.block + _joint(current.block, item.text) + item.text, (page, item))


def _is_notes(page: list[Item], size: float) -> list[bool]:
    """Tell for each item whether it is of the notes in small type at the foot of a page or of a column."""
    marks = [False] * len(page)
    following: Item | None = None
    for at in reversed(range(len(page))):
        item = page[at]
        is_last = following is None or top_of(following) < top_of(item) or marks[at + 1]
        marks[at] = is_last and isinstance(item, Line) and item.size < (1 - _SIZES) * size
        following = item
    return marks if not all(marks) else [False] * len(page)


def _notes(lines: list[tuple[int, Line]], measure: _Measure) -> Iterator[str]:
    """Yield the notes, each without the number that stands before it."""
    current = _Open("")
    for page, line in lines:
        longer = _extended(current, line, page, measure)
        if longer is None:
            yield str(current.block)
            longer = _Open(line.text[_note_mark(line.text) :], (page, line))
        current = longer
    yield str(current.block)


def _note_mark(text: str) -> int:
    match = _NOTE.match(text)
    return match.end() if match else 0


def _continued(table: Table, following: Table) -> Table | None:
    """Join a table to the one before it where they have equally many columns; a repeated header goes."""
    if len(table.rows[0]) != len(following.rows[0]):
        return None
    repeated = 0
    while (
        repeated < len(following.rows)
        and following.rows[repeated] == table.rows[min(repeated, len(table.rows) - 1)]
    ):
        repeated += 1
    return Table(table.rows + following.rows[repeated:])


def _measure(pages: list[list[Line]]) -> _Measure:
    gaps = [after.bottom - before.bottom for page in pages for before, after in pairwise(page)]
    gaps = [gap for gap in gaps if gap > 1]
    sizes: Counter[float] = Counter()
    for line in (line for page in pages for line in page):
        sizes[line.size] += len(line.text)
    lines = [line for page in pages for line in page if line.column is None]
    rights = sorted(line.x1 for line in lines)
    right = rights[int(len(rights) * 0.9)] if rights else 0.0
    left = Counter(round(line.x0) for line in lines).most_common(1)[0][0] if lines else 0.0
    return _Measure(left, right, median(gaps) if gaps else 0.0, sizes.most_common(1)[0][0] if sizes else 0.0)


def _goes_on(first: tuple[int, Line], second: tuple[int, Line], measure: _Measure) -> bool:
    """Tell whether the second line goes on with the paragraph of the first one.

    It does where its first word had no room in the first line, in the same size of type, and nothing
    (a wide space, an indent or an item's number after a full stop) says that a paragraph begins; or after
    a manual break, where it begins with what can only go on with a number.
    """
    (page, above), (next_page, below) = first, second
    if abs(above.size - below.size) > _SIZES * above.size or stated_unit(above.text):
        return False
    if page == next_page and below.bottom - above.bottom > _SPACED * measure.pitch:
        return False
    room = (above.column[1] if above.column else measure.right) - above.x1
    if room > below.head + 1.2 * above.size:
        return number_goes_on(above.text, below.text)
    is_over = above.text.rstrip().endswith(_ENDS)
    if _ITEM.match(below.text.strip()):
        return not is_over and room < above.size
    left = below.column[0] if below.column else measure.left
    return not (is_over and below.x0 - left > _INDENT * below.size)


def _joint(text: str, words: str) -> str:
    """Return what stood at the break: nothing in Chinese and in a number, a blank in English."""
    last, first = text[-1:], words[:1]
    if last.isascii() and first.isascii() and (last.isalpha() or first.isalpha()):
        return " "
    return ""
