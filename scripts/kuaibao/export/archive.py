"""Takes files by path and gives a zip whose bytes depend on them alone; packs the data package."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kuaibao.export.about import licence_note, readme
from kuaibao.export.plain import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.export.dataset import Dataset

LABELLED = "labelled"  # the folder of the tables that are joined with their labels
MIDNIGHT_1980 = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
UNIX = 3  # not the system that happens to build
LEVEL = 6  # of compression: 9 takes several times as long for a large workbook and gains next to nothing
READABLE = 0o100644 << 16


def package_bytes(dataset: Dataset) -> bytes:
    """Pack the canonical files with the tables that carry labels, readme.txt and LICENSE.txt, by path."""
    notes = {"readme.txt": readme(dataset), "LICENSE.txt": licence_note(dataset)}
    contents = {**{path: text.encode() for path, text in notes.items()}, **dataset.canonical}
    return zipped(dict(sorted((contents | _labelled(dataset)).items())))


def _labelled(dataset: Dataset) -> dict[str, bytes]:
    """Write the published tables that hold more than their canonical files."""
    canonical = set(dataset.canonical.values())
    written = {f"{LABELLED}/{table.name}.csv": csv_bytes(table) for table in dataset.tables}
    return {path: content for path, content in written.items() if content not in canonical}


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """Pack files in the order given, dated 1980-01-01."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path, content in contents.items():
            archive.writestr(_entry(path), content, ZIP_DEFLATED, LEVEL)
    return buffer.getvalue()


def repacked(archive: bytes) -> bytes:
    """Pack a zip anew, in its own order, without traces of time and system."""
    with ZipFile(BytesIO(archive)) as source:
        return zipped({name: source.read(name) for name in source.namelist()})


def _entry(path: str) -> ZipInfo:
    entry = ZipInfo(path, MIDNIGHT_1980)
    entry.create_system = UNIX
    entry.external_attr = READABLE
    return entry
