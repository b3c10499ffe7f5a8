"""Makes input that is meant to crash, to hang or to fill the memory; each gives the arguments of a command.

Nothing of it is kept as a file in the tree: large files are written sparsely or as what they unpack from.
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from kuaibao.model import field_names
from projects import Project, copy_good

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Maker = Callable[[Path], list[str]]

MEGABYTE = 1_000_000
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="{part}" ContentType="{type}"/>{more}</Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Pack members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def swollen(members: Mapping[str, bytes], name: str, head: bytes, megabytes: int, *, admits: bool) -> bytes:
    """Pack members and one that unpacks to many megabytes, or says one kilobyte and lies."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in members.items():
            archive.writestr(other, content)
        with archive.open(name, "w", force_zip64=False) as member:
            member.write(head)
            for _ in range(megabytes):
                member.write(b" " * MEGABYTE)
    content = made.getvalue()
    if admits:
        return content
    size = struct.pack("<I", len(head) + megabytes * MEGABYTE)
    return content.replace(size, struct.pack("<I", 1000))


def relations(*entries: tuple[str, str, str]) -> bytes:
    """Write relationships: id, type, target."""
    written = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{t}" Target="{g}"/>' for i, t, g in entries)
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">{written}</Relationships>'.encode()


def word(body: str, *, head: str = "", **more: bytes) -> dict[str, bytes]:
    """Give the members of a docx."""
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return {
        "[Content_Types].xml": TYPES.format(part="/word/document.xml", type=WORD, more="").encode(),
        "_rels/.rels": relations(("a", "officeDocument", "word/document.xml")),
        "word/document.xml": document.encode(),
    } | more


def paragraph(text: str) -> str:
    """Write a paragraph of a docx."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def book(sheet: str, *, head: str = "", strings: str = "") -> dict[str, bytes]:
    """Give the members of an XLSX with one sheet."""
    override = f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET}"/>'
    if strings:
        kind = SHEET.replace("worksheet", "sharedStrings")
        override += f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
    sheets = f'<sheets><sheet name="facts" sheetId="1" r:id="a" xmlns:r="{OFFICE}"/></sheets>'
    members = {
        "[Content_Types].xml": TYPES.format(part="/xl/workbook.xml", type=BOOK, more=override).encode(),
        "_rels/.rels": relations(("a", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{S}">{sheets}</workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": relations(("a", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{S}">{sheet}</worksheet>'.encode(),
    }
    return members | ({"xl/sharedStrings.xml": strings.encode()} if strings else {})


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE l [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """Write a PDF of these objects, numbered from 1."""
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        start,
    )
    return bytes(made)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(content: bytes, more: bytes = b"") -> bytes:
    """Write a packed stream."""
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %b >>\nstream\n%b\nendstream" % (len(packed), more, packed)


def page_of(content: bytes, kids: bytes = b"[3 0 R]", pages: int = 1) -> bytes:
    """Write a PDF of one page, shown as often as `kids` says."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids %b /Count %d /MediaBox [0 0 600 800] >>" % (kids, pages),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> "
        b"/XObject << /X 6 0 R >> >> >>",
        stream(content),
        FONT,
        stream(
            b"/X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
        ),
    )


def reading(name: str, content: Callable[[], bytes]) -> Maker:
    """Let the command read a file."""

    def make(folder: Path) -> list[str]:
        (folder / name).write_bytes(content())
        return ["read", str(folder / name)]

    return make


def importing(content: Callable[[], bytes]) -> Maker:
    """Let the command take a workbook back."""

    def make(folder: Path) -> list[str]:
        root = copy_good(folder).root
        (root / "drafts").mkdir()
        (root / "drafts" / "test-001.xlsx").write_bytes(content())
        return ["draft", "--from-xlsx", str(root / "drafts" / "test-001.xlsx"), "--root", str(root)]

    return make


def checking(attack: Callable[[Path], object]) -> Maker:
    """Let the command check a project in which something is put."""

    def make(folder: Path) -> list[str]:
        root = copy_good(folder).root
        attack(root)
        return ["check", "--root", str(root)]

    return make


