"""Takes the archive and gives one language's view of it: labels, texts of figures, addresses of pages."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from kuaibao import wording
from kuaibao.derive import derived
from kuaibao.figures import figures
from kuaibao.model import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kuaibao.charts import Chart
    from kuaibao.errors import Language
    from kuaibao.model import Archive, Derived, Figure, Quantity, Row

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One language's view of the archive; `citations` collects where pages cite figures.

    `texts` holds the bulletins' texts by id in a build for those who hold them, and is empty in any other.
    `charts` collects what pages draw, by name, and `drawings` the files that come with it.
    """

    archive: Archive
    language: Language
    site_url: str
    contact: str
    texts: Mapping[str, str] = field(default_factory=dict)
    citations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    drawings: dict[str, str] = field(default_factory=dict)
    charts: dict[str, Chart] = field(default_factory=dict)

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure by id."""
        return {
            name: figure
            for package in self.archive.bulletins.values()
            for name, figure in figures(package).items()
        }

    @cached_property
    def derived(self) -> Mapping[str, Derived]:
        """Every relation by id."""
        return {
            row["relation"]: derived(package.name, row, self.figures)
            for package in self.archive.bulletins.values()
            for row in package.rows("relations")
        }

    @cached_property
    def _codes(self) -> Mapping[str, Mapping[str, Row]]:
        return {
            table: {
                ":".join(row[key] for key in schema(table)["primaryKey"]): row
                for row in self.archive.codelists.rows(table)
            }
            for table in self.archive.codelists.tables
        }

    def address(self, path: str) -> str:
        """Give the public address of a path below the language."""
        return f"{self.site_url}{'' if self.language == 'zh' else f'{self.language}/'}{path}"

    def code(self, table: str, key: str) -> Row:
        """Give a row of a code list; terms are keyed 'list:term'."""
        return self._codes[table][key]

    def of(self, row: Row, stem: str) -> str:
        """Give the column of a pair that is in this language: label, note, description."""
        return row[f"{stem}_{self.language}"]

    def label(self, table: str, key: str) -> str:
        """Give the label of a code."""
        return self.of(self.code(table, key), "label")

    def say(self, key: str, **values: object) -> str:
        """Give an interface word."""
        return wording.say(key, self.language, **values)

    def figure_text(self, name: str, *, noun: bool = True) -> str:
        """Write a figure: 近 400 人, nearly 400 people."""
        quantity = self.figures[name].quantity
        return wording.quantity(quantity, self.code("units", quantity.unit), self.language, noun=noun)

    def derived_text(self, name: str, *, noun: bool = True, marked: bool = True) -> str:
        """Write a derived number, marked as derived: 27.7%（推算）."""
        quantity = self.derived[name].quantity
        if quantity is None:
            return self.of(self.derived[name].row, "label")
        text = wording.derived(quantity, self.code("units", quantity.unit), self.language, noun=noun)
        return self.say("derived_mark", text=text) if marked else text

    def period(self, figure: Figure) -> str:
        """Say the period of a figure."""
        return wording.period(figure.row, self.issued(figure.bulletin), self.language)

    def periods(self, figures: Sequence[Figure]) -> list[str]:
        """Say the periods of some figures, each once, in their order."""
        return list(dict.fromkeys(self.period(figure) for figure in figures))

    def interval(self, figure: Figure) -> str:
        """Say the interval of a figure."""
        return wording.interval(figure.quantity, self.code("units", figure.quantity.unit), self.language)

    def derived_interval(self, quantity: Quantity) -> str:
        """Say the interval of a derived number, its ends rounded outward."""
        unit = self.code("units", quantity.unit)
        return wording.interval(wording.outward(quantity), unit, self.language)

    def terms_of(self, row: Row) -> list[Figure]:
        """List the figures of a relation: its terms and, where there is one, its printed result."""
        return [self.figures[name] for name in f"{row['terms']} {row['result']}".split()]

    def issued(self, bulletin: str) -> str:
        """Give the date of issue of a bulletin, ISO 8601."""
        return str(self.archive.bulletins[bulletin].bulletin["date"])

    @cached_property
    def by_bulletin(self) -> Mapping[str, list[Figure]]:
        """Group the figures by bulletin."""
        return _grouped(self.figures.values(), lambda figure: [figure.bulletin])

    @cached_property
    def by_measure(self) -> Mapping[str, list[Figure]]:
        """Group the figures by the measure that they report."""
        return _grouped(self.figures.values(), lambda figure: [figure.row["measure"]])

    @cached_property
    def by_term(self) -> Mapping[str, list[Derived]]:
        """Group the relations by each figure that stands in them."""
        return _grouped(
            self.derived.values(), lambda d: dict.fromkeys(f"{d.row['terms']} {d.row['result']}".split())
        )

    @cached_property
    def corrections(self) -> Mapping[str, list[Row]]:
        """Group the corrections by the figure that they changed."""
        packages = self.archive.bulletins.values()
        rows = [row for package in packages for row in package.rows("corrections")]
        return _grouped(rows, lambda row: [row["figure"]])

    @cached_property
    def measures(self) -> Mapping[str, Row]:
        """Every measure by id."""
        packages = self.archive.bulletins.values()
        return {row["measure"]: row for package in packages for row in package.rows("measures")}

    @cached_property
    def sections(self) -> Mapping[tuple[str, str], Row]:
        """Every section by bulletin and number."""
        bulletins = self.archive.bulletins.values()
        return {
            (package.name, row["section"]): row for package in bulletins for row in package.rows("sections")
        }

    def place(self, figure: Figure) -> str:
        """Say where a figure was printed."""
        return self.numeral_place(
            figure.numeral, self.of(self.sections[figure.bulletin, figure.numeral["section"]], "title")
        )

    def numeral_place(self, numeral: Row, section: str) -> str:
        """Say where a numeral was printed, from its first to its last character, counted from one.

        `section` is the title of its section; `start` of a numeral counts from zero.
        """
        first = str(int(numeral["start"]) + 1)
        return self.say("place", **(numeral | {"section": section, "start": first}))


def _grouped(items: Iterable[T], keys: Callable[[T], Iterable[str]]) -> Mapping[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        for key in keys(item):
            groups[key].append(item)
    return groups


def url(path: str) -> str:
    """Give the address of a page below its language: 'data.md' -> 'data/', 'index.md' -> ''."""
    stem = path.removesuffix(".md")
    return stem.removesuffix("index") if posixpath.basename(stem) == "index" else f"{stem}/"


def link(page: str, target: str) -> str:
    """Give the relative address from a page ('a/b.md') to a target of the same language ('c/', 'c/#id')."""
    path, mark, anchor = target.partition("#")
    start = url(page)
    relative = posixpath.relpath(f"/{path}", f"/{start}")
    slash = "/" if path.endswith("/") or not path else ""
    address = "./" if relative == "." else relative + slash
    return f"#{anchor}" if mark and relative == "." else address + mark + anchor
