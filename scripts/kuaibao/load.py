"""Reads datapackages/ below a root and gives the archive; what cannot be read becomes a problem."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

import pandas as pd

from kuaibao.encodings import LOOKS, encoding_of, first_bad_line
from kuaibao.errors import DataError, Place, Problem, UsageError
from kuaibao.irregular import irregular
from kuaibao.limits import LimitError, content_of, most
from kuaibao.model import (
    BULLETIN,
    CODELISTS,
    RELEASES,
    SEMANTIC,
    Archive,
    Lists,
    Package,
    Version,
    field_names,
)
from kuaibao.opening import DESCRIPTOR, open_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z")
SHOWN = 40  # names of unknown columns, and characters of each
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def load(root: Path) -> Archive:
    """Read every package; raise DataError with all problems where any cannot be read as a table.

    Raises UsageError where the root holds no folder datapackages, or where a file cannot be opened.
    """
    folder = root / "datapackages"
    if not folder.is_dir():
        raise _no_packages(root)
    if problems := irregular(root):
        raise DataError(problems)
    packages = {path.name: _package(root, path, problems) for path in _folders(folder)}
    if "codelists" not in packages:
        problems.append(Problem("descriptor-missing", Place("datapackages/codelists/datapackage.json")))
    if problems:
        raise DataError(problems)
    loaded = {name: package for name, package in packages.items() if package is not None}
    codelists = loaded.pop("codelists")
    lists = {version.number: Lists(version.tables) for version in codelists.releases}
    bulletins = {name: _listed(package, "codelists_version", lists) for name, package in loaded.items()}
    return Archive(root=root, codelists=_listed(codelists, "version", lists), bulletins=bulletins)


def _listed(package: Package, key: str, lists: Mapping[str, Lists]) -> Package:
    """Give every release the code lists whose version its descriptor names under `key`."""
    found = [
        version._replace(lists=lists.get(str(version.descriptor.get(key)))) for version in package.releases
    ]
    return replace(package, releases=tuple(found))


def _no_packages(root: Path) -> UsageError:
    return UsageError(
        f"{root} 里没有 datapackages 文件夹；请用 --root 指明项目所在的文件夹",
        f"{root} holds no folder datapackages; name the project's folder with --root",
    )


def _unopened(file: Path, why: str) -> UsageError:
    return UsageError(
        f"打不开 {file}：{why}；如果正在 Excel 或 WPS 中打开，请先关闭",
        f"cannot open {file}: {why}; if a spreadsheet program has it open, close it first",
    )


def _folders(folder: Path) -> list[Path]:
    """List the packages' folders; hidden folders belong to other programs."""
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def _package(root: Path, folder: Path, problems: list[Problem]) -> Package | None:
    path = folder.relative_to(root).as_posix()
    descriptor = _descriptor(folder / "datapackage.json", Place(f"{path}/datapackage.json"), problems)
    if descriptor is None and not (folder / "datapackage.json").is_file():
        return None
    expected = CODELISTS if folder.name == "codelists" else BULLETIN
    tables = {table: _table(folder, path, table, problems) for table in expected}
    return Package(
        name=folder.name,
        folder=folder,
        path=path,
        descriptor=descriptor or {},
        tables={name: frame for name, frame in tables.items() if frame is not None},
        releases=_releases(folder, path, problems),
    )


def _releases(package: Path, path: str, problems: list[Problem]) -> tuple[Version, ...]:
    """Read the frozen versions of a package, oldest first."""
    folder = package / RELEASES
    found = [_release(each, path, problems) for each in _folders(folder)] if folder.is_dir() else []
    return tuple(sorted(filter(None, found), key=lambda version: version.rank))


def _release(folder: Path, path: str, problems: list[Problem]) -> Version | None:
    """Read a frozen version, which must be what the names of its folders say."""
    place = Place(f"{path}/{RELEASES}/{folder.name}")
    try:
        version = open_version(folder)
    except LimitError as error:
        problems.append(error.problem(place))
        return None
    except UsageError as error:
        why = error.__cause__
        if isinstance(why, FileNotFoundError) and (folder / DESCRIPTOR).is_file():
            problems.append(Problem("release-missing", Place(f"{place.path}/{why.filename}")))
            return None
        detail = (why.strerror if isinstance(why, OSError) else None) or str(why)
        problems.append(Problem("release-unreadable", place, detail))
        return None
    name, number, created = (str(version.descriptor.get(key)) for key in ("name", "version", "created"))
    fits = path.endswith(f"/{name}") and number == folder.name
    if fits and SEMANTIC.fullmatch(number) and _MOMENT.fullmatch(created):
        return version
    problems.append(Problem("release-folder", place, f"{name} {number} {created}"))
    return None


def _content(file: Path, limit: str, place: Place, problems: list[Problem]) -> bytes | None:
    try:
        return content_of(file, limit)
    except LimitError as error:
        problems.append(error.problem(place))
        return None
    except OSError as error:
        raise _unopened(file, error.strerror or "") from None


