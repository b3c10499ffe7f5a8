"""PDFs: columns, notes and tables without rules read as their text; bombs are refused."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest

from kuaibao.documents import extract, numerals
from kuaibao.documents.headers import describe
from kuaibao.documents.unruled import find_unruled
from kuaibao.documents.words import Row, Word, rows_of, text_of
from kuaibao.errors import UsageError

FIXTURES = Path(__file__).parent / "documents"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def readings(name: str) -> list[tuple[object, ...]]:
    """Give what must agree between forms, without the numbers of notes."""
    return [
        (n.value, n.value_min, n.value_max, n.unit, n.qualifier, n.kind)
        for n in numerals(extract(FIXTURES / name))
        if not re.fullmatch(r"\[[0-9]\]", n.printed)
    ]


@pytest.mark.parametrize("name", ["communique-one.pdf", "communique-two.pdf"])
def test_communique(name: str) -> None:
    """Tables without rules, notes and two columns give the numerals of the text, in any order."""
    expected, actual = readings("communique.txt"), readings(name)
    assert sorted(map(repr, actual)) == sorted(map(repr, expected))


def row(*cells: tuple[str, float], bottom: float = 100.0, size: float = 10.0) -> Row:
    """Give a row of words, each from its left edge, letters half as wide as Chinese characters."""
    return [
        Word(text, x0, x0 + sum(size / 2 if c.isascii() else size for c in text), bottom - size, bottom, size)
        for text, x0 in cells
    ]


def test_close_numbers() -> None:
    """Numbers a fifth of an em apart are cells; the header gives each its column."""
    rows = [
        row(("镇", 10), ("会员（人）", 60), ("占比（%）", 112)),
        row(("甲", 10), ("1,205", 85), ("15.2", 112), bottom=115),
        row(("乙", 10), ("866", 95), ("8.7", 117), bottom=130),
    ]
    table = find_unruled(rows)[0].table
    assert [[slot.text for slot in each] for each in table.rows] == [
        ["镇", "会员（人）", "占比（%）"],
        ["甲", "1,205", "15.2"],
        ["乙", "866", "8.7"],
    ]


@pytest.mark.parametrize("x0", [87, 60, 115])
def test_header_over_several_columns(x0: float) -> None:
    """A header with a unit, at the middle or at an edge of its columns, is for all of them."""
    rows = [
        row(("会（万人）", x0), ("费（万元）", x0 + 200)),
        row(("镇", 10), bottom=107),
        row(("男", 65), ("女", 165), ("收", 265), ("支", 365), bottom=115),
        row(("甲", 10), ("1.2", 60), ("1.3", 160), ("2.0", 260), ("3.0", 360), bottom=130),
        row(("乙", 10), ("0.8", 60), ("0.9", 160), ("1.5", 260), ("1.8", 360), bottom=145),
    ]
    table = find_unruled(rows)[0].table
    assert [slot.text for slot in table.rows[0] if slot.shown] == ["镇", "会（万人）", "费（万元）"]
    assert [cell and cell.unit for cell in describe(table, "")[-1]] == ["", "万人", "万人", "万元", "万元"]


def test_prose_is_no_table() -> None:
    """A number that its unit follows is no cell."""
    rows = [row(("第", 10), ("12", 40), ("期", 53)), row(("共", 10), ("3", 30), ("家", 38), bottom=115)]
    assert find_unruled(rows) == []


def test_marks_of_notes() -> None:
    """A raised small number is no part of the number before it; the 2 of km2 is."""
    mark = Word("1", 40.0, 43.0, 88.0, 94.0, 6.0)
    assert [text_of(each) for each in rows_of([*row(("3412", 20), ("家", 43)), mark])] == ["3412家"]
    assert [text_of(each) for each in rows_of([*row(("12km", 20)), mark])] == ["12km1"]
    power = mark._replace(text="2")
    assert [text_of(each) for each in rows_of([*row(("12km", 20)), power])] == ["12km²"]


def pdf(*objects: bytes) -> bytes:
    """Give a PDF of these objects, the first of them the catalogue."""
    body, at = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        at.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(at) + 1, len(body))
    return body + head + table + tail


def one_page(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """Give a PDF of one page with this content, packed already."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    stream = b"<</Length %d/Filter %s>>stream\n%s\nendstream" % (len(content), filters, content)
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream, FONT)


