"""Downloads: every format, read back with another reader, equals the canonical rows cell by cell."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from kuaibao.export import FORMATS, Dataset, ExportError, ForeignKey, Licence, Table, files
from kuaibao.export.cells import defused, fused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parent.parent
CODELISTS = ROOT / "datapackages" / "codelists"
PACKAGE = ROOT / "datapackages" / "yncg-090"

HOSTILE = (
    *("=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1+1", "－1", "'=1", "''@x", "'quoted'", "<r>raw</r>"),
    *("<script>alert(1)</script>", "a|b", "line\nbreak", "CR\rinside", 'say "hi"', "comma, here", "{{ x }}"),
    *("工人👷🏽‍♀️", "\x01\x07", "  blanks  ", "NA", "null", "None", "TRUE", "007", "1e5", "530500"),
    *(
        "2023-06",
        "#REF!",
        "https://example.org/a",
        "x" * 30_000,
        "𠮷" * 16_000,
        "\u200frtl",
        "\x00",
        "\u2028",
    ),
)

Cells = list[list[str]]


# --- what is exported


def test_every_format_gives_its_files() -> None:
    """A dataset of three tables gives a file a table for three formats and one for the other three."""
    names = ["small.sqlite", "small.xlsx", "small.zip"]
    tables = [f"{t}.{e}" for t in ("areas", "people", "things") for e in ("csv", "json", "parquet")]
    assert sorted(files(small())) == sorted(names + tables)


def test_formats_name_the_files_they_write() -> None:
    """The page can list every download from the registry without building it."""
    dataset = small()
    assert {name for each in FORMATS for name in each.names(dataset)} == set(files(dataset))
    for each in FORMATS:
        assert list(each.names(dataset)) == list(each.files(dataset))


def test_formats_are_described_in_both_languages() -> None:
    """Key, media type and both labels are there, and no key comes twice."""
    assert all(each.media_type and each.label_zh and each.label_en for each in FORMATS)
    assert [each.key for each in FORMATS] == ["xlsx", "csv", "json", "parquet", "sqlite", "zip"]


@pytest.mark.parametrize("name", ["small", "yncg-090", "codelists"])
def test_two_exports_are_byte_identical(name: str) -> None:
    """The bytes depend on the dataset alone."""
    assert files(DATASETS[name]()) == built(name)


def test_the_catalogue_says_the_same_in_both_languages() -> None:
    """Every word of the downloads has both languages, with the same places to fill."""
    for row in read_csv((ROOT / "scripts" / "kuaibao" / "export" / "words.csv").read_bytes())[1:]:
        key, zh, en = row
        assert all((key, zh, en))
        assert sorted(re.findall(r"{\w+}", zh.replace("{title_zh}", ""))) == sorted(
            re.findall(r"{\w+}", en.replace("{title_en}", ""))
        )


# --- equality, cell by cell


@pytest.mark.parametrize("name", ["small", "yncg-090", "codelists"])
def test_csv_equals_the_rows(name: str) -> None:
    """The csv module reads back header and rows."""
    dataset = DATASETS[name]()
    for table in dataset.tables:
        header, *found = read_csv(built(name)[f"{table.name}.csv"])
        assert header == list(table.columns)
        assert found == texts(table)


@pytest.mark.parametrize("name", ["yncg-090", "codelists"])
def test_csv_equals_the_canonical_bytes(name: str) -> None:
    """A canonical table is written byte for byte as it stands in its package."""
    dataset = DATASETS[name]()
    for table in dataset.tables:
        assert built(name)[f"{table.name}.csv"] == dataset.canonical[f"data/{table.name}.csv"]


@pytest.mark.parametrize("name", ["small", "yncg-090", "codelists"])
def test_json_equals_the_rows(name: str) -> None:
    """Parsed with exact decimals, every number, text and null is the cell."""
    dataset = DATASETS[name]()
    for table in dataset.tables:
        content = built(name)[f"{table.name}.json"].decode()
        found = [list(row.values()) for row in json.loads(content, parse_float=Decimal)]
        assert found == [[expected(text, kind) for text, kind in row] for row in typed(table)]
        assert all(list(row) == list(table.columns) for row in json.loads(content))


@pytest.mark.parametrize("name", ["small", "yncg-090", "codelists"])
def test_parquet_equals_the_rows(name: str) -> None:
    """Read by pyarrow, numbers are the 64-bit float nearest to the cell's decimal."""
    dataset = DATASETS[name]()
    for table in dataset.tables:
        read = pq.read_table(io.BytesIO(built(name)[f"{table.name}.parquet"]))
        assert read.column_names == list(table.columns)
        assert [list(row.values()) for row in read.to_pylist()] == floats(table)


