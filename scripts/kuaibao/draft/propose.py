"""Takes a numeral with its context and the code lists and proposes unit, indicator and value of a figure."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.model import PROPOSED, TODO
from kuaibao.wording import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.model import Row
    from kuaibao.reader import Numeral

# An indicator fits where this share of its label's pairs of characters stands beside the number:
# high, since an indicator that is proposed is not marked as to do.
FITS = Decimal("0.8")
DISTINCT = 3  # a label of fewer pairs of characters fits too much
HAN = re.compile("[\u3400-\u9fff]+")
COUNT = re.compile("(?:人数|户数|次数|数量|总量|数)$")
# What makes another indicator of the same words.
QUALIFIER = re.compile("国家级|[省市县]级|新[增建]|增长率|增减|比重|人均|总数")
OWN_TOPIC = 2  # pairs of characters that a label must share with a topic
# Classifiers of several units: the words beside that decide for one, and what is proposed without them.
ENTERPRISES = re.compile("(?:企业|公司|厂|市场主体|经营主体|商户|工商户)(?!工会)")
DECIDING = {
    "家": (("enterprise", ENTERPRISES),),
    "户": (("enterprise", ENTERPRISES), ("household", re.compile("家庭|农户|居民|困难|脱贫|低保|住户"))),
}
LIKELY = {"家": "organisation", "户": "household"}


class Proposal(NamedTuple):
    """What is proposed for a figure: keys of unit and indicator, and a label where that is not listed yet."""

    unit: str
    indicator: str
    label: str = ""
    is_new: bool = False


class Proposer:
    """Proposes units and indicators from the code lists."""

    def __init__(self, units: Sequence[Row], indicators: Sequence[Row]) -> None:
        """Index the units by what is printed and the indicators by their unit."""
        self._printed: dict[str, list[str]] = {}
        for unit in units:
            for word in unit["printed"].split():
                self._printed.setdefault(word, []).append(unit["unit"])
        self._topics = _own_pairs(indicators)
        self._indicators = [(row["indicator"], row["unit"], row["label_zh"]) for row in indicators]
        self._labels = {
            (COUNT.sub("", row["label_zh"]), row["unit"]): row["indicator"] for row in reversed(indicators)
        }

    def propose(
        self, numeral: Numeral, label: str, phrases: tuple[str, str], key: str, *, is_town: bool = False
    ) -> Proposal:
        """Propose for a numeral that counts what a label says; `key` is the indicator's if it is new.

        A listed indicator fits by its name, or where most of its name stands in the label or a phrase beside;
        what is of a town fits by its whole name only.
        """
        units = self._printed.get(numeral.unit, [])
        for unit in units:
            same = self._labels.get((COUNT.sub("", label), unit))
            if same:
                return Proposal(unit, same)
        for words in () if is_town else (label, *phrases):
            score, name, unit = self._best(words, units if numeral.unit else None)
            if score >= FITS:
                return Proposal(unit, name)
        return Proposal(_unit(units, numeral.unit, "".join((label, *phrases))), key, label, is_new=True)

    def topic(self, label: str) -> str:
        """Propose the topic that alone has the most of a label's pairs of characters, '' if none has."""
        here = _pairs(label)
        scores = {topic: len(here & own) for topic, own in self._topics.items()}
        best = max(scores.values(), default=0)
        first = [topic for topic, score in scores.items() if score == best]
        return first[0] if best >= OWN_TOPIC and len(first) == 1 else ""

    def _best(self, label: str, units: Sequence[str] | None) -> tuple[Decimal, str, str]:
        """Find the listed label of which most stands in this one, and which is qualified in the same way."""
        here = _pairs(label)
        fitting = [
            (len(pairs & here) / Decimal(len(pairs)), len(pairs), name, unit)
            for name, unit, listed in self._indicators
            if len(pairs := _pairs(listed)) >= DISTINCT
            and (units is None or unit in units)
            and _qualified(listed) == _qualified(label)
        ]
        score, _, name, unit = max(fitting, default=(Decimal(0), 0, "", ""), key=lambda found: found[:2])
        return score, name, unit


def _unit(units: Sequence[str], printed: str, words: str) -> str:
    """Choose from the units of a classifier; one on which the words beside do not decide is a proposal."""
    for unit, pattern in DECIDING.get(printed, ()):
        if unit in units and pattern.search(words):
            return unit
    likely = LIKELY.get(printed, "")
    return PROPOSED + likely if likely in units else units[0] if units else TODO


def _qualified(label: str) -> set[str]:
    return set(QUALIFIER.findall(label))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(run[i : i + 2] for run in HAN.findall(text) for i in range(len(run) - 1))


def _own_pairs(indicators: Sequence[Row]) -> Mapping[str, frozenset[str]]:
    """Give the pairs of characters that stand in labels of one topic only, by topic."""
    topics: dict[str, set[str]] = {}
    for row in indicators:
        topics.setdefault(row["topic"], set()).update(_pairs(row["label_zh"]))
    counts = Counter(pair for pairs in topics.values() for pair in pairs)
    return {topic: frozenset(pair for pair in pairs if counts[pair] == 1) for topic, pairs in topics.items()}


def values(numeral: Numeral) -> Mapping[str, str]:
    """Give value, upper value and qualifier of a figure; the value is to do where the print gives none."""
    low, high, known = numeral.value_min, numeral.value_max, numeral.value
    if numeral.qualifier == "range" and low is not None and high is not None:
        value, end = _signed(numeral, low), _signed(numeral, high)
    elif isinstance(known, int | Decimal):
        value, end = _signed(numeral, known), ""
    else:
        value, end = TODO, ""
    return {"value": value, "value_end": end, "qualifier": numeral.qualifier}


def _signed(numeral: Numeral, value: Decimal | int) -> str:
    number = Decimal(value)
    return plain(-number if numeral.direction == "down" and number > 0 else number)
