"""The workbook: what is written is taken back unchanged, and what an editor broke is told by its cell.

`python tests/test_workbook.py` writes golden/workbook/ anew: the messages, and to-convert.xlsx, from which
`soffice --headless --convert-to xlsx` makes saved-by-libreoffice.xlsx.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.formula import ArrayFormula

from kuaibao import workbook
from kuaibao.errors import LANGUAGES, Place, UsageError, rules
from kuaibao.model import field_names
from kuaibao.workbook.cells import number_of, unescaped
from kuaibao.workbook.layout import phrase
from projects import read_messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook.workbook import Workbook

    from kuaibao.workbook import Edited

    Tables = dict[str, pd.DataFrame]

NAME = "lhgh-007.xlsx"
GOLDEN = Path(__file__).parent / "golden" / "workbook"
FIGURE = ("lhgh-007.1.01", "lhgh-007.n002", "towns", "530500", "2022", "stated", "12.3", "")
SECOND = ("lhgh-007.1.02", "lhgh-007.n003", "todo", "530500", "2022", "stated", "14668700", "")
MEASURE = ("lhgh-007.m01", "1", "policy", "federation", "departments towns")
ROWS: dict[str, list[tuple[str, ...]]] = {
    "sections": [("1", "0", "300", "引言", "Introduction", "", "")],
    "numerals": [
        ("lhgh-007.n001", "1", "1", "5", "11", "2022 年", "", "date", "年份", "A year"),
        ("lhgh-007.n002", "1", "1", "20", "26", "12.3 个", "", "figure", "", ""),
        ("lhgh-007.n003", "1", "2", "40", "50", "1466.87 万元", "", "figure", "", ""),
        ("lhgh-007.n004", "1", "2", "60", "63", "第三届", "", "ordinal", "届次", "An ordinal"),
    ],
    "figures": [
        (*FIGURE, "item", "exact", "lhgh-007.m01", "待办：写说明", "to do"),
        (*SECOND, "CNY", "nearly", "lhgh-007.m01", "-0.7 以下", "=not a formula"),
    ],
    "measures": [
        (*MEASURE, "workers", "帮扶", "Support", "逐户帮扶。", "Help for each household."),
    ],
    "relations": [],
    "indicators": [],
    "organisations": [("lhgh_issuer", "待办：school", "530500", "待办：市工会学校", "to do")],
    "topics": [],
}
LISTED = {"organisations": [("federation", "trade_union", "530500", "市总工会", "Federation")]}
CHOICES = {
    "indicators": [("towns", "乡镇数"), ("budget", "")],
    "areas": [("530500", "保山市"), ("530502", "隆阳区")],
    "units": [("item", "个（项）"), ("CNY", "元（人民币）"), ("person", "人")],
    "organisations": [("federation", "市总工会"), ("departments", "市直部门"), ("workers", "工人")],
    "terms:qualifier": [("exact", "确数"), ("nearly", "近")],
    "measures": [("lhgh-007.m01", "帮扶")],
}
CONTEXT = {"figures": {"lhgh-007.1.01": "全县共有 12.3 个。", "lhgh-007.1.02": "=投入近 1466.87 万元。"}}
FACTS = [
    ("title", "todo", "快报的标题"),
    ("date", "2023-06-20", "发文日期"),
    ("issuer", "federation", "发文机构"),
    ("area", "530500", "地区"),
]
VALUES = {key: value for key, value, _ in FACTS}


def tables() -> Tables:
    """Give the tables of a short bulletin."""
    return framed(ROWS)


def listed() -> Tables:
    """Give the rows that the code lists have already."""
    return framed(LISTED)


def framed(tables: dict[str, list[tuple[str, ...]]]) -> Tables:
    """Give tables of text, by name."""
    return {
        name: pd.DataFrame(rows, columns=list(field_names(name)), dtype="str")
        for name, rows in tables.items()
    }


@cache
def written() -> bytes:
    """Write the workbook of the short bulletin."""
    return workbook.write(tables(), context=CONTEXT, choices=CHOICES, facts=FACTS)


def edited(change: Callable[[Workbook], object]) -> Edited:
    """Let `change` edit the workbook as an editor would, save it and take it back."""
    book = openpyxl.load_workbook(io.BytesIO(written()), rich_text=True)
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return workbook.read(saved.getvalue(), NAME, tables(), listed())


def put(sheet: str, address: str, value: object, style: str | None = None) -> Callable[[Workbook], object]:
    """Type a value into a cell, shown in a number format."""

    def change(book: Workbook) -> None:
        cell = book[sheet][address]
        cell.value = value
        if style:
            cell.number_format = style

    return change


def told(found: Edited) -> list[str]:
    """Give the messages in both languages."""
    return [problem.text(language) for problem in found.problems for language in LANGUAGES]


def same(found: Edited, expected: Tables) -> bool:
    """Tell whether tables are the same, columns and cells."""
    return found.tables.keys() == expected.keys() and all(
        found.tables[name].equals(frame) and list(found.tables[name].columns) == list(frame.columns)
        for name, frame in expected.items()
    )


# --- what is written


def test_written_is_taken_back() -> None:
    """A workbook that no one touched gives tables and facts as they were, and no problem."""
    found = workbook.read(written(), NAME, tables())
    assert told(found) == []
    assert same(found, tables())
    assert found.facts == VALUES


def test_saved_by_openpyxl_is_taken_back() -> None:
    """Opening and saving in another program changes nothing."""
    found = edited(lambda book: book)
    assert told(found) == []
    assert same(found, tables())


def test_saved_by_libreoffice_is_taken_back() -> None:
    """A workbook opened and saved in LibreOffice is taken back whole."""
    found = workbook.read((GOLDEN / "saved-by-libreoffice.xlsx").read_bytes(), NAME, tables())
    assert told(found) == []
    assert same(found, tables())
    assert found.facts == VALUES


def test_same_bytes() -> None:
    """Two writings give the same bytes."""
    assert workbook.write(tables(), context=CONTEXT, choices=CHOICES, facts=FACTS) == written()


def cells(name: str) -> Any:  # noqa: ANN401  # openpyxl's cells have values of any type
    """Open a sheet as written."""
    return openpyxl.load_workbook(io.BytesIO(written()))[name]


def test_sheets() -> None:
    """The facts come first and the lists last."""
    assert openpyxl.load_workbook(io.BytesIO(written())).sheetnames == [
        *("快报", "figures", "measures", "indicators", "relations", "numerals", "sections", "organisations"),
        *("topics", "选项"),
    ]


def test_headings() -> None:
    """A heading is the Chinese title over the column's name, explained in a comment."""
    head = cells("figures")[1]
    assert [cell.value for cell in head[:4]] == [
        *("数据编号\nfigure", "原文\nprinted", "原句\nsentence", "数字编号\nnumeral"),
    ]
    assert head[0].comment.text.splitlines() == [
        "快报编号.部分.顺序号，永不重复使用",
        "Bulletin, section and running number; never used again",
    ]


