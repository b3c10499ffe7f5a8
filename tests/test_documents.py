"""Reading files: one bulletin in every form has the same numerals; what cannot be read gives one message."""

from __future__ import annotations

import io
import logging
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kuaibao.documents import extract, numerals
from kuaibao.documents.headers import header_unit
from kuaibao.documents.lines import Item, Line
from kuaibao.documents.margins import without_margins
from kuaibao.documents.model import Slot, Table
from kuaibao.documents.paragraphs import flow
from kuaibao.documents.plain import read_extracted
from kuaibao.documents.words import plain
from kuaibao.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kuaibao.documents import Document

FIXTURES = Path(__file__).parent / "documents"
FORMS = [
    "bulletin.md",
    "wechat.html",
    "site-gbk.html",
    "word.docx",
    "libreoffice.docx",
    "libreoffice.pdf",
    "chromium.pdf",
]
WORD = (FIXTURES / "word.docx").read_bytes()
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """Give a function that writes a file of this name and content."""

    def written(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def readings(document: Document) -> list[tuple[object, ...]]:
    """Give what must agree between forms; the print may differ in blanks."""
    return [
        (n.value, n.value_min, n.value_max, n.unit, n.qualifier, n.kind, n.parts, n.direction)
        for n in numerals(document)
    ]


def figures(document: Document) -> list[tuple[str, object, str]]:
    """Give print, value and unit of the figures."""
    return [(n.printed, n.value, n.unit) for n in numerals(document) if n.kind == "figure"]


@pytest.mark.parametrize("name", FORMS)
def test_forms_agree(name: str) -> None:
    """Every form of the bulletin has the numerals of its text, in the same order."""
    expected = readings(extract(FIXTURES / "bulletin.txt"))
    assert len(expected) == 105
    assert readings(extract(FIXTURES / name)) == expected


@pytest.mark.parametrize("name", ["bulletin.txt", *FORMS])
def test_offsets(name: str) -> None:
    """Offsets lead to what was printed; numerals are in order and do not overlap."""
    document = extract(FIXTURES / name)
    end = 0
    for numeral in numerals(document):
        assert document.text[numeral.start : numeral.end].replace("\n", "") == numeral.printed
        assert numeral.start >= end
        end = numeral.end


def test_text_stands_as_it_is(write: Callable[[str, bytes | str], Path]) -> None:
    """A txt keeps its byte order mark and its line ends, for offsets count in the file."""
    text = "\ufeff共 12 家\r\n\r\n3 人\r5 户\n"
    assert extract(write("a.txt", text)).text == text
    assert extract(write("b.md", text)).text == text


def test_text_over_pages(write: Callable[[str, bytes | str], Path]) -> None:
    """A number that a page break parts in a txt stays one."""
    assert figures(extract(write("a.txt", "经费 2.7 亿\n\n元。"))) == [("2.7 亿元", 270000000, "元")]


def test_saved_text_reads_the_same(write: Callable[[str, bytes | str], Path]) -> None:
    """The extracted text, saved as txt, has the same numerals."""
    document = extract(FIXTURES / "word.docx")
    assert readings(extract(write("saved.txt", document.text))) == readings(document)


def test_blocks() -> None:
    """A paragraph is a block between blank lines, a table one block with tabs between cells."""
    blocks = extract(FIXTURES / "chromium.pdf").text.split("\n\n")
    assert "一、总体情况" in blocks
    assert blocks[blocks.index("单位：万元") + 1].split("\n")[1] == "工会经费收入\t1,205.3\t1,388.7\t15.2"


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("产值（亿元）", "亿元"),
        ("产值(万元)", "万元"),
        ("单位：万人", "万人"),
        ("（单位：家）", "家"),
        ("增长%", "%"),
        ("比上年增长（%）", "%"),
        ("耕地（平方公里）", "平方公里"),
        ("产值（2023年）", ""),
        ("工会（含企业）", ""),
        ("单位：万元、人", ""),
        ("单位", ""),
        ("备注", ""),
    ],
)
def test_header_unit(title: str, unit: str) -> None:
    """A header names a unit only where the reader knows the whole of it as one."""
    assert header_unit(title) == unit


