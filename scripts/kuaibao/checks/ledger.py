"""Takes a bulletin and checks its ledger: in order, no overlap, figures matched, the rest with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.checks.tally import lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.checks.tally import Line, Tally
    from kuaibao.model import Package

# At most so many characters of line and page breaks, with the blanks around them, run through a numeral.
LONGEST_BREAK = 12


def check_ledger(package: Package, tally: Tally) -> None:
    """Check the order of numerals and sections, and that figures match the numerals of kind `figure`."""
    _check_order(package, "sections", "ledger-sections", tally)
    _check_order(package, "numerals", "ledger-order", tally)
    _check_end(package, tally)
    _check_sections(package, tally)
    _check_figures(package, tally)
    for line in lines(package, "numerals", tally):
        _check_reason(line)


def is_out_of_order(package: Package, tally: Tally) -> bool:
    """Tell whether the places of a bulletin's numerals contradict each other: no text can fit them."""
    codes = {"ledger-order", "ledger-span", "ledger-length", "ledger-sections", "ledger-section"}
    codes |= {"ledger-gap", "ledger-end"}
    return any(found.code in codes and found.place.path.startswith(package.path) for found in tally.problems)


def _check_order(package: Package, table: str, code: str, tally: Tally) -> None:
    end = 0
    for line in lines(package, table, tally):
        start, last = int(line.row["start"]), int(line.row["end"])
        forward = line.expect(start < last, "ledger-span", "end", start=line.row["start"])
        in_order = line.expect(end <= start, code, "start", end=str(end))
        if table == "numerals" and forward and in_order:
            _check_length(line, last - start)
        elif table == "sections" and in_order:
            line.expect(start == end, "ledger-gap", "start", end=str(end))
        end = max(start, last)


def _check_end(package: Package, tally: Tally) -> None:
    """Check that the sections reach as far as the text that the descriptor tells of."""
    length = package.bulletin.get("text_characters")
    for line in list(lines(package, "sections", tally))[-1:] if length is not None else ():
        line.expect(line.row["end"] == str(length), "ledger-end", "end", length=str(length))


def _check_length(line: Line, length: int) -> None:
    """Check that the print is as long as its place, apart from a break that runs through it."""
    printed = line.row["printed"]
    fits = 0 <= length - len(printed) <= LONGEST_BREAK
    shown = {"printed": printed, "needed": str(len(printed)), "length": str(length)}
    line.expect(fits, "ledger-length", "end", **shown)


def _check_sections(package: Package, tally: Tally) -> None:
    bounds = {row["section"]: (int(row["start"]), int(row["end"])) for row in package.rows("sections")}
    for line in lines(package, "numerals", tally):
        first, last = bounds[line.row["section"]]
        inside = first <= int(line.row["start"]) and int(line.row["end"]) <= last
        line.expect(inside, "ledger-section", "section", first=str(first), last=str(last))


def _check_figures(package: Package, tally: Tally) -> None:
    kinds = {row["numeral"]: row["kind"] for row in package.rows("numerals")}
    order = {name: place for place, name in enumerate(kinds)}
    before = -1
    for line in lines(package, "figures", tally):
        numeral = line.row["numeral"]
        line.expect(kinds[numeral] == "figure", "figure-kind", "numeral", kind=kinds[numeral])
        if not is_out_of_order(package, tally):
            line.expect(order[numeral] > before, "figure-order", "numeral")
        before = order[numeral]
    if not is_out_of_order(package, tally):
        _check_ids(package, order, tally)
    used = {row["numeral"] for row in package.rows("figures")}
    for line in lines(package, "numerals", tally):
        if line.row["kind"] == "figure":
            line.expect(line.row["numeral"] in used, "ledger-unused", "kind", value=line.row["printed"])


def _check_ids(package: Package, order: Mapping[str, int], tally: Tally) -> None:
    """Check that running numbers ascend within a section; an id that names another is told as such.

    A figure that was overlooked and comes in later takes the next free number of its section, higher than any
    that follows it in the text; the seal of the ledger tells that from an exchange.
    """
    sections = {row["numeral"]: row["section"] for row in package.rows("numerals")}
    last: dict[str, str] = {}
    top = _highest(package)
    for line in sorted(lines(package, "figures", tally), key=lambda line: order[line.row["numeral"]]):
        figure, section = line.row["figure"], sections[line.row["numeral"]]
        if figure.split(".")[1] == section:
            before = last.get(section, "")
            line.expect(_rank(before) < _rank(figure), "figure-id-order", "figure", before=before)
            if figure != top[section]:
                last[section] = figure


def _highest(package: Package) -> dict[str, str]:
    """Give the figure with the highest running number of each section."""
    top: dict[str, str] = {}
    for row in package.rows("figures"):
        section = row["figure"].split(".")[1]
        top[section] = max(top.get(section, ""), row["figure"], key=_rank)
    return top


def _rank(figure: str) -> tuple[int, str]:
    """Give what sorts ids by their running number, however long it is."""
    number = figure.rpartition(".")[2].lstrip("0")
    return len(number), number


def _check_reason(line: Line) -> None:
    """Check that a reason is given or not given; one language only is told as label-pair."""
    given = line.row["reason_zh"] or line.row["reason_en"]
    if line.row["kind"] == "figure":
        line.expect(not given, "ledger-reason-figure", "reason_zh", value=given)
    else:
        line.expect(bool(given), "ledger-reason", "reason_zh", printed=line.row["printed"])
