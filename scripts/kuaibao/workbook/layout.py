"""Takes a table's schema and gives its sheet: which columns, with which words and which drop-down list."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kuaibao.model import OPEN_LISTS, PROPOSED, schema

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kuaibao.errors import Language

# The sheets of the open code lists hold new rows only, and may be missing.
SHEETS = ("figures", "measures", "indicators", "relations", "numerals", "sections", *OPEN_LISTS)
FACTS, OPTIONS = "快报", "选项"
FACT_COLUMNS = ("key", "value", "explanation")
# The facts whose value is a code.
FACT_LISTS = {"issuer": "organisations", "area": "areas"}
BETWEEN = "；"  # between the codes of a cell that takes several


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a sheet; an extra one helps the editor and is never taken back.

    `options` names the list of its drop-down; `several` codes may stand in a cell; a `code` is
    written in half width; `number` holds numbers where Excel can keep them.
    """

    name: str
    title: str
    description: Mapping[Language, str]
    options: str = ""
    several: bool = False
    code: bool = False
    number: bool = False
    extra: bool = False


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    with (files("kuaibao.workbook") / "words.csv").open(encoding="utf-8") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def phrase(key: str, language: Language) -> str:
    """Give a phrase of the workbook in Chinese or English; KeyError where there is none."""
    return _catalogue()[key][language]


def key_of(table: str) -> str:
    """Name the column that identifies a row."""
    name: str = schema(table)["primaryKey"][0]
    return name


@cache
def columns(table: str) -> tuple[Column, ...]:
    """List the columns of a table, in the order of its schema."""
    links = {key["fields"][0]: key["reference"]["resource"] for key in schema(table).get("foreignKeys", ())}
    return tuple(_column(field, links) for field in schema(table)["fields"])


def shown_columns(table: str, extra: Collection[str]) -> tuple[Column, ...]:
    """List the columns of a sheet: the table's, with the extra ones after the key."""
    key, *others = columns(table)
    added = (_extra(name) for name in ("printed", "sentence") if name in extra)
    return (key, *added, *others)


def fact_columns() -> tuple[Column, ...]:
    """List the columns of the first sheet."""
    return tuple(replace(_extra(name), extra=name != "value") for name in FACT_COLUMNS)


def fact_column(key: str) -> Column:
    """Describe the value of a fact."""
    options = FACT_LISTS.get(key, "")
    return Column(name=key, title=key, description={}, options=options, code=bool(options) or key == "date")


def option(key: str, label: str) -> str:
    """Write an entry of a drop-down list: the code, a blank, its label, whether it is proposed or not."""
    return " ".join([key, *label.removeprefix(PROPOSED).split()])


def _column(field: Mapping[str, Any], links: Mapping[str, str]) -> Column:
    constraints = field.get("constraints", {})
    number = field["type"] in {"number", "integer"}
    options = field.get("codelist") or links.get(field["name"], "")
    return Column(
        name=field["name"],
        title=field["title"],
        description={"zh": field["description"], "en": field["description_en"]},
        options=options,
        several="( " in constraints.get("pattern", ""),
        code=number or bool(options) or "pattern" in constraints,
        number=number,
    )


def _extra(name: str) -> Column:
    return Column(
        name=name,
        title=phrase(f"column-{name}", "zh"),
        description={"zh": phrase(f"about-{name}", "zh"), "en": phrase(f"about-{name}", "en")},
        extra=True,
    )