def test_unit_of_rows(write: Callable[[str, bytes | str], Path]) -> None:
    """A column 单位 gives each row its unit, growth keeps its own, and unit cells are no numbers."""
    text = "指标\t单位\t绝对数\t增长%\n产值\t亿元\t12.3\t5.6\n用户\t万户\t8\t1.1\n"
    assert figures(extract(write("a.txt", text))) == [
        ("12.3", 1230000000, "元"),
        ("5.6", Decimal("5.6"), "%"),
        ("8", 80000, "户"),
        ("1.1", Decimal("1.1"), "%"),
    ]


def test_line_above_table(write: Callable[[str, bytes | str], Path]) -> None:
    """单位：万元 above a table holds for all its bare numbers, but not for shares, years and row numbers."""
    text = (
        "单位：万元\n\n序号\t年份\t收入\t增速\t备注\n1\t2022\t12\t5.6\t近 3\n2\t2023\t15 亿元\t25\t共 3 家\n"
    )
    found = [(n.printed, n.value, n.unit, n.kind) for n in numerals(extract(write("a.txt", text)))]
    assert found == [
        ("1", 1, "", "enumerator"),
        ("2022", "2022", "", "date"),
        ("12", 120000, "元", "figure"),
        ("5.6", Decimal("5.6"), "", "figure"),
        ("近 3", 30000, "元", "figure"),
        ("2", 2, "", "enumerator"),
        ("2023", "2023", "", "date"),
        ("15 亿元", 1500000000, "元", "figure"),
        ("25", 25, "", "figure"),
        ("3 家", 3, "家", "figure"),
    ]


def test_web_page(write: Callable[[str, bytes | str], Path]) -> None:
    """Menus, scripts, footers and hidden parts are left out; inline elements never part a number."""
    page = (
        "<meta charset=utf-8><nav>9 项</nav><div class=footer>8 项</div><h1>标题</h1><div class=a>"
        "<p>经费 1<b>2</b>.<i>3</i>&nbsp;亿<span>元</span>，&#26032;增会员 5<!-- x --> 人。"
        "全县各级工会组织扎实推进各项工作。</p><p style='display:none'>7 项</p>"
        "<p>职工<br>6 人</p><ul><li>企业：4<li>商户：3</ul></div><script>var a = 2;</script>"
    )
    document = extract(write("a.html", page))
    assert document.text == (
        "标题\n\n经费 12.3 亿元，新增会员 5 人。全县各级工会组织扎实推进各项工作。\n\n"
        "职工\n6 人\n\n企业：4\n\n商户：3\n"
    )
    assert [figure[1:] for figure in figures(document)] == [
        (1230000000, "元"),
        (5, "人"),
        (6, "人"),
        (4, ""),
        (3, ""),
    ]


def test_merged_cells(write: Callable[[str, bytes | str], Path]) -> None:
    """A merged header holds for every column that it covers, and is printed once."""
    page = (
        "<meta charset=utf-8><table><tr><td rowspan=2>镇<td colspan=2>产值（亿元）<tr><td>2022年<td>2023年"
        "<tr><td>甲<td>1<td>2</table>"
    )
    document = extract(write("a.html", page))
    assert document.text == "镇\t产值（亿元）\t\n\t2022年\t2023年\n甲\t1\t2\n"
    assert [value for _, value, _ in figures(document)] == [100000000, 200000000]


