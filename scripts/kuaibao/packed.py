"""Takes a packed file (docx, xlsx, zip) and gives its members, none of which is larger than it says.

A header may lie about the size of what it packs, members may overlap, and a document type may have entities
that grow without end: each part is unpacked piece by piece, counted, and only then handed to a library.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from kuaibao.limits import MEGABYTE, LimitError, most

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRY = b"PK\x01\x02"  # how each entry of a zip's directory begins
PIECE = 1_000_000  # bytes unpacked at a time
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that office programs and this one write
MARKUP = (".xml", ".rels")
BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
# The parts of an office file have no document type; the second form is that of UTF-16.
TYPED = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
# What a damaged zip raises; RuntimeError: a password.
DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, KeyError),
    *(NotImplementedError, RuntimeError),
)


def members(content: bytes, name: str) -> list[zipfile.ZipInfo]:
    """List the entries of a zip; raises LimitError for too many, and what DAMAGES lists for a damaged one."""
    if content.count(ENTRY) > most("packed-entries"):
        raise LimitError(name, "packed-entries")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.infolist()


def expect_harmless(content: bytes, name: str, limit: str) -> None:
    """Unpack every part of an office file piece by piece, keeping nothing.

    Raises LimitError where it unpacks to more megabytes than `limit` or has too many tags, and what DAMAGES
    lists where it is damaged, declares a document type, or is packed in a way that no office program uses.
    """
    tags = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = members(content, name)
        expect_size(sum(entry.file_size for entry in entries), name, limit)
        for entry in entries:
            is_markup, end = entry.filename.lower().endswith(MARKUP), b""
            for piece in pieces(archive, entry):
                is_markup = is_markup or (not end and piece.lstrip(BLANK).startswith(b"<"))
                tags += piece.count(b"<") if is_markup else 0
                if tags > 2 * most("markup-tags"):  # one that opens and one that closes
                    raise LimitError(name, "markup-tags")
                if is_markup and any(mark in end + piece for mark in TYPED):
                    raise zipfile.BadZipFile(entry.filename)
                end = piece[-len(TYPED[-1]) :]


def expect_size(size: int, name: str, limit: str) -> None:
    """Raise LimitError where bytes are more than the megabytes of a limit."""
    if size > most(limit) * MEGABYTE:
        raise LimitError(name, limit, str(size // MEGABYTE))


def pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a member piece by piece; raises BadZipFile where it is not what its entry says."""
    if entry.compress_type not in METHODS:
        raise zipfile.BadZipFile(entry.filename)
    with archive.open(entry) as member:
        while piece := member.read(PIECE):
            yield piece
