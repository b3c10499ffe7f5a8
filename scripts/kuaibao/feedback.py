"""Takes a workbook that was taken back; seals its package, or gives what is amiss by cells."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from kuaibao import workbook
from kuaibao.checks import check
from kuaibao.desk import DRAFTS
from kuaibao.handwritten import pages
from kuaibao.load import load
from kuaibao.model import OPEN_LISTS
from kuaibao.sealing import SEALS, put_seals
from kuaibao.unfinished import unfinished, without

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from kuaibao.errors import Problem
    from kuaibao.model import Archive

FIRST_ROW = 2  # of a table in a spreadsheet, below its header
# The facts from which entries of a descriptor are made that have another name.
FACTS = {"created": "date", "sources": "source"}


class Outcome(NamedTuple):
    """What became of a package: its seal if it changed, its problems, and what others have left to do."""

    sealed: Sequence[tuple[str, int]]
    problems: Sequence[Problem]
    others: Mapping[str, int]


def finish(root: Path, file: Path) -> Outcome:
    """Check the package of a workbook against its text, and seal it if nothing is amiss.

    Other drafts that are not finished are left out, with their rows of code lists that this one does not use.
    """
    name, drafts = file.stem, root / DRAFTS
    whole = load(root)
    others = {each: cells for each, cells in unfinished(whole, drafts).items() if each != name}
    archive = without(whole, list(others), whole.bulletins[name], drafts)
    problems = check(archive, pages(root), drafts, [name]).problems
    # Frictionless reads the files of the code lists as they stand, with the rows of the others.
    left = SEALS | {"cell-valid"} if others else SEALS
    found = [problem for problem in problems if problem.code not in left]
    sealed = [] if found else put_seals(archive, [name])
    return Outcome(sealed, in_workbook(found, archive, file), others)


def in_workbook(problems: Sequence[Problem], archive: Archive, file: Path) -> list[Problem]:
    """Give problems of a package that was taken back the places that its editor knows: cells."""
    known, package = workbook.places(file.read_bytes(), file.name), archive.bulletins[file.stem]
    tables = {table: archive.codelists.tables[table] for table in ("indicators", *OPEN_LISTS)}
    tables |= package.tables
    descriptor = f"{package.path}/datapackage.json"
    facts: dict[tuple[str, str], Problem] = {}
    others: list[Problem] = []
    for problem in problems:
        table, row = PurePath(problem.place.path).stem, problem.place.row
        if problem.place.path == descriptor:
            key = _fact(problem, str(package.descriptor.get("title", "")), facts)
            facts[key, problem.code] = known.fact(problem, key)
        elif table in tables and row is not None and row >= FIRST_ROW:
            others.append(known.moved(problem, table, str(tables[table].iloc[row - FIRST_ROW, 0])))
        else:
            others.append(problem)
    return [*facts.values(), *others]


def _fact(problem: Problem, title: str, before: Collection[tuple[str, str]]) -> str:
    """Name the fact from which an entry of the descriptor comes; the second title is that of the source."""
    if problem.code == "bulletin-date-printed":
        return "date"
    key = problem.params.get("key") or problem.params.get("title_zh", problem.code)
    if key == "title" and (problem.value not in {"", title} or ("title", problem.code) in before):
        return "source"
    return FACTS.get(key, key)
