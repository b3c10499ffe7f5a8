"""Takes the bytes of an edited workbook and gives its tables and facts as text, with every problem."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from openpyxl.worksheet.worksheet import Worksheet

from kuaibao.errors import Place, Problem
from kuaibao.model import OPEN_LISTS
from kuaibao.workbook.cells import Fault, taken
from kuaibao.workbook.layout import (
    FACTS,
    OPTIONS,
    SHEETS,
    fact_column,
    fact_columns,
    key_of,
    option,
    phrase,
)
from kuaibao.workbook.opening import opened
from kuaibao.workbook.sheet import sheet_of
from kuaibao.workbook.table import Beside, Lists, edited_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd
    from openpyxl.workbook.workbook import Workbook

    from kuaibao.workbook.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Edited:
    """What an editor handed back: tables as text with the package's columns, facts, and the problems.

    Where a cell could not be taken, the package's text stands, or nothing in a new row. `strange` names the
    sheets that are none of the workbook's own; nothing of them is taken.
    """

    tables: dict[str, pd.DataFrame]
    facts: dict[str, str]
    problems: list[Problem]
    strange: tuple[str, ...] = ()


def read(
    content: bytes,
    name: str,
    tables: Mapping[str, pd.DataFrame],
    listed: Mapping[str, pd.DataFrame] = MappingProxyType({}),
    drafted: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Edited:
    """Take a workbook back; `name` is the file's, `tables` are the package's as they were written.

    `listed` are the code lists whose keys a row of the sheets of additions may not take, `drafted` the ids
    by table that a draft of the text has, which may come back.
    """
    unchanged = {table: tables[table].copy() for table in SHEETS if table in tables}
    book = opened(content, name)
    if isinstance(book, Problem):
        return Edited(unchanged, {}, [book])
    problems: list[Problem] = []
    sheets = _sheets(book, name, [FACTS, *unchanged, OPTIONS], problems)
    lists = _lists(sheets.get(OPTIONS))
    for table in sorted(unchanged, key=_turn):
        if table in sheets:
            unchanged[table] = edited_table(sheets[table], table, tables, lists, Beside(listed, drafted))
        if table in OPEN_LISTS:
            lists[table] = {**_entries(unchanged[table], table), **lists.get(table, {})}
    facts = _facts(sheets[FACTS], lists) if FACTS in sheets else {}
    return Edited(unchanged, facts, problems, _strange(book))


def _strange(book: Workbook) -> tuple[str, ...]:
    """Name the sheets of an editor's own; a program may have parted the lists into several."""
    return tuple(
        title for title in book.sheetnames if title not in {FACTS, *SHEETS} and not title.startswith(OPTIONS)
    )


def _sheets(book: Workbook, file: str, names: list[str], problems: list[Problem]) -> dict[str, Sheet]:
    """Collect the sheets by name; report those that are missing."""
    grids = {grid.title: grid for grid in book.worksheets if isinstance(grid, Worksheet)}
    others = [title for title in book.sheetnames if title not in {*names, *SHEETS}]
    params = {
        "others_zh": "、".join(others) or phrase("none", "zh"),
        "others_en": ", ".join(others) or phrase("none", "en"),
    }
    missing = [name for name in names if name not in grids and name not in OPEN_LISTS]
    problems += [Problem("workbook-sheet", Place(file, sheet=name), params=params) for name in missing]
    return {name: sheet_of(file, grids[name], problems) for name in names if name in grids}


def _turn(table: str) -> int:
    """Give the place of a table in the order of reading: additions first, for other sheets choose them."""
    return -OPEN_LISTS.index(table) - 1 if table in OPEN_LISTS else 0


def _entries(added: pd.DataFrame, table: str) -> dict[str, str]:
    """Give the entries of the rows that an editor has added to a code list."""
    pairs = zip(added[key_of(table)], added["label_zh"], strict=True)
    return {option(key, label): key for key, label in pairs}


def _lists(sheet: Sheet | None) -> dict[str, Mapping[str, str]]:
    """Read the lists of the drop-downs: by name, the code of each entry."""
    if sheet is None:
        return {}
    lists: dict[str, Mapping[str, str]] = {}
    names = {position: str(cell.value) for position, cell in sheet.rows.get(1, {}).items()}
    plain = fact_column("")
    for position, name in names.items():
        rows = (cells for row, cells in sorted(sheet.rows.items()) if row > 1)
        cells = [row[position] for row in rows if position in row]
        entries = [entry for cell in cells if not isinstance(entry := taken(cell, plain, {}), Fault)]
        lists[name] = {entry: entry.partition(" ")[0] for entry in entries}
    return lists


def _facts(sheet: Sheet, lists: Lists) -> dict[str, str]:
    """Read the facts by key; the explanations are left out."""
    keys, values, _ = fact_columns()
    header = sheet.header(keys.name)
    if header is None:
        return {}
    row, names = header
    positions = sheet.positions(row, names, fact_columns())
    sheet.report_merged(row)
    positions.pop("explanation", None)
    facts: dict[str, str] = {}
    seen: dict[str, str] = {}
    for number, cells in sheet.below(row, positions):
        key = sheet.text(cells.get(keys.name), keys, {}, None)
        column = fact_column(key)
        text = sheet.text(cells.get(values.name), column, lists.get(column.options, {}), None)
        if not key:
            sheet.report("workbook-id-empty", number, positions[keys.name], key=keys.name)
        elif key in seen:
            sheet.report("workbook-id-twice", number, positions[keys.name], key, first=seen[key])
        else:
            facts[key], seen[key] = text, cells[keys.name].coordinate
    return facts