def word_with(*paragraphs: str) -> bytes:
    """Give a docx with these paragraphs, as the XML that stands in them."""
    document = docx.Document()
    for paragraph in paragraphs:
        xml = f"<w:p {nsdecls('w')}>{paragraph}</w:p>"
        document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def run(text: str) -> str:
    """Give a run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, result: str) -> str:
    """Give a field as Word writes it, in parts."""
    parts = [
        '<w:fldChar w:fldCharType="begin"/>',
        f"<w:instrText>{instruction}</w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{result}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ]
    return "".join(f"<w:r>{part}</w:r>" for part in parts)


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (
            f"<w:ins>{run('新 12 人')}</w:ins><w:del><w:r><w:delText>旧 3 人</w:delText></w:r></w:del>",
            "新 12 人\n",
        ),
        (run("第 ") + field(" PAGE ", "7") + run(" 页"), "第  页\n"),
        (run("图 ") + field(" SEQ 图 ", "7"), "图 7\n"),
        (f"{run('共 5 家')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>9 家</w:t></w:r>", "共 5 家\n"),
        (f"<w:smartTag>{run('1')}</w:smartTag><w:hyperlink>{run('2 家')}</w:hyperlink>", "12 家\n"),
        (
            run("文")
            + f"<w:r><w:pict><w:txbxContent><w:p>{run('8 家')}</w:p></w:txbxContent></w:pict></w:r>",
            "文\n\n8 家\n",
        ),
    ],
)
def test_word_parts(write: Callable[[str, bytes | str], Path], paragraph: str, text: str) -> None:
    """Inserted text, boxes and most fields are read; deleted and hidden text and page numbers are not."""
    assert extract(write("a.docx", word_with(paragraph))).text == text


def test_word_deleted_mark(write: Callable[[str, bytes | str], Path]) -> None:
    """Paragraphs are one where a tracked change deletes the mark between them."""
    deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    content = word_with(deleted + run("共 6.5万"), run("余人"), run("近 3 家"))
    assert extract(write("a.docx", content)).text == "共 6.5万余人\n\n近 3 家\n"
    content = word_with(run("共 3 家"), deleted + run("5 人"))
    assert extract(write("b.docx", content)).text == "共 3 家\n\n5 人\n"


def test_word_contents(write: Callable[[str, bytes | str], Path]) -> None:
    """A table of contents, a field that runs over paragraphs, is left out."""
    begin, end = (
        field("TOC \\o", "一、总体 3").split('<w:r><w:fldChar w:fldCharType="end"/></w:r>')[0],
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    content = word_with(begin, run("二、问题 5"), end, run("正文 6 人"))
    assert extract(write("a.docx", content)).text == "正文 6 人\n"


def test_word_numbers(write: Callable[[str, bytes | str], Path]) -> None:
    """Automatic numbers are printed, and counted on by style."""
    document = docx.Document()
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("丙", style="List Bullet")
    content = io.BytesIO()
    document.save(content)
    assert extract(write("a.docx", content.getvalue())).text == "1.甲\n\n2.乙\n\n丙\n"


def test_radicals() -> None:
    """Radicals that PDF writers put for characters become the characters."""
    assert plain("⼈⺠⻓⽉\xa01") == "人民长月 1"


def line(text: str, top: float) -> Line:
    """Give a line of a page at this height."""
    return Line(text, 90.0, 500.0, top, top + 12, 12.0, 12.0)


def test_margins() -> None:
    """Repeated lines in the margins and page numbers go; what stands only once, or within the page, stays."""
    feet = ["— 1 —", "第 2 页 共 3 页", "3"]
    pages: list[tuple[float, list[Item]]] = [
        (
            842.0,
            [
                line(f"快报 第 {n} 期", 40),
                line("共 5 家", 400),
                line(f"独有 {n}{'甲乙丙'[n]}", 60),
                line(feet[n], 800),
            ],
        )
        for n in range(3)
    ]
    kept = [[item.text for item in page if isinstance(item, Line)] for page in without_margins(pages)]
    assert kept == [["共 5 家", "独有 0甲"], ["共 5 家", "独有 1乙"], ["共 5 家", "独有 2丙"]]


@pytest.mark.parametrize(
    ("head", "foot", "is_printed"),
    [
        ("11/22/26, 5:04 PM 青禾县工会快报", "1/1", True),
        ("2026/11/22 17:04 快报", "https://a.cn/3.html 1/1", True),
        ("2026/11/22 下午5:04", "ﬁle:///a/b.html 1/1", True),
        ("2026-11-22 17:04 快报", "完成 1/1", False),
        ("2026 年 11 月 22 日", "1/1", False),
    ],
)
def test_browser_margins(head: str, foot: str, is_printed: bool) -> None:  # noqa: FBT001
    """Date, address and page number that a browser prints go on a single page too, not from its text."""
    page: list[Item] = [line(head, 20), line("11/22/26, 5:04 PM", 400), line(foot, 815)]
    kept = without_margins([(842.0, page)])
    assert kept == [page[1:2] if is_printed else page if foot != "1/1" else page[:2]]


def test_flow() -> None:
    """A line goes on, over a page too, where the next word had no room; an indent begins a paragraph."""
    full, indent = line("上半年投入经费 12", 100), line("下半年计划。", 160)
    pages: list[list[Item]] = [
        [line("标题", 40)._replace(x1=200.0), full, line("34 万元，培训 8", 120), line("期，共 5 人。", 140)],
        [indent._replace(x0=114.0), line("共 2.7 亿", 800)],
        [
            line("元。", 40)._replace(x1=114.0),
            (60.0, Table([[Slot("镇"), Slot("人（万）")], [Slot("甲"), Slot("3")]])),
        ],
        [(40.0, Table([[Slot("镇"), Slot("人（万）")], [Slot("乙"), Slot("4")]]))],
    ]
    assert list(filter(None, flow(pages))) == [
        "标题",
        "上半年投入经费 1234 万元，培训 8期，共 5 人。",
        "下半年计划。",
        "共 2.7 亿元。",
        Table([[Slot("镇"), Slot("人（万）")], [Slot("甲"), Slot("3")], [Slot("乙"), Slot("4")]]),
    ]


def zipped(**parts: bytes) -> bytes:
    """Give a zip archive; two underscores in a name stand for a slash, one for a full stop."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), part)
    return content.getvalue()