def many_pages(number: int) -> bytes:
    """Give a PDF of empty pages."""
    kids = b" ".join(b"%d 0 R" % at for at in range(3, number + 3))
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, number)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        pages,
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"] * number,
    )


LARGE = zlib.compress(bytes(210_000_000), 9)
DRAWN = zlib.compress(b"BT /F 9 Tf " + b"(1234567890)Tj " * 20_001 + b"ET")
UNPACKED = "docx 或 pdf 解压后的 MB 数超过上限 200，为安全起见不读取；请把正文另存为一个小的 docx"
BOMBS = {
    "one filter": (one_page(LARGE), UNPACKED),
    "two filters": (
        one_page(zlib.compress(LARGE), b"[/FlateDecode/FlateDecode]"),
        UNPACKED,
    ),
    "runs": (
        one_page(zlib.compress(b"\x81a" * 2_000_000), b"[/FlateDecode/RunLengthDecode]"),
        UNPACKED,
    ),
    "marks": (
        one_page(DRAWN),
        "pdf 一页上的字符、线条和图片数超过上限 200,000，为安全起见不读取；请删去图纸后再存",
    ),
    "pages": (many_pages(501), "pdf 的页数超过上限 500，为安全起见不读取；请拆成几个文件"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs(tmp_path: Path, name: str) -> None:
    """A small file that holds too much gives one message."""
    content, message = BOMBS[name]
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        extract(path)
    assert caught.value.text["zh"] == f"{path}：{message}"


def test_a_drawing_is_told(tmp_path: Path) -> None:
    """A page with too many lines for a search for tables is read as text, with a remark."""
    lines = b"".join(b"%d 100 m %d 200 l S " % (x // 20, x // 20) for x in range(10_002))
    path = tmp_path / "drawing.pdf"
    path.write_bytes(one_page(zlib.compress(lines + b"BT /F 12 Tf 72 700 Td (12 345) Tj ET")))
    document = extract(path)
    assert [remark["en"] for remark in document.remarks] == [
        "page 1: too many lines, tables are read as text; check their numbers against the print"
    ]


def test_superscript_of_a_browser() -> None:
    """A browser prints a superscript at five sixths of the size."""
    raised = Word("2", 45.0, 49.0, 87.0, 95.3, 8.3)
    assert [text_of(each) for each in rows_of([*row(("1200", 20), ("m", 41)), raised])] == ["1200m²"]


def test_running_text_is_no_header() -> None:
    """A line that begins over the labels of a table of two columns is text, not its header."""
    rows = [
        row(("各镇情况如下", 10)),
        row(("镇", 10), ("费（万元）", 90), bottom=115),
        row(("甲", 10), ("15.2", 90), bottom=130),
        row(("乙", 10), ("8.7", 90), bottom=145),
    ]
    found = find_unruled(rows)[0]
    assert found.first == 1
    assert [cell and cell.unit for cell in describe(found.table, "")[-1]] == ["", "万元"]


def test_labels_close_to_aligned_numbers() -> None:
    """A quarter of an em parts labels from numbers that begin at one edge in each row."""
    rows = [
        row(("镇", 15), ("人（人）", 32.5), ("费（万元）", 85)),
        row(("甲镇", 10), ("1205", 32.5), ("15.2", 85), bottom=115),
        row(("乙镇", 10), ("866", 32.5), ("8.7", 85), bottom=130),
    ]
    table = find_unruled(rows)[0].table
    assert [slot.text for slot in table.rows[-1]] == ["乙镇", "866", "8.7"]
    assert [cell and cell.unit for cell in describe(table, "")[-1]] == ["", "人", "万元"]
