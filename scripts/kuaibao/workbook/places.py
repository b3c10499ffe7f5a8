"""Takes a workbook and tells in which cell each column of each row of a package stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.worksheet.worksheet import Worksheet

from kuaibao.errors import Place, Problem
from kuaibao.workbook.layout import FACTS, SHEETS, fact_columns, key_of
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

    def fact(self, problem: Problem, key: str) -> Problem:
        """Give a problem of a descriptor the place of its fact, where the first sheet has it."""
        row = self.rows.get((FACTS, key))
        if row is None:
            return problem
        place = Place(self.file, row, key, self.columns.get((FACTS, "value")), sheet=FACTS)
        return Problem(problem.code, place, problem.value, problem.params)

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
        if grid.title not in {FACTS, *SHEETS} or not isinstance(grid, Worksheet):
            continue
        sheet = sheet_of(name, grid, [])
        key = fact_columns()[0].name if grid.title == FACTS else key_of(grid.title)
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
