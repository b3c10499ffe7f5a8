"""Takes a text and its dates; gives what in a sentence says when, and which part each plays there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kuaibao.reader import Numeral

YEARLESS = re.compile(r"--\d{2}(?:-\d{2})?(?:/--\d{2}(?:-\d{2})?)?")
YEARS = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:/\d{4}(?:-\d{2}(?:-\d{2})?)?)?")
YEAR = re.compile(r"\d{4}")
DATED = re.compile(f"{YEARS.pattern}|{YEARLESS.pattern}")
# Words for a year, counted from the year of issue, or from the year named before.
RELATIVE = re.compile("(?P<issue>今年|本年(?!度?报)|去年|前年(?!度))|(?P<before>上一?年|次年|翌年|当年|同年)")
AWAY = {"去年": -1, "前年": -2, "上年": -1, "上一年": -1, "次年": 1, "翌年": 1, "当年": 0, "同年": 0}
# The parts that a date plays, by the words before and after it; the first that fits.
COMPARES = r"(?:(?<!占)比|较|相较于?|比起|[高低多少]于|超过|相当于|同期)(?:全[省市州县区])?$"
FROM, FROM_AFTER = "(?<!来)(?:由|从|自)$", r"[^，,。；;]{0,30}[到至为]"
WITH, WITH_AFTER = r"(?:[与和跟同]|对比|对照)$", r"[^，,。；;\d]{0,12}?(?:相比|比较|对比|持平|相当)"
ON, ON_AFTER = r"(?:以|在|按|按照)$", r"[^，,。；;\d]{0,8}?(?:为基[期数准]|基础上|的?基数)"
IS = "(?:是|为|达|到|约|当于|足|占|仅|近)$"
IS_AFTER = r"[年月]?[底末初中]?的[\d.一二两三四五六七八九十百半多近约]+(?:倍|%|％|成)"
SINCE_AFTER = (
    r"[^，,。；;\d]{0,12}?(?:以来|至今)|(?:[年月]?[底末初中])?(?:以后|之后|后(?=[，,])|起(?![诉草步])|开始)"
)
BEFORE_AFTER = r"(?:[年月]?[底末初])?(?:以前|之前|前(?![后期三四五六]))"
PARTS = tuple(
    (part, re.compile(before), re.compile(after))
    for part, before, after in (
        ("base", COMPARES, ""),
        ("base", WITH, WITH_AFTER),
        ("base", ON, ON_AFTER),
        ("base", IS, IS_AFTER),
        ("since", "", SINCE_AFTER),
        ("edge", "", BEFORE_AFTER),
        ("from", FROM, FROM_AFTER),
    )
)
NEAR, FAR = 12, 60  # characters before and after a date in which such words stand


class Mark(NamedTuple):
    """What says when: its place, its period (ISO 8601), its part, and which year it leaves to be told.

    `part` is `own` (of what is told), `base` (compared with), `from` (where a change began), `since` or
    `edge` (before that). `year` is '' where that is printed, `issue` where it is that of the date of issue,
    `title` where it is that of a heading, and `relative` where it comes from a word such as 去年.
    """

    start: int
    end: int
    period: str
    part: str
    year: str = ""


def marks(
    text: str, dates: Sequence[Numeral], span: tuple[int, int], issued: str, titled: str = ""
) -> list[Mark]:
    """List what says when in a span of a text.

    A date without its year takes that before it, else that of the title (`titled`), else that of issue.
    """
    found: list[Mark] = []
    for start, end, value in sorted([*_dates(dates), *_relative(text, dates, span)]):
        period, year = _completed(value, found, issued, titled)
        mark = Mark(start, end, period, _part(text, start, end), year)
        is_known = found and found[-1].period == period
        if not YEAR.match(period) or (year == "relative" and (mark.part == "base" or is_known)):
            continue  # 比上年 and 当年 leave the date of the sentence as it is
        if (
            YEARLESS.fullmatch(value)
            and found
            and _is_year_of(found[-1], period, text[found[-1].end : start])
        ):
            found.pop()  # 2023 年，3 月: the month is of that year
        found.append(mark)
    return found


def _dates(dates: Sequence[Numeral]) -> Iterator[tuple[int, int, str]]:
    return ((each.start, each.end, str(each.value)) for each in dates)


def _relative(text: str, dates: Sequence[Numeral], span: tuple[int, int]) -> Iterator[tuple[int, int, str]]:
    taken = [(each.start, each.end) for each in dates]
    for match in RELATIVE.finditer(text, *span):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield *match.span(), match[0]


def _completed(value: str, before: Sequence[Mark], issued: str, titled: str) -> tuple[str, str]:
    """Give a date with its year, a word for a year as that year, and whence the year is."""
    last = before[-1].period.rpartition("/")[2][:4] if before else ""
    named = titled[:4] if titled[:4] != issued[:4] else ""
    if match := RELATIVE.fullmatch(value):
        known = last or (named or issued[:4] if value.startswith("上") else "")
        base = known if match["before"] else issued[:4]
        return str(int(base) + AWAY.get(value, 0)) if YEAR.match(
            base
        ) else "", "relative" if value in AWAY else "issue"
    if YEARLESS.fullmatch(value):
        source = before[-1].year if before else "title" if named else "issue"
        return value.replace("--", f"{last or named or issued[:4]}-"), source
    return value, ""


def _is_year_of(mark: Mark, period: str, between: str) -> bool:
    """Tell whether a mark is but the year of a date after it, with no number of its own."""
    return mark.part == "own" and mark.period == period[:4] and not re.search(r"\d", between)


def _part(text: str, start: int, end: int) -> str:
    before, after = solid(text, max(0, start - NEAR), start), solid(text, end, end + FAR)
    return next(
        (part for part, ahead, behind in PARTS if ahead.search(before) and behind.match(after)), "own"
    )


def solid(text: str, start: int, end: int) -> str:
    """Give a stretch of a text without blanks and line breaks."""
    return re.sub(r"\s+", "", text[start:end])