@pytest.mark.parametrize("name", ["small", "yncg-090", "codelists"])
def test_xlsx_equals_the_rows(name: str) -> None:
    """Read by openpyxl, text is the cell after undoing the defusing, numbers and dates are typed."""
    dataset = DATASETS[name]()
    book = workbook(dataset, built(name))
    for table in dataset.tables:
        header, *found = sheet_rows(book[table.name], len(table.columns))
        assert header == list(table.columns)
        assert found == floats(table)


@pytest.mark.parametrize("name", ["small", "yncg-090", "codelists"])
def test_sqlite_equals_the_rows(name: str) -> None:
    """Read by sqlite3, rows come in the canonical order; dates are ISO 8601 text."""
    dataset = DATASETS[name]()
    with closing(database(built(name)[f"{dataset.name}.sqlite"])) as connection:
        for table in dataset.tables:
            cursor = connection.execute(f'SELECT * FROM "{table.name}"')  # noqa: S608 (a name of the test)
            assert [column[0] for column in cursor.description] == list(table.columns)
            assert [list(row) for row in cursor] == [[iso(value) for value in row] for row in floats(table)]


def test_pandas_reads_the_same_from_every_format() -> None:
    """A researcher gets one frame, whichever file was taken."""
    made = built("yncg-090")
    frame = pd.read_parquet(io.BytesIO(made["figures.parquet"]))
    book = pd.read_excel(io.BytesIO(made["yncg-090.xlsx"]), sheet_name="figures", dtype={"area": str})
    with closing(database(made["yncg-090.sqlite"])) as connection:
        table = pd.read_sql("SELECT * FROM figures", connection)
    pd.testing.assert_series_equal(frame["value"], book["value"].astype(float))
    pd.testing.assert_frame_equal(frame, table.astype(frame.dtypes.to_dict()))
    assert frame["area"].tolist() == book["area"].tolist()


# --- types


def test_json_writes_numbers_exactly() -> None:
    """An integral number has no point, a decimal keeps its digits, and Chinese is not escaped."""
    built = files(one("number", ["14668700", "12.3", "12.30", "-0.5", "1e3", "0.1", ""]))["t.json"]
    values = ["14668700", "12.3", "12.30", "-0.5", "1000", "0.1", "null"]
    assert built.decode() == "[" + ",".join(f'\n{{"列": {value}}}' for value in values) + "\n]\n"


def test_parquet_is_typed_and_described() -> None:
    """Columns have their types, and titles, descriptions and unit in their metadata."""
    schema = pq.read_schema(io.BytesIO(files(small())["people.parquet"]))
    kinds = ["string", "string", "int64", "double", "date32[day]", "int64", "string"]
    assert [str(field.type) for field in schema] == kinds
    assert schema.field("pay").metadata == {
        b"title_zh": "pay 列".encode(),
        b"title_en": b"pay column",
        b"description_zh": "说明 pay".encode(),
        b"description_en": b"describes pay",
        b"unit": b"CNY",
    }
    assert schema.metadata[b"licence"] == b"https://creativecommons.org/licenses/by/4.0/"


def test_sqlite_declares_types_keys_and_indexes() -> None:
    """The database states its keys, indexes its references, and holds no dangling one."""
    with closing(database(files(small())["small.sqlite"])) as connection:
        sentence, index = (
            row[0]
            for row in connection.execute(
                "SELECT sql FROM sqlite_master WHERE tbl_name = 'people' AND sql > ''"
            )
        )
        assert sentence == (
            'CREATE TABLE "people" ("person" TEXT, "area" TEXT, "count" INTEGER, "pay" REAL, "hired" TEXT, '
            '"born" INTEGER, "note" TEXT, PRIMARY KEY ("person"), '
            'FOREIGN KEY ("area") REFERENCES "areas" ("area"))'
        )
        assert index == 'CREATE INDEX "people_area" ON "people" ("area")'
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_sqlite_describes_every_column() -> None:
    """Table _columns has a row a column, table _about the citation."""
    dataset = bulletin()
    with closing(database(files(dataset)["yncg-090.sqlite"])) as connection:
        names = connection.execute('SELECT "table", "column" FROM _columns').fetchall()
        cited = connection.execute("SELECT text_zh FROM _about WHERE label_en = 'Citation'").fetchall()
    assert names == [(table.name, column) for table in dataset.tables for column in table.columns]
    assert cited == [(dataset.citation_zh,)]


