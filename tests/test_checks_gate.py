"""The gate as a whole: good data pass, every rule is shown to fire, all problems come at once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kuaibao.checks import Tally, check
from kuaibao.errors import Place, UsageError, rules
from kuaibao.handwritten import pages
from kuaibao.load import load
from projects import PACKAGES, ROOT, read_messages

if TYPE_CHECKING:
    from pathlib import Path

    from projects import Project

# Rules that load or render applies, which only count where they fail.
UNCOUNTED = {code for code in rules() if code.startswith(("csv-", "file-"))} | {
    "descriptor-missing", "descriptor-json", "table-missing",
}  # fmt: skip
# Rules that the workbook applies when it is taken back; test_workbook.py shows each.
TAKEN_BACK = {code for code, rule in rules().items() if rule.group == "workbook"}
# Rules of cases that good data do not have: a text in another encoding, a fall, a unit that is not printed or
# stands in a header, another area than the bulletin's, a page that cites what was withdrawn.
ABSENT = {"page-withdrawn", "source-encoding", "figure-sign", "figure-unit-note"} | {
    "resource-hash", "figure-header-unit", "source-header-unit", "source-area",
}  # fmt: skip
# Rules of a package that has releases, and of one that is released or built.
RELEASED = {code for code, rule in rules().items() if rule.group == "releases"} - {"release-none"}
AT_RELEASE = {"release-pending", "release-codelists"}


def codes(project: Project) -> list[str]:
    """List the rules that a project breaks."""
    return [problem.code for problem in project.problems()]


def test_good_project(project: Project) -> None:
    """The good project passes, and each rule was applied to it."""
    tally = check(load(project.root), pages(project.root), project.root / "sources")
    assert tally.problems == []
    assert set(rules()) - set(tally.checked) == UNCOUNTED | ABSENT | TAKEN_BACK | RELEASED
    assert {failed for _, _, failed in tally.outcome()} == {0}


def test_first_bulletin(sources: Path) -> None:
    """The first bulletin passes, held against its text."""
    assert check(load(ROOT), pages(ROOT), sources).problems == []


def test_every_rule_is_shown_to_fire() -> None:
    """The recorded messages show each rule of the catalogue, and no other, in both languages."""
    files = sorted((PACKAGES / "messages").glob("*.txt"))
    lines = [line for file in files for told in read_messages(file).values() for line in told]
    for language, mark in (("zh", "改法："), ("en", "To mend it: ")):
        shown = {line.rpartition("[")[2].rstrip("]") for line in lines if mark in line}
        assert shown == set(rules()) - TAKEN_BACK - AT_RELEASE, language


def test_all_at_once(project: Project) -> None:
    """Faults of cells, notes, values, relations, offsets and pages are told together."""
    project.edit_json("test-001", "title_en")
    project.edit_csv("indicators", 2, "label_zh", "Townships").edit_csv("figures", 2, "value", "13")
    project.edit_csv("figures", 6, "note_zh", "另有说明").edit_csv("relations", 2, "status", "sic")
    project.edit_row("numerals", 8, start="90", end="94").append("docs/zh/index.md", "有 36 条河道。")
    assert codes(project) == [
        "descriptor-field",
        "label-chinese",
        "label-pair",
        "figure-value",
        "relation-sic",
        "source-offset",
        "page-digit",
    ]


def test_all_files_at_once(project: Project) -> None:
    """What cannot be read is told for every file."""
    project.csv("corrections").unlink()
    project.recode("datapackages/test-001/data/figures.csv", "utf-16").edit_csv("topics", 1, "topic", "theme")
    project.write_bytes("datapackages/test-001/datapackage.json", b"{")
    assert codes(project) == ["csv-header", "descriptor-json", "csv-encoding", "table-missing"]


def test_one_package_does_not_hide_another(project: Project) -> None:
    """A package with broken cells does not keep the others, or the pages' own form, from being checked."""
    other = project.root / "datapackages" / "test-002"
    shutil.copytree(project.folder("figures"), other)
    shutil.copyfile(project.root / "sources" / "test-001.txt", project.root / "sources" / "test-002.txt")
    for file in [other / "datapackage.json", *(other / "data").glob("*.csv")]:
        file.write_bytes(file.read_bytes().replace(b"test-001", b"test-002"))
    assert codes(project) == []
    table = other / "data" / "figures.csv"
    table.write_bytes(table.read_bytes().replace(b",12,,township", b",13,,township"))
    project.edit_csv("figures", 3, "value", "36 条").append("docs/zh/index.md", "三十名。")
    assert codes(project) == ["cell-type", "figure-value", "page-digit"]


def test_no_sources(project: Project) -> None:
    """Without texts, the rules on texts are not applied."""
    tally = check(load(project.root), pages(project.root))
    assert tally.problems == []
    assert not any(code.startswith("source-") for code in tally.checked)


def test_sources_are_no_folder(project: Project) -> None:
    """A mistyped folder of texts is wrong usage, not silence."""
    with pytest.raises(UsageError) as caught:
        check(load(project.root), {}, project.root / "texts")
    assert caught.value.text == {
        "zh": f"没有文件夹 {project.root / 'texts'}；请检查 --sources",
        "en": f"no folder {project.root / 'texts'}; check --sources",
    }


def test_tally() -> None:
    """A tally counts applications and keeps failures, and lists rules in the order of the catalogue."""
    tally, place = Tally(), Place("a.csv")
    assert tally.expect(True, "cell-type", place)  # noqa: FBT003  # the call under test
    assert not tally.expect(False, "cell-type", place, "x", type_zh="", type_en="")  # noqa: FBT003  # the same
    tally.fail("csv-bom", place)
    assert tally.outcome() == [("csv-bom", 1, 1), ("cell-type", 2, 1)]
    assert [problem.value for problem in tally.problems] == ["x", ""]
