"""Takes a bulletin and checks its ledger: in order, without overlap, each figure once, each other with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kuaibao.checks.tally import Tally
    from kuaibao.model import Package, Row


def check_ledger(package: Package, tally: Tally) -> None:
    """Check the order of numerals and sections, and that figures and numerals of kind `figure` match one to one."""
    _check_order(package, "numerals", "ledger-order", tally)
    _check_order(package, "sections", "ledger-sections", tally)
    _check_sections(package, tally)
    _check_figures(package, tally)
    for index, row in enumerate(package.rows("numerals")):
        _check_reason(package, index, row, tally)


def _check_order(package: Package, table: str, code: str, tally: Tally) -> None:
    end = 0
    for index, row in enumerate(package.rows(table)):
        start = int(row["start"])
        tally.expect(end <= start < int(row["end"]), code, package.place(table, index, "start"), row["start"], end=str(end))
        end = int(row["end"])


def _check_sections(package: Package, tally: Tally) -> None:
    bounds = {row["section"]: (int(row["start"]), int(row["end"])) for row in package.rows("sections")}
    for index, row in enumerate(package.rows("numerals")):
        first, last = bounds[row["section"]]
        ok = first <= int(row["start"]) and int(row["end"]) <= last
        place = package.place("numerals", index, "section")
        tally.expect(ok, "ledger-section", place, row["section"], first=str(first), last=str(last))


def _check_figures(package: Package, tally: Tally) -> None:
    kinds = {row["numeral"]: row["kind"] for row in package.rows("numerals")}
    order = {name: place for place, name in enumerate(kinds)}
    used, before = set(), -1
    for index, row in enumerate(package.rows("figures")):
        numeral, place = row["numeral"], package.place("figures", index, "numeral")
        tally.expect(kinds[numeral] == "figure", "figure-kind", place, numeral, kind=kinds[numeral])
        tally.expect(order[numeral] > before, "figure-order", place, numeral)
        before = order[numeral]
        used.add(numeral)
    for index, row in enumerate(package.rows("numerals")):
        if row["kind"] == "figure":
            ok = row["numeral"] in used
            tally.expect(ok, "ledger-unused", package.place("numerals", index, "kind"), row["printed"])


def _check_reason(package: Package, index: int, row: Row, tally: Tally) -> None:
    for column in ("reason_zh", "reason_en"):
        place = package.place("numerals", index, column)
        if row["kind"] == "figure":
            tally.expect(not row[column], "ledger-reason-figure", place, row[column])
        else:
            tally.expect(bool(row[column]), "ledger-reason", place, row[column], printed=row["printed"])