def test_sqlite_references_a_column_beside_the_primary_key() -> None:
    """A column that is referred to without being the key is declared unique."""
    dataset = small()
    areas, people, things = dataset.tables
    people = replace(
        people, foreign_keys=(ForeignKey(("note",), "areas", ("label",)),), rows=people.rows.assign(note="")
    )
    with closing(
        database(files(replace(dataset, tables=(areas, people, things)))["small.sqlite"])
    ) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


# --- the workbook


def test_workbook_opens_with_the_data() -> None:
    """The figures first, then what explains them, then the other tables."""
    assert workbook(bulletin(), built("yncg-090")).sheetnames == [
        *("figures", "说明 Read me", "来源 Sources", "字典 Dictionary"),
        *("numerals", "sections", "measures", "relations", "corrections"),
    ]


def test_read_me_says_what_a_reader_must_know() -> None:
    """Title, notice, source, licence, citation and the reading of hedges, in both languages."""
    dataset = bulletin()
    found = {row[0]: row[1:] for row in sheet_rows(workbook(dataset)["说明 Read me"], 3)}
    assert found["标题 Title"] == [dataset.title_zh, dataset.title_en]
    assert found["引用 Citation"] == [dataset.citation_zh, dataset.citation_en]
    assert found["来源 Source"] == [dataset.sources[0], dataset.sources[0]]
    for label in ("声明 Notice", "许可 Licence", "带修饰的数 Hedged numbers", "空单元格 Empty cells"):
        assert any(label.split()[-1] in key for key in found)
    assert "nearly" in str(found["如何读带修饰的数 Hedged numbers"])


def test_read_me_is_silent_on_hedges_without_qualifiers() -> None:
    """Code lists have no hedged numbers, so nothing is said about them."""
    rows = sheet_rows(workbook(codelists())["说明 Read me"], 3)
    assert "如何读带修饰的数 Hedged numbers" not in [row[0] for row in rows]


def test_dictionary_sheet_has_every_column_in_both_languages() -> None:
    """A row a column, with type, key and both descriptions."""
    header, *rows = sheet_rows(workbook(small())["字典 Dictionary"], 10)
    assert header[:4] == ["table", "column", "type", "key"]
    assert [row[1] for row in rows if row[0] == "people"] == list(small().tables[1].columns)
    assert rows[3][:8] == ["people", "area", "string", "areas.area", None, None, "area 列", "area column"]


