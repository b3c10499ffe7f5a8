"""What the site tells of released versions: files that stay, differences, histories of figures, feeds."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from functools import cache
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import feedparser  # type: ignore[import-untyped]  # it ships no types
import pytest

from built import folder, parse
from kuaibao.errors import LANGUAGES
from kuaibao.frozen import frozen
from kuaibao.history import releases
from kuaibao.load import load
from kuaibao.render import Surroundings, render
from kuaibao.render.feed import ENTRIES
from projects import copy_good
from released import ADDED, CORRECTED, VERSIONS, WITHDRAWN, with_past

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.errors import Language
    from kuaibao.model import Archive, Package

ATTACK = "<img src=x onerror=alert(1)> {{ y }} `z` ]]>"
URL = "https://site.invalid/"
PREFIX = {"zh": "", "en": "en/"}
in_both = pytest.mark.parametrize("language", LANGUAGES)


@cache
def past() -> Archive:
    """Load the project with a past."""
    return load(with_past(copy_good(folder())).root)


def package() -> Package:
    """Give its bulletin."""
    return past().bulletins["test-001"]


def pages(archive: Archive) -> dict[str, str]:
    """Render an archive without hand-written pages."""
    kept = {
        (package.name, number): {
            f"downloads/{package.name}/{number}/{name}": content for name, content in files.items()
        }
        for package in archive.packages()
        for number, files in frozen(package).items()
    }
    surroundings = Surroundings(
        site_url=URL,
        contact="",
        downloads=[],
        outcome=[],
        commands=[],
        frozen=kept,
        title={"zh": "站", "en": "Site"},
    )
    return render(archive, {}, surroundings)


@cache
def told() -> Mapping[str, str]:
    """Render the project with a past."""
    return pages(past())


def card(language: Language, name: str) -> str:
    """Give the text of a figure's card, blanks made one."""
    page = told()[f"{language}/bulletins/test-001/data.md"].replace("</dt>", "</dt> ")
    return " ".join(parse(page).one("id", name).text.split())


# --- the files that stay


def test_releases_tell_why_they_are() -> None:
    """Each version knows what made it a new one."""
    found = [(release.version.number, release.why) for release in releases(package())]
    assert found == list(zip(VERSIONS, ("first", "changed", "added", "removed"), strict=True))


def test_every_version_keeps_its_files() -> None:
    """A version has its descriptor and tables byte for byte, a zip of just these, and the changelog."""
    for version in package().releases:
        files = frozen(package())[version.number]
        assert {name: files[name] for name in version.files} == dict(version.files)
        with ZipFile(BytesIO(files[f"test-001-{version.number}.zip"])) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == dict(version.files)
        told = re.findall(r"^## ([0-9.]+)（", files["CHANGELOG.txt"].decode(), re.MULTILINE)
        assert told == [number for number in list(VERSIONS)[::-1] if number <= version.number]


def test_kept_files_do_not_change_when_a_version_is_added() -> None:
    """What stands at an address stays as it is."""
    before = frozen(replace(package(), releases=package().releases[:-1]))
    after = frozen(package())
    assert before == {number: after[number] for number in before}


def test_differences_are_kept_as_json() -> None:
    """A version has what differs from the one before and from the first; the first has none."""
    found = {
        number: sorted(name for name in files if "changes" in name)
        for number, files in frozen(package()).items()
    }
    assert found == {
        "1.0.0": [],
        "1.0.1": ["changes-from-1.0.0.json"],
        "1.1.0": ["changes-from-1.0.0.json", "changes-from-1.0.1.json"],
        "2.0.0": ["changes-from-1.0.0.json", "changes-from-1.1.0.json"],
    }
    changes = json.loads(frozen(package())["1.0.1"]["changes-from-1.0.0.json"])
    (changed,) = [change for change in changes if change["table"] == "figures"]
    assert changed == {
        "table": "figures",
        "key": CORRECTED,
        "change": "changed",
        "cells": [{"column": "value", "old": "300", "new": "400"}],
    }


# --- the page of versions