OTHERS = "请另存为下列格式之一：txt, md, html, docx, pdf"
BROKEN = "已损坏，或没有下载完整；请重新下载，或用原来的程序打开后另存为 "
OLD = "是旧的 Word 或 WPS 格式（.doc、.wps）；请用 Word 或 WPS 打开，另存为 .docx"
LOCKED = "有密码；请打开后取消密码，再保存"
NO_TEXT = "里没有文字；请检查是不是选错了文件"
SAVE_AS = "；请用记事本或 WPS 打开，另存为 UTF-8 编码"
BAD: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "是空文件；请检查是否保存成功"),
    ("blank.md", b"\xef\xbb\xbf \r\n", NO_TEXT),
    ("a.csv", b"a,1", f"的格式不支持；{OTHERS}"),
    ("a", b"a,1", f"的格式不支持；{OTHERS}"),
    ("a.rtf", b"{\\rtf1 12}", f"其实是 RTF 文件；{OTHERS}"),
    ("a.doc", OLE, OLD),
    ("a.wps", b"12", OLD),
    ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    ("a.docx", OLE + "Workbook".encode("utf-16-le"), f"其实是旧的 Excel 表格；{OTHERS}"),
    ("a.docx", b"12", BROKEN + "docx"),
    ("a.docx", WORD[:20000], BROKEN + "docx"),
    ("a.docx", WORD[:9000] + bytes(9) + WORD[9009:], BROKEN + "docx"),
    ("a.docx", zipped(word__document_xml=b"<a/>"), BROKEN + "docx"),
    ("a.docx", zipped(xl__workbook_xml=b"<a/>"), f"其实是 Excel 表格；{OTHERS}"),
    ("a.docx", zipped(a=b"1"), f"其实是压缩包；{OTHERS}"),
    (
        "a.docx",
        zipped(word__document_xml=bytes(200_000_001)),
        "：docx 或 pdf 解压后的 MB 数超过上限 200（有 200），为安全起见不读取；请把正文另存为一个小的 docx",
    ),
    ("a.pdf", b"12", BROKEN + "pdf"),
    ("a.pdf", (FIXTURES / "chromium.pdf").read_bytes()[:40000], BROKEN + "pdf"),
    ("a.pdf", (FIXTURES / "locked.pdf").read_bytes(), LOCKED),
    (
        "a.pdf",
        (FIXTURES / "scan.pdf").read_bytes(),
        "只有图片，没有文字层（多半是扫描件）；请先做文字识别（OCR），或使用原来的 docx",
    ),
    (
        "a.txt",
        "第一行\n".encode() + "共 12 家".encode("gbk"),
        f"第 2 行起不是 UTF-8，有认不出的字符{SAVE_AS}",
    ),
    (
        "a.txt",
        "共 12 家".encode("gbk"),
        f"第 1 行起不是 UTF-8，像是 GBK（GB18030，中文 Windows 上的 Excel 和记事本常用）{SAVE_AS}",
    ),
    (
        "a.md",
        "共 12 家".encode("utf-16"),
        f"第 1 行起不是 UTF-8，像是 UTF-16（Excel 的“Unicode 文本”和旧记事本的“Unicode”用它）{SAVE_AS}",
    ),
    ("a.html", b"<html><script>var a = 12</script>", NO_TEXT),
    ("a.html", b"   ", NO_TEXT),
    (
        "a.html",
        b"<meta charset=utf-8>\n\xff\xff",
        "声明的编码 utf-8 与内容不符，第 2 行读不出来；请用浏览器打开后重新保存，或另存为 txt",
    ),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD)
