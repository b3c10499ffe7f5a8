"""An amount in, the same with the smaller unit that goes on after it out: 五元三毛, 7 分 30 秒, 七成六.

compounds.csv lists which units continue one another, how many parts the larger has and the unit of the
result: money and weights stay in the larger unit (5.3 元), times go to the smaller one (450 秒), which
is always exact. A row without `part` is a last digit said without its unit (三块五, 七成六), taken only
where nothing follows that it could count.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING

from .amounts import AFTER_HEDGE, Amount, hedge_interval, measure, read_amount
from .lexicon import qualifier_of
from .values import DIGITS, whole

if TYPE_CHECKING:
    from .model import Number

_CONTINUING = re.compile("[又零]?(?=[0-9一二两三四五六七八九十])")
_LAST_DIGIT = re.compile(
    rf"([一二三四五六七八九])(?:(?={AFTER_HEDGE}|的|[^\u4e00-\u9fff0-9A-Za-z、]|$))({AFTER_HEDGE})?"
)


def _rows() -> dict[str, dict[str, tuple[int, str]]]:
    """Return for each unit the parts that may follow, each with its number and the unit of the result."""
    table: dict[str, dict[str, tuple[int, str]]] = {}
    with files(__package__).joinpath("compounds.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            table.setdefault(row["unit"], {})[row["part"]] = (int(row["parts"]), row["result"])
    return table


_PARTS = _rows()
COMPOUND_UNITS = frozenset(_PARTS)


def read_compound(text: str, first: Amount) -> Amount:
    """Return the amount with all its smaller units, or as it is where none follows."""
    while joint := _may_go_on(text, first):
        second = _with_part(text, first, joint.end()) or _with_digit(text, first)
        if second is None:
            return first
        first = second
    return first


def _may_go_on(text: str, first: Amount) -> re.Match[str] | None:
    if first.unit not in _PARTS or first.qualifier != "exact" or first.value is None or first.scale > 1:
        return None
    return _CONTINUING.match(text, first.end)


def _with_part(text: str, first: Amount, at: int) -> Amount | None:
    second = read_amount(text, at)
    if second is None or second.value is None or second.unit not in _PARTS[first.unit] or not second.unit:
        return None
    parts, result = _PARTS[first.unit][second.unit]
    if second.scale > 1 or second.value >= parts:
        return None
    value = _sum(first.value or 0, second.value, parts, larger=result == first.unit)
    low, high = hedge_interval(value, second.qualifier, value, value)
    return Amount(second.end, value, low, high, result, second.qualifier, 1, first.digits)


def _sum(first: Number, second: Number, parts: int, *, larger: bool) -> Number:
    return whole(first + Decimal(second) / parts) if larger else first * parts + second


def _with_digit(text: str, first: Amount) -> Amount | None:
    match = _LAST_DIGIT.match(text, first.end)
    if match is None or "" not in _PARTS[first.unit] or not first.digits or first.digits[0] in "0123456789":
        return None
    if not isinstance(first.value, int):
        return None
    interval = measure(f"{first.value}.{DIGITS[match[1]]}", 1, first.unit)
    if interval is None:
        return None
    qualifier = qualifier_of(match[2] or "")
    low, high = hedge_interval(interval[0], qualifier, *interval[1:])
    return Amount(match.end(), interval[0], low, high, first.unit, qualifier, 1, first.digits)
