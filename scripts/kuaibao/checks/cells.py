"""Takes a package on disk and gives frictionless's findings as problems in plain words, cell by cell."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import frictionless

from kuaibao.errors import Place
from kuaibao.model import field_names, schema

if TYPE_CHECKING:
    from kuaibao.checks.tally import Tally
    from kuaibao.model import Package

FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")


def check_cells(package: Package, tally: Tally) -> None:
    """Validate types, constraints and keys within the package, and blanks that no one can see."""
    for table, frame in package.tables.items():
        tally.checked["cell-valid"] += int(frame.size)
        _check_blanks(package, table, tally)
    for problem in _frictionless_errors(package):
        _report(package, problem, tally)


def _check_blanks(package: Package, table: str, tally: Tally) -> None:
    for index, row in enumerate(package.rows(table)):
        for column, value in row.items():
            clean = value == value.strip() and not _hidden(value)
            tally.expect(clean, "cell-blank", package.place(table, index, column), value)
            if _is_code(column):
                tally.expect(not FULL_WIDTH.search(value), "cell-width", package.place(table, index, column), value)


def _is_code(column: str) -> bool:
    return not column.endswith(("_zh", "_en")) and column != "printed"


def _hidden(value: str) -> bool:
    return any(unicodedata.category(c) in {"Cc", "Cf"} for c in value)


def _frictionless_errors(package: Package) -> list[tuple[str, dict[str, Any]]]:
    try:
        report = frictionless.validate(str(package.folder / "datapackage.json"))
    except frictionless.FrictionlessException as error:
        return [("", error.error.to_descriptor())]
    found = [("", error.to_descriptor()) for error in report.errors]
    for task in report.tasks:
        found += [(task.name, error.to_descriptor()) for error in task.errors]
    return found


def _report(package: Package, problem: tuple[str, dict[str, Any]], tally: Tally) -> None:
    table, error = problem
    if _told_already(table, error):
        return
    place = _place(package, table, error)
    code, params = _rule(table, error)
    tally.expect(False, code, place, str(error.get("cell", "")), **params)  # noqa: FBT003  # it failed


def _told_already(table: str, error: dict[str, Any]) -> bool:
    wide = error["type"] in {"constraint-error", "type-error"} and FULL_WIDTH.search(str(error.get("cell", "")))
    single_key = error["type"] == "primary-key" and len(schema(table)["primaryKey"]) == 1  # its column is unique too
    return bool(wide or single_key)


def _place(package: Package, table: str, error: dict[str, Any]) -> Place:
    if not table:
        return Place(f"{package.path}/datapackage.json")
    row, column = error.get("rowNumber"), error.get("fieldName")
    return package.place(table, None if row is None else row - 2, column)


def _rule(table: str, error: dict[str, Any]) -> tuple[str, dict[str, str]]:
    kind, note = str(error["type"]), str(error.get("note", ""))
    field = _field(table, str(error.get("fieldName", "")))
    if kind == "type-error":
        return "cell-type", {"type_zh": _TYPES[field["type"]][0], "type_en": _TYPES[field["type"]][1]}
    if kind == "constraint-error":
        return _constraint(field, note)
    if kind in {"unique-error", "primary-key"}:
        return "cell-unique", {}
    if kind == "foreign-key":
        return "key-within", {"detail": note}
    return "cell-valid", {"detail": note or str(error.get("message", kind))}


_TYPES = {
    "string": ("文本", "text"),
    "integer": ("整数", "a whole number"),
    "number": ("数字", "a number"),
    "date": ("日期（如 2023-06-20）", "a date such as 2023-06-20"),
    "year": ("年份（如 2023）", "a year such as 2023"),
}


def _constraint(field: dict[str, Any], note: str) -> tuple[str, dict[str, str]]:
    constraints = field["constraints"]
    name = next((key for key in constraints if f'"{key}"' in note), "")
    if name == "required":
        return "cell-required", {"title_zh": field["title"], "title_en": field["title_en"]}
    if name == "enum":
        return "cell-enum", {"allowed": ", ".join(constraints["enum"])}
    if name == "unique":
        return "cell-unique", {}
    return "cell-form", {"description_zh": field["description"], "description_en": field["description_en"]}


def _field(table: str, name: str) -> dict[str, Any]:
    if name not in (field_names(table) if table else ()):
        return {}
    return next(dict(field) for field in schema(table)["fields"] if field["name"] == name)
