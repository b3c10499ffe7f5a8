"""A draft holds everything that a text settles, and marks the rest as to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kuaibao.documents import extract
from kuaibao.documents.plain import read_plain
from kuaibao.draft import Draft, draft
from kuaibao.draft.masthead import masthead
from kuaibao.draft.sections import sections
from kuaibao.load import load

if TYPE_CHECKING:
    from kuaibao.model import Archive

ROOT = Path(__file__).parent.parent
TEXT = """工会简报

2024 年第 3 期

2024 年 5 月 8 日

青石县总工会今年上半年的工作围绕产业工人队伍建设改革展开，现将主要情况报告如下，供各地参考。

一、组建基层工会

2024 年以来，全县新建基层工会 36 个，发展会员近 1200 名，签订劳动合同 15 人，会员中农民工占三分之一。

二、主要指标

单位：万元
项目\t2022 年\t2023 年
培训经费\t12.5\t18
补助金额\t3.2\t4.75

报：市总工会。
"""


@pytest.fixture(scope="module")
def archive() -> Archive:
    """Load the project's packages, whose code lists the draft is matched against."""
    return load(ROOT)


@pytest.fixture(scope="module")
def drafted(archive: Archive) -> Draft:
    """Draft a package from a short text with headings and a table."""
    return draft("test-003", read_plain(TEXT), archive, "530523")


def column(drafted: Draft, table: str, name: str) -> list[str]:
    """List a column of a drafted table."""
    return list(drafted.tables[table][name])


def test_sections_at_numbered_headings() -> None:
    """Numbered headings part a text, a distribution list stands apart, and nothing is lost."""
    found = sections(TEXT)
    assert [section.heading for section in found] == ["", "组建基层工会", "主要指标", ""]
    assert "".join(TEXT[section.start : section.end] for section in found) == TEXT


def test_sections_at_plain_headings() -> None:
    """Without numbers, short lines before long paragraphs part a text, after the first long one."""
    body = "这一段文字足够长，用来说明它是正文而不是标题，因此应当归入前面的那个部分之中，不再另起一个部分。"
    text = f"刊名\n\n{body}\n\n职工培训\n\n{body}\n\n法律服务\n\n{body}\n"
    assert [section.heading for section in sections(text)] == ["", "职工培训", "法律服务"]


def test_sections_of_the_first_bulletin(sources: Path) -> None:
    """The first bulletin is parted as its package is."""
    rows = load(ROOT).bulletins["yncg-090"].rows("sections")
    found = sections((sources / "yncg-090.txt").read_text(encoding="utf-8"))
    assert [(str(s.number), str(s.start), str(s.end)) for s in found] == [
        (row["section"], row["start"], row["end"]) for row in rows
    ]


def test_first_bulletin_is_read_as_its_package(archive: Archive, sources: Path) -> None:
    """Ledger, values and hedges of a draft of the first bulletin are those of its package."""
    package = archive.bulletins["yncg-090"]
    found = draft("yncg-090", extract(sources / "yncg-090.txt"), archive, "530500")
    for table, names in (
        ("numerals", ["numeral", "section", "paragraph", "start", "end", "printed", "header_unit", "kind"]),
        ("figures", ["figure", "numeral", "value", "value_end", "qualifier"]),
    ):
        assert found.tables[table][names].equals(package.tables[table][names])


def test_figures(drafted: Draft) -> None:
    """Values are in base units, with the multiplier of a table's header; hedges are kept."""
    figures = ["36", "1200", "15", "0.333333", "125000", "180000", "32000", "47500"]
    assert column(drafted, "figures", "value") == figures
    assert column(drafted, "figures", "qualifier")[:2] == ["exact", "nearly"]
    assert column(drafted, "numerals", "header_unit")[-4:] == ["万元"] * 4


