"""A number in the flat text in, the date or period that begins with it out, as an ISO 8601 string.

A date without its year has the truncated form of ISO 8601:2000 (6 月 20 日 is --06-20, 20 日 is ---20), a
period is start/end (2011—2015 年 is 2011/2015, 前三季度 is --01/--09), a time of day T08:30.
"""

from __future__ import annotations

import re

from .flat import is_guarded
from .lexicon import BEGINS_UNIT, SCALE
from .model import Reading
from .values import read_words

_ONES = "一二三四五六七八九"
_YEAR = f"(?:[12][0-9]{{3}}|[一二][〇零{_ONES}]{{3}})"
_MONTH = f"(?:1[0-2]|0?[1-9]|十[一二]?|[{_ONES}])"
_DAY = f"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|卅一?|廿[{_ONES}]?|二?十[{_ONES}]?|[{_ONES}])"
_TO = re.compile(" ?(?:-|—|–|―|~|～|至|到) ?")
_POINT = re.compile(
    rf"(?:(?P<year>{_YEAR})年(?![轮级龄])(?:[(][^()\n]{{1,8}}[)])?)?"
    rf"(?:(?P<month>{_MONTH})月份?(?![球饼季台亮嫂]|一[^日号])(?:(?P<day>{_DAY})[日号])?"
    rf"|(?P<lone>{_DAY})日(?![常益前报照夜均产趋游内间以之元])"
    rf"|(?P<half>[上下])半年|(?P<to>前)?第?(?P<quarter>[一二三四1-4])季度)?"
)
_NUMBER = re.compile(rf"{_YEAR}|{_DAY}")
_NUMERIC = re.compile(
    r"(?P<y>(?:19|20)[0-9]{2})(?:(?P<mark>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=mark)(?P<d>3[01]|[12][0-9]|0?[1-9])"
    r"|-(?P<m2>1[0-2]|0[1-9]))(?![-0-9./年%])"
)
_COMPACT = re.compile(
    rf"((?:19|20)[0-9]{{2}})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?![0-9.,%年号]|{SCALE})"
)
_YEARS = re.compile(r"((?:19|20)[0-9]{2}) ?[-—–~～] ?((?:19|20)[0-9]{2})(?![0-9.,])")
_CLOCK = re.compile(
    r"(?P<h>[01]?[0-9]|2[0-4])(?::(?P<m>[0-5][0-9])(?::[0-5][0-9])?(?![0-9:.])|时(?![间期代段])(?:(?P<m2>[0-5]?[0-9])分)?)"
)
_OCLOCK = re.compile(r"(?P<h>1?[0-9]|2[0-4])点(?:(?P<m>[0-5]?[0-9])分?|(?P<m2>半))?")
_PART_OF_DAY = re.compile("(?:上午|早上|凌晨|清晨|中午|(?P<late>下午|傍晚|晚上|夜里|当晚))$")
_NOON = 12
_AGE = re.compile(
    rf"(?:(?:[12]?[0-9]|[一二]?十[{_ONES}]?)世纪(?:初|末)?)?(?:[1-9]0|[二三四五六七八九]十)年代"
)
_CENTURY = re.compile(rf"(?:[12][0-9]|[一二]十[{_ONES}]?)世纪")
_FIRST_YEAR, _LAST_DAY = 1000, 31
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
Parts = tuple[int, int, int]  # year, month, day; 0 where not printed


def read_date(text: str, at: int, floor: int) -> Reading | None:
    """Return the date, period or time of day whose number is at `at`; words count down to `floor`."""
    if text[at] in "半三一二四" and (period := _part_of_year(text, at, floor)):
        return period
    if age := _AGE.match(text, at) or _CENTURY.match(text, at):
        return Reading(*age.span(), "date")
    return _calendar(text, at) or _numeric(text, at) or _clock(text, at) or _compact(text, at)


def _part_of_year(text: str, at: int, floor: int) -> Reading | None:
    """Read 上半年 and 前三季度, where the number is not the first character."""
    for start in range(max(at - 1, floor), at + 1):
        if text[start:at] in ("上", "下", "前", "第", ""):
            match = _POINT.match(text, start)
            if match and (match["half"] or match["quarter"]):
                return Reading(*match.span(), "date", _period_of(match, 0))
    return None


def _period_of(match: re.Match[str], year: int) -> str:
    if match["half"]:
        first, last = (1, 6) if match["half"] == "上" else (7, 12)
    else:
        quarter = _QUARTERS.get(match["quarter"]) or int(match["quarter"])
        first, last = 1 if match["to"] else quarter * 3 - 2, quarter * 3
    return f"{_iso((year, first, 0))}/{_iso((year, last, 0))}"