def test_cells() -> None:
    """Codes stand with their labels, numbers are numbers, and what a spreadsheet might run is defused."""
    row = [cell.value for cell in cells("figures")[3]]
    assert row == [
        *(
            "lhgh-007.1.02",
            "1466.87 万元",
            "'=投入近 1466.87 万元。",
            "lhgh-007.n003",
            "todo",
            "530500 保山市",
        ),
        *("2022", "stated", 14668700, None, "CNY 元（人民币）", "nearly 近", "lhgh-007.m01 帮扶"),
        *("'-0.7 以下", "'=not a formula"),
    ]
    assert [cells("figures")[address].number_format for address in ("A3", "F3", "G3", "I3")] == [
        *("@", "@", "@", "General"),
    ]


def test_sheet_is_ready_to_work_in() -> None:
    """The heading is frozen and filtered, and the columns are wide enough."""
    sheet = cells("figures")
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:O3"
    assert sheet.column_dimensions["C"].width > 40


def test_drop_downs() -> None:
    """A drop-down refers to its list on the sheet of lists, for spare rows too."""
    found = {
        str(each.sqref): (each.formula1, each.errorStyle)
        for each in cells("figures").data_validations.dataValidation
    }
    assert found == {
        "E2:E203": ("'选项'!$A$2:$A$3", "warning"),
        "F2:F203": ("'选项'!$B$2:$B$3", "warning"),
        "K2:K203": ("'选项'!$C$2:$C$4", "warning"),
        "L2:L203": ("'选项'!$E$2:$E$3", "warning"),
        "M2:M203": ("'选项'!$F$2:$F$2", "warning"),
    }
    entries = [row[0].value for row in cells("选项").iter_rows(max_row=4)]
    assert entries == ["indicators", "towns 乡镇数", "budget", None]


