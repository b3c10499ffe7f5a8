"""What a reader sees of a released figure does not change through the code lists without a new version."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import feedparser  # type: ignore[import-untyped]  # it ships no types
import pytest

from built import kuaibao, parse
from kuaibao import pending, site, versions
from kuaibao.errors import LANGUAGES, DataError
from kuaibao.history import releases
from kuaibao.load import load
from kuaibao.releasing import release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kuaibao.errors import Language
    from projects import Project

LATER, LATEST = date(2026, 12, 1), date(2026, 12, 2)
COUNTED, OTHER = "test-001.1.05", "test-001.1.06"  # in people, and in tonnes
PREFIX = {"zh": "", "en": "en/"}


def in_millions(project: Project) -> Project:
    """Make every count of people a count of millions, by the words of its unit alone."""
    return project.edit_row("units", 2, singular_en="million people", plural_en="million people")


def waiting(project: Project) -> list[str]:
    """Name what differs from its release."""
    return [package.name for package, _ in pending.pending(load(project.root))]


def again(project: Project, day: date = LATER) -> list[tuple[str, str, str]]:
    """Release everything once more; give name, version and why."""
    done = release(project.root, ["codelists", "test-001"], day)
    return [(each.name, each.new, each.why) for each in done]


# --- from the edit to the page


PENDING = {
    "zh": "datapackages/test-001/datapackage.json：test-001 与发布版 1.0.0 不同：新增 0 行，删去 0 行，"
    "改动 1 行（代码表：units person）。改法：改完后写 kuaibao release {}；预览用 kuaibao serve。"
    "[release-pending]",
    "en": "datapackages/test-001/datapackage.json: test-001 differs from its release 1.0.0: rows added: 0, "
    "removed: 0, changed: 1 (code lists: units person). To mend it: when the changes are complete, run "
    "kuaibao release {}; kuaibao serve shows a preview. [release-pending]",
}


def refused(project: Project) -> list[dict[str, str]]:
    """Try to build the site; give what was said, by language."""
    with pytest.raises(DataError) as error:
        site.build(project.root, [])
    return [{language: each.text(language) for language in LANGUAGES} for each in error.value.problems]


def said(names: str) -> dict[str, str]:
    """Give what the build says of the bulletin, with the command that mends it."""
    return {language: text.format(names) for language, text in PENDING.items()}


def test_a_unit_in_other_words_needs_new_versions(project: Project) -> None:
    """The build waits for the code lists, then for the bulletin, and each refusal names what to run."""
    in_millions(project.release())
    assert project.problems() == []
    lists, bulletin = refused(project)
    assert "kuaibao release codelists;" in lists["en"]
    assert bulletin == said("codelists test-001")
    done = kuaibao("release", "codelists", "--date", "2026-12-01", "--lang", "en", root=project.root)
    assert done.stdout.partition("\n")[2] == (
        "test-001 has changes that are not released (the last version is 1.0.0); before the site is built, "
        "run kuaibao release test-001\n"
    )
    assert refused(project) == [said("test-001")]
    done = kuaibao("release", "test-001", "--date", "2026-12-01", "--lang", "en", root=project.root)
    assert done.stdout.startswith("test-001: 1.0.0 → 1.0.1. Patch: cells or descriptions changed.")
    assert len(done.stdout.splitlines()) == 1
    built = site.build(project.root, [])
    for language in LANGUAGES:
        expect_told(project, built, language)


CARD = {
    "zh": "2026 年 12 月 1 日 · 1.0.1 版 people → million people 单位 person：改了英文复数",
    "en": "1 December 2026 · version 1.0.1 people → million people "
    "Units of measure, person: English plural changed",
}
SINCE = {"zh": "自 {} 版", "en": "unchanged since version {}"}


def expect_told(project: Project, built: Path, language: Language) -> None:
    """Expect the change on the card, the page of versions, in the feed, the kept files and the changelog."""
    folder = built / PREFIX[language] / "bulletins" / "test-001"
    html = (folder / "data" / "index.html").read_text(encoding="utf-8").replace("</dt>", "</dt> ")
    cards = {name: " ".join(parse(html).one("id", name).text.split()) for name in (COUNTED, OTHER)}
    assert CARD[language] in cards[COUNTED]
    assert SINCE[language].format("1.0.1") in cards[COUNTED]
    assert SINCE[language].format("1.0.0") in cards[OTHER]
    assert "million" not in cards[OTHER]
    page = (folder / "versions" / "index.html").read_text(encoding="utf-8")
    assert re.search(r">people</td><td [^>]*>million people</td>", page)
    entries = feedparser.parse((built / PREFIX[language] / "feed.xml").read_bytes()).entries
    (entry,) = [each for each in entries if each.id.endswith("test-001/versions/#v1.0.1")]
    assert "<del>people</del> → <ins>million people</ins>" in entry.content[0].value
    changelog = (project.folder("figures") / "CHANGELOG.md").read_text(encoding="utf-8")
    title = {"zh": "英文复数：", "en": "English plural: "}[language]
    assert f"- {title}`people` → `million people`" in changelog
    kept = json.loads((built / "downloads/test-001/1.0.1/changes-from-1.0.0.json").read_bytes())
    assert [change["cells"][1] for change in kept if change["table"] == "units"] == [
        {"column": "plural_en", "old": "people", "new": "million people"}
    ]


# --- what counts, and what does not


TOUCHING: dict[str, Callable[[Project], object]] = {
    "unit": in_millions,
    "label of an indicator": lambda p: p.edit_row("indicators", 2, label_en="Towns"),
    "definition of an indicator": lambda p: p.edit_row("indicators", 2, definition_zh="由州里统计"),
    "topic of an indicator": lambda p: p.edit_row("topics", 2, label_en="Waters"),
    "area": lambda p: p.edit_row("areas", 3, label_zh="青禾市"),
    "area around it": lambda p: p.edit_row("areas", 2, label_zh="青禾地区"),
    "organisation": lambda p: p.edit_row("organisations", 2, label_en="River Bureau"),
}
APART: dict[str, Callable[[Project], object]] = {
    "a new row": lambda p: p.add_row("areas", "999903", "county", "999900", "2001", "", "新县", "Xin County"),
    "an area of no bulletin": lambda p: p.edit_row("areas", 4, label_en="Older Qinghe County"),
    "another order": lambda p: p.exchange_rows("units", 2, 3),
}


@pytest.mark.parametrize("case", TOUCHING)
def test_words_that_a_bulletin_uses_make_it_pending(case: str, project: Project) -> None:
    """What a figure, a measure or the descriptor names, directly or not, is a patch of the bulletin."""
    TOUCHING[case](project.release())
    assert waiting(project) == ["codelists", "test-001"]
    assert again(project) == [("codelists", "1.0.1", "changed"), ("test-001", "1.0.1", "changed")]
    assert waiting(project) == []
    assert project.problems() == []


@pytest.mark.parametrize("case", APART)
def test_words_that_a_bulletin_does_not_use_leave_it(case: str, project: Project) -> None:
    """New rows, codes that it does not name and the order of rows are no concern of a bulletin."""
    APART[case](project.release())
    assert waiting(project) == ["codelists"]
    name, number, why = again(project)[1]
    assert (name, number, why) == ("test-001", "1.0.0", "")
    assert waiting(project) == []


def test_words_that_come_back_leave_no_trace(project: Project) -> None:
    """A bulletin is held against the code lists of its own release, whatever came between."""
    before = project.csv("units").read_bytes()
    release(in_millions(project.release()).root, ["codelists"], LATER)
    assert waiting(project) == ["test-001"]
    project.csv("units").write_bytes(before)
    assert waiting(project) == ["codelists"]
    release(project.root, ["codelists"], LATEST)
    assert waiting(project) == []


def test_a_version_of_another_model_is_compared(project: Project) -> None:
    """A release may have tables that are none any more, and lack others."""
    in_millions(project.release())
    archive = load(project.root)
    last = archive.bulletins["test-001"].releases[-1]
    other = last._replace(tables={"figures": last.tables["figures"], "errata": [{"figure": "a"}]})
    found = versions.recoded(other, last._replace(lists=pending.lists_now(archive)))
    assert [(change.table, change.key) for change in found] == [("units", "person")]


def test_a_code_of_one_side_is_no_change_of_words(project: Project) -> None:
    """Where a figure is withdrawn, the words of its indicator may change at the same time."""
    project.release().withdraw().edit_row("indicators", 9, label_en="Chiefs")
    again(project)
    (_, after) = releases(load(project.root).bulletins["test-001"])
    assert after.why == "removed"
    assert "indicators" not in {change.table for change in after.changes}


def test_a_measure_in_other_words_is_told_on_the_cards(project: Project) -> None:
    """The card of a figure tells what its measure was called, and those of others do not."""
    project.release().edit_row("measures", 3, label_en="Volunteering")
    assert [each[1] for each in again(project)] == ["1.0.0", "1.0.1"]
    page = site.build(project.root, []) / "en/bulletins/test-001/data/index.html"
    html = page.read_text(encoding="utf-8")
    cards = [parse(html).one("id", name).text for name in (COUNTED, "test-001.1.01")]
    assert ["→ Volunteering" in " ".join(card.split()) for card in cards] == [True, False]
