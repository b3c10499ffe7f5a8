"""Writes anew what tests/packages/ takes from the project: schemas and terms of good/, and all messages.

Run `python tests/packages/renew.py` after a change of schemas or rules, and read the difference.
"""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kuaibao.model import schema

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
TESTS = HERE.parent
PARTS = ("fields", "primaryKey", "missingValues", "foreignKeys")


def renew_schemas() -> None:
    """Bring the descriptors of good/ and its terms up to date."""
    for file in sorted(HERE.glob("good/datapackages/*/datapackage.json")):
        descriptor: dict[str, Any] = json.loads(file.read_bytes())
        for resource in descriptor["resources"]:
            described = schema(resource["name"])
            resource["schema"] = {part: described[part] for part in PARTS if part in described}
        file.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    terms = Path("datapackages/codelists/data/terms.csv")
    shutil.copyfile(TESTS.parent / terms, HERE / "good" / terms)


def renew_messages(name: str) -> None:
    """Record what each broken case of a test module says, in Chinese and then in English."""
    broken: dict[str, Callable[[object], object]] = importlib.import_module(f"test_{name}").BROKEN
    blocks = ["\n    ".join([case, *_told(change)]) for case, change in broken.items()]
    (HERE / "messages" / f"{name}.txt").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _told(change: Callable[[object], object]) -> list[str]:
    projects = importlib.import_module("projects")
    with tempfile.TemporaryDirectory() as folder:
        project = projects.copy_good(Path(folder))
        change(project)
        told: list[str] = project.told()
        return told


if __name__ == "__main__":
    sys.path.insert(0, str(TESTS))
    renew_schemas()
    for test in sorted(TESTS.glob("test_*.py")):
        if "BROKEN: dict" in test.read_text(encoding="utf-8"):
            renew_messages(test.stem.removeprefix("test_"))
