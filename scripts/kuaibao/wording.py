"""Takes quantities, periods and places and gives the words for them, in Chinese or English."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kuaibao.model import Interval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.errors import Language
    from kuaibao.model import Quantity, Row

KB = 1024
WAN, YI = Decimal(10_000), Decimal(100_000_000)
MILLION, BILLION = Decimal(1_000_000), Decimal(1_000_000_000)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


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
    return _grouped(value)


def _grouped(value: Decimal) -> str:
    """Write a number with commas between thousands, as 1,234.5."""
    return f"{Decimal(plain(value)):,f}"


def _decimals(value: Decimal) -> int:
    return len(plain(value).partition(".")[2])


def plain(value: Decimal) -> str:
    """Write a number with neither exponent nor trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(amount: Quantity, unit: Row, language: Language, *, noun: bool = True) -> str:
    """Write a quantity with its hedge in words and, if wanted, its unit: 近 400 人, nearly 400 people."""
    text = _spread(amount, language)
    full = _with_unit(text, amount, unit, language) if noun or unit["kind"] == "ratio" else text
    return say(f"hedge_{amount.qualifier}", language, text=full)


def _spread(quantity: Quantity, language: Language) -> str:
    first = number(quantity.value, language)
    if quantity.value_end is None:
        return first
    dash = "—" if language == "zh" else "–"
    return f"{first}{dash}{number(quantity.value_end, language)}"


def _with_unit(text: str, amount: Quantity, unit: Row, language: Language) -> str:
    if unit["unit"] == "percent":
        return f"{text}%"
    if language == "zh":
        joint = "" if text[-1] in "万亿" else " "
        return f"{text}{joint}{unit['symbol_zh']}"
    single = amount.value == 1 and amount.value_end is None
    return f"{text} {unit['singular_en' if single else 'plural_en']}".rstrip()


def derived(amount: Quantity, unit: Row, language: Language, *, noun: bool = True) -> str:
    """Write a derived number with no more digits than its interval supports."""
    return quantity(rounded(amount), unit, language, noun=noun)


def rounded(quantity: Quantity) -> Quantity:
    """Round a number to the digits that its interval supports, and a bound or a range to the safe side."""
    low, high = quantity.interval.low, quantity.interval.high
    if quantity.value_end is not None:
        return replace(quantity, value=_floor(quantity.value), value_end=_ceiling(quantity.value_end))
    if low is not None and high is not None:
        return replace(quantity, value=_to_step(quantity.value, (high - low) / 2))
    if low is not None:
        return replace(quantity, value=_floor(low))
    return replace(quantity, value=_ceiling(quantity.value if high is None else high))


def _floor(value: Decimal) -> Decimal:
    return value.quantize(_step(value, Decimal(0)), ROUND_FLOOR)


def _ceiling(value: Decimal) -> Decimal:
    return value.quantize(_step(value, Decimal(0)), ROUND_CEILING)


def _to_step(value: Decimal, margin: Decimal) -> Decimal:
    return value.quantize(_step(value, margin), ROUND_HALF_UP)


def _step(value: Decimal, margin: Decimal) -> Decimal:
    """Give the last place to show: tenths, or two digits of a number below one; not below the margin."""
    exponent = min(-1, value.adjusted() - 1) if value else -1
    while margin > Decimal(1).scaleb(exponent):
        exponent += 1
    return Decimal(1).scaleb(exponent)


def size(count: int) -> str:
    """Write a number of bytes in KB, a large one in MB."""
    return f"{max(1, round(count / KB)):,} KB" if count < KB**2 else f"{count / KB**2:,.1f} MB"


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
        key = "period_planned_open" if row["period_basis"] == "planned" else "period_unstated"
        return say(key, language, date=date(issued, language))
    first, _, last = row["period"].partition("/")
    text = date(first, language)
    if last:
        text = say("period_span", language, first=text, last=date(last, language))
    return say(f"period_{row['period_basis']}", language, period=text)


def outward(quantity: Quantity) -> Quantity:
    """Round the ends of an interval to tenths, or two digits below one, so that it loses nothing."""
    low, high = quantity.interval.low, quantity.interval.high
    ends = Interval(low=None if low is None else _floor(low), high=None if high is None else _ceiling(high))
    return replace(quantity, interval=ends)


def interval(quantity: Quantity, unit: Row, language: Language) -> str:
    """Say the interval of a quantity in words."""
    low, high = quantity.interval.low, quantity.interval.high
    if low is None and high is None:
        return say("interval_unknown", language)
    shape = "to" if low is None else "from" if high is None else "point" if low == high else "closed"
    ends = {"low": _end(low, language), "high": _end(high, language)}
    text = say(
        f"interval_{shape}", language, **ends, unit=unit["symbol_zh" if language == "zh" else "plural_en"]
    )
    return re.sub(" +(?=[ ;])| +$", "", text)  # a unit may have no words in English


def _end(value: Decimal | None, language: Language) -> str:
    if value is None:
        return ""
    short = language == "zh" and value.adjusted() < 4  # noqa: PLR2004  # Chinese text does not part four digits
    return plain(value) if short else _grouped(value)
