"""A place where a number begins in, the amount printed there out: value, interval, unit, hedge."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from .lexicon import AFTER, LATIN, NOT_KILO, SCALE, UNIT, one_of, qualifier_of
from .model import Number, Qualifier
from .values import SCALES, Interval, read_digits, read_scale, read_words

_DIGIT = "零〇一二三四五六七八九"
_TENS = "十廿卅"
# 两 is a digit at the beginning or before a multiplier, else the unit of weight (三十两).
_WORD = rf"(?:[{_DIGIT}{_TENS}万亿]|两(?=[百千万亿])|兆{NOT_KILO}|百(?!分[之点比位])|千(?!分之){NOT_KILO})"
# Bounded, so that a run without end is not walked again from each of its characters.
WORDS = rf"(?:一两{_WORD}{{0,40}}+|两?{_WORD}{{1,40}}+|两)(?:点[{_DIGIT}]{{1,40}}+)?"
_BELOW = f"[{_DIGIT}两{_TENS}百千万亿]{{1,40}}+"
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,8}+(?![0-9])(?:\.[0-9]++)?|[0-9]++(?:\.[0-9]++)?)"
_MIXED = (
    r"[0-9]{1,8}+[兆亿万千百](?:零?[0-9]{1,4}(?:[千百十]?[亿万]|[千百十]))++(?:零?[0-9](?![0-9.年]))?"
    r"|[0-9]{1,8}+(?:万[0-9]{4}|[千百]零[0-9]{1,2})(?![0-9.年])"
)
_PER = (
    "(?:[亿万]元|[十百千万]{0,2}[人户]|百公里|[亩吨年月天日次升秒时]|小时|公里|公顷|公斤|千克|千瓦时|平方米|立方米"
    "|平方公里|[kh]?m[23²³]?|kg|[hLts])(?:·[年月日天])?"
)
_NOTE = "(?:[(](?:次|套|项|个|家|处|户|种|场|名|件|份|册|组|台|人次|人)[)])?"
AFTER_HEDGE = one_of(AFTER.meaning, AFTER.not_before)
# 3 个亿 is 3 亿; 3 个亿元项目 counts projects.
_COUNTED_YI = "个(?=多?亿(?:[，。；、)的]|$|左右|资金|投资))"
_AMOUNT = re.compile(
    rf"(?P<share>[百千万]分之)?(?:(?P<mixed>{_MIXED})|(?P<arabic>{ARABIC})|(?P<words>{WORDS}))"
    rf"(?:{_COUNTED_YI})?(?P<within>(?:[多余几]|来(?![源自电访函信宾]))(?![0-9]))?(?P<scale>{SCALE})?(?P<late>[多余](?=[^\W\d]))?"
    rf"(?: (?={LATIN}))?(?P<unit>个[多半](?:月|小时|星期|百分点)|{UNIT}(?:/{_PER})?{_NOTE})?"
    rf"(?P<half>半(?![数导岛年天月]))?"
    rf"(?P<after>{AFTER_HEDGE})?"
    rf"(?P<great>(?<=[{_DIGIT}两十0-9])大(?![学专赛会队楼厅桥街道年于约概型棚数小幅多都家量力]))?"
)
_FRACTION = re.compile(rf"({ARABIC}|{_BELOW})分之({ARABIC}|{WORDS})({AFTER_HEDGE})?")
_SLASH_BELOW = 10
_SLASH = re.compile(rf"([1-9][0-9]{{0,2}})/([1-9][0-9]?)(?![0-9/.])(?!小时)({AFTER_HEDGE})?")
_WHOLE = re.compile(rf"({ARABIC}|{_BELOW})又|([1-9][0-9]?) (?=[1-9][0-9]?/[1-9])")
_PAIR = re.compile(rf"([{_DIGIT}]?十)?([一二两三四五六七八])([二两三四五六七八九])([十百千万亿]*+)")
_HALF = re.compile(
    rf"(?:一(?P<over>多)?半|半数|半)(?P<unit>个?月|个?小时|个世纪|年|天)?(?P<after>{AFTER_HEDGE})?"
)
_OVER = ("分之", "/", "百分之", "千分之", "万分之", "亿分之", "又", " ")
_OVER_BEGINS = frozenset(word[0] for word in _OVER)
_MEASURED = frozenset(("%", "‰", "‱", "个百分点", "百分点", "个千分点", "成"))
_SHARES = {"百": "%", "千": "‰", "万": "‱"}
Bound: TypeAlias = Number | None
Valued: TypeAlias = tuple[Bound, Bound, Bound, str, Qualifier]
Interpreted: TypeAlias = tuple[Bound, Bound, Bound, str, Qualifier, int, str, str]
_SIX_FIGURES = Context(prec=6)


class Amount(NamedTuple):
    """One printed number with its unit, before the words to its left are looked at.

    `digits` is what was printed as the number itself, Arabic or in words; `great` is the 大 that
    makes a number count what is named next (三大行动).
    """

    end: int
    value: Number | None
    low: Number | None
    high: Number | None
    unit: str = ""
    qualifier: Qualifier = "exact"
    scale: int = 1
    digits: str = ""
    great: str = ""

    @property
    def is_bare(self) -> bool:
        """Tell whether it is a multiplier alone, such as 百 in 百余名."""
        return self.digits[:1] in SCALES and not self.digits.startswith("十")


def read_amount(text: str, at: int) -> Amount | None:
    """Return the amount that begins here; its value is None where the digits are too many to be one."""
    if text[at] in "一半" and (half := _HALF.match(text, at)):
        return _read_half(half)
    match = _AMOUNT.match(text, at)
    if match is None:
        return None
    end = max(match.end("arabic"), match.end("words"))
    is_fraction = text[end : end + 1] in _OVER_BEGINS and text.startswith(_OVER, end)
    if is_fraction and (fraction := _fraction(text, at)):
        return fraction
    return Amount(match.end(), *_interpret(match.groups("")))


def hedge_interval(
    value: Number, qualifier: Qualifier, low: Number, high: Number
) -> tuple[Number | None, Number | None]:
    """Return the interval a hedge leaves: open on one side, none known for `about`, else as printed."""
    if qualifier == "exact":
        return low, high
    if qualifier == "at_least":
        return value, None
    return (None, value) if qualifier in ("nearly", "at_most") else (None, None)


@lru_cache(maxsize=8192)
def _interpret(groups: tuple[str, ...]) -> Interpreted:
    """Return what the groups of the pattern say, all but where they end."""
    share, mixed, arabic, words, within, scale, late, unit, half, after, great = groups
    hedge = within or late or after
    if share:
        unit = _SHARES[share[0]]
    elif unit[1:2] == "多":
        hedge, unit = "多", unit.replace("多", "", 1)
    elif unit[1:2] == "半":
        half, unit = "半", unit.replace("半", "", 1)
    elif "(" in unit:
        unit = unit.replace("(", "（").replace(")", "）")
    digits = mixed or arabic or words
    return *_value(digits, scale, unit, hedge, half), read_scale(scale), digits, great


def _value(digits: str, scale: str, unit: str, hedge: str, half: str) -> Valued:
    if pair := _read_pair(digits, read_scale(scale)):
        return None, *pair, unit, "range"
    interval = _interval(digits, scale, measured=unit in _MEASURED)
    if interval is None:
        return None, None, None, unit, "exact"
    if half:
        interval = _and_a_half(interval, read_scale(scale))
    qualifier = qualifier_of(hedge)
    return interval[0], *hedge_interval(interval[0], qualifier, *interval[1:]), unit, qualifier


def _interval(digits: str, scale: str = "", *, measured: bool = False) -> Interval | None:
    if digits[0] in "0123456789" and not any(character in SCALES for character in digits):
        return read_digits(digits, read_scale(scale), measured=measured)
    value = read_words(digits)
    if value is None or isinstance(value, Decimal) or measured:
        return None if value is None else read_digits(str(value), read_scale(scale), measured=measured)
    value *= read_scale(scale)
    # 三百二十万 is as precise as 320 万.
    half = read_scale((digits + scale)[-1]) // 2 if (digits + scale)[-1] in "万亿" else 0
    return value, value - half, value + half


def _read_pair(words: str, scale: int) -> tuple[int, int] | None:
    """Return both numbers of neighbouring digits that stand for a range: 两三, 三四十, 十七八."""
    match = _PAIR.fullmatch(words)
    if not match:
        return None
    tens, first, second, multiplier = match.groups("")
    low, high = read_words(first), read_words(second)
    if not isinstance(low, int) or not isinstance(high, int):
        return None
    if high - low != 1 and (low, high) != (3, 5):
        return None
    base = read_words(tens) if tens else 0
    factor = scale * read_scale(multiplier)
    return (int(base or 0) + low) * factor, (int(base or 0) + high) * factor


def _and_a_half(interval: Interval, scale: int) -> Interval:
    value, low, high = (bound + Decimal(scale) / 2 for bound in interval)
    return value, low, high


def _fraction(text: str, at: int) -> Amount | None:
    """Read 三分之一, 1/3 and, with a whole number before, 三又二分之一."""
    whole = _WHOLE.match(text, at)
    at = whole.end() if whole else at
    match = _FRACTION.match(text, at) or _SLASH.match(text, at)
    fraction = _read_fraction(match) if match else None
    number = _interval(whole[1] or whole[2]) if whole else None
    if fraction is None or number is None:
        return None if whole else fraction
    value, low, high = (
        None if part is None else _SIX_FIGURES.plus(Decimal(part) + number[0]).normalize()
        for part in (fraction.value, fraction.low, fraction.high)
    )
    return fraction._replace(value=value, low=low, high=high)


def _read_fraction(match: re.Match[str]) -> Amount | None:
    """Read 三分之一 as 0.333333 without unit; 百分之, 千分之 and 万分之 are units, not fractions."""
    if "/" in match[0]:
        below, above = match[2], match[1]
        # 16/5 is a number, 6/18 or 24/20 hardly.
        if int(above) >= int(below) and not 1 < int(below) <= _SLASH_BELOW:
            return None
    else:
        below, above = match[1], match[2]
        if below in _SHARES:
            return None
    top, bottom = _interval(above), _interval(below)
    if top is None or bottom is None or not bottom[0]:
        return None
    value = _SIX_FIGURES.divide(Decimal(top[0]), Decimal(bottom[0])).normalize()
    qualifier = qualifier_of(match[3] or "")
    low, high = hedge_interval(value, qualifier, value, value)
    return Amount(match.end(), value, low, high, "", qualifier, 1, above)


def _read_half(match: re.Match[str]) -> Amount:
    qualifier = qualifier_of(match["after"] or match["over"] or "")
    half = Decimal("0.5")
    low, high = hedge_interval(half, qualifier, half, half)
    return Amount(match.end(), half, low, high, match["unit"] or "", qualifier, 1, "半")


def measure(digits: str, scale: int, unit: str) -> Interval | None:
    """Return value and interval of Arabic digits that share the multiplier and unit of a later number."""
    return read_digits(digits, scale, measured=unit in _MEASURED)
