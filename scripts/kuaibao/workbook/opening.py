"""Takes the bytes of a file and gives the workbook in it, or the problem why it cannot be read."""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from kuaibao.errors import LANGUAGES, Place, Problem
from kuaibao.limits import LimitError, most
from kuaibao.packed import expect_harmless, members
from kuaibao.workbook.layout import phrase

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

LARGEST = "workbook-megabytes"  # a bulletin of a thousand figures has less than two
MOST_SHEETS = 200  # named in the workbook; each may be the same part, read again
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OPENDOCUMENT = b"application/vnd.oasis.opendocument"
RANGE = re.compile(rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\sref=["']([A-Z]+[0-9]+:[A-Z]+[0-9]+)["']""")
SHEETS = re.compile(rb"<(?:\w+:)?sheet\s")
STRING = f"{{{SHEET_MAIN_NS}}}si"


class _Reader(ExcelReader):
    """Reads shared strings with their escapes, some of which openpyxl 3.1 loses (x005F_)."""

    def read_strings(self) -> None:
        """Read the text of every shared string; phonetic guides and formats are left out."""
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            nodes = (node for _, node in iterparse(source) if node.tag == STRING)
            self.shared_strings = [text.content if (text := Text.from_tree(node)) else "" for node in nodes]


def opened(content: bytes, name: str) -> Workbook | Problem:
    """Open a workbook; give the one problem of a file that is none, is broken or is too large."""
    place = Place(name)
    try:
        return _no_workbook(content, place) or _too_large(content, place) or _loaded(content)
    except LimitError as error:
        return error.problem(place)
    except Exception:  # noqa: BLE001  # zipfile and openpyxl raise whatever a damaged part leads to
        return Problem("workbook-broken", place)


def _no_workbook(content: bytes, place: Place) -> Problem | None:
    kind = _kind(content)
    params = {f"kind_{language}": phrase(f"kind-{kind}", language) for language in LANGUAGES if kind}
    return Problem("workbook-file", place, params=params) if kind else None


def _loaded(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that are not read, such as pictures
        reader = _Reader(BytesIO(content), keep_links=False)
        reader.read()
    return reader.wb


def _kind(content: bytes) -> str:
    """Say what a file is that is no XLSX; '' is one, or a broken one."""
    if not content:
        return "empty"
    if content.startswith(OLE):
        return "encrypted" if ENCRYPTED in content else "old"
    return _zip_kind(content) if content.startswith(ZIP) else "text"


def _zip_kind(content: bytes) -> str:
    if OPENDOCUMENT in content[:200]:
        return "ods"
    parts = {member.filename for member in members(content, "")}
    if "xl/workbook.bin" in parts:
        return "binary"
    return "" if any(part.startswith("xl/") for part in parts) else "zip"


def _too_large(content: bytes, place: Place) -> Problem | None:
    """Find what would take too much memory to read, before it is read."""
    expect_harmless(content, place.path, LARGEST)
    with ZipFile(BytesIO(content)) as archive:
        for part in archive.infolist():
            whole = archive.read(part)
            if len(SHEETS.findall(whole)) > MOST_SHEETS:
                return Problem("workbook-broken", place)
            if wide := _widest(whole):
                return Problem("workbook-merged", place, wide)
    return None


def _widest(sheet: bytes) -> str:
    left = most("merged-cells")
    found: list[bytes] = RANGE.findall(sheet)
    for reference in map(bytes.decode, found):
        left -= _cells(reference)
        if left < 0:
            return reference
    return ""


def _cells(reference: str) -> int:
    left, top, right, bottom = (edge or 0 for edge in range_boundaries(reference))
    return (int(right) - int(left) + 1) * (int(bottom) - int(top) + 1)
