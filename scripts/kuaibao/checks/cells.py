"""Takes a package and checks every cell against its schema; Frictionless gives a second opinion."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import frictionless

from kuaibao.checks.letters import invisible, turning
from kuaibao.checks.tally import lines
from kuaibao.errors import Place
from kuaibao.model import is_todo, schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kuaibao.checks.tally import Line, Tally
    from kuaibao.model import Package

    Field = Mapping[str, Any]
    Seen = dict[str, dict[str, int]]

FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
LONGEST_SHOWN = 40
# How a value is written, by type; anything is text.
FORMS = {
    "integer": re.compile("-?[0-9]+"),
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    "date": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "year": re.compile("[0-9]{4}"),
}
# How many digits a number has at most: places are below a thousand million, Excel keeps 15 digits.
DIGITS = {"integer": 9, "number": 15}
SUPERFLUOUS = re.compile(r"-?0[0-9].*|.*\..*0|-0")
# Columns that hold words; a unit's symbol such as % is none.
WORDS = ("label", "description", "definition", "note", "reason", "title", "actor")
TYPES = {
    "integer": ("整数（如 12）", "a whole number such as 12"),
    "number": ("数字（如 1234.5）", "a number such as 1234.5"),
    "date": ("日期（如 2023-06-20）", "a date such as 2023-06-20"),
    "year": ("年份（如 2023）", "a year such as 2023"),
}


def check_cells(package: Package, tally: Tally) -> None:
    """Check blanks, width, presence, type, values, form and uniqueness cell by cell, then keys within.

    Each cell is told once, by the first rule that it breaks.
    """
    before = len(tally.problems)
    for table in package.tables:
        fields = schema(table)["fields"]
        seen: Seen = {field["name"]: {} for field in fields}
        for line in lines(package, table, tally):
            for field in fields:
                _check_cell(line, field, seen)
            _check_key(line, seen)
    broken = {(problem.place.path, problem.place.column) for problem in tally.problems[before:]}
    for table in package.tables:
        _check_references(package, table, broken, tally)


def _check_cell(line: Line, field: Field, seen: Seen) -> bool:
    name, value, constraints = field["name"], line.row[field["name"]], field.get("constraints", {})
    if not value:
        titles = {"title_zh": field["title"], "title_en": field["title_en"]}
        return line.expect(not constraints.get("required"), "cell-required", name, **titles)
    wide = bool(FULL_WIDTH.search(value)) and _is_code(name)
    return (
        line.expect(not is_todo(value), "todo", name, title_zh=field["title"], title_en=field["title_en"])
        and line.expect(not _unclean(value), "cell-blank", name)
        and line.expect(not turning(value), "cell-direction", name)
        and line.expect(not wide, "cell-width", name)
        and line.expect(_is_a(field["type"], value), "cell-type", name, **_type(field))
        and _check_number(line, field)
        and _check_words(line, name)
        and _check_constraints(line, field, constraints)
        and (not constraints.get("unique") or _check_unique(line, name, value, seen[name]))
    )


def _is_code(column: str) -> bool:
    return not column.endswith(("_zh", "_en")) and column != "printed"


def _unclean(value: str) -> bool:
    return value != value.strip() or invisible(value)


def _is_a(kind: str, value: str) -> bool:
    if kind in FORMS and not FORMS[kind].fullmatch(value):
        return False
    return kind != "date" or _is_date(value)


def _is_date(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _type(field: Field) -> dict[str, str]:
    zh, en = TYPES.get(field["type"], ("", ""))
    return {"type_zh": zh, "type_en": en}


def _check_number(line: Line, field: Field) -> bool:
    """Check that a number is not too long to be one, and written without superfluous zeros."""
    limit = DIGITS.get(field["type"])
    if limit is None:
        return True
    name, value = field["name"], line.row[field["name"]]
    digits = sum(character.isdigit() for character in value)
    shown = {"value": _shortened(value), "limit": str(limit)}
    return line.expect(digits <= limit, "cell-digits", name, **shown) and line.expect(
        not SUPERFLUOUS.fullmatch(value), "cell-zeros", name
    )


def _shortened(value: str) -> str:
    return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"


def _check_words(line: Line, name: str) -> bool:
    """Check that a label, description or note has words, not only a dash or dots."""
    is_text = name.endswith(("_zh", "_en")) and name[:-3] in WORDS
    return not is_text or line.expect(any(map(str.isalpha, line.row[name])), "cell-words", name)


def _check_constraints(line: Line, field: Field, constraints: Mapping[str, Any]) -> bool:
    name, value = field["name"], line.row[field["name"]]
    if "enum" in constraints:
        allowed = ", ".join(constraints["enum"])
        return line.expect(value in constraints["enum"], "cell-enum", name, allowed=allowed)
    fits = re.fullmatch(constraints.get("pattern", ".*"), value, re.DOTALL) is not None
    ok = fits and not ("minimum" in constraints and int(value) < constraints["minimum"])
    return line.expect(ok, "cell-form", name, **({} if ok else _described(line, field, constraints)))


def _described(line: Line, field: Field, constraints: Mapping[str, Any]) -> dict[str, str]:
    """Describe a field, with a good value of the same column as example, where there is one."""
    column = [str(value) for value in line.package.tables[line.table][field["name"]]]
    good = [value for value in column if re.fullmatch(constraints.get("pattern", "[0-9]+"), value)]
    return {
        "description_zh": field["description"] + (f"（如 {good[0]}）" if good else ""),
        "description_en": field["description_en"] + (f" (such as {good[0]})" if good else ""),
    }


def _check_unique(line: Line, name: str, value: str, seen: dict[str, int]) -> bool:
    first = seen.setdefault(value, line.index)
    return line.expect(first == line.index, "cell-unique", name, first=str(first + 2))


def _check_key(line: Line, seen: Seen) -> None:
    """Check a key of several columns; a key of one column is `unique` already."""
    keys = schema(line.table)["primaryKey"]
    if len(keys) > 1:
        _check_unique(line, keys[-1], " ".join(line.row[key] for key in keys), seen[keys[-1]])


def _references(table: str) -> Iterator[tuple[str, str, str]]:
    """List (column, table, column) of the keys from a table into others of its package, and into itself."""
    for key in schema(table).get("foreignKeys", []):
        yield key["fields"][0], key["reference"]["resource"], key["reference"]["fields"][0]
    if table == "areas":
        yield "parent", "areas", "area"


def _check_references(
    package: Package, table: str, broken: set[tuple[str, str | None]], tally: Tally
) -> None:
    """Check that rows referred to exist, unless the ids there are broken and told already."""
    for column, other, key in _references(table):
        ends = {(package.place(name).path, end) for name, end in ((table, column), (other, key))}
        if ends & broken:
            continue
        known = set(package.tables[other][key])
        for line in lines(package, table, tally):
            found = line.row[column] in known or not line.row[column]
            line.expect(found, "key-within", column, table=other)


def check_frictionless(package: Package, tally: Tally) -> None:
    """Let Frictionless validate a package in which our own rules found nothing."""
    place = Place(f"{package.path}/datapackage.json")
    try:
        report = frictionless.validate(str(package.folder / "datapackage.json"))
        found = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    except frictionless.FrictionlessException as exception:
        found = [exception.error]
    for error in found[:1]:
        tally.fail("cell-valid", place, detail=error.message)
    tally.checked["cell-valid"] += not found
