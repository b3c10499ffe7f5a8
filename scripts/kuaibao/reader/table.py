"""Rows of table cells in, the numerals of each cell out, with the unit of the column's header."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from .scan import read

if TYPE_CHECKING:
    from .model import Numeral

_BRACKETED = re.compile(r"[(（]([^()（）]{1,16})[)）]\s*$|单位[:：]\s*(\S{1,16}?)\s*[)）]?\s*$")


def read_table(rows: list[list[str]]) -> list[list[list[Numeral]]]:
    """Return the numerals of every cell, in the shape of `rows`; offsets count within the cell.

    The first row is the header. A header such as 产值（亿元） or 单位：万人 gives the bare numbers
    below it their unit and multiplier; a cell that prints its own unit keeps it.
    """
    if not rows:
        return []
    units = [_header_unit(cell) for cell in rows[0]]
    below = [
        [_read_cell(cell, unit) for cell, unit in zip_longest(row, units[: len(row)], fillvalue="")]
        for row in rows[1:]
    ]
    return [[read(cell) for cell in rows[0]], *below]


def _header_unit(cell: str) -> str:
    match = _BRACKETED.search(cell)
    return (match[1] or match[2]).strip() if match else ""


def _read_cell(cell: str, unit: str) -> list[Numeral]:
    """Read the cell as if the header's unit were printed after the number, then take the words away again."""
    numerals = read(cell)
    if not unit or len(numerals) != 1 or numerals[0].kind != "figure" or numerals[0].unit:
        return numerals
    bare, with_unit = numerals[0], read(cell[: numerals[0].end] + unit)
    if len(with_unit) != 1 or with_unit[0].kind != "figure":
        return numerals
    return [with_unit[0]._replace(start=bare.start, end=bare.end, printed=bare.printed)]
