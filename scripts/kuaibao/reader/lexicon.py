"""The words around a number, from the tables beside this module: units, hedges, words of growth, fixed words.

units.csv lists units and classifiers of statistical communiqués, government and trade-union prose,
hedges.csv the words that make a number approximate and where they stand, directions.csv words of growth and
decline, names.csv words with a numeral in them that count nothing. `not_before` is a pattern that would make
a word the beginning of another one (3 人均, 8 成立), `not_after` characters that would make it the end of
one (附近, 签约).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .model import Direction, Qualifier


class Words(NamedTuple):
    """Words with what they mean, and with the characters or patterns around them that forbid them."""

    meaning: dict[str, str]
    not_after: dict[str, str]
    not_before: dict[str, str]


def _rows(name: str) -> list[dict[str, str]]:
    with files(__package__).joinpath(name).open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


def _words(rows: Iterable[dict[str, str]], key: str, meaning: str) -> Words:
    rows = list(rows)
    return Words(
        {row[key]: row[meaning] for row in rows},
        {row[key]: row["not_after"] for row in rows if row.get("not_after")},
        {row[key]: row["not_before"] for row in rows if row.get("not_before")},
    )


def one_of(words: Iterable[str], not_before: Mapping[str, str] | None = None) -> str:
    """Return a pattern for the longest of the words, branching on the first character for speed."""
    tails: dict[str, list[str]] = defaultdict(list)
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        tails[word[0]].append(re.escape(word[1:]) + _guard(word, not_before or {}))
    return "(?:" + "|".join(f"{re.escape(head)}(?:{'|'.join(rest)})" for head, rest in tails.items()) + ")"


def _guard(word: str, not_before: Mapping[str, str]) -> str:
    if word.isascii() and word[-1].isalnum():
        return "(?![A-Za-z0-9])"
    return f"(?!{not_before[word]})" if word in not_before else ""


def by_last_character(words: Iterable[str]) -> dict[str, list[str]]:
    """Return the words listed under their last character, longest first, to look back from a number."""
    table: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        table[word[-1]].append(word)
    return dict(table)


_HEDGES = _rows("hedges.csv")
BEFORE, BEFORE_MULTIPLIER, INSIDE, AFTER = (
    _words((row for row in _HEDGES if row["place"] == place), "word", "qualifier")
    for place in ("before", "before_multiplier", "inside", "after")
)
DIRECTIONS = _words(_rows("directions.csv"), "word", "direction")
_NAMES = _rows("names.csv")
NAMES = [row["word"] for row in _NAMES if row["kind"] == "name"]
SILENT = [row["word"] for row in _NAMES if row["kind"] == "silent"]
_UNITS = _words(_rows("units.csv"), "unit", "unit")
UNITS = frozenset(_UNITS.meaning)
UNIT = one_of(UNITS, _UNITS.not_before)
BEGINS_UNIT = re.compile(UNIT)
_LETTERS = {unit.rstrip("²³") for unit in UNITS}
LATIN = one_of(letters for letters in _LETTERS if letters.isascii() and letters.isalnum())
# Written after Arabic digits; 3 千克, 5 百分点, 2 千瓦 are units, not thousands and hundreds.
NOT_KILO = "(?!瓦|克|米|卡|焦|帕|伏|赫|字节|比特|分点)"
SCALE = (
    rf"(?:十?万亿|[十百]?亿|千[万亿](?!分之)|千{NOT_KILO}|百[万亿]|万[万亿]?(?!分之)|百(?![分帕])"
    rf"|兆{NOT_KILO})"
)


def qualifier_of(word: str) -> Qualifier:
    """Return what a hedge says of the number beside it."""
    for place in (BEFORE, AFTER, INSIDE, BEFORE_MULTIPLIER):
        if word in place.meaning:
            return cast("Qualifier", place.meaning[word])
    return "exact"


def direction_of(word: str) -> Direction:
    """Return whether a word before a figure tells of growth or decline."""
    return cast("Direction", DIRECTIONS.meaning.get(word, ""))
