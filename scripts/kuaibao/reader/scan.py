"""A text in, its numerals in reading order out: one pass from numeral character to numeral character."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from .codes import CODE_LABEL_ENDS, read_code, read_token
from .dates import date_in_list, read_date
from .figures import is_measured, read_doubled, read_figure, with_unit
from .flat import Flat, flatten, printed
from .marks import read_mark
from .model import Numeral, Reading
from .names import find_quoted, is_silent, read_name, read_quoted, read_unlisted
from .page_marks import with_page_marks, without_page_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

# Runs are looked at 40 characters far, so that a long one is not walked again from each of its characters.
_WORDS = "零〇一二两三四五六七八九十百千万亿兆廿卅"
_NUMERAL = re.compile(
    f"[0-9](?:[0-9.,]{{0,40}}[0-9])?|[{_WORDS}]{{1,40}}+|半(?:(?=[年数天]|小时|个(?:月|小时|世纪))|(?<=[过超近]半))|[\u2460-\u24ff]"
)
_AFTER_DATES = frozenset("年月日时点世季半:/-—–―~～至到)")
_AFTER_CODES = frozenset(
    "-.+×⁰¹²³⁴⁵⁶⁷⁸⁹·•后强号热报急指平服工高话”国省线版[〔ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
_LONGEST_DATE = 12
_COMPACT_DATE = 8  # 20230620
_LONGEST_COUNT = 10  # digits; a telephone number has 11
_LIST_JOINT = re.compile(" ?(?:[、或和与及]|以及) ?")


def read(text: str) -> list[Numeral]:
    """Return every numeral expression of the text, in reading order and without overlaps.

    Runs in time linear in the length of the text and never raises for a str.
    """
    text, marks = without_page_marks(text)
    flat = flatten(text)
    readings = _share_units(flat.text, list(_scan(flat.text)))
    numerals = [_place(text, flat, reading) for reading in readings]
    return with_page_marks(numerals, marks) if marks else numerals


def _scan(text: str) -> Iterator[Reading]:
    quotes = find_quoted(text)
    quotes.reverse()
    floor = at = 0
    while match := _NUMERAL.search(text, at):
        at = match.start()
        while quotes and quotes[-1][1] <= at:
            quotes.pop()
        if "0" <= text[at] <= "9":
            reading = _read_digit(text, at, floor, match.end())
        else:
            quote = quotes[-1] if quotes and quotes[-1][0] <= at else None
            reading = _read_word(text, at, floor, match.end(), quote)
        at += 1
        if reading:
            yield reading
            floor = at = reading.end


def _read_digit(text: str, at: int, floor: int, end: int) -> Reading | None:
    """Try the readers in turn; what follows the digits rules most of them out at once."""
    follow, length = text[end : end + 1], end - at
    dotted = text.count(".", at, end) > 1
    dated = (dotted or follow in _AFTER_DATES or length == _COMPACT_DATE) and length < _LONGEST_DATE
    coded = (
        dotted or follow in _AFTER_CODES or length > _LONGEST_COUNT or text[at - 1 : at] in CODE_LABEL_ENDS
    )
    return (
        read_mark(text, at, floor, follow)
        or read_token(text, at, floor)
        or (read_date(text, at, floor) if dated else None)
        or (read_code(text, at, floor) if coded else None)
        or read_figure(text, at, floor)
    )


def _read_word(text: str, at: int, floor: int, end: int, quote: tuple[int, int] | None) -> Reading | None:
    first, follow = text[at], text[end : end + 1]
    if follow in _AFTER_DATES and (date := read_date(text, at, floor)):
        return date
    if follow == "番" and (doubled := read_doubled(text, at, floor)):
        return doubled
    if first in "百千万亿零兆":
        if is_silent(text, at, floor):
            return None
        if (hedged := read_figure(text, at, floor)) and hedged.qualifier != "exact":
            return hedged
    name = read_name(text, at, floor)
    if name and not (name.start == at > floor and text[at - 1] == "第"):
        return name
    return (
        read_mark(text, at, floor, follow)
        or (_read_quoted(text, at, floor, quote) if quote and first != "半" else None)
        or read_figure(text, at, floor)
        or (None if first in "半零〇" else read_unlisted(text, at))
    )


def _read_quoted(text: str, at: int, floor: int, quote: tuple[int, int]) -> Reading | None:
    """Read a short quotation as a name, unless all of it is a number with its measure (“三分之一”)."""
    figure = read_figure(text, at, floor)
    whole = figure is not None and (figure.start, figure.end) == quote and is_measured(text, figure)
    return figure if whole else read_quoted(at, quote)


def _share_units(text: str, readings: list[Reading]) -> list[Reading]:
    """Give the numbers of a list the unit that only the last one prints, and the direction of the first.

    1.66 和 2.16 个百分点 have the same unit; 分别增长 3.1% 和 5.6% tells of growth twice.
    """
    joined = [
        index
        for index, (first, second) in enumerate(pairwise(readings))
        if first.kind == "figure" and _LIST_JOINT.fullmatch(text, first.end, second.start)
    ]
    for index in reversed(joined):
        if _lacks_unit(readings[index]):
            readings[index] = _like_next(text, *readings[index : index + 2])
    for index in joined:
        first, second = readings[index : index + 2]
        if first.direction and not second.direction and first.unit == second.unit:
            readings[index + 1] = second._replace(direction=first.direction)
    return readings


def _lacks_unit(reading: Reading) -> bool:
    return reading.unit in ("", "个") and reading.qualifier == "exact"


def _like_next(text: str, first: Reading, second: Reading) -> Reading:
    if second.kind == "date" and not first.unit:
        return date_in_list(text, first, second) or first
    if second.kind != "figure" or len(second.unit) <= len(first.unit) or first.parts:
        return first
    if first.unit and not second.unit.startswith("个百"):
        return first
    return with_unit(text, first, second)


def _place(text: str, flat: Flat, reading: Reading) -> Numeral:
    start, end, kind, value, low, high, unit, qualifier, parts, direction, _ = reading
    start, end = flat.origin(start), flat.origin(end - 1) + 1
    return Numeral(
        start, end, printed(text, start, end), value, low, high, unit, qualifier, kind, parts, direction
    )
