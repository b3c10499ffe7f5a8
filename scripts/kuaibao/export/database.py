"""Takes a dataset and gives it as a SQLite database: typed tables with keys, full-text search, notes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from kuaibao.export.about import DICTIONARY, about, dictionary, statement
from kuaibao.export.cells import rows
from kuaibao.export.words import findable, searched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kuaibao.export.cells import Value
    from kuaibao.export.dataset import Dataset, ForeignKey, Table

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT", "year": "INTEGER"}
SETTINGS = ("PRAGMA page_size = 4096", "PRAGMA encoding = 'UTF-8'", "PRAGMA auto_vacuum = NONE")
WRITER = slice(96, 100)  # where a database names the version of SQLite that wrote it, for information


def sqlite_bytes(dataset: Dataset) -> bytes:
    """Build the database in memory; a foreign key to a table outside the dataset is left out."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for setting in SETTINGS:
            connection.execute(setting)
        with connection:
            _fill(connection, dataset)
        content = bytearray(connection.serialize())
    content[WRITER] = bytes(4)
    return bytes(content)


def _fill(connection: sqlite3.Connection, dataset: Dataset) -> None:
    for table in dataset.tables:
        for sentence in _table(dataset, table):
            connection.execute(sentence)
        _insert(connection, table.name, table.columns, rows(table))
        _index_words(connection, table)
    _notes(connection, "_about", ("label_zh", "label_en", "text_zh", "text_en"), _statements(dataset))
    _notes(connection, "_columns", DICTIONARY, dictionary(dataset))


def _index_words(connection: sqlite3.Connection, table: Table) -> None:
    """Index the labels of a table in <table>_search, whose rowid and columns are those of the table."""
    names = searched(table)
    if not names:
        return
    name = f"{table.name}_search"
    settings = f"content={_name(table.name)}, tokenize='porter unicode61'"
    connection.execute(f"CREATE VIRTUAL TABLE {_name(name)} USING fts5({_names(names)}, {settings})")
    cells = zip(*(table.rows[column].map(cache(findable)) for column in names), strict=True)
    _insert(connection, name, ("rowid", *names), ((row, *texts) for row, texts in enumerate(cells, start=1)))
    connection.execute(f"INSERT INTO {_name(name)} ({_name(name)}) VALUES ('optimize')")  # noqa: S608


def _notes(
    connection: sqlite3.Connection, name: str, columns: Sequence[str], texts: Iterable[Sequence[str]]
) -> None:
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{_name(column)} TEXT' for column in columns)})")
    _insert(connection, name, columns, texts)


def _statements(dataset: Dataset) -> list[tuple[str, ...]]:
    entries = [*about(dataset), statement("search", table=dataset.tables[0].name)]
    return [(*entry.label.values(), *entry.text.values()) for entry in entries]


def _table(dataset: Dataset, table: Table) -> list[str]:
    """Write the statements that create a table and the indexes on its foreign keys."""
    keys = dataset.foreign_keys(table)
    parts = [f"{_name(field['name'])} {TYPES[field['type']]}" for field in table.fields]
    if table.primary_key:
        parts.append(f"PRIMARY KEY ({_names(table.primary_key)})")
    parts += [f"UNIQUE ({_names(columns)})" for columns in _referenced(dataset, table)]
    parts += [f"FOREIGN KEY ({_names(a)}) REFERENCES {_name(b)} ({_names(c)})" for a, b, c in keys]
    create = f"CREATE TABLE {_name(table.name)} ({', '.join(parts)})"
    return [create, *(_index(table, key) for key in keys if key.columns != table.primary_key)]


def _referenced(dataset: Dataset, table: Table) -> list[tuple[str, ...]]:
    """Name the columns beside the primary key that other tables refer to; SQLite wants them unique."""
    keys = {key.keys for each in dataset.tables for key in each.foreign_keys if key.table == table.name}
    return sorted(keys - {table.primary_key})


def _index(table: Table, key: ForeignKey) -> str:
    name = _name("_".join((table.name, *key.columns)))
    return f"CREATE INDEX {name} ON {_name(table.name)} ({_names(key.columns)})"


def _insert(
    connection: sqlite3.Connection, name: str, columns: Sequence[str], values: Iterable[Sequence[Value]]
) -> None:
    # A table's name cannot be a parameter; it is quoted.
    places = ", ".join("?" * len(columns))
    sentence = f"INSERT INTO {_name(name)} ({_names(columns)}) VALUES ({places})"  # noqa: S608
    connection.executemany(sentence, ([_native(value) for value in row] for row in values))


def _native(value: Value) -> str | float | None:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case _:
            return value


def _names(names: Iterable[str]) -> str:
    return ", ".join(_name(name) for name in names)


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
