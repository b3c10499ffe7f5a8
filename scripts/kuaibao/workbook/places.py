"""Takes a workbook and tells in which cell each column of each row of a package stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.worksheet.worksheet import Worksheet

from kuaibao.errors import Place, Problem
from kuaibao.model import schema
from kuaibao.workbook.layout import SHEETS
from kuaibao.workbook.opening import opened
from kuaibao.workbook.sheet import sheet_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Places:
    """The cells of a workbook: by table and key of a row its row, by table and column its position."""

    file: str
    rows: Mapping[tuple[str, str], int]
    columns: Mapping[tuple[str, str], int]

    def moved(self, problem: Problem, table: str, key: str) -> Problem:
        """Give a problem of a package's table the place of its cell in the workbook, where there is one."""
        row, column = self.rows.get((table, key)), problem.place.column
        if row is None:
            return problem
        position = None if column is None else self.columns.get((table, column))
        place = Place(self.file, row, column, position, sheet=table)
        return Problem(problem.code, place, problem.value, problem.params)


def places(content: bytes, name: str) -> Places:
    """Find the cells of every table of a workbook that `read` takes without a problem."""
    book = opened(content, name)
    rows: dict[tuple[str, str], int] = {}
    columns: dict[tuple[str, str], int] = {}
    for grid in () if isinstance(book, Problem) else book.worksheets:
        if grid.title not in SHEETS or not isinstance(grid, Worksheet):
            continue
        sheet, key = sheet_of(name, grid, []), schema(grid.title)["primaryKey"][0]
        header = sheet.header(key)
        if header is None:
            continue
        columns |= {(grid.title, column): position for position, column in header[1].items()}
        at = columns[grid.title, key]
        rows |= {
            (grid.title, str(cells[at].value)): n
            for n, cells in sheet.rows.items()
            if n > header[0] and at in cells
        }
    return Places(name, rows, columns)