def test_headings_are_frozen_and_filtered() -> None:
    """The first row stays in sight, and each column can be filtered."""
    for name in ("figures", "numerals", "字典 Dictionary"):
        sheet = workbook(bulletin(), built("yncg-090"))[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_headings_show_the_chinese_title_and_hold_the_name() -> None:
    """The title is a number format, so that programs still read the name of the CSV."""
    heading = workbook(bulletin(), built("yncg-090"))["figures"]["A1"]
    assert (heading.value, heading.number_format) == ("figure", '"数据编号 "@')


def test_columns_are_as_wide_as_their_text() -> None:
    """A Chinese character counts double, and no column is wider than 60."""
    sheet = workbook(one("string", ["产业工人队伍", "worker"]))["t"]
    assert sheet.column_dimensions["A"].width == pytest.approx(2 * 6 + 2, abs=1)
    sheet = workbook(one("string", ["长" * 200]))["t"]
    assert sheet.column_dimensions["A"].width == pytest.approx(60, abs=1)


def test_rows_are_as_high_as_their_text() -> None:
    """Wrapped text has room, which LibreOffice and WPS do not make by themselves; a short one needs none."""
    sheet = workbook(one("string", ["长" * 200, "短"]))["t"]
    assert sheet.row_dimensions[2].height >= 15 * 200 * 2 / 60
    assert sheet.row_dimensions[3].height is None


def test_codes_and_periods_are_text_and_numbers_are_numbers() -> None:
    """530500 and 2022 stay text; a negative number stays a number."""
    sheet = workbook(bulletin(), built("yncg-090"))["figures"]
    row = {heading.value: cell for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (row["area"].value, row["area"].data_type) == ("530500", "s")
    assert (row["period"].value, row["period"].data_type) == ("2023-06-20", "s")
    assert (row["value"].value, row["value"].data_type) == (19, "n")
    assert workbook(one("number", ["-1.5"]))["t"]["A2"].value == -1.5


def test_year_has_no_thousands_separator() -> None:
    """2023 stays 2023, while a number of people is grouped."""
    assert workbook(one("year", ["2023"]))["t"]["A2"].number_format == "General"
    assert workbook(one("number", ["177100"]))["t"]["A2"].number_format == "#,##0"


def test_dates_before_excel_are_text() -> None:
    """Excel's calendar is wrong before March 1900."""
    sheet = workbook(one("date", ["1899-12-31", "2023-06-20"]))["t"]
    assert [sheet["A2"].value, sheet["A3"].value] == ["1899-12-31", datetime(2023, 6, 20)]  # noqa: DTZ001


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "'=1"])
def test_no_cell_begins_with_what_a_spreadsheet_evaluates(text: str) -> None:
    """Text that could be evaluated has an apostrophe in front, and is not a formula."""
    cell = workbook(one("string", [text]))["t"]["A2"]
    assert (unescape(str(cell.value)), cell.data_type) == (f"'{text}", "s")


def test_text_that_looks_like_an_escape_is_escaped() -> None:
    """Excel reads _x0041_ as A, so its underscore is escaped."""
    with zipfile.ZipFile(io.BytesIO(files(one("string", ["_x0041_"]))["one.xlsx"])) as archive:
        assert b"<t>_x005F_x0041_</t>" in archive.read("xl/sharedStrings.xml")


def test_hostile_titles_are_defused_too() -> None:
    """Read-me and dictionary are sheets as well."""
    dataset = replace(small(), title_zh="=cmd()", citation_en="@SUM(A1)")
    sheet = workbook(dataset)["说明 Read me"]
    assert sheet["B1"].value == "'=cmd()"
    assert "'@SUM(A1)" in [row[2].value for row in sheet.iter_rows()]


def test_workbook_is_dated_by_the_dataset() -> None:
    """The date of creation is the dataset's, not the clock's."""
    assert workbook(bulletin(), built("yncg-090")).properties.created == datetime(2026, 11, 22)  # noqa: DTZ001


# --- the archive


def test_zip_holds_the_package_as_it_stands() -> None:
    """Canonical files, readme and licence note, sorted and dated 1980-01-01."""
    dataset = bulletin()
    with zipfile.ZipFile(io.BytesIO(files(dataset)["yncg-090.zip"])) as archive:
        labelled = [path for path in archive.namelist() if path.startswith("labelled/")]
        own = [*dataset.canonical, "readme.txt", "LICENSE.txt"]
        assert archive.namelist() == sorted([*own, *labelled])
        assert {path: archive.read(path) for path in dataset.canonical} == dataset.canonical
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        readme = archive.read("readme.txt").decode()
    assert dataset.citation_zh in readme
    assert dataset.citation_en in readme
    assert "65001" in readme


def test_zip_is_a_valid_data_package(tmp_path: Path) -> None:
    """Unpacked, the descriptor and its tables are found by its own paths."""
    with zipfile.ZipFile(io.BytesIO(files(bulletin())["yncg-090.zip"])) as archive:
        archive.extractall(tmp_path)
    descriptor = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert all((tmp_path / resource["path"]).is_file() for resource in descriptor["resources"])


# --- problems


