"""Takes the checked archive and gives the static API: path below the site -> bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.api.answers import given
from kuaibao.api.contract import FOLDER, OPENAPI, answers
from kuaibao.api.material import Material
from kuaibao.api.openapi import openapi
from kuaibao.api.schemas import DIALECT, json_schema
from kuaibao.api.written import DOCUMENT, RECORDS, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.describe import Publication
    from kuaibao.export import Dataset
    from kuaibao.model import Archive

__all__ = ["DESCRIPTION", "files"]

# The OpenAPI document, from which a page is made.
DESCRIPTION = f"{FOLDER}/{OPENAPI}"


def files(archive: Archive, datasets: Sequence[Dataset], site: Publication) -> dict[str, bytes]:
    """Write the API; `datasets` are those of the packages, and all together as the last."""
    material = Material(archive=archive, datasets=datasets, site=site)
    found = list(given(material))
    schemas = {name: json_schema(answer) for name, answer in answers().items()}
    first = {each.name: each for each in reversed(found)}
    content = {each.path: written(each.content, RECORDS) for each in found}
    content[OPENAPI] = written(openapi(material, schemas, first), DOCUMENT)
    for name, described in schemas.items():
        address = {"$schema": DIALECT, "$id": material.schema(name)}
        content[f"schemas/{name}.json"] = written(address | described, DOCUMENT)
    return {f"{FOLDER}/{path}": data for path, data in content.items()}