@in_both
def test_versions_page_tells_every_version(language: Language) -> None:
    """Newest first: date, files, differences to the version before, and from the last to the first."""
    page = told()[f"{language}/bulletins/test-001/versions.md"]
    assert re.findall(r"\{ #v([0-9.]+) \}", page) == list(VERSIONS)[::-1]
    assert re.findall(r'<time datetime="([^"]+)">', page.replace("kb-history", ""))[0] == VERSIONS["2.0.0"]
    up = "../../../" if language == "zh" else "../../../../"
    linked = set(re.findall(rf'href="{re.escape(up)}(downloads/[^"]+)"', page))
    expected = {f"downloads/test-001/{n}/{name}" for n, files in frozen(package()).items() for name in files}
    assert linked == expected
    against = {"zh": "与 {} 版逐格比较", "en": "Cell by cell against version {}"}[language]
    found = re.findall(against.format("([0-9.]+)"), page)
    assert found == ["1.1.0", "1.0.0", "1.0.1", "1.0.0"]


@in_both
def test_difference_shows_every_cell_that_was_corrected(language: Language) -> None:
    """The table of a difference has key, column in words, old and new text."""
    page = told()[f"{language}/bulletins/test-001/versions.md"]
    part = page.partition("#v1.0.1 }")[2].partition("#v1.0.0 }")[0].replace("</td>", "</td> ")
    found = re.findall(r"<tr>.*?</tr>", part, re.DOTALL)
    rows = [" ".join(parse(row).elements[0].text.split()) for row in found]
    title = {"zh": "数值", "en": "Value"}[language]
    assert any(CORRECTED in row and row.endswith(f"{title} 300 400") for row in rows), rows


@in_both
def test_versions_are_cited_at_their_address(language: Language) -> None:
    """The citation of a version names its number and its own address."""
    page = told()[f"{language}/bulletins/test-001/versions.md"]
    for number in VERSIONS:
        address = f"{URL}{PREFIX[language]}bulletins/test-001/versions/#v{number}"
        cited = [e.text for e in parse(page).elements if e.attributes.get("class") == "kb-cite__text"]
        assert [text for text in cited if address in text and number in text]


@in_both
def test_code_lists_have_their_versions(language: Language) -> None:
    """The code lists have a page of their own, with a citation that names no bulletin."""
    page = told()[f"{language}/data/codelists/versions.md"]
    assert re.findall(r"\{ #v([0-9.]+) \}", page) == ["1.0.0"]
    assert f"{URL}{PREFIX[language]}data/codelists/versions/#v1.0.0" in page


@in_both
def test_a_package_without_releases_says_so(language: Language) -> None:
    """There is a page, which promises nothing, and no card has a history."""
    archive = load(copy_good(folder()).root)
    bulletin = archive.bulletins["test-001"]
    bare = replace(bulletin, tables={**bulletin.tables, "corrections": bulletin.tables["corrections"][:0]})
    found = pages(replace(archive, bulletins={"test-001": bare}))
    said = {"zh": "还没有正式发布过", "en": "has not been released yet"}[language]
    assert said in found[f"{language}/bulletins/test-001/versions.md"]
    assert {"zh": "历史", "en": "History"}[language] not in found[f"{language}/bulletins/test-001/data.md"]
    assert "<entry>" not in found[f"{language}/feed.xml"]


# --- the card of a figure


CORRECTED_SAYS = {
    "zh": "自 1.0.1 版（2024 年 8 月 1 日）起未变 2024 年 7 月 20 日 · 数值 · 1.0.1 版 "
    "近 300 人 → 近 400 人 录入时看错了",
    "en": "unchanged since version 1.0.1 (1 August 2024) 20 July 2024 · Value · version 1.0.1 "
    "nearly 300 people → nearly 400 people Misread on entry",
}
WITHDRAWN_SAYS = {
    "zh": "已撤回 100 吨以上 说的是目标 撤回 2024 年 9 月 20 日 2.0.0 版 "
    "最后见于 1.1.0 版（2024 年 9 月 1 日）",
    "en": "withdrawn at least 100 tonnes It tells a goal Withdrawn 20 September 2024 version 2.0.0 "
    "Last in version 1.1.0 (1 September 2024)",
}


@in_both
def test_card_tells_a_correction_as_it_is_read(language: Language) -> None:
    """Column, old and new value are in words, with date, version and reason; the newest comes first."""
    assert CORRECTED_SAYS[language] in card(language, CORRECTED)


@in_both
@pytest.mark.parametrize(("name", "number"), [("test-001.1.01", "1.0.0"), (ADDED, "1.1.0")])
def test_card_tells_since_when_a_figure_stands(name: str, number: str, language: Language) -> None:
    """A figure that nobody touched stands unchanged since the version that brought it."""
    said = {"zh": f"自 {number} 版", "en": f"unchanged since version {number}"}[language]
    assert said in card(language, name)


