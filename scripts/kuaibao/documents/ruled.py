"""A page of a PDF in, its ruled tables out, each with the box that it fills."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, TypeAlias

from .lines import plain
from .model import Slot, Table

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table as Ruled

Box: TypeAlias = tuple[float, float, float, float]

_SNAP = 2.0  # points within which two rules are one
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_WRAPPED = re.compile(rf"(?<=[{_CJK}])\s*\n\s*|\s*\n\s*(?=[{_CJK}])")
_FONT = {"x_tolerance_ratio": 0.3, "y_tolerance": 3}


def find_tables(page: Page) -> list[tuple[Box, Table]]:
    """Return the tables with two columns or more; a frame around text or a line under a title is none."""
    found = []
    for ruled in page.find_tables():
        grid = _grid(ruled)
        if max((len(row) for row in grid), default=0) > 1 and any(slot.text for row in grid for slot in row):
            found.append((ruled.bbox, Table(grid)))
    return found


def _grid(ruled: Ruled) -> list[list[Slot]]:
    """Put each cell into every slot that it covers, by the edges of all cells."""
    texts = _texts(ruled)
    lefts, tops = _edges(box[0] for box in texts), _edges(box[1] for box in texts)
    grid = [[Slot("", shown=False)] * len(lefts) for _ in tops]
    for (x0, top, x1, bottom), text in texts.items():
        first_row, first_column = _index(tops, top), _index(lefts, x0)
        for row in range(first_row, max(_index(tops, bottom), first_row + 1)):
            for column in range(first_column, max(_index(lefts, x1), first_column + 1)):
                grid[row][column] = Slot(text, shown=row == first_row and column == first_column)
    return grid


def _texts(ruled: Ruled) -> dict[Box, str]:
    texts = ruled.extract(**_FONT)
    return {
        cell: _one_line(text or "")
        for row, words in zip(ruled.rows, texts, strict=True)
        for cell, text in zip(row.cells, words, strict=True)
        if cell is not None
    }


def _one_line(text: str) -> str:
    """Join the lines of a cell; a number that its column was too narrow for is not put together again."""
    return " ".join(_WRAPPED.sub("", plain(text)).split())


def _edges(positions: object) -> list[float]:
    edges: list[float] = []
    for position in sorted(set(positions)):  # type: ignore[call-overload]
        if not edges or position - edges[-1] > _SNAP:
            edges.append(position)
    return edges


def _index(edges: list[float], position: float) -> int:
    """Return the number of the edge at this position; what lies beyond the last one is one more."""
    return bisect_left(edges, position - _SNAP)
