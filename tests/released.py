"""The good project with a past: four versions, of which one corrects, one adds and one withdraws a figure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kuaibao.errors import LANGUAGES
from kuaibao.stamped import stamped

if TYPE_CHECKING:
    from pathlib import Path

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
    """Give the project three versions before the one that stands, each frozen as it was."""
    added = _take(project, "figures", ADDED)
    numeral = _reset(project, "numerals", added[1], kind="other", reason_zh="另列", reason_en="Set aside")
    _reset(project, "numerals", "test-001.n010", printed="近 300 名")
    _reset(project, "figures", CORRECTED, value="300")
    project.change_rows("corrections", lambda rows: rows.__delitem__(slice(1, None)))
    for language in LANGUAGES:
        for name in (ADDED, WITHDRAWN):
            project.replace(f"docs/{language}/bulletins/test-001/index.md", name, "test-001.1.07")
    project.edit_json("test-001", "bulletin", "ledger")
    freeze(project, "1.0.0")
    _reset(project, "numerals", "test-001.n010", printed="近 400 名")
    _reset(project, "figures", CORRECTED, value="400")
    project.add_row("corrections", *CORRECTIONS[0]).add_row("corrections", *CORRECTIONS[1])
    freeze(project, "1.0.1")
    _reset(project, "numerals", added[1], **numeral)
    project.change_rows("figures", lambda rows: rows.insert(8, added))
    freeze(project, "1.1.0")
    gone = _take(project, "figures", WITHDRAWN)
    _reset(project, "numerals", gone[1], kind="other", reason_zh="目标", reason_en="A goal")
    project.add_row("corrections", *CORRECTIONS[2])
    freeze(project, "2.0.0")
    return project


def freeze(project: Project, number: str) -> None:
    """Freeze the packages as they stand."""
    for folder in (project.folder("units"), project.folder("figures")):
        project.edit_json(folder.name, "version", value=number)
        project.edit_json(folder.name, "created", value=f"{VERSIONS[number]}T00:00:00Z")
        files = {f"data/{path.name}": path.read_bytes() for path in sorted(folder.glob("data/*.csv"))}
        descriptor = json.loads((folder / "datapackage.json").read_bytes())
        _write(folder / "releases" / number, {"datapackage.json": stamped(descriptor, files)} | files)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _row(project: Project, table: str, key: str) -> int:
    """Find a row by its key, counted as a spreadsheet does."""
    lines = project.csv(table).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(f"{key},"))


def _take(project: Project, table: str, key: str) -> list[str]:
    """Take a row out of a table."""
    taken: list[list[str]] = []
    place = _row(project, table, key) - 1
    project.change_rows(table, lambda rows: taken.append(rows.pop(place)))
    return taken[0]


def _reset(project: Project, table: str, key: str, **cells: str) -> dict[str, str]:
    """Put values into cells of a row; gives what stood there."""
    before: dict[str, str] = {}
    place = _row(project, table, key)
    project.change_rows(
        table, lambda rows: before.update(dict(zip(rows[0], rows[place - 1], strict=True)))
    ).edit_row(table, place, **cells)
    return {name: before[name] for name in cells}
