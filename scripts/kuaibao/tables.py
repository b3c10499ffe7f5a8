"""Takes the archive and gives the published tables: joined with labels, places, intervals and addresses."""

from __future__ import annotations

from decimal import Context
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from kuaibao import summary
from kuaibao.derive import derived
from kuaibao.errors import LANGUAGES
from kuaibao.figures import figures
from kuaibao.model import schema
from kuaibao.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from kuaibao.errors import Language
    from kuaibao.model import Archive, Figure, Package, Quantity, Row

# Where a figure stands in the text, from its numeral.
PLACE = ("section", "paragraph", "start", "end", "printed", "header_unit")
COUNTED = ("figures", "numerals", "measures", "relations", "corrections")
JOINTS: Mapping[Language, str] = {"zh": "；", "en": "; "}  # between the labels of several codes in a cell
EXACT = Context(prec=15)  # digits of what is worked out; every format keeps as many


@cache
def published_fields(table: str = "figures") -> tuple[dict[str, Any], ...]:
    """List the field descriptors of a published table of a bulletin, in order."""
    own, joined = _fields(table), _fields("published")
    borrowed = {name: {**field, "constraints": {}} for name, field in _fields("figures").items()}
    described = _fields("numerals") | borrowed | joined | own
    names = schema("published")["tables"][table]
    return tuple(dict(described[name]) if name in described else _label(name, described) for name in names)


def _fields(table: str) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in schema(table)["fields"]}


