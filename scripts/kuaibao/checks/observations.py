"""Takes a bulletin and checks each figure against its print, indicator, unit, period and notes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kuaibao.checks.periods import FULL, exists, is_after, is_printed, printed_dates
from kuaibao.checks.tally import Line, lines
from kuaibao.errors import Place
from kuaibao.figures import number, reading
from kuaibao.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    measures = {row["measure"]: row["section"] for row in package.rows("measures")}
    dates = printed_dates(package)
    _check_date_of_issue(package, dates.get("0", ()), tally)
    seen: dict[tuple[str, ...], str] = {}
    for line in lines(package, "figures", tally):
        indicator, unit = indicators.get(line.row["indicator"]), units.get(line.row["unit"])
        section = numerals[line.row["numeral"]].row["section"]
        _check_section(line, section, measures[line.row["measure"]])
        _check_print(line, numerals[line.row["numeral"]], unit, indicator)
        if indicator is not None and unit is not None:
            expected = indicator["unit"]
            line.expect(line.row["unit"] == expected, "figure-indicator-unit", "unit", expected=expected)
        if _check_period(line, str(package.bulletin["date"])):
            _check_stated(line, section, dates.get(section, ()))
        _check_duplicate(line, seen)


def _check_date_of_issue(package: Package, dates: Iterable[str], tally: Tally) -> None:
    """Check the descriptor's date against the full dates of the masthead, where it prints any."""
    full = sorted(filter(FULL.fullmatch, dates))
    if full:
        issued, place = str(package.bulletin["date"]), Place(f"{package.path}/datapackage.json")
        tally.expect(issued in full, "bulletin-date-printed", place, issued, dates=", ".join(full))


def _check_section(line: Line, section: str, measured: str) -> None:
    named = line.row["figure"].split(".")[1]
    line.expect(named == section, "figure-section", "figure", section=section)
    sections = {"section": section, "measured": measured}
    line.expect(measured == section, "figure-measure-section", "measure", **sections)


def _check_print(line: Line, numeral: Line, unit: Row | None, indicator: Row | None) -> None:
    printed = numeral.row["printed"]
    unit_of_header = numeral.row["header_unit"]
    if not _check_header_unit(numeral, printed, unit_of_header):
        return
    read = reading(printed, unit_of_header)
    value = None if read is None or read.kind != "figure" else _value(read)
    if not numeral.expect(value is not None, "figure-reading", "printed") or read is None or value is None:
        return
    _check_value(line, value, printed, indicator)
    _check_value_end(line, read)
    hedge = {"printed": printed, "expected": read.qualifier}
    line.expect(line.row["qualifier"] == read.qualifier, "figure-qualifier", "qualifier", **hedge)
    if unit is not None:
        _check_unit(line, printed, read.unit, unit)


def _check_header_unit(numeral: Line, printed: str, unit: str) -> bool:
    """Check that a unit of a header is one, and belongs to a number that prints none."""
    if not unit:
        return True
    bare, read = reading(printed), reading(printed, unit)
    is_one = read is not None and read.kind == "figure" and read.end == len(printed + unit)
    fits = is_one and bare is not None and not bare.unit
    return numeral.expect(fits, "figure-header-unit", "header_unit", printed=printed)


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


def _check_period(line: Line, issued: str) -> bool:
    """Check that a period is there where it should be, and is possible; tell whether it is.

    A plan is no observation: its period may be open, or end after the date of issue.
    """
    row = line.row
    if row["period_basis"] == "planned":
        return bool(row["period"]) and _check_dates(line, row["period"].split("/"), "9999")
    stated = row["period_basis"] != "unstated"
    code = "figure-period-missing" if stated else "figure-period-unstated"
    line.expect(bool(row["period"]) == stated, code, "period", basis=row["period_basis"])
    if row["period_basis"] == "implied":
        line.expect(bool(row["note_zh"]), "figure-note", "note_zh")
    return bool(row["period"]) and _check_dates(line, row["period"].split("/"), issued)


def _check_dates(line: Line, dates: list[str], issued: str) -> bool:
    if not line.expect(all(map(exists, dates)), "figure-period-date", "period"):
        return False
    first, last = dates[0], dates[-1]
    early = line.expect(not is_after(last, issued), "figure-period-late", "period", issued=issued)
    return line.expect(not is_after(first, last), "figure-period-order", "period") and early


def _check_stated(line: Line, section: str, dates: Iterable[str]) -> None:
    """Check that a period said to be stated is printed in its section, or a plan's, if no note is there."""
    if line.row["period_basis"] == "stated":
        shown = {"section": section, "dates": ", ".join(sorted(dates)) or "—"}
        line.expect(is_printed(line.row["period"], dates), "figure-period-stated", "period", **shown)
    elif line.row["period_basis"] == "planned" and not is_printed(line.row["period"], dates):
        line.expect(bool(line.row["note_zh"]), "figure-note", "note_zh")


def _check_duplicate(line: Line, seen: dict[tuple[str, ...], str]) -> None:
    key = tuple(line.row[column] for column in ("indicator", "area", "period", "period_basis"))
    first = seen.setdefault(key, line.row["figure"])
    line.expect(first == line.row["figure"], "figure-duplicate", "indicator", first=first)
