"""Takes a bulletin and checks each figure against what was printed, its indicator, its period and its notes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kuaibao.figures import number, reading
from kuaibao.wording import plain

if TYPE_CHECKING:
    from kuaibao.checks.tally import Tally
    from kuaibao.model import Archive, Package, Row
    from kuaibao.reader import Numeral


def check_figures(package: Package, archive: Archive, tally: Tally) -> None:
    """Check value, hedge and unit by an independent reading of the print, then period, unit and uniqueness."""
    numerals = {row["numeral"]: row for row in package.rows("numerals")}
    units = {row["unit"]: row for row in archive.codelists.rows("units")}
    indicators = {row["indicator"]: row for row in archive.codelists.rows("indicators")}
    seen: dict[tuple[str, ...], str] = {}
    for index, row in enumerate(package.rows("figures")):
        printed = numerals[row["numeral"]]["printed"]
        _check_print(package, index, row, printed, units[row["unit"]], tally)
        _check_section(package, index, row, numerals[row["numeral"]], tally)
        expected = indicators[row["indicator"]]["unit"]
        place = package.place("figures", index, "unit")
        tally.expect(row["unit"] == expected, "figure-indicator-unit", place, row["unit"], expected=expected)
        _check_period(package, index, row, tally)
        _check_duplicate(package, index, row, seen, tally)


def _check_print(package: Package, index: int, row: Row, printed: str, unit: Row, tally: Tally) -> None:
    place = package.place("figures", index, "value")
    read = reading(printed)
    if not tally.expect(read is not None and read.kind == "figure", "figure-reading", place, printed) or read is None:
        return
    shown = _value(read)
    ok = abs(number(row["value"]) or Decimal("NaN")) == abs(shown) if shown is not None else not row["value"]
    tally.expect(ok, "figure-value", place, row["value"], printed=printed, expected="" if shown is None else plain(shown))
    end = read.value_max if read.qualifier == "range" else None
    ok = row["value_end"] == ("" if end is None else plain(Decimal(end)))
    place = package.place("figures", index, "value_end")
    tally.expect(ok, "figure-value-end", place, row["value_end"], printed=printed)
    place = package.place("figures", index, "qualifier")
    tally.expect(row["qualifier"] == read.qualifier, "figure-qualifier", place, row["qualifier"], printed=printed, expected=read.qualifier)
    _check_unit(package, index, row, (printed, read.unit), unit, tally)


def _value(read: Numeral) -> Decimal | None:
    if read.qualifier == "range":
        return None if read.value_min is None else Decimal(read.value_min)
    return None if read.value is None else Decimal(read.value)


def _check_unit(package: Package, index: int, row: Row, printed: tuple[str, str], unit: Row, tally: Tally) -> None:
    place = package.place("figures", index, "unit")
    if not printed[1]:
        tally.expect(bool(row["note_zh"]), "figure-unit-note", place, row["unit"], printed=printed[0])
        return
    ok = printed[1] in unit["printed"].split()
    tally.expect(ok, "figure-unit", place, row["unit"], printed=printed[0], allowed=unit["printed"])


def _check_section(package: Package, index: int, row: Row, numeral: Row, tally: Tally) -> None:
    section = row["figure"].removeprefix(f"{package.name}.").partition(".")[0]
    place = package.place("figures", index, "figure")
    tally.expect(section == numeral["section"], "figure-section", place, row["figure"], section=numeral["section"])


def _check_period(package: Package, index: int, row: Row, tally: Tally) -> None:
    place, issued = package.place("figures", index, "period"), str(package.bulletin["date"])
    ok = bool(row["period"]) == (row["period_basis"] != "unstated")
    tally.expect(ok, "figure-period-basis", place, row["period"], basis=row["period_basis"])
    if row["period"]:
        first, last = row["period"].split("/")[0], row["period"].split("/")[-1]
        tally.expect(last[: len(issued)] <= issued[: len(last)], "figure-period-late", place, row["period"], issued=issued)
        tally.expect(first <= last, "figure-period-order", place, row["period"])
    if row["period_basis"] == "implied":
        tally.expect(bool(row["note_zh"]), "figure-note", package.place("figures", index, "note_zh"))


def _check_duplicate(package: Package, index: int, row: Row, seen: dict[tuple[str, ...], str], tally: Tally) -> None:
    key = (row["indicator"], row["area"], row["period"], row["period_basis"])
    first = seen.setdefault(key, row["figure"])
    tally.expect(first == row["figure"], "figure-duplicate", package.place("figures", index, "indicator"), row["indicator"], first=first)
