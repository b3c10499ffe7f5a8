"""An editor drafts a bulletin, fills in the workbook, takes it back, and the package passes."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from kuaibao import desk
from kuaibao.checks import check
from kuaibao.completion import crossed
from kuaibao.discard import discard
from kuaibao.errors import DataError, Place, Problem, UsageError
from kuaibao.feedback import finish, in_workbook
from kuaibao.handwritten import pages
from kuaibao.load import load
from kuaibao.model import is_todo
from kuaibao.sealing import seal
from kuaibao.unfinished import grouped

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.cell.cell import Cell

ROOT = Path(__file__).parent.parent
NAME = "lhgh-007"
FIRST = 2  # row of a sheet below its header
TEXT = """工会简报

2024 年第 7 期

2024 年 5 月 8 日

青石县总工会今年上半年的工作围绕产业工人队伍建设改革展开，现将主要情况报告如下，供各地参考。

一、组建基层工会

2024 年以来，全县新建基层工会 36 个，发展会员近 1200 名。

二、主要指标

单位：万元
项目\t2022 年\t2023 年
培训经费\t12.5\t18
"""
# A site has a home in each language; a bulletin needs no page of its own.
PAGES = {
    "zh/index.md": "---\ntitle: 首页\ndescription: 首页。\n---\n\n首页\n",
    "en/index.md": "---\ntitle: Home\ndescription: The home page.\n---\n\nHome\n",
}
# What the editor of this test writes into a cell that is to do, by column; anything else is text.
CODES = {
    "topic": "skills 技能与人才",
    "acting": "baoshan_federation",
    "serves": "employees",
    "issuer": "yunnan_office",
    "unit": "item",
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Copy the project's packages, as an office would have them, with a bulletin beside them."""
    shutil.copytree(ROOT / "datapackages", tmp_path / "datapackages")
    (tmp_path / "bulletin.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def start(office: Path) -> Path:
    """Draft the bulletin; give the path of its workbook."""
    desk.start(office, office / "bulletin.txt", NAME, "530523")
    return office / "drafts" / f"{NAME}.xlsx"


def edit(book: Path, change: Callable[[str, Cell], None]) -> None:
    """Open the workbook as an editor would, change each data cell, and save it."""
    workbook = openpyxl.load_workbook(book)
    for sheet in workbook.worksheets:
        if sheet.title.startswith("选项"):
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    change(_column(sheet, cell), cell)
    workbook.save(book)


def _column(sheet: object, cell: Cell) -> str:
    rows = sheet.iter_rows(max_col=cell.column, min_col=cell.column)  # type: ignore[attr-defined]
    headers = (str(found.value) for (found,) in rows if found.value and "\n" in str(found.value))
    return next(headers, "").rpartition("\n")[2]


def fill_in(column: str, cell: Cell) -> None:
    """Fill in a cell that is to do."""
    value = str(cell.value)
    key = str(cell.parent.cell(cell.row, 1).value)
    times = 20 if key.startswith("description") else 1  # short ones would not pass
    if value == "todo":
        cell.value = CODES.get(column, CODES.get(key, value))
    elif value.startswith("待办"):
        cell.value = value.removeprefix("待办").removeprefix("：") or "已填写" * times
    elif value.startswith("to do"):
        text = f"Filled in {cell.coordinate}" * times
        cell.value = text.translate(str.maketrans("0123456789", "abcdefghij"))


# What the guide says may be left, by sheet: the column or, on the first sheet, the fact.
LEFT = {
    "快报": {"short_en", "description", "description_en"},
    "measures": {"label_en", "description_zh", "description_en"},
    "indicators": {"definition_zh", "definition_en"},
}


def empty(column: str, cell: Cell) -> None:
    """Empty a cell that may be left; fill in any other that is to do."""
    sheet = cell.parent.title
    name = str(cell.parent.cell(cell.row, 1).value) if sheet == "快报" and column == "value" else column
    if name in LEFT.get(sheet, ()) and is_todo(str(cell.value)):
        cell.value = None
    else:
        fill_in(column, cell)


def test_what_may_be_left_may_be_emptied(office: Path) -> None:
    """A cell that may be left is made by the program when it is emptied, as when it keeps its mark."""
    book = start(office)
    edit(book, empty)
    desk.take_back(office, book)
    assert finish(office, book).problems == []


def test_what_cannot_be_made_yet_is_to_do(office: Path) -> None:
    """An emptied definition is to do while its label is; an emptied cell that is required is told by cell."""
    book = start(office)

    def change(column: str, cell: Cell) -> None:
        if cell.parent.title == "indicators" and cell.row == FIRST:
            cell.value = None if column in {"topic", "definition_zh", "definition_en"} else cell.value
        else:
            fill_in(column, cell)

    edit(book, change)
    desk.take_back(office, book)
    told = [(found.code, found.place.text("en")) for found in finish(office, book).problems]
    cells = [f'lhgh-007.xlsx, sheet "indicators", cell {letter}2' for letter in "EFGHB"]
    assert set(told) == {*(("todo", cell) for cell in cells[:4]), ("cell-required", cells[4])}


def test_from_text_to_package(office: Path) -> None:
    """After the to-dos are filled in and taken back, every rule holds, the text included."""
    book = start(office)
    edit(book, fill_in)
    assert desk.take_back(office, book) == (office / "datapackages" / NAME, (), False)
    assert seal(office, office / "drafts", [NAME]) == [(NAME, 13)]
    archive = load(office)
    archive.bulletins.pop("yncg-090")  # type: ignore[attr-defined]  # its text is not at hand
    assert [problem.text("zh") for problem in check(archive, PAGES, office / "drafts").problems] == []
    values = [row["value"] for row in archive.bulletins[NAME].rows("figures")]
    assert values == ["36", "1200", "125000", "180000"]


MARKED = """# 青石工会简报

2024 年第 7 期（总第 7 期）

2024 年 5 月 8 日

## 一、基本情况

全县投入 **1.2** 亿元，培训职工 *3000* 余人（[名单](https://qingshi.example/20240508)）。

| 项目 | 2022 年 | 2023 年 |
|---|---|---|
| 培训（期） | 12 | **18** |
"""


def test_markdown_is_read_the_same_way_again(office: Path) -> None:
    """Marks of emphasis and links in a Markdown file stand neither in the ledger nor against the text."""
    (office / "bulletin.md").write_text(MARKED, encoding="utf-8")
    desk.start(office, office / "bulletin.md", NAME, "530523")
    archive = load(office)
    archive.bulletins.pop("yncg-090")  # type: ignore[attr-defined]  # its text is not at hand
    assert {problem.code for problem in check(archive, PAGES, office / "drafts").problems} == {"todo"}
    printed = [row["printed"] for row in archive.bulletins[NAME].rows("numerals") if row["kind"] == "figure"]
    assert printed == ["1.2 亿元", "3000 余人", "12", "18"]


def test_check_lists_what_is_to_do(office: Path) -> None:
    """A package as drafted fails with to-dos and with nothing else."""
    start(office)
    archive = load(office)
    assert {problem.code for problem in check(archive, PAGES).problems} == {"todo"}


def test_taken_back_twice(office: Path) -> None:
    """The same workbook can be taken back again after more editing; unchanged, it changes nothing."""
    book = start(office)
    edit(book, fill_in)
    desk.take_back(office, book)
    before = snapshot(office / "datapackages")
    desk.take_back(office, book)
    assert snapshot(office / "datapackages") == before


def test_existing_indicators_stay_as_they_are(office: Path) -> None:
    """A draft adds rows to the code list and changes none."""
    file = office / "datapackages" / "codelists" / "data" / "indicators.csv"
    before = file.read_bytes()
    start(office)
    assert file.read_bytes().startswith(before)


def test_an_indicator_that_no_figure_uses_leaves_the_list(office: Path) -> None:
    """Where the editor chooses an existing indicator, the proposed one is dropped."""
    book = start(office)

    def choose(column: str, cell: Cell) -> None:
        fill_in(column, cell)
        if column == "indicator" and str(cell.value).startswith("lhgh_007_1_01") and cell.column > 1:
            cell.value = "craftsman_studios"

    edit(book, choose)
    desk.take_back(office, book)
    keys = set(load(office).codelists.tables["indicators"]["indicator"])
    assert ("lhgh_007_1_01" in keys, "lhgh_007_1_02" in keys) == (False, True)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_nothing_is_overwritten(office: Path) -> None:
    """A package that exists is never overwritten."""
    start(office)
    before = snapshot(office)
    with pytest.raises(UsageError, match="已经起草过，不会覆盖"):
        desk.start(office, office / "bulletin.txt", NAME, "530523")
    assert snapshot(office) == before


@pytest.mark.parametrize("name", ["", "2024-05", "yncg", "YNCG-091", "../x-001"])
def test_names_of_the_wrong_form(office: Path, name: str) -> None:
    """An id is series and number; anything else is refused before anything is written."""
    before = snapshot(office)
    with pytest.raises(UsageError, match="格式不对"):
        desk.start(office, office / "bulletin.txt", name, "530523")
    assert snapshot(office) == before


def test_what_cannot_be_taken_changes_nothing(office: Path) -> None:
    """One formula in a data cell, and nothing at all is taken back."""
    book = start(office)
    before = snapshot(office / "datapackages")

    def calculate(column: str, cell: Cell) -> None:
        if column == "value" and cell.value == 36:
            cell.value = "=30+6"

    edit(book, calculate)
    with pytest.raises(DataError) as caught:
        desk.take_back(office, book)
    assert [problem.code for problem in caught.value.problems] == ["workbook-formula"]
    assert "=30+6" in caught.value.problems[0].text("zh")
    assert snapshot(office / "datapackages") == before


def test_a_numeral_is_not_removed(office: Path) -> None:
    """A row of the ledger that was cleared is refused by cell; one that got lost comes back."""
    book = start(office)
    handed_out = book.read_bytes()
    data = office / "datapackages"
    desk.take_back(office, book)
    before = snapshot(data)

    def clear(_: str, cell: Cell) -> None:
        if cell.parent.title == "numerals" and cell.row == 4 and cell.column > 1:
            cell.value = None

    edit(book, clear)
    with pytest.raises(DataError) as caught:
        desk.take_back(office, book)
    told = [(problem.place.text("zh"), problem.code) for problem in caught.value.problems]
    assert told == [(f"{NAME}.xlsx 工作表“numerals” 单元格 A4", "workbook-row-kept")]
    assert snapshot(data) == before
    ledger = data / NAME / "data" / "numerals.csv"
    lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    ledger.write_text("".join(lines[:3] + lines[4:]), encoding="utf-8")
    book.write_bytes(handed_out)
    desk.take_back(office, book)
    assert snapshot(data) == before


def test_a_workbook_without_a_package(office: Path) -> None:
    """A workbook is named after its bulletin."""
    stray = office / "other-001.xlsx"
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    stray.write_bytes(buffer.getvalue())
    with pytest.raises(UsageError, match="没有数据包 other-001"):
        desk.take_back(office, stray)


def test_what_is_amiss_in_the_facts_is_told_by_cell(office: Path) -> None:
    """Facts that are to do, wrong or empty are told by their cells, each once."""
    book = start(office)

    def fill_in_but_facts(column: str, cell: Cell) -> None:
        if cell.parent.title != "快报":
            fill_in(column, cell)
        elif cell.value == "2024-05-08":
            cell.value = "2024/5/8"
        elif cell.parent.cell(cell.row, 1).value in {"title", "source"} and column == "value":
            cell.value = "待办"
        elif cell.parent.cell(cell.row, 1).value != "series_en":
            fill_in(column, cell)

    edit(book, fill_in_but_facts)
    desk.take_back(office, book)
    sheet = openpyxl.load_workbook(book)["快报"]
    keys = [str(cell.value) for (cell,) in sheet.iter_rows(max_col=1)]
    told = {(problem.place.text("zh"), problem.code) for problem in finish(office, book).problems}
    expected = {"title": "todo", "source": "todo", "series_en": "todo", "date": "descriptor-date"}
    assert told == {
        (f"{NAME}.xlsx 工作表“快报” 单元格 B{keys.index(key) + 1}", code) for key, code in expected.items()
    }


def test_another_draft_does_not_stand_in_the_way(office: Path) -> None:
    """A draft is sealed while another is not finished, which is told once; its rows in lists stay."""
    book = start(office)
    desk.start(office, office / "bulletin.txt", "lhgh-008", "530523")
    edit(book, fill_in)
    desk.take_back(office, book)
    before = rows_of(office, "indicators")
    done = finish(office, book)
    assert (done.sealed, done.problems) == ([(NAME, 13)], [])
    assert list(done.others) == ["lhgh-008"]
    assert rows_of(office, "indicators") == before


def test_a_draft_that_stands_in_the_way_of_the_site_is_named_once(office: Path) -> None:
    """What is to do in a draft and its rows of code lists is one line; other problems stay."""
    start(office)
    problems = check(load(office), PAGES).problems
    other = Problem("todo", Place("datapackages/codelists/data/topics.csv", 2), "todo")
    rest, waiting = grouped([*problems, other], office, office / "drafts")
    assert rest == [other]
    assert list(waiting) == [NAME]
    assert waiting[NAME] >= len(problems) - 1


def test_accepted_proposals_pass(office: Path) -> None:
    """Spans of years, units of several classifiers and ratios, accepted as proposed, are sealed."""
    words = "三年共走访慰问职工 30 人次，新建基层工会 37 家，二者之比为 55:45。"
    (office / "bulletin.txt").write_text(TEXT.replace("2024 年以来，全县", words + "全县"), encoding="utf-8")
    book = start(office)
    edit(book, accept)
    desk.take_back(office, book)
    done = finish(office, book)
    assert [problem.text("zh") for problem in done.problems] == []
    assert [name for name, _ in done.sealed] == [NAME]


def test_what_is_left_is_told_by_cell(office: Path) -> None:
    """After taking back, what is left to do is told by the cell of the workbook, not by the row of a CSV."""
    book = start(office)
    left: list[str] = []

    def fill_in_but_one(column: str, cell: Cell) -> None:
        if (
            column == "label_en"
            and cell.parent.title == "indicators"
            and not left
            and is_todo(str(cell.value))
        ):
            left.append(cell.coordinate)
        else:
            fill_in(column, cell)

    edit(book, fill_in_but_one)
    desk.take_back(office, book)
    problems = check(load(office), pages(office), office / "drafts").problems
    found = in_workbook(problems, load(office), book)
    told = [problem for problem in found if problem.code == "todo"]
    assert [problem.place.text("zh") for problem in told] == [
        f"{NAME}.xlsx 工作表“indicators” 单元格 {left[0]}"
    ]


ISSUED = TEXT.replace("2024 年 5 月 8 日\n", "青石县总工会办公室编印　2024 年 5 月 8 日\n", 1)


def add_row(book: Path, sheet: str, *cells: str) -> None:
    """Add a row to a sheet, below its last one, and save the workbook."""
    workbook = openpyxl.load_workbook(book)
    workbook[sheet].append(cells)
    workbook.save(book)


def accept(column: str, cell: Cell) -> None:
    """Accept a proposal, as replacing 待办： by nothing does; fill in the rest."""
    if str(cell.value).startswith("待办："):
        cell.value = str(cell.value).removeprefix("待办：")
    else:
        fill_in(column, cell)


def rows_of(office: Path, table: str) -> list[tuple[str, ...]]:
    """List the rows of a code list."""
    frame = load(office).codelists.tables[table]
    return [tuple(map(str, row)) for row in frame.itertuples(index=False, name=None)]


def test_the_issuer_is_proposed_and_listed(office: Path) -> None:
    """An issuer that the code list lacks is proposed with its row; accepted, it is added to the list."""
    (office / "bulletin.txt").write_text(ISSUED, encoding="utf-8")
    book = start(office)
    sheet = openpyxl.load_workbook(book)["organisations"]
    assert [cell.value for cell in sheet[2]][:4] == [
        "lhgh_issuer",
        "待办：trade_union 工会",
        "530523 龙陵县",
        "待办：青石县总工会办公室",
    ]
    edit(book, accept)
    desk.take_back(office, book)
    assert load(office).bulletins[NAME].bulletin["issuer"] == "lhgh_issuer"
    assert rows_of(office, "organisations")[-1][:4] == (
        "lhgh_issuer",
        "trade_union",
        "530523",
        "青石县总工会办公室",
    )
    assert seal(office, office / "drafts", [NAME]) == [(NAME, 13)]


def test_an_issuer_that_is_listed_is_proposed(office: Path) -> None:
    """The office of a listed organisation speaks for it."""
    (office / "bulletin.txt").write_text(ISSUED.replace("青石县", "保山市", 1), encoding="utf-8")
    start(office)
    assert load(office).bulletins[NAME].bulletin["issuer"] == "待办：baoshan_federation"
    assert openpyxl.load_workbook(office / "drafts" / f"{NAME}.xlsx")["organisations"].max_row == 1


def test_a_proposed_row_that_is_not_taken_up(office: Path) -> None:
    """A proposed issuer that the editor replaces by a listed one leaves no row that is to do."""
    (office / "bulletin.txt").write_text(ISSUED, encoding="utf-8")
    before = rows_of(office, "organisations")
    book = start(office)

    def choose(column: str, cell: Cell) -> None:
        if cell.parent.title != "organisations":
            fill_in(column, cell)
        if str(cell.value).startswith("lhgh_issuer") and cell.parent.title != "organisations":
            cell.value = "baoshan_federation"

    edit(book, choose)
    desk.take_back(office, book)
    assert rows_of(office, "organisations") == before


NEW = {
    "organisations": ("qingshi_school", "school 院校", "530523", "青石技校", "Qingshi Technical School"),
    "topics": ("finance", "经费", "Funds", "经费的收支", "Income and spending"),
    "units": ("bookcase", "count 计数", "个", "bookcase", "bookcases", "架", "架", "Bookcases"),
    "areas": ("530199", "county 县级", "530100", "", "", "青石县", "Qingshi County"),
}
CHOSEN = {"school 院校": "school", "count 计数": "count", "county 县级": "county"}


@pytest.mark.parametrize("table", NEW)
def test_rows_that_the_editor_adds(office: Path, table: str) -> None:
    """A row of a sheet of additions goes to the end of its code list, once."""
    book = start(office)
    before = rows_of(office, table)
    add_row(book, table, *NEW[table])
    for _ in range(2):
        desk.take_back(office, book)
        assert rows_of(office, table) == [*before, tuple(CHOSEN.get(cell, cell) for cell in NEW[table])]


def test_a_changed_addition_is_replaced(office: Path) -> None:
    """A row that the editor has added can be changed, or taken out, when the workbook comes back again."""
    book = start(office)
    before = rows_of(office, "topics")
    add_row(book, "topics", *NEW["topics"])
    desk.take_back(office, book)

    def rename(_: str, cell: Cell) -> None:
        cell.value = "收支" if cell.value == "经费的收支" else cell.value

    edit(book, rename)
    desk.take_back(office, book)
    assert [row[3] for row in rows_of(office, "topics")][-1] == "收支"
    workbook = openpyxl.load_workbook(book)
    workbook["topics"].delete_rows(2)
    workbook.save(book)
    desk.take_back(office, book)
    assert rows_of(office, "topics") == before


def test_a_key_that_is_taken(office: Path) -> None:
    """A new row must not take a listed key; the message names the cell and what has the key."""
    book = start(office)
    add_row(book, "organisations", "baoshan_federation", "trade_union", "530523", "青石县总工会", "Qingshi")
    with pytest.raises(DataError) as caught:
        desk.take_back(office, book)
    told = [(problem.place.text("zh"), problem.code) for problem in caught.value.problems]
    assert told == [(f"{NAME}.xlsx 工作表“organisations” 单元格 A2", "workbook-id-taken")]


def test_a_draft_is_discarded(office: Path) -> None:
    """A draft that is given up leaves nothing behind, and what is removed is told."""
    before = snapshot(office)
    (office / "bulletin.txt").write_text(ISSUED, encoding="utf-8")
    book = start(office)
    add_row(book, "topics", *NEW["topics"])
    edit(book, accept)
    desk.take_back(office, book)
    gone = discard(office, NAME)
    (office / "bulletin.txt").write_text(TEXT, encoding="utf-8")
    assert snapshot(office) == before
    assert gone.paths[:2] == (f"datapackages/{NAME}", f"drafts/{NAME}.csv")
    assert gone.rows == {"organisations": 1, "topics": 1, "indicators": 3}


def test_what_others_use_stays(office: Path) -> None:
    """A topic that another bulletin's indicator has stays in the list when its draft is discarded."""
    book = start(office)
    add_row(book, "topics", *NEW["topics"])
    desk.take_back(office, book)
    file = office / "datapackages" / "codelists" / "data" / "indicators.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("_documents,governance", "_documents,finance"))
    assert "topics" not in discard(office, NAME).rows
    assert rows_of(office, "topics")[-1][0] == "finance"


@pytest.mark.parametrize(
    ("name", "message"),
    [("yncg-090", "已经完成并封存过"), ("yncg-091", "没有数据包"), ("../x", "没有数据包")],
)
def test_what_is_not_discarded(office: Path, name: str, message: str) -> None:
    """A bulletin that was finished, or that is not there, is left as it is."""
    before = snapshot(office)
    with pytest.raises(UsageError, match=message):
        discard(office, name)
    assert snapshot(office) == before


def test_a_package_that_was_not_drafted_here(office: Path) -> None:
    """Without the record of its drafting, a package is not discarded."""
    start(office)
    (office / "drafts" / f"{NAME}.csv").unlink()
    with pytest.raises(UsageError, match="没有 lhgh-007 的起草记录"):
        discard(office, NAME)


@pytest.mark.parametrize("name", ["bulletin.docx", "bulletin.pdf", "report.txt", "communique.txt"])
def test_walk(office: Path, name: str) -> None:
    """Bulletins of three kinds are sealed when every proposal is accepted and the rest filled in."""
    desk.start(office, ROOT / "tests" / "documents" / "walk" / name, NAME, "530523")
    book = office / "drafts" / f"{NAME}.xlsx"
    edit(book, accept)
    desk.take_back(office, book)
    (sealed,) = seal(office, office / "drafts", [NAME])
    assert sealed[0] == NAME


def test_towns_in_english() -> None:
    """Once one thing of each town and each thing of one town have names and topics, the others do."""
    labels = {"青石镇工会数": "Unions, Qingshi Town", "青石镇会员数": "Members, Qingshi Town"}
    labels |= {"白水镇工会数": "Unions, Baishui Town", "白水镇会员数": "to do", "白水镇会员": "to do"}
    topics = ["trade_unions", "members", "todo", "todo", "todo"]
    given = pd.DataFrame({"label_zh": list(labels), "label_en": list(labels.values()), "topic": topics})
    found = crossed(given)
    assert list(found["label_en"])[3:] == ["Members, Baishui Town", "to do"]
    assert list(found["topic"])[2:] == ["trade_unions", "members", "todo"]
