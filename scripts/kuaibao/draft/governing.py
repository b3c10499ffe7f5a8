"""Takes the marks of time and the figures of a sentence; gives the period of one, and why it is in doubt."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.draft.marks import NEAR, solid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.draft.marks import Mark

CLAUSE = re.compile(r"[，,；;：:\t（(]")
ADJACENT, POSSESSIVE = re.compile("[年月]?[底末初中]?的?"), re.compile("[年月]?[底末初中]?的")
RATIO = re.compile("倍|%|％|成|‰")
LESS = re.compile("(?:(?<!占)比|较)$")  # 比 2022 年的 50% 提高
IN_BRACKETS, CLOSED = re.compile(r"[(（](?:截[至止]|至|到)?"), re.compile("[年月]?[底末初中]?[)）]")
OPENING = re.compile(r"(?:到|至|截[至止]到?|自|从|在|于|而|并|又)?")
LISTED, JOINED = (
    re.compile("[年月]?[底末初中]?(?:[、和与及]|以及)"),
    re.compile("[年月]?[底末初]?(?:至|到|—|-|－|～)"),
)
BETWEEN, APART = re.compile("[、，,和与及]*"), re.compile("[、和与及]")
EACH = re.compile("分别|各为?$|依次")
CHANGED = re.compile("[增减升降]|提高|回落|缩[短小]|翻")
# Before the figures of 由 12 个增加到 30 个.
REACHED, LEFT = (
    re.compile("[增减升降提缩][加少高低长小短]?(?:到|至|为)了?$"),
    re.compile("[由从](?:原来的?|最初的?)?$"),
)
TOTAL = re.compile("累计|历年|连年|多年来|几年来")
LASTING = re.compile("历时|为期|耗时|用时")


class Figure(NamedTuple):
    """A figure's place and its printed unit."""

    start: int
    end: int
    unit: str


class Governed(NamedTuple):
    """The mark that says when a figure was, where there is one, its period, and the doubt ('' for none)."""

    mark: Mark | None
    period: str
    doubt: str = ""