def test_bad_input(
    write: Callable[[str, bytes | str], Path],
    capfd: pytest.CaptureFixture[str],
    name: str,
    content: bytes,
    message: str,
) -> None:
    """What cannot be read gives one message with the file before it, and nothing else on the screen."""
    path = write(name, content)
    with pytest.raises(UsageError) as caught:
        extract(path)
    assert caught.value.text["zh"] == f"{path}{'' if message.startswith('：') else ' '}{message}"
    assert caught.value.text["en"].startswith(str(path))
    assert capfd.readouterr() == ("", "")


def test_missing(tmp_path: Path) -> None:
    """A file that is not there, and a folder, are told apart."""
    for path, message in (
        (tmp_path / "a.pdf", "没有这个文件；请检查路径和文件名"),
        (tmp_path, "是文件夹，不是文件；请指明其中的一个文件"),
    ):
        with pytest.raises(UsageError) as caught:
            extract(path)
        assert caught.value.text["zh"] == f"{path} {message}"


def test_large(tmp_path: Path) -> None:
    """A file beyond the limit is not opened."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(100_000_001)
    with pytest.raises(UsageError) as caught:
        extract(path)
    assert caught.value.text["en"] == (
        f"{path}: more than 100 megabytes of a document (it has 101), and is not read, to be safe; "
        "split it, or save it again with smaller pictures"
    )


@pytest.mark.parametrize(
    ("name", "source"),
    [("a.doc", "word.docx"), ("a.pdf", "word.docx"), ("a.docx", "chromium.pdf"), ("a.txt", "wechat.html")],
)
def test_content_decides(write: Callable[[str, bytes | str], Path], name: str, source: str) -> None:
    """A file with another form's extension is read as what it is."""
    path = write(name, (FIXTURES / source).read_bytes())
    assert extract(path).text == extract(FIXTURES / source).text


def test_library_log_is_left_as_it_was() -> None:
    """Silence about odd PDFs ends with the reading."""
    before = logging.getLogger("pdfminer").level
    extract(FIXTURES / "chromium.pdf")
    assert logging.getLogger("pdfminer").level == before


@pytest.mark.parametrize("name", ["wechat.html", "word.docx", "chromium.pdf"])
def test_damaged_anywhere(write: Callable[[str, bytes | str], Path], name: str) -> None:
    """Wherever a file is damaged, it is read or gives a message."""
    content = (FIXTURES / name).read_bytes()
    for part in range(1, 12):
        at = len(content) * part // 12
        try:
            extract(write(name, content[:at] + b"\x00\xff<" + content[at + 3 :]))
        except UsageError as error:
            assert error.text["zh"]  # noqa: PT017  # both ends are fine


@pytest.mark.parametrize("name", ["word.docx", "libreoffice.pdf", "chromium.pdf", "wechat.html"])
def test_extracted_text_reads_as_its_file(name: str) -> None:
    """The text that was extracted, saved and read again by its paragraphs gives the same numerals."""
    document = extract(FIXTURES / name)
    assert numerals(read_extracted(document.text)) == numerals(document)


BREAKS: list[tuple[str, list[tuple[str, object, str]]]] = [
    ("6.5万/余人，近/400名", [("6.5万余人", 65000, "人"), ("近400名", 400, "名")]),
    ("经费 2.7 亿/元", [("2.7 亿元", 270000000, "元")]),
    ("10/20/30", [("10", 10, ""), ("20", 20, ""), ("30", 30, "")]),
    ("甲村 12/乙村 3", [("12", 12, ""), ("3", 3, "")]),
    ("名额：5/家数：3", [("5", 5, ""), ("3", 3, "")]),
    ("会员共 5 万/3 家企业", [("5 万", 50000, ""), ("3 家", 3, "家")]),
    ("会员 12/3 月召开", [("12", 12, "")]),
    ("职工 5//人均 3 元", [("5", 5, ""), ("3 元", 3, "元")]),
    ("快报/2023 年第 7 期/2023 年 6 月 20 日/近 3 家", [("近 3 家", 3, "家")]),
]


