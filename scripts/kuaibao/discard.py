"""Takes the id of a draft that is given up; removes package, rows in code lists and working files."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.codelists import is_own, keys_in, recorded, remove
from kuaibao.desk import DRAFTS
from kuaibao.errors import UsageError
from kuaibao.handed import in_use
from kuaibao.load import load
from kuaibao.receipt import recorded as sealed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kuaibao.codelists import Keys
    from kuaibao.model import Archive

WORKING = (".xlsx", ".txt", ".csv", ".json")  # the workbook first: a spreadsheet program may hold it


class Discarded(NamedTuple):
    """What was removed: paths below the root, and how many rows of which code list."""

    paths: tuple[str, ...]
    rows: Mapping[str, int]


def discard(root: Path, name: str) -> Discarded:
    """Remove a draft with all that it brought; what another bulletin or list needs stays.

    Raises UsageError, and removes nothing, where there is no such package, where it was not drafted here, or
    where it was finished once, which its seal tells: a finished bulletin may have been published and cited.
    """
    archive = load(root)
    if name not in archive.bulletins:
        raise _unknown(name)
    package = archive.bulletins[name]
    if sealed(package):
        raise _finished(name)
    files = [file for ending in WORKING if (file := root / DRAFTS / f"{name}{ending}").is_file()]
    if not (root / DRAFTS / f"{name}.csv").is_file():
        raise _foreign(name)
    brought = _brought(archive, name, root / DRAFTS / f"{name}.json")
    try:
        for file in files:
            file.unlink()
    except PermissionError:
        raise in_use(files[0]) from None
    shutil.rmtree(package.folder)
    rows = {table: count for table, keys in brought.items() if (count := remove(archive, table, keys))}
    paths = (package.folder, *sorted(files))
    return Discarded(tuple(path.relative_to(root).as_posix() for path in paths), rows)


def _brought(archive: Archive, name: str, record: Path) -> Keys:
    """List the keys that a bulletin brought to the code lists and that nothing else needs."""
    indicators = archive.codelists.tables["indicators"]["indicator"]
    own = {**recorded(record), "indicators": frozenset(indicators[is_own(indicators, name)])}
    needed = [
        keys_in(package.tables, package.bulletin)
        for other, package in archive.bulletins.items()
        if other != name
    ]
    lists = archive.codelists.tables
    kept = {table: rows[~rows.iloc[:, 0].isin(own.get(table, frozenset()))] for table, rows in lists.items()}
    needed.append(keys_in(kept, {}))
    return {table: keys.difference(*(each[table] for each in needed)) for table, keys in own.items()}


def _unknown(name: str) -> UsageError:
    return UsageError(f"没有数据包 {name}，没有删去什么", f"there is no package {name}; nothing was removed")


def _finished(name: str) -> UsageError:
    return UsageError(
        f"{name} 已经完成并封存过，可能已有人引用，不能放弃；要改数据，改 CSV，在 corrections.csv 写明，"
        "再用 kuaibao release 发布",
        f"{name} has been finished and sealed, and may have been cited, so it is not discarded; "
        "to change its data, edit the tables, say so in corrections.csv, and run kuaibao release",
    )


def _foreign(name: str) -> UsageError:
    return UsageError(
        f"{DRAFTS} 里没有 {name} 的起草记录，分不清哪些是起草时加的；请手工移走 datapackages/{name}",
        f"{DRAFTS} holds no record of drafting {name}, so what came with it is not known; "
        f"move datapackages/{name} away by hand",
    )
