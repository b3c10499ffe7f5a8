"""Rows of table cells in, the numerals of each cell out, with the unit and multiplier of the column's header."""

from __future__ import annotations

import re
from dataclasses import replace

from .model import Numeral
from .scan import read

_BRACKETED = re.compile(r"[(（]([^()（）]{1,16})[)）]\s*$|单位[:：]\s*(\S{1,16}?)\s*[)）]?\s*$")


def read_table(rows: list[list[str]]) -> list[list[list[Numeral]]]:
    """Return the numerals of every cell, in the shape of `rows`; offsets count within the cell.

    The first row is the header. A header such as 产值（亿元） or 单位：万人 gives the bare numbers below it their
    unit and multiplier; a cell that prints its own unit keeps it. Numbers in the first column label their row.
    """
    units = [_header_unit(cell) for cell in rows[0]] if rows else []
    read_rows = [[read(cell) for cell in row] for row in rows[:1]]
    for row in rows[1:]:
        read_rows.append([_read_cell(cell, units[column] if column < len(units) else "") for column, cell in enumerate(row)])
    return read_rows


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
    return [replace(with_unit[0], start=bare.start, end=bare.end, printed=bare.printed)]