@pytest.mark.parametrize(("text", "found"), BREAKS)
@pytest.mark.parametrize("name", ["a.docx", "a.html"])
def test_manual_breaks(
    write: Callable[[str, bytes | str], Path], name: str, text: str, found: list[tuple[str, object, str]]
) -> None:
    """A manual break parts no number from its hedge and unit, and joins no two numbers; read again alike."""
    word = word_with("<w:r><w:br/></w:r>".join(run(line) for line in text.split("/")))
    page = f"<meta charset=utf-8><p>{text.replace('/', '<br/>')}</p>"
    document = extract(write(name, word if name == "a.docx" else page))
    assert figures(document) == found
    assert numerals(read_extracted(document.text)) == numerals(document)


def test_breaks_in_cells(write: Callable[[str, bytes | str], Path]) -> None:
    """Lines of a cell stay together in it; paragraphs of a frame around text stay apart."""
    heads = "<tr><td>会员<br>（人）<td>经费<br>（万元）"
    page = f"<meta charset=utf-8><table>{heads}<tr><td>近<br>400<td>3</table>"
    assert figures(extract(write("a.html", page))) == [("近 400", 400, "人"), ("3", 30000, "元")]
    frame = docx.Document()
    frame.add_table(1, 1).cell(0, 0).text = "职工 5"
    frame.tables[0].cell(0, 0).add_paragraph("人均 3 元")
    content = io.BytesIO()
    frame.save(content)
    assert extract(write("a.docx", content.getvalue())).text == "职工 5\n\n人均 3 元\n"


def test_tabs_and_breaks(write: Callable[[str, bytes | str], Path]) -> None:
    """Lines of one paragraph with as many tabs each are a table, read again alike."""
    tab, line = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"
    rows = [("镇", "人数（万人）"), ("甲", "3"), ("乙", "4")]
    document = extract(
        write("a.docx", word_with(line.join(run(one) + tab + run(other) for one, other in rows)))
    )
    assert figures(document) == [("3", 30000, "人"), ("4", 40000, "人")]
    assert numerals(read_extracted(document.text)) == numerals(document)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共 **1.2** 亿元", [("1.2 亿元", 120000000, "元")]),
        ("[近 3 家](http://a/12)", [("近 3 家", 3, "家")]),
        ("```\n5 家\n```\n共 6 家", [("6 家", 6, "家")]),
        ("~~旧 3 家~~新 4 家", [("4 家", 4, "家")]),
        ("建会 `12` 家，近 `400`名", [("12 家", 12, "家"), ("近 400名", 400, "名")]),
        ("```\n`5` 家\n```\n``6`` 家", [("6", 6, "")]),
        ("* 6 家\n* 7 家", [("6 家", 6, "家"), ("7 家", 7, "家")]),
        ("# 工会简报 2023\n\n培训 2023\n\n## 会员 2030 人", [("2023", 2023, ""), ("2030 人", 2030, "人")]),
        ("```\n# 5 家\n```\n# 2024", []),
        (
            "|说明|人|\n|-|-|\n|5万<br>3亿元|近<br>400 名|",
            [("5万", 50000, ""), ("3亿元", 300000000, "元"), ("近400 名", 400, "名")],
        ),
    ],
)
def test_markdown(
    write: Callable[[str, bytes | str], Path], text: str, found: list[tuple[str, object, str]]
) -> None:
    """Marks do not part a number, a bare year in a heading is no figure; code, struck text are not read."""
    assert figures(extract(write("a.md", text))) == found


def test_caption_of_a_table(write: Callable[[str, bytes | str], Path]) -> None:
    """A caption stands above its table, and its unit holds for the numbers below."""
    table = "<table><caption>表2（单位：万元）</caption><tr><th>镇<th>收入<tr><td>甲<td>120</table>"
    document = extract(write("a.html", f"<meta charset=utf-8><p>见下表。</p>{table}"))
    assert document.text == "见下表。\n\n表2（单位：万元）\n\n镇\t收入\n甲\t120\n"
    assert figures(document) == [("120", 1200000, "元")]


def test_superscripts(write: Callable[[str, bytes | str], Path]) -> None:
    """The mark of a note is no digit of the number before it."""
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
    assert extract(write("a.docx", word_with(run("共 3412") + raised + run(" 家")))).text == "共 3412 家\n"
    page = "<meta charset=gb2312><p>共 3412<sup>[2]</sup> 家，12 km<sup>2</sup></p>"
    assert extract(write("a.html", page)).text == "共 3412 家，12 km²\n"


