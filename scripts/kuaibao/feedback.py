"""Takes what a check found after a workbook was taken back; gives the cells that its editor knows."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from kuaibao import workbook
from kuaibao.load import load
from kuaibao.model import OPEN_LISTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kuaibao.errors import Problem

FIRST_ROW = 2  # of a table in a spreadsheet, below its header


def in_workbook(problems: Sequence[Problem], root: Path, file: Path) -> list[Problem]:
    """Give problems of a package that was taken back the places that its editor knows: cells."""
    archive, known = load(root), workbook.places(file.read_bytes(), file.name)
    tables = dict(archive.bulletins[file.stem].tables)
    tables |= {table: archive.codelists.tables[table] for table in ("indicators", *OPEN_LISTS)}
    moved = []
    for problem in problems:
        table, row = PurePath(problem.place.path).stem, problem.place.row
        listed = tables.get(table)
        if listed is None or row is None or row < FIRST_ROW or not problem.place.path.endswith(".csv"):
            moved.append(problem)
        else:
            moved.append(known.moved(problem, table, str(listed.iloc[row - FIRST_ROW, 0])))
    return moved
