"""Takes a version of a package, a folder or the zip that the site publishes, and gives its tables as text.

A version is read by its own descriptor, so that one from before a change of the data model opens as well.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from errno import ENOENT
from itertools import islice
from typing import TYPE_CHECKING, Any

from kuaibao.errors import UsageError, visible
from kuaibao.limits import LimitError, bytes_of, content_of, most
from kuaibao.model import Version
from kuaibao.packed import DAMAGES, expect_size, members, pieces

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kuaibao.model import Row

DESCRIPTOR = "datapackage.json"
LIMIT = "package-megabytes"
_TABLE_PATH = re.compile(r"data/[a-z_]+\.csv")


def open_version(path: Path) -> Version:
    """Read a version; raises UsageError where there is none, or where a file cannot be read as a table."""
    try:
        files = _in_folder(path) if path.is_dir() else _in_zip(path)
        descriptor = json.loads(files[DESCRIPTOR])
        tables = {each["name"]: _table(each, files, path) for each in descriptor["resources"]}
    except (*DAMAGES, TypeError, RecursionError, csv.Error) as error:
        raise _no_package(path, error) from error
    return Version(descriptor, tables, files)


def _in_folder(folder: Path) -> dict[str, bytes]:
    names = [DESCRIPTOR, *(f"data/{file.name}" for file in sorted(folder.glob("data/*.csv")))]
    expect_size(sum((folder / name).lstat().st_size for name in names), str(folder), LIMIT)
    return {name: content_of(folder / name, LIMIT) for name in names}


def _in_zip(path: Path) -> dict[str, bytes]:
    content = bytes_of(path, LIMIT)
    ours = [each for each in members(content, str(path)) if _is_ours(each.filename)]
    expect_size(sum(each.file_size for each in ours), str(path), LIMIT)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {each.filename: b"".join(pieces(archive, each)) for each in ours}


def _is_ours(name: str) -> bool:
    return name == DESCRIPTOR or _TABLE_PATH.fullmatch(name) is not None


def _table(resource: Mapping[str, Any], files: Mapping[str, bytes], path: Path) -> list[Row]:
    """Read a table whose columns and key the descriptor names."""
    if resource["path"] not in files:
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT), resource["path"])
    rows = _rows(files[resource["path"]], path)
    described = [field["name"] for field in resource["schema"]["fields"]]
    if rows and (strange := {*resource["schema"]["primaryKey"], *described}.symmetric_difference(rows[0])):
        raise ValueError(", ".join(sorted(strange)))
    return rows


def _rows(content: bytes, path: Path) -> list[Row]:
    """Read a table; every row has as many cells as the header."""
    expect_size(len(content), str(path), "table-megabytes")
    read = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    header, *rows = islice(read, most("table-rows") + 2)
    if len(rows) > most("table-rows"):
        raise LimitError(str(path), "table-rows")
    return [dict(zip(header, row, strict=True)) for row in rows]


def _no_package(path: Path, error: Exception) -> UsageError:
    name, why = visible(str(path)), visible(str(error)[:200])
    return UsageError(
        f"读不出数据包 {name}（{why}）；请给出含 datapackage.json 的文件夹，或网站上下载的 zip",
        f"cannot read {name} as a data package ({why}); name a folder with a datapackage.json, "
        "or a zip from the site",
    )
