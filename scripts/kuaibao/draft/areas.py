"""Takes a text with its dates and places; gives of each figure its area and what stands beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.draft.breakdown import proposed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.draft.breakdown import Breakdown
    from kuaibao.draft.context import Context
    from kuaibao.draft.grid import Cell
    from kuaibao.draft.sections import Section
    from kuaibao.reader import Numeral

PART = "其中"
AHEAD = re.compile(f"(?:{PART}|[向给为对在]|[\u3400-\u9fff]{{2,8}}[和与及])?")
TOWN = re.compile(
    "(?:其中)?(?!各|全|城|乡镇|集)[\u3400-\u9fff]{1,4}?(?:(?<![乡城集])镇|(?<!城)乡(?![镇村土])|街道)"
)
# Between a date and its number, so that the phrase before the date goes on: 由 2022 年的 50%.
OF_DATE = re.compile(r"\s*[年月]?[底末初]?\s*的?\s*")
BEFORE_DATE = re.compile("(?:截[至止]|自|在|于)$")
PARTS = re.compile("[，,；;：:、\\s]+")
PARAGRAPH, FAR = "\n\n", 400  # characters of a paragraph before a sentence


class Placed(NamedTuple):
    """The area of a figure, the phrases beside it without the area's name, and of what kind it is.

    `is_parted` tells of a cell that is broken down by area or town, `is_town` of a town's figure.
    """

    area: str
    phrases: tuple[str, str]
    is_cell: bool = False
    is_parted: bool = False
    is_town: bool = False


class Areas:
    """The areas of the figures of a text."""

    def __init__(
        self, context: Context, numerals: Sequence[Numeral], parts: Sequence[Section], breakdown: Breakdown
    ) -> None:
        """Take the text, its dates, and the sections with their headings; the areas are the breakdown's."""
        self._context, self._parts, self._breakdown = context, parts, breakdown
        self._dates = {each.end: each.start for each in numerals if each.kind == "date"}
        self._ends = sorted(self._dates)
        self._mentions = breakdown.mentions

    def of(self, start: int, end: int) -> Placed:
        """Place the figure between two offsets of the text."""
        phrases = self._context.phrases(start, end)
        cell = self._context.headers(start)
        if cell:
            return self._cell(cell, phrases)
        return self._prose(start, (self._over_date(start) or phrases[0], phrases[1]))

    def _over_date(self, start: int) -> str:
        """Give the phrase before the date that stands right before a figure; '' where none does."""
        text, at = self._context.text, bisect_right(self._ends, start) - 1
        if at < 0 or not OF_DATE.fullmatch(text, self._ends[at], start):
            return ""
        date = self._dates[self._ends[at]]
        return BEFORE_DATE.sub("", self._context.phrases(date, date)[0])

    def _cell(self, cell: Cell, phrases: tuple[str, str]) -> Placed:
        part = self._breakdown.of(cell)
        if part:
            return Placed(part.area, (part.label, ""), is_cell=True, is_parted=True, is_town=not part.is_area)
        area, whole = self._breakdown.whole(cell.caption), self._mentions.whole
        inside = {each.code for each in self._mentions.find(f"{cell.row} {cell.column}")} - {whole}
        if inside:
            area = proposed(inside.pop())
        return Placed(area, phrases, is_cell=True)

    def _prose(self, start: int, phrases: tuple[str, str]) -> Placed:
        text = self._context.text
        first, last = self._context.bounds(start)
        heading = next((part.heading for part in self._parts if part.start <= start < part.end), "")
        before = heading + "，" + text[max(first - FAR, text.rfind(PARAGRAPH, 0, first), 0) : first]
        found = self._mentions.of(before, text[first:last], start - first)
        phrases = (_without(phrases[0], found.name), phrases[1])
        is_own = bool(TOWN.match(phrases[0]))
        is_town = is_own or any(map(TOWN.match, PARTS.split(text[first:start])))
        area = found.area if is_own or not is_town else proposed(found.area)
        return Placed(area, phrases, is_town=is_town)


def _without(phrase: str, place: str) -> str:
    """Take a place from the beginning of a phrase: 其中隆阳区 is only 隆阳区, 向昌宁县拨付 is 拨付."""
    ahead, _, own = phrase.partition(place) if place else (phrase, "", "")
    if not place or place not in phrase or not AHEAD.fullmatch(ahead):
        return phrase
    return (ahead if ahead == PART else "") + own if own else ""