INTEGER = (
    "is not an integer; expected digits only, such as 25, with up to 15 significant digits; correct the cell"
)
NUMBER = (
    "is not a number; expected digits such as 12.3, with up to 15 significant digits; correct or round it"
)
DATE = "is not a date; expected year-month-day, such as 2023-06-20; correct the cell"


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("integer", "2.5", f'"2.5" {INTEGER}'),
        ("integer", "１２", f'"１２" {INTEGER}'),
        ("number", "1,000", f'"1,000" {NUMBER}'),
        ("number", "NaN", f'"NaN" {NUMBER}'),
        ("number", "0.1234567890123456", f'"0.1234567890123456" {NUMBER}'),
        ("number", "1e999", f'"1e999" {NUMBER}'),
        ("date", "2023-02-30", f'"2023-02-30" {DATE}'),
        ("date", "20230620", f'"20230620" {DATE}'),
        ("year", "23", '"23" is not a year; expected four digits, such as 2023; correct the cell'),
        (
            "string",
            "x" * 32_768,
            "the text has 32768 characters; an Excel cell holds at most 32767; shorten it",
        ),
        (
            "string",
            "=" * 32_767,
            "the text has 32768 characters; an Excel cell holds at most 32767; shorten it",
        ),
        (
            "string",
            "\ufffe",
            "the character U+FFFE cannot be exchanged; expected Unicode text; delete the character",
        ),
    ],
)
def test_a_cell_that_cannot_be_held_is_named(kind: str, text: str, message: str) -> None:
    """Nothing is coerced or cut in silence: the message has place, value, expectation and remedy."""
    with pytest.raises(ExportError) as caught:
        files(one(kind, [text]))
    assert str(caught.value) == f"t.csv, row 2, column A (列): {message}."
    assert caught.value.text["zh"].startswith("t.csv 第 2 行 A 列（列）：")


def test_all_problems_come_at_once() -> None:
    """An empty key, a repeated key and a dangling reference are told together."""
    dataset = small()
    areas, people, things = dataset.tables
    rows = people.rows.assign(person=["p1", "p1", ""], area=["530500", "999999", ""])
    broken = replace(dataset, tables=(areas, replace(people, rows=rows), things))
    with pytest.raises(ExportError) as caught:
        files(broken)
    assert str(caught.value).splitlines() == [
        "people.csv, row 4, column A (person): a key is empty; expected a value; fill in the cell.",
        "people.csv, row 3: the key person repeats a value; every row must differ; correct the row.",
        'people.csv, row 3, column B (area): "999999" is not in areas.area; correct the id or add the row.',
    ]


def test_columns_must_be_the_fields() -> None:
    """A frame whose columns differ from the schema is not exported."""
    table = replace(one("string", ["a"]).tables[0], rows=pd.DataFrame({"x": ["a"]}, dtype=str))
    with pytest.raises(ExportError, match=r"t\.csv: the columns differ from the fields; expected 列;"):
        files(replace(one("string", ["a"]), tables=(table,)))


def test_keys_must_be_columns() -> None:
    """A key that the table does not have is named, and nothing else is looked at."""
    table = replace(one("string", ["a"]).tables[0], foreign_keys=(ForeignKey(("x",), "t", ("列",)),))
    with pytest.raises(ExportError) as caught:
        files(replace(one("string", ["a"]), tables=(table,)))
    message = "the key x is no column of this table; expected one of 列; change the key or add the column"
    assert str(caught.value) == f"t.csv: {message}."


def test_other_types_are_refused() -> None:
    """A type without an agreed form in every format is a problem, not a guess."""
    with pytest.raises(ExportError, match="the field type boolean cannot be exported"):
        files(one("boolean", ["true"]))


@pytest.mark.parametrize("path", ["../x", "/etc/x", "data\\x", "C:/x"])
def test_paths_stay_in_the_package(path: str) -> None:
    """A zip never holds a path that would leave the folder it is unpacked in."""
    with pytest.raises(ExportError, match="leads out of the package"):
        files(replace(small(), canonical={path: b""}))


# --- laws

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=12)
TEXT = TEXT.filter(lambda text: "_x" not in text)  # openpyxl 3.1 unescapes half of _x005F_x0041_
CELL = TEXT | st.builds(str.__add__, st.sampled_from(["'", "''", "=", "-", "'=", "<r>"]), TEXT)
ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=4)
)
NUMBERS = (
    st.decimals(allow_nan=False, allow_infinity=False)
    .map(Decimal.normalize)
    .filter(lambda value: len(value.as_tuple().digits) <= 15 and abs(value.adjusted()) <= 300)
)


