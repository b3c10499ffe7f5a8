"""Takes the facts of a dataset and its zip and gives the zip as an RO-Crate 1.2."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from kuaibao.describe.citation import citation
from kuaibao.describe.facts import CITATION
from kuaibao.describe.linked import json_bytes
from kuaibao.describe.schema_org import core
from kuaibao.export.archive import zipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.describe.facts import Facts

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
    makers = [_maker(name) for name in dict.fromkeys((facts.publisher, *facts.creators))]
    entities = [_descriptor(), _root(facts, contents), _licence(facts), *makers]
    entities += [_file(facts, path, content) for path, content in contents.items()]
    return json_bytes({"@context": f"{SPECIFICATION}/context", "@graph": entities})


def _descriptor() -> dict[str, Any]:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": SPECIFICATION},
        "about": {"@id": "./"},
    }


def _root(facts: Facts, contents: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        **core(facts, "en"),
        "description": f"{facts.description['en']}\n\n{facts.description['zh']}",
        "license": {"@id": facts.dataset.licence.path},
        "publisher": {"@id": _id(facts.publisher)},
        "creator": [{"@id": _id(name)} for name in facts.creators],
        "hasPart": [{"@id": path} for path in contents],
    }


def _licence(facts: Facts) -> dict[str, str]:
    name, title, path = facts.dataset.licence
    return {"@id": path, "@type": "CreativeWork", "name": title, "alternateName": name, "url": path}


def _id(name: str) -> str:
    return f"#{name.replace(' ', '-')}"


def _maker(name: str) -> dict[str, str]:
    return {"@id": _id(name), "@type": "Organization", "name": name}


def _file(facts: Facts, path: str, content: bytes) -> dict[str, str]:
    titles = {
        f"data/{table.name}.csv": f"{table.title_en} / {table.title_zh}" for table in facts.dataset.tables
    }
    return {
        "@id": path,
        "@type": "File",
        "name": titles.get(path, path),
        "encodingFormat": MEDIA_TYPES[path.rpartition(".")[2]],
        "contentSize": str(len(content)),
        "sha256": sha256(content).hexdigest(),
    }
