"""Printed digits and number words in, exact values and their intervals out."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from .model import Number

# Beyond this many digits a run is a code, and Decimal's default context (28 digits) would round.
MOST_DIGITS = 24
_MYRIAD = 10**4
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
TENS = {"廿": 20, "卅": 30}
DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
Interval = tuple[Number, Number, Number]


@lru_cache(maxsize=4096)
def read_scale(text: str) -> int:
    """Return the product of the multipliers in a text such as 万 or 千万 (1 when it is empty)."""
    product = 1
    for character in text:
        product *= SCALES[character]
    return product


@lru_cache(maxsize=4096)
def read_digits(text: str, scale: int = 1, *, measured: bool = False) -> Interval | None:
    """Return value, lower and upper bound of Arabic digits times scale, or None for a run too long.

    A decimal point, a multiplier or a measured unit (%) gives half a unit of the last printed digit on each
    side; a plain count is a point.
    """
    whole, _, fraction = text.replace(",", "").partition(".")
    if len(whole) + len(fraction) > MOST_DIGITS:
        return None
    places, digits = len(fraction), int(whole + fraction)
    if not (fraction or scale > 1 or measured):
        return digits, digits, digits
    return _scaled(digits * 10, scale, places), *_half_step(digits, scale, places)


def _half_step(digits: int, scale: int, places: int) -> tuple[Number, Number]:
    return _scaled(digits * 10 - 5, scale, places), _scaled(digits * 10 + 5, scale, places)


def _scaled(tenths: int, scale: int, places: int) -> Number:
    """Return tenths × scale ÷ 10^(places + 1), as int where it is whole."""
    divisor: int = 10 ** (places + 1)
    quotient, rest = divmod(tenths * scale, divisor)
    if not rest:
        return quotient
    number: Decimal = Decimal(tenths * scale).scaleb(-places - 1)
    return number if tenths % 10 or scale > 1 else number.quantize(Decimal(1).scaleb(-places))


def whole(number: Number) -> Number:
    """Return an int where the number is one."""
    return int(number) if isinstance(number, Decimal) and number == number.to_integral_value() else number


@lru_cache(maxsize=4096)
def read_words(text: str) -> Number | None:
    """Return the value of a Chinese number (三百二十万, 二〇二三, 十二点三), or None for a run too long."""
    if len(text) > MOST_DIGITS:
        return None
    head, point, fraction = text.partition("点")
    if any(character in SCALES or character in TENS for character in head):
        number = _read_positions(head)
    else:
        number = int("".join(str(DIGITS.get(character, character)) for character in head))
    if not point:
        return number
    return Decimal(f"{number}." + "".join(str(DIGITS[character]) for character in fraction))


def _read_positions(text: str) -> int:
    """Add up a number with multipliers, in words or mixed (5万4千6百).

    A last bare digit in words counts tenths of the multiplier before (一百五 is 150).
    """
    total = section = digit = 0
    last = largest = 1
    for character in text:
        if character in SCALES:
            scale = SCALES[character]
            if scale < _MYRIAD:
                section, digit, last = section + (digit or 1) * scale, 0, scale
            else:
                total = _raise(total, section + digit, scale, largest)
                section, digit, last, largest = 0, 0, scale, scale
        elif character in TENS:
            section, digit, last = section + TENS[character], 0, 10
        elif character.isascii():
            digit, last = digit * 10 + int(character), 1
        else:
            digit = DIGITS[character]
            last = last if digit else 1
    return total + section + digit * max(last // 10, 1)


def _raise(total: int, section: int, scale: int, largest: int) -> int:
    """Multiply by 万 or 亿 what stands before: 一万五千亿 is 15000 亿, 四亿五千万 adds to 亿."""
    if total and scale >= largest and (scale > largest or not section):
        return (total + section) * scale
    return total + (section or (0 if total else 1)) * scale
