"""Takes a text, its dates, title and sections; gives the period of each figure and on what that rests."""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.draft.governing import Figure, Governed, Sentence
from kuaibao.draft.marks import DATED, YEAR, marks
from kuaibao.draft.notes import NOTES
from kuaibao.draft.years import Titled, is_alone
from kuaibao.model import PROPOSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.draft.context import Context
    from kuaibao.draft.marks import Mark
    from kuaibao.draft.sections import Section
    from kuaibao.model import Row
    from kuaibao.reader import Numeral

PLANNED = re.compile(
    "计划(?!生育|单列)|力争|争取|预计|确保|将(?=[达建实完超力])|有望|目标(?!任务|责任|考核|管理|完成|的)"
)
PLANS = re.compile("^下一?步|^下半年|^明年|打算|工作计划|工作安排|工作目标")
# What makes of three years the span that a figure is about: 三年来, 三年共; 近三年.
SPAN_AFTER = re.compile("以?来|间|[，,]?(?:总?共|累计|合计)")
SPAN_BEFORE = re.compile("(?:近|最近|过去)$")
LONGEST_SPAN = 100
THIS_YEAR, NEXT_YEAR, WITHIN = re.compile("全年|年内"), "明年", "年内"
NOW = re.compile("目前|当前|现有|现已")
RUNNING = re.compile("累计|以来")


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
        """Find the dates, those of title and headings, and the sections that are about plans."""
        self._context, self._issued = context, issued
        dates = [n for n in numerals if n.kind == "date" and DATED.fullmatch(str(n.value))]
        self._titled = Titled(context.text, dates, parts, title, issued)
        self._dates = [n for n in dates if str(n.value) != issued or not is_alone(n, context.text)]
        self._starts = [n.start for n in self._dates]
        self._spans = {n.start: n for n in numerals if is_span(n, context.text)}
        figures = [Figure(n.start, n.end, n.unit) for n in numerals if n.kind == "figure"]
        self._known = {figure.start: figure for figure in figures}
        self._figures = [figure for figure in figures if figure.start not in self._spans]
        self._plans = [(part.start, part.end) for part in parts if PLANS.search(part.heading)]

    def of(self, at: int) -> Period:
        """Give the period of the figure that starts at a place: its table's header's, or its sentence's.

        A period that ends after the date of issue is a plan, and so is what the words before it or the
        heading of its section call one. Half a year, a month or a day without a year is one of the year that
        heading or title names, or else of the year of issue. What more than one date, or none alone, can tell
        is proposed, with a note that says why, and so is what was not over on the day of issue, or has its
        year from a heading. Without any date, the period is that of the section's heading, or of the title.
        """
        first, last = self._context.bounds(at)
        text = self._context.text
        planned = bool(PLANNED.search(text, first, at)) or any(
            start <= at < end for start, end in self._plans
        )
        if header := self._context.date(at):
            return self._basis(header, "stated", planned=planned)
        found = self._sentence(first, last, at).governed(self._known[at])
        mark = found.mark
        span = self._span_of(first, at)
        if span and not planned and (mark is None or span.start >= mark.end):
            return self._over(span, found)
        if mark is None:
            return self._undated(text[first:at], self._titled.of(at), found.doubt, planned=planned)
        since = text[mark.end : at]
        if planned and (WITHIN in since or (mark.year and THIS_YEAR.search(since))):
            return Period(self._issued[:4], f"{PROPOSED}planned", "issue")
        if NOW.search(since):
            return Period(self._issued, f"{PROPOSED}implied", "now")
        return self._told(mark, found, planned=planned)

    def _sentence(self, first: int, last: int, at: int) -> Sentence:
        dates = self._dates[bisect_left(self._starts, first) : bisect_left(self._starts, last)]
        figures = [each for each in self._figures if first <= each.start < last]
        if self._context.cell(at):  # of a table: what stands above it, and the dates of its own row
            dates = [n for n in dates if self._context.is_beside(n.start, at)]
        text, titled = self._context.text, self._titled.of(at)
        return Sentence(text, first, marks(text, dates, (first, last), self._issued, titled), figures)

    def _span_of(self, first: int, at: int) -> Numeral | None:
        """Find the number of years that a figure is over: the last before it in its sentence, or itself."""
        before = [span for start, span in self._spans.items() if first <= start <= at]
        return before[-1] if before else None

    def _over(self, span: Numeral, found: Governed) -> Period:
        """Count a number of years from the date of its sentence, or back from that of issue."""
        years, mark = int(Decimal(str(span.value))), found.mark
        if mark is None:
            return self._back(years)
        first, last = (int(end[:4]) for end in (mark.period, mark.period.rpartition("/")[2]))
        if last - first + 1 == years and first != last:
            return self._told(mark, found, planned=False)
        start = first if mark.part == "since" else last - years + 1
        return Period(f"{start}/{start + years - 1}", f"{PROPOSED}implied", "span-dated")

    def _back(self, years: int) -> Period:
        known = YEAR.match(self._issued)
        if not known or not 0 < years < LONGEST_SPAN:
            return Period("", "unstated", "span-open")
        return Period(f"{int(known[0]) - years}/{known[0]}", f"{PROPOSED}implied", "span")

    def _told(self, mark: Mark, found: Governed, *, planned: bool) -> Period:
        """Give the period that a date gives a figure; what is in doubt is proposed."""
        period, note, basis = found.period, found.doubt, "stated"
        if mark.year:
            note, basis = note or self._why(mark), "implied"
        if found.doubt == "since":
            period, basis = self._since(period), "implied"
        if self._context.is_in_row(mark.start):
            note = note or "cell"
        doubtful = bool(note) and note != "issue"
        return self._basis(period, f"{PROPOSED}{basis}" if doubtful else basis, note, planned=planned)

    def _why(self, mark: Mark) -> str:
        """Tell whence the year is; that of issue is in doubt for a time not over on the day of issue."""
        end = mark.period.rpartition("/")[2]
        is_going_on = mark.year == "issue" and self._issued.startswith(end) and end != self._issued
        return "issue-open" if is_going_on else mark.year

    def _since(self, period: str) -> str:
        """Let a period run from a date to the date of issue, as finely as the date is told."""
        start = period.partition("/")[0]
        end = self._issued[: len(start)]
        return f"{start}/{end}" if YEAR.match(end) and start < end else period

    def _basis(self, period: str, basis: str, note: str = "", *, planned: bool) -> Period:
        """Call a plan what ends after the date of issue, or what words call one."""
        is_over = self._is_over(period)
        if planned or not is_over:
            basis = f"{PROPOSED}planned" if is_over or note else "planned"
        return Period(period, basis, note)

    def _undated(self, words: str, titled: str, doubt: str, *, planned: bool) -> Period:
        known = YEAR.match(self._issued)
        if planned and known and NEXT_YEAR in words:
            return Period(str(int(known[0]) + 1), f"{PROPOSED}planned", "issue-next")
        if known and (THIS_YEAR.search(words) if planned else WITHIN in words):
            return Period(known[0], f"{PROPOSED}{'planned' if planned else 'implied'}", "issue")
        if titled and (not planned or titled[:4] >= self._issued[:4]):
            return self._basis(titled, f"{PROPOSED}implied", "title", planned=planned)
        if planned:
            return Period("", f"{PROPOSED}planned")
        doubt = doubt or ("total" if RUNNING.search(words) else "")
        return Period("", f"{PROPOSED}unstated" if doubt else "unstated", doubt)

    def _is_over(self, period: str) -> bool:
        end = period.rpartition("/")[2]
        return not YEAR.match(self._issued) or end <= self._issued[: len(end)]


def is_span(numeral: Numeral, text: str) -> bool:
    """Tell whether a number of years is one that has gone by, as in 三年来 and 近三年."""
    if numeral.kind != "figure" or numeral.unit != "年" or not isinstance(numeral.value, int | Decimal):
        return False
    hedged = numeral.printed.startswith("近") or SPAN_BEFORE.search(
        text, max(0, numeral.start - 2), numeral.start
    )
    return numeral.value == int(numeral.value) and bool(hedged or SPAN_AFTER.match(text, numeral.end))


def is_plan(basis: str) -> bool:
    """Tell whether a basis is that of a plan, proposed or not."""
    return basis.removeprefix(PROPOSED) == "planned"