def test_lists_show_what_is_added() -> None:
    """The list of organisations begins with the proposed one and shows rows that are added to their sheet."""
    listed = [row[3].value for row in cells("选项").iter_rows(max_row=7)]
    assert listed[:2] == ["organisations", "lhgh_issuer 市工会学校"]
    formula = '=IF(organisations!A3="","",organisations!A3&" "&SUBSTITUTE(organisations!D3,"待办：",""))'
    assert listed[5] == formula
    found = {str(each.sqref): each.formula1 for each in cells("measures").data_validations.dataValidation}
    spans = "'选项'!$D$2:$D$25"
    assert found["D2:D202"] == f"OFFSET('选项'!$D$2,0,0,SUMPRODUCT(--(LEN({spans})>0)),1)"


def test_a_row_that_is_added_can_be_chosen() -> None:
    """Another sheet may name a new row as its list shows it."""

    def change(book: Workbook) -> None:
        book["organisations"].append(["school", "school 院校", "530500", "技校", "School"])
        book["measures"]["D2"], book["快报"]["B14"] = "school 技校", "lhgh_issuer 市工会学校"

    found = edited(change)
    assert told(found) == []
    assert (found.tables["measures"].loc[0, "acting"], found.facts["issuer"]) == ("school", "lhgh_issuer")


def test_a_proposed_code_is_shown_with_its_label() -> None:
    """A code that is proposed keeps its mark, both ways."""
    frames = tables()
    frames["measures"].loc[0, ["acting", "serves"]] = ["待办：federation", "待办：departments towns"]
    content = workbook.write(frames, context=CONTEXT, choices=CHOICES, facts=FACTS)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["measures"]
    assert sheet["D2"].value == "待办：federation 市总工会"
    assert same(workbook.read(content, NAME, frames), frames)


def test_to_do_is_coloured() -> None:
    """A cell that begins with todo, to do or 待办 is coloured by a condition, so the colour goes away."""
    (found,) = [
        rule.formula
        for area, ruled in cells("figures").conditional_formatting._cf_rules.items()  # noqa: SLF001
        for rule in ruled
        if str(area.sqref) == "N2:N203"
    ]
    start = "LOWER(LEFT(TRIM(N2),5))"
    assert found == [f'OR(LEFT({start},2)="待办",LEFT({start},4)="todo",{start}="to do")']


def test_first_sheet_says_what_to_do() -> None:
    """Five lines in Chinese, five in English, then the facts with their explanations."""
    rows = [[cell.value for cell in row] for row in cells("快报").iter_rows()]
    assert [row[0] for row in rows[:10]] == [
        phrase(f"step-{number}", language) for language in LANGUAGES for number in range(1, 6)
    ]
    assert rows[10:13] == [
        ["项目\nkey", "内容\nvalue", "说明\nexplanation"],
        ["title", "todo", "快报的标题"],
        ["date", "2023-06-20", "发文日期"],
    ]


def test_rows_of_the_tables_can_be_chosen() -> None:
    """The lists hold the rows of the workbook's own tables too."""
    lists = [[cell.value for cell in column] for column in cells("选项").iter_cols(max_row=3)]
    assert lists[5:] == [["measures", "lhgh-007.m01 帮扶", None], ["sections", "1 引言", None]]
    assert cells("numerals")["B2"].value == "1 引言"


def test_phrases_have_both_languages() -> None:
    """Every phrase has the same placeholders in both languages."""
    source = Path(workbook.__file__).with_name("words.csv").read_text(encoding="utf-8")
    for key in re.findall(r"^([a-z0-9-]+),", source, re.MULTILINE)[1:]:
        holes = [set(re.findall(r"\{\w+\}", phrase(key, language))) for language in LANGUAGES]
        assert holes[0] == holes[1], key


@pytest.mark.parametrize("text", ["字" * 32_768, "\ufffe"])
def test_text_that_no_cell_holds(text: str) -> None:
    """A text that would be cut off is refused."""
    frames = tables()
    frames["measures"].loc[0, "description_zh"] = text
    with pytest.raises(UsageError, match="写不进工作簿"):
        workbook.write(frames, context={}, choices={}, facts=[])


