"""What is exported: a dataset with its words, and its tables as text with their schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd


class Licence(NamedTuple):
    """A licence: SPDX identifier, title, and the address of its text."""

    name: str
    title: str
    path: str


class ForeignKey(NamedTuple):
    """Columns of a table whose values are keys of another, which may stand outside the dataset."""

    columns: tuple[str, ...]
    table: str
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table: Table Schema field descriptors, keys, and rows as text ('' is a missing value).

    `fields` carry name, type (string, integer, number, date, year), title, title_en, description,
    description_en, and may carry unit and codelist. `rows` has one column of text a field, in the order
    of the fields.
    """

    name: str
    title_zh: str
    title_en: str
    fields: tuple[Mapping[str, Any], ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    rows: pd.DataFrame

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns, in order."""
        return tuple(field["name"] for field in self.fields)

    def texts(self) -> Iterator[tuple[str, ...]]:
        """Give the rows as text, in order."""
        return self.rows.itertuples(index=False, name=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dataset:
    """Tables that are published together, with what a reader must know to use and cite them.

    `created` is an ISO 8601 date, `url` the public address of the data page, `descriptor` the
    canonical datapackage.json, and `canonical` the files of the package as they stand, by path; those
    of other packages that it refers to stand in folders named after them.
    """

    name: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    version: str
    created: str
    licence: Licence
    sources: tuple[str, ...]
    citation_zh: str
    citation_en: str
    url: str
    tables: tuple[Table, ...]
    descriptor: Mapping[str, Any]
    canonical: Mapping[str, bytes]

    def foreign_keys(self, table: Table) -> tuple[ForeignKey, ...]:
        """List the foreign keys of a table that lead to a table of the dataset."""
        held = {each.name for each in self.tables}
        return tuple(key for key in table.foreign_keys if key.table in held)
