"""Takes the archive, its datasets and the site; gives what answers are made of: rows, labels, addresses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kuaibao.api.contract import FOLDER, answers
from kuaibao.api.rows import tables
from kuaibao.errors import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.api.rows import Item
    from kuaibao.describe import Publication
    from kuaibao.errors import Language
    from kuaibao.export import Dataset
    from kuaibao.model import Archive, Package

PREFIX: Mapping[Language, str] = {"zh": "", "en": "en/"}
KEYS = {"organisations": "organisation", "areas": "area", "topics": "topic", "units": "unit"}
OF_DATASET = ("title_zh", "title_en", "description_zh", "description_en", "version", "created", "sources")


@dataclass(frozen=True, kw_only=True)
class Material:
    """What answers are made of; `datasets` are those of the packages, and all together as the last."""

    archive: Archive
    datasets: Sequence[Dataset]
    site: Publication

    @cached_property
    def by_name(self) -> Mapping[str, Dataset]:
        """The datasets by the name of their package."""
        return {dataset.name: dataset for dataset in self.datasets}

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, list[Item]]]:
        """The rows of every table by package."""
        return {package.name: tables(self.by_name[package.name]) for package in self.archive.packages()}

    @cached_property
    def newest_first(self) -> list[Package]:
        """The bulletins, the newest first."""
        return list(self.archive.bulletins.values())[::-1]

    @cached_property
    def observations(self) -> Mapping[str, list[Item]]:
        """The published figures of every indicator, the newest bulletin first."""
        found: dict[str, list[Item]] = defaultdict(list)
        for package in self.newest_first:
            for row in self.rows[package.name]["figures"]:
                found[row["indicator"]].append(row)
        return found

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, Item]]:
        lists = self.rows[self.archive.codelists.name]
        return {table: {row[key]: row for row in lists[table]} for table, key in KEYS.items()}

    def labels(self, table: str, code: str, stem: str) -> Item:
        """Give the labels of a code as `stem`_zh and `stem`_en."""
        return {
            f"{stem}_{language}": self._labels[table][code][f"label_{language}"] for language in LANGUAGES
        }

    def account(self, package: Package) -> Item:
        """Tell what a bulletin is, and how to cite it."""
        dataset, told, rows = self.by_name[package.name], package.bulletin, self.rows[package.name]
        return {
            **told,
            **{name: getattr(dataset, name) for name in OF_DATASET},
            **self.labels("organisations", told["issuer"], "issuer"),
            **self.labels("areas", told["area"], "area"),
            "bulletin": package.name,
            "issued": told["date"],
            "figure_count": len(rows["figures"]),
            "numeral_count": len(rows["numerals"]),
            "citation_zh": dataset.citation_zh,
            "citation_en": dataset.citation_en,
        }

    @property
    def of_all(self) -> Item:
        """How to cite all data together."""
        together = self.datasets[-1]
        return {"citation_zh": together.citation_zh, "citation_en": together.citation_en}

    @property
    def base(self) -> str:
        """The address below which the API stands, with a slash at its end."""
        return f"{self.site.url}{FOLDER}/"

    def address(self, name: str, **key: str) -> str:
        """Give the address of an answer."""
        return self.base + answers()[name].path.format(**key)

    def schema(self, name: str) -> str:
        """Give the address of the schema of a kind of answer."""
        return f"{self.base}schemas/{name}.json"

    def pages(self, path: str) -> dict[str, str]:
        """Give the addresses of a page for people in both languages."""
        return {f"page_{language}": f"{self.site.url}{PREFIX[language]}{path}" for language in LANGUAGES}
