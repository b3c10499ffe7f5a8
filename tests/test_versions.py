"""Two versions of a package differ in the cells that were changed, in every form, and in no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from kuaibao import versions
from kuaibao.errors import LANGUAGES, UsageError
from kuaibao.opening import open_version
from kuaibao.stamped import stamped
from kuaibao.versions import Cell, Change
from kuaibao.wording import say
from projects import copy_good

if TYPE_CHECKING:
    from pathlib import Path

    from kuaibao.errors import Language
    from projects import Project

NAMES = ("数据", "Figures")
ATTACK = "<b>@all</b> | `x`\n{{ y }}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a copy of the good project."""
    return copy_good(tmp_path)


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """Give the folder of the good package as it was."""
    (tmp_path / "before").mkdir()
    return copy_good(tmp_path / "before").folder("figures")


def changes(old: Path, new: Path) -> list[Change]:
    """Compare two packages by their paths."""
    return versions.compare(open_version(old), open_version(new))


def cell(project: Project, table: str, row: int, column: int) -> str:
    """Read a cell; rows are counted as a spreadsheet does, columns from 0."""
    return project.csv(table).read_text(encoding="utf-8").splitlines()[row - 1].split(",")[column]


def test_the_same_package_has_no_difference(project: Project, before: Path) -> None:
    """Nothing is told of what did not change; the order of rows says nothing either."""
    assert changes(before, project.folder("figures")) == []
    assert changes(before, project.exchange_rows("figures", 2, 3).folder("figures")) == []
    assert versions.report([], "text", "en") == "The two versions do not differ.\n"


def test_every_cell_that_differs_is_told(project: Project, before: Path) -> None:
    """A changed cell, a row that is gone and a property of the descriptor, each with old and new text."""
    key, gone = cell(project, "figures", 2, 0), cell(project, "sections", 2, 0)
    project.edit_csv("figures", 2, "note_en", ATTACK).drop_row("sections", 2)
    project.edit_json("test-001", "version", value="9.0.0")
    found = {(change.table, change.key): change for change in changes(before, project.folder("figures"))}
    assert set(found) == {("figures", key), ("sections", gone), ("datapackage.json", "version")}
    assert found["figures", key].kind == "changed"
    assert [(each.column, each.new) for each in found["figures", key].cells] == [("note_en", ATTACK)]
    assert found["sections", gone].kind == "removed"
    assert all(each.new == "" for each in found["sections", gone].cells)
    assert found["datapackage.json", "version"].cells[0].new == "9.0.0"


def test_a_row_that_is_doubled_is_told(project: Project, before: Path) -> None:
    """A key that occurs twice hides nothing."""
    project.change_rows("figures", lambda rows: rows.append(rows[1]))
    (change,) = changes(before, project.folder("figures"))
    assert (change.table, change.kind, change.key) == (
        "figures",
        "added",
        f"{cell(project, 'figures', 2, 0)} #2",
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", versions.FORMS)
def test_every_form_holds_every_cell(form: str, language: Language) -> None:
    """All forms tell table, key and both texts."""
    told = versions.report(
        [Change("figures", NAMES, "t-001", "changed", (Cell("value", NAMES, "190400", "190500"),))],
        form,
        language,
    )
    assert told.endswith("\n")
    for text in ("190400", "190500", "001"):
        assert text in told


def test_forms_show_text_inertly() -> None:
    """HTML and Markdown within a cell appear as typed; JSON keeps it to the letter."""
    change = [Change("figures", NAMES, "t-001.1.01", "changed", (Cell("note_en", NAMES, "", ATTACK),))]
    for form in ("html", "markdown"):
        assert "<b>" not in versions.report(change, form, "en")
    assert "@all" not in versions.report(change, "markdown", "en")
    assert json.loads(versions.report(change, "json", "en"))[0]["cells"][0]["new"] == ATTACK


def test_a_zip_is_a_package(project: Project, before: Path, tmp_path: Path) -> None:
    """The zip that the site publishes can be compared with a folder."""
    with ZipFile(tmp_path / "test-001.zip", "w") as archive:
        for file in sorted(before.rglob("*.*")):
            archive.write(file, file.relative_to(before).as_posix())
    assert changes(tmp_path / "test-001.zip", project.folder("figures")) == []


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    """A missing path, a file of another kind and an empty folder are wrong usage."""
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for name in ("missing", "a.txt", "empty"):
        with pytest.raises(UsageError, match=name):
            open_version(tmp_path / name)


def test_a_package_that_lacks_a_table_is_refused(project: Project) -> None:
    """A table that the descriptor names and that is not there, or is no table, is told by its name."""
    project.csv("figures").write_text("a,b\n1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="test-001"):
        open_version(project.folder("figures"))
    project.csv("figures").unlink()
    with pytest.raises(UsageError, match=r"data/figures\.csv"):
        open_version(project.folder("figures"))


def test_two_packages_are_not_compared(project: Project) -> None:
    """Versions are those of one package; which two were named is said."""
    with pytest.raises(UsageError) as raised:
        changes(project.folder("units"), project.folder("figures"))
    assert raised.value.text["en"] == "codelists and test-001 are two packages; name two versions of the same"


def test_sizes_and_hashes_are_no_difference(project: Project, before: Path) -> None:
    """A published package states what follows from its cells; nobody changed that."""
    files = {path.relative_to(before).as_posix(): path.read_bytes() for path in before.rglob("*.csv")}
    descriptor = json.loads((before / "datapackage.json").read_bytes())
    (before / "datapackage.json").write_bytes(stamped(descriptor, files))
    assert changes(before, project.folder("figures")) == []


def test_html_is_a_page_of_its_own() -> None:
    """It says its character set and language, so that a saved file shows Chinese."""
    page = versions.report([], "html", "zh")
    assert page.startswith('<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">')
    assert f"<h1>{say('diff_same', 'zh')}</h1>" in page