def comparing(content: Callable[[], bytes]) -> Maker:
    """Let the command compare a zip with a package."""

    def make(folder: Path) -> list[str]:
        root = copy_good(folder).root
        (folder / "old.zip").write_bytes(content())
        return ["diff", str(folder / "old.zip"), str(root / "datapackages" / "test-001")]

    return make


def put(path: str, content: Callable[[], bytes]) -> Callable[[Path], object]:
    """Write a file below the root."""
    return lambda root: (root / path).write_bytes(content())


def sparse(path: str, size: int) -> Callable[[Path], object]:
    """Make a file that is all holes."""
    return lambda root: os.truncate(_made(root / path), size)


def linked(path: str, target: str) -> Callable[[Path], object]:
    """Put a symbolic link in place of a file or a folder."""
    return lambda root: Project(root).link(path, target)


def piped(path: str) -> Callable[[Path], object]:
    """Put a FIFO in place of a file."""
    return lambda root: Project(root).pipe(path)


def _made(path: Path) -> Path:
    path.touch()
    return path


def _sparse_document(folder: Path) -> list[str]:
    os.truncate(_made(folder / "a.txt"), 10**12)
    return ["read", str(folder / "a.txt")]


def _piped_document(folder: Path) -> list[str]:
    os.mkfifo(folder / "a.txt")
    return ["read", str(folder / "a.txt")]


def _piped_workbook(folder: Path) -> list[str]:
    make = importing(lambda: b"")(folder)
    piped(make[2])(folder)
    return make


FIGURES = "datapackages/test-001/data/figures.csv"
DESCRIPTOR, PAGE = "datapackages/test-001/datapackage.json", "docs/zh/index.md"
HEADER = ",".join(field_names("figures")).encode() + b"\n"
WIDE = '<w:tc><w:tcPr><w:gridSpan w:val="100"/></w:tcPr><w:p/></w:tc>'
CELL = '<c r="A1" t="str"><v>key</v></c>'
SHARED = '<c r="A{0}"><f t="shared" ref="A1:A9999" si="{0}">A{0}</f></c>'
LARGE = 250  # megabytes of what a bomb unpacks to: more than any limit

