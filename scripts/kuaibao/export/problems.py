"""Takes a dataset and gives all reasons why some format could not hold it exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kuaibao.errors import LANGUAGES, KuaibaoError, Place
from kuaibao.export.cells import TYPES, defused, read
from kuaibao.export.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kuaibao.errors import Language
    from kuaibao.export.dataset import Dataset, ForeignKey, Table

EXCEL_CELL = 32_767  # UTF-16 code units
EXCEL_ROWS = 1_048_575  # below the header
NOT_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")  # no place in UTF-8 or in XML 1.0
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that cannot be exported: where, why (a key of the catalogue), which value."""

    place: Place
    key: str
    value: str = ""
    expected: str = ""

    def text(self, language: Language) -> str:
        """Say place, value, expectation and remedy in one line."""
        sentence = say(f"problem-{self.key}", language, value=self.value[:SHOWN], expected=self.expected)
        place = self.place.text(language)
        return f"{place}：{sentence}。" if language == "zh" else f"{place}: {sentence}."


class ExportError(KuaibaoError):
    """Data that no download could hold exactly; `problems` lists all, `text` says them in a language."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems in the order in which they were found."""
        self.problems = problems
        self.text = {language: "\n".join(each.text(language) for each in problems) for language in LANGUAGES}
        super().__init__(self.text["en"])


def problems(dataset: Dataset) -> Iterator[Problem]:
    """List every problem of the tables and of the canonical paths."""
    shapes = [each for table in dataset.tables for each in _shape(table)]
    yield from shapes or _contents(dataset)
    for path in dataset.canonical:
        if path.startswith("/") or "\\" in path or ":" in path or ".." in path.split("/"):
            yield Problem(Place("datapackage.json"), "path", path)


def _contents(dataset: Dataset) -> Iterator[Problem]:
    for table in dataset.tables:
        yield from _cells(table)
        yield from _keys(table)
    yield from _references(dataset)


def _shape(table: Table) -> Iterator[Problem]:
    place = Place(f"{table.name}.csv")
    if tuple(table.rows.columns) != table.columns:
        yield Problem(place, "columns", expected=", ".join(table.columns))
    for key in (*table.primary_key, *(column for each in table.foreign_keys for column in each.columns)):
        if key not in table.columns:
            yield Problem(place, "keys", key, ", ".join(table.columns))
    if len(table.rows) > EXCEL_ROWS:
        yield Problem(place, "rows", str(len(table.rows)), str(EXCEL_ROWS))
    for field in table.fields:
        if field["type"] not in TYPES:
            yield Problem(place, "type", str(field["type"]), ", ".join(TYPES))


def _cells(table: Table) -> Iterator[Problem]:
    for position, field in enumerate(table.fields):
        for index, text in enumerate(table.rows[field["name"]]):
            fault = _fault(text, field["type"], key=field["name"] in table.primary_key)
            if fault:
                yield Problem(Place(f"{table.name}.csv", index + 2, field["name"], position), *fault)


def _fault(text: str, kind: str, *, key: bool) -> tuple[str, ...] | None:
    """Tell what is wrong with a cell: key of the catalogue, value, expectation."""
    if text == "":
        return ("key",) if key else None
    if strange := NOT_TEXT.search(text):
        return ("text", f"U+{ord(strange[0]):04X}")
    if len(text) > EXCEL_CELL // 2 and (length := _excel_length(text)) > EXCEL_CELL:
        return ("long", str(length), str(EXCEL_CELL))
    try:
        read(text, kind)
    except ValueError:
        return (kind, text)
    return None


def _excel_length(text: str) -> int:
    return len(defused(text).encode("utf-16-le")) // 2


def _keys(table: Table) -> Iterator[Problem]:
    if not table.primary_key:
        return
    repeated = table.rows.duplicated(list(table.primary_key))
    for index, repeats in enumerate(repeated):
        if repeats:
            place = Place(f"{table.name}.csv", index + 2)
            yield Problem(place, "duplicate", expected=", ".join(table.primary_key))


def _references(dataset: Dataset) -> Iterator[Problem]:
    tables = {table.name: table for table in dataset.tables}
    for table in dataset.tables:
        for key in dataset.foreign_keys(table):
            yield from _dangling(table, key, tables[key.table])


def _dangling(table: Table, key: ForeignKey, other: Table) -> Iterator[Problem]:
    known = set(_values(other, key.keys))
    position = table.columns.index(key.columns[-1])
    for index, values in enumerate(_values(table, key.columns)):
        if all(values) and values not in known:
            place = Place(f"{table.name}.csv", index + 2, key.columns[-1], position)
            yield Problem(place, "reference", " ".join(values), f"{other.name}.{' '.join(key.keys)}")


def _values(table: Table, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return zip(*(table.rows[column] for column in columns), strict=True)