def test_periods_that_the_text_states(drafted: Draft) -> None:
    """A year since which something was done is proposed as its period, in the year of issue as that year."""
    assert column(drafted, "figures", "period")[:2] == ["2024", "2024"]
    assert column(drafted, "figures", "period_basis")[0] == "待办：implied"


def test_indicators_that_fit_are_taken(drafted: Draft) -> None:
    """A label that stands beside the number gives the indicator; any other is new and to do."""
    found = column(drafted, "figures", "indicator")
    assert found[2] == "labour_contracts"
    assert found[0] == "test_003_1_01"
    proposed = drafted.indicators[drafted.indicators["indicator"] == found[0]].iloc[0]
    assert (proposed["label_zh"], proposed["label_en"]) == (
        "待办：新建基层工会",
        "待办：New grass-roots trade unions",
    )


def test_sentences_help_the_editor(drafted: Draft) -> None:
    """Each numeral comes with its sentence."""
    numeral = column(drafted, "figures", "numeral")[0]
    assert drafted.sentences[numeral].startswith("2024 年以来")


def test_what_is_no_figure_has_a_reason(drafted: Draft) -> None:
    """Dates, issue numbers and enumerators are set aside with a reason in both languages."""
    rows = drafted.tables["numerals"]
    aside = rows[rows["kind"] != "figure"]
    assert set(aside["kind"]) == {"date", "issue_number", "enumerator"}
    assert (aside[["reason_zh", "reason_en"]] != "").all().all()


def test_date_of_issue(drafted: Draft) -> None:
    """The first full date of the text is the date of issue."""
    bulletin = drafted.descriptor["bulletin"]
    assert isinstance(bulletin, dict)
    assert (bulletin["date"], bulletin["issue_zh"]) == ("2024-05-08", "2024 年第 3 期")
    assert bulletin["issue_en"] == "2024, issue 3"


def test_masthead_proposes_series_and_title(archive: Archive) -> None:
    """The name of the series and the title are proposed from the lines above the first paragraph."""
    text = TEXT.replace("2024 年 5 月 8 日\n", "2024 年 5 月 8 日\n\n青石县推进产业工人队伍建设改革\n")
    described = draft("test-003", read_plain(text), archive, "530523").descriptor
    bulletin = described["bulletin"]
    assert isinstance(bulletin, dict)
    assert bulletin["series_zh"] == "待办：工会简报"
    assert described["title"] == "待办：青石县推进产业工人队伍建设改革"
    assert described["sources"] == [{"title": "待办：《工会简报》2024 年第 3 期，2024-05-08"}]


def test_tables_give_period_label_and_row(drafted: Draft) -> None:
    """A cell has the period of its column; a row whose columns are years has one indicator."""
    assert column(drafted, "figures", "period")[4:] == ["2022", "2023"] * 2
    keys = column(drafted, "figures", "indicator")[4:]
    assert keys == ["test_003_2_01", "test_003_2_01", "test_003_2_03", "test_003_2_03"]
    labels = list(drafted.indicators["label_zh"])
    assert labels[-2:] == ["待办：培训经费", "待办：补助金额"]
    numeral = column(drafted, "figures", "numeral")[5]
    assert drafted.sentences[numeral] == "培训经费 | 12.5 | 18 ← 2023 年"


YEARLESS = ("2023 年 3 月起", "1—4 月，", "上半年", "7—12 月", "今年", "明年")


