"""Takes checked packages and gives the datasets that are published: one a package, and one of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from kuaibao.errors import LANGUAGES, UsageError
from kuaibao.export import Dataset, ForeignKey, Licence, Table
from kuaibao.export.plain import csv_bytes
from kuaibao.model import BULLETIN, CODELISTS, EVERYTHING, schema
from kuaibao.stamped import stamped
from kuaibao.summary import citation, citation_of_dataset, dataset_address
from kuaibao.tables import published_fields, published_table
from kuaibao.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kuaibao.errors import Language
    from kuaibao.model import Archive, Package

PUBLISHED = (*BULLETIN, "bulletins")
# Columns of codes that lead to a code list; the others may hold several codes.
LISTED = {"indicator": "indicators", "area": "areas", "unit": "units", "issuer": "organisations"}


def dataset(package: Package, archive: Archive, site_url: str) -> Dataset:
    """Gather what is published of a package; a bulletin's tables are joined with their labels."""
    if package is archive.codelists:
        cited, tables = _cited(package.descriptor, site_url), [_codelist(package, name) for name in CODELISTS]
        return _dataset(package.descriptor, cited, site_url, tables, _canonical(package))
    cited = {language: citation(package, archive, site_url, language) for language in LANGUAGES}
    tables = [_published(name, published_table(name, package, archive, site_url)) for name in PUBLISHED]
    canonical = _canonical(package) | _canonical(archive.codelists, "codelists/")
    return _dataset(package.descriptor, cited, site_url, tables, canonical)


def everything(datasets: Sequence[Dataset], site_url: str) -> Dataset:
    """Put the datasets of all bulletins and of the code lists together, so that every key is found.

    Every table of the bulletins holds the rows of all of them, in order of their ids. The version is the
    day on which the newest package was made, as a number of three parts. Raises UsageError where the
    licences differ: what is published together can state but one.
    """
    if len({each.licence for each in datasets}) > 1:
        raise _licences(datasets)
    bulletins = [each for each in datasets if "bulletin" in each.descriptor]
    codelists = [each for each in datasets if "bulletin" not in each.descriptor]
    tables = [_published(name, _stacked(name, bulletins)) for name in PUBLISHED]
    tables += [table for each in codelists for table in each.tables]
    descriptor = _descriptor(tables, datasets)
    files = {f"{table.name}.csv": csv_bytes(table) for table in tables}
    canonical = {"datapackage.json": stamped(descriptor, files), **files}
    return _dataset(descriptor, _cited(descriptor, site_url), site_url, tables, canonical)


def _licences(datasets: Sequence[Dataset]) -> UsageError:
    first = {each.licence: each.name for each in reversed(datasets)}  # one package for each licence
    told = "; ".join(f"{name}: {licence.name}, {licence.path}" for licence, name in reversed(first.items()))
    return UsageError(
        f"各数据包的许可不同（{told}）；合在一起发布只能有一种，请在 datapackage.json 里统一",
        f"the packages have different licences ({told}); together they can have but one: "
        "make licenses in their datapackage.json the same",
    )


def _dataset(
    descriptor: Mapping[str, Any],
    cited: Mapping[Language, str],
    site_url: str,
    tables: Sequence[Table],
    canonical: Mapping[str, bytes],
) -> Dataset:
    licence = descriptor["licenses"][0]
    return Dataset(
        name=str(descriptor["name"]),
        title_zh=str(descriptor["title"]),
        title_en=str(descriptor["title_en"]),
        description_zh=str(descriptor["description"]),
        description_en=str(descriptor["description_en"]),
        version=str(descriptor["version"]),
        created=str(descriptor["created"])[:10],
        licence=Licence(licence["name"], licence["title"], licence["path"]),
        sources=tuple(source["title"] for source in descriptor["sources"]),
        citation_zh=cited["zh"],
        citation_en=cited["en"],
        url=dataset_address(descriptor, site_url),
        tables=tuple(tables),
        descriptor=descriptor,
        canonical=canonical,
    )


def _cited(descriptor: Mapping[str, Any], site_url: str) -> dict[Language, str]:
    return {language: citation_of_dataset(descriptor, site_url, language) for language in LANGUAGES}


def _stacked(name: str, bulletins: Iterable[Dataset]) -> pd.DataFrame:
    frames = [table.rows for each in bulletins for table in each.tables if table.name == name]
    empty = pd.DataFrame(columns=[field["name"] for field in published_fields(name)], dtype="str")
    return pd.concat(frames or [empty], ignore_index=True)


def _codelist(package: Package, name: str) -> Table:
    keys = [
        ForeignKey(tuple(key["fields"]), key["reference"]["resource"], tuple(key["reference"]["fields"]))
        for key in schema(name).get("foreignKeys", [])
    ]
    return _table(name, schema(name)["fields"], schema(name)["primaryKey"], keys, package.tables[name])


