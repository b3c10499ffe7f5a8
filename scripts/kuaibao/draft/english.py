"""Takes Chinese labels, headings and offices; gives English where every part is in the glossary."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OFFICE = "办公室"
# How a label that was made from two is parted, and what becomes of the parts.
SHAPES = (
    (re.compile("(.+)占(.+)的?比重"), "{0} as a share of {1}"),
    (re.compile("(.+)所跨年数"), "Years covered by {0}"),
    (re.compile("(.+)增长率"), "Growth of {0}"),
    (re.compile("(.+)增减"), "Change in {0}"),
    (re.compile("(.+)总数"), "Total number of {0}"),
    (re.compile("(.+)人次"), "Person-times of {0}"),
    (re.compile("(.+)的(.+)"), "{1} with {0}"),
    (re.compile("(.+[^人户次总])数"), "{0}"),
)


class _Term(NamedTuple):
    role: str
    en: str
    attribute: str
    topic: str


@cache
def _glossary() -> Mapping[str, _Term]:
    with (files("kuaibao.draft") / "glossary.csv").open(encoding="utf-8") as file:
        return {row.pop("zh"): _Term(**row) for row in csv.DictReader(file)}


def english(label: str) -> str:
    """Put the label of an indicator into English; '' where any part of it is not in the glossary."""
    for pattern, form in SHAPES:
        found = pattern.fullmatch(label)
        parts = [english(part) for part in found.groups()] if found else []
        if found and all(parts):
            return _capital(form.format(*(_small(part) for part in parts)))
        if found:
            return ""
    return _capital(_phrase(_parted(label)))


def heading(title: str) -> str:
    """Put the heading of a section into English; '' where any part of it is not in the glossary."""
    terms = _parted(title)
    fitting = bool(terms) and all(term.role in {"heading", "and"} for term in terms)
    return _capital(" ".join(term.en for term in terms)) if fitting else english(title)


def office(name: str, places: Mapping[str, str]) -> str:
    """Put the name of an office into English, given the English of places: X 总工会办公室; '' if unknown."""
    whole = name.removesuffix(OFFICE)
    found = next(((en, whole.removeprefix(zh)) for zh, en in places.items() if whole.startswith(zh)), None)
    term = _glossary().get(found[1]) if found else None
    if found is None or term is None or term.role != "body":
        return ""
    body = f"{found[0].replace(' City', ' Municipal')} {term.en}"
    return f"Office of the {body}" if whole != name else body


def topic(label: str) -> str:
    """Name the topic that the terms of a label have; '' for none, or more than one."""
    topics = {term.topic for zh, term in _glossary().items() if term.topic and zh in label}
    return topics.pop() if len(topics) == 1 else ""


def leading_noun(phrase: str) -> str:
    """Find the longest noun of the glossary with which a phrase begins."""
    nouns = (zh for zh, term in _glossary().items() if term.role == "noun" and phrase.startswith(zh))
    return max(nouns, default="", key=len)


def is_verb(words: str) -> bool:
    """Tell whether words are a verb of the glossary and nothing else."""
    return words in _glossary() and _glossary()[words].role == "verb"


def without_verb(label: str) -> str:
    """Take the verb of the glossary from the beginning of a label: 受理案件 is of 案件."""
    verbs = (zh for zh, term in _glossary().items() if term.role == "verb" and label.startswith(zh))
    return label.removeprefix(max(verbs, default="", key=len))


def begins_with_verb(label: str) -> bool:
    """Tell whether a label begins with something done: 举办, 新建."""
    doing = ("verb", "before")
    return any(label.startswith(zh) for zh, term in _glossary().items() if term.role in doing)


def _parted(label: str) -> list[_Term]:
    """Part a label into terms of the glossary, as few as there can be; [] where it cannot be done."""
    best: list[list[_Term] | None] = [[]]
    for end in range(1, len(label) + 1):
        ways = [
            [*before, _glossary()[label[start:end]]]
            for start, before in enumerate(best)
            if before is not None and label[start:end] in _glossary()
        ]
        best.append(min(ways, default=None, key=len))
    return best[-1] or []


def _phrase(terms: Sequence[_Term]) -> str:
    """Write modifiers, the last noun and what was done to it; '' where that makes no phrase."""
    nouns = [term for term in terms if term.role == "noun"]
    verbs = [term for term in terms if term.role == "verb"]
    known = {"noun", "verb", "modifier", "before"}
    if len(verbs) > 1 or not nouns or any(term.role not in known for term in terms):
        return ""
    before = [term.attribute for term in terms if term.role in {"noun", "modifier"} and term is not nouns[-1]]
    if not all(before):
        return ""
    opening = [term.en for term in terms if term.role == "before"]
    return " ".join([*opening, *before, nouns[-1].en, *(verb.en for verb in verbs)])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
