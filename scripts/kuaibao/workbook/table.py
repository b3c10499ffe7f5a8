"""Takes a sheet and the package's table and gives the edited table: rows changed, added and removed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from openpyxl.utils.cell import coordinate_to_tuple

from kuaibao.errors import LANGUAGES
from kuaibao.model import OPEN_LISTS, field_names, schema
from kuaibao.workbook.layout import columns, key_of, phrase

if TYPE_CHECKING:
    from collections.abc import Collection

    from openpyxl.cell.cell import Cell

    from kuaibao.workbook.layout import Column
    from kuaibao.workbook.sheet import Sheet

Lists = Mapping[str, Mapping[str, str]]
Row = dict[str, str]
# Rows of the ledger and the sections come from the text, and can only be changed.
OPEN = ("figures", "measures", "indicators", "relations", *OPEN_LISTS)


class Beside(NamedTuple):
    """What stands beside a package, by table: rows of code lists, and the ids that were drafted."""

    listed: Mapping[str, pd.DataFrame]
    drafted: Mapping[str, Collection[str]]


@dataclass(slots=True)
class _Taking:
    """A table that is being taken back: the package's rows, and those found so far, by id."""

    sheet: Sheet
    table: str
    lists: Lists
    old: Mapping[str, Row]
    ledger: Mapping[str, int]
    bulletin: str
    listed: Mapping[str, Row]
    drafted: Collection[str]
    found: dict[str, Row] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        """Name the column of the ids."""
        return key_of(self.table)


def edited_table(
    sheet: Sheet,
    table: str,
    tables: Mapping[str, pd.DataFrame],
    lists: Lists,
    beside: Beside,
) -> pd.DataFrame:
    """Read a sheet into a table with the package's columns, in the package's order.

    A row of which only the id is left is removed (or was, when the workbook comes back again), except in
    the ledger and the sections, to which only rows that were drafted can come back. New rows follow the
    old ones, figures by their numerals. A new row that is listed already is left out, if it is the same
    there. Every problem is reported to the sheet.
    """
    header = sheet.header(key_of(table))
    if header is None:
        return tables[table].copy()
    taking = _taking(sheet, table, tables, lists, beside)
    row, names = header
    sheet.report_merged(row)
    positions = sheet.positions(row, names, columns(table))
    for number, cells in sheet.below(row, positions):
        _take(taking, number, cells, positions)
    _report_missing(taking, row, positions[taking.key])
    return pd.DataFrame(_ordered(taking), columns=list(field_names(table)), dtype="str")


def _report_missing(taking: _Taking, header: int, position: int) -> None:
    """Report each row that has gone, at the cell where its id should stand: below that of the one before."""
    row = header
    for key in taking.old:
        if key in taking.cells:
            row = coordinate_to_tuple(taking.cells[key])[0]
        if key not in taking.found and key not in taking.removed:
            taking.sheet.report("workbook-id-missing", row + 1, position, key)


def _taking(
    sheet: Sheet, table: str, tables: Mapping[str, pd.DataFrame], lists: Lists, beside: Beside
) -> _Taking:
    old = {row[key_of(table)]: row for row in _rows(tables[table])}
    known = [row["numeral"] for row in _rows(tables["numerals"])] if "numerals" in tables else []
    numerals = sorted({*known, *beside.drafted.get("numerals", ())}, key=_in_order)
    ids = [*numerals, *old] if table not in {"indicators", *OPEN_LISTS} else []
    bulletin = ids[0].partition(".")[0] + "." if ids and "." in ids[0] else ""
    ledger = {numeral: position for position, numeral in enumerate(numerals)}
    listed = {row[key_of(table)]: row for row in _rows(beside.listed.get(table, pd.DataFrame()))}
    return _Taking(sheet, table, lists, old, ledger, bulletin, listed, beside.drafted.get(table, ()))


def _in_order(key: str) -> tuple[int, str]:
    return len(key), key


def _rows(frame: pd.DataFrame) -> list[Row]:
    names = list(frame.columns)
    return [dict(zip(names, row, strict=True)) for row in frame.itertuples(index=False, name=None)]


