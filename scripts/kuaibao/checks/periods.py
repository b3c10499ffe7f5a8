"""Takes the ledger of a bulletin and gives the dates that each section prints; compares periods."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from kuaibao.figures import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kuaibao.model import Package

FULL = re.compile(r"\d{4}-\d{2}-\d{2}")
YEAR = re.compile(r"\d{4}")
MONTH = re.compile(r"\d{4}-\d{2}")
# What may be missing after a number that is printed in a list (2021、2022 年) or under a header.
LEFT_OUT = ("年", "月", "日")


def printed_dates(package: Package) -> Mapping[str, frozenset[str]]:
    """Give the dates and periods printed in each section, as ISO 8601 strings, from the ledger.

    A date without its year or month stands there once for each that it can have: that of the date of issue
    or of another date of its section.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for row in package.rows("numerals"):
        if row["kind"] == "date":
            found[row["section"]].update(_values(row["printed"]))
    issued = str(package.bulletin["date"])
    return {section: frozenset(_completed(values, issued)) for section, values in found.items()}


def _values(printed: str) -> Iterator[str]:
    for rest in ("", *LEFT_OUT):
        found = reading(printed, rest)
        if found is not None and found.kind == "date" and isinstance(found.value, str):
            yield found.value
            if not rest:
                return


def _completed(values: Iterable[str], issued: str) -> Iterator[str]:
    known = [value for value in values if not value.startswith("-")]
    years = set(YEAR.findall(" ".join([issued[:4], *(value[:4] for value in known)])))
    known += [value.replace("--", f"{year}-") for value in values if _is_yearless(value) for year in years]
    yield from known
    months = set(MONTH.findall(" ".join([issued, *known])))
    for value in values:
        if value.startswith("---"):
            yield from (value.replace("---", f"{month}-") for month in months)


def _is_yearless(value: str) -> bool:
    return value.startswith("--") and not value.startswith("---")


def is_printed(period: str, dates: Iterable[str]) -> bool:
    """Tell whether a period is one of the printed ones, or lies in a printed span (2022 in 2020/2023)."""
    ends = period.split("/")
    return any(period == span or all(_is_within(end, span) for end in ends) for span in dates)


def _is_within(point: str, span: str) -> bool:
    first, _, last = span.partition("/")
    last = last or first
    return len(point) == len(first) == len(last) and first <= point <= last


def exists(iso: str) -> bool:
    """Tell whether a year, month or day is one of the calendar."""
    try:
        return bool(date.fromisoformat(iso + "-01" * (2 - iso.count("-"))))
    except ValueError:
        return False


def is_after(one: str, other: str) -> bool:
    """Tell whether a date is after another, as far as the coarser of the two tells."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


def is_later(one: str, other: str) -> bool:
    """Tell whether a period begins or ends after another and neither begins nor ends before it."""
    pairs = list(zip(_ends(one), _ends(other), strict=True))
    return any(is_after(*pair) for pair in pairs) and not any(is_after(b, a) for a, b in pairs)


def _ends(period: str) -> tuple[str, str]:
    first, _, last = period.partition("/")
    return first, last or first
