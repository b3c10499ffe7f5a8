"""Reads datapackages/ below a root and gives the archive; what cannot be read becomes a problem."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from kuaibao.errors import DataError, Place, Problem, UsageError
from kuaibao.model import BULLETIN, CODELISTS, Archive, Package, field_names

if TYPE_CHECKING:
    from pathlib import Path

BOM = b"\xef\xbb\xbf"


def load(root: Path) -> Archive:
    """Read every package; raise DataError with all problems where any cannot be read as a table.

    Raises UsageError where the root holds no datapackages folder or no code lists.
    """
    folder = root / "datapackages"
    if not folder.is_dir():
        raise UsageError(
            f"{root} 里没有 datapackages 文件夹；请用 --root 指明项目所在的文件夹",
            f"{root} holds no folder datapackages; name the project's folder with --root",
        )
    problems: list[Problem] = []
    packages = {path.name: _package(root, path, problems) for path in sorted(folder.iterdir()) if path.is_dir()}
    if "codelists" not in packages:
        problems.append(Problem("descriptor-missing", Place("datapackages/codelists/datapackage.json")))
    if problems:
        raise DataError(problems)
    loaded = {name: package for name, package in packages.items() if package is not None}
    return Archive(root=root, codelists=loaded.pop("codelists"), bulletins=loaded)


def _package(root: Path, folder: Path, problems: list[Problem]) -> Package | None:
    path = folder.relative_to(root).as_posix()
    descriptor = _descriptor(folder / "datapackage.json", Place(f"{path}/datapackage.json"), problems)
    if descriptor is None:
        return None
    expected = CODELISTS if folder.name == "codelists" else BULLETIN
    tables = {table: _table(folder, path, table, problems) for table in expected}
    loaded = {name: frame for name, frame in tables.items() if frame is not None}
    return Package(name=folder.name, folder=folder, path=path, descriptor=descriptor, tables=loaded)


def _descriptor(file: Path, place: Place, problems: list[Problem]) -> dict[str, Any] | None:
    if not file.is_file():
        problems.append(Problem("descriptor-missing", place))
        return None
    try:
        descriptor = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        problems.append(Problem("descriptor-json", place, params={"detail": str(error)}))
        return None
    if not isinstance(descriptor, dict):
        problems.append(Problem("descriptor-json", place, params={"detail": type(descriptor).__name__}))
        return None
    return descriptor


def _table(folder: Path, path: str, table: str, problems: list[Problem]) -> pd.DataFrame | None:
    place = Place(f"{path}/data/{table}.csv")
    file = folder / "data" / f"{table}.csv"
    if not file.is_file():
        problems.append(Problem("table-missing", place))
        return None
    text = _text(file.read_bytes(), place, problems)
    return None if text is None else _frame(text, table, place, problems)


def _text(content: bytes, place: Place, problems: list[Problem]) -> str | None:
    if content.startswith(BOM):
        problems.append(Problem("csv-bom", place))
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        problems.append(Problem("csv-encoding", Place(place.path, row), params={"encoding": _guess(content)}))
        return None


def _guess(content: bytes) -> str:
    for encoding in ("gb18030", "utf-16"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding.upper()
    return "?"


def _frame(text: str, table: str, place: Place, problems: list[Problem]) -> pd.DataFrame | None:
    names = field_names(table)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        problems.append(Problem("csv-syntax", place, params={"detail": str(error)}))
        return None
    header = tuple(rows[0]) if rows else ()
    if header != names:
        params = {"expected": ", ".join(names)}
        problems.append(Problem("csv-header", Place(place.path, 1), ", ".join(header), params))
        return None
    wrong = [(number, len(row)) for number, row in enumerate(rows[1:], start=2) if len(row) != len(names)]
    for number, count in wrong:
        params = {"count": str(count), "expected": str(len(names))}
        problems.append(Problem("csv-cells", Place(place.path, number), params=params))
    return None if wrong else pd.DataFrame(rows[1:], columns=list(names), dtype="str")