@in_both
def test_a_withdrawn_figure_keeps_its_address(language: Language) -> None:
    """Its card says so, since when and why, with the last value struck; it is counted nowhere."""
    page = told()[f"{language}/bulletins/test-001/data.md"]
    assert WITHDRAWN_SAYS[language] in card(language, WITHDRAWN)
    assert {"zh": "<del>100 吨以上</del>", "en": "<del>at least 100 tonnes</del>"}[language] in page
    counted = {"zh": "14 个数据", "en": "14 figures"}[language]
    assert counted in page
    assert WITHDRAWN not in told()[f"{language}/indicators/waste.md"]


@in_both
def test_a_corrected_figure_is_marked_beside_its_value(language: Language) -> None:
    """The mark leads to the history on the same card; no other card has one, nor has unreleased data."""
    page = parse(told()[f"{language}/bulletins/test-001/data.md"])
    marks = [e for e in page.all("a") if e.attributes.get("class") == "kb-badge kb-badge--open"]
    said = {"zh": "已更正", "en": "corrected"}[language]
    assert [(e.text, e.attributes["href"]) for e in marks] == [(said, f"#{CORRECTED}-history")]
    assert page.one("id", f"{CORRECTED}-history").text == {"zh": "历史", "en": "History"}[language]
    unreleased = replace(past(), bulletins={"test-001": replace(package(), releases=())})
    assert "kb-badge--open" not in pages(unreleased)[f"{language}/bulletins/test-001/data.md"]


def with_correction(column: str, old: str, new: str) -> str:
    """Correct one more cell, and give the history of that figure on its English card, as HTML."""
    bulletin = package()
    corrections = bulletin.tables["corrections"].copy()
    row = dict(zip(corrections.columns, ("test-001.c04", CORRECTED, "2024-11-01"), strict=False))
    row |= {"column": column, "old": old, "new": new, "reason_zh": "理由", "reason_en": "A reason"}
    corrections.loc[len(corrections)] = row
    edited = replace(bulletin, tables={**bulletin.tables, "corrections": corrections})
    page = pages(replace(past(), bulletins={"test-001": edited}))["en/bulletins/test-001/data.md"]
    return page.partition(f'id="{CORRECTED}-history"')[2].partition("</li>")[0]


@pytest.mark.parametrize(
    ("column", "old", "new", "said"),
    [
        ("unit", "case", "river", "<del>Works</del> → <ins>Rivers</ins>"),
        ("qualifier", "range", "exact", "<del>range</del> → <ins>exact</ins>"),
        ("qualifier", "about", "exact", "<del>about 400 people</del> → <ins>400 people</ins>"),
        ("printed", "近", "约", '<del lang="zh-Hans">近</del> → <ins lang="zh-Hans">约</ins>'),
    ],
)
def test_a_correction_shows_what_changed(column: str, old: str, new: str, said: str) -> None:
    """Units go by their labels, what reads the same by its cells; Chinese print is marked as Chinese."""
    assert said in with_correction(column, old, new)


def test_a_figure_that_was_withdrawn_before_any_release_has_no_card() -> None:
    """What was never published is not told as withdrawn, and stops nothing."""
    bulletin = package()
    never = replace(bulletin, releases=bulletin.releases[-1:])
    found = pages(replace(past(), bulletins={"test-001": never}))
    assert f'id="{WITHDRAWN}"' not in found["en/bulletins/test-001/data.md"]
    assert "test-001.c03" in found["en/bulletins/test-001/versions.md"]


def test_a_note_may_change_without_history() -> None:
    """Words about a figure are not the figure: it stands unchanged."""
    bulletin = package()
    figures = bulletin.tables["figures"].copy()
    figures.loc[0, "note_en"] = "Another note."
    edited = replace(bulletin, tables={**bulletin.tables, "figures": figures})
    page = pages(replace(past(), bulletins={"test-001": edited}))["en/bulletins/test-001/data.md"]
    assert "unchanged since version 1.0.0" in page.partition('id="test-001.1.02"')[0]


def attacked() -> Archive:
    """Put markup where a correction keeps text, and values that no reading fits."""
    bulletin = package()
    corrections = bulletin.tables["corrections"].copy()
    corrections["old"] = ATTACK
    corrections["reason_zh"] = corrections["reason_en"] = ATTACK
    last = bulletin.releases[-1]
    rows = [
        {**row, "old": ATTACK, "reason_zh": ATTACK, "reason_en": ATTACK} for row in last.tables["corrections"]
    ]
    version = last._replace(tables={**last.tables, "corrections": rows})
    edited = replace(
        bulletin,
        tables={**bulletin.tables, "corrections": corrections},
        releases=(*bulletin.releases[:-1], version),
    )
    return replace(past(), bulletins={"test-001": edited})


