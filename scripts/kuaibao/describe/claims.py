"""Takes the bytes of a description and gives what it claims of a dataset, whatever the format.

A claim is a statement and its value. The statements are `title zh`, `description zh` and the same with
`en`, `licence`, `version`, `created` (this version), `issued` (the first one), `modified`, and `size` and
`sha256` with the path of a file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from kuaibao.describe.facts import TAGS
from kuaibao.errors import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kuaibao.errors import Language
    from kuaibao.export import Dataset

Claim = tuple[str, str]


def of_catalogue(nodes: Mapping[str, Any], dataset: Dataset) -> Iterator[Claim]:
    """Read what the catalogue's nodes, by identifier, say of a dataset; files by address."""
    node = nodes.get(dataset.url, {})
    yield from _in_languages("title", node.get("dct:title", ()))
    yield from _in_languages("description", node.get("dct:description", ()))
    yield from _present(
        version=node.get("dcat:version"),
        issued=_value(node.get("dct:issued")),
        modified=_value(node.get("dct:modified")),
    )
    for part in (nodes.get(each["@id"], {}) for each in node.get("dcat:distribution", ())):
        address = part["dcat:downloadURL"]["@id"]
        yield "licence", part["dct:license"]["@id"]
        yield f"size {address}", part["dcat:byteSize"]["@value"]
        yield f"sha256 {address}", part["spdx:checksum"]["spdx:checksumValue"]["@value"]


def of_page(content: str, language: Language) -> Iterator[Claim]:
    """Read schema.org's Dataset of a page in one language."""
    document = json.loads(content)
    yield from _present(
        **{f"title {language}": document.get("name"), f"description {language}": document.get("description")}
    )
    yield from _common(document, document.get("license"), document.get("distribution", ()))


def of_croissant(content: bytes) -> Iterator[Claim]:
    """Read Croissant; files by address."""
    document = json.loads(content)
    yield from _english_first(document)
    yield from _common(document, document.get("license"), document.get("distribution", ()))


def of_ro_crate(content: bytes) -> Iterator[Claim]:
    """Read an RO-Crate; files by path in the crate."""
    nodes = {node["@id"]: node for node in json.loads(content)["@graph"]}
    root = nodes["./"]
    yield from _english_first(root)
    held = root["hasPart"]
    parts = [nodes[part["@id"]] for part in (held if isinstance(held, list) else [held])]
    yield from _common(root, root["license"]["@id"], parts)


def of_csvw(content: bytes, folder: str) -> Iterator[Claim]:
    """Read the metadata of the CSV files, which stand in a folder."""
    document = json.loads(content)
    yield from _in_languages("title", document.get("dc:title", ()))
    yield from _in_languages("description", document.get("dc:description", ()))
    yield from _present(
        licence=document.get("dc:license", {}).get("@id"),
        version=document.get("dcat:version"),
        issued=_value(document.get("dc:issued")),
        modified=_value(document.get("dc:modified")),
    )
    for table in document.get("tables", ()):
        yield f"size {folder}{table['url']}", table["dc:extent"].removesuffix(" B")
        yield f"sha256 {folder}{table['url']}", table["dc:identifier"].removeprefix("sha256:")


def of_citation(content: bytes) -> Iterator[Claim]:
    """Read CITATION.cff, which states the licence by its identifier."""
    document = yaml.safe_load(content)
    yield from _present(titles=document.get("title"))
    yield from _split("description", document.get("abstract", ""), "\n\n", LANGUAGES)
    yield from _present(
        licence_name=document.get("license"),
        version=document.get("version"),
        created=document.get("date-released"),
    )


def of_descriptor(content: bytes) -> Iterator[Claim]:
    """Read datapackage.json; hashes and sizes of its resources where it states them."""
    document = json.loads(content)
    yield from _present(
        **{"title zh": document.get("title"), "title en": document.get("title_en")},
        licence=document.get("licenses", [{}])[0].get("path"),
        version=document.get("version"),
        created=str(document.get("created"))[:10],
    )
    for resource in document.get("resources", ()):
        digest = resource.get("hash")
        stated = {"size": resource.get("bytes"), "sha256": digest and digest.removeprefix("sha256:")}
        yield from _present(**{f"{name} {resource['path']}": value for name, value in stated.items()})


def _english_first(document: Mapping[str, Any]) -> Iterator[Claim]:
    yield from _present(**{"title en": document.get("name"), "title zh": document.get("alternateName")})
    yield from _split("description", document.get("description", ""), "\n\n", ("en", "zh"))


def _common(
    document: Mapping[str, Any], licence: str | None, parts: Iterable[Mapping[str, Any]]
) -> Iterator[Claim]:
    yield from _present(
        licence=licence,
        version=document.get("version"),
        issued=document.get("datePublished"),
        modified=document.get("dateModified"),
    )
    for part in parts:
        address = part.get("contentUrl", part.get("@id"))
        yield f"size {address}", part["contentSize"].removesuffix(" B")
        yield f"sha256 {address}", part["sha256"]


def _in_languages(name: str, texts: Iterable[Mapping[str, str]]) -> Iterator[Claim]:
    languages = {tag: language for language, tag in TAGS.items()}
    return ((f"{name} {languages[text['@language']]}", text["@value"]) for text in texts)


def _split(name: str, text: str, mark: str, languages: Iterable[Language]) -> Iterator[Claim]:
    return ((f"{name} {language}", part) for language, part in zip(languages, text.split(mark), strict=False))


def _value(literal: Mapping[str, str] | None) -> str | None:
    return literal["@value"] if literal else None


def _present(**claims: object) -> Iterator[Claim]:
    return ((name, str(value)) for name, value in claims.items() if value is not None)
