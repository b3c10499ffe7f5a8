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

    from kuaibao.draft.areas import Areas
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
    places: Areas,
) -> Rows:
    """Propose for every figure its indicator, area, period, value, unit and measure.

    Figures of the same name and unit have one indicator, as long as their areas or periods differ.
    """
    rows, named, known = Rows([], []), Named("", ""), Known(set(), {})
    for index, each in enumerate(found):
        when, numeral = period(each.numeral.start), each.numeral
        placed = places.of(numeral.start, numeral.end)
        phrases, area = placed.phrases, placed.area
        before, named = named, name(phrases, numeral.unit, Named("", "") if placed.is_cell else named)
        if is_span(numeral, context.text):
            named = Named(_span_name(found[index + 1 : index + 2], context), before.subject)
        fuller = context.cell(numeral.start) if placed.is_parted else ""
        if fuller and named.label not in fuller:
            fuller += named.label
        if when.period and not placed.is_parted:
            fuller = _prefixed(named.label, before.subject)
        code = area.removeprefix(PROPOSED)
        at = (when.period, str(is_plan(when.basis)), code, numeral.printed if code == TODO else "")
        own = proposer.propose(numeral, named.label, phrases, key_of(each.id), is_town=placed.is_town)
        own = known.settled(own._replace(label=named.label), key_of(each.id), at, fuller)
        rows.figures.append(_figure(each, own, when, area))
        if own.is_new:
            rows.indicators.append(_indicator(own, proposer, numeral, when.period))
    return rows


class Known(NamedTuple):
    """The indicators proposed so far: when and where each stands, and by name and unit those that are new."""

    taken: set[tuple[str, ...]]
    named: dict[tuple[str, str], dict[tuple[str, ...], str]]

    def settled(self, own: Proposal, key: str, at: tuple[str, ...], fuller: str) -> Proposal:
        """Keep a proposal's indicator once for a period and area; a new one shares that of its name.

        `key` is that of a new indicator, `fuller` its name where another figure has the same at that place
        ('' where it shares none, for when it was is not known).
        """
        if not own.is_new and (own.indicator, *at) in self.taken:
            own = own._replace(indicator=key, is_new=True)
        self.taken.add((own.indicator, *at))
        if not own.is_new or not own.label or not fuller:
            return own
        if at in self.named.get((own.label, own.unit), ()):
            own = own._replace(label=fuller)
        return _shared(own, at, self.named.setdefault((own.label, own.unit), {}))


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


def _shared(own: Proposal, at: tuple[str, ...], series: dict[tuple[str, ...], str]) -> Proposal:
    """Take the indicator of an earlier figure of the same name, of another period or area."""
    if at in series:
        return own
    first = next(iter(series.values()), own.indicator)
    series[at] = first
    return own if first == own.indicator else own._replace(indicator=first, is_new=False)


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