def _calendar(text: str, at: int) -> Reading | None:
    first = _POINT.match(text, at)
    if first is None:
        return None
    if first["half"] or first["quarter"]:
        return Reading(at, first.end(), "date", _period_of(first, _number(first["year"])))
    begin = _parts(first)
    return _elliptic(text, at, first.end(), begin) or _period(text, at, first.end(), begin)


def _period(text: str, at: int, end: int, begin: Parts) -> Reading | None:
    """Return one date, or two joined by a dash, 至 or 到."""
    if end == at:
        return None
    if dash := _TO.match(text, end):
        last = _POINT.match(text, dash.end())
        if last and last.end() > dash.end() and not (last["half"] or last["quarter"]):
            return _between(at, last.end(), begin, _parts(last))
    return Reading(at, end, "date", _iso(begin))


def _elliptic(text: str, at: int, end: int, begin: Parts) -> Reading | None:
    """Read a period that prints 年, 月 or 日 once: 2011—2015 年, 2023 年 1—6 月, 6 月 20—25 日."""
    number = _NUMBER.match(text, end)
    dash = number and _TO.match(text, number.end())
    last = dash and _POINT.match(text, dash.end())
    if not number or not dash or not last or last.end() == dash.end() or last["half"] or last["quarter"]:
        return None
    value, (year, month, _) = _number(number[0]), begin
    begin = (value, 0, 0) if last["year"] else (year, value, 0) if last["month"] else (year, month, value)
    is_year = value >= _FIRST_YEAR
    return _between(at, last.end(), begin, _parts(last)) if is_year == bool(last["year"]) else None


def _between(start: int, end: int, first: Parts, last: Parts) -> Reading:
    if not last[0]:
        last = (first[0], last[1] or first[1], last[2])
    return Reading(start, end, "date", f"{_iso(first)}/{_iso(last)}")


def _numeric(text: str, at: int) -> Reading | None:
    if years := _YEARS.match(text, at):
        return Reading(*years.span(), "date", f"{years[1]}/{years[2]}") if years[1] < years[2] else None
    if match := _NUMERIC.match(text, at):
        value = _iso((int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or 0)))
        return Reading(*match.span(), "date", value)
    return None


def _clock(text: str, at: int) -> Reading | None:
    part = _PART_OF_DAY.search(text[max(0, at - 2) : at])
    match = _CLOCK.match(text, at) or (_OCLOCK.match(text, at) if part else None)
    if match is None or is_guarded(text, at, "比为."):
        return None
    if part and part["late"] and int(match["h"]) < _NOON:
        return Reading(*match.span(), "date", f"T{int(match['h']) + _NOON}{_time(match)[3:]}")
    dash = _TO.match(text, match.end())
    if dash and (last := _CLOCK.match(text, dash.end())):
        return Reading(at, last.end(), "date", f"{_time(match)}/{_time(last)}")
    return Reading(*match.span(), "date", _time(match))


def _time(match: re.Match[str]) -> str:
    minute = "30" if match["m2"] == "半" else match["m"] or match["m2"]
    return f"T{int(match['h']):02}" + (f":{int(minute):02}" if minute else "")


def _compact(text: str, at: int) -> Reading | None:
    match = _COMPACT.match(text, at)
    if match is None or BEGINS_UNIT.match(text, match.end()):
        return None
    return Reading(*match.span(), "date", "-".join(match.groups()))


def _parts(match: re.Match[str]) -> Parts:
    return _number(match["year"]), _number(match["month"]), _number(match["day"] or match["lone"])


def _number(text: str | None) -> int:
    return 0 if not text else int(text) if text.isascii() else int(read_words(text) or 0)


def _iso(parts: Parts) -> str:
    """Write the printed parts of a date; a missing year is --, a missing month a further -."""
    year, month, day = parts
    if year:
        return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return f"--{month:02}" + (f"-{day:02}" if day else "") if month else f"---{day:02}"


def date_in_list(text: str, first: Reading, second: Reading) -> Reading | None:
    """Return a bare number before a date as one more date: 2021、2022 年, 3、4 月."""
    printed = text[first.start : first.end]
    if not _NUMBER.fullmatch(printed) or not isinstance(second.value, str):
        return None
    number = _number(printed)
    if second.value[:1].isdigit() and number >= _FIRST_YEAR:
        return Reading(first.start, first.end, "date", _iso((number, 0, 0)))
    if second.value.startswith("--") and number <= _LAST_DAY:
        is_day = second.value.startswith("---")
        return Reading(
            first.start, first.end, "date", _iso((0, 0 if is_day else number, number if is_day else 0))
        )
    return None
