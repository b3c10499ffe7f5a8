"""The rows of words of one column in, the tables without rules in it out, and the rows that are none.

A row with a number that stands alone beside another one, or after a wide gap, is of a table. The columns are
where the rows of numbers have ink; headers above them belong to the columns that they stand over. Rows that
overlap, as where a cell has two lines and its neighbour one, are one row of the table.
"""

from __future__ import annotations

import re
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from .headers import stated_unit
from .heads import Band, Span, headers, heads_of
from .model import Slot, Table
from .words import Row, Word, gaps_of, joined, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"[-+−－]?[0-9][0-9,.]*[%％‰*#]?|[-—－–…]{1,2}|\.{3}")
_WIDE = 1.2  # ems between two cells
_CLOSE = 0.15  # ems between two numbers
_ALONE = 0.6  # ems between a number and what is not its unit
_THIN, _RIVER = 0.2, 0.3  # ems between the columns of many rows, and of few
_OVERLAP = 0.1  # of the size of type
_CLOSER = 0.9  # times the distance of rows
_FAR = 3.2  # times the size of type from row to row
_BETWEEN = 2  # rows without numbers within a table
_HEADERS = 4
_FEW = 3  # rows that do not tell columns of words
_CAPTION = re.compile(r"续?\s*表\s*[0-9一二三四五六七八九十]|续表")
_ENDS = tuple("。！？；!?;")


class Found(NamedTuple):
    """A table and the rows, from `first` to before `last`, that it fills."""

    first: int
    last: int
    table: Table


def find_unruled(rows: Sequence[Row]) -> list[Found]:
    """Return the tables among the rows, in order."""
    found: list[Found] = []
    bands = _bands(rows)
    starts = list(accumulate(map(len, bands), initial=0))
    done = 0
    for first, last in _runs(bands):
        columns = _columns([row for band in bands[first:last] if _is_cells(band) for row in band])
        top = _top(bands, first, done, columns)
        if len(columns) > 1 and (last - top > 1 or _goes_on(bands[first])):
            body = [_slots(band, columns) for band in _whole(bands[first:last])]
            table = Table(headers(bands[top:first], columns) + body)
            found.append(Found(starts[top], starts[last], table))
            done = last
    return found


def _goes_on(band: Band) -> bool:
    """Tell the last row of a table, alone on its page, from a page number between dashes."""
    numbers = [word for row in band for word in row if _NUMBER.fullmatch(word.text)]
    return sum(any(map(str.isdigit, word.text)) for word in numbers) > 1


def _bands(rows: Sequence[Row]) -> list[Band]:
    """Put together rows that overlap in height."""
    bands: list[Band] = []
    for row in rows:
        if bands and bands[-1][-1][0].bottom - min(word.top for word in row) > _OVERLAP * row[0].size:
            bands[-1].append(row)
        else:
            bands.append([row])
    return bands


def _is_cells(band: Band) -> bool:
    """Tell whether a number stands alone in a row, with a cell before it."""
    return any(_has_cells(row) for row in band)


def _has_cells(row: Row) -> bool:
    gaps = [*gaps_of(row), _WIDE]
    numbers = [_NUMBER.fullmatch(word.text) is not None for word in row]
    alone = [
        is_number and (gap > _ALONE or (gap > _CLOSE and is_next))
        for is_number, gap, is_next in zip(numbers, gaps, [*numbers[1:], False], strict=True)
    ]
    return any(
        alone[at] and gaps[at - 1] > (_CLOSE if numbers[at - 1] else _WIDE) for at in range(1, len(row))
    )


def _runs(bands: Sequence[Band]) -> Iterator[tuple[int, int]]:
    """Yield the stretches with cells; a few rows of words may stand between."""
    last = 0
    for first, band in enumerate(bands):
        if first >= last and _is_cells(band):
            last = first + 1
            while (following := _next(bands, last)) is not None:
                last = following + 1
            yield first, last


def _next(bands: Sequence[Band], at: int) -> int | None:
    """Return the number of the next band with cells, None where the table ends before it."""
    for number in range(at, min(at + _BETWEEN + 1, len(bands))):
        if _is_far(bands[number - 1], bands[number]):
            return None
        if _is_cells(bands[number]):
            return number
        if _ends_table(bands[number]):
            return None
    return None


