"""Takes a bulletin and checks each figure against its print, indicator, unit, period and notes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kuaibao.checks.tally import Line, lines
from kuaibao.figures import number, reading
from kuaibao.wording import plain

if TYPE_CHECKING:
    from kuaibao.checks.tally import Tally
    from kuaibao.model import Archive, Package, Row
    from kuaibao.reader import Numeral


def check_figures(package: Package, archive: Archive, tally: Tally) -> None:
    """Check value, hedge and unit by reading the print anew, then indicator, period and repetition.

    A code that no code list has is told elsewhere (key-codelist), and what hangs on it is left out here.
    """
    numerals = {line.row["numeral"]: line for line in lines(package, "numerals", tally)}
    units = {row["unit"]: row for row in archive.codelists.rows("units")}
    indicators = {row["indicator"]: row for row in archive.codelists.rows("indicators")}
    seen: dict[tuple[str, ...], str] = {}
    for line in lines(package, "figures", tally):
        indicator, unit = indicators.get(line.row["indicator"]), units.get(line.row["unit"])
        _check_section(line, numerals[line.row["numeral"]].row["section"])
        _check_print(line, numerals[line.row["numeral"]], unit, indicator)
        if indicator is not None and unit is not None:
            expected = indicator["unit"]
            line.expect(line.row["unit"] == expected, "figure-indicator-unit", "unit", expected=expected)
        _check_period(line, str(package.bulletin["date"]))
        _check_duplicate(line, seen)


def _check_section(line: Line, section: str) -> None:
    named = line.row["figure"].split(".")[1]
    line.expect(named == section, "figure-section", "figure", section=section)


def _check_print(line: Line, numeral: Line, unit: Row | None, indicator: Row | None) -> None:
    printed = numeral.row["printed"]
    read = reading(printed, numeral.row["header_unit"])
    value = None if read is None or read.kind != "figure" else _value(read)
    if not numeral.expect(value is not None, "figure-reading", "printed") or read is None or value is None:
        return
    _check_value(line, value, printed, indicator)
    _check_value_end(line, read)
    hedge = {"printed": printed, "expected": read.qualifier}
    line.expect(line.row["qualifier"] == read.qualifier, "figure-qualifier", "qualifier", **hedge)
    if unit is not None:
        _check_unit(line, printed, read.unit, unit)


def _value(read: Numeral) -> Decimal | None:
    """Give the number that a figure's `value` should hold; a ratio or 数十 has none."""
    found = read.value_min if read.qualifier == "range" else read.value
    return None if found is None else Decimal(found)


def _check_value(line: Line, value: Decimal, printed: str, indicator: Row | None) -> None:
    """Check the number, and that a fall stated in words is of an indicator that can fall, with a note."""
    stored = Decimal(line.row["value"])
    fell = stored == -value < 0
    line.expect(fell or stored == value, "figure-value", "value", printed=printed, expected=plain(value))
    if fell and indicator is not None:
        explained = indicator["series"] == "flow" and bool(line.row["note_zh"])
        line.expect(explained, "figure-sign", "value", printed=printed)


def _check_value_end(line: Line, read: Numeral) -> None:
    ranged = read.qualifier == "range" and read.value_max is not None
    end = Decimal(read.value_max or 0) if ranged else None
    zh, en = ("为空", "be empty") if end is None else (f"写 {plain(end)}", f"be {plain(end)}")
    params = {"printed": read.printed, "expected_zh": zh, "expected_en": en}
    line.expect(number(line.row["value_end"]) == end, "figure-value-end", "value_end", **params)


def _check_unit(line: Line, printed: str, found: str, unit: Row) -> None:
    if not found:
        line.expect(bool(line.row["note_zh"]), "figure-unit-note", "unit", printed=printed)
        return
    allowed = unit["printed"].split()
    shown = {"found": found, "allowed": " ".join(allowed) or "—"}
    line.expect(found in allowed, "figure-unit", "unit", printed=printed, **shown)


def _check_period(line: Line, issued: str) -> None:
    row = line.row
    stated = row["period_basis"] != "unstated"
    code = "figure-period-missing" if stated else "figure-period-unstated"
    line.expect(bool(row["period"]) == stated, code, "period", basis=row["period_basis"])
    if row["period"]:
        _check_dates(line, row["period"].split("/"), issued)
    if row["period_basis"] == "implied":
        line.expect(bool(row["note_zh"]), "figure-note", "note_zh")


def _check_dates(line: Line, dates: list[str], issued: str) -> None:
    if not line.expect(all(map(_exists, dates)), "figure-period-date", "period"):
        return
    first, last = dates[0], dates[-1]
    line.expect(not _after(last, issued), "figure-period-late", "period", issued=issued)
    line.expect(not _after(first, last), "figure-period-order", "period")


def _exists(iso: str) -> bool:
    """Tell whether a year, month or day is one of the calendar."""
    try:
        return bool(date.fromisoformat(iso + "-01" * (2 - iso.count("-"))))
    except ValueError:
        return False


def _after(one: str, other: str) -> bool:
    """Tell whether a date is after another, as far as the coarser of the two tells."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


def _check_duplicate(line: Line, seen: dict[tuple[str, ...], str]) -> None:
    key = tuple(line.row[column] for column in ("indicator", "area", "period", "period_basis"))
    first = seen.setdefault(key, line.row["figure"])
    line.expect(first == line.row["figure"], "figure-duplicate", "indicator", first=first)
