"""Takes bulletin.md, a made-up bulletin, and writes it beside it as txt, web pages, docx and PDF.

Needs Chromium and LibreOffice on the path; the tests need neither. Run: python tests/documents/make.py
"""

from __future__ import annotations

import subprocess
import tempfile
from html import escape
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

HERE = Path(__file__).parent
HEAD = "青禾县工会工作快报 2023 年第 7 期"
TITLE = "青禾县多措并举推进产业工人队伍建设取得实效"


def bulletin() -> list[tuple[str, str]]:
    """Read bulletin.md: kind (h1, h2, p, t) and text of each block; a table has the line above it."""
    blocks = HERE.joinpath("bulletin.md").read_text(encoding="utf-8").strip().split("\n\n")[2:]
    found: list[tuple[str, str]] = []
    for block in blocks:
        if block.startswith("|"):
            above = found.pop()[1] if found[-1][1].startswith("单位") else ""
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.split("\n")]
            found.append(("t", "\n".join([above, *("|".join(row) for row in [rows[0], *rows[2:]])])))
        else:
            kind = {"##": "h1", "###": "h2"}.get(block.split()[0], "p")
            found.append((kind, block.lstrip("# ")))
    return found


CSS = """
@page { size: A4; margin: 30mm 26mm; }
body { font-family: 'WenQuanYi Zen Hei'; font-size: 16pt; line-height: 1.8; }
p { text-indent: 2em; margin: 0; word-break: break-all; text-align: justify; }
h1, h2, h3, th { font-weight: normal; }
h1 { font-size: 22pt; text-align: center; }
h2, h3 { font-size: 16pt; margin: 0; text-indent: 2em; }
table { border-collapse: collapse; width: 100%; } td, th { border: 1px solid black; padding: 2px 6px; }
p.unit { text-align: right; }
"""


def rows_of(text: str) -> tuple[str, list[list[str]]]:
    """Split a table's source into the line above it and its rows."""
    above, *lines = text.split("\n")
    return above, [line.split("|") for line in lines]


def as_txt() -> str:
    """Write the bulletin as plain text, tables with tabs."""
    blocks = [HEAD, TITLE]
    for kind, text in bulletin():
        if kind == "t":
            above, rows = rows_of(text)
            blocks += [above] if above else []
            blocks.append("\n".join("\t".join(row) for row in rows))
        else:
            blocks.append(text)
    return "\n\n".join(blocks) + "\n"


def _html_table(text: str) -> str:
    above, rows = rows_of(text)
    head = "".join(f"<th>{cell}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:])
    unit = f'<p class="unit">{above}</p>' if above else ""
    return f"{unit}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_body() -> str:
    tags = {"h1": "h2", "h2": "h3", "p": "p"}
    return "\n".join(
        _html_table(text) if kind == "t" else f"<{tags[kind]}>{escape(text)}</{tags[kind]}>"
        for kind, text in bulletin()
    )


def as_html(*, site: bool) -> str:
    """Write the bulletin as a page: `site` adds what surrounds an article on a website."""
    before = (
        '<nav class="nav"><ul><li><a href="/">首页 1</a></li><li><a href="/2">通知公告 99</a></li></ul></nav>'
    )
    after = '<div class="footer">版权所有 2001-2023 访问量 987654 次</div><script>var n = 42;</script>'
    charset = "gb2312" if site else "utf-8"
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="{charset}"><title>{TITLE}</title>'
        f"<style>{CSS}</style></head><body>{before if site else ''}<div class='content'>"
        f"<p>{HEAD}</p><h1>{TITLE}</h1>{_html_body()}</div>{after if site else ''}</body></html>"
    )


def _spans(text: str) -> str:
    """Part a text as WeChat's editor does: a span every few characters, in the middle of numbers too."""
    pieces = [text[at : at + 5] for at in range(0, len(text), 5)]
    return "".join(
        f'<span style="font-size: 17px;"><span leaf="">{escape(piece)}</span></span>' for piece in pieces
    )