@pytest.mark.parametrize(
    ("words", "period", "basis"),
    [
        ("1—4 月，培训职工 30 人", "2024-01/2024-04", "implied"),
        ("2023 年 3 月起，6 月培训职工 30 人", "2023-06", "待办：stated"),
        ("上半年计划培训职工 30 人", "2024-01/2024-06", "待办：planned"),
        ("7—12 月，培训职工 30 人", "2024-07/2024-12", "待办：planned"),
        ("到 2025 年底，培训职工 30 人", "2025", "planned"),
        ("力争 2024 年培训职工 30 人", "2024", "待办：planned"),
        ("今年计划培训职工 30 人", "2024", "待办：planned"),
        ("明年计划培训职工 30 人", "2025", "待办：planned"),
        ("下一步，计划培训职工 30 人", "", "待办：planned"),
    ],
)
def test_year_of_a_date_without_one(archive: Archive, words: str, period: str, basis: str) -> None:
    """A month without a year is of the year of issue; what is not over by then, or said to be, is a plan."""
    found = draft("test-003", read_plain(TEXT.replace("2024 年以来，全县", words)), archive, "530523")
    row = found.tables["figures"].iloc[0]
    assert (row["value"], row["period"], row["period_basis"]) == ("30", period, basis)
    assert bool(row["note_zh"]) == bool(row["note_en"]) == any(word in words for word in YEARLESS)
    assert row["note_en"].isascii()


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("吸引 1200 多人参赛", ["参赛人数"]),
        ("命名“青石工匠”12 名", ["命名青石工匠"]),
        ("全县现有企业工会 30 家", ["企业工会"]),
        ("建成创业园区 8 个，其中市级 2 个", ["建成创业园区", "市级创业园区"]),
        ("新引进企业 8 家，其中工业企业 2 家", ["新引进企业", "新引进工业企业"]),
        ("企业工会达到 30 家，比上年底增加 4 家", ["企业工会", "企业工会增减"]),
        ("到 2025 年底会员达到 300 人", ["会员"]),
        ("入会率由 80%提高到 90%", ["入会率", "入会率"]),
        ("茶叶产量 5200 吨、3200 吨，分别增长 3%", ["茶叶产量", "茶叶产量", "茶叶产量增长率"]),
        ("茶叶产量 5200 吨，同比增长 3%", ["茶叶产量", "茶叶产量增长率"]),
        ("民生支出 2 亿元，占财政支出的 70%", ["民生支出", "民生支出占财政支出比重"]),
        ("第一产业增加值 31.2 亿元", ["第一产业增加值"]),
        ("新增市场主体 20 户，总数达到 187 户", ["新增市场主体", "市场主体总数"]),
        ("受理来访 20 件，办结 19 件", ["受理来访", "办结来访"]),
        ("为 9 名农民工追回工资 7 万元", ["追回工资的农民工", "追回工资"]),
        ("县财政每年安排工会经费 7 万元", ["工会经费"]),
        ("发放慰问金 7 万元，户均 2000 元", ["发放慰问金", "慰问金户均"]),
        ("近三年多来累计投入 7 万元", ["投入所跨年数", "投入"]),
    ],
)
def test_labels_say_what_is_counted(archive: Archive, words: str, labels: list[str]) -> None:
    """A label is the phrase around the number, without 全县有, and a part is named by its whole."""
    text = TEXT.replace("全县新建基层工会 36 个", words)
    found = draft("test-003", read_plain(text), archive, "530523").indicators["label_zh"]
    assert list(found)[: len(labels)] == [f"待办：{label}" for label in labels]


def test_what_is_counted_on_a_day_is_a_stock(archive: Archive) -> None:
    """A number as at a day is a stock, unless it is of what has been added; over a period it is a flow."""
    text = TEXT.replace("2024 年以来，全县新建", "截至 2024 年 4 月 30 日，新增车间 3 个，有")
    found = draft("test-003", read_plain(text), archive, "530523").indicators
    assert list(zip(found["label_zh"], found["series"], strict=True))[:2] == [
        ("待办：新增车间", "flow"),
        ("待办：基层工会", "stock"),
    ]


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("新建基层工会 37 家", "待办：organisation"),
        ("新建企业工会 37 家", "待办：organisation"),
        ("培育规模以上企业 37 家", "enterprise"),
        ("慰问困难家庭 37 户", "household"),
        ("新增市场主体 37 户", "enterprise"),
        ("改造厕所 37 户", "待办：household"),
        ("新建基层工会 37 个", "item"),
    ],
)
def test_units_of_a_classifier_with_several(archive: Archive, words: str, unit: str) -> None:
    """A classifier that several units have leaves a proposal, unless the words beside it decide."""
    text = TEXT.replace("全县新建基层工会 36 个", words)
    found = draft("test-003", read_plain(text), archive, "530523")
    assert found.tables["figures"]["unit"].iloc[0] == unit
    assert found.indicators["unit"].iloc[0] == unit