READING: dict[str, Maker] = {
    "docx-bomb": reading("a.docx", lambda: swollen(word(""), "word/a.xml", b"", LARGE, admits=True)),
    "docx-bomb-in-secret": reading(
        "a.docx", lambda: swollen(word(""), "word/styles.xml", b"", LARGE, admits=False)
    ),
    "docx-entries": reading("a.docx", lambda: zipped(word("") | {f"a{n}": b"" for n in range(200_000)})),
    "docx-laughs": reading("a.docx", lambda: zipped(word(paragraph("&a9;"), head=LAUGHS))),
    "docx-outside": reading("a.docx", lambda: zipped(word(paragraph("12 &e;"), head=OUTSIDE))),
    "docx-tags": reading("a.docx", lambda: zipped(word("<w:p/>" * 2_000_000))),
    "docx-spans": reading("a.docx", lambda: zipped(word(f"<w:tbl><w:tr>{WIDE * 500_000}</w:tr></w:tbl>"))),
    "docx-rows": reading(
        "a.docx",
        lambda: zipped(
            word(f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>' * 300_000}</w:tbl>")
        ),
    ),
    "docx-deep": reading(
        "a.docx", lambda: zipped(word("<w:tbl><w:tr><w:tc>" * 50_000 + "</w:tc></w:tr></w:tbl>" * 50_000))
    ),
    "docx-circle": reading(
        "a.docx",
        lambda: zipped(
            word(
                paragraph("12 个"),
                **{
                    "word/_rels/document.xml.rels": relations(("a", "styles", "document.xml")),
                    "word/_rels/styles.xml.rels": relations(("a", "officeDocument", "document.xml")),
                },
            )
        ),
    ),
    "docx-line": reading("a.docx", lambda: zipped(word(paragraph("9" * 12 * MEGABYTE)))),
    "html-deep": reading("a.html", lambda: b"<html>" + b"<div>" * 1_000_000 + b"12"),
    "html-tags": reading("a.html", lambda: b"<html>" + b"<b>" * 2_000_000),
    "html-flat": reading("a.html", lambda: b"<html>" + b"<br>" * 2_000_000),
    "html-line": reading("a.html", lambda: b"<html>" + b"1 " * 5 * MEGABYTE),
    "txt-sparse": _sparse_document,
    "txt-fifo": _piped_document,
    "txt-line": reading("a.txt", lambda: "12 万 ".encode() * 2 * MEGABYTE),
    "txt-digits": reading("a.txt", lambda: b"9" * 30 * MEGABYTE),
    "txt-digits-small": reading("a.txt", lambda: b"9" * 500_000),
    "txt-chinese-digits": reading("a.txt", lambda: "一二三四五六七八九十百千万亿".encode() * 30_000),
    "txt-dots": reading("a.txt", lambda: b"1.1" * 160_000),
    "txt-percent": reading("a.txt", lambda: b"1% " * 100_000),
    "txt-tabs": reading("a.txt", lambda: b"1\t2\n" * 60_000),
    "txt-blanks": reading("a.txt", lambda: b"1" + b" " * 400_000 + b"1"),
    "txt-lines": reading("a.txt", lambda: b"\n" * 400_000 + b"1"),
    "md-fences": reading("a.md", lambda: b"```\n" * 100_000 + b"12\n~~~"),
    "md-marks": reading("a.md", lambda: b"<!--[](~~**__`|" * 30_000),
    "md-bars": reading("a.md", lambda: b"|" * 400_000 + b"\n|-|"),
    "md-comments": reading("a.md", lambda: b"<!-- " * 90_000),
    "pdf-loop": reading("a.pdf", lambda: page_of(b"BT ET", b"[2 0 R 2 0 R 3 0 R]")),
    "pdf-pages": reading("a.pdf", lambda: page_of(b"BT ET", b"[" + b"3 0 R " * 1_000_000 + b"]", 1_000_000)),
    "pdf-form-loop": reading("a.pdf", lambda: page_of(b"/X Do")),
    "pdf-bomb": reading("a.pdf", lambda: page_of(b" " * 300 * MEGABYTE)),
    "pdf-operators": reading("a.pdf", lambda: page_of(b"q Q " * 10_000_000)),
    "pdf-marks": reading("a.pdf", lambda: page_of(b"BT /F 9 Tf (aaaaaaaa) Tj ET " * 100_000)),
    "pdf-marks-on-pages": reading(
        "a.pdf", lambda: page_of(b"BT /F 9 Tf (aaaaaaaa) Tj ET " * 3_000, b"[" + b"3 0 R " * 500 + b"]", 500)
    ),
    "pdf-array": reading("a.pdf", lambda: page_of(b"[" * 1_000_000)),
    "pdf-objects": reading("a.pdf", lambda: pdf(*[b"<< /Type /Catalog /Pages 1 0 R >>"] * 300_000)),
    "pdf-previous": reading(
        "a.pdf",
        lambda: (
            page_of(b"BT ET").replace(b"/Size 7", b"/Prev 9 /Size 7").replace(b"startxref", b"startxref ")
        ),
    ),
    "pdf-lengths": reading("a.pdf", lambda: page_of(b"BT ET").replace(b"/Length ", b"/Length 9999999999")),
}
IMPORTS: dict[str, Maker] = {
    "xlsx-bomb": importing(lambda: swollen(book(""), "xl/theme.xml", b"", LARGE, admits=True)),
    "xlsx-bomb-in-secret": importing(
        lambda: swollen(book(""), "xl/worksheets/sheet2.xml", b"", LARGE, admits=False)
    ),
    "xlsx-laughs": importing(
        lambda: zipped(book("<sheetData><row><c t='str'><v>&a9;</v></c></row></sheetData>", head=LAUGHS))
    ),
    "xlsx-laughs-in-strings": importing(
        lambda: zipped(book("", strings=f"{LAUGHS}<sst xmlns='{S}'><si><t>&a9;</t></si></sst>"))
    ),
    "xlsx-outside": importing(
        lambda: zipped(book("<sheetData><row><c t='str'><v>&e;</v></c></row></sheetData>", head=OUTSIDE))
    ),
    "xlsx-empty-cells": importing(
        lambda: zipped(book("<sheetData>" + ("<row>" + "<c/>" * 1000 + "</row>") * 10_000 + "</sheetData>"))
    ),
    "xlsx-rows": importing(lambda: zipped(book("<sheetData>" + "<row/>" * 2_000_000 + "</sheetData>"))),
    "xlsx-columns": importing(
        lambda: zipped(book("<sheetData><row>" + "<c><v>1</v></c>" * 1_000_000 + "</row></sheetData>"))
    ),
    "xlsx-dimension": importing(
        lambda: zipped(
            book(f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576">{CELL}</row></sheetData>')
        )
    ),
    "xlsx-merged": importing(
        lambda: zipped(
            book("<sheetData/><mergeCells>" + '<mergeCell ref="A1:ZZ700"/>' * 1000 + "</mergeCells>")
        )
    ),
    "xlsx-shared": importing(
        lambda: zipped(
            book(
                "<sheetData>"
                + "".join(f"<row>{SHARED.format(n)}</row>" for n in range(1, 50_000))
                + "</sheetData>"
            )
        )
    ),
    "xlsx-styles": importing(
        lambda: zipped(
            book("<cols>" + '<col min="1" max="16384" width="9"/>' * 100_000 + "</cols><sheetData/>")
        )
    ),
    "xlsx-cell": importing(
        lambda: zipped(book(f"<sheetData><row><c t='str'><v>{'a' * 40 * MEGABYTE}</v></c></row></sheetData>"))
    ),
    "xlsx-sheets": importing(
        lambda: zipped(
            book("")
            | {
                "xl/workbook.xml": f'<workbook xmlns="{S}"><sheets>'.encode()
                + b"".join(
                    b'<sheet name="s%d" sheetId="%d" r:id="a" xmlns:r="%b"/>' % (n, n, OFFICE.encode())
                    for n in range(1, 20_000)
                )
                + b"</sheets></workbook>"
            }
        )
    ),
    "xlsx-fifo": _piped_workbook,
}
CHECKS: dict[str, Maker] = {
    "csv-sparse": checking(sparse(FIGURES, 10**12)),
    "csv-cell": checking(put(FIGURES, lambda: HEADER + b"a" * 30 * MEGABYTE)),
    "csv-columns": checking(put(FIGURES, lambda: HEADER + b"," * 18 * MEGABYTE)),
    "csv-rows": checking(put(FIGURES, lambda: HEADER + b",,,,,,,,,,,,\n" * 2 * MEGABYTE)),
    "csv-header": checking(put(FIGURES, lambda: b"a," * 9 * MEGABYTE)),
    "csv-full-rows": checking(put(FIGURES, lambda: HEADER + b"a,,,,,,,,,,,,\n" * 1_000_000)),
    "csv-fifo": checking(piped(FIGURES)),
    "csv-device": checking(linked(FIGURES, "/dev/zero")),
    "csv-link": checking(linked(FIGURES, "../../../docs/zh/index.md")),
    "csv-link-outside": checking(linked(FIGURES, "/etc/passwd")),
    "folder-link": checking(linked("datapackages/test-001/data", "/etc")),
    "package-link": checking(linked("datapackages/test-002", "test-001")),
    "folder-loop": checking(linked("docs/zh/loop", "../zh")),
    "json-deep": checking(put(DESCRIPTOR, lambda: b'{"a":' * 1_000_000)),
    "json-number": checking(put(DESCRIPTOR, lambda: b'{"a":' + b"9" * 4 * MEGABYTE + b"}")),
    "json-exponent": checking(put(DESCRIPTOR, lambda: b'{"created":1e999999999}')),
    "json-nan": checking(
        lambda root: put(DESCRIPTOR, lambda: b'{"extra":NaN,' + (root / DESCRIPTOR).read_bytes()[1:])(root)
    ),
    "json-surrogate": checking(
        lambda root: put(DESCRIPTOR, lambda: b'{"extra":"\\ud800",' + (root / DESCRIPTOR).read_bytes()[1:])(
            root
        )
    ),
    "json-sparse": checking(sparse(DESCRIPTOR, 10**12)),
    "json-wide": checking(put(DESCRIPTOR, lambda: b'{"a":[' + b"[]," * MEGABYTE + b"[]]}")),
    "json-fifo": checking(piped(DESCRIPTOR)),
    "page-fifo": checking(piped("docs/zh/pipe.md")),
    "page-link": checking(linked("docs/zh/passwd.md", "/etc/passwd")),
    "page-sparse": checking(sparse("docs/zh/large.md", 10**12)),
    "page-line": checking(put(PAGE, lambda: b"a" * 50 * MEGABYTE)),
    "page-macros": checking(put(PAGE, lambda: b"{{ " * 300_000)),
    "page-folder": checking(lambda root: (root / "docs/zh/folder.md").mkdir()),
    "page-name": checking(put("docs/zh/a\nb\u202egnp.md", lambda: b"# a\n")),
    "page-case": checking(put("docs/zh/Index.md", lambda: b"# a\n")),
    "config-laughs": checking(
        put(
            "mkdocs.yml",
            lambda: (
                b"a0: &a0 [a,a]\n"
                + b"".join(
                    b"a%d: &a%d [%b]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 10)
                )
            ),
        )
    ),
    "config-deep": checking(put("mkdocs.yml", lambda: b"[" * 100_000)),
}
COMPARISONS: dict[str, Maker] = {
    "zip-bomb": comparing(lambda: swollen({}, "data/a.csv", b"", LARGE, admits=True)),
    "zip-bomb-in-secret": comparing(
        lambda: swollen({"datapackage.json": b"{}"}, "data/a.csv", b"a\n", LARGE, admits=False)
    ),
    "zip-tables": comparing(
        lambda: zipped({f"data/{'a' * n}.csv": b" " * 10 * MEGABYTE for n in range(1, 100)})
    ),
    "zip-entries": comparing(lambda: zipped({f"a{n}": b"" for n in range(200_000)})),
    "zip-nested": comparing(
        lambda: zipped({"a.zip": zipped({"b.zip": zipped({"datapackage.json": b"{}"})})})
    ),
    "zip-outside": comparing(lambda: zipped({"../../datapackage.json": b"{}", "/etc/passwd": b""})),
    "zip-descriptor-outside": comparing(
        lambda: zipped({"datapackage.json": b'{"resources":[{"name":"a","path":"../../../etc/passwd"}]}'})
    ),
    "zip-descriptor-url": comparing(
        lambda: zipped(
            {"datapackage.json": b'{"resources":[{"name":"a","path":"http://127.0.0.1:1/a.csv"}]}'}
        )
    ),
    "zip-deep": comparing(lambda: zipped({"datapackage.json": b"[" * 1_000_000})),
    "zip-deep-value": comparing(
        lambda: zipped({"datapackage.json": b'{"resources":[],"a":' + b"[" * 900 + b"]" * 900 + b"}"})
    ),
    "zip-rows": comparing(
        lambda: zipped(
            {
                "datapackage.json": b'{"resources":[{"name":"a","path":"data/a.csv"}]}',
                "data/a.csv": b"a\n" * 9 * MEGABYTE,
            }
        )
    ),
    "zip-columns": comparing(
        lambda: zipped(
            {
                "datapackage.json": b'{"resources":[{"name":"a","path":"data/a.csv"}]}',
                "data/a.csv": b"," * 15 * MEGABYTE,
            }
        )
    ),
    "zip-types": comparing(lambda: zipped({"datapackage.json": b'{"resources":[{"name":[],"path":"a"}]}'})),
    "zip-damaged": comparing(lambda: zipped({"datapackage.json": b"{}" * 50})[:-30]),
}
ATTACKS = READING | IMPORTS | CHECKS | COMPARISONS