@given(CELL)
def test_defusing_can_be_undone(text: str) -> None:
    """Undoing gives the text back, and nothing defused looks like a formula."""
    assert fused(defused(text)) == text
    assert not re.match(r"[=+\-@\t\r＝＋－＠]", defused(text))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_any_text_survives_every_format(rows: Cells) -> None:
    """Any table of strings reads back as it was from CSV, JSON, XLSX, Parquet and SQLite."""
    dataset = strings(rows)
    made = files(dataset)
    empty_as_none = [[text or None for text in row] for row in rows]
    assert read_csv(made["t.csv"])[1:] == rows
    assert [list(row.values()) for row in json.loads(made["t.json"])] == empty_as_none
    assert pq.read_table(io.BytesIO(made["t.parquet"])).to_pylist() == json.loads(made["t.json"])
    assert sheet_rows(workbook(dataset, made)["t"], len(rows[0]), len(rows) + 1)[1:] == empty_as_none
    with closing(database(made["strings.sqlite"])) as connection:
        assert [list(row) for row in connection.execute("SELECT * FROM t")] == empty_as_none


@settings(deadline=None, max_examples=60)
@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_any_number_survives_every_format(numbers: list[Decimal]) -> None:
    """A decimal of up to 15 digits is the same in JSON, and the nearest float everywhere else."""
    dataset = one("number", [str(number) for number in numbers])
    made = files(dataset)
    exact = [row["列"] for row in json.loads(made["t.json"], parse_float=Decimal, parse_int=Decimal)]
    assert exact == numbers
    nearest = [float(number) for number in numbers]
    assert pq.read_table(io.BytesIO(made["t.parquet"])).column(0).to_pylist() == nearest
    assert [row[0] for row in sheet_rows(workbook(dataset, made)["t"], 1)[1:]] == nearest
    with closing(database(made["one.sqlite"])) as connection:
        assert [row[0] for row in connection.execute("SELECT * FROM t")] == nearest


# --- reading back


def read_csv(content: bytes) -> Cells:
    """Read with the csv module, which must find UTF-8 without BOM."""
    assert not content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def workbook(dataset: Dataset, made: dict[str, bytes] | None = None) -> openpyxl.Workbook:
    """Read the workbook with openpyxl."""
    return openpyxl.load_workbook(io.BytesIO((made or files(dataset))[f"{dataset.name}.xlsx"]))


def sheet_rows(sheet: Worksheet, width: int, height: int | None = None) -> list[list[Any]]:
    """Give a sheet's values, with text as it was before Excel's escaping and our defusing."""
    cells = sheet.iter_rows(max_col=width, max_row=height, values_only=True)
    return [[original(value) for value in row] for row in cells]


def original(value: object) -> object:
    """Undo escaping and defusing; a date has no time."""
    if isinstance(value, datetime):
        return value.date()
    return fused(unescape(value)) if isinstance(value, str) else value


def database(content: bytes) -> sqlite3.Connection:
    """Open a database from its bytes."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    return connection


def texts(table: Table) -> Cells:
    """Give a table's canonical cells."""
    return [list(row) for row in table.rows.itertuples(index=False, name=None)]


def typed(table: Table) -> list[list[tuple[str, str]]]:
    """Give a table's canonical cells, each with its type."""
    kinds = [field["type"] for field in table.fields]
    return [list(zip(row, kinds, strict=True)) for row in texts(table)]


def expected(text: str, kind: str) -> object:
    """Read a cell for JSON, by other means than the code under test."""
    if text == "" or kind in ("string", "date"):
        return text or None
    return Decimal(text)


def floats(table: Table) -> list[list[Any]]:
    """Read a table for the formats that hold 64-bit floats."""
    return [[nearest(text, kind) for text, kind in row] for row in typed(table)]


def nearest(text: str, kind: str) -> object:
    """Read a cell as text, whole number, float or date."""
    if text == "" or kind == "string":
        return text or None
    return date.fromisoformat(text) if kind == "date" else float(text)


def iso(value: object) -> object:
    """Write a date as ISO 8601."""
    return value.isoformat() if isinstance(value, date) else value


# --- datasets


def field(name: str, kind: str, **more: object) -> dict[str, Any]:
    """Describe a column in both languages."""
    words = {"title": f"{name} 列", "title_en": f"{name} column"}
    described = {"description": f"说明 {name}", "description_en": f"describes {name}"}
    return {"name": name, "type": kind, **words, **described, "constraints": {}, **more}


