"""Takes a bulletin and checks its relations: figures that exist, terms that fit, arithmetic that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.checks.periods import is_later
from kuaibao.checks.tally import lines
from kuaibao.derive import ARITY, OPERATIONS, divisible, holds
from kuaibao.figures import figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.checks.tally import Line, Tally
    from kuaibao.model import Archive, Figure, Package

# Kinds whose terms are counted in one unit, and those whose outcome is a percentage or in the terms' unit.
ALIKE = {"sum", "difference", "subset", "growth", "share"}
PERCENT = {"growth", "share"}
SAME = {"sum", "difference", "subset"}
# Kinds that compare a term with an earlier one.
IN_TIME = {"growth", "difference"}


def check_relations(package: Package, archive: Archive, tally: Tally) -> None:
    """Check every relation; one that is marked 原文如此 must indeed fail.

    A relation between figures whose unit no code list has (told as key-codelist) is left out.
    """
    known = figures(package)
    units = {row["unit"] for row in archive.codelists.rows("units")}
    for line in lines(package, "relations", tally):
        named = [*line.row["terms"].split(), *line.row["result"].split()]
        if not _check_keys(line, known) or any(known[name].quantity.unit not in units for name in named):
            continue
        if _check_shape(line) and _check_units(line, known):
            _check_alike(line, known)
            _check_time(line, known)
            _check_result(line, known)


def _check_keys(line: Line, known: Mapping[str, Figure]) -> bool:
    keys = [(column, key) for column in ("terms", "result") for key in line.row[column].split()]
    found = [line.expect(key in known, "relation-figure", column, value=key) for column, key in keys]
    return all(found)


def _check_shape(line: Line) -> bool:
    """Check that terms, result and unit are there as the kind of relation needs them."""
    row, names = line.row, [*line.row["terms"].split(), *line.row["result"].split()]
    least = ARITY.get(row["kind"], 1 if row["kind"] == "subset" else 2)
    exact, count = row["kind"] in ARITY, len(row["terms"].split())
    needed = {"kind": row["kind"]} | {
        "needed_zh": f"{' ' if exact else '至少 '}{least} ",
        "needed_en": f"{'' if exact else 'at least '}{least}",
    }
    derives = row["kind"] in OPERATIONS and not row["result"]
    checked = [
        line.expect(count == least or (count > least and not exact), "relation-terms", "terms", **needed),
        line.expect(len(set(names)) == len(names), "relation-twice", "terms"),
        line.expect(derives or bool(row["result"]), "relation-result", "result", kind=row["kind"]),
    ]
    return all(checked)


def _check_units(line: Line, known: Mapping[str, Figure]) -> bool:
    """Check that the terms can be added or compared, and that the outcome has the unit that follows."""
    row = line.row
    units = list(dict.fromkeys(known[name].quantity.unit for name in row["terms"].split()))
    mixed = row["kind"] in ALIKE and len(units) > 1
    if not line.expect(not mixed, "relation-mixed-units", "terms", units=", ".join(units)):
        return False
    expected = "percent" if row["kind"] in PERCENT else units[0] if row["kind"] in SAME else ""
    return _check_unit(line, known, expected)


def _check_unit(line: Line, known: Mapping[str, Figure], expected: str) -> bool:
    row = line.row
    if not row["result"]:
        fits = row["unit"] == expected if expected else bool(row["unit"])
        zh, en = (f"单位 {expected}", f"the unit {expected}") if expected else ("单位", "a unit")
        return line.expect(fits, "relation-unit", "unit", expected_zh=zh, expected_en=en)
    unit = known[row["result"]].quantity.unit
    fits = line.expect(
        not expected or unit == expected, "relation-result-unit", "result", unit=unit, expected=expected
    )
    return line.expect(not row["unit"], "relation-unit-empty", "unit") and fits


def _check_alike(line: Line, known: Mapping[str, Figure]) -> None:
    """Check that growth and difference compare the same indicator of the same area."""
    if line.row["kind"] in IN_TIME:
        first, last = (known[name].row for name in line.row["terms"].split())
        alike = (first["indicator"], first["area"]) == (last["indicator"], last["area"])
        line.expect(alike, "relation-unlike", "terms", first=first["indicator"], last=last["indicator"])


def _check_time(line: Line, known: Mapping[str, Figure]) -> None:
    """Check that growth and difference run forward in time, where both periods are known."""
    if line.row["kind"] in IN_TIME:
        first, last = (known[name].row["period"] for name in line.row["terms"].split())
        if first and last:
            forward = not is_later(first, last)
            line.expect(forward, "relation-order", "terms", first=first, last=last)


def _check_result(line: Line, known: Mapping[str, Figure]) -> None:
    row, terms = line.row, line.row["terms"].split()
    can = divisible(row["kind"], [known[name].quantity for name in terms])
    if not line.expect(can, "relation-zero", "terms"):
        return
    numbers = ", ".join(f"{name} = {known[name].row['value']}" for name in [*terms, *row["result"].split()])
    if row["status"] == "sic":
        line.expect(bool(row["result"]) and not holds(row, known), "relation-sic", "status")
    elif row["result"]:
        line.expect(holds(row, known), "relation-holds", "status", value="", numbers=numbers)
