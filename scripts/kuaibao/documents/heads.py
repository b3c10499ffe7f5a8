"""The rows above the numbers of a table without rules in, its header rows out, a slot for each column.

A header belongs to the columns that it stands over. One that is narrower than the columns that it is for
belongs to the group of them that the level below parts and that it is aligned with.
"""

from __future__ import annotations

import re
from functools import reduce
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .headers import header_unit
from .model import Slot
from .words import Row, gaps_of, joined, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Span: TypeAlias = tuple[float, float]
Band: TypeAlias = list[Row]

_CLOSE, _RIVER = 0.15, 0.3  # ems between two headers in Chinese, and in other letters
_MOST_COLUMNS = 12  # of a header with two levels that is searched for groups
_ALIGNED = 0.25  # of the distance of columns
_BRACKETED = re.compile(r"[^）)]+(?:[）)]+(?=[^）)])|[）)]*$)")


class Head(NamedTuple):
    """A header cell: its edges and its text, lines over one another joined."""

    x0: float
    x1: float
    text: str


def headers(bands: Sequence[Band], columns: list[Span]) -> list[list[Slot]]:
    """Return the header rows, one where the lines of all bands make a cell for each column."""
    number = len(columns)
    levels = [level for band in bands for level in _levels(band)]
    heads = [heads_of(level, number) for level in levels]
    is_split = any(_is_split(above, below) for above, below in pairwise(levels))
    if not is_split and not any(_grouped(above, below, columns) for above, below in pairwise(heads)):
        together = heads_of([row for band in bands for row in band], number)
        heads = [together] if len(together) == number else [heads_of(band, number) for band in bands]
    return [_slots(each, below, columns) for each, below in zip(heads, [*heads[1:], []], strict=False)]


def _levels(band: Band) -> list[Band]:
    """Part the rows of a band where they stand over one another."""
    levels: list[Band] = []
    for row in band:
        above = [cell for other in levels[-1] for cell in _parted(other)] if levels else []
        if above and not any(map(_under(above), _parted(row))):
            levels[-1].append(row)
        else:
            levels.append([row])
    return levels


def _is_split(above: Band, below: Band) -> bool:
    """Tell whether a cell stands over two cells or more."""
    cells = [cell for row in below for cell in _parted(row)]
    return any(sum(map(_under([upper]), cells)) > 1 for row in above for upper in _parted(row))


def _under(cells: Sequence[Row]) -> Callable[[Row], bool]:
    return lambda row: any(cell[0].x0 < row[-1].x1 and row[0].x0 < cell[-1].x1 for cell in cells)


def heads_of(band: Band, number: int) -> list[Head]:
    """Return the header cells of a band from left to right; a bracket's blank may be all that parts them."""
    heads = _merged(cell for row in band for cell in _parted(row))
    parts = _merged(part for row in band for cell in _parted(row) for part in _bracketed(cell))
    return parts if len(parts) == number else heads


def _bracketed(cell: Row) -> Iterator[Row]:
    for word in cell:
        width = (word.x1 - word.x0) / max(len(word.text), 1)
        for match in _BRACKETED.finditer(word.text):
            x0, x1 = word.x0 + match.start() * width, word.x0 + match.end() * width
            yield [word._replace(text=match[0], x0=x0 + 0.1, x1=x1 - 0.1)]


def _merged(cells: Iterable[Row]) -> list[Head]:
    """Join the cells that are lines over one another."""
    heads: list[Head] = []
    for x0, x1, text in (Head(cell[0].x0, cell[-1].x1, text_of(cell)) for cell in cells):
        over = [head for head in heads if head.x0 < x1 and x0 < head.x1]
        heads = [head for head in heads if head not in over]
        merged = reduce(joined, (head.text for head in over), "")
        edges = [edge for head in over for edge in head[:2]]
        heads.append(Head(min(x0, *edges, x0), max(x1, *edges, x1), joined(merged, text)))
    return sorted(heads)


