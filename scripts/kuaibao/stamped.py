"""Takes a package's descriptor and files and gives the descriptor with size and SHA-256 of every table."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def stamped(descriptor: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """Write a datapackage.json whose resources state `bytes` and `hash` of their files, by path.

    Source of the properties: Data Package 2.0, Data Resource.
    """
    resources = [resource | measures(files[resource["path"]]) for resource in descriptor["resources"]]
    text = json.dumps({**descriptor, "resources": resources}, ensure_ascii=False, indent=2)
    return (text + "\n").encode()


def unstamped(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """Take the sizes and hashes out of a descriptor."""
    stamps = {"bytes", "hash"}
    resources = [
        {key: value for key, value in resource.items() if key not in stamps}
        for resource in descriptor["resources"]
    ]
    return {**descriptor, "resources": resources}


def measures(content: bytes) -> dict[str, Any]:
    """Give the size and the SHA-256 of a file as a descriptor states them."""
    return {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}