def _label(name: str, described: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Describe the column of labels beside a column of codes."""
    column, _, language = name.rpartition("_")
    texts = schema("published")["labels"][language].items()
    words = {key: text.format_map(described[column]) for key, text in texts}
    return {"name": name, "type": "string", **words, "constraints": {}}


def published_figures(package: Package, archive: Archive, site_url: str) -> pd.DataFrame:
    """Join the figures of a checked package with labels in both languages, interval, place and address.

    Gives a frame of text with the columns of `published_fields`, one row a figure.
    """
    return published_table("figures", package, archive, site_url)


def published_table(table: str, package: Package, archive: Archive, site_url: str) -> pd.DataFrame:
    """Join a table of a checked package, or `bulletins`, with labels and addresses: a frame of text."""
    join = _Join(package, archive, site_url)
    rows = [join.row(table, row) for row in join.rows(table)]
    return pd.DataFrame(rows, columns=[field["name"] for field in published_fields(table)], dtype="str")


class _Join:
    """What the rows of a package are joined with."""

    def __init__(self, package: Package, archive: Archive, site_url: str) -> None:
        self.package, self.archive, self.site_url = package, archive, site_url
        self.figures = figures(package)
        self.lists = {name: _by_key(archive.codelists, name) for name in archive.codelists.tables}
        self.lists |= {name: _by_key(package, name) for name in ("sections", "measures")}
        self.told = {row["section"] for name in ("measures", "numerals") for row in self._telling(name)}

    def _telling(self, table: str) -> list[Row]:
        """List the rows for which a section has a page of its own: measures, and numerals of figures."""
        return [row for row in self.package.rows(table) if row["kind"] == "figure" or table == "measures"]

    def rows(self, table: str) -> list[Row]:
        """List the rows of a table as they are in the package."""
        return [self._bulletin()] if table == "bulletins" else self.package.rows(table)

    def row(self, table: str, row: Row) -> Row:
        """Join a row with what is published beside it."""
        joined = {"bulletin": self.package.name, **row}
        match table:
            case "figures":
                joined |= self._figure(self.figures[row["figure"]])
            case "relations":
                joined |= _quantity(derived(self.package.name, row, self.figures).quantity)
            case "corrections":
                joined["indicator"] = self._indicator(row["figure"])
        for language in LANGUAGES:
            joined |= {f"{name}_{language}": text for name, text in self._labels(joined, table, language)}
            joined[f"url_{language}"] = self._address(table, joined, language)
        return joined

    def _indicator(self, figure: str) -> str:
        """Give the indicator of a figure, as last released where it was withdrawn; '' if no longer listed."""
        released = (row for each in reversed(self.package.releases) for row in each.tables["figures"])
        rows = (*self.package.rows("figures"), *released)
        found = next((row["indicator"] for row in rows if row["figure"] == figure), "")
        return found if found in self.lists["indicators"] else ""

    def _figure(self, figure: Figure) -> Row:
        own = {key: figure.numeral[key] for key in PLACE} | {"issued": str(self.package.bulletin["date"])}
        return own | _interval(figure.quantity)

    def _labels(self, row: Row, table: str, language: Language) -> Iterator[tuple[str, str]]:
        for name, (listed, text) in CODES.items():
            if name not in row or f"{name}_{language}" not in schema("published")["tables"][table]:
                continue
            own = listed if isinstance(listed, str) else listed[table]
            yield (
                name,
                JOINTS[language].join(self._text(own, code, text, language) for code in row[name].split()),
            )

    def _text(self, listed: str, code: str, text: str, language: Language) -> str:
        name, _, own = listed.partition(":")
        return self.lists[name][f"{own}:{code}" if own else code][f"{text}_{language}"]

    def _address(self, table: str, row: Row, language: Language) -> str:
        folder = f"{self.site_url}{'' if language == 'zh' else 'en/'}bulletins/{self.package.name}/"
        section = f"{row['section']}/" if row.get("section") in self.told else ""
        match table:
            case "bulletins":
                return f"{folder}data/"
            case "sections":
                return f"{folder}{section}"
            case "measures":
                return f"{folder}{section}#{row['measure']}"
            case "numerals":
                return f"{folder}ledger/#{row['numeral']}"
            case _:
                return f"{folder}data/#{row['relation' if table == 'relations' else 'figure']}"

    def _bulletin(self) -> Row:
        package, told = self.package, self.package.bulletin
        licence = package.descriptor["licenses"][0]
        return {
            **{
                f"{key}_{lang}": str(told[f"{key}_{lang}"])
                for key in ("short", "series", "issue")
                for lang in LANGUAGES
            },
            **{f"title_{language}": package.describe("title", language) for language in LANGUAGES},
            **{
                f"citation_{lang}": summary.citation(package, self.archive, self.site_url, lang)
                for lang in LANGUAGES
            },
            **{key: str(told.get(key, "")) for key in ("issuer", "area", "text_sha256", "text_characters")},
            **{table: str(len(package.tables[table])) for table in COUNTED},
            "issued": str(told["date"]),
            "version": str(package.descriptor["version"]),
            "created": str(package.descriptor["created"])[:10],
            "licence": licence["name"],
            "licence_url": licence["path"],
            "package": f"{self.site_url}downloads/{package.name}/datapackage.json",
        }


# Columns of codes: the list that says what they mean (by table where it differs), and the column of its text.
CODES: Mapping[str, tuple[str | Mapping[str, str], str]] = {
    **{name: (f"{name}s", "label") for name in ("indicator", "area", "unit", "measure")},
    **dict.fromkeys(("acting", "partners", "serves", "issuer"), ("organisations", "label")),
    **{name: (f"terms:{name}", "label") for name in ("period_basis", "qualifier")},
    "section": ("sections", "title"),
    "status": ("terms:relation_status", "label"),
    "kind": ({f"{name}s": f"terms:{name}_kind" for name in ("numeral", "measure", "relation")}, "label"),
}


def _by_key(package: Package, table: str) -> dict[str, Row]:
    keys = schema(table)["primaryKey"]
    return {":".join(row[key] for key in keys): row for row in package.rows(table)}


def _quantity(quantity: Quantity | None) -> Row:
    """Give what a relation comes to; nothing where it is only checked."""
    if quantity is None:
        return dict.fromkeys(("value", "value_min", "value_max", "qualifier"), "")
    numbers = {
        "value": quantity.value,
        "value_min": quantity.interval.low,
        "value_max": quantity.interval.high,
    }
    exact = {name: None if number is None else EXACT.plus(number) for name, number in numbers.items()}
    return {"qualifier": quantity.qualifier} | {name: _cell(number) for name, number in exact.items()}


def _interval(quantity: Quantity) -> Row:
    return {"value_min": _cell(quantity.interval.low), "value_max": _cell(quantity.interval.high)}


def _cell(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
