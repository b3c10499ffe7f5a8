"""Takes a numeral with its context and the code lists and proposes unit, indicator and value of a figure."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.model import PROPOSED, TODO, TODO_ZH
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
LONGEST_LABEL = 16
THERE_ARE = re.compile("^(?:全[省市州县区])?[现共已]?有(?=..)")
MADE = re.compile("^(?:建成|新建|建立|设立|成立|命名|评选|培育)")
SHORT, SHORT_AFTER = 2, 6  # 吸引 1200 多人参赛 counts 吸引参赛
PART = "其中"


class Proposal(NamedTuple):
    """What is proposed for a figure: keys of unit and indicator, and a label where that is new."""

    unit: str
    indicator: str
    label: str


class Proposer:
    """Proposes units and indicators from the code lists."""

    def __init__(self, units: Sequence[Row], indicators: Sequence[Row]) -> None:
        """Index the units by what is printed and the indicators by their unit."""
        self._printed: dict[str, list[str]] = {}
        for unit in units:
            for word in unit["printed"].split():
                self._printed.setdefault(word, []).append(unit["unit"])
        self._topics = _own_pairs(indicators)
        self._indicators = [(row["indicator"], row["unit"], _pairs(row["label_zh"])) for row in indicators]

    def propose(self, numeral: Numeral, phrases: tuple[str, str], key: str, words: str) -> Proposal:
        """Propose for a numeral between two phrases; `key` and `words` name the indicator where none fits."""
        units = self._printed.get(numeral.unit, [])
        for phrase in phrases:
            score, name, unit = self._best(_pairs(phrase), units if numeral.unit else None)
            if score >= FITS:
                return Proposal(unit, name, "")
        return Proposal(units[0] if units else TODO, key, PROPOSED + words if words else TODO_ZH)

    def topic(self, label: str) -> str:
        """Propose the topic that alone has the most of a label's pairs of characters, if one has."""
        here = _pairs(label)
        scores = {topic: len(here & own) for topic, own in self._topics.items()}
        best = max(scores.values(), default=0)
        first = [topic for topic, score in scores.items() if score == best]
        return first[0] if best and len(first) == 1 else TODO

    def _best(self, here: frozenset[str], units: Sequence[str] | None) -> tuple[Decimal, str, str]:
        fitting = [
            (len(pairs & here) / Decimal(len(pairs)), len(pairs), name, unit)
            for name, unit, pairs in self._indicators
            if len(pairs) >= DISTINCT and (units is None or unit in units)
        ]
        score, _, name, unit = max(fitting, default=(Decimal(0), 0, "", ""), key=lambda found: found[:2])
        return score, name, unit


def _pairs(text: str) -> frozenset[str]:
    return frozenset(run[i : i + 2] for run in HAN.findall(text) for i in range(len(run) - 1))


def _own_pairs(indicators: Sequence[Row]) -> Mapping[str, frozenset[str]]:
    """Give the pairs of characters that stand in labels of one topic only, by topic."""
    topics: dict[str, set[str]] = {}
    for row in indicators:
        topics.setdefault(row["topic"], set()).update(_pairs(row["label_zh"]))
    counts = Counter(pair for pairs in topics.values() for pair in pairs)
    return {topic: frozenset(pair for pair in pairs if counts[pair] == 1) for topic, pairs in topics.items()}


def label(phrases: tuple[str, str]) -> str:
    """Name what a number counts: the phrase before it or, where the number comes first, the one after it."""
    before, after = ("".join(HAN.findall(phrase)) for phrase in phrases)
    words = before if len(before) > 1 else after
    if len(before) == SHORT and len(after) <= SHORT_AFTER:
        words = before + after
    return THERE_ARE.sub("", words)[-LONGEST_LABEL:]


def part_of(words: str, whole: str) -> str:
    """Name a part by its whole: 其中市级, after 建成工作室, is 市级工作室."""
    rest = words.removeprefix(PART)
    return (rest + MADE.sub("", whole))[:LONGEST_LABEL] if whole and rest != words else words


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