def _whole(bands: Sequence[Band]) -> list[Band]:
    """Put the second line of a cell to its row, to which it is closer than the rows are to one another."""
    baselines = [band[-1][0].bottom for band in bands if _is_cells(band)]
    usual = min((below - above for above, below in pairwise(baselines)), default=0.0)
    whole: list[Band] = []
    for band in bands:
        if whole and not _is_cells(band) and band[0][0].bottom - whole[-1][-1][0].bottom < _CLOSER * usual:
            whole[-1] = [*whole[-1], *band]
        else:
            whole.append(band)
    return whole


def _ends_table(band: Band) -> bool:
    text = text_of(band[-1])
    return text.endswith(_ENDS) or stated_unit(text) != ""


def _is_far(above: Band, below: Band) -> bool:
    return below[0][0].bottom - above[-1][0].bottom > _FAR * max(above[-1][0].size, below[0][0].size)


def _columns(rows: Sequence[Row]) -> list[Span]:
    """Return the spans that the rows' words cover, from left to right.

    A narrow gap parts only numbers, and labels from numbers that have one edge in all rows.
    """
    columns: list[Span] = []
    is_number = False
    edges = _common_edges(rows)
    for word in sorted((word for row in rows for word in row), key=lambda word: word.x0):
        gap = (word.x0 - columns[-1][1]) / word.size if columns else 0.0
        numbers = _NUMBER.fullmatch(word.text) is not None
        is_aligned = numbers and not edges.isdisjoint(_edges(word))
        least = _CLOSE if is_aligned else _least(is_number, numbers, is_few=len(rows) <= _FEW)
        if columns and gap <= least:
            columns[-1] = columns[-1][0], max(columns[-1][1], word.x1)
            is_number = is_number and numbers
        else:
            columns.append((word.x0, word.x1))
            is_number = numbers
    return columns


def _common_edges(rows: Sequence[Row]) -> set[tuple[str, int]]:
    """Return the edges at which a number begins, or ends, in each of several rows."""
    found = [{edge for word in row if _NUMBER.fullmatch(word.text) for edge in _edges(word)} for row in rows]
    return set.intersection(*found) if len(found) > 1 else set()


def _edges(word: Word) -> set[tuple[str, int]]:
    """Return where a word begins and ends, each in two ways of rounding, for edges differ by a hair."""
    sides = (("begin", word.x0), ("end", word.x1))
    return {(side, round(x + shift)) for side, x in sides for shift in (0, 0.5)}


def _least(left: bool, right: bool, *, is_few: bool) -> float:  # noqa: FBT001
    """Return the gap that parts columns, by whether numbers stand left and right of it."""
    if left:
        return _CLOSE if right else _ALONE
    return (_RIVER if right else _WIDE) if is_few else _THIN


def _top(bands: Sequence[Band], first: int, least: int, columns: list[Span]) -> int:
    """Return the number of the first header above the band `first`; lines of one cell may stand between."""
    top = first
    for at in reversed(range(max(least, first - _HEADERS), first)):
        if (
            _is_far(bands[at], bands[at + 1])
            or _ends_table(bands[at])
            or _CAPTION.match(text_of(bands[at][0]))
        ):
            break
        if _is_header(bands[at], columns):
            top = at
    return top


def _is_header(band: Band, columns: list[Span]) -> bool:
    """Tell whether a band has about a cell for each column, or wide gaps between its cells.

    A lone cell is a header over the second of two columns, the labels having none; one that begins over
    the labels is running text.
    """
    heads = heads_of(band, len(columns))
    if len(heads) in (len(columns), len(columns) - 1):
        return len(heads) > 1 or heads[0].x0 > columns[0][1]
    gaps = [after.x0 - before.x1 for before, after in pairwise(heads)]
    return bool(gaps) and min(gaps) > _ALONE * band[0][0].size


def _slots(band: Band, columns: list[Span]) -> list[Slot]:
    """Put each word of a row with numbers into its column."""
    cells: list[str] = [""] * len(columns)
    for row in band:
        for at, words in groupby(row, key=lambda word: _home(word, columns)):
            cells[at] = joined(cells[at], text_of(list(words)))
    return [Slot(text) for text in cells]


def _home(word: Word, columns: list[Span]) -> int:
    """Return the number of the column that is nearest to a word's middle."""
    middle = (word.x0 + word.x1) / 2
    return min(range(len(columns)), key=lambda at: max(columns[at][0] - middle, middle - columns[at][1]))
