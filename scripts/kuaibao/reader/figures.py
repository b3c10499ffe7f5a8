"""A number in the flat text in, the figure with everything around it out: hedge, sign, range, ratio, direction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from .amounts import ARABIC, Amount, hedge_interval, measure, read_amount
from .lexicon import (
    BARE_GUARDS,
    BEFORE,
    BEFORE_BARE,
    BEFORE_GUARDS,
    DIRECTION_GUARDS,
    DIRECTIONS,
    LASTING,
    TIME_UNITS,
    UNITS,
    by_last_character,
)
from .flat import is_guarded
from .model import Number, Reading
from .values import SCALES, read_digits, read_words, whole

_SEPARATOR = re.compile(r" ?(?:-|—(?!—)|–|―|~|～|至|到) ?(?=[0-9一二两三四五六七八九十百千万])")
_DASHES = frozenset(" -—–―~～至到")
_RATIO = re.compile(r"[0-9]++(?:\.[0-9]++)?(?::[0-9]++(?:\.[0-9]++)?)++")
# 百名专家 counts; 万元 and 亿元 alone are scales (万元 GDP 能耗).
_ALL_UNITS = frozenset(UNITS)
_COUNTED = frozenset("个 家 名 户 项 场 件 册 条 支 位 亩 人 人次 台 所 株 头 只 辆 篇 次 年 里".split())
_SHARES = ("%", "‰", "‱")
_PLAIN = re.compile(ARABIC)
_SMALL = 1000  # larger numbers in a list beside 万 are more likely complete (8000、1 万元)
_DOUBLED = re.compile("(?:翻了?)(?P<hedge>[近约超])?(?P<times>[一两三四五六七八九1-9])番")
_BEFORE = by_last_character(BEFORE)
_BARE = by_last_character(BEFORE_BARE)
_DIRECTIONS = by_last_character(DIRECTIONS)


def read_figure(text: str, at: int, floor: int) -> Reading | None:
    """Return the figure whose number begins at `at`; words to its left count down to `floor`.

    None where the number is no figure: a multiplier without a hedge (千方百计), a digit without a unit (三农).
    """
    amount = read_amount(text, at)
    if amount is None:
        return None
    if text.startswith(":", amount.end) and (ratio := _RATIO.match(text, at)):
        return _read_ratio(ratio)
    hedge = _hedge_before(text, at, floor, amount)
    start = at - len(hedge)
    if sign := _sign_before(text, at, floor, hedge):
        start, amount = at - len(sign), _signed(amount, sign)
    reading = _range(text, start, amount)
    if reading is None:
        if not (amount.digits[0] in "0123456789" or hedge or _counts(amount)):
            return None
        if amount.value is None and amount.qualifier != "range":
            return Reading(at, amount.end, "other")
        reading = _single(start, amount, hedge)
    word = _look_back(text, start, floor, _DIRECTIONS, DIRECTION_GUARDS)
    return reading._replace(direction=DIRECTIONS[word]) if word else reading


def read_doubled(text: str, at: int, floor: int) -> Reading | None:
    """Read 翻一番 as 2 倍, 翻两番 as 4 倍; `at` is the number before 番."""
    for start in range(max(at - 3, floor), at):
        if text[start] == "翻" and (match := _DOUBLED.match(text, start)):
            value = 2 ** int(read_words(match["times"]) or 0)
            qualifier = BEFORE[match["hedge"]] if match["hedge"] else "exact"
            interval = hedge_interval(value, qualifier, value, value)
            return Reading(start, match.end(), "figure", value, *interval, "倍", qualifier, direction="up")
    return None


def _read_ratio(match: re.Match[str]) -> Reading:
    terms = [read_digits(term, 1, False) for term in match[0].split(":")]
    parts = tuple(term[0] for term in terms if term)
    if len(parts) < len(terms):
        return Reading(*match.span(), "other")
    return Reading(*match.span(), "figure", parts=parts)


def _look_back(text: str, at: int, floor: int, table: Mapping[str, list[str]], guards: Mapping[str, str]) -> str:
    """Return the longest word of the table that ends at `at`, or the empty string."""
    if at <= floor:
        return ""
    for word in table.get(text[at - 1], ()):
        start = at - len(word)
        if start >= floor and text.startswith(word, start) and not is_guarded(text, start, guards.get(word, "")):
            return word
    return ""


def _hedge_before(text: str, at: int, floor: int, amount: Amount) -> str:
    hedge = _look_back(text, at, floor, _BEFORE, BEFORE_GUARDS)
    if not hedge and (amount.digits[0] in SCALES or amount.digits == "半"):
        hedge = _look_back(text, at, floor, _BARE, BARE_GUARDS)
    if hedge == "近" and amount.unit in TIME_UNITS and not amount.is_bare and not text[max(floor, at - 5) : at - 1].endswith(LASTING):
        return ""
    return hedge


def _counts(amount: Amount) -> bool:
    """Tell whether number words that stand without a hedge before them count or measure something."""
    digits, value = amount.digits, amount.value
    if amount.qualifier == "range":
        return bool(amount.unit) or digits[-1] in SCALES or amount.scale > 1
    if amount.unit in _SHARES:
        return True
    if amount.is_bare:
        return amount.qualifier != "exact" or amount.unit in (_COUNTED if len(digits) == 1 else _ALL_UNITS)
    if amount.great:
        return digits != "一"
    if amount.unit or amount.qualifier != "exact" or isinstance(value, Decimal):
        return True
    return len(digits) > 1 and (len(digits) > 3 or any(character in SCALES for character in digits))


def _sign_before(text: str, at: int, floor: int, hedge: str) -> str:
    """Return a minus or plus sign; a dash after a letter, digit or number word joins instead."""
    if hedge or at <= floor:
        return ""
    sign = text[at - 1]
    before = text[at - 2 : at - 1]
    if sign in "-+" and not (before.isascii() and before.isalnum() or before in ("%", ")", "-", "—", "年", "月", "日")):
        return sign
    if sign == "负" and before not in ("担", "抱", "胜", "肩", "辜", "自"):
        return sign
    return "零下" if text[at - 2 : at] == "零下" and at - 2 >= floor else ""


def _signed(amount: Amount, sign: str) -> Amount:
    if sign == "+" or amount.value is None:
        return amount
    low = None if amount.high is None else -amount.high
    high = None if amount.low is None else -amount.low
    return amount._replace(value=-amount.value, low=low, high=high)


def _single(start: int, amount: Amount, hedge: str) -> Reading:
    value, low, high, qualifier = amount.value, amount.low, amount.high, amount.qualifier
    if hedge in ("数", "几", "好几") and value is not None:
        value, low, high, qualifier = None, value * 2, value * 10 - 1, "about"
    elif hedge and value is not None:
        qualifier = BEFORE.get(hedge) or BEFORE_BARE[hedge]
        low, high = hedge_interval(value, qualifier, value, value)
    return Reading(start, amount.end, "figure", value, low, high, amount.unit, qualifier, scale=amount.scale)


def _range(text: str, start: int, first: Amount) -> Reading | None:
    """Return the range that a second amount after a dash, 至 or 到 completes; 从 … 到 … is a change, not a range."""
    separator = _SEPARATOR.match(text, first.end) if text[first.end : first.end + 1] in _DASHES else None
    if separator is None or first.qualifier != "exact" or first.value is None:
        return None
    if separator[0] in ("至", "到") and is_guarded(text, start, "从由自"):
        return None
    second = read_amount(text, separator.end())
    if second is None or second.value is None or not _units_agree(first, second):
        return None
    low, high = _shared_scale(first, second), second.value
    if low >= high:
        return None
    unit = second.unit or first.unit
    return Reading(start, second.end, "figure", None, low, high, unit, "range", scale=second.scale)


def _units_agree(first: Amount, second: Amount) -> bool:
    return first.unit in ("", second.unit) or not second.unit and first.unit in _SHARES


def _shared_scale(first: Amount, second: Amount) -> Number:
    value = first.value or 0
    shared = value * second.scale
    return whole(shared) if first.scale == 1 and not first.unit and shared < (second.value or 0) else value


def with_unit(text: str, first: Reading, second: Reading) -> Reading:
    """Return a plain number with the unit, and for small numbers the multiplier, of the next one in its list."""
    match = _PLAIN.match(text, first.start, first.end)
    if not match or not isinstance(first.value, int | Decimal):
        return first._replace(unit=second.unit)
    scale = second.scale if first.scale == 1 and first.value < _SMALL else first.scale
    interval = measure(match[0], scale, second.unit) if first.scale == 1 else None
    if interval is None:
        return first._replace(unit=second.unit)
    value, low, high = interval
    return first._replace(value=value, low=low, high=high, unit=second.unit, scale=scale)
