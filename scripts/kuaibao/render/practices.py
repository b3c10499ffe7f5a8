"""Takes an edition and gives W3C's best practices for data on the Web, each with how it is met."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kuaibao.model import series_of
from kuaibao.render.edition import link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.render.edition import Edition

# The look of a state, of those that badges have.
LOOKS = {"met": "good", "open": "open", "not_applicable": "plain"}
W3C = "https://www.w3.org/TR/dwbp/#"
STATES = {"met": "practice_met", "open": "practice_open", "not_applicable": "practice_not_applicable"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Practice:
    """A practice in one language: number, names, W3C's address, state, how it is met, evidence as links."""

    number: str
    name: str
    english: str
    address: str
    state: str
    state_word: str
    look: str
    how: str
    evidence: Sequence[tuple[str, str]]
    checked: bool


@cache
def catalogue() -> tuple[Mapping[str, str], ...]:
    """Read the practices, in their order: number, anchor, names, state, how, evidence, check."""
    with (files("kuaibao") / "practices.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def practices(edition: Edition, page: str) -> list[Practice]:
    """Tell every practice in the language of a page; evidence is linked from there."""
    return [_practice(row, edition, page) for row in catalogue()]


def _practice(row: Mapping[str, str], edition: Edition, page: str) -> Practice:
    return Practice(
        number=row["number"],
        name=row[f"name_{edition.language}"],
        english=row["name_en"] if edition.language == "zh" else "",
        address=W3C + row["anchor"],
        state=row["state"],
        state_word=edition.say(STATES[row["state"]]),
        look=LOOKS[row["state"]],
        how=row[f"how_{edition.language}"],
        evidence=_evidence(row["evidence"], edition, page),
        checked=bool(row["check"]),
    )


def _evidence(paths: str, edition: Edition, page: str) -> list[tuple[str, str]]:
    """Link pages of this language and files of the site; the newest bulletin stands for all."""
    newest = next(reversed(list(edition.archive.bulletins)), "")
    told = {"bulletin": newest, "series": series_of(newest)}
    found = [path.format_map(told) for path in paths.split() if newest or "{" not in path]
    return [(path, _address(path, edition, page)) for path in found]


def _address(path: str, edition: Edition, page: str) -> str:
    is_page = path.partition("#")[0].endswith("/")
    up = "" if is_page or edition.language == "zh" else "../"
    return link(page, "") + up + path