def as_wechat() -> str:
    """Write the bulletin as a saved WeChat article."""
    blocks = [f'<section data-role="outer"><section><p>{_spans(HEAD)}</p></section></section>']
    for kind, text in bulletin():
        blocks.append(
            f"<section>{_html_table(text)}</section>"
            if kind == "t"
            else f'<section style="margin: 0 8px;"><section><p>{_spans(text)}</p></section></section>'
        )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>'
        '<script>var ct = "1688083200";</script></head>'
        '<body id="activity-detail"><div id="js_top_ad_area">3 条广告</div><div id="page-content">'
        f'<h1 class="rich_media_title" id="activity-name">\n  {TITLE}\n </h1>'
        '<div id="meta_content"><em id="publish_time">2023-06-30 10:00</em></div>'
        '<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">'
        f'{"".join(blocks)}<p style="display: none;">12 个隐藏</p></div>'
        '<div id="js_read_area">阅读 10 万+</div></div></body></html>'
    )


def as_docx(path: Path) -> None:
    """Write the bulletin as a docx with a running head and page numbers, as an office would."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "WenQuanYi Zen Hei")
    document.sections[0].header.paragraphs[0].text = "青禾县总工会编印 2023 年 6 月"
    _page_number(document.sections[0].footer.paragraphs[0])
    document.add_paragraph(HEAD)
    document.add_heading(TITLE, 0)
    for kind, text in bulletin():
        if kind == "t":
            _docx_table(document, text)
        elif kind == "p":
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.first_line_indent = Pt(32)
            for piece in text.partition("人"):
                paragraph.add_run(piece)
            paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:wordWrap"))
            paragraph.paragraph_format.element.pPr[-1].set(qn("w:val"), "0")
        else:
            document.add_heading(text, int(kind[1]))
    document.save(str(path))


def _page_number(paragraph: object) -> None:
    for kind, text in (("", "— "), ("begin", ""), ("instr", " PAGE "), ("end", ""), ("", " —")):
        run = paragraph.add_run(text if not kind else "")  # type: ignore[attr-defined]
        if kind in ("begin", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001
        elif kind == "instr":
            mark = OxmlElement("w:instrText")
            mark.text = text
            run._r.append(mark)  # noqa: SLF001


def _docx_table(document: object, text: str) -> None:
    above, rows = rows_of(text)
    if above:
        document.add_paragraph(above)  # type: ignore[attr-defined]
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")  # type: ignore[attr-defined]
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words


def _office(source: Path, form: str, folder: Path) -> Path:
    command = ["soffice", "--headless", "--convert-to", form, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{source.stem}.{form.partition(':')[0]}"


def _chromium(source: Path, target: Path, folder: Path, *flags: str) -> None:
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
        f"--user-data-dir={folder / 'profile'}",
        *flags,
        f"--print-to-pdf={target}",
        source.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Write every fixture."""
    HERE.joinpath("bulletin.txt").write_text(as_txt(), encoding="utf-8", newline="\n")
    HERE.joinpath("site-gbk.html").write_text(as_html(site=True), encoding="gb18030", newline="\n")
    HERE.joinpath("wechat.html").write_text(as_wechat(), encoding="utf-8", newline="\n")
    as_docx(HERE / "word.docx")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "bulletin.html"
        page.write_text(as_html(site=False), encoding="utf-8")
        _chromium(page, HERE / "chromium.pdf", folder)
        office = _office(HERE / "word.docx", "pdf", folder)
        HERE.joinpath("libreoffice.pdf").write_bytes(office.read_bytes())
        odt = _office(HERE / "word.docx", "odt", folder).rename(folder / "libreoffice.odt")
        HERE.joinpath("libreoffice.docx").write_bytes(_office(odt, "docx", folder).read_bytes())


if __name__ == "__main__":
    main()
