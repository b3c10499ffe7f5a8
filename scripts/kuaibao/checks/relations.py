"""Takes a bulletin and checks its relations: figures that exist, terms that fit, arithmetic that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.derive import ARITY, OPERATIONS, holds
from kuaibao.figures import figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.checks.tally import Tally
    from kuaibao.model import Archive, Figure, Package, Row

COUNTED = {"sum", "difference", "subset", "growth", "share"}


def check_relations(package: Package, archive: Archive, tally: Tally) -> None:
    """Check every relation; one that is marked 原文如此 must indeed fail."""
    known = figures(package)
    units = {row["unit"] for row in archive.codelists.rows("units")}
    for index, row in enumerate(package.rows("relations")):
        if _check_keys(package, index, row, known, tally) and _check_shape(package, index, row, units, tally):
            _check_units(package, index, row, known, tally)
            _check_result(package, index, row, known, tally)


def _check_keys(package: Package, index: int, row: Row, known: Mapping[str, Figure], tally: Tally) -> bool:
    ok = True
    for column in ("terms", "result"):
        for key in row[column].split():
            place = package.place("relations", index, column)
            ok &= tally.expect(key in known, "relation-figure", place, key)
    return ok


def _check_shape(package: Package, index: int, row: Row, units: set[str], tally: Tally) -> bool:
    count, needed = len(row["terms"].split()), ARITY.get(row["kind"])
    fits = count == needed if needed else count >= (1 if row["kind"] == "subset" else 2)
    place = package.place("relations", index, "terms")
    ok = tally.expect(fits, "relation-terms", place, row["terms"], kind=row["kind"], needed=str(needed or "1+"))
    derives = row["kind"] in OPERATIONS and not row["result"]
    place = package.place("relations", index, "unit")
    ok &= tally.expect(derives == (row["unit"] in units), "relation-unit", place, row["unit"])
    place = package.place("relations", index, "result")
    return ok & tally.expect(derives or bool(row["result"]), "relation-result", place, row["result"], kind=row["kind"])


def _check_units(package: Package, index: int, row: Row, known: Mapping[str, Figure], tally: Tally) -> None:
    if row["kind"] not in COUNTED:
        return
    names = [*row["terms"].split(), *([row["result"]] if row["kind"] in {"sum", "difference", "subset"} else [])]
    units = {known[name].quantity.unit for name in names if name}
    place = package.place("relations", index, "terms")
    tally.expect(len(units) == 1, "relation-mixed-units", place, row["terms"], units=", ".join(sorted(units)))


def _check_result(package: Package, index: int, row: Row, known: Mapping[str, Figure], tally: Tally) -> None:
    if not row["result"]:
        return
    place, true = package.place("relations", index, "status"), holds(row, known)
    if row["status"] == "sic":
        tally.expect(not true, "relation-sic", place, row["status"])
    else:
        numbers = ", ".join(f"{name} = {known[name].row['value']}" for name in [*row["terms"].split(), row["result"]])
        tally.expect(true, "relation-holds", place, row["relation"], numbers=numbers)
