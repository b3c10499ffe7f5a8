"""A page of a PDF in, its ruled tables out, each with the box that it fills."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import reduce
from typing import TYPE_CHECKING

from .breaks import GAP, are_apart
from .model import Slot, Table
from .words import Box, Word, centre_in, joined, rows_of, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page
    from pdfplumber.table import Table as Ruled

MOST_RULES = 10_000  # more are a drawing; time grows with their square
_PADDING = 12.0  # points, left and right of a cell's text together
_NUMBER = re.compile(r"[-+−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?[%％‰]?")
_SNAP = 2.0  # points within which two rules are one


def find_tables(page: Page, words: Sequence[Word]) -> tuple[list[tuple[Box, Table]], list[Word]]:
    """Return the tables with two columns or more, and the words that are in none of them.

    A frame around text and a line under a title are no tables, and more than MOST_RULES rules are none.
    """
    found, loose = [], list(words)
    for ruled in page.find_tables() if len(page.edges) <= MOST_RULES else []:
        within = [word for word in loose if centre_in(word, ruled.bbox)]
        grid = _grid(ruled, within)
        if max((len(row) for row in grid), default=0) > 1 and any(slot.text for row in grid for slot in row):
            found.append((ruled.bbox, Table(grid)))
            loose = [word for word in loose if not centre_in(word, ruled.bbox)]
    return found, loose


def _grid(ruled: Ruled, words: list[Word]) -> list[list[Slot]]:
    """Put each cell into every slot that it covers, by the edges of all cells."""
    texts = {cell: _cell_text(words, cell) for cell in ruled.cells}
    lefts, tops = _edges(box[0] for box in texts), _edges(box[1] for box in texts)
    grid = [[Slot("", shown=False)] * len(lefts) for _ in tops]
    for (x0, top, x1, bottom), text in texts.items():
        first_row, first_column = _index(tops, top), _index(lefts, x0)
        for row in range(first_row, max(_index(tops, bottom), first_row + 1)):
            for column in range(first_column, max(_index(lefts, x1), first_column + 1)):
                grid[row][column] = Slot(text, shown=row == first_row and column == first_column)
    return grid


def _cell_text(words: list[Word], cell: Box) -> str:
    """Join the lines of a cell, without a blank where a narrow column breaks what is one number.

    Lines that are not full end with a manual break, which parts two numbers.
    """
    rows = rows_of(word for word in words if centre_in(word, cell))
    lines = [text_of(row) for row in rows]
    is_full = all(cell[2] - cell[0] - (row[-1].x1 - row[0].x0) < row[0].size + _PADDING for row in rows[:-1])
    whole = "".join(lines)
    if is_full and _NUMBER.fullmatch(whole) and not all(map(_NUMBER.fullmatch, lines)):
        return whole
    return reduce(joined if is_full else _set_apart, lines, "")


def _set_apart(above: str, below: str) -> str:
    return above + GAP + below if are_apart(above, below) else joined(above, below)


def _edges(positions: object) -> list[float]:
    edges: list[float] = []
    for position in sorted(set(positions)):  # type: ignore[call-overload]
        if not edges or position - edges[-1] > _SNAP:
            edges.append(position)
    return edges


def _index(edges: list[float], position: float) -> int:
    """Return the number of the edge at this position; what lies beyond the last one is one more."""
    return bisect_left(edges, position - _SNAP)
