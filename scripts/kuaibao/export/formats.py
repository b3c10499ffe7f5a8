"""The registry of download formats; takes a dataset and gives the bytes of every file by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kuaibao.export.archive import package_bytes
from kuaibao.export.database import sqlite_bytes
from kuaibao.export.parquet import parquet_bytes
from kuaibao.export.plain import csv_bytes, json_bytes
from kuaibao.export.problems import ExportError, problems
from kuaibao.export.workbook import xlsx_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from kuaibao.export.dataset import Dataset, Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A download format; `pattern` names its files, by {table} or by the dataset's {name}."""

    key: str
    pattern: str
    media_type: str
    label_zh: str
    label_en: str

    def names(self, dataset: Dataset) -> dict[str, Table | None]:
        """Name the files of this format, each with its table (None: the file holds the whole dataset)."""
        raise NotImplementedError

    def files(self, dataset: Dataset) -> dict[str, bytes]:
        """Write the files of this format; the dataset must be free of problems, see `files`."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True, slots=True)
class TableFormat(Format):
    """A format with a file a table."""

    write: Callable[[Dataset, Table], bytes]

    def names(self, dataset: Dataset) -> dict[str, Table | None]:
        """Name a file for each table."""
        return {self.pattern.format(table=table.name): table for table in dataset.tables}

    def files(self, dataset: Dataset) -> dict[str, bytes]:
        """Write a file for each table."""
        return {self.pattern.format(table=table.name): self.write(dataset, table) for table in dataset.tables}


@dataclass(frozen=True, kw_only=True, slots=True)
class DatasetFormat(Format):
    """A format with one file for all tables."""

    write: Callable[[Dataset], bytes]

    def names(self, dataset: Dataset) -> dict[str, Table | None]:
        """Name the one file."""
        return {self.pattern.format(name=dataset.name): None}

    def files(self, dataset: Dataset) -> dict[str, bytes]:
        """Write the one file."""
        return {self.pattern.format(name=dataset.name): self.write(dataset)}


FORMATS: tuple[Format, ...] = (
    DatasetFormat(
        key="xlsx",
        pattern="{name}.xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        label_zh="Excel 工作簿（全部表）",
        label_en="Excel workbook (all tables)",
        write=xlsx_bytes,
    ),
    TableFormat(
        key="csv",
        pattern="{table}.csv",
        media_type="text/csv",
        label_zh="CSV（UTF-8，供程序使用）",
        label_en="CSV (UTF-8, for programs)",
        write=lambda _, table: csv_bytes(table),
    ),
    TableFormat(
        key="json",
        pattern="{table}.json",
        media_type="application/json",
        label_zh="JSON",
        label_en="JSON",
        write=lambda _, table: json_bytes(table),
    ),
    TableFormat(
        key="parquet",
        pattern="{table}.parquet",
        media_type="application/vnd.apache.parquet",
        label_zh="Parquet（带类型，供数据分析）",
        label_en="Parquet (typed, for analysis)",
        write=parquet_bytes,
    ),
    DatasetFormat(
        key="sqlite",
        pattern="{name}.sqlite",
        media_type="application/vnd.sqlite3",
        label_zh="SQLite 数据库（全部表）",
        label_en="SQLite database (all tables)",
        write=sqlite_bytes,
    ),
    DatasetFormat(
        key="zip",
        pattern="{name}.zip",
        media_type="application/zip",
        label_zh="数据包：规范 CSV、描述文件与说明（zip）",
        label_en="Data package: canonical CSV, descriptor and readme (zip)",
        write=package_bytes,
    ),
)


def files(dataset: Dataset) -> dict[str, bytes]:
    """Write every download of a dataset, by file name.

    Raises ExportError with all problems where some format could not hold a cell exactly.
    """
    found = tuple(problems(dataset))
    if found:
        raise ExportError(found)
    return {name: content for each in FORMATS for name, content in each.files(dataset).items()}
