"""What was released stays as it was, ids stay, and each change of a figure is accounted for."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from kuaibao.checks import check
from kuaibao.handwritten import pages
from kuaibao.load import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project

FROZEN = "datapackages/test-001/releases/1.0.0"


def add_folder(project: Project) -> None:
    """Leave a folder between the releases that is none."""
    (project.release().root / "datapackages/test-001/releases/old").mkdir()


def rename_release(project: Project) -> None:
    """Rename the folder of a release."""
    folder = project.release().root / FROZEN
    folder.rename(folder.with_name("1.0.1"))


def date_back(project: Project) -> None:
    """Release twice and date the second release before the first."""
    project.release().correct(6, "measure", "test-001.m02", "test-001.m01").release("2026-12-01")
    for folder in ("", "releases/1.0.1/"):
        project.replace(f"datapackages/test-001/{folder}datapackage.json", "2026-12-01T", "2026-11-01T")


def stamp(project: Project) -> None:
    """State the size and the hash of a table that is another."""
    project.edit_json("test-001", "resources", 0, "bytes", value=7)
    project.edit_json("test-001", "resources", 0, "hash", value="sha256:7")


def bring_back(project: Project) -> None:
    """Withdraw a figure, release, and use its id again."""
    row = project.csv("figures").read_text(encoding="utf-8").splitlines()[8]
    project.release().withdraw().release("2026-12-01")
    project.change_rows("figures", lambda rows: rows.insert(8, row.split(",")))
    project.edit_row("numerals", 14, kind="figure", reason_zh="", reason_en="")


def change_correction(project: Project) -> None:
    """Release a correction and change its reason afterwards."""
    project.release().edit_csv("corrections", 2, "reason_en", "Misread, perhaps")


def lose_code_lists(project: Project) -> None:
    """Release twice and lose the code lists with which the first release was made."""
    project.release().edit_csv("topics", 2, "label_en", "Waters").release("2026-12-01")
    shutil.rmtree(project.root / "datapackages/codelists/releases/1.0.0")


def renumber(project: Project, old: str, new: str) -> None:
    """Give the newest release of the bulletin another number, in its folder and in both descriptors."""
    folder = project.folder("figures")
    (folder / "releases" / old).rename(folder / "releases" / new)
    for path in (f"releases/{new}/", ""):
        name = f"datapackages/test-001/{path}datapackage.json"
        project.replace(name, f'"version": "{old}"', f'"version": "{new}"')


def copy_release(project: Project) -> None:
    """Copy a release under another number."""
    folder = project.release().folder("figures") / "releases"
    shutil.copytree(folder / "1.0.0", folder / "1.0.0.copy")
    (folder / "1.0.0.copy").rename(folder / "1.0.1")
    for path in ("releases/1.0.1/", ""):
        name = f"datapackages/test-001/{path}datapackage.json"
        project.replace(name, '"version": "1.0.0"', '"version": "1.0.1"')


def interrupt(project: Project) -> None:
    """Put back descriptor and changelog as they were before the second release."""
    corrected = correct(project.release())
    files = [project.folder("figures") / name for name in ("datapackage.json", "CHANGELOG.md")]
    kept = [file.read_bytes() for file in files]
    corrected.release("2026-12-01")
    for file, content in zip(files, kept, strict=True):
        file.write_bytes(content)


def forget(project: Project) -> None:
    """Put back the changelog as it was before the second release."""
    corrected = correct(project.release())
    file = project.folder("figures") / "CHANGELOG.md"
    kept = file.read_bytes()
    corrected.release("2026-12-01")
    file.write_bytes(kept)


def lose_releases(project: Project) -> None:
    """Throw the releases away and begin anew."""
    shutil.rmtree(project.release().folder("figures") / "releases")
    project.edit_json("test-001", "version", value="0.1.0")


def correct(project: Project) -> Project:
    """Correct a figure."""
    return project.correct(6, "measure", "test-001.m02", "test-001.m01")


def correct_late(project: Project) -> None:
    """Release a correction and date the release before it."""
    correct(project.release()).release("2026-12-01")
    for folder in ("", "releases/1.0.1/"):
        project.replace(f"datapackages/test-001/{folder}datapackage.json", "2026-12-01T", "2026-11-30T")


def cite_withdrawn(project: Project) -> None:
    """Withdraw a figure that pages cite and link to."""
    project.release().withdraw().append("docs/zh/index.md", '{{ fig("test-001.1.08") }}')
    project.append("docs/en/index.md", '{{ fig("test-001.1.08") }}')


CHANGES = "datapackages/test-001/CHANGELOG.md"

BROKEN: dict[str, Callable[[Project], object]] = {
    "version_backwards": lambda p: p.release().edit_json("test-001", "version", value="0.9.0"),
    "version_by_hand": lambda p: p.release().edit_json("codelists", "version", value="1.0.1"),
    "date_by_hand": lambda p: p.release().edit_json("test-001", "created", value="2026-11-23T00:00:00Z"),
    "version_before_any_release": lambda p: p.edit_json("test-001", "version", value="1.0.0"),
    "version_of_no_form": lambda p: p.edit_json("test-001", "version", value="0.1"),
    "unreadable": lambda p: p.release().write_bytes(f"{FROZEN}/datapackage.json", b"{"),
    "incomplete": lambda p: (p.release().root / FROZEN / "data/figures.csv").unlink(),
    "no_release": add_folder,
    "renamed": rename_release,
    "frozen_edited": lambda p: p.release().replace(f"{FROZEN}/data/figures.csv", ",36,", ",35,"),
    "frozen_added": lambda p: p.release().write_bytes(f"{FROZEN}/data/extra.csv", b"a\n"),
    "dates_backwards": date_back,
    "code_lists_gone": lose_code_lists,
    "stamp": stamp,
    "indicator_gone": lambda p: p.release().rename_codes("townships", "towns"),
    "figure_gone": lambda p: p.release().withdraw().drop_row("corrections", 3),
    "measure_gone": lambda p: p.add_measure().release().drop_row("measures", 5),
    "figure_back": bring_back,
    "cell_changed": lambda p: p.release().edit_csv("figures", 6, "measure", "test-001.m01"),
    "cell_emptied": lambda p: p.release().edit_row("figures", 10, period="", period_basis="unstated"),
    "print_changed": lambda p: p.release().edit_csv("numerals", 8, "printed", "36 根"),
    "correction_untrue": lambda p: p.release().correct(6, "measure", "test-001.m03", "test-001.m01"),
    "correction_of_nothing": lambda p: p.release().correct(7, "measure", "test-001.m01", "test-001.m02"),
    "correction_changed": change_correction,
    "correction_gone": lambda p: p.release().drop_row("corrections", 2),
    "first_of_another_number": lambda p: renumber(p.release(), "1.0.0", "2.0.0"),
    "number_too_high": lambda p: renumber(correct(p.release()).release("2026-12-01"), "1.0.1", "1.1.0"),
    "number_too_low": lambda p: renumber(p.release().withdraw().release("2026-12-01"), "2.0.0", "1.0.1"),
    "copied": copy_release,
    "untitled": lambda p: p.release().edit_json("test-001/releases/1.0.0", "resources", 0, "title_en"),
    "interrupted": interrupt,
    "changelog_behind": forget,
    "changelog_missing": lambda p: (p.release().root / CHANGES).unlink(),
    "changelog_edited": lambda p: p.release().replace(CHANGES, "首次发布。", "首次发布了。"),
    "changelog_of_another_version": lambda p: p.release().replace(CHANGES, "## 1.0.0", "## 1.0.1"),
    "changelog_longer": lambda p: p.release().append(CHANGES, "- more"),
    "changelog_too_large": lambda p: p.release().swell(CHANGES, 21 << 20),
    "releases_lost": lose_releases,
    "correction_late": correct_late,
    "correction_early": lambda p: correct(p.release()).edit_csv("corrections", 3, "date", "2026-11-21"),
    "withdrawn_cited": cite_withdrawn,
    "correction_without_reason": lambda p: p.edit_csv("corrections", 2, "reason_zh", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]


RIGHT: dict[str, Callable[[Project], object]] = {
    "released": lambda p: p.release(),
    "note": lambda p: p.release().edit_row("figures", 7, note_zh="毛重。", note_en="Gross weight."),
    "corrected": lambda p: p.release().correct(6, "measure", "test-001.m02", "test-001.m01"),
    "twice": lambda p: p.release().correct(6, "measure", "test-001.m02", "test-001.m01")
    .release("2026-12-01").correct(6, "measure", "test-001.m01", "test-001.m02", "test-001.c03"),
    "withdrawn": lambda p: p.release().withdraw(),
    "withdrawn_and_released": lambda p: p.release().withdraw().release("2026-12-01"),
    "rows_exchanged": lambda p: p.release().exchange_rows("measures", 2, 3).seal(),
}  # fmt: skip


@pytest.mark.parametrize("case", RIGHT)
def test_no_problem(case: str, project: Project) -> None:
    """What a release allows passes, and each rule on releases was applied."""
    RIGHT[case](project)
    tally = check(load(project.root), pages(project.root), project.root / "sources")
    assert tally.problems == []
    applied = {"release-step", "release-changelog", "release-correction-date", "release-code"}
    applied |= {"release-version", "release-frozen", "release-lists", "release-id", "release-correction"}
    assert applied - set(tally.checked) == set()


def test_a_stamp_that_is_right_is_no_problem(project: Project) -> None:
    """A published package, put back as it is, states size and hash of its tables."""
    published = project.release().root / FROZEN / "datapackage.json"
    project.write_bytes("datapackages/test-001/datapackage.json", published.read_bytes())
    assert "hash" in json.loads(published.read_bytes())["resources"][0]
    tally = check(load(project.root), pages(project.root))
    assert (tally.problems, tally.checked["resource-hash"]) == ([], 12)