def test_a_ratio_is_set_aside(archive: Archive) -> None:
    """A ratio of several numbers is no figure, and has its reason."""
    text = TEXT.replace("发展会员近 1200 名", "三次产业结构为 24.1:31.7:44.2")
    found = draft("test-003", read_plain(text), archive, "530523").tables
    ratio = found["numerals"][found["numerals"]["printed"] == "24.1:31.7:44.2"].iloc[0]
    assert (ratio["kind"], ratio["reason_zh"]) == ("other", "几个数之比，不是一个数")
    assert ratio["numeral"] not in set(found["figures"]["numeral"])
    assert "todo" not in set(found["figures"]["value"])


@pytest.mark.parametrize(
    ("words", "period", "basis"),
    [
        ("三年共走访慰问职工 30 人次", "2021/2024", "待办：implied"),
        ("近三年走访慰问职工 30 人次", "2021/2024", "待办：implied"),
        ("五年来，走访慰问职工 30 人次", "2019/2024", "待办：implied"),
        ("合同为期三年，走访慰问职工 30 人次", "", "unstated"),
    ],
)
def test_years_without_their_names(archive: Archive, words: str, period: str, basis: str) -> None:
    """A number of years that have gone by is counted back from the year of issue, as a proposal."""
    found = draft("test-003", read_plain(TEXT.replace("2024 年以来，全县", words)), archive, "530523")
    row = found.tables["figures"].set_index("value").loc["30"]
    assert (row["period"], row["period_basis"], bool(row["note_zh"])) == (period, basis, bool(period))


MASTHEAD = ["青石县工会简报", "第3期", "2024年3月1日", "本刊编辑部"]
BODY = "今年以来，全县各级工会组织认真贯彻落实上级部署，扎实推进产业工人队伍建设改革，新建基层工会36个。"


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_masthead_of_single_lines(gap: str) -> None:
    """Lines far shorter than the text's are lines of their own, with and without a blank line below."""
    found = masthead("\n".join(MASTHEAD) + gap + BODY + "\n", [])
    assert found == ("青石县工会简报", "第3期", "issue 3", "青石县工会简报", "本刊编辑部")
    found = masthead("\n".join([*MASTHEAD, "青石县推进产改"]) + gap + BODY + "\n", [])
    assert (found.title, found.issuer) == ("青石县推进产改", "本刊编辑部")


def test_masthead_above_hard_wraps() -> None:
    """Lines of the usual length go on; the first paragraph is long, not a title."""
    wrapped = "\n".join(BODY[at : at + 22] for at in range(0, len(BODY), 22))
    found = masthead("\n".join([*MASTHEAD, "青石县推进产改"]) + "\n" + wrapped + "\n", [])
    assert (found.series, found.title, found.issuer) == ("青石县工会简报", "青石县推进产改", "本刊编辑部")


def _table(names: list[str]) -> str:
    rows = [f"{name}\t{number}\t{number}0" for number, name in enumerate(names, start=1)]
    return "\n".join(["2023 年建会情况\n", "单位\t工会数（个）\t会员数（人）", *rows])


