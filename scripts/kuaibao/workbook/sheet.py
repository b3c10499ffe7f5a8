"""Takes a worksheet and gives its cells by row and column, with the place of each for a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kuaibao.errors import Place, Problem, column_letter
from kuaibao.workbook.cells import Fault, slip, taken, unescaped
from kuaibao.workbook.layout import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from kuaibao.workbook.cells import Options
    from kuaibao.workbook.layout import Column

SEARCHED = 40  # rows in which the header may stand


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a file: its filled cells, and the list to which its problems are added.

    Rows count from 1, columns from 0.
    """

    file: str
    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: Sequence[tuple[int, int, str]]  # row and column of the first cell, range
    problems: list[Problem]

    def report(
        self, code: str, row: int | None = None, column: int | None = None, value: str = "", /, **params: str
    ) -> None:
        """Add a problem at a cell, a row or the whole sheet."""
        place = Place(self.file, row, position=column, sheet=self.name)
        self.problems.append(Problem(code, place, value, params))

    def header(self, key: str) -> tuple[int, dict[int, str]] | None:
        """Find the row that holds a column's name, and the name in each of its cells."""
        for row in sorted(self.rows):
            names = {column: _name(cell) for column, cell in self.rows[row].items()}
            if row <= SEARCHED and key in names.values():
                return row, names
        self.report("workbook-header", key=key)
        return None

    def positions(self, row: int, names: Mapping[int, str], columns: Sequence[Column]) -> dict[str, int]:
        """Give the position of each column of a table; report what is missing, doubled or unknown."""
        found: dict[str, int] = {}
        for position, name in sorted(names.items()):
            if name in found and name in {column.name for column in columns}:
                self.report("workbook-column-twice", row, position, name, first=column_letter(found[name]))
            found.setdefault(name, position)
        missing = [column for column in columns if column.name not in found]
        unknown = self._unknown(row, names, columns)
        for column in missing:
            others = "、".join(names.get(each) or column_letter(each) for each in unknown)
            ahead = [found[each.name] for each in columns[: columns.index(column)] if each.name in found]
            self._missing((row, max(ahead, default=-1) + 1), column, others)
        for position in unknown if not missing else ():
            self.report("workbook-column-unknown", row, position, names.get(position, ""))
        return {column.name: found[column.name] for column in columns if column.name in found}

    def _missing(self, place: tuple[int, int], column: Column, others: str) -> None:
        """Report a column that has gone, at the cell where its name should stand."""
        zh, en = (others or phrase("none", language) for language in ("zh", "en"))
        self.report(
            "workbook-column",
            *place,
            column.name,
            title=column.title,
            others_zh=zh,
            others_en=en.replace("、", ", "),
        )

    def _unknown(self, row: int, names: Mapping[int, str], columns: Sequence[Column]) -> list[int]:
        """List the positions of the columns that hold something, but are not known."""
        known = {column.name for column in columns} | EXTRA
        filled = {position for number, cells in self.rows.items() if number > row for position in cells}
        return [position for position in sorted(filled) if names.get(position) not in known]

    def below(self, row: int, positions: Mapping[str, int]) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Give the rows below the header that have content, with the cells of the columns."""
        for number in sorted(self.rows):
            cells = self.rows[number]
            own = {name: cells[position] for name, position in positions.items() if position in cells}
            if number > row and cells:
                yield number, own

    def text(self, cell: Cell | None, column: Column, options: Options, old: str | None) -> str:
        """Read a cell; report what cannot be taken (then the old text stays), and slips in an edited text."""
        if cell is None:
            return ""
        read = taken(cell, column, options)
        place = (cell.row, cell.column - 1)
        if isinstance(read, Fault):
            self.report(read.code, *place, read.value, **read.params)
            return old or ""
        code = slip(read, column) if read != old else ""
        if code:
            self.report(code, *place, read)
        return read

    def report_merged(self, row: int) -> None:
        """Report the merged cells below a row."""
        for top, left, reference in self.merged:
            if int(reference.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) > row:
                self.report("workbook-merged", top, left, reference)


EXTRA = {"printed", "sentence"}


def sheet_of(file: str, grid: Worksheet, problems: list[Problem]) -> Sheet:
    """Collect the filled cells and merged ranges of a worksheet."""
    rows: dict[int, dict[int, Cell]] = {}
    # Iterating would make every empty cell down to the last one that has a format.
    for (row, column), cell in grid._cells.items():  # noqa: SLF001
        if cell.value is not None and cell.value != "":
            rows.setdefault(row, {})[column - 1] = cell
    merged = sorted((each.min_row, each.min_col - 1, str(each.coord)) for each in grid.merged_cells.ranges)
    return Sheet(file, grid.title, rows, merged, problems)


def _name(cell: Cell) -> str:
    """Read the name of a column: the last line of its heading."""
    lines = unescaped(str(cell.value)).split()
    return lines[-1] if lines else ""
