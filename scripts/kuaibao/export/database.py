"""Takes a dataset and gives it as a SQLite database: typed tables with keys, _about and _columns."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kuaibao.export.about import DICTIONARY, about, dictionary
from kuaibao.export.cells import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kuaibao.export.cells import Value
    from kuaibao.export.dataset import Dataset, Table

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT", "year": "INTEGER"}
SETTINGS = ("PRAGMA page_size = 4096", "PRAGMA encoding = 'UTF-8'", "PRAGMA auto_vacuum = NONE")


def sqlite_bytes(dataset: Dataset) -> bytes:
    """Build the database in memory; a foreign key to a table outside the dataset is left out."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for setting in SETTINGS:
            connection.execute(setting)
        with connection:
            _fill(connection, dataset)
        return connection.serialize()


def _fill(connection: sqlite3.Connection, dataset: Dataset) -> None:
    for table in dataset.tables:
        for sentence in _table(dataset, table):
            connection.execute(sentence)
        _insert(connection, table.name, len(table.fields), rows(table))
    _notes(connection, "_about", ("label_zh", "label_en", "text_zh", "text_en"), _statements(dataset))
    _notes(connection, "_columns", DICTIONARY, dictionary(dataset))


def _notes(
    connection: sqlite3.Connection, name: str, columns: Sequence[str], texts: Iterable[Sequence[str]]
) -> None:
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{_name(column)} TEXT' for column in columns)})")
    _insert(connection, name, len(columns), texts)


def _statements(dataset: Dataset) -> list[tuple[str, ...]]:
    return [(*entry.label.values(), *entry.text.values()) for entry in about(dataset)]


def _table(dataset: Dataset, table: Table) -> list[str]:
    """Write the statements that create a table and the indexes on its foreign keys."""
    keys = _foreign_keys(dataset, table)
    parts = [f"{_name(field['name'])} {TYPES[field['type']]}" for field in table.fields]
    if table.primary_key:
        parts.append(f"PRIMARY KEY ({_names(table.primary_key)})")
    parts += [f"UNIQUE ({_name(column)})" for column in _referenced(dataset, table)]
    parts += [f"FOREIGN KEY ({_name(a)}) REFERENCES {_name(b)} ({_name(c)})" for a, b, c in keys]
    create = f"CREATE TABLE {_name(table.name)} ({', '.join(parts)})"
    return [create, *(_index(table, column) for column, _, _ in keys if (column,) != table.primary_key)]


def _foreign_keys(dataset: Dataset, table: Table) -> list[tuple[str, str, str]]:
    held = {each.name for each in dataset.tables}
    return [key for key in table.foreign_keys if key[1] in held]


def _referenced(dataset: Dataset, table: Table) -> list[str]:
    """Name the columns beside the primary key that other tables refer to; SQLite wants them unique."""
    keys = {key[2] for each in dataset.tables for key in each.foreign_keys if key[1] == table.name}
    return sorted(key for key in keys if (key,) != table.primary_key)


def _index(table: Table, column: str) -> str:
    return f"CREATE INDEX {_name(f'{table.name}_{column}')} ON {_name(table.name)} ({_name(column)})"


def _insert(connection: sqlite3.Connection, name: str, width: int, values: Iterable[Sequence[Value]]) -> None:
    # A table's name cannot be a parameter; it is quoted.
    sentence = f"INSERT INTO {_name(name)} VALUES ({', '.join('?' * width)})"  # noqa: S608
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