def _descriptor(file: Path, place: Place, problems: list[Problem]) -> dict[str, Any] | None:
    if not file.is_file():
        problems.append(Problem("descriptor-missing", place))
        return None
    content = _content(file, "descriptor-megabytes", place, problems)
    text = None if content is None else _text(content, place, problems)
    return None if text is None else _object(text, place, problems)


def _object(text: str, place: Place, problems: list[Problem]) -> dict[str, Any] | None:
    row = None
    try:
        loaded = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
        if isinstance(loaded, dict):
            return loaded
    except json.JSONDecodeError as error:
        row = error.lineno
    except (ValueError, RecursionError):  # numbers or nesting beyond any descriptor
        pass
    problems.append(Problem("descriptor-json", Place(place.path, row)))
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Take an object of which no key stands twice; JSON would let the last one count."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(pairs)
    return found


def _no_number(word: str) -> None:
    raise ValueError(word)  # NaN and Infinity, which JSON does not have


def _table(folder: Path, path: str, table: str, problems: list[Problem]) -> pd.DataFrame | None:
    place = Place(f"{path}/data/{table}.csv")
    file = folder / "data" / f"{table}.csv"
    if not file.is_file():
        problems.append(Problem("table-missing", place))
        return None
    content = _content(file, "table-megabytes", place, problems)
    text = None if content is None else _text(content, place, problems)
    rows = None if text is None else _rows(text, place, problems)
    return None if rows is None else _frame(rows, table, place, problems)


def _text(content: bytes, place: Place, problems: list[Problem]) -> str | None:
    if content.startswith(WORKBOOK):
        problems.append(Problem("csv-workbook", place))
        return None
    encoding = encoding_of(content)
    if encoding.startswith("utf-8"):
        if encoding == "utf-8-sig":
            problems.append(Problem("csv-bom", place))
        return content.decode(encoding)
    zh, en = LOOKS[encoding]
    place = Place(place.path, None if encoding == "utf-16" else first_bad_line(content))
    problems.append(Problem("csv-encoding", place, params={"encoding_zh": zh, "encoding_en": en}))
    return None


def _rows(text: str, place: Place, problems: list[Problem]) -> list[list[str]] | None:
    rows: list[list[str]] = []
    try:
        rows.extend(islice(csv.reader(io.StringIO(text, newline=""), strict=True), most("table-rows") + 2))
    except csv.Error:  # the rows before the fault are in the list
        problems.append(Problem("csv-syntax", Place(place.path, len(rows) + 1)))
        return None
    if len(rows) > most("table-rows") + 1:
        problems.append(LimitError(place.path, "table-rows").problem(place))
        return None
    return rows


def _frame(
    rows: Sequence[list[str]], table: str, place: Place, problems: list[Problem]
) -> pd.DataFrame | None:
    names = field_names(table)
    header = rows[0] if rows else []
    if len(header) == 1 and any(mark in header[0] for mark in "\t;"):
        problems.append(Problem("csv-commas", Place(place.path, 1)))
        return None
    if tuple(header) != names:
        zh, en = _difference(header, names)
        params = {"expected": ",".join(names), "detail_zh": zh, "detail_en": en}
        problems.append(Problem("csv-header", Place(place.path, 1), params=params))
        return None
    wrong = list(_misshapen(rows[1:], place, len(names)))
    problems += wrong
    return None if wrong else pd.DataFrame(rows[1:], columns=list(names), dtype="str")


def _difference(header: Sequence[str], names: Sequence[str]) -> tuple[str, str]:
    """Say how a header differs from what it should be, in Chinese and English."""
    missing = ", ".join(name for name in names if name not in header)
    others = [name[:SHOWN] for name in header[: 10 * SHOWN] if name and name not in names]
    unknown = ", ".join(others[:SHOWN]) + (", …" if len(others) > SHOWN else "")
    found = [
        (bool(missing), f"缺少 {missing}", f"{missing} missing"),
        (bool(unknown), f"多出 {unknown}", f"{unknown} unknown"),
        ("" in header, "有空白列", "there are blank columns"),
    ]
    zh, en = [zh for ok, zh, _ in found if ok], [en for ok, _, en in found if ok]
    return "，".join(zh) or "列的次序变了，或有重复", ", ".join(
        en
    ) or "the order has changed, or a column is repeated"


def _misshapen(rows: Sequence[list[str]], place: Place, width: int) -> Iterator[Problem]:
    """Give one problem for each run of rows that are empty, or have the same wrong number of cells."""
    shapes = ((number, len(row) if any(row) else 0) for number, row in enumerate(rows, start=2))
    for count, run in groupby(shapes, key=lambda shape: shape[1]):
        first, *rest = [number for number, _ in run]
        last = rest[-1] if rest else first
        span = {"count": str(count), "expected": str(width)} | _span(first, last)
        if count != width:
            code = "csv-cells" if count else "csv-empty"
            yield Problem(code, Place(place.path, first), params=span)


def _span(first: int, last: int) -> dict[str, str]:
    if first == last:
        return {"rows_zh": "这一行", "rows_en": "this row"}
    return {"rows_zh": f"第 {first}–{last} 行", "rows_en": f"each of the rows {first}–{last}"}
