"""Published downloads: all formats hold the same cells, packages open by address, databases search."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import subprocess
import sys
import time
import urllib.request
import zipfile
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

import frictionless
import openpyxl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from built import ROOT, folder, served, site, tree
from kuaibao.datasets import dataset, everything
from kuaibao.errors import UsageError
from kuaibao.export.archive import zipped
from kuaibao.export.words import LONGEST, findable
from kuaibao.load import load
from kuaibao.model import EVERYTHING, PACKAGE_NAME
from readback import csv_rows, differences, types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DATASETS = ("yncg-090", "codelists", EVERYTHING)
BULLETIN = "yncg-090"
PUBLIC = "https://kuaibao.example.org/"
WIDE = ("figures", "numerals", "sections", "measures", "relations", "corrections")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:frictionless")


def downloads(name: str) -> dict[str, bytes]:
    """Read the folder of downloads of a dataset."""
    return tree(site() / "downloads" / name)


# --- the same cells in every format


@pytest.mark.parametrize("name", DATASETS)
def test_all_formats_hold_the_same_cells(name: str) -> None:
    """CSV, JSON, Parquet, XLSX, SQLite and zip, read back by six readers, are equal cell by cell."""
    assert differences(name, downloads(name)) == []


def in_parquet(content: bytes) -> bytes:
    """Add one to the first value of a Parquet file."""
    table = pq.read_table(io.BytesIO(content))
    at = table.column_names.index("value")
    values = table.column(at).to_pylist()
    changed = table.set_column(at, "value", pa.array([values[0] + 1, *values[1:]]))
    buffer = io.BytesIO()
    pq.write_table(changed, buffer)
    return buffer.getvalue()


def in_workbook(content: bytes) -> bytes:
    """Make the code of the first area a number."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["figures"]
    at = [cell.value for cell in sheet[1]].index("area")
    sheet[2][at].value = 530500
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def in_database(content: bytes) -> bytes:
    """Take the unit of a figure away."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        connection.execute("UPDATE figures SET unit_en = NULL WHERE rowid = 3")
        connection.commit()
        return connection.serialize()


def in_zip(content: bytes) -> bytes:
    """Change a byte of a table in the zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        packed = {path: archive.read(path) for path in archive.namelist()}
    return zipped({**packed, "data/figures.csv": packed["data/figures.csv"].replace(b",19,", b",18,", 1)})


