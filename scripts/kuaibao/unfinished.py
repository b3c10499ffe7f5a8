"""Takes an archive with drafts that are not finished; gives what is to do, and the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kuaibao.codelists import is_own, keys_in, recorded
from kuaibao.load import load
from kuaibao.model import OPEN_LISTS, is_todo
from kuaibao.receipt import recorded as sealed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from kuaibao.codelists import Keys
    from kuaibao.errors import Problem
    from kuaibao.model import Archive, Package

FIRST_ROW = 2  # of a table in a spreadsheet, below its header


def unfinished(archive: Archive, drafts: Path) -> dict[str, int]:
    """Count the cells that are to do in each bulletin that was never sealed, in code lists too."""
    counts = {
        name: sum(_in(frame) for frame in package.tables.values())
        + sum(map(is_todo, _words(package.descriptor)))
        + sum(_in(archive.codelists.tables[table], keys) for table, keys in brought(archive, name, drafts))
        for name, package in archive.bulletins.items()
        if not sealed(package)
    }
    return {name: count for name, count in counts.items() if count}


def _in(frame: pd.DataFrame, keys: frozenset[str] | None = None) -> int:
    rows = frame if keys is None else frame[frame.iloc[:, 0].isin(keys)]
    return sum(is_todo(cell) for row in rows.itertuples(index=False, name=None) for cell in row)


def _words(value: object) -> Iterator[str]:
    """List the texts of a descriptor; the day of its making follows from the date of issue."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in {"created", "resources"}:
                yield from _words(each)


def brought(archive: Archive, name: str, drafts: Path) -> list[tuple[str, frozenset[str]]]:
    """List the keys that a bulletin brought to the code lists, by list."""
    indicators = archive.codelists.tables["indicators"]["indicator"]
    own = frozenset(indicators[is_own(indicators, name)])
    return [("indicators", own), *recorded(drafts / f"{name}.json").items()]


def without(archive: Archive, names: Sequence[str], kept: Package, drafts: Path) -> Archive:
    """Take bulletins out, with the rows that they brought and that `kept` does not need."""
    lists = archive.codelists.tables
    gone: dict[str, set[str]] = {table: set() for table in lists}
    for name in names:
        for table, keys in brought(archive, name, drafts):
            gone[table] |= keys
    needed = keys_in(kept.tables, kept.bulletin)
    for _ in OPEN_LISTS:  # what is needed needs others in turn, such as its topic and unit
        left = {table: _left(rows, gone[table], needed[table]) for table, rows in lists.items()}
        needed = _united(needed, keys_in(left, {}))
    codelists = replace(archive.codelists, tables=left)
    others = {name: package for name, package in archive.bulletins.items() if name not in names}
    return replace(archive, codelists=codelists, bulletins=others)


def _left(rows: pd.DataFrame, gone: set[str], needed: frozenset[str]) -> pd.DataFrame:
    return rows[~rows.iloc[:, 0].isin(gone - needed)].reset_index(drop=True)


def _united(one: Keys, other: Keys) -> Mapping[str, frozenset[str]]:
    return {table: keys | other[table] for table, keys in one.items()}


def concerning(
    problems: Sequence[Problem], archive: Archive, names: Collection[str], drafts: Path
) -> list[Problem]:
    """Leave out the problems of rows of code lists that other bulletins brought and the named do not use.

    Without names, all are named; so are they where the code lists are.
    """
    if not names or not problems or archive.codelists.name in names:
        return list(problems)
    others = [name for name in archive.bulletins if name not in names]
    used: set[tuple[str, str]] = set()
    for name in names:
        left = without(archive, others, archive.bulletins[name], drafts).codelists.tables
        used |= {(table, key) for table, rows in left.items() for key in rows.iloc[:, 0]}
    whole = {(table, key) for table, rows in archive.codelists.tables.items() for key in rows.iloc[:, 0]}
    return [problem for problem in problems if _row(problem, archive) not in whole - used]


def grouped(problems: Sequence[Problem], root: Path, drafts: Path) -> tuple[list[Problem], dict[str, int]]:
    """Leave out what is to do in drafts that are not finished; give the rest, and the cells of each draft."""
    if not any(problem.code == "todo" for problem in problems):
        return list(problems), {}
    archive = load(root)
    waiting = unfinished(archive, drafts)
    folders = tuple(f"{archive.bulletins[name].path}/" for name in waiting)
    keys = {(table, key) for name in waiting for table, own in brought(archive, name, drafts) for key in own}
    rest = [
        problem
        for problem in problems
        if problem.code != "todo"
        or not (problem.place.path.startswith(folders) or _row(problem, archive) in keys)
    ]
    return rest, waiting


def _row(problem: Problem, archive: Archive) -> tuple[str, str]:
    """Name the table and the key of a row of a code list in which a problem is."""
    folder, _, file = problem.place.path.rpartition("/data/")
    rows = archive.codelists.tables.get(file.removesuffix(".csv"))
    row = problem.place.row
    if folder != archive.codelists.path or rows is None or row is None or row < FIRST_ROW:
        return "", ""
    return file.removesuffix(".csv"), str(rows.iloc[row - FIRST_ROW, 0])