def _take(taking: _Taking, number: int, cells: Mapping[str, Cell], positions: Mapping[str, int]) -> None:
    sheet, first = taking.sheet, columns(taking.table)[0]
    place = (number, positions[taking.key])
    before = len(sheet.problems)
    key = _text(taking, cells.get(taking.key), first, None)
    if len(sheet.problems) > before and not key:
        return  # the id's cell itself has been reported
    if not key:
        sheet.report("workbook-id-empty", *place, key=taking.key)
    elif key in taking.cells:
        sheet.report("workbook-id-twice", *place, key, first=taking.cells[key])
    else:
        taking.cells[key] = cells[taking.key].coordinate
        _keep(taking, key, cells, positions)


def _keep(taking: _Taking, key: str, cells: Mapping[str, Cell], positions: Mapping[str, int]) -> None:
    """Keep a row under its id: changed, removed or new."""
    old = taking.old.get(key)
    if set(cells) == {taking.key} and (old is None or any(_others(old, taking.key))):
        taking.removed.add(key)
        if taking.table not in OPEN:
            _report(taking, "workbook-row-kept", f"kept-{taking.table}", key, cells[taking.key])
        return
    row = {**dict.fromkeys(field_names(taking.table), ""), **(old or {}), taking.key: key}
    for column in columns(taking.table)[1:]:
        if column.name in positions:
            row[column.name] = _text(taking, cells.get(column.name), column, old)
    if old is None and not _may_be_new(taking, key, row):
        kind = taking.table if taking.table in OPEN else "closed"
        _report(taking, "workbook-id-unknown", f"new-{kind}", key, cells[taking.key])
    elif key in taking.listed:
        _report_listed(taking, row, cells[taking.key])
    else:
        taking.found[key] = row


def _others(row: Row, key: str) -> list[str]:
    return [text for name, text in row.items() if name != key]


def _text(taking: _Taking, cell: Cell | None, column: Column, old: Row | None) -> str:
    before = None if old is None else old[column.name]
    if column.name == taking.key:
        before = str(cell.value) if cell is not None and cell.value in taking.old else None
    return taking.sheet.text(cell, column, taking.lists.get(column.options, {}), before)


def _may_be_new(taking: _Taking, key: str, row: Row) -> bool:
    """Tell whether an id that the package does not have may be that of a new row."""
    pattern = schema(taking.table)["fields"][0]["constraints"].get("pattern", "")
    if taking.table not in OPEN:
        return key in taking.drafted
    if not re.fullmatch(pattern, key) or not key.startswith(taking.bulletin):
        return False
    if taking.table != "figures":
        return True
    used = {old["numeral"] for old in taking.old.values()}
    return row["numeral"] in taking.ledger and row["numeral"] not in used


def _report(taking: _Taking, code: str, advised: str, key: str, cell: Cell) -> None:
    """Report a problem of an id, with the advice for its table."""
    advice = {
        f"advice_{language}": phrase(advised, language).format(bulletin=taking.bulletin)
        for language in LANGUAGES
    }
    taking.sheet.report(code, cell.row, cell.column - 1, key, table=taking.table, **advice)


def _report_listed(taking: _Taking, row: Row, cell: Cell) -> None:
    """Report that a key is taken by another row of the code list; the same row may be there already."""
    listed = taking.listed[row[taking.key]]
    if row != listed:
        label = {f"label_{language}": listed[f"label_{language}"] for language in LANGUAGES}
        taking.sheet.report("workbook-id-taken", cell.row, cell.column - 1, row[taking.key], **label)


def _ordered(taking: _Taking) -> list[Row]:
    old = [taking.found[key] for key in taking.old if key in taking.found]
    new = [row for key, row in taking.found.items() if key not in taking.old]
    if taking.table == "figures" and new:
        last = len(taking.ledger)
        return sorted([*old, *new], key=lambda row: taking.ledger.get(row["numeral"], last))
    if taking.table not in OPEN and new:
        return sorted([*old, *new], key=lambda row: _in_order(row[taking.key]))
    return [*old, *new]