def _parted(row: Row) -> list[Row]:
    cells = [row[:1]]
    for before, after, gap in zip(row, row[1:], gaps_of(row), strict=False):
        is_chinese = not (before.text[-1:].isascii() or after.text[:1].isascii())
        if gap > (_CLOSE if is_chinese else _RIVER):
            cells.append([])
        cells[-1].append(after)
    return cells


def _slots(heads: list[Head], below: list[Head], columns: list[Span]) -> list[Slot]:
    """Give each header its columns, all of them the text and the first one its print."""
    slots = [Slot("")] * len(columns)
    homes = _grouped(heads, below, columns) or _homes(heads, columns)
    for head, places in zip(heads, homes, strict=True):
        for at in places:
            slots[at] = Slot(joined(slots[at].text, head.text), shown=at == places[0])
    return slots


def _grouped(heads: list[Head], below: list[Head], columns: list[Span]) -> list[list[int]] | None:
    """Return the columns of each header of an upper level with units, None where edges tell no groups."""
    homes, parted = _homes(heads, columns), {at for places in _homes(below, columns) for at in places}
    upper = [at for at, places in enumerate(homes) if not parted.isdisjoint(places)]
    is_whole = parted - {0} <= {at for places in homes for at in places}
    if is_whole or not any(header_unit(heads[at].text) for at in upper):
        return None
    groups = _best([heads[at] for at in upper], sorted(parted), columns)
    if groups is None:
        return None
    found = dict(zip(upper, groups, strict=True))
    return [found.get(at, places) for at, places in enumerate(homes)]


def _best(heads: list[Head], places: list[int], columns: list[Span]) -> list[list[int]] | None:
    """Return the groups, of two columns or more, with which all headers are aligned best and well enough."""
    if len(places) > _MOST_COLUMNS:
        return None
    distance = (columns[-1][1] - columns[0][0]) / len(columns)
    found = [
        (misfit, groups)
        for used in ([at for at in places if at], places)  # the first column has the names of the rows
        for groups in _partitions(used, len(heads))
        if (misfit := _misfit(heads, groups, columns)) <= _ALIGNED * distance
    ]
    return min(found, key=lambda each: each[0])[1] if found else None


def _partitions(places: list[int], number: int) -> Iterator[list[list[int]]]:
    for cuts in combinations(range(2, len(places) - 1), number - 1):
        groups = [places[start:end] for start, end in pairwise([0, *cuts, len(places)])]
        if all(len(group) > 1 for group in groups):
            yield groups


def _misfit(heads: list[Head], groups: list[list[int]], columns: list[Span]) -> float:
    """Return how far headers are from their groups, all at the middle, or of several all at one edge."""
    spans = [(columns[group[0]][0], columns[group[-1]][1]) for group in groups]
    off = [(head.x0 - x0, head.x1 - x1) for head, (x0, x1) in zip(heads, spans, strict=True)]
    middle = max(abs(left + right) / 2 for left, right in off)
    if len(heads) == 1:
        return middle
    return min(middle, max(abs(left) for left, _ in off), max(abs(right) for _, right in off))


def _homes(heads: list[Head], columns: list[Span]) -> list[list[int]]:
    """Return the columns of each header: in order where they are as many, else by edges and middle."""
    if len(heads) == len(columns):
        return [[at] for at in range(len(columns))]
    return [_home(head, columns) for head in heads]


def _home(head: Head, columns: list[Span]) -> list[int]:
    """Return the columns that a header covers, else the one that it is aligned with best."""
    over = [at for at, (left, right) in enumerate(columns) if head.x0 <= (left + right) / 2 <= head.x1]
    if len(over) > 1:
        return over
    middle = (head.x0 + head.x1) / 2
    return [
        min(
            range(len(columns)),
            key=lambda at: min(
                abs(columns[at][0] - head.x0),
                abs(columns[at][1] - head.x1),
                abs(sum(columns[at]) / 2 - middle),
            ),
        )
    ]
