"""Takes a checked package and gives its downloads: the bytes of every file, and what pages say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kuaibao.export import FORMATS, Dataset, Licence, Table, files
from kuaibao.model import BULLETIN, CODELISTS, schema
from kuaibao.render import Download
from kuaibao.summary import citation
from kuaibao.tables import published_fields, published_figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.model import Archive, Package

FOLDER = "downloads"


def downloads(archive: Archive, site_url: str) -> tuple[dict[str, bytes], list[Download]]:
    """Write the downloads of every package: path below the site -> bytes, and their descriptions."""
    content: dict[str, bytes] = {}
    described: list[Download] = []
    for package in archive.packages():
        data = dataset(package, archive, site_url)
        written = files(data)
        content |= {f"{FOLDER}/{package.name}/{name}": found for name, found in written.items()}
        described += _describe(data, written)
    return content, described


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
    names = ["datapackage.json", *(f"data/{table}.csv" for table in package.tables)]
    return {f"{prefix}{name}": (package.folder / name).read_bytes() for name in names}


def _describe(data: Dataset, written: Mapping[str, bytes]) -> list[Download]:
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