@in_both
def test_markup_in_old_values_is_shown_as_typed(language: Language) -> None:
    """An old value or a reason is text, on the card, on the page of versions and in the feed."""
    found = pages(attacked())
    for page in ("data", "versions"):
        html = found[f"{language}/bulletins/test-001/{page}.md"]
        assert "<img" not in html
        assert "&lt;img src=x onerror=alert(1)&gt;" in html
    parsed = feedparser.parse(found[f"{language}/feed.xml"], sanitize_html=False)
    assert not parsed.bozo
    assert not [entry for entry in parsed.entries if "<img" in entry.content[0].value]
    assert [entry for entry in parsed.entries if ATTACK in entry.summary]


# --- the feeds


@in_both
def test_feed_is_valid_atom(language: Language) -> None:
    """It has what RFC 4287 asks for, in its language, and ids that are addresses of their own."""
    text = told()[f"{language}/feed.xml"]
    parsed = feedparser.parse(text)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    feed, home = parsed.feed, URL + PREFIX[language]
    assert (feed.id, feed.author) == (f"{home}feed.xml", "Kuaibao contributors")
    assert feed.title == {"zh": "站：发布与更正", "en": "Site: releases and corrections"}[language]
    assert feed.updated == f"{VERSIONS['2.0.0']}T00:00:00Z"
    assert str(ENTRIES) in feed.subtitle
    assert {link.rel: link.href for link in feed.links} == {
        "self": f"{home}feed.xml",
        "alternate": f"{home}bulletins/",
    }
    assert f'xml:lang="{"zh-Hans" if language == "zh" else "en"}"' in text
    ids = [entry.id for entry in parsed.entries]
    assert len(ids) == len(set(ids))
    for entry in parsed.entries:
        assert entry.title
        assert entry.summary
        assert entry.link.startswith(home)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", entry.updated)


@in_both
def test_feed_tells_versions_and_corrections(language: Language) -> None:
    """One entry a version and one a correction, newest first; each leads to an address that is there."""
    entries = feedparser.parse(told()[f"{language}/feed.xml"]).entries
    assert [entry.id.partition("#")[2] for entry in entries] == [
        *("v2.0.0", "test-001.c03", "v1.1.0", "v1.0.1", "test-001.c02", "test-001.c01", "v1.0.0")
    ]
    page = told()[f"{language}/bulletins/test-001/versions.md"]
    for entry in entries:
        name = entry.id.partition("#")[2]
        assert f"#{name} }}" in page or f'id="{name}"' in page
    titles = {"zh": "撤回：清运垃圾", "en": "Withdrawn: Waste removed"}
    assert entries[1].title == titles[language]
    assert entries[1].link.endswith(f"data/#{WITHDRAWN}")


@in_both
def test_feed_lists_the_figures_that_a_version_changed(language: Language) -> None:
    """The content of a version names each figure that it added, changed or withdrew, as it reads."""
    entries = {
        e.id.partition("#v")[2]: e.content[0].value
        for e in feedparser.parse(told()[f"{language}/feed.xml"]).entries
    }
    said = {number: re.findall(r"data/#(test-[0-9.]+)", entries[number]) for number in VERSIONS}
    first = [row["figure"] for row in package().releases[0].tables["figures"]]
    assert said == {"1.0.0": first, "1.0.1": [CORRECTED], "1.1.0": [ADDED], "2.0.0": [WITHDRAWN]}
    assert {"zh": "近 400 人", "en": "nearly 400 people"}[language] in entries["1.0.1"]


def test_feed_is_bounded() -> None:
    """However many versions there are, the newest entries alone are told."""
    bulletin = package()
    last = bulletin.releases[-1]
    many = [last._replace(descriptor={**last.descriptor, "version": f"2.{n}.0"}) for n in range(1, 80)]
    whole = replace(past(), bulletins={"test-001": replace(bulletin, releases=(*bulletin.releases, *many))})
    entries = feedparser.parse(pages(whole)["en/feed.xml"]).entries
    assert len(entries) == ENTRIES
    assert entries[0].id.endswith("#v2.79.0")


def test_an_old_table_is_a_csv() -> None:
    """A kept table reads as its version held it."""
    text = frozen(package())["1.0.0"]["data/figures.csv"].decode()
    rows = {row["figure"]: row for row in csv.DictReader(StringIO(text))}
    assert rows[CORRECTED]["value"] == "300"
    assert ADDED not in rows
