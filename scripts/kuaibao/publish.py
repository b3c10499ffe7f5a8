"""Takes checked packages and gives their downloads with what describes them, and what pages say of them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from kuaibao import describe
from kuaibao.datasets import dataset, everything
from kuaibao.errors import LANGUAGES
from kuaibao.export import FORMATS, files
from kuaibao.frozen import frozen
from kuaibao.render import Download

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.errors import Language
    from kuaibao.export import Dataset
    from kuaibao.model import Archive

FOLDER = "downloads"
# What tells machines what the data are; the first is the canonical package itself.
DESCRIPTIONS = {"datapackage.json": "Data Package", **describe.LABELS}


class Published(NamedTuple):
    """What is published: files by path below the site, downloads to list, and what pages tell machines.

    `heads` holds JSON-LD by page ('zh/data.md'), `links` typed links by language, and page or folder.
    `datasets` are those of the packages, and all together as the last.
    `frozen` holds the files of released versions, by path below the site, by package and version.
    """

    content: dict[str, bytes]
    listed: list[Download]
    heads: dict[str, list[str]]
    links: dict[Language, dict[str, tuple[describe.Link, ...]]]
    datasets: list[Dataset]
    frozen: dict[tuple[str, str], dict[str, bytes]]


def published(archive: Archive, publication: describe.Publication) -> Published:
    """Write the downloads of every package, what describes them to machines, and the catalogue of all.

    Raises DescriptionError where a description disagrees with its package, another one, or the bytes.
    """
    single = [dataset(package, archive, publication.url) for package in archive.packages()]
    together = everything(single, publication.url)
    found = Published({}, [], {}, {}, [*single, together], _frozen(archive))
    pages = ["data.md", *(f"bulletins/{name}/data.md" for name in archive.bulletins), "data.md"]
    described: list[tuple[describe.Facts, dict[str, bytes]]] = []
    untrue: list[describe.Disagreement] = []
    releases = {package.name: package.releases for package in archive.packages()}
    for data, page in zip(found.datasets, pages, strict=True):
        versions = releases.get(data.name, ())
        facts, written = describe.described(data, files(data), publication, versions)
        heads = {language: describe.page_metadata(facts, language) for language in LANGUAGES}
        untrue += describe.disagreements(facts, written, heads)
        for language, head in heads.items():
            found.heads.setdefault(f"{language}/{page}", []).append(head)
        written |= _package(data)
        found.content.update({f"{FOLDER}/{data.name}/{name}": file for name, file in written.items()})
        found.listed.extend((*_listed(data, written), *_descriptions(data.name, written)))
        described.append((facts, written))
    all_facts = [facts for facts, _ in described]
    catalogue = describe.catalogue(all_facts)
    untrue += describe.catalogue_disagreements(described, catalogue)
    if untrue:
        raise describe.DescriptionError(untrue)
    for language in LANGUAGES:
        found.heads[f"{language}/data.md"].insert(0, describe.catalogue_metadata(all_facts, language))
        found.links[language] = describe.page_links(all_facts, language)
    for kept in (catalogue, describe.signposts(all_facts), *found.frozen.values()):
        found.content.update(kept)
    found.listed.extend(_descriptions("", catalogue))
    return found


def _frozen(archive: Archive) -> dict[tuple[str, str], dict[str, bytes]]:
    return {
        (package.name, number): {
            f"{FOLDER}/{package.name}/{number}/{name}": content for name, content in kept.items()
        }
        for package in archive.packages()
        for number, kept in frozen(package).items()
    }


def _package(data: Dataset) -> dict[str, bytes]:
    """Give the canonical package as it is reached by its address; what it refers to has its own."""
    return {path: content for path, content in data.canonical.items() if not path.startswith("codelists/")}


def _listed(data: Dataset, written: Mapping[str, bytes]) -> list[Download]:
    whole = {"zip": _sizes(data.canonical)}
    described = []
    for form in FORMATS:
        for name, table in form.names(data).items():
            titled = data if table is None else table
            tables, rows = whole.get(
                form.key, (len(data.tables), sum(len(each.rows) for each in data.tables))
            )
            described.append(
                Download(
                    bulletin=data.name,
                    path=f"{FOLDER}/{data.name}/{name}",
                    name=name,
                    title={"zh": titled.title_zh, "en": titled.title_en},
                    format={"zh": form.label_zh, "en": form.label_en},
                    tables=tables if table is None else 1,
                    rows=rows if table is None else len(table.rows),
                    size=len(written[name]),
                    whole=table is None,
                )
            )
    return described


def _sizes(canonical: Mapping[str, bytes]) -> tuple[int, int]:
    """Count the tables of a canonical package, and the rows in them."""
    tables = [content.decode() for path, content in canonical.items() if path.endswith(".csv")]
    return len(tables), sum(len(list(csv.reader(io.StringIO(text, newline="")))) - 1 for text in tables)


def _descriptions(package: str, written: Mapping[str, bytes]) -> list[Download]:
    """List what describes a package, or all of them (''), to machines."""
    folder = f"{FOLDER}/{package}/" if package else ""
    return [
        Download(
            bulletin=package,
            path=f"{folder}{name}",
            name=name,
            title={"zh": label, "en": label},
            format={"zh": label, "en": label},
            tables=0,
            rows=0,
            size=len(written[name]),
        )
        for name, label in DESCRIPTIONS.items()
        if name in written
    ]
