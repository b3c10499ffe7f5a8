"""The words and ruled tables of a page in, its lines and tables out, in the order in which they are read."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .columns import regions
from .unruled import find_unruled
from .words import Row, Word, rows_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .columns import Region
    from .model import Table
    from .words import Box

_NARROW = 0.55  # ems of a Latin letter or digit
# No line begins with closing punctuation or ends with opening; quotes hold on to both sides.
_PART = r"[“‘（《〈【〔「(\[]*(?:[!-~]+|[^!-~])[”’）》〉】〕」，。、；：！？…%‰℃,.;:!?)\]]*"
_CLUSTER = re.compile(rf"{_PART}(?:[“‘]{_PART})?")


class Line(NamedTuple):
    """One printed line: its text, edges and size of type in points; `head` is the width of its first word.

    `column` has the edges of the column, None where the text goes over the whole page.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    head: float
    column: tuple[float, float] | None = None


Item: TypeAlias = "Line | tuple[float, Table]"


def items_of(words: Sequence[Word], tables: Sequence[tuple[Box, Table]]) -> Iterator[Item]:
    """Yield lines, and tables with the height where they begin, column by column from the top down."""
    ruled = dict(tables)
    for region in regions(words, list(ruled)):
        items: list[Item] = [(box[1], ruled[box]) for box in region.boxes]
        items += _unruled_and_lines(region)
        yield from sorted(items, key=top_of)


def top_of(item: Item) -> float:
    """Return the height at which a line or a table begins."""
    return item.top if isinstance(item, Line) else item[0]


def _unruled_and_lines(region: Region) -> Iterator[Item]:
    rows = rows_of(region.words)
    at = 0
    for first, last, table in find_unruled(rows):
        yield from (_line(row, region.edges) for row in rows[at:first])
        yield rows[first][0].top, table
        at = last
    yield from (_line(row, region.edges) for row in rows[at:])


def _line(row: Row, column: tuple[float, float] | None) -> Line:
    size = median(word.size for word in row for _ in word.text)
    text = text_of(row)
    return Line(
        text,
        row[0].x0,
        row[-1].x1,
        min(word.top for word in row),
        max(word.bottom for word in row),
        size,
        _head(text, size),
        column,
    )


def _head(text: str, size: float) -> float:
    """Return the width, about, of a line's first word with its punctuation, which no break may part."""
    match = _CLUSTER.match(text)
    return size * sum(_NARROW if character.isascii() else 1 for character in match[0]) if match else 0.0
