"""Takes the material and gives every answer of the API with its kind and path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kuaibao.api.contract import OPENAPI, answers, contract
from kuaibao.errors import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kuaibao.api.material import Material
    from kuaibao.api.rows import Item
    from kuaibao.model import Package


class Given(NamedTuple):
    """An answer with its kind and its path below FOLDER."""

    name: str
    path: str
    content: dict[str, Any]


def given(material: Material) -> Iterator[Given]:
    """Give every answer: the entry point, bulletins, indicators, code lists."""
    yield _index(material)
    yield _bulletins(material)
    for package in material.newest_first:
        yield from _of_bulletin(material, package)
    yield _indicators(material)
    for row in material.rows["codelists"]["indicators"]:
        yield _indicator(material, row)
    yield from _codelists(material)


def _index(m: Material) -> Given:
    values = m.of_all | {"api_version": contract()["version"], "contact": m.site.contact}
    for language in LANGUAGES:
        values[f"title_{language}"] = m.site.title[language]
        values[f"description_{language}"] = m.site.description[language]
    links = {name: m.address(name) for name, answer in answers().items() if "{" not in answer.path}
    links |= {"openapi": m.base + OPENAPI, **m.pages("guide/api/")}
    packages = (
        {"package": each.name, "version": each.version, "created": each.created} for each in m.datasets
    )
    return _given(m, "index", {}, values | links, packages=packages)


def _bulletins(m: Material) -> Given:
    items = (
        m.account(package) | {"url": m.address("bulletin", bulletin=package.name)}
        for package in m.newest_first
    )
    links = {"up": m.address("index"), "next": None, **m.pages("bulletins/")}
    return _given(m, "bulletins", {}, m.of_all | links, bulletins=items)


def _of_bulletin(m: Material, package: Package) -> Iterator[Given]:
    """Give the three answers on a bulletin."""
    key, rows, home = {"bulletin": package.name}, m.rows[package.name], f"bulletins/{package.name}/"
    values = m.account(package) | {name: m.address(name, **key) for name in ("figures", "numerals")}
    values |= {
        "up": m.address("bulletins"),
        "datapackage": f"{m.site.downloads}{package.name}/datapackage.json",
        "zip": f"{m.site.downloads}{package.name}/{package.name}.zip",
    }
    lists = {name: rows[name] for name in ("sections", "measures", "relations", "corrections")}
    lists["releases"] = [{"version": each.number, "created": each.date} for each in package.releases]
    yield _given(m, "bulletin", key, values | m.pages(home), **lists)
    values |= {"up": m.address("bulletin", **key)}
    figures = _with_corrections(rows["figures"], rows["corrections"])
    yield _given(m, "figures", key, values | m.pages(f"{home}data/"), figures=figures)
    yield _given(m, "numerals", key, values | m.pages(f"{home}ledger/"), numerals=rows["numerals"])


def _with_corrections(rows: Iterable[Item], corrections: Iterable[Item]) -> Iterator[Item]:
    made = [(row["figure"], row["correction"]) for row in corrections]
    for row in rows:
        yield row | {"corrections": [name for figure, name in made if figure == row["figure"]]}


def _indicators(m: Material) -> Given:
    items = (
        row
        | {"observation_count": len(m.observations.get(row["indicator"], ()))}
        | {"url": m.address("indicator", indicator=row["indicator"])}
        for row in m.rows["codelists"]["indicators"]
    )
    links = {"up": m.address("index"), "next": None, **m.pages("indicators/")}
    return _given(m, "indicators", {}, m.of_all | links, indicators=items)


def _indicator(m: Material, row: Item) -> Given:
    name = row["indicator"]
    values = row | m.labels("topics", row["topic"], "topic") | m.labels("units", row["unit"], "unit")
    links = {"up": m.address("indicators"), "next": None, **m.pages(f"indicators/{name}/")}
    observations = m.observations.get(name, [])
    return _given(m, "indicator", {"indicator": name}, m.of_all | values | links, observations=observations)


def _codelists(m: Material) -> Iterator[Given]:
    dataset = m.by_name["codelists"]
    values = m.of_all | {"version": dataset.version, "created": dataset.created, "up": m.address("index")}
    for name, answer in answers().items():
        if answer.path.startswith("codelists/"):
            yield _given(m, name, {}, values, **{name: m.rows["codelists"][name]})


def _given(m: Material, name: str, key: Mapping[str, str], values: Item, **lists: Iterable[Item]) -> Given:
    """Put an answer together: exactly what its contract names, in that order."""
    answer, licence = answers()[name], m.by_name["codelists"].licence
    values = values | {
        "$schema": m.schema(name),
        "self": m.address(name, **key),
        "licence": licence.name,
        "license": licence.path,
    }
    content = _chosen(values, answer.fields) | {"links": _chosen(values, answer.links)}
    items = {each: [_chosen(item, fields) for item in lists[each]] for each, fields in answer.lists.items()}
    return Given(name, answer.path.format(**key), content | items)


def _chosen(values: Item, fields: Iterable[Mapping[str, Any]]) -> Item:
    return {field["name"]: values[field["name"]] for field in fields}