def in_labelled(content: bytes) -> bytes:
    """Change a label of a table in the zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        packed = {path: archive.read(path) for path in archive.namelist()}
    path = "labelled/figures.csv"
    return zipped({**packed, path: packed[path].replace(b"people", b"person", 1)})


@pytest.mark.parametrize(
    ("file", "change", "named"),
    [
        (
            "figures.csv",
            lambda content: content.replace(b",19,,", b",18,,", 1),
            "figures.json: row 2, value:",
        ),
        ("figures.json", lambda content: content.replace(b"19", b"18", 1), "figures.json: row"),
        ("figures.parquet", in_parquet, "figures.parquet figures: row 2, value: 20.0, not 19.0"),
        ("yncg-090.xlsx", in_workbook, "yncg-090.xlsx figures: row 2, area: 530500, not '530500'"),
        ("yncg-090.sqlite", in_database, "yncg-090.sqlite figures: row 4, unit_en: None, not"),
        ("yncg-090.zip", in_zip, "yncg-090.zip: data/figures.csv"),
        ("yncg-090.zip", in_labelled, "yncg-090.zip: labelled/figures.csv"),
        (
            "data/measures.csv",
            lambda content: content.replace(b"policy", b"body", 1),
            "yncg-090.zip: data/meas",
        ),
    ],
)
def test_a_change_in_one_format_is_noticed(file: str, change: Callable[[bytes], bytes], named: str) -> None:
    """The comparison can fail: one altered cell in one file is named."""
    files = downloads(BULLETIN)
    altered = differences(BULLETIN, {**files, file: change(files[file])})
    assert any(each.startswith(named) for each in altered), altered[:3]


# --- the canonical package


@pytest.mark.parametrize("name", DATASETS)
def test_package_opens_by_its_address(name: str) -> None:
    """Frictionless loads the package from the served site, and finds every table valid, hash and all."""
    with served(site()) as address:
        package = frictionless.Package(f"{address}/downloads/{name}/datapackage.json")
        report = package.validate()
        figures = package.resources[0].read_rows()
    assert report.flatten(["message"]) == []
    assert len(figures) > 1


@pytest.mark.parametrize("name", DATASETS)
def test_descriptor_states_bytes_and_hashes(name: str) -> None:
    """Every table of the published descriptor is canonical CSV of the size and SHA-256 that it states."""
    files = downloads(name)
    for resource in json.loads(files["datapackage.json"])["resources"]:
        content = files[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (
            len(content),
            f"sha256:{sha256(content).hexdigest()}",
        )
        assert (content[:3] != b"\xef\xbb\xbf", b"\r" in content, content[-1:]) == (True, False, b"\n")


def test_the_id_of_everything_is_free() -> None:
    """No package can have the id of the dataset of all bulletins."""
    assert PACKAGE_NAME.fullmatch(EVERYTHING) is None
    assert EVERYTHING != "codelists"


def test_everything_holds_every_row() -> None:
    """The dataset of all bulletins has the rows of each, in order, and those of the code lists."""
    whole = downloads(EVERYTHING)
    for name in (BULLETIN, "codelists"):
        parts = downloads(name)
        assert {table: csv_rows(parts[f"{table}.csv"]) for table in types(parts)} == {
            table: csv_rows(whole[f"{table}.csv"]) for table in types(parts)
        }


def test_everything_has_one_licence() -> None:
    """Packages with different licences are not published as one dataset; the message names them."""
    archive = load(ROOT)
    single = [dataset(package, archive, PUBLIC) for package in archive.packages()]
    other = single[1].licence._replace(name="CC0-1.0")
    with pytest.raises(UsageError, match=r"codelists: CC-BY-4\.0, .*yncg-090: CC0-1\.0"):
        everything([single[0], replace(single[1], licence=other)], PUBLIC)


# --- wide tables


@pytest.mark.parametrize("table", WIDE)
def test_codes_have_labels_in_both_languages(table: str) -> None:
    """Beside each code stand its labels, filled wherever the code is."""
    header, *rows = csv_rows(downloads(EVERYTHING)[f"{table}.csv"])
    coded = [name for name in header if f"{name}_zh" in header]
    assert coded or table in ("sections", "corrections")
    for row in (dict(zip(header, cells, strict=True)) for cells in rows):
        for name in coded:
            assert bool(row[name]) == bool(row[f"{name}_zh"]) == bool(row[f"{name}_en"])


@pytest.mark.parametrize("table", [*WIDE, "bulletins"])
def test_every_row_has_addresses_that_are_there(table: str) -> None:
    """The permanent address of each row leads to a page of the site, and to a place that it has."""
    header, *rows = csv_rows(downloads(EVERYTHING)[f"{table}.csv"])
    for row in (dict(zip(header, cells, strict=True)) for cells in rows):
        for language in ("zh", "en"):
            path, _, anchor = row[f"url_{language}"].removeprefix(PUBLIC).partition("#")
            assert path.startswith("en/") == (language == "en")
            page = (site() / path / "index.html").read_text(encoding="utf-8")
            assert not anchor or f'id="{anchor}"' in page, row[f"url_{language}"]


# --- the database


def database(name: str) -> sqlite3.Connection:
    """Open a published database."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(downloads(name)[f"{name}.sqlite"])
    return connection


