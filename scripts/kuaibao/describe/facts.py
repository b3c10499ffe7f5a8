"""Takes a dataset, its written downloads and where they are published, and gives what is said of them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from kuaibao.errors import LANGUAGES
from kuaibao.export import FORMATS
from kuaibao.export.about import statement
from kuaibao.model import series_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kuaibao.errors import Language
    from kuaibao.export import Dataset, Format, Table
    from kuaibao.model import Version

TAGS: Mapping[Language, str] = {"zh": "zh-Hans", "en": "en"}
PREFIXES: Mapping[Language, str] = {"zh": "", "en": "en/"}  # of a language's pages below the site
DESCRIPTOR = "datapackage.json"
# What is published beside the downloads of a package, and beside the home page.
CSVW, CROISSANT, CITATION = "csv-metadata.json", "croissant.json", "CITATION.cff"
TURTLE, JSON_LD = "catalogue.ttl", "catalogue.jsonld"
API_INDEX, OPENAPI = "api/v1/index.json", "api/v1/openapi.json"
LABELS = {
    CSVW: "CSV on the Web",
    CROISSANT: "Croissant",
    CITATION: "CITATION.cff",
    TURTLE: "DCAT (Turtle)",
    JSON_LD: "DCAT (JSON-LD)",
}

HAN = re.compile("[\u3400-\u9fff]")
Words = dict["Language", str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """The site: its address and that of its downloads, both ending in a slash; words; a contact (a URL)."""

    url: str
    downloads: str
    title: Mapping[Language, str]
    description: Mapping[Language, str]
    contact: str

    @property
    def email(self) -> str:
        """Give the e-mail address of the contact, '' where it is a page."""
        return self.contact.removeprefix("mailto:") if self.contact.startswith("mailto:") else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A published download; `table` is None where it holds the whole dataset."""

    name: str
    url: str
    form: Format
    table: Table | None
    size: int
    sha256: str

    def title(self, dataset: Dataset, language: Language) -> str:
        """Name what the file holds, and its format."""
        held = dataset if self.table is None else self.table
        words = (
            (held.title_zh, self.form.label_zh) if language == "zh" else (held.title_en, self.form.label_en)
        )
        return "：".join(words) if language == "zh" else ": ".join(words)


class Term(NamedTuple):
    """A code with its label in both languages; of an indicator also its unit, else empty."""

    code: str
    label: Words
    unit: Words