def _published(name: str, rows: pd.DataFrame) -> Table:
    """Describe a published table; a section is known by its bulletin and its number."""
    own = schema(name)["primaryKey"]
    key = ["bulletin", "section"] if own == ["section"] else own
    fields = [_without_unique(field) if name == "sections" else field for field in published_fields(name)]
    return _table(name, fields, key, _foreign_keys(name), rows)


def _table(
    name: str,
    fields: Sequence[Mapping[str, Any]],
    key: Sequence[str],
    foreign_keys: Iterable[ForeignKey],
    rows: pd.DataFrame,
) -> Table:
    titles = {"title_zh": schema(name)["title"], "title_en": schema(name)["title_en"]}
    keys = tuple(foreign_keys)
    return Table(
        name=name, **titles, fields=tuple(fields), primary_key=tuple(key), foreign_keys=keys, rows=rows
    )


def _without_unique(field: Mapping[str, Any]) -> dict[str, Any]:
    limits = {name: value for name, value in field["constraints"].items() if name != "unique"}
    return {**field, "constraints": limits}


def _foreign_keys(name: str) -> Iterator[ForeignKey]:
    columns = schema("published")["tables"][name]
    for column in ("numeral", "measure", "figure", "bulletin"):
        # A correction may have withdrawn its figure.
        if column in columns and f"{column}s" != name and (name, column) != ("corrections", "figure"):
            yield ForeignKey((column,), f"{column}s", (column,))
    if "section" in columns and name != "sections":
        yield ForeignKey(("bulletin", "section"), "sections", ("bulletin", "section"))
    for column, codelist in LISTED.items():
        if column in columns:
            yield ForeignKey((column,), codelist, (schema(codelist)["primaryKey"][0],))


def _canonical(package: Package, prefix: str = "") -> dict[str, bytes]:
    """Read the tables of a package as they stand; the descriptor states their sizes and hashes."""
    names = [f"data/{table}.csv" for table in package.tables]
    tables = {name: (package.folder / name).read_bytes() for name in names}
    described = {"datapackage.json": stamped(package.descriptor, tables)} | tables
    return {f"{prefix}{name}": content for name, content in described.items()}


def _descriptor(tables: Iterable[Table], datasets: Sequence[Dataset]) -> dict[str, Any]:
    """Write the descriptor of everything; what packages have in common stands once."""
    created = max(str(each.descriptor["created"]) for each in datasets)
    return {
        "$schema": datasets[0].descriptor["$schema"],
        "name": EVERYTHING,
        **_said("title", "everything_title"),
        **_said("description", "everything_description"),
        "version": ".".join(str(int(part)) for part in created[:10].split("-")),
        "created": created,
        **{key: _once(datasets, key) for key in ("keywords", "licenses", "contributors")},
        "sources": _sources(datasets),
        "resources": [_resource(table) for table in tables],
    }


def _said(key: str, word: str) -> dict[str, str]:
    return {key: say(word, "zh"), f"{key}_en": say(word, "en")}


def _once(datasets: Iterable[Dataset], key: str) -> list[Any]:
    entries = [entry for each in datasets for entry in each.descriptor.get(key, ())]
    return [entry for index, entry in enumerate(entries) if entry not in entries[:index]]


def _sources(datasets: Iterable[Dataset]) -> list[dict[str, str]]:
    """Name each series once, whatever the number of its bulletins, which the table `bulletins` lists."""
    told = [
        entry
        for each in datasets
        if "bulletin" not in each.descriptor
        for entry in each.descriptor["sources"]
    ]
    rows = [
        row for each in datasets for table in each.tables if table.name == "bulletins" for row in _rows(table)
    ]
    by_series: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        by_series.setdefault((row["series_zh"], row["issuer_zh"]), []).append(row["issued"])
    words = [(series, issuer, min(days), max(days)) for (series, issuer), days in by_series.items()]
    titles = [say("everything_source", "zh", series=s, issuer=i, first=a, last=b) for s, i, a, b in words]
    return [*told, *({"title": title} for title in titles)]


def _rows(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table.columns, texts, strict=True)) for texts in table.texts()]


def _resource(table: Table) -> dict[str, Any]:
    described = schema(table.name)
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **{key: described[key] for key in ("title", "title_en", "description", "description_en")},
        "schema": {
            "fields": list(table.fields),
            "primaryKey": list(table.primary_key),
            "missingValues": [""],
            "foreignKeys": [_reference(key) for key in table.foreign_keys],
        },
    }


def _reference(key: ForeignKey) -> dict[str, Any]:
    return {"fields": list(key.columns), "reference": {"resource": key.table, "fields": list(key.keys)}}