# --- the law

PRINTED = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=40)
TYPED = st.one_of(
    PRINTED,
    st.sampled_from(
        ["", " ", "=1+1", "'=x", "''-", "-0", "0", "007", "1.50", "1e5", "1" * 16, "<r>", "_x000D_"]
    ),
    st.sampled_from(
        ["todo", "TRUE", "#N/A", "2023-06-20", "530500", "x005F_", "_x005F_", "０", "一；二", "a b"]
    ),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
)


@settings(max_examples=60)
@given(st.lists(st.tuples(*[TYPED] * 12), max_size=4), st.lists(st.tuples(*[TYPED] * 9), max_size=3))
def test_any_text_comes_back(figures: list[tuple[str, ...]], measures: list[tuple[str, ...]]) -> None:
    """Any text without control characters is taken back as it was written, without a problem."""
    frames = tables()
    rows = {
        "figures": [(f"lhgh-007.1.{number:02}", *row) for number, row in enumerate(figures)],
        "measures": [(f"lhgh-007.m{number:02}", *row) for number, row in enumerate(measures)],
    }
    for name, given_rows in rows.items():
        frames[name] = pd.DataFrame(given_rows, columns=list(field_names(name)), dtype="str")
    content = workbook.write(frames, context=CONTEXT, choices=CHOICES, facts=FACTS)
    found = workbook.read(content, NAME, frames)
    assert told(found) == []
    assert same(found, frames)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**17), max_value=10**17, places=5))
def test_numbers_are_exact(value: Decimal) -> None:
    """A number is written as one only where it comes back digit by digit."""
    text = str(value.normalize())
    kept = number_of(text)
    assert kept is None or Decimal(repr(kept)) == value


@pytest.mark.parametrize(
    "text", ["1" * 16, "1" + "0" * 15, "0.1234567890123456", "12.50", "007", "-0", "1e5", "+1", "1,000", "１"]
)
def test_numbers_that_stay_text(text: str) -> None:
    """What Excel would write otherwise stays text."""
    assert number_of(text) is None


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=40))
def test_damage_never_crashes(position: int, noise: bytes) -> None:
    """A damaged file gives problems or the tables, and no stack trace."""
    content = written()
    position %= len(content)
    found = workbook.read(content[:position] + noise + content[position + len(noise) :], NAME, tables())
    assert found.problems or same(found, tables())


@pytest.mark.parametrize(
    ("escaped", "text"),
    [("a_x000D_\nb", "a\r\nb"), ("_x005F_x000D_", "_x000D_"), ("_xD83D_", "_xD83D_"), ("x005F_", "x005F_")],
)
def test_escapes(escaped: str, text: str) -> None:
    """Characters that XML cannot hold are read as a workbook writes them."""
    assert unescaped(escaped) == text


# --- what an editor changes


@pytest.mark.parametrize(
    ("address", "value", "expected"),
    [
        ("E3", "budget", "budget"),
        ("E3", "towns 乡镇数", "towns"),
        ("F3", 530502, "530502"),
        ("F3", "530502 隆阳区", "530502"),
        ("F3", None, ""),
        ("G3", 2023, "2023"),
        ("I3", 12.3, "12.3"),
        ("I3", 14668700.0, "14668700"),
        ("I3", 1.1000000000000001, "1.1"),
        ("I3", 0.00001, "0.00001"),
        ("I3", -5, "-5"),
        ("I3", "12.50", "12.50"),
        ("K3", "person 人", "person"),
        ("K3", "person 人们", "person 人们"),
        ("N3", "改好了", "改好了"),
        ("N3", CellRichText("改", TextBlock(InlineFont(b=True), "好")), "改好"),
    ],
)
def test_edit(address: str, value: object, expected: str) -> None:
    """What an editor types is taken as text, numbers as they are written, codes without their labels."""
    names = ["figure", "", "", "numeral", *field_names("figures")[2:]]
    frames = tables()
    frames["figures"].loc[int(address[1:]) - 2, names[ord(address[0]) - ord("A")]] = expected
    found = edited(put("figures", address, value))
    assert told(found) == []
    assert same(found, frames)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("federation 市总工会；departments 市直部门", "federation departments"),
        ("federation；workers 工人", "federation workers"),
        ("federation departments", "federation departments"),
        ("departments 市直部门", "departments"),
    ],
)
def test_several_codes(typed: str, expected: str) -> None:
    """A cell for several codes takes them with or without labels."""
    assert edited(put("measures", "D2", typed)).tables["measures"]["acting"].tolist() == [expected]


