"""The words and ruled tables of a page in, its columns of text out, in the order in which they are read."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .words import Box, Row, Word, gaps_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Thing: TypeAlias = "Word | Box"

_GUTTER = 0.8  # ems, at least, between two columns
_NARROWEST = 8  # ems of a column of text
_LINES = 3  # of prose in the left column, at least
_DEEPEST = 6
_TRIED = 20  # strips, the tallest ones


class Region(NamedTuple):
    """A part of a page that is read from the top down; `edges` are its column's, None for a whole page."""

    words: list[Word]
    boxes: list[Box]
    edges: tuple[float, float] | None


class _Gutter(NamedTuple):
    height: float
    x: float
    top: float
    bottom: float


def regions(words: Sequence[Word], boxes: Sequence[Box]) -> Iterator[Region]:
    """Yield the columns of a page; where lines go through, what is above and below is read apart.

    Two columns are told from a table by their lines: they are wide and have a common edge.
    """
    yield from _split([*words, *boxes], None, _DEEPEST)


def _split(things: list[Thing], edges: tuple[float, float] | None, depth: int) -> Iterator[Region]:
    gutter = _find(things) if depth else None
    if gutter is None:
        words = [thing for thing in things if isinstance(thing, Word)]
        yield Region(words, [thing for thing in things if not isinstance(thing, Word)], edges)
        return
    above, left, right, below = _beside(things, gutter)
    for part, own in ((above, edges), (left, _edges(left)), (right, _edges(right)), (below, edges)):
        if part:
            yield from _split(part, own, depth - 1)


def _beside(things: list[Thing], gutter: _Gutter) -> tuple[list[Thing], ...]:
    """Part things by where they are: above a gutter, left of it, right of it, below."""
    parts: tuple[list[Thing], ...] = ([], [], [], [])
    for thing in things:
        _, top, x1, bottom = _box(thing)
        is_below = top >= gutter.bottom - 1
        parts[0 if bottom <= gutter.top + 1 else 3 if is_below else 1 if x1 <= gutter.x else 2].append(thing)
    return parts


def _box(thing: Thing) -> Box:
    return (thing.x0, thing.top, thing.x1, thing.bottom) if isinstance(thing, Word) else thing


def _edges(things: list[Thing]) -> tuple[float, float]:
    """Return the edges of the words, for tables may stand out; of the tables where there are no words."""
    boxes = [_box(thing) for thing in things if isinstance(thing, Word)] or [_box(thing) for thing in things]
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


def _find(things: list[Thing]) -> _Gutter | None:
    """Return the tallest strip that no word crosses and that has prose on both sides."""
    words = [thing for thing in things if isinstance(thing, Word)]
    if len(words) < 2 * _LINES:
        return None
    size = sorted(word.size for word in words)[len(words) // 2]
    first, last = _edges(things)
    room = _NARROWEST * size
    starts = sorted({int(x) for x, *_ in map(_box, things) if first + room < x < last - room})
    found = sorted((gutter for x in starts for gutter in _strips(things, x, _GUTTER * size)), reverse=True)
    return next((gutter for gutter in found[:_TRIED] if _parts_prose(words, gutter, size)), None)


def _strips(things: list[Thing], right: float, width: float) -> Iterator[_Gutter]:
    """Yield the heights at which nothing stands left of `right` for a width."""
    boxes = [_box(thing) for thing in things]
    across = sorted((box[1], box[3]) for box in boxes if box[0] < right - 0.5 and box[2] > right - width)
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    reached = top
    for (_, end), (begin, _) in pairwise([(top, top), *across, (bottom, bottom)]):
        reached = max(reached, end)
        if begin - reached > _LINES * width:
            yield _Gutter(begin - reached, right - width / 2, reached, begin)


def _parts_prose(words: list[Word], gutter: _Gutter, size: float) -> bool:
    """Tell whether a gutter has on one side wide lines with a common edge, and on the other anything."""
    rows = rows_of(word for word in words if word.top >= gutter.top - 1 and word.bottom <= gutter.bottom + 1)
    parts = [part for row in rows for part in _parts(row)]
    left = [part[-1].x1 for part in parts if part[-1].x1 <= gutter.x]
    right = [part[0].x0 for part in parts if part[0].x0 >= gutter.x]
    if not left or not right:
        return False
    wide = [part for part in parts if _is_wide(part, size)]
    ends = sum(abs(part[-1].x1 - max(left)) < size for part in wide)
    starts = sum(abs(part[0].x0 - min(right)) < size for part in wide)
    return max(ends, starts) >= _LINES


def _parts(row: Row) -> Iterator[Row]:
    """Yield what wide gaps part in a row."""
    starts = [0, *(at for at, gap in enumerate(gaps_of(row), start=1) if gap > _GUTTER)]
    for start, end in pairwise([*starts, len(row)]):
        yield row[start:end]


def _is_wide(part: Row, size: float) -> bool:
    text = "".join(word.text for word in part)
    is_prose = sum(not character.isascii() for character in text) > len(text) / 2
    return is_prose and part[-1].x1 - part[0].x0 > _NARROWEST * size
