"""Reads the files of a published dataset back, each format by a reader of its own, and compares every cell.

A cell is compared as Decimal where its column holds numbers, as text otherwise, and as None where it is
empty; a format that holds 64-bit floats is compared with the float nearest to the decimal.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from openpyxl.utils.escape import unescape

from kuaibao.export.cells import fused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Cell = Decimal | float | str | None
Rows = list[list[Any]]  # the first holds the names of the columns
NUMBERS = ("integer", "number", "gYear")


def differences(name: str, files: Mapping[str, bytes]) -> list[str]:
    """Compare every format of a dataset with its CSV, the types of which CSVW tells; name every difference.

    `files` are those of the folder of downloads, by path below it.
    """
    found = []
    for table, kinds in types(files).items():
        exact = typed(csv_rows(files[f"{table}.csv"]), kinds)
        near = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in exact]
        found += differing(f"{table}.json", json_rows(files[f"{table}.json"], exact[0]), exact)
        for place, read in READERS.items():
            path = place.format(table=table, name=name)
            found += differing(f"{path} {table}", read(files[path], table), near)
    return found + zip_differences(name, files)


def types(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Read the types of the columns of every table from the metadata beside them."""
    tables = json.loads(files["csv-metadata.json"])["tables"]
    return {
        table["url"].removesuffix(".csv"): [
            column["datatype"]["base"] if isinstance(column["datatype"], dict) else column["datatype"]
            for column in table["tableSchema"]["columns"]
        ]
        for table in tables
    }


def typed(rows: Rows, kinds: list[str]) -> Rows:
    """Read the text of a CSV as the types of its columns."""
    read = [[cell(text, kind) for text, kind in zip(row, kinds, strict=True)] for row in rows[1:]]
    return [rows[0], *read]


def cell(text: str, kind: str) -> Cell:
    """Read a cell of a CSV."""
    if not text:
        return None
    return Decimal(text) if kind in NUMBERS else text


def differing(place: str, found: Rows, expected: Rows) -> list[str]:
    """Name every cell that differs, or the sizes where these do."""
    if [len(row) for row in found] != [len(row) for row in expected]:
        return [f"{place}: {len(found)} rows, not {len(expected)}, or of other lengths"]
    return [
        f"{place}: row {index + 1}, {expected[0][column]}: {value!r}, not {other!r}"
        for index, (row, others) in enumerate(zip(found, expected, strict=True))
        for column, (value, other) in enumerate(zip(row, others, strict=True))
        if value != other
    ]


def csv_rows(content: bytes) -> Rows:
    """Read a CSV, which must be UTF-8 without BOM, with LF."""
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def json_rows(content: bytes, columns: list[str]) -> Rows:
    """Read an array of objects, numbers digit by digit; no rows tell no columns."""
    loaded = json.loads(content, parse_float=Decimal, parse_int=Decimal)
    assert all(list(row) == columns for row in loaded)
    return [columns, *(list(row.values()) for row in loaded)]


def parquet_rows(content: bytes, _: str) -> Rows:
    """Read Parquet with pyarrow."""
    table = pq.read_table(io.BytesIO(content))
    return [table.column_names, *(plain(row.values()) for row in table.to_pylist())]


def xlsx_rows(content: bytes, table: str) -> Rows:
    """Read the sheet of a table with openpyxl."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEETS.get(table, table)]
    return [plain(row) for row in sheet.iter_rows(values_only=True)]


def sqlite_rows(content: bytes, table: str) -> Rows:
    """Read a table of a database with sqlite3."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        cursor = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')  # noqa: S608 (a name of ours)
        return [[column[0] for column in cursor.description], *(list(row) for row in cursor)]


def plain(values: Any) -> list[Any]:  # noqa: ANN401  # whatever a reader gives
    """Write dates as ISO 8601, and undo what a workbook puts before text that looks like a formula."""
    return [written(value) for value in values]


def written(value: object) -> object:
    """Write a value of a reader as the CSV holds it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return fused(unescape(value)) if isinstance(value, str) else value


SHEETS = {"bulletins": "来源 Sources"}
READERS: dict[str, Callable[[bytes, str], Rows]] = {
    "{table}.parquet": parquet_rows,
    "{name}.xlsx": xlsx_rows,
    "{name}.sqlite": sqlite_rows,
}


def zip_differences(name: str, files: Mapping[str, bytes]) -> list[str]:
    """Compare the zip's package with the one that is published, and its cells with the wide tables."""
    with zipfile.ZipFile(io.BytesIO(files[f"{name}.zip"])) as archive:
        packed = {path: archive.read(path) for path in archive.namelist()}
    paths = ["datapackage.json", *resources(files["datapackage.json"])]
    found = [f"{name}.zip: {path}" for path in paths if packed.get(path) != files[path]]
    found += [f"{name}.zip: {path}" for path, table in labelled(packed) if packed[path] != files[table]]
    for path in paths[1:]:
        table = path.rpartition("/")[2]
        found += differing(f"{path} in {table}", csv_rows(files[path]), narrowed(files, path, table))
    return found


def labelled(packed: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """List the tables with labels in a zip, each with the name of the published file that it repeats."""
    return [(path, path.rpartition("/")[2]) for path in packed if path.startswith("labelled/")]


def resources(descriptor: bytes) -> Iterator[str]:
    """List the paths of the tables of a package."""
    return (resource["path"] for resource in json.loads(descriptor)["resources"])


def narrowed(files: Mapping[str, bytes], path: str, table: str) -> Rows:
    """Take from a wide table the columns that the package has."""
    wide = csv_rows(files[table])
    at = [wide[0].index(column) for column in csv_rows(files[path])[0]]
    return [[row[index] for index in at] for row in wide]
