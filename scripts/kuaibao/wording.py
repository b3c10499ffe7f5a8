"""Takes quantities, periods and places and gives the words for them, in Chinese or English."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.errors import Language
    from kuaibao.model import Quantity, Row

WAN, YI = Decimal(10_000), Decimal(100_000_000)
MILLION, BILLION = Decimal(1_000_000), Decimal(1_000_000_000)
MONTHS = ("January February March April May June July August September October November December").split()


@cache
def words(language: Language) -> Mapping[str, str]:
    """Read the catalogue of interface words: key -> words in one language."""
    with (files("kuaibao") / "words.csv").open(encoding="utf-8") as file:
        return {row["key"]: row[language] for row in csv.DictReader(file)}


def say(key: str, language: Language, **values: object) -> str:
    """Give an interface word with its {placeholders} filled."""
    return words(language)[key].format_map(values)


def number(value: Decimal, language: Language) -> str:
    """Write a number as the language does: 17.71 万, 177,100; 2.7 亿, 270 million."""
    sign = "−" if value < 0 else ""
    return sign + (_chinese(abs(value)) if language == "zh" else _english(abs(value)))


def _chinese(value: Decimal) -> str:
    for size, word in ((YI, "亿"), (WAN, "万")):
        if value >= size and _decimals(value / size) <= 2:  # noqa: PLR2004  # 1.2345 万 reads worse than 12345
            return f"{plain(value / size)} {word}"
    return plain(value)


def _english(value: Decimal) -> str:
    for size, word in ((BILLION, "billion"), (MILLION, "million")):
        if value >= size:
            return f"{plain(value / size)} {word}"
    whole, _, fraction = plain(value).partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")


def _decimals(value: Decimal) -> int:
    return len(plain(value).partition(".")[2])


def plain(value: Decimal) -> str:
    """Write a number with neither exponent nor trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(amount: Quantity, unit: Row, language: Language, *, noun: bool = True) -> str:
    """Write a quantity with its hedge in words and, if wanted, its unit: 近 400 人, nearly 400 people."""
    text = _spread(amount, language)
    full = _with_unit(text, amount.value, unit, language) if noun or unit["kind"] == "ratio" else text
    return say(f"hedge_{amount.qualifier}", language, text=full)


def _spread(quantity: Quantity, language: Language) -> str:
    first = number(quantity.value, language)
    if quantity.value_end is None:
        return first
    return f"{first}—{number(quantity.value_end, language)}" if language == "zh" else (
        f"{first}–{number(quantity.value_end, language)}"
    )


def _with_unit(text: str, value: Decimal, unit: Row, language: Language) -> str:
    if unit["unit"] == "percent":
        return f"{text}%"
    if language == "zh":
        joint = "" if text[-1] in "万亿" else " "
        return f"{text}{joint}{unit['symbol_zh']}"
    name = unit["singular_en"] if value == 1 else unit["plural_en"]
    return f"{text} {name}".rstrip()


def derived(amount: Quantity, unit: Row, language: Language, *, noun: bool = True) -> str:
    """Write a derived number with no more digits than its interval supports."""
    return quantity(rounded(amount), unit, language, noun=noun)


def rounded(quantity: Quantity) -> Quantity:
    """Round a ratio to the digits that its interval supports, and a bound to the safe side."""
    low, high = quantity.interval.low, quantity.interval.high
    if quantity.value == quantity.value.to_integral_value():
        return quantity
    if low is not None and high is not None:
        step = Decimal("0.1") if (high - low) / 2 <= Decimal("0.1") else Decimal(1)
        return replace(quantity, value=quantity.value.quantize(step, ROUND_HALF_UP))
    if low is not None:
        return replace(quantity, value=low.quantize(Decimal("0.1"), ROUND_FLOOR))
    bound = quantity.value if high is None else high
    return replace(quantity, value=bound.quantize(Decimal("0.1"), ROUND_CEILING))


def date(iso: str, language: Language) -> str:
    """Write an ISO 8601 date, month or year: 2023 年 6 月 20 日, 20 June 2023."""
    parts = [int(part) for part in iso.split("-")]
    if language == "zh":
        return " ".join(f"{part} {word}" for part, word in zip(parts, "年月日", strict=False))
    names = [str(parts[0]), *(MONTHS[month - 1] for month in parts[1:2]), *(str(day) for day in parts[2:])]
    return " ".join(reversed(names))


def period(row: Row, issued: str, language: Language) -> str:
    """Say the reference period of a figure and on what it rests."""
    if not row["period"]:
        return say("period_unstated", language, date=date(issued, language))
    first, _, last = row["period"].partition("/")
    text = date(first, language)
    if last:
        text = say("period_span", language, first=text, last=date(last, language))
    return say(f"period_{row['period_basis']}", language, period=text)


def interval(quantity: Quantity, unit: Row, language: Language) -> str:
    """Say the interval of a quantity in words."""
    low, high = quantity.interval.low, quantity.interval.high
    if low is None and high is None:
        return say("interval_unknown", language)
    unit_text = unit["symbol_zh"] if language == "zh" else unit["plural_en"]
    ends = {"low": _end(low), "high": _end(high), "unit": unit_text}
    if low is not None and low == high:
        return say("interval_point", language, **ends)
    shape = "interval_closed" if low is not None and high is not None else "interval_from" if high is None else "interval_to"
    return say(shape, language, **ends)


def _end(value: Decimal | None) -> str:
    if value is None:
        return ""
    whole, _, fraction = plain(value).partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")
