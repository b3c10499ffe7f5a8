"""Writes bulletin.docx, a made-up bulletin to walk the editor's guide with, and prints it to bulletin.pdf.

Needs LibreOffice on the path; the tests do not. Run: python tests/documents/walk/bulletin.py
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

HERE = Path(__file__).parent
FONT = "Noto Serif CJK SC"
HEAD = ("青石工会简报", "2024 年第 7 期（总第 7 期）", "青石县总工会办公室编印　　　2024 年 7 月 12 日")
TITLE = "青石县以“三个到位”推进产业工人队伍建设改革"
BODY = (
    (
        "今年上半年，青石县总工会坚持重心下移、服务靠前，以组织到位、平台到位、关爱到位推进产业工人队伍建设改革。"
        "截至 2024 年 6 月 30 日，全县有基层工会 286 个、会员 2.14 万人，会员比上年底增加近 800 人。"
    ),
    "# 一、组织到位，职工有了娘家",
    (
        "把货车司机、外卖骑手、家政人员作为入会重点，在园区和商圈设流动服务点，现场办理、当天发证。"
        "2024 年 1—6 月，新建企业工会 23 家，发展新就业形态劳动者会员 640 余名；"
        "两次开展集中入会行动，走访企业 58 家。"
    ),
    "# 二、平台到位，技能有了舞台",
    (
        "县财政每年安排产改专项经费 50 万元，支持一线职工学技术、比技能、搞创新。"
        "上半年举办职工技能大赛 6 场次，吸引 1200 多人参赛，命名“青石工匠”12 名；"
        "建成职工创新工作室 8 个，其中市级 2 个；培训职工约 3500 人次。主要经费支出见下表。"
    ),
    "单位：万元",
    (
        "| 项目 | 2023 年上半年 | 2024 年上半年 | 增长（%）\n"
        "| 技能培训 | 42.6 | 58.3 | 36.9\n"
        "| 困难帮扶 | 35.2 | 41.8 | 18.8"
    ),
    "# 三、关爱到位，权益有了保障",
    (
        "联合人社、法院设立劳动争议“一站式”调处中心，小额欠薪当日受理。"
        "上半年为 96 名农民工追回工资 187.4 万元，受理劳动争议案件 41 件，调解成功率 95.1%；"
        "慰问困难职工家庭 310 户。重点乡镇工会服务阵地情况如下。"
    ),
    "| 乡镇 | 会员（人） | 职工书屋（个）\n| 青石镇 | 4,120 | 9\n| 河湾镇 | 2,085 | 5\n| 松坡乡 | 近 900 | 3",
    "# 四、下步打算",
    (
        "对照年度任务，补短板、强弱项。下半年新建户外劳动者驿站 5 个以上，全年培训职工突破 8000 人次，"
        "推动更多惠民服务进企业、进车间、进班组，让产业工人更有获得感。"
    ),
    "报：市总工会，县委办公室、县政府办公室。",
)


def main() -> None:
    """Write the docx as an office would, and the PDF as its word processor prints it."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.footer.paragraphs[0].text = "青石县总工会"
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(16), FONT
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    for text, size in zip(HEAD, (34, 16, 14), strict=True):
        _centred(document, text, size, red=size > 30)  # the masthead alone is red
    _centred(document, TITLE, 20, red=False)
    for text in BODY:
        _block(document, text)
    document.save(str(HERE / "bulletin.docx"))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(HERE), "bulletin.docx"]
    subprocess.run(command, check=True, capture_output=True, cwd=HERE)


def _centred(document: object, text: str, size: int, *, red: bool) -> None:
    paragraph = document.add_paragraph()  # type: ignore[attr-defined]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), size > 16  # larger than the text
    if red:
        run.font.color.rgb = RGBColor(0xC0, 0, 0)


def _block(document: object, text: str) -> None:
    if text.startswith("|"):
        _table(document, [line.strip("| ").split(" | ") for line in text.split("\n")])
        return
    paragraph = document.add_paragraph()  # type: ignore[attr-defined]
    paragraph.add_run(text.removeprefix("# ")).font.bold = text.startswith("#")
    if text.startswith("单位"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        paragraph.paragraph_format.first_line_indent = Pt(32)


def _table(document: object, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")  # type: ignore[attr-defined]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


if __name__ == "__main__":
    main()