class Release(NamedTuple):
    """A version that was released, with the address, size and hash of its frozen descriptor."""

    number: str
    date: str
    title: Words
    description: Words
    url: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What every description says of a dataset; dates are ISO 8601, `period` may be years or months.

    `keywords` are by language, `pages` the addresses of the data page, `topics` those of its indicators;
    `releases` are oldest first, and `series` is that of the bulletin.
    """

    dataset: Dataset
    publication: Publication
    title: Words
    other_title: Words
    description: Words
    keywords: Mapping[Language, tuple[str, ...]]
    publisher: str
    creators: tuple[str, ...]
    issued: str
    modified: str
    period: tuple[str, str] | None
    places: tuple[Term, ...]
    measured: tuple[Term, ...]
    topics: tuple[Term, ...]
    pages: Words
    folder: str
    series: Term | None
    releases: tuple[Release, ...]
    files: tuple[File, ...] = ()

    @property
    def earlier(self) -> tuple[Release, ...]:
        """List the releases before the version that is described."""
        return tuple(release for release in self.releases if release.number != self.dataset.version)


def gather(dataset: Dataset, publication: Publication, versions: Sequence[Version] = ()) -> Facts:
    """Take the facts from the dataset, its descriptor and its released versions, oldest first.

    The downloads are not `listed` yet.
    """
    contributors = dataset.descriptor["contributors"]
    folder = f"{publication.downloads}{dataset.name}/"
    releases = tuple(_release(version, folder) for version in versions)
    return Facts(
        dataset=dataset,
        publication=publication,
        title={"zh": dataset.title_zh, "en": dataset.title_en},
        other_title=_other_title(dataset.descriptor.get("bulletin", {})),
        description=_description(dataset),
        keywords={language: _keywords(dataset, language) for language in LANGUAGES},
        publisher=_publisher(contributors),
        creators=tuple(each["title"] for each in contributors),
        issued=releases[0].date if releases else dataset.created,
        modified=max([dataset.created, *_cells(dataset, "corrections", "date")]),
        period=span(_cells(dataset, "figures", "period")),
        places=_terms(dataset, "area"),
        measured=_terms(dataset, "indicator", "unit"),
        topics=_topics(dataset),
        pages=_pages(dataset, publication),
        folder=folder,
        series=_series(dataset),
        releases=releases,
    )


def _release(version: Version, folder: str) -> Release:
    descriptor, content = version.descriptor, version.files[DESCRIPTOR]
    return Release(
        number=version.number,
        date=version.date,
        title={"zh": descriptor["title"], "en": descriptor["title_en"]},
        description={"zh": descriptor["description"], "en": descriptor["description_en"]},
        url=f"{folder}{version.number}/{DESCRIPTOR}",
        size=len(content),
        sha256=sha256(content).hexdigest(),
    )


def _series(dataset: Dataset) -> Term | None:
    bulletin = dataset.descriptor.get("bulletin")
    if bulletin is None:
        return None
    return Term(series_of(dataset.name), {lang: bulletin[f"series_{lang}"] for lang in LANGUAGES}, {})


def listed(facts: Facts, written: Mapping[str, bytes]) -> tuple[File, ...]:
    """List the downloads with size and hash of their bytes, by file name."""
    return tuple(
        File(
            name=name,
            url=facts.folder + name,
            form=form,
            table=table,
            size=len(written[name]),
            sha256=sha256(written[name]).hexdigest(),
        )
        for form in FORMATS
        for name, table in form.names(facts.dataset).items()
    )


def _other_title(bulletin: Mapping[str, Any]) -> Words:
    return {language: str(bulletin.get(f"short_{language}", "")) for language in LANGUAGES}


def _description(dataset: Dataset) -> Words:
    """Join the description with the notice that the data are unofficial."""
    notice = statement("unofficial").text
    return {
        "zh": dataset.description_zh + notice["zh"],
        "en": f"{dataset.description_en} {notice['en']}",
    }


def _keywords(dataset: Dataset, language: Language) -> tuple[str, ...]:
    """Tell Chinese keywords from English ones by their characters; where none is given, take the topics."""
    given = dataset.descriptor.get("keywords", ())
    words = tuple(word for word in given if bool(HAN.search(word)) == (language == "zh"))
    return words or tuple(topic.label[language] for topic in _topics(dataset))


def _publisher(contributors: Sequence[Mapping[str, Any]]) -> str:
    """Name the contributor that publishes; the first where the descriptor tells no roles."""
    publishers = [each for each in contributors if "publisher" in each.get("roles", ())]
    return str([*publishers, *contributors][0]["title"])


def _table(dataset: Dataset, name: str) -> Table | None:
    return next((table for table in dataset.tables if table.name == name), None)


def _cells(dataset: Dataset, name: str, column: str) -> list[str]:
    """List the cells of a column that are not empty; none where there is no such table."""
    table = _table(dataset, name)
    return [] if table is None else [text for text in table.rows[column] if text]


def span(periods: Iterable[str]) -> tuple[str, str] | None:
    """Give the earliest beginning and the latest end, as precise as they are stated."""
    ends = [(period.split("/")[0], period.split("/")[-1]) for period in periods]
    if not ends:
        return None
    return (
        min((begin for begin, _ in ends), key=lambda text: text + "-01-01"[len(text) - 4 :]),
        max((end for _, end in ends), key=lambda text: text + "-12-31"[len(text) - 4 :]),
    )


def _terms(dataset: Dataset, column: str, unit: str = "") -> tuple[Term, ...]:
    """List the codes of a column of the published figures, in order, with the labels beside them."""
    table = _table(dataset, "figures")
    rows = [] if table is None else table.rows.to_dict("records")
    terms = {
        row[column]: Term(
            row[column],
            {language: row[f"{column}_{language}"] for language in LANGUAGES},
            {language: row[f"{unit}_{language}"] for language in LANGUAGES} if unit else {},
        )
        for row in rows
    }
    return tuple(terms[code] for code in sorted(terms))


def _topics(dataset: Dataset) -> tuple[Term, ...]:
    """List the topics of the figures' indicators, from the code lists that the dataset brings along."""
    measured = {term.code for term in _terms(dataset, "indicator")}
    used = {row["topic"] for row in _codelist(dataset, "indicators") if row["indicator"] in measured}
    return tuple(
        Term(row["topic"], {language: row[f"label_{language}"] for language in LANGUAGES}, {})
        for row in _codelist(dataset, "topics")
        if row["topic"] in used
    )


def _codelist(dataset: Dataset, name: str) -> list[dict[str, str]]:
    content = dataset.canonical.get(f"codelists/data/{name}.csv", b"")
    return list(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))


def _pages(dataset: Dataset, publication: Publication) -> Words:
    """Address the data page of a bulletin, or the one of all downloads."""
    path = f"bulletins/{dataset.name}/data/" if "bulletin" in dataset.descriptor else "data/"
    return {language: f"{publication.url}{PREFIXES[language]}{path}" for language in LANGUAGES}
