"""Takes checked packages and gives their downloads with what describes them, and what pages say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kuaibao import describe
from kuaibao.errors import LANGUAGES
from kuaibao.export import FORMATS, Dataset, Licence, Table, files
from kuaibao.model import BULLETIN, CODELISTS, schema
from kuaibao.render import Download
from kuaibao.stamped import stamped
from kuaibao.summary import citation
from kuaibao.tables import published_fields, published_figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.model import Archive, Package

FOLDER = "downloads"


class Published(NamedTuple):
    """What is published: files by path below the site, downloads to list, heads of pages ('zh/data.md')."""

    content: dict[str, bytes]
    listed: list[Download]
    heads: dict[str, list[dict[str, Any]]]


def published(archive: Archive, publication: describe.Publication) -> Published:
    """Write the downloads of every package, what describes them to machines, and the catalogue of all.

    Raises DescriptionError where a description disagrees with its package, another one, or the bytes.
    """
    found = Published({}, [], {})
    described: list[tuple[describe.Facts, dict[str, bytes]]] = []
    untrue: list[describe.Disagreement] = []
    for package in archive.packages():
        data = dataset(package, archive, publication.url)
        facts, written = describe.described(data, files(data), publication)
        heads = {language: describe.page_metadata(facts, language) for language in LANGUAGES}
        untrue += describe.disagreements(facts, written, {key: head.json_ld for key, head in heads.items()})
        page = "data.md" if package is archive.codelists else f"bulletins/{package.name}/data.md"
        found.heads.update({f"{language}/{page}": [_head(head)] for language, head in heads.items()})
        found.content.update({f"{FOLDER}/{package.name}/{name}": file for name, file in written.items()})
        found.listed.extend((*_listed(data, written), *_descriptions(package.name, written)))
        described.append((facts, written))
    everything = [facts for facts, _ in described]
    catalogue = describe.catalogue(everything)
    untrue += describe.catalogue_disagreements(described, catalogue)
    if untrue:
        raise describe.DescriptionError(untrue)
    for language in LANGUAGES:
        found.heads[f"{language}/data.md"].insert(0, _head(describe.catalogue_metadata(everything, language)))
    found.content.update(catalogue)
    found.listed.extend(_descriptions("", catalogue))
    return found


def _head(metadata: describe.PageMetadata) -> dict[str, Any]:
    return {"json_ld": metadata.json_ld, "links": [link._asdict() for link in metadata.links]}


def dataset(package: Package, archive: Archive, site_url: str) -> Dataset:
    """Gather what is published of a package; the figures are joined with their labels."""
    is_codelists = package.name == "codelists"
    tables = [_table(package, archive, name, site_url) for name in (CODELISTS if is_codelists else BULLETIN)]
    licence = package.descriptor["licenses"][0]
    canonical = _canonical(package)
    if not is_codelists:
        canonical |= _canonical(archive.codelists, "codelists/")
    return Dataset(
        name=package.name,
        title_zh=package.describe("title", "zh"),
        title_en=package.describe("title", "en"),
        description_zh=package.describe("description", "zh"),
        description_en=package.describe("description", "en"),
        version=str(package.descriptor["version"]),
        created=str(package.descriptor["created"])[:10],
        licence=Licence(licence["name"], licence["title"], licence["path"]),
        sources=tuple(source["title"] for source in package.descriptor["sources"]),
        citation_zh="" if is_codelists else citation(package, archive, site_url, "zh"),
        citation_en="" if is_codelists else citation(package, archive, site_url, "en"),
        url=f"{site_url}data/#{package.name}",
        tables=tuple(tables),
        descriptor=package.descriptor,
        canonical=canonical,
    )


def _table(package: Package, archive: Archive, name: str, site_url: str) -> Table:
    described: Mapping[str, Any] = schema(name)
    own = name != "figures"
    keys = [
        (key["fields"][0], key["reference"]["resource"], key["reference"]["fields"][0])
        for key in described.get("foreignKeys", [])
    ]
    return Table(
        name=name,
        title_zh=described["title"],
        title_en=described["title_en"],
        fields=tuple(described["fields"]) if own else published_fields(),
        primary_key=tuple(described["primaryKey"]),
        foreign_keys=tuple(keys),
        rows=package.tables[name] if own else published_figures(package, archive, site_url),
    )


def _canonical(package: Package, prefix: str = "") -> dict[str, bytes]:
    """Read the tables of a package as they stand; the descriptor states their sizes and hashes."""
    names = [f"data/{table}.csv" for table in package.tables]
    tables = {name: (package.folder / name).read_bytes() for name in names}
    described = {"datapackage.json": stamped(package.descriptor, tables)} | tables
    return {f"{prefix}{name}": content for name, content in described.items()}


def _listed(data: Dataset, written: Mapping[str, bytes]) -> list[Download]:
    described = []
    for form in FORMATS:
        for name, table in form.names(data).items():
            titled = data if table is None else table
            described.append(
                Download(
                    bulletin=data.name,
                    path=f"{FOLDER}/{data.name}/{name}",
                    name=name,
                    title={"zh": titled.title_zh, "en": titled.title_en},
                    format={"zh": form.label_zh, "en": form.label_en},
                    rows=None if table is None else len(table.rows),
                    size=len(written[name]),
                )
            )
    return described


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
            rows=None,
            size=len(written[name]),
            describes=True,
        )
        for name, label in describe.LABELS.items()
        if name in written
    ]
