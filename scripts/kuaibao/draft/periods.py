"""Takes a text, its dates, title and sections; gives the period of each figure and on what that rests."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.model import PROPOSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.draft.context import Context
    from kuaibao.draft.sections import Section
    from kuaibao.model import Row
    from kuaibao.reader import Numeral

YEARLESS = re.compile(r"--\d{2}(?:-\d{2})?(?:/--\d{2}(?:-\d{2})?)?")
YEARS = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:/\d{4}(?:-\d{2}(?:-\d{2})?)?)?")
YEAR = re.compile(r"\d{4}")
PLANNED = re.compile("计划(?!生育|单列)|力争|争取|预计|确保")
PLANS = re.compile("^下一?步|^下半年|^明年|打算|工作计划|工作安排|工作目标")
# What makes of three years the span that a figure is about: 三年来, 三年共; 近三年.
SPAN_AFTER = re.compile("以?来|间|[，,]?(?:总?共|累计|合计)")
SPAN_BEFORE = re.compile("(?:近|最近|过去)$")
LONGEST_SPAN = 100
THIS_YEAR, NEXT_YEAR = re.compile("全年|年内|今年"), "明年"
NOTES = {
    "issue": (
        "文中没有写年份，按发文日推定。",
        "The text names no year; taken as the year of the date of issue.",
    ),
    "issue-next": (
        "文中没有写年份，按发文日的下一年推定。",
        "The text says next year; taken from the date of issue.",
    ),
    "span": (
        "原文只说几年来合计，没有写起止年份，按发文年份往前推。",
        "The text gives a number of years without naming them; counted back from the year of issue.",
    ),
    "span-open": (
        "原文只说几年来合计，没有写起止年份。",
        "The text gives a number of years in all without naming them.",
    ),
    "title": ("年份按标题推定，这一句没有另说。", "The year is that of the title; the sentence names none."),
}


class Period(NamedTuple):
    """A period (ISO 8601, '' for none), its basis (proposed, where words had to be weighed), and a note."""

    period: str
    basis: str
    note: str = ""

    def row(self) -> Row:
        """Give the columns of a figure."""
        cells = {"period": self.period, "period_basis": self.basis}
        if not self.note:
            return cells
        zh, en = NOTES[self.note]
        return cells | {"note_zh": zh, "note_en": en}


class Periods:
    """The dates of a text, found once for all figures."""

    def __init__(
        self, context: Context, numerals: Sequence[Numeral], parts: Sequence[Section], title: str, issued: str
    ) -> None:
        """Find the dates, the year that the title names, and the sections that are about plans."""
        self._context, self._issued = context, issued
        self._dates = [n for n in numerals if n.kind == "date" and _DATED.fullmatch(str(n.value))]
        self._starts = [n.start for n in self._dates]
        self._spans = [n for n in numerals if n.kind == "figure" and n.unit == "年" and self._is_span(n)]
        self._plans = [(part.start, part.end) for part in parts if PLANS.search(part.heading)]
        years = {str(n.value) for n in self._dates if YEAR.fullmatch(str(n.value)) and n.printed in title}
        past = {year for year in years if year <= issued[:4]}
        self._titled = past.pop() if len(past) == 1 else ""

    def of(self, at: int) -> Period:
        """Give the period of a figure: its table's header's, or the last one before it in its sentence.

        A period that ends after the date of issue is a plan, and so is what the words before it or the
        heading of its section call one. Half a year, a month or a day without a year is one of the year of
        issue. Without any date, the year is that of the title.
        """
        header = self._context.date(at)
        first, last = self._context.opening(at)
        dates = self._dates[bisect_left(self._starts, first) : bisect_right(self._starts, last)]
        dated = [header] if header else [d for n in dates if YEARS.fullmatch(d := str(n.value))]
        words = self._context.text[first:last]
        planned = bool(PLANNED.search(words)) or any(start <= at < end for start, end in self._plans)
        if dated:
            return self._stated(dated[-1], planned=planned)
        if planned and dates and THIS_YEAR.search(after := self._context.text[dates[-1].end : last]):
            return self._undated(after, planned=planned)
        if dates and not self._context.cell(at):
            return self._in_year(dates[-1], planned=planned)
        spans = [n for n in self._spans if first <= n.start and n.end <= last]
        if spans and not planned:
            return self._span(int(Decimal(spans[-1].value or 0)))
        return self._undated(words, planned=planned)

    def _is_span(self, numeral: Numeral) -> bool:
        """Tell whether a number of years is one that has gone by, as in 三年来 and 近三年."""
        text = self._context.text
        known = isinstance(numeral.value, int | Decimal) and numeral.value == int(numeral.value)
        hedged = numeral.printed.startswith("近") or SPAN_BEFORE.search(text[: numeral.start][-2:])
        return known and bool(hedged or SPAN_AFTER.match(text, numeral.end))

    def _span(self, years: int) -> Period:
        """Count a number of years back from the date of issue."""
        known = YEAR.match(self._issued)
        if not known or not 0 < years < LONGEST_SPAN:
            return Period("", "unstated", "span-open")
        return Period(f"{int(known[0]) - years}/{known[0]}", f"{PROPOSED}implied", "span")

    def _stated(self, period: str, *, planned: bool) -> Period:
        if not self._is_over(period):
            return Period(period, "planned")
        return Period(period, f"{PROPOSED}planned" if planned else "stated")

    def _in_year(self, date: Numeral, *, planned: bool) -> Period:
        """Take a date without its year as one of the year of issue."""
        if not YEAR.match(self._issued):
            return self._undated("", planned=planned)
        period = str(date.value).replace("--", f"{self._issued[:4]}-")
        is_plan = planned or not self._is_over(period)
        return Period(period, f"{PROPOSED}planned" if is_plan else "implied", "issue")

    def _undated(self, words: str, *, planned: bool) -> Period:
        if not planned:
            return (
                Period(self._titled, f"{PROPOSED}implied", "title")
                if self._titled
                else Period("", "unstated")
            )
        known = YEAR.match(self._issued)
        if known and NEXT_YEAR in words:
            return Period(str(int(known[0]) + 1), f"{PROPOSED}planned", "issue-next")
        if known and THIS_YEAR.search(words):
            return Period(known[0], f"{PROPOSED}planned", "issue")
        return Period("", f"{PROPOSED}planned")

    def _is_over(self, period: str) -> bool:
        end = period.rpartition("/")[2]
        return not YEAR.match(self._issued) or end <= self._issued[: len(end)]


_DATED = re.compile(f"{YEARS.pattern}|{YEARLESS.pattern}")
