"""Takes a version of a package, a folder or the zip that the site publishes, and gives its tables as text.

A version is read by its own descriptor, so that one from before a change of the data model opens as well.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

from kuaibao.errors import UsageError
from kuaibao.model import Version

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kuaibao.model import Row

DESCRIPTOR = "datapackage.json"
LARGEST = 100_000_000  # bytes of a file
_TABLE_PATH = re.compile(r"data/[a-z_]+\.csv")


def open_version(path: Path) -> Version:
    """Read a version; raises UsageError where there is none, or where a file cannot be read as a table."""
    try:
        files = _in_folder(path) if path.is_dir() else _in_zip(path)
        descriptor = json.loads(files[DESCRIPTOR])
        tables = {each["name"]: _table(each, files) for each in descriptor["resources"]}
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError, csv.Error) as error:
        raise _no_package(path, error) from error
    return Version(descriptor, tables, files)


def _in_folder(folder: Path) -> dict[str, bytes]:
    names = [DESCRIPTOR, *(f"data/{file.name}" for file in sorted(folder.glob("data/*.csv")))]
    for name in names:
        if (folder / name).stat().st_size > LARGEST:
            raise ValueError(name)
    return {name: (folder / name).read_bytes() for name in names}


def _in_zip(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        members = [each for each in archive.infolist() if _is_ours(each.filename)]
        if too_large := [each.filename for each in members if each.file_size > LARGEST]:
            raise ValueError(too_large[0])
        return {each.filename: archive.read(each) for each in members}


def _is_ours(name: str) -> bool:
    return name == DESCRIPTOR or _TABLE_PATH.fullmatch(name) is not None


def _table(resource: Mapping[str, Any], files: Mapping[str, bytes]) -> list[Row]:
    """Read a table whose columns and key the descriptor names."""
    rows = _rows(files[resource["path"]])
    described = [field["name"] for field in resource["schema"]["fields"]]
    if rows and (strange := {*resource["schema"]["primaryKey"], *described}.symmetric_difference(rows[0])):
        raise ValueError(", ".join(sorted(strange)))
    return rows


def _rows(content: bytes) -> list[Row]:
    """Read a table; every row has as many cells as the header."""
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def _no_package(path: Path, error: Exception) -> UsageError:
    return UsageError(
        f"读不出数据包 {path}（{error}）；请给出含 datapackage.json 的文件夹，或网站上下载的 zip",
        f"cannot read {path} as a data package ({error}); name a folder with a datapackage.json, "
        "or a zip from the site",
    )