@pytest.mark.parametrize("name", DATASETS)
def test_database_is_whole(name: str) -> None:
    """Keys hold, foreign keys close, and the indexes of words are sound."""
    with closing(database(name)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_references_of_everything_close() -> None:
    """Each foreign key of the figures leads to a table of the dataset."""
    with closing(database(EVERYTHING)) as connection:
        keys = connection.execute(
            'SELECT "from", "table" FROM pragma_foreign_key_list(\'figures\')'
        ).fetchall()
    leading = {"numeral": "numerals", "measure": "measures", "indicator": "indicators", "area": "areas"}
    leading |= {"unit": "units", "section": "sections"}
    assert set(keys) == {*leading.items(), ("bulletin", "bulletins"), ("bulletin", "sections")}


def search(connection: sqlite3.Connection, table: str, words: str) -> list[str]:
    """Find rows as Datasette does: each word in quotes; gives their ids in order."""
    query = " ".join(f'"{word}"' for word in words.split())
    found = connection.execute(
        f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH ? ORDER BY rowid",  # noqa: S608
        [query],
    )
    rows = {row for (row,) in found}
    ids = connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()  # noqa: S608
    return [row[1] for row in ids if row[0] in rows]


@pytest.mark.parametrize("word", ["工匠", "劳动合同", "产业工人", "职工", "市", "亿元", "石斛"])
def test_search_finds_chinese_of_any_length(word: str) -> None:
    """A search finds exactly the rows of which a searched cell holds the word."""
    header, *rows = csv_rows(downloads(EVERYTHING)["figures.csv"])
    with closing(database(EVERYTHING)) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(figures_search)")]
        found = search(connection, "figures", word)
    columns = [header.index(name) for name in names]
    holding = [row[0] for row in rows if any(word in row[column] for column in columns)]
    assert found == holding
    assert found or word == "亿元"


def test_search_finds_english() -> None:
    """English words are found whatever their ending or case."""
    with closing(database(BULLETIN)) as connection:
        assert search(connection, "figures", "worker") == search(connection, "figures", "Workers") != []
        assert search(connection, "measures", "budget") == ["yncg-090.m06"]
        assert search(connection, "figures", "no-such-word") == []


def test_search_is_in_step_with_the_data() -> None:
    """Each index has the rows of its table, and gives back the table's own text."""
    with closing(database(EVERYTHING)) as connection:
        names = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%fts5%'")
        ]
        assert {"figures_search", "measures_search", "indicators_search"} <= set(names)
        for name in names:
            table = name.removesuffix("_search")
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
            queries = (f"SELECT rowid, {columns} FROM {each} ORDER BY rowid" for each in (name, table))  # noqa: S608
            assert len({tuple(connection.execute(query).fetchall()) for query in queries}) == 1
            counted = connection.execute(f"SELECT count(*) FROM {name}_docsize").fetchone()  # noqa: S608
            assert counted == connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608


def test_words_of_a_run() -> None:
    """Each part of a run with Chinese is a word; other letters stay together, and long runs stay small."""
    assert findable("劳动节, May Day") == "劳动节 劳动 动节 劳 动 节, May Day"
    assert findable("近400名").split() == ["近400名", "近400", "400名", "近", "400", "名"]
    assert len(findable("工匠" * 500).split()) <= 2 * LONGEST


@pytest.fixture(scope="module")
def datasette() -> Iterator[str]:
    """Serve the database of all bulletins with Datasette; gives its address."""
    file = folder() / f"{EVERYTHING}.sqlite"
    file.write_bytes(downloads(EVERYTHING)[file.name])
    command = [sys.executable, "-m", "datasette", str(file), "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stderr
            lines = iter(server.stderr.readline, "")
            yield next(line.rpartition(" on ")[2].split()[0] for line in lines if " running on " in line)
        finally:
            server.terminate()


def opened(address: str) -> str:
    """Fetch a page, for some seconds if need be."""
    for _ in range(20):
        try:
            with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310 (on this machine)
                return str(page.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError(address)


def test_datasette_shows_and_searches(datasette: str) -> None:
    """Datasette shows the table with a box to search, and finds Chinese and English words in it."""
    table = f"{datasette.rstrip('/')}/{EVERYTHING}/figures"
    page = opened(table)
    assert "yncg-090.1.01" in page
    assert 'name="_search"' in page
    for word in ("工匠", "劳动合同", "workers"):
        found = json.loads(opened(f"{table}.json?_search={quote(word)}&_shape=array"))
        assert found
        assert all(word.lower().rstrip("s") in json.dumps(row, ensure_ascii=False).lower() for row in found)


# --- what the pages say


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize(("page", "name"), [("data/", EVERYTHING), ("bulletins/yncg-090/data/", BULLETIN)])
def test_buttons_tell_format_size_and_rows(prefix: str, page: str, name: str) -> None:
    """The buttons of files that hold all tables tell how many tables and rows these are."""
    files = downloads(name)
    rows = sum(len(csv_rows(files[f"{table}.csv"])) - 1 for table in types(files))
    text = (site() / prefix / page / "index.html").read_text(encoding="utf-8")
    for kind in ("xlsx", "sqlite"):
        button = re.search(rf'href="[^"]*{name}\.{kind}"[^>]*>(.*?)</a>', text)
        size = f"{max(1, round(len(files[f'{name}.{kind}']) / 1024)):,} KB"
        assert button
        assert size in button[1]
        assert [str(len(types(files))), str(rows)] == re.findall(r"\d+", button[1].split("·")[1])
