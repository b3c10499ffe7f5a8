"""Takes the figures of a text and the code lists; gives rows of figures, and of indicators that are new."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.draft.english import begins_with_verb, english, leading_noun
from kuaibao.draft.english import topic as topic_of
from kuaibao.draft.naming import Named, name
from kuaibao.draft.periods import is_plan, is_span
from kuaibao.draft.propose import Proposal, values
from kuaibao.model import PROPOSED, TODO, TODO_EN, TODO_ZH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kuaibao.draft.breakdown import Breakdown
    from kuaibao.draft.context import Context
    from kuaibao.draft.periods import Period
    from kuaibao.draft.propose import Proposer
    from kuaibao.model import Row
    from kuaibao.reader import Numeral

# What such words count builds up over time.
CHANGE = re.compile("[增减新]|发展|下降|上升|提高|追回|产量|出栏|参赛")
LEVEL = re.compile("(?:普及|覆盖|参保|化|入会|建会)率|总数$|人口$")
ENOUGH = 3
COUNTED = {"个", "家", "人", "名", "户", "所", "座", "张", "台", "位", "处"}
TIMES = {"年", "天", "个月", "小时"}


class Found(NamedTuple):
    """A figure of the text: its id, the row of its numeral, the numeral."""

    id: str
    row: Row
    numeral: Numeral


class Rows(NamedTuple):
    """What is proposed: rows of figures and of indicators."""

    figures: list[Row]
    indicators: list[Row]


def figure_rows(
    found: Sequence[Found],
    context: Context,
    proposer: Proposer,
    period: Callable[[int], Period],
    breakdown: Breakdown,
) -> Rows:
    """Propose for every figure its indicator, area, period, value, unit and measure.

    Figures of the same name and unit have one indicator, as long as their areas or periods differ.
    """
    rows, named = Rows([], []), Named("", "")
    known: dict[tuple[str, str], dict[tuple[str, ...], str]] = {}
    taken: set[tuple[str, ...]] = set()
    for index, each in enumerate(found):
        when, numeral = period(each.numeral.start), each.numeral
        part = breakdown.of(context.headers(numeral.start))
        phrases = (part.label, "") if part else context.phrases(numeral.start, numeral.end)
        area = part.area if part else breakdown.whole
        at = (when.period, str(is_plan(when.basis)), area, numeral.printed if area == TODO else "")
        before, named = named, name(phrases, numeral.unit, named)
        if is_span(numeral, context.text):
            named = Named(_span_name(found[index + 1 : index + 2], context), before.subject)
        own = proposer.propose(numeral, named.label, phrases, key_of(each.id))
        if not own.is_new and (own.indicator, *at) in taken:
            own = own._replace(indicator=key_of(each.id), label=named.label, is_new=True)
        taken.add((own.indicator, *at))
        if at in known.get((own.label, own.unit), ()):
            told = context.cell(numeral.start) if part else _prefixed(own.label, before.subject)
            own = own._replace(label=told)
        if own.label and (when.period or part):
            own = _shared(own, at, known.setdefault((own.label, own.unit), {}))
        rows.figures.append(_figure(each, own, when, area))
        if own.is_new:
            rows.indicators.append(_indicator(own, proposer, numeral, when.period))
    return rows


def _span_name(following: Sequence[Found], context: Context) -> str:
    """Name a number of years that figures are over, by what the first of them counts: 命名工匠所跨年数."""
    phrases = (context.phrases(each.numeral.start, each.numeral.end) for each in following)
    counted = "".join(name(each, "", Named("", "")).label for each in phrases)
    return f"{counted}所跨年数" if counted else ""


def _prefixed(label: str, subject: str) -> str:
    """Tell a label from the same one before by its subject: 小学 and 在校学生 make 小学在校学生."""
    return f"{subject}{label}" if is_noun(subject) and is_noun(label) and subject != label else label


def is_noun(label: str) -> bool:
    """Tell whether a label is a noun of the glossary."""
    return bool(label) and leading_noun(label) == label


def key_of(figure: str) -> str:
    """Make the key of an indicator from the id of its first figure."""
    return figure.replace("-", "_").replace(".", "_")


def measure_id(name: str, section: str) -> str:
    """Name the measure with which a section begins."""
    return f"{name}.m{int(section) + 1:02d}"


def _shared(proposal: Proposal, at: tuple[str, ...], series: dict[tuple[str, ...], str]) -> Proposal:
    """Take the indicator of an earlier figure of the same name, of another period or area."""
    first = next(iter(series.values()), proposal.indicator)
    if at in series:
        return proposal
    series[at] = first
    return proposal if first == proposal.indicator else proposal._replace(indicator=first, is_new=False)


def _figure(each: Found, proposal: Proposal, when: Period, area: str) -> Row:
    return {
        "figure": each.id,
        "numeral": each.row["numeral"],
        "indicator": proposal.indicator,
        "area": area,
        **when.row(),
        "unit": proposal.unit,
        "measure": measure_id(each.id.partition(".")[0], each.row["section"]),
        **values(each.numeral),
    }


def _indicator(proposal: Proposal, proposer: Proposer, numeral: Numeral, period: str) -> Row:
    """Propose a new indicator: its topic and names are to do until they are accepted."""
    label = proposal.label
    topic = topic_of(label) or proposer.topic(label)
    row = {
        "indicator": proposal.indicator,
        "topic": PROPOSED + topic if topic else TODO,
        "unit": proposal.unit,
    }
    words = {"label_zh": PROPOSED + label if label else TODO_ZH, "label_en": _marked(english(label), TODO_EN)}
    series = {"series": _series(label, numeral, period)}
    return row | series | words | {"definition_zh": TODO_ZH, "definition_en": TODO_EN}


def _marked(words: str, otherwise: str) -> str:
    return PROPOSED + words if words else otherwise


def _series(label: str, numeral: Numeral, period: str) -> str:
    """Tell stocks from flows: what has been done or has changed is a flow, what there is, a stock."""
    if numeral.unit in TIMES:
        return "duration"
    if CHANGE.search(label):
        return "flow"
    on_a_day = len(period) == len("2024-06-30")
    counted = numeral.unit in COUNTED and bool(label) and not begins_with_verb(label)
    return "stock" if on_a_day or counted or LEVEL.search(label) else "flow"


def spread(indicators: Sequence[Row], figures: Sequence[Row]) -> list[Row]:
    """Propose for an indicator without a topic that of the others of its measure.

    These must agree, and be a third of all at least.
    """
    measures: dict[str, str] = {row["indicator"]: row["measure"] for row in reversed(figures)}
    topics: dict[str, list[str]] = {}
    for row in indicators:
        topics.setdefault(measures[row["indicator"]], []).append(row["topic"])
    return [_with_topic(row, topics[measures[row["indicator"]]]) for row in indicators]


def _with_topic(row: Row, all_topics: Sequence[str]) -> Row:
    known = [topic for topic in all_topics if topic != TODO]
    agreed = len(set(known)) == 1 and ENOUGH * len(known) >= len(all_topics)
    return {**row, "topic": known[0]} if row["topic"] == TODO and agreed else row
