"""What cannot be read as a table is told with file, row and remedy, once a cause."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kuaibao.errors import UsageError
from kuaibao.load import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from projects import Project, Rows


def move_last_column(rows: Rows) -> None:
    """Move the last column to the front."""
    for row in rows:
        row.insert(0, row.pop())


def rename_unit(rows: Rows) -> None:
    """Translate the name of a column."""
    rows[0][8] = "单位"


def add_empty_columns(rows: Rows) -> None:
    """Leave columns without a name at the end, as spreadsheets do."""
    for row in rows:
        row += ["", ""]


def add_cell(rows: Rows) -> None:
    """Type something beside the table."""
    rows[3].append("x")


def add_commas(rows: Rows) -> None:
    """End every row but the header with a comma."""
    for row in rows[1:]:
        row.append("")


def insert_empty_row(rows: Rows) -> None:
    """Leave a row empty in the middle."""
    rows.insert(5, [])


def add_empty_rows(rows: Rows) -> None:
    """Leave rows of empty cells at the end, as spreadsheets do."""
    rows += [[""] * 13] * 300


BROKEN: dict[str, Callable[[Project], object]] = {
    "gbk": lambda p: p.recode("datapackages/test-001/data/measures.csv", "gb18030"),
    "utf_16": lambda p: p.recode("datapackages/test-001/data/figures.csv", "utf-16"),
    "utf_16_without_bom": lambda p: p.recode("datapackages/codelists/data/topics.csv", "utf-16-le"),
    "damaged": lambda p: p.write_bytes(
        "datapackages/test-001/data/relations.csv", b"relation,kind\n\xff\xff\n"
    ),
    "bom": lambda p: p.recode("datapackages/test-001/data/figures.csv", "utf-8-sig"),
    "workbook": lambda p: p.write_bytes("datapackages/test-001/data/figures.csv", b"PK\x03\x04rest"),
    "open_quote": lambda p: p.replace(
        "datapackages/test-001/data/figures.csv", "test-001.1.02,", '"test-001.1.02,'
    ),
    "stray_quote": lambda p: p.replace(
        "datapackages/test-001/data/measures.csv", "River works", '"River" works'
    ),
    "column_renamed": lambda p: p.change_rows("figures", rename_unit),
    "column_moved": lambda p: p.change_rows("units", move_last_column),
    "last_column_missing": lambda p: p.change_rows("figures", lambda rows: [row.pop() for row in rows]),
    "last_cells_missing": lambda p: p.change_rows("topics", lambda rows: rows[1].pop()),
    "empty_columns": lambda p: p.change_rows("topics", add_empty_columns),
    "semicolons": lambda p: p.replace("datapackages/codelists/data/topics.csv", ",", ";"),
    "tabs": lambda p: p.replace("datapackages/codelists/data/topics.csv", ",", "\t"),
    "empty_file": lambda p: p.write_bytes("datapackages/codelists/data/topics.csv", b""),
    "extra_cell": lambda p: p.change_rows("figures", add_cell),
    "extra_cells_everywhere": lambda p: p.change_rows("figures", add_commas),
    "empty_row": lambda p: p.change_rows("figures", insert_empty_row),
    "empty_rows_at_the_end": lambda p: p.change_rows("figures", add_empty_rows),
    "table_missing": lambda p: p.csv("corrections").unlink(),
    "descriptor_missing": lambda p: (p.folder("figures") / "datapackage.json").unlink(),
    "codelists_missing": lambda p: shutil.rmtree(p.folder("units")),
    "broken_json": lambda p: p.replace(
        "datapackages/test-001/datapackage.json", '"name": "test-001",', '"name": "test-001"'
    ),
    "json_list": lambda p: p.write_bytes("datapackages/test-001/datapackage.json", b"[]"),
    "deep_json": lambda p: p.write_bytes("datapackages/test-001/datapackage.json", b"[" * 100_000),
    "json_with_bom": lambda p: p.recode("datapackages/test-001/datapackage.json", "utf-8-sig"),
    "json_nan": lambda p: p.replace(
        "datapackages/test-001/datapackage.json", '"name": "test-001",', '"name": "test-001", "x": NaN,'
    ),
    "json_key_twice": lambda p: p.replace(
        "datapackages/test-001/datapackage.json", '"name": "test-001",', '"name": "a", "name": "test-001",'
    ),
    "descriptor_too_large": lambda p: p.swell("datapackages/test-001/datapackage.json", 6_000_000),
    "table_too_large": lambda p: p.swell("datapackages/test-001/data/figures.csv", 10**12),
    "too_many_rows": lambda p: p.change_rows("topics", lambda rows: rows.extend([["a"] * 5] * 100_001)),
    "linked_file": lambda p: p.link("datapackages/test-001/data/figures.csv", "/etc/passwd"),
    "linked_folder": lambda p: p.link("datapackages/test-001/data", "../codelists/data"),
    "linked_package": lambda p: p.link("datapackages/test-002", "test-001"),
    "linked_page": lambda p: p.link("docs/zh/other.md", "index.md"),
    "linked_folder_of_drafts": lambda p: p.link("drafts", "/etc"),
    "pipe": lambda p: p.pipe("docs/zh/pipe.md"),
    "hidden_in_name": lambda p: p.write_bytes("docs/zh/a\u202egnp.md", b""),
    "line_break_in_name": lambda p: p.write_bytes("docs/zh/a\nb.md", b""),
    "name_for_no_windows": lambda p: p.write_bytes("docs/zh/a:b.md", b""),
    "names_differ_in_case": lambda p: p.write_bytes("docs/zh/Index.md", b""),
    "json_in_gbk": lambda p: p.recode("datapackages/test-001/datapackage.json", "gb18030"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]


def test_good(project: Project) -> None:
    """A table is text, cells exactly as in the file, and a hidden folder is no package."""
    (project.root / "datapackages" / ".cache").mkdir()
    archive = load(project.root)
    assert list(archive.bulletins) == ["test-001"]
    row = archive.bulletins["test-001"].rows("figures")[6]
    assert (row["value"], row["value_end"], row["area"]) == ("270000000", "", "999901")


def test_no_packages(tmp_path: Path) -> None:
    """A folder without datapackages is wrong usage."""
    with pytest.raises(UsageError) as caught:
        load(tmp_path)
    assert caught.value.text == {
        "zh": f"{tmp_path} 里没有 datapackages 文件夹；请用 --root 指明项目所在的文件夹",
        "en": f"{tmp_path} holds no folder datapackages; name the project's folder with --root",
    }


def test_locked_file(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program holds is told as such."""

    def locked(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", locked)
    with pytest.raises(UsageError) as caught:
        load(project.root)
    file = project.root / "datapackages" / "codelists" / "datapackage.json"
    assert caught.value.text["en"] == (
        f"cannot open {file}: Permission denied; if a spreadsheet program has it open, close it first"
    )