def test_facts() -> None:
    """Facts are taken by key; a code is taken without its label."""

    def change(book: Workbook) -> None:
        book["快报"]["B12"] = "隆阳区帮扶工作"
        book["快报"]["B15"] = 530502

    assert edited(change).facts == VALUES | {"title": "隆阳区帮扶工作", "area": "530502"}


def _order(book: Workbook) -> None:
    sheet = book["figures"]
    sheet.move_range("A1:A3", cols=20)
    first, second = ([cell.value for cell in sheet[row]] for row in (2, 3))
    for column, (one, two) in enumerate(zip(first, second, strict=True), start=1):
        sheet.cell(2, column).value, sheet.cell(3, column).value = two, one


def _layout(book: Workbook) -> None:
    sheet = book["figures"]
    sheet.insert_rows(1, 2)
    sheet.row_dimensions[4].hidden = True
    sheet["D3"] = "numeral"
    sheet["A300"].number_format = "0.00"
    sheet["B4"] = "=1+1"
    book.create_sheet("草稿")["A1"] = "=1/0"


def test_a_sheet_of_the_editors_own_is_named() -> None:
    """Sheets that the workbook did not have are named, for nothing of them is taken."""
    assert edited(_layout).strange == ("草稿",)
    assert edited(_order).strange == ()


@pytest.mark.parametrize("change", [_order, _layout])
def test_layout_does_not_matter(change: Callable[[Workbook], object]) -> None:
    """Columns moved, rows sorted, hidden or put above, other sheets, grey columns: taken all the same."""
    found = edited(change)
    assert told(found) == []
    assert same(found, tables())


def test_new_and_removed_rows() -> None:
    """A row of which only the id is left is removed; new rows are taken, figures in the text's order."""

    def change(book: Workbook) -> None:
        sheet = book["figures"]
        for column in range(2, 16):
            sheet.cell(3, column).value = None
        book["numerals"]["H2"] = "figure"
        sheet["A9"], sheet["D9"], sheet["I9"] = "lhgh-007.1.03", "lhgh-007.n001", 3
        book["indicators"]["A2"], book["indicators"]["E2"] = "villages", "村数"
        book["relations"]["A2"], book["relations"]["B2"] = "lhgh-007.r01", "sum 合计"
        book["figures"]["A10"] = "lhgh-007.1.08"  # removed before, when the workbook first came back

    found = edited(change)
    assert told(found) == []
    shown = found.tables["figures"][["figure", "numeral", "value", "unit"]]
    assert [list(row) for row in shown.itertuples(index=False)] == [
        ["lhgh-007.1.03", "lhgh-007.n001", "3", ""],
        ["lhgh-007.1.01", "lhgh-007.n002", "12.3", "item"],
    ]
    assert found.tables["indicators"]["indicator"].tolist() == ["villages"]
    assert found.tables["relations"]["relation"].tolist() == ["lhgh-007.r01"]


def test_a_numeral_of_the_text_comes_back() -> None:
    """A row that the ledger has lost is taken from the workbook where a draft of the text has its id."""
    lost = tables()
    lost["numerals"] = lost["numerals"].drop(index=1).reset_index(drop=True)
    drafted = {"numerals": list(tables()["numerals"]["numeral"])}
    found = workbook.read(written(), NAME, lost, drafted=drafted)
    assert told(found) == []
    assert same(found, tables())
    refused = workbook.read(written(), NAME, lost)
    assert [problem.code for problem in refused.problems] == ["workbook-id-unknown"]


# --- what cannot be taken


def _without(sheet: str, position: int) -> Callable[[Workbook], object]:
    return lambda book: book[sheet].delete_cols(position)


def _headed(address: str, text: str | None) -> Callable[[Workbook], object]:
    return put("figures", address, text)


def _renamed(book: Workbook) -> None:
    book["figures"].title = "数据"


def _extra_column(book: Workbook) -> None:
    book["figures"]["P1"], book["figures"]["P2"] = "备注", "请核实"
    book["figures"]["R3"] = "?"


