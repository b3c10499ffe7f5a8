"""Takes bulletins and their texts and seals the ledgers that agree: receipts go into datapackage.json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.desk import DRAFTS
from kuaibao.errors import DataError
from kuaibao.load import load
from kuaibao.receipt import receipt, recorded
from kuaibao.site import examined
from kuaibao.unfinished import concerning

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kuaibao.model import Archive

SEALS = {"ledger-unsealed", "ledger-sealed"}


class Sealing(NamedTuple):
    """What became of each ledger: sealed anew (with its numerals), without its text, or with problems."""

    sealed: list[tuple[str, int]]
    without_text: list[str]
    amiss: list[str]


def seal_each(root: Path, sources: Path, names: Sequence[str]) -> Sealing:
    """Seal the named bulletins, or all, whose texts are there and agree; the others are left as they are."""
    done = Sealing([], [], [])
    for name in names or load(root).bulletins:
        if not (sources / f"{name}.txt").is_file():
            done.without_text.append(name)
            continue
        try:
            done.sealed.extend(seal(root, sources, [name]))
        except DataError:
            done.amiss.append(name)
    return done


def seal(root: Path, sources: Path, names: Sequence[str] = ()) -> list[tuple[str, int]]:
    """Seal the ledgers of bulletins; give those that changed, with their numerals.

    Raises DataError with all problems where anything but a seal is amiss; then nothing is written.
    """
    archive, _, tally = examined(root, sources, names)
    concerned = concerning(tally.problems, load(root), names, root / DRAFTS)
    problems = [problem for problem in concerned if problem.code not in SEALS]
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