class Sentence(NamedTuple):
    """A sentence: the text, where in it the sentence begins, its marks of time and its figures."""

    text: str
    start: int
    marks: Sequence[Mark]
    figures: Sequence[Figure]

    def governed(self, figure: Figure) -> Governed:
        """Find the mark that says when a figure was.

        One that stands right before it, or in brackets right behind it, does so without doubt; so does the
        only date before it, or the one that begins its own clause, if nothing is compared with another date.
        """
        before = [mark for mark in self.marks if mark.end <= figure.start]
        if before and self._is_adjacent(before, figure):
            return Governed(before[-1], before[-1].period)
        compared = any(m.part in {"base", "from"} and self._weighs(m, figure) for m in before)
        own = [mark for at, mark in enumerate(before, 1) if self._is_own(before[:at], figure)]
        if bracketed := self._bracketed(figure):
            return Governed(bracketed, bracketed.period, "several" if own else "")
        if not own:
            return Governed(None, "", "base" if before else "")
        group = self._group(own)
        if len(group) > 1:
            return self._shared(group, figure)
        mark = self._opening(own, figure)
        if end := self._end(mark, figure):
            return Governed(mark, end, "ends")
        doubt = "several" if mark is not own[-1] or self._is_nested(own, figure) else ""
        return Governed(mark, mark.period, doubt or self._doubt(mark, figure) or ("base" if compared else ""))

    def _is_adjacent(self, before: Sequence[Mark], figure: Figure) -> bool:
        """Tell whether a date, not the last of a list, stands right before its figure: 2023 年的 12 个."""
        mark, between = before[-1], solid(self.text, before[-1].end, figure.start)
        if any(LISTED.fullmatch(solid(self.text, other.end, mark.start)) for other in before[-2:-1]):
            return False
        if mark.part == "base":  # 是 2022 年的 50%: a share of what was then
            is_told = self._is_second(before, figure) or LESS.search(solid(self.text, self.start, mark.start))
            return bool(POSSESSIVE.fullmatch(between) and (is_told or not RATIO.fullmatch(figure.unit)))
        return bool(ADJACENT.fullmatch(between)) and mark.part in {"own", "from"}

    def _is_second(self, before: Sequence[Mark], figure: Figure) -> bool:
        """Tell whether another date with its figure comes first: 2022 年的 50% 提高到 2023 年的 70%."""
        earlier = [each for each in self.figures if each.end <= before[-1].start][-1:]
        return any(
            mark.end <= each.start
            and each.unit == figure.unit
            and ADJACENT.fullmatch(solid(self.text, mark.end, each.start))
            for mark in before[-2:-1]
            for each in earlier
        )

    def _is_own(self, before: Sequence[Mark], figure: Figure) -> bool:
        """Tell whether the last of some dates can say when a figure was: none that it is compared with."""
        mark = before[-1]
        if mark.part == "from":
            return self._run(mark.end, figure)
        is_reached = [each.part for each in before[-2:-1]] == ["from"]
        following = next((each for each in self.figures if each.start >= mark.end), figure)
        return mark.part != "base" or (is_reached and self._is_second(before, following))

    def _bracketed(self, figure: Figure) -> Mark | None:
        after = next((mark for mark in self.marks if mark.start >= figure.end), None)
        if after is None or not IN_BRACKETS.fullmatch(solid(self.text, figure.end, after.start)):
            return None
        return after if CLOSED.match(solid(self.text, after.end, after.end + NEAR)) else None

    def _run(self, start: int, figure: Figure) -> bool:
        """Tell whether no figure stands between a place and a figure."""
        return not any(start <= each.start < figure.start for each in self.figures)

    def _in_clause(self, mark: Mark, figure: Figure) -> bool:
        return not CLAUSE.search(self.text, mark.end, figure.start)

    def _weighs(self, mark: Mark, figure: Figure) -> bool:
        """Tell whether a date of comparison bears on a figure: on the next one, and on changes."""
        last = max((each.end for each in self.figures if each.end <= figure.start), default=self.start)
        return self._run(mark.end, figure) or bool(CHANGED.search(self.text, last, figure.start))

    def _group(self, own: Sequence[Mark]) -> Sequence[Mark]:
        """Take the last dates between which no figure stands."""
        at = len(own) - 1
        while at and not any(own[at - 1].end <= f.start < own[at].start for f in self.figures):
            at -= 1
        return own[at:]

    def _is_opening(self, mark: Mark) -> bool:
        if mark.year == "relative":
            return False
        breaks = [match.end() for match in CLAUSE.finditer(self.text, self.start, mark.start)]
        return bool(OPENING.fullmatch(solid(self.text, max(breaks, default=self.start), mark.start)))

    def _is_nested(self, own: Sequence[Mark], figure: Figure) -> bool:
        """Tell whether the last of several dates is only of a clause before that of the figure."""
        last = own[-1]
        return len(own) > 1 and not self._in_clause(last, figure) and not self._is_opening(last)

    def _opening(self, own: Sequence[Mark], figure: Figure) -> Mark:
        """Choose the last date or, where that is of a clause of its own, the last that begins a clause."""
        if not self._is_nested(own, figure):
            return own[-1]
        return next((mark for mark in reversed(own) if self._is_opening(mark)), own[-1])

    def _end(self, mark: Mark, figure: Figure) -> str:
        """Give the first or last date of a span in which something rose from one figure to another, or ''."""
        ahead = solid(self.text, max(mark.end, figure.start - NEAR), figure.start)
        first, _, last = mark.period.partition("/")
        return "" if not last else last if REACHED.search(ahead) else first if LEFT.search(ahead) else ""

    def _doubt(self, mark: Mark, figure: Figure) -> str:
        last = max(
            (each.end for each in self.figures if mark.end <= each.end <= figure.start), default=mark.end
        )
        if mark.part in {"since", "edge"}:
            return mark.part
        if LASTING.search(self.text, mark.end, figure.start):
            return "lasting"
        return "total" if TOTAL.search(self.text, last, figure.start) else ""

    def _shared(self, group: Sequence[Mark], figure: Figure) -> Governed:
        """Part several dates among as many figures (分别); otherwise leave it in doubt."""
        first, last = group[0], group[-1]
        gaps = [solid(self.text, one.end, two.start) for one, two in pairwise(group)]
        if all(map(LISTED.fullmatch, gaps)):
            run = self._listed(last)
            if figure in run and len(run) == len(group):
                mark, between = group[run.index(figure)], self.text[last.end : run[0].start]
                certain = EACH.search(between) and not APART.search(between)
                return Governed(mark, mark.period, "" if certain else "several")
            return Governed(last, _joined(first, last), "together")
        if all(map(JOINED.fullmatch, gaps)):
            return Governed(last, _joined(first, last), "together")
        return Governed(last, last.period, "several")

    def _listed(self, last: Mark) -> list[Figure]:
        """Take the figures of one unit that stand in a row, the first of them next after the dates."""
        run: list[Figure] = []
        for each in self.figures:
            if each.start < last.end:
                continue
            if run and (
                each.unit != run[0].unit or not BETWEEN.fullmatch(solid(self.text, run[-1].end, each.start))
            ):
                break
            run.append(each)
        return run


def _joined(first: Mark, last: Mark) -> str:
    return f"{first.period.partition('/')[0]}/{last.period.rpartition('/')[2]}"