def _doubled_column(book: Workbook) -> None:
    book["figures"]["P1"] = "计量单位\nunit"


def _malformed(book: Workbook) -> None:
    book["indicators"]["A2"], book["indicators"]["E2"] = "Villages 2", "村数"


def _cleared(sheet: str, row: int) -> Callable[[Workbook], object]:
    def change(book: Workbook) -> None:
        for column in range(2, book[sheet].max_column + 1):
            book[sheet].cell(row, column).value = None

    return change


def _doubled_row(book: Workbook) -> None:
    for column in range(1, 16):
        book["figures"].cell(4, column).value = book["figures"].cell(2, column).value


EDITS: dict[str, Callable[[Workbook], object]] = {
    "formula": put("figures", "I3", "=SUM(I2:I2)"),
    "formula_array": put("figures", "I3", ArrayFormula("I3:I4", "=I2:I3*2")),
    "error": put("figures", "E2", "#N/A"),
    "error_reference": put("figures", "I2", "#REF!"),
    "boolean": put("figures", "L2", True),  # noqa: FBT003
    "date_for_an_id": put("figures", "A2", date(2090, 1, 7)),
    "date_for_a_period": put("figures", "G2", date(2023, 6, 20)),
    "date_and_time_for_a_period": put("figures", "G2", datetime(2023, 6, 20, 8, 30)),  # noqa: DTZ001
    "date_for_a_number": put("figures", "I2", date(2026, 3, 5)),
    "time_for_a_text": put("figures", "N2", time(22, 8, 21)),
    "date_for_a_fact": put("快报", "B13", date(2023, 6, 20)),
    "percent": put("figures", "I2", 0.123, "0.00%"),
    "ten_thousands": put("figures", "I2", 5, '0"万"'),
    "exponent_for_a_code": put("figures", "F2", 530500, "0.00E+00"),
    "zeros_for_a_code": put("figures", "G2", 90, "000"),
    "decimal_for_a_code": put("figures", "F2", 530500.5),
    "many_digits": put("figures", "I2", 1234567890123456789),
    "many_decimals": put("figures", "I2", 0.1234567890123456),
    "merged": lambda book: book["figures"].merge_cells("I2:I3"),
    "merged_below": lambda book: book["快报"].merge_cells("B12:C12"),
    "blanks": put("figures", "K2", "item "),
    "line_break": put("figures", "N2", "一行\n两行"),
    "full_width": put("figures", "I2", "１２.３"),
    "id_unknown": put("figures", "A2", "lhgh-007.1.09"),
    "id_of_another_bulletin": put("measures", "A2", "lhgh-008.m01"),
    "id_unknown_closed": put("sections", "A2", 9),
    "row_cleared": _cleared("numerals", 3),
    "section_cleared": _cleared("sections", 2),
    "id_malformed": _malformed,
    "id_empty": put("figures", "A2", None),
    "id_twice": _doubled_row,
    "id_taken": lambda book: book["organisations"].append(["federation", "school 院校"]),
    "row_deleted": lambda book: book["figures"].delete_rows(2),
    "row_without_id": put("measures", "G9", "新措施"),
    "text_below": put("figures", "C9", "以上数据请核对"),
    "text_below_facts": put("快报", "C20", "请核对"),
    "sheet_missing": lambda book: book.remove(book["measures"]),
    "sheet_renamed": _renamed,
    "lists_missing": lambda book: book.remove(book["选项"]),
    "header_missing": lambda book: book["sections"].delete_rows(1),
    "column_missing": _without("figures", 11),
    "column_renamed": _headed("K1", "单位"),
    "column_unnamed": _headed("K1", None),
    "column_twice": _doubled_column,
    "column_unknown": _extra_column,
    "fact_twice": put("快报", "A13", "title"),
    "fact_without_key": put("快报", "A13", None),
    "several": lambda book: [put("figures", "I3", "=1")(book), put("numerals", "F2", "2022 年 ")(book)],
}


