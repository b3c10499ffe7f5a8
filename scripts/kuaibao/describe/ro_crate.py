"""Takes the facts of a dataset and its zip and gives the zip as an RO-Crate 1.2."""

from __future__ import annotations

import json
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from kuaibao.describe.citation import citation
from kuaibao.describe.facts import CITATION, DESCRIPTOR
from kuaibao.describe.linked import json_bytes
from kuaibao.describe.schema_org import core
from kuaibao.describe.wording import both
from kuaibao.export.archive import LABELLED, zipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.describe.facts import Facts, Words

NAME = "ro-crate-metadata.json"
SPECIFICATION = "https://w3id.org/ro/crate/1.2"
MEDIA_TYPES = {"csv": "text/csv", "json": "application/json", "cff": "application/yaml", "txt": "text/plain"}


def packed(facts: Facts, archive: bytes) -> bytes:
    """Add CITATION.cff and ro-crate-metadata.json to the zip of a data package."""
    contents = unpacked(archive) | {CITATION: citation(facts)}
    described = contents | {NAME: ro_crate(facts, dict(sorted(contents.items())))}
    return zipped(dict(sorted(described.items())))


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Read the files of a zip by path, in its order."""
    with ZipFile(BytesIO(archive)) as source:
        return {name: source.read(name) for name in source.namelist()}


def ro_crate(facts: Facts, contents: Mapping[str, bytes]) -> bytes:
    """Describe files by path in the crate, in their order; English first, then Chinese."""
    words = _notes() | _resources(contents) | _labelled(facts)
    makers = [_maker(facts, name) for name in dict.fromkeys((facts.publisher, *facts.creators))]
    entities = [_descriptor(), _root(facts, contents), _identifier(facts), _licence(facts)]
    entities += [*makers, _contact(facts)]
    entities += [_file(path, content, words[path]) for path, content in contents.items()]
    return json_bytes({"@context": f"{SPECIFICATION}/context", "@graph": entities})


def _descriptor() -> dict[str, Any]:
    about = {"conformsTo": {"@id": SPECIFICATION}, "about": {"@id": "./"}}
    return {"@id": NAME, "@type": "CreativeWork", **about}


def _root(facts: Facts, contents: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        **core(facts, "en"),
        "description": f"{facts.description['en']}\n\n{facts.description['zh']}",
        "identifier": {"@id": facts.dataset.url},
        "license": {"@id": facts.dataset.licence.path},
        "publisher": {"@id": _id(facts.publisher)},
        "creator": _one([{"@id": _id(name)} for name in facts.creators]),
        "hasPart": _one([{"@id": path} for path in contents]),
    }


def _one(references: list[dict[str, str]]) -> list[dict[str, str]] | dict[str, str]:
    """Write a single value without brackets, as the specification recommends."""
    return references[0] if len(references) == 1 else references


def _identifier(facts: Facts) -> dict[str, str]:
    name, url = facts.dataset.name, facts.dataset.url
    return {"@id": url, "@type": "PropertyValue", "name": name, "propertyID": "URL", "value": url, "url": url}


def _licence(facts: Facts) -> dict[str, str]:
    name, title, path = facts.dataset.licence
    words = {"name": title, "description": f"{title} ({name})"}
    return {"@id": path, "@type": "CreativeWork", **words, "url": path}


def _id(name: str) -> str:
    return f"#{name.replace(' ', '-')}"


def _maker(facts: Facts, name: str) -> dict[str, Any]:
    contact = {"@id": facts.publication.contact}
    words = {"name": name, "url": facts.publication.url}
    return {"@id": _id(name), "@type": "Organization", **words, "contactPoint": contact}


def _contact(facts: Facts) -> dict[str, str]:
    site = facts.publication
    means = {"email": site.email, "url": site.url} if site.email else {"url": site.contact}
    return {"@id": site.contact, "@type": "ContactPoint", "name": facts.publisher, **means}


def _file(path: str, content: bytes, words: Words) -> dict[str, str]:
    return {
        "@id": path,
        "@type": "File",
        "name": path,
        "description": _parallel(words),
        "encodingFormat": MEDIA_TYPES[path.rpartition(".")[2]],
        "contentSize": str(len(content)),
        "sha256": sha256(content).hexdigest(),
    }


def _notes() -> dict[str, Words]:
    return {name: both(f"file-{name}") for name in ("CITATION.cff", "LICENSE.txt", "readme.txt")}


def _resources(contents: Mapping[str, bytes]) -> dict[str, Words]:
    """Say what the descriptors in the crate say of themselves and of their resources, by path."""
    words: dict[str, Words] = {}
    for path, content in contents.items():
        folder, name = path[: -len(DESCRIPTOR)], path[-len(DESCRIPTOR) :]
        if name == DESCRIPTOR:
            descriptor = json.loads(content)
            words[path] = _said(descriptor)
            words |= {folder + part["path"]: _said(part) for part in descriptor["resources"]}
    return words


def _labelled(facts: Facts) -> dict[str, Words]:
    """Say what the tables with labels are, by path."""
    said = both("labelled")
    return {
        f"{LABELLED}/{table.name}.csv": {
            "zh": f"{table.title_zh}：{said['zh']}",
            "en": f"{table.title_en}: {said['en']}",
        }
        for table in facts.dataset.tables
    }


def _said(descriptor: Mapping[str, str]) -> Words:
    return {"zh": descriptor["description"], "en": descriptor["description_en"]}


def _parallel(words: Words) -> str:
    return f"{words['en']} / {words['zh']}"
