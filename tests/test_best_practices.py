"""Best practices for data on the Web: the page lists all, and what it calls tested is checked on the site."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from built import parsed, site
from describing import archive
from kuaibao.errors import LANGUAGES
from kuaibao.render.practices import STATES, catalogue
from practised import CHECKS, Site
from test_signposts import is_there
from test_source_view import CHINESE, copied

if TYPE_CHECKING:
    from pathlib import Path

    from built import Page
    from kuaibao.errors import Language

URL = "https://kuaibao.example.org/"
PRACTICES = 35
MARKED = [int(row["number"]) for row in catalogue() if row["check"]]


@cache
def whole() -> Site:
    """Give the built site as it is."""
    return Site(site())


def page(language: Language) -> Page:
    """Parse the page of practices."""
    return parsed()[f"{'' if language == 'zh' else 'en/'}guide/practices/index.html"]


def test_all_practices_are_there() -> None:
    """The catalogue has each practice once, in order, complete in both languages, with a known state."""
    rows = catalogue()
    assert [int(row["number"]) for row in rows] == list(range(1, PRACTICES + 1))
    assert len({row["anchor"] for row in rows}) == PRACTICES
    assert all(row[name] for row in rows for name in ("name_zh", "name_en", "how_zh", "how_en"))
    assert {row["state"] for row in rows} <= STATES.keys()


def test_what_is_met_has_evidence() -> None:
    """Nothing is claimed without a page or a file to see it by."""
    assert [row["number"] for row in catalogue() if row["state"] == "met" and not row["evidence"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_lists_them(language: Language) -> None:
    """Each practice has its place on the page and W3C's address; its evidence leads to what is there."""
    found = page(language)
    rows = [e for e in found.all("tr") if e.attributes.get("id", "").startswith("bp-")]
    assert [e.attributes["id"] for e in rows] == [f"bp-{row['number']}" for row in catalogue()]
    for element, row in zip(rows, catalogue(), strict=True):
        assert row[f"how_{language}"] in element.text
        assert row[f"name_{language}"] in element.text
    links = {e.attributes["href"] for e in found.all("a") if "w3.org/TR/dwbp" in e.attributes.get("href", "")}
    assert links == {f"https://www.w3.org/TR/dwbp/#{row['anchor']}" for row in catalogue()}


def test_evidence_is_there() -> None:
    """Every page, anchor and file that is named as evidence exists, in either language."""
    told = {"bulletin": "yncg-090", "series": "yncg"}
    paths = {path.format_map(told) for row in catalogue() for path in row["evidence"].split()}
    pages = {f"en/{path}" for path in paths if path.partition("#")[0].endswith("/")}
    assert [path for path in sorted(paths | pages) if not is_there(URL + path)] == []


def test_what_is_marked_as_tested_is_tested() -> None:
    """The practices that the page calls tested are those that have a check here."""
    assert sorted(CHECKS) == MARKED


@pytest.mark.parametrize("number", CHECKS)
def test_practice_holds(number: int) -> None:
    """The check of a practice holds on the built site."""
    assert CHECKS[number].holds(whole())


def test_no_sentence_of_the_bulletin_is_published(sources: Path) -> None:
    """Practice 34: no sentence of a dozen characters or more stands in any published file."""
    assert copied(site(), _sentences(sources)) == []


def test_a_sentence_of_the_bulletin_is_found(sources: Path, tmp_path: Path) -> None:
    """A page that quotes the text is named."""
    said = min(_sentences(sources))
    (tmp_path / "quoting.html").write_text(f"<p>{said}</p>", encoding="utf-8")
    assert copied(tmp_path, _sentences(sources)) == [("quoting.html", said)]


def _sentences(sources: Path) -> set[str]:
    """List the sentences of the first bulletin's text, but the names of offices in its head."""
    text = (sources / "yncg-090.txt").read_text(encoding="utf-8")
    names = [row["label_zh"] for row in archive("yncg-090").codelists.rows("organisations")]
    parts = {re.sub(r"\s+", "", part) for part in re.split("[。；！？\n]", text)}
    long = {part for part in parts if len(CHINESE.findall(part)) >= 12}
    return {part for part in long if not any(part in name for name in names)}


@pytest.mark.parametrize("number", CHECKS)
def test_check_can_fail(number: int) -> None:
    """A site on which the practice is not met does not pass its check."""
    check = CHECKS[number]
    if check.old:
        text = whole().text(check.path)
        assert check.old in text
        changed: bytes | None = text.replace(check.old, check.new).encode()
    else:
        changed = check.new.encode() or None
        assert changed or whole().has(check.path)
    assert not check.holds(Site(site(), {check.path: changed}))
