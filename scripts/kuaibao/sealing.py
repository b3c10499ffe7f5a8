"""Takes bulletins and their texts and seals the ledgers that agree: receipts go into datapackage.json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kuaibao.errors import DataError
from kuaibao.receipt import receipt, recorded
from kuaibao.site import examined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kuaibao.model import Archive

SEALS = {"ledger-unsealed", "ledger-sealed"}


def seal(root: Path, sources: Path, names: Sequence[str] = ()) -> list[tuple[str, int]]:
    """Seal the ledgers of the named bulletins, or of all; give those that changed, with their numerals.

    Raises DataError with all problems where anything but a seal is amiss; then nothing is written.
    """
    archive, _, tally = examined(root, sources, names)
    problems = [problem for problem in tally.problems if problem.code not in SEALS]
    if problems:
        raise DataError(problems)
    return put_seals(archive, list(archive.bulletins))


def put_seals(archive: Archive, names: Sequence[str]) -> list[tuple[str, int]]:
    """Seal bulletins in which nothing is amiss; give those that changed, with their numerals."""
    changed = []
    for name in names:
        package = archive.bulletins[name]
        if recorded(package) != (found := receipt(package)):
            descriptor = dict(package.descriptor) | {"bulletin": dict(package.bulletin) | {"ledger": found}}
            text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
            (package.folder / "datapackage.json").write_text(text, encoding="utf-8")
            changed.append((name, int(found["numerals"])))
    return changed