def zipped(*names: str, size: int = 0) -> bytes:
    """Pack parts of zeros under the names given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"\0" * size)
    return buffer.getvalue()


def replaced(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change a part of the workbook as written."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written())) as source, zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, change(content) if name == part else content)
    return buffer.getvalue()


def _merging(content: bytes) -> bytes:
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return content.replace(b"</sheetData>", b"</sheetData>" + merged)


FIRST = "xl/worksheets/sheet2.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FILES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "csv": lambda: "编号,数值\n1,2\n".encode("gb18030"),
    "xls": lambda: OLE + b"Workbook",
    "encrypted": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
    "xlsb": lambda: zipped("[Content_Types].xml", "xl/workbook.bin"),
    "ods": lambda: zipped("mimetype", "content.xml").replace(
        b"mimetype", b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 1
    ),
    "docx": lambda: zipped("[Content_Types].xml", "word/document.xml"),
    "cut_off": lambda: written()[:-4000],
    "damaged": lambda: replaced(FIRST, lambda content: content[:900]),
    "no_sheets": lambda: zipped("[Content_Types].xml", "xl/workbook.xml"),
    "bomb": lambda: zipped("xl/worksheets/sheet1.xml", size=70_000_000),
    "all_merged": lambda: replaced(FIRST, _merging),
}


def told_of(case: str) -> list[str]:
    """Give the messages of a case, edited or file."""
    if case in EDITS:
        return told(edited(EDITS[case]))
    return told(workbook.read(FILES[case](), NAME, tables()))


@cache
def recorded() -> dict[str, list[str]]:
    """Read the messages recorded for each case."""
    return read_messages(GOLDEN / "messages.txt")


@pytest.mark.parametrize("case", [*EDITS, *FILES])
def test_problem(case: str) -> None:
    """Each way of spoiling the workbook gives exactly the messages recorded for it."""
    assert told_of(case) == recorded()[case]


@pytest.mark.parametrize("case", FILES)
def test_unreadable_file_changes_nothing(case: str) -> None:
    """A file that cannot be read leaves the tables as they were."""
    found = workbook.read(FILES[case](), NAME, tables())
    assert same(found, tables())
    assert found.facts == {}


def test_cell_that_cannot_be_taken_stays() -> None:
    """Where a cell or column cannot be taken the package's text stands; the rest is taken."""

    def change(book: Workbook) -> None:
        book["figures"]["I2"] = "=1+1"
        book["figures"]["K1"] = "单位"
        book["figures"]["L2"] = "nearly 近"

    found = edited(change).tables["figures"]
    assert [found.loc[0, name] for name in ("value", "unit", "qualifier")] == ["12.3", "item", "nearly"]


def test_fault_that_was_there_is_left_to_check() -> None:
    """A blank at the end, a line break or full width is told only where the editor changed the cell."""
    frames = tables()
    frames["figures"].loc[0, ["unit", "note_zh"]] = ["ｉtem ", "一行\n两行"]
    content = workbook.write(frames, context={}, choices={}, facts=[])
    found = workbook.read(content, NAME, frames)
    assert told(found) == []
    assert same(found, frames)


def test_every_rule_is_told() -> None:
    """Each rule of the group is broken by some case."""
    group = [code for code, rule in rules().items() if rule.group == "workbook"]
    lines = "\n".join(line for block in recorded().values() for line in block)
    assert [code for code in group if f"[{code}]" not in lines] == []


def test_no_external_part() -> None:
    """The workbook refers to no other file or address."""
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        parts = [name for name in archive.namelist() if name.endswith(".rels")]
        links = [each for name in parts for each in ET.fromstring(archive.read(name))]  # noqa: S314
    assert [each.attrib for each in links if each.get("TargetMode") == "External"] == []


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (Place("a.xlsx", sheet="figures"), "a.xlsx 工作表“figures”", 'a.xlsx, sheet "figures"'),
        (
            Place("a.xlsx", 12, sheet="figures"),
            "a.xlsx 工作表“figures” 第 12 行",
            'a.xlsx, sheet "figures", row 12',
        ),
        (
            Place("a.xlsx", 12, position=6, sheet="figures"),
            "a.xlsx 工作表“figures” 单元格 G12",
            'a.xlsx, sheet "figures", cell G12',
        ),
    ],
)
def test_place(place: Place, zh: str, en: str) -> None:
    """A place in a workbook is told by sheet and address."""
    assert (place.text("zh"), place.text("en")) == (zh, en)


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    (GOLDEN / "to-convert.xlsx").write_bytes(written())
    blocks = ["\n    ".join([case, *told_of(case)]) for case in (*EDITS, *FILES)]
    (GOLDEN / "messages.txt").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