@pytest.mark.parametrize(
    ("text", "raised", "shown"),
    [
        ("12 m", "2", "12 m²"),
        ("3 km", "3", "3 km³"),
        ("x", "2", "x2"),
        ("3 家", "2", "3 家"),
        ("10", "4", "10⁴"),
    ],
)
def test_powers(write: Callable[[str, bytes | str], Path], text: str, raised: str, shown: str) -> None:
    """A raised 2 or 3 after a unit of length is written so, also where spans part them."""
    run_of = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{raised}</w:t></w:r>'
    word = word_with(run(f"共 {text}") + run_of + run("，完"))
    assert extract(write("a.docx", word)).text == f"共 {shown}，完\n"
    page = f"<meta charset=utf-8><p>共 <span>{text}</span><sup><i>{raised}</i></sup>，完</p>"
    assert extract(write("a.html", page)).text == f"共 {shown}，完\n"


def test_entities(write: Callable[[str, bytes | str], Path]) -> None:
    """A docx with entities is refused, and none of them is fetched."""
    source = zipfile.ZipFile(io.BytesIO(word_with(run("共 5 家XX"))))
    parts = {name: source.read(name) for name in source.namelist()}
    entity = b'?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    document = parts["word/document.xml"].replace(b"?>", entity, 1).replace(b"XX", b"&x;")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, part in {**parts, "word/document.xml": document}.items():
            package.writestr(name, part)
    with pytest.raises(UsageError, match="已损坏"):
        extract(write("a.docx", content.getvalue()))


@pytest.mark.parametrize(
    ("above", "below", "goes_on"),
    [
        ("全县现有职工 6.5 万", "余人", True),
        ("经费 2.7亿", "元，其中", True),
        ("女职工近400", "名", True),
        ("女职工近", "400 名", True),
        ("补助 1.2", "万元", True),
        ("占 35", "%", True),
        ("共12", "3家", False),
        ("职工 5", "人均 3 元", False),
        ("名额：5", "家数：3", False),
        ("乙镇 8.7", "以上各镇均已到位。", False),
        ("统一", "个人事迹", False),
        ("签约", "400 名", False),
    ],
)
def test_a_number_goes_on_in_a_pdf(above: str, below: str, goes_on: bool) -> None:  # noqa: FBT001
    """After a manual break only what goes on with a number goes on with the paragraph."""
    first, second = line(above, 100)._replace(x1=250.0), line(below, 116)._replace(x1=150.0)
    page: list[Item] = [line("上半年。", 84), first, second, line("下半年。", 132)]
    assert any(above + below in str(block) for block in flow([page])) == goes_on


@pytest.mark.parametrize("name", ["a.docx", "a.html"])
def test_breaks_between_numbers_in_cells(write: Callable[[str, bytes | str], Path], name: str) -> None:
    """A break in a cell parts two numbers, and no number from its unit."""
    lines = ["5万", "3亿元，共 6", "家"]
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "甲", "\n".join(lines)
    content = io.BytesIO()
    document.save(content)
    page = f"<meta charset=utf-8><table><tr><td>甲<td>{'<br>'.join(lines)}</table>"
    found = figures(extract(write(name, content.getvalue() if name == "a.docx" else page)))
    assert [(value, unit) for _, value, unit in found] == [(50000, ""), (300000000, "元"), (6, "家")]


LISTS: list[tuple[str, list[object]]] = [
    ("共12\n3家\n", [12, 3]),
    ("会员共 5 万\n3 家企业\n", [50000, 3]),
    ("职工 5\n人均 3 元\n", [5, 3]),
    ("全县各级工会组织培训职工 12\n34 人，投入资金\n2.7 亿\n\n元。\n", [1234, 270000000]),
    ("全县各级工会组织共培训职工 12\n34 人\n全县各级工会组织慰问职工 56 人次\n", [1234, 56]),
]


@pytest.mark.parametrize(("text", "values"), LISTS)
def test_hard_wraps(write: Callable[[str, bytes | str], Path], text: str, values: list[object]) -> None:
    """Digits go on over a line's end in prose and in lines of the usual length, not in a list."""
    assert [value for _, value, _ in figures(extract(write("a.txt", text)))] == values
