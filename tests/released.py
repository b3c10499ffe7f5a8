"""The good project with a past: four releases, of which one corrects, one adds and one withdraws a figure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kuaibao.errors import LANGUAGES
from kuaibao.load import load
from kuaibao.releasing import release
from kuaibao.sealing import put_seals

if TYPE_CHECKING:
    from projects import Project

CORRECTED, ADDED, WITHDRAWN = "test-001.1.05", "test-001.1.08", "test-001.1.06"
VERSIONS = {"1.0.0": "2024-07-01", "1.0.1": "2024-08-01", "1.1.0": "2024-09-01", "2.0.0": "2024-10-01"}
CORRECTIONS = (
    (
        "test-001.c01",
        CORRECTED,
        "2024-07-20",
        "printed",
        "近 300 名",
        "近 400 名",
        "录入时看错了",
        "Misread on entry",
    ),
    ("test-001.c02", CORRECTED, "2024-07-20", "value", "300", "400", "录入时看错了", "Misread on entry"),
    ("test-001.c03", WITHDRAWN, "2024-09-20", "figure", WITHDRAWN, "", "说的是目标", "It tells a goal"),
)


def with_past(project: Project) -> Project:
    """Release the project four times: as it began, corrected, with one figure more, with one withdrawn."""
    told = _told(project)
    place, added = _take(project, "figures", ADDED)
    numeral = _reset(project, "numerals", added[1], kind="other", reason_zh="另列", reason_en="Set aside")
    _tell(project, told, without=ADDED)
    _reset(project, "numerals", "test-001.n010", printed="近 300 名")
    _reset(project, "figures", CORRECTED, value="300")
    project.change_rows("corrections", lambda rows: rows.__delitem__(slice(1, None)))
    _release(project, "1.0.0")
    _reset(project, "numerals", "test-001.n010", printed="近 400 名")
    _reset(project, "figures", CORRECTED, value="400")
    project.add_row("corrections", *CORRECTIONS[0]).add_row("corrections", *CORRECTIONS[1])
    _release(project, "1.0.1")
    _reset(project, "numerals", added[1], **numeral)
    project.change_rows("figures", lambda rows: rows.insert(place, added))
    _tell(project, told)
    _release(project, "1.1.0")
    _, gone = _take(project, "figures", WITHDRAWN)
    _reset(project, "numerals", gone[1], kind="other", reason_zh="目标", reason_en="A goal")
    _tell(project, told, without=WITHDRAWN)
    project.add_row("corrections", *CORRECTIONS[2])
    _release(project, "2.0.0")
    return project


def _release(project: Project, number: str) -> None:
    """Release the packages on the day of a version, and find that the number is as expected."""
    put_seals(load(project.root), ["test-001"])
    done = release(project.root, ["codelists", "test-001"], date.fromisoformat(VERSIONS[number]))
    assert done[-1].new == number


def _told(project: Project) -> dict[str, bytes]:
    """Read the pages that tell the figures."""
    paths = [f"docs/{language}/bulletins/test-001/index.md" for language in LANGUAGES]
    return {path: (project.root / path).read_bytes() for path in paths}


def _tell(project: Project, told: dict[str, bytes], without: str = "none") -> None:
    """Write the pages, with another figure in the place of one that is not there."""
    for path, content in told.items():
        project.write_bytes(path, content.replace(without.encode(), b"test-001.1.07"))


def _row(project: Project, table: str, key: str) -> int:
    """Find a row by its key, counted as a spreadsheet does."""
    lines = project.csv(table).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(f"{key},"))


def _take(project: Project, table: str, key: str) -> tuple[int, list[str]]:
    """Take a row out of a table; gives its place and what it held."""
    taken: list[list[str]] = []
    place = _row(project, table, key) - 1
    project.change_rows(table, lambda rows: taken.append(rows.pop(place)))
    return place, taken[0]


def _reset(project: Project, table: str, key: str, **cells: str) -> dict[str, str]:
    """Put values into cells of a row; gives what stood there."""
    before: dict[str, str] = {}
    place = _row(project, table, key)
    project.change_rows(
        table, lambda rows: before.update(dict(zip(rows[0], rows[place - 1], strict=True)))
    ).edit_row(table, place, **cells)
    return {name: before[name] for name in cells}
