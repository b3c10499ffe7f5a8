"""A path in, its document out: content decides which form a file has, its extension where that cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from kuaibao.encodings import LOOKS, encoding_of, first_bad_line
from kuaibao.limits import LimitError, NotOrdinaryError, bytes_of, most
from kuaibao.packed import DAMAGES, expect_harmless, members

from .plain import read_plain
from .problems import problem

if TYPE_CHECKING:
    from pathlib import Path

    from .model import Document

Form: TypeAlias = Literal["txt", "md", "html", "docx", "pdf"]

_EXTENSIONS: dict[str, Form] = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
}
_HEAD = 1024  # a PDF may have some bytes before its mark
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "Workbook".encode("utf-16-le")
_SLIDES = "PowerPoint".encode("utf-16-le")
_STARTS = {
    b"{\\rtf": (" RTF 文件", "an RTF file"),
    b"\x89PNG": ("图片", "a picture"),
    b"\xff\xd8\xff": ("图片", "a picture"),
    b"GIF8": ("图片", "a picture"),
    b"Rar!": ("压缩包", "an archive"),
    b"7z\xbc\xaf": ("压缩包", "an archive"),
    b"\x1f\x8b": ("压缩包", "an archive"),
    b"MIME-Version:": ("单个文件的网页（mht）", "a web page in one file (mht)"),
    b"From: <Saved by": ("单个文件的网页（mht）", "a web page in one file (mht)"),
}
_PACKED = {
    "xl/workbook.xml": (" Excel 表格", "an Excel workbook"),
    "ppt/presentation.xml": (" PPT 演示文稿", "a presentation"),
    "content.xml": (" OpenDocument 文件", "an OpenDocument file"),
    "OFD.xml": (" OFD 文件", "an OFD file"),
}


def extract(path: Path) -> Document:
    """Return the document of a txt, md, html, docx or pdf file.

    Raises UsageError with one message where the file cannot be read: missing, beyond a limit, empty,
    encrypted, damaged, a scan, of another kind, or a text that is not UTF-8.
    """
    content = _load(path)
    form = _form(path, content)
    document = _read(path, content, form)
    if len(document.text) > most("document-characters"):
        raise LimitError(str(path), "document-characters", f"{len(document.text):,}")
    if not document.text.strip("\ufeff \t\r\n\f\v\u3000\xa0"):
        raise problem(path, "no_text")
    return document


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise problem(path, "folder")
        content = bytes_of(path, "document-megabytes")
    except FileNotFoundError:
        raise problem(path, "missing") from None
    except NotOrdinaryError:
        raise problem(path, "special") from None
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        raise problem(path, "unopened", why=getattr(error, "strerror", "") or str(error)) from None
    if not content:
        raise problem(path, "empty")
    return content


def _form(path: Path, content: bytes) -> Form:
    by_name = _EXTENSIONS.get(path.suffix.lower())
    if b"%PDF-" in content[:_HEAD] and by_name not in ("txt", "md", "html"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _packed(path, content, by_name)
    if content.startswith(_OLE):
        raise _compound(path, content)
    for start, (zh, en) in _STARTS.items():
        if content.startswith(start):
            raise problem(path, "other", what_zh=zh, what_en=en)
    if _is_page(content):
        return "html"
    if by_name is None:
        raise problem(path, "old_word" if path.suffix.lower() in (".doc", ".wps", ".dot") else "unknown")
    if by_name in ("docx", "pdf"):
        raise problem(path, "broken", form=by_name)
    return by_name


def _is_page(content: bytes) -> bool:
    """Tell a web page from its first words, in whatever encoding, as Word's own web pages named .doc."""
    head = content[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<?xml") and b"<html" in head)


def _compound(path: Path, content: bytes) -> Exception:
    """Say what an OLE file is: an encrypted docx, or a file of the old programs."""
    if _ENCRYPTED in content:
        return problem(path, "locked")
    for mark, zh, en in (
        (_WORKBOOK, "旧的 Excel 表格", "an old Excel workbook"),
        (_SLIDES, "旧的 PPT 演示文稿", "an old presentation"),
    ):
        if mark in content:
            return problem(path, "other", what_zh=zh, what_en=en)
    return problem(path, "old_word")


def _packed(path: Path, content: bytes, by_name: Form | None) -> Form:
    try:
        entries = members(content, str(path))
    except DAMAGES:
        raise problem(path, "broken" if by_name else "unknown", form=by_name) from None
    names = {entry.filename for entry in entries}
    if "word/document.xml" not in names:
        what = next((what for name, what in _PACKED.items() if name in names), ("压缩包", "a zip archive"))
        raise problem(path, "other", what_zh=what[0], what_en=what[1])
    if any(entry.flag_bits & 1 for entry in entries):
        raise problem(path, "locked")
    try:
        expect_harmless(content, str(path), "unpacked-megabytes")
    except DAMAGES:
        raise problem(path, "broken", form="docx") from None
    return "docx"


def _read(path: Path, content: bytes, form: Form) -> Document:
    """Read with the form's module; each is loaded only where its files are read."""
    if form == "docx":
        from .word import read_word  # noqa: PLC0415  # python-docx takes a while to load

        return read_word(path, content)
    if form == "pdf":
        from .portable import read_portable  # noqa: PLC0415  # as above

        return read_portable(path, content)
    if form == "html":
        from .web import read_web  # noqa: PLC0415  # as above

        return read_web(path, content)
    text = _decode(path, content)
    if len(text) > most("document-characters"):  # before it is read, which takes longest
        raise LimitError(str(path), "document-characters", f"{len(text):,}")
    return read_plain(text, markdown=form == "md")


def _decode(path: Path, content: bytes) -> str:
    encoding = encoding_of(content)
    if encoding.startswith("utf-8"):
        return content.decode("utf-8")  # with its mark, for offsets count in the file
    line = 1 if encoding == "utf-16" else first_bad_line(content)
    zh, en = LOOKS[encoding]
    raise problem(path, "encoding", line=line, seems_zh=zh, seems_en=en)