def table(name: str, fields: Sequence[dict[str, Any]], rows: Cells, **more: Any) -> Table:  # noqa: ANN401
    """Make a table of a test."""
    names = [each["name"] for each in fields]
    keys: dict[str, Any] = {"primary_key": (), "foreign_keys": (), **more}
    frame = pd.DataFrame(rows, columns=names, dtype=str)
    return Table(
        name=name, title_zh=f"{name} 表", title_en=f"{name} table", fields=tuple(fields), rows=frame, **keys
    )


def dataset(name: str, *tables: Table, **more: Any) -> Dataset:  # noqa: ANN401
    """Make a dataset of a test."""
    licence = Licence("CC-BY-4.0", "Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/")
    words: dict[str, Any] = {
        "title_zh": f"{name} 标题",
        "title_en": f"{name} title",
        "description_zh": "一段说明",
        "description_en": "A description",
        "version": "1.0.0",
        "created": "2026-11-22",
        "licence": licence,
        "sources": ("A source",),
        "citation_zh": "引用我",
        "citation_en": "Cite me",
        "url": "https://example.org/data/",
        "descriptor": {},
        "canonical": {"datapackage.json": b"{}\n"},
        **more,
    }
    return Dataset(name=name, tables=tables, **words)


@cache
def small() -> Dataset:
    """Make three tables: every type, a foreign key, an empty table, and every hostile cell."""
    areas = table(
        "areas",
        [field("area", "string"), field("label", "string")],
        [["530500", "保山市"], ["530502", "隆阳区"]],
        primary_key=("area",),
    )
    kinds = {"person": "string", "area": "string", "count": "integer", "pay": "number"}
    fields = [field(name, kind, **({"unit": "CNY"} if name == "pay" else {})) for name, kind in kinds.items()]
    people = table(
        "people",
        [*fields, field("hired", "date"), field("born", "year"), field("note", "string")],
        [
            ["p1", "530500", "5", "14668700", "2023-06-20", "1990", ""],
            ["p2", "530502", "-3", "12.3", "1969-12-31", "2001", "普通 “text”"],
            ["p3", "", "", "", "", "", "\n"],
        ],
        primary_key=("person",),
        foreign_keys=(
            ForeignKey(("area",), "areas", ("area",)),
            ForeignKey(("person",), "elsewhere", ("person",)),
        ),
    )
    rows = [[str(number), text, text[::-1]] for number, text in enumerate(HOSTILE)]
    things = table("things", [field("id", "integer"), field("a", "string"), field("b", "string")], rows)
    return dataset("small", areas, people, replace(things, primary_key=("id",)))


def one(kind: str, cells: list[str]) -> Dataset:
    """Make one column of a type."""
    return dataset("one", table("t", [field("列", kind)], [[cell] for cell in cells]))


def strings(rows: Cells) -> Dataset:
    """Make columns of text."""
    fields = [field(f"c{position}", "string") for position in range(len(rows[0]))]
    return dataset("strings", table("t", fields, rows))


def packaged(folder: Path) -> Dataset:
    """Read a data package of the project, as the command line would hand it over."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    canonical = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    tables = [resource_table(resource, canonical) for resource in descriptor["resources"]]
    return dataset(descriptor["name"], *tables, descriptor=descriptor, canonical=canonical)


def resource_table(resource: dict[str, Any], canonical: dict[str, bytes]) -> Table:
    """Make a table of a resource of a package."""
    schema = resource["schema"]
    references = schema.get("foreignKeys", [])
    frame = pd.read_csv(io.BytesIO(canonical[resource["path"]]), dtype=str, keep_default_na=False)
    return Table(
        name=resource["name"],
        title_zh=resource["title"],
        title_en=resource["title_en"],
        fields=tuple(schema["fields"]),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=tuple(
            ForeignKey(tuple(key["fields"]), key["reference"]["resource"], tuple(key["reference"]["fields"]))
            for key in references
        ),
        rows=frame,
    )


@cache
def bulletin() -> Dataset:
    """Read the first bulletin."""
    return packaged(PACKAGE)


@cache
def codelists() -> Dataset:
    """Read the shared code lists."""
    return packaged(CODELISTS)


DATASETS = {"small": small, "yncg-090": bulletin, "codelists": codelists}


@cache
def built(name: str) -> dict[str, bytes]:
    """Export a dataset once for all tests."""
    return files(DATASETS[name]())
