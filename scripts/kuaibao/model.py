"""The data as it is held in memory: packages with their tables, and typed figures.

A table is a pandas frame of text, one column a field of its schema, cells exactly as in the CSV
('' is a missing value); row i of the frame is row i + 2 of the file as a spreadsheet shows it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from kuaibao.errors import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    import pandas as pd

    from kuaibao.errors import Language

CODELISTS = ("indicators", "topics", "units", "areas", "organisations", "terms")
BULLETIN = ("figures", "numerals", "sections", "measures", "relations", "corrections")

# The folder of a package that holds its frozen versions, each in a folder named after its number.
RELEASES = "releases"
# The file of a package that tells what its releases changed.
CHANGELOG = "CHANGELOG.md"

# The code lists to which an editor may add, besides the indicators, which are a bulletin's own at first.
OPEN_LISTS = ("organisations", "topics", "units", "areas")

# The number of a version: major.minor.patch (semver.org 2.0.0, without what may follow).
SEMANTIC = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")

# A bulletin is named by its series and its number in it.
PACKAGE_NAME = re.compile(r"[a-z]{2,8}-[0-9]{3,}")

# The id of the dataset that holds all bulletins and the code lists; no package can have it.
EVERYTHING = "all-bulletins"

Row = dict[str, str]

# How a draft marks what is left to do: in a column of codes, and at the beginning of words.
TODO, TODO_ZH, TODO_EN = "todo", "待办", "to do"
PROPOSED = f"{TODO_ZH}："  # before what a draft proposes, in either language


def is_todo(value: str) -> bool:
    """Tell whether a value is marked as left to do."""
    return value == TODO or value.startswith((TODO_ZH, TODO_EN))


@cache
def schema(table: str) -> Mapping[str, Any]:
    """Read the Table Schema of a table (name, title, description, fields, keys)."""
    text = (files("kuaibao") / "schemas" / f"{table}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def resource_schema(table: str) -> dict[str, Any]:
    """Give the schema of a table as the descriptor of a package holds it: fields and keys."""
    parts = ("fields", "primaryKey", "missingValues", "foreignKeys")
    return {part: schema(table)[part] for part in parts if part in schema(table)}


def field_names(table: str) -> tuple[str, ...]:
    """Name the columns of a table, in order."""
    return tuple(field["name"] for field in schema(table)["fields"])


def series_of(name: str) -> str:
    """Give the series of a bulletin by its id: 'yncg' for 'yncg-090'."""
    return name.partition("-")[0]


def contributor_anchor(name: str) -> str:
    """Give the anchor of a contributor on the page of all downloads."""
    return f"by-{name.replace(' ', '-')}"


class Lists:
    """Code lists as they stood at one time; each is itself alone, whatever its rows."""

    def __init__(self, tables: Mapping[str, Sequence[Row]]) -> None:
        """Bind the tables by name."""
        self._tables = tables

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, Row]]:
        """The rows by table and key: {'units': {'person': …}, 'terms': {'qualifier nearly': …}}."""
        keys = {table: schema(table)["primaryKey"] for table in CODELISTS if table in self._tables}
        return {
            table: {" ".join(row.get(column, "") for column in key): row for row in self._tables[table]}
            for table, key in keys.items()
        }


class Version(NamedTuple):
    """A version of a package as it was written: descriptor, tables by name, bytes of its files by path.

    `lists` are the code lists with which it was made; None where they are not at hand.
    """

    descriptor: Mapping[str, Any]
    tables: Mapping[str, Sequence[Row]]
    files: Mapping[str, bytes]
    lists: Lists | None = None

    @property
    def number(self) -> str:
        """Give the semantic version: '1.0.2'."""
        return str(self.descriptor["version"])

    @property
    def date(self) -> str:
        """Give the day on which the version was made: '2026-11-22'."""
        return str(self.descriptor["created"])[:10]

    @property
    def rank(self) -> tuple[int, ...]:
        """Give what sorts versions: (1, 0, 2)."""
        return tuple(int(part) for part in self.number.split("."))


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """A data package: its folder, its descriptor, its tables by name, and its releases, oldest first."""

    name: str
    folder: Path
    path: str
    descriptor: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    releases: tuple[Version, ...] = ()

    def rows(self, table: str) -> list[Row]:
        """List a table as dictionaries of text."""
        frame = self.tables[table]
        names = list(frame.columns)
        return [dict(zip(names, values, strict=True)) for values in frame.to_numpy().tolist()]

    def table_files(self) -> dict[str, bytes]:
        """Read the tables as they stand: bytes by path below the folder."""
        return {
            path: (self.folder / path).read_bytes() for path in (f"data/{name}.csv" for name in self.tables)
        }

    def version(self, lists: Lists | None = None) -> Version:
        """Give the working copy, with code lists, as a version: its files are the tables alone."""
        tables = {name: self.rows(name) for name in self.tables}
        return Version(self.descriptor, tables, self.table_files(), lists)

    def place(self, table: str, index: int | None = None, column: str | None = None) -> Place:
        """Name the place of a cell; `index` counts rows of the frame from 0."""
        names = field_names(table)
        position = names.index(column) if column in names else None
        return Place(f"{self.path}/data/{table}.csv", None if index is None else index + 2, column, position)

    def describe(self, key: str, language: Language) -> str:
        """Give a property of the descriptor in one language (title, description)."""
        return str(self.descriptor[key if language == "zh" else f"{key}_en"])

    @property
    def bulletin(self) -> Mapping[str, Any]:
        """The descriptor's account of the bulletin (series, issue, date, issuer, hash of the text)."""
        found: Mapping[str, Any] = self.descriptor["bulletin"]
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Archive:
    """Everything below datapackages/: the code lists and the bulletins by id, in order of the id."""

    root: Path
    codelists: Package
    bulletins: Mapping[str, Package]

    def packages(self) -> list[Package]:
        """List the code lists and every bulletin."""
        return [self.codelists, *self.bulletins.values()]


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """All numbers from low to high; None is an open end."""

    low: Decimal | None
    high: Decimal | None

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two have a number in common."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return not (below or above)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A number as it may be shown: value (and upper value of a range), interval, hedge and unit."""

    value: Decimal
    value_end: Decimal | None
    interval: Interval
    qualifier: str
    unit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A reported figure: its row, the row of its numeral, its quantity and its bulletin."""

    id: str
    bulletin: str
    row: Row
    numeral: Row
    quantity: Quantity


@dataclass(frozen=True, kw_only=True, slots=True)
class Derived:
    """A relation with what its terms give; `quantity` is None where a relation is only checked."""

    id: str
    bulletin: str
    row: Row
    quantity: Quantity | None
