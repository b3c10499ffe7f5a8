"""A number in the flat text in, the figure with what stands around it out: hedge, sign, range, ratio."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from .amounts import ARABIC, Amount, hedge_interval, measure, read_amount
from .compounds import COMPOUND_UNITS, read_compound
from .flat import is_guarded
from .lexicon import (
    BEFORE,
    BEFORE_MULTIPLIER,
    DIRECTIONS,
    UNITS,
    Words,
    by_last_character,
    direction_of,
    qualifier_of,
)
from .model import Number, Reading
from .values import DIGITS, SCALES, read_digits, read_words, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEPARATOR = re.compile(
    r" ?(?:-|—(?!—)|–|―|~|～|至|到) ?(?=[0-9一二两三四五六七八九十百千万])|[~～至到](?=[-+][0-9])"
)
_DASHES = frozenset(" -—–―~～至到")
_SIGN = re.compile(r"(?<![0-9A-Za-z%)—年月日-])[-+](?=\.?[0-9])|(?<![担抱胜肩辜自])负")
_SIZE = re.compile("新?(?:规模|大关|台阶)")
_SIGN_ENDS = frozenset("-+负下")
_RATIO = re.compile(r"[0-9]++(?:\.[0-9]++)?%?(?:: ?[0-9]++(?:\.[0-9]++)?%?)++")
# 百名专家 counts; 万元 and 亿元 alone are scales (万元 GDP 能耗).
_COUNTED = frozenset("个家名户项场件册条支位亩人台所株头只辆篇次年里") | {"人次"}
_SHARES = ("%", "‰", "‱")
_PLAIN = re.compile(ARABIC)
_POINT_FIRST = re.compile(r"(?:^|[^0-9A-Za-z.)\]\u4e00-\u9fff]|[为是达占约近超])\.$")
_FAR = 40  # characters that an amount may reach
_YEAR_DIGITS = 4  # 二〇二三; two or three digits in a row are names such as 五一 and 一二九
_SMALL = 1000  # larger numbers in a list beside 万 are more likely complete (8000、1 万元)
_DOUBLED = re.compile("(?:翻了?)(?P<hedge>[近约超])?(?P<times>[一两三四五六七八九1-9])番")
_BEFORE = by_last_character(BEFORE.meaning)
_BEFORE_MULTIPLIER = by_last_character(BEFORE_MULTIPLIER.meaning)
_DIRECTIONS = by_last_character(DIRECTIONS.meaning)
# 近五年来 is five years, 历时近五年 nearly five.
_TIME_UNITS = frozenset("年载天日周月") | {"个月", "个星期", "星期", "周年", "个季度", "小时", "个小时"}
_LASTING = ("历时", "耗时", "历经", "持续", "长达", "用了", "用时", "经过", "已有", "时隔", "为期")
_SEVERAL = ("数", "几", "好几")


def read_figure(text: str, at: int, floor: int) -> Reading | None:
    """Return the figure whose number begins at `at`; words to its left count down to `floor`.

    None where it is no figure: a multiplier without a hedge (千方百计), a digit without a unit (三农).
    """
    amount = read_amount(text, at)
    if amount is None:
        return None
    if amount.unit in COMPOUND_UNITS:
        amount = read_compound(text, amount)
    elif text[at - 1 : at] == "." and at > floor and (decimal := _point_first(text, at, floor)):
        at, amount = at - 1, decimal
    if text.startswith(":", amount.end) and (ratio := _RATIO.match(text, at)):
        return _read_ratio(ratio)
    hedge = _hedge_before(text, at, floor, amount)
    start = at - len(hedge)
    if sign := _sign_before(text, at, floor, hedge):
        start, amount = at - len(sign), _signed(amount, sign)
    reading = _range(text, start, amount)
    if reading is None:
        if not (amount.digits[0] in "0123456789" or hedge or _counts(amount) or _is_round(text, amount)):
            return None
        if amount.value is None and amount.qualifier != "range":
            return Reading(at, amount.end, "other")
        reading = _single(start, amount, hedge)
    end = start - 1 if text[start - 1 : start] == "了" else start
    if end > floor and text[end - 1] in _DIRECTIONS:
        word = _look_back(text, end, floor, _DIRECTIONS, DIRECTIONS)
        return reading._replace(direction=direction_of(word)) if word else reading
    return reading


def is_measured(text: str, figure: Reading) -> bool:
    """Tell whether a figure in words can be nothing but a number: a share, or one with multipliers within."""
    digits = [character for character in text[figure.start : figure.end] if character in DIGITS]
    is_share = figure.unit in _SHARES or "分之" in text[figure.start : figure.end]
    return is_share or (len(digits) > 1 and any(map(SCALES.__contains__, text[figure.start : figure.end])))


def read_doubled(text: str, at: int, floor: int) -> Reading | None:
    """Read 翻一番 as 2 倍, 翻两番 as 4 倍; `at` is the number before 番."""
    for start in range(max(at - 3, floor), at):
        if text[start] == "翻" and (match := _DOUBLED.match(text, start)):
            value = 2 ** int(read_words(match["times"]) or 0)
            qualifier = qualifier_of(match["hedge"] or "")
            interval = hedge_interval(value, qualifier, value, value)
            return Reading(start, match.end(), "figure", value, *interval, "倍", qualifier, direction="up")
    return None


def _read_ratio(match: re.Match[str]) -> Reading:
    terms = [read_digits(term.strip(" %")) for term in match[0].split(":")]
    parts = tuple(term[0] for term in terms if term)
    if len(parts) < len(terms):
        return Reading(*match.span(), "other")
    return Reading(*match.span(), "figure", parts=parts)


def _look_back(text: str, at: int, floor: int, table: Mapping[str, list[str]], words: Words) -> str:
    """Return the longest of the words that ends at `at`, or the empty string."""
    if at <= floor:
        return ""
    for word in table.get(text[at - 1], ()):
        start = at - len(word)
        if start < floor or not text.startswith(word, start):
            continue
        if not is_guarded(text, start, words.not_after.get(word, "")):
            return word
    return ""


def _hedge_before(text: str, at: int, floor: int, amount: Amount) -> str:
    hedge = _look_back(text, at, floor, _BEFORE, BEFORE)
    if not hedge and (amount.digits[0] in SCALES or amount.digits == "半"):
        hedge = _look_back(text, at, floor, _BEFORE_MULTIPLIER, BEFORE_MULTIPLIER)
    if hedge == "近" and amount.unit in _TIME_UNITS and not amount.is_bare:
        return hedge if text[max(floor, at - 5) : at - 1].endswith(_LASTING) else ""
    return hedge


def _counts(amount: Amount) -> bool:
    """Tell whether number words that stand without a hedge before them count or measure something."""
    digits, value = amount.digits, amount.value
    if amount.qualifier == "range":
        return bool(amount.unit) or digits[-1] in SCALES or amount.scale > 1
    if amount.unit in _SHARES:
        return True
    if amount.is_bare:
        return amount.qualifier != "exact" or amount.unit in (_COUNTED if len(digits) == 1 else UNITS)
    if amount.great:
        return digits != "一"
    if amount.unit or isinstance(value, Decimal) or len(digits) >= _YEAR_DIGITS:
        return True
    # 二十, 十多万; 三多 is a name
    is_large = amount.scale > 1 or any(map(SCALES.__contains__, digits))
    return is_large and (len(digits) > 1 or amount.qualifier != "exact")


def _is_round(text: str, amount: Amount) -> bool:
    """Tell whether multipliers alone are a size: 千亿规模, 百亿台阶; in 百姓 and 千家万户 they are none."""
    return len(amount.digits) > 1 and amount.is_bare and _SIZE.match(text, amount.end) is not None


def _sign_before(text: str, at: int, floor: int, hedge: str) -> str:
    """Return a minus or plus sign; a dash after a letter, digit or number word joins instead."""
    if hedge or at <= floor or text[at - 1] not in _SIGN_ENDS:
        return ""
    if _SIGN.match(text, at - 1):
        return text[at - 1]
    return "零下" if at - 2 >= floor and text.startswith("零下", at - 2) else ""


def _signed(amount: Amount, sign: str) -> Amount:
    if sign == "+" or amount.value is None:
        return amount
    low = None if amount.high is None else -amount.high
    high = None if amount.low is None else -amount.low
    return amount._replace(value=-amount.value, low=low, high=high)


def _point_first(text: str, at: int, floor: int) -> Amount | None:
    """Read .5 as 0.5, where the point cannot end what stands before."""
    if text[at] not in "0123456789" or not _POINT_FIRST.search(text[max(floor, at - 2) : at]):
        return None
    amount = read_amount("0." + text[at : at + _FAR], 0)
    return amount._replace(end=amount.end + at - 2) if amount else None


def _single(start: int, amount: Amount, hedge: str) -> Reading:
    value, low, high, qualifier = amount.value, amount.low, amount.high, amount.qualifier
    if hedge in _SEVERAL and isinstance(value, int):
        low, high = value * 2, value * 10 - 1
        value, qualifier = None, "about"
    elif hedge and value is not None:
        qualifier = qualifier_of(hedge)
        low, high = hedge_interval(value, qualifier, value, value)
    return Reading(
        start, amount.end, "figure", value, low, high, amount.unit, qualifier, (), "", amount.scale
    )


def _range(text: str, start: int, first: Amount) -> Reading | None:
    """Return the range that a second amount completes; 从 … 到 … is a change, not a range."""
    separator = _SEPARATOR.match(text, first.end) if text[first.end : first.end + 1] in _DASHES else None
    if separator is None or first.qualifier != "exact" or first.value is None:
        return None
    if separator[0] in "至到" and is_guarded(text, start, "从由自"):
        return None
    second = _signed_amount(text, separator.end())
    if second is None or second.value is None or not _units_agree(first, second):
        return None
    low, high = _shared_scale(first, second), second.value
    if low >= high:
        return None
    unit = second.unit or first.unit
    return Reading(start, second.end, "figure", None, low, high, unit, "range", scale=second.scale)


def _signed_amount(text: str, at: int) -> Amount | None:
    if text[at] not in "-+":
        return read_amount(text, at)
    amount = read_amount(text, at + 1)
    return _signed(amount, text[at]) if amount else None


def _units_agree(first: Amount, second: Amount) -> bool:
    return first.unit in ("", second.unit) or (not second.unit and first.unit in _SHARES)


def _shared_scale(first: Amount, second: Amount) -> Number:
    value: Number = first.value or 0
    shared = value * second.scale
    is_shared = first.scale == 1 and not first.unit and shared < (second.value or 0)
    return whole(shared) if is_shared else value


def with_unit(text: str, first: Reading, second: Reading) -> Reading:
    """Return a plain number with the unit of the next one in its list, small ones with its multiplier."""
    match = _PLAIN.match(text, first.start, first.end)
    if not match or not isinstance(first.value, int | Decimal):
        return first._replace(unit=second.unit)
    scale = second.scale if first.scale == 1 and first.value < _SMALL else first.scale
    interval = measure(match[0], scale, second.unit) if first.scale == 1 else None
    if interval is None:
        return first._replace(unit=second.unit)
    value, low, high = interval
    return first._replace(value=value, low=low, high=high, unit=second.unit, scale=scale)