def test_a_table_by_area(archive: Archive) -> None:
    """Rows that name areas share an indicator a column; the total is of the whole, a new county to do."""
    text = TEXT.replace("2024 年以来，全县新建基层工会 36 个", "情况如下")
    table = _table(["隆阳区", "青石县", "合计"])
    found = draft("test-003", read_plain(text.split("单位：")[0] + table), archive, "530500")
    figures = found.tables["figures"].iloc[-6:]
    assert list(figures["area"]) == ["530502"] * 2 + ["todo"] * 2 + ["530500"] * 2
    assert list(figures["period"]) == ["2023"] * 6
    assert list(figures["indicator"])[::2] == [figures["indicator"].iloc[0]] * 3
    assert [label for label in found.indicators["label_zh"] if label.endswith("数")] == [
        "待办：工会数",
        "待办：会员数",
    ]


def test_a_table_by_area_without_a_period(archive: Archive) -> None:
    """Rows of a table share an indicator although it does not say when."""
    table = _table(["隆阳区", "施甸县"]).partition("\n\n")[2]
    found = draft("test-003", read_plain(TEXT.partition("单位：")[0] + table), archive, "530500")
    figures = found.tables["figures"].iloc[-4:]
    assert list(figures["period"]) == [""] * 4
    assert figures["indicator"].nunique() == len({"工会数", "会员数"})


def test_a_rate_is_not_counted(archive: Archive) -> None:
    """A count that follows a rate without a name of its own does not take the name of the rate."""
    text = TEXT.replace("全县新建基层工会 36 个", "建会率 92%、300 家")
    found = draft("test-003", read_plain(text), archive, "530523").indicators["label_zh"]
    assert list(found)[:2] == ["待办：建会率", "待办"]


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("20 m²", "square_metre"),
        ("20 ㎡", "square_metre"),
        ("3 hm²", "hectare"),
        ("5 km²", "square_kilometre"),
    ],
)
def test_units_of_area(archive: Archive, printed: str, unit: str) -> None:
    """A unit has one key, however it is printed."""
    text = TEXT.replace("36 个", printed)
    found = draft("test-003", read_plain(text), archive, "530523").tables["figures"]
    assert found["unit"].iloc[0] == unit


def test_a_total_that_stands_twice(archive: Archive) -> None:
    """Where text and table tell the same thing of a period, the table's keeps the name of its row."""
    text = TEXT.replace("2024 年以来，全县新建基层工会 36 个", "2023 年，工会数 36 个")
    found = draft("test-003", read_plain(text.split("单位：")[0] + _table(["合计"])), archive, "530500")
    labels = dict(zip(found.indicators["indicator"], found.indicators["label_zh"], strict=True))
    named = dict(zip(column(found, "figures", "value"), column(found, "figures", "indicator"), strict=True))
    assert (labels[named["36"]], labels[named["1"]]) == ("待办：工会数", "待办：合计工会数")


@pytest.mark.parametrize(
    "head",
    [
        "昌宁县2023年经济运行情况\n\n昌宁县统计局\n\n2024 年 3 月 1 日\n",
        "昌宁县2023年经济运行情况\n\n2024 年 3 月 1 日\n\n国家统计局昌宁调查队\n",
    ],
)
def test_the_line_of_an_office_is_no_title(archive: Archive, head: str) -> None:
    """Where an office and a date stand by the title, the title is still found, and gives the year."""
    body = "年末全县常住人口 38 万人，粮食播种面积 68 万亩。\n"
    text = f"{head}\n一、综合\n\n{body}\n二、农业\n\n{body}"
    made = draft("test-003", read_plain(text), archive, "530524")
    assert made.descriptor["title"].endswith("昌宁县2023年经济运行情况")
    assert set(column(made, "figures", "period")) == {"2023"}
    assert set(column(made, "figures", "period_basis")) == {"待办：implied"}


def test_headings_of_markdown_part_a_text() -> None:
    """The marks of Markdown do not hide the numbers of headings."""
    assert [
        section.heading for section in sections("# 简报\n\n## 一、综合\n\n正文。\n\n## 二、农业\n\n正文。\n")
    ] == [
        "",
        "综合",
        "农业",
    ]
