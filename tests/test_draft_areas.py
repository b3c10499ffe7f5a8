"""The area of a drafted figure is that of its county; what the text does not settle is never certain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from kuaibao.completion import crossed
from kuaibao.documents.plain import read_plain
from kuaibao.draft import draft
from kuaibao.load import load

if TYPE_CHECKING:
    from kuaibao.model import Archive

ROOT = Path(__file__).parent.parent
HEAD = (
    "工会简报\n\n2024 年第 3 期\n\n2024 年 5 月 8 日\n\n"
    "现将各地推进产业工人队伍建设改革的主要情况报告如下，供学习参考，请认真贯彻。\n\n"
)
CITY, COUNTY = "530500", "530524"
LONGYANG, CHANGNING = "530502", "530524"
LIKELY = "待办："
BY_YEARS = "县区|2022年|2023年\n隆阳区|12030|12500\n昌宁县|9800|9700"
NUMBERED = "序号|县区|2022年|2023年\n1|隆阳区|12030|12500\n2|昌宁县|9800|9700"
IN_COLUMNS = "年份|隆阳区|昌宁县\n2022年|12030|9800\n2023年|12500|9700"
TOWNS = "乡镇|2022年|2023年\n柯街镇|120|130\n卡斯镇|100|100\n合计|220|230"


@pytest.fixture(scope="module")
def archive() -> Archive:
    """Load the project's packages."""
    return load(ROOT)


def read(archive: Archive, body: str, area: str = CITY, *, markdown: bool = False) -> list[tuple[str, ...]]:
    """Draft a text; give area and indicator of each figure, by its name if new."""
    found = draft("test-003", read_plain(f"{HEAD}{body}\n", markdown=markdown), archive, area)
    names = dict(zip(found.indicators["indicator"], found.indicators["label_zh"], strict=True))
    figures = found.tables["figures"]
    keys = [names.get(key, key).removeprefix(LIKELY) for key in figures["indicator"]]
    return list(zip(figures["area"], keys, strict=True))


def table(caption: str, rows: str) -> str:
    """Write a table as a text that was extracted from a document has it."""
    return f"{caption}\n\n" + rows.replace("|", "\t")


def barred(caption: str, rows: str) -> str:
    """Write a table as Markdown has it."""
    head, *rest = (f"| {' | '.join(row.split('|'))} |" for row in rows.split("\n"))
    return "\n".join([caption, "", head, "|" + "---|" * (head.count("|") - 1), *rest])


@pytest.mark.parametrize("rows", [BY_YEARS, NUMBERED, IN_COLUMNS])
@pytest.mark.parametrize("caption", ["表3 各县区会员数（单位：人）", "2023年各县（市、区）会员数统计表"])
def test_counties_by_years(archive: Archive, caption: str, rows: str) -> None:
    """A table of counties and years has one indicator, named by its caption, and the area of each county."""
    areas = {IN_COLUMNS: [LONGYANG, CHANGNING] * 2}.get(rows, [LONGYANG] * 2 + [CHANGNING] * 2)
    expected = [(area, "会员数") for area in areas]
    assert read(archive, table(caption, rows)) == expected
    assert read(archive, barred(caption, rows), markdown=True) == expected


def test_the_same_table_twice(archive: Archive) -> None:
    """What stands twice for a county and a year is not named by the county alone."""
    once = table("各县区会员数（单位：人）", "县区|2022年\n隆阳区|12030")
    assert [label for _, label in read(archive, f"{once}\n\n{once}")] == ["会员数", "隆阳区会员数"]


def test_a_change_beside_years(archive: Archive) -> None:
    """A column that only says a change is named by the caption too."""
    rows = "县区|2022年|2023年|增减（%）\n隆阳区|12030|12500|3.9"
    found = read(archive, table("表3 各县区会员数（单位：人）", rows))
    assert found == [(LONGYANG, name) for name in ("会员数", "会员数", "会员数增长率")]


@pytest.mark.parametrize(
    ("sentence", "areas"),
    [
        ("2023年，全市建会300家，其中隆阳区120家、昌宁县80家。", [CITY, LONGYANG, CHANGNING]),
        ("昌宁县投入资金300万元。", [CHANGNING]),
        ("2023年，昌宁县投入资金300万元。", [CHANGNING]),
        ("昌宁县建会30家，隆阳区建会40家。", [LIKELY + CHANGNING, LIKELY + LONGYANG]),
        ("向昌宁县拨付资金30万元。", [LIKELY + CHANGNING]),
        ("隆阳区、昌宁县80家。", ["todo"]),
        ("施甸县、昌宁县分别培训职工300人、200人。", ["todo", "todo"]),
        ("全市会员300人，其中：隆阳区100人，其余各县200人。", [CITY, LONGYANG, "todo"]),
        ("腾冲投入资金300万元。", [LIKELY + "530581"]),
        ("今年上半年，保山市施甸县培训职工300人。", ["530521"]),
        ("昌宁县等地建会80家。", [LIKELY + CHANGNING]),
        ("昌宁县总工会投入资金300万元。", [LIKELY + CHANGNING]),
        ("昌宁县狠抓落实。建会80家。", [LIKELY + CHANGNING]),
        ("建会300家，其中昌宁县80家。", [LIKELY + CITY, CHANGNING]),
        ("青石县建会80家。", ["todo"]),
        ("全县建会80家。", ["todo"]),
        ("全市建会80家，占全省的20%。", [CITY, CITY]),
        ("19个市直部门投入资金300万元。", [CITY, CITY]),
        ("柯街镇建会20家，投入资金3万元。", [CITY, LIKELY + CITY]),
    ],
)
def test_counties_in_sentences(archive: Archive, sentence: str, areas: list[str]) -> None:
    """White is what stands right before its number or rules its sentence alone; else it is a proposal."""
    assert [area for area, _ in read(archive, sentence)] == areas


def test_a_verb_takes_up_what_was_named(archive: Archive) -> None:
    """What is only a verb is of what the verb was said of before, not of another thing."""
    found = read(archive, "全市发放慰问金120万元，其中，龙陵县发放30万元。全市建会9家。全市投入3万元。")
    assert [label for _, label in found] == ["发放慰问金", "发放慰问金", "建会", "投入"]


def test_towns_in_a_list(archive: Archive) -> None:
    """Each town of a list is named with what the list counts."""
    found = read(archive, "全县投入资金500万元，其中柯街镇20万元、卡斯镇15万元。", COUNTY)
    assert found == [(COUNTY, f"{town}投入资金") for town in ("", "柯街镇", "卡斯镇")]


def test_parts_of_a_whole_share_its_indicator(archive: Archive) -> None:
    """The name of a county is no part of what is counted."""
    found = read(archive, "2023年，全市建会300家，其中隆阳区120家、昌宁县80家。")
    assert {label for _, label in found} == {"建会"}


@pytest.mark.parametrize(
    ("caption", "area"),
    [
        ("2023年部分乡镇会员数", "todo"),
        ("重点乡镇会员数", "todo"),
        ("各乡镇会员数", COUNTY),
        ("主要指标", COUNTY),
    ],
)
def test_total_of_a_part(archive: Archive, caption: str, area: str) -> None:
    """The total of some towns only is not of the county."""
    rows = "乡镇|会员数（人）\n柯街镇|120\n卡斯镇|80\n合计|200"
    assert read(archive, table(caption, rows), COUNTY) == [
        (COUNTY, "柯街镇会员数"),
        (COUNTY, "卡斯镇会员数"),
        (area, "会员数"),
    ]


def test_caption_of_another_county(archive: Archive) -> None:
    """A caption that names a county gives its area to the towns and to the total."""
    found = read(archive, table("隆阳区各乡镇会员数", TOWNS))
    assert {area for area, _ in found} == {LONGYANG}


def test_towns_with_their_counties(archive: Archive) -> None:
    """A town has the area of the county beside it; a subtotal is of no whole that the table names."""
    rows = "单位|2022年|2023年\n市直|20|15\n隆阳区|30|25"
    found = [label for _, label in read(archive, table("困难职工户数（户）", rows))]
    assert found == ["市直困难职工户数"] * 2 + ["困难职工户数"] * 2
    rows = "县区|乡镇|金额（万元）\n隆阳区|板桥镇|3\n青石县|柳河镇|2\n小计||5"
    areas = [area for area, _ in read(archive, table("2023年帮扶救助情况", rows))]
    assert areas == [LONGYANG, "todo", "todo"]


def test_towns_by_years(archive: Archive) -> None:
    """Each town has one indicator for all years, and so has the total."""
    found = [label for _, label in read(archive, table("各乡镇会员数（单位：人）", TOWNS), COUNTY)]
    assert found == ["柯街镇会员数"] * 2 + ["卡斯镇会员数"] * 2 + ["会员数"] * 2


def test_numbered_towns_are_not_matched(archive: Archive) -> None:
    """The running number is no label, and what is of a town is not taken for what is of the county."""
    rows = "序号|乡镇|高技能人才（人）|户数（户）\n1|柯街镇|12|120\n2|卡斯镇|8|80"
    found = read(archive, table("2023年慰问情况", rows), COUNTY)
    towns = ("柯街镇", "卡斯镇")
    assert [label for _, label in found] == [
        town + thing for town in towns for thing in ("高技能人才", "慰问户数")
    ]
    assert read(archive, "柯街镇有高技能人才20人。", COUNTY) == [(COUNTY, "柯街镇有高技能人才")]


def test_total_below_running_numbers(archive: Archive) -> None:
    """A total may stand in the column of running numbers."""
    rows = "序号|地区|2022年|2023年\n1|隆阳区|30|35\n合计||50|57"
    found = read(archive, table("各县区帮扶资金（单位：万元）", rows))
    assert found == [(LONGYANG, "帮扶资金")] * 2 + [(CITY, "帮扶资金")] * 2


def test_a_total_takes_no_name_from_its_neighbour(archive: Archive) -> None:
    """The name of a cell is in its headers, not in the cell before."""
    rows = "乡镇|慰问老人（人）|投入（万元）\n柯街镇|120|3\n合计|200|5"
    found = [label for _, label in read(archive, table("2023年慰问情况", rows), COUNTY)]
    assert found == ["柯街镇慰问老人", "柯街镇投入", "慰问老人", "投入"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("参训率由2022年的50%提高到2023年的70%。", "参训率"),
        ("会员由2022年的120人发展到2023年的150人。", "会员"),
        ("企业工会从30家增长到50家。", "企业工会"),
        ("企业工会由2022年的30家发展壮大到2023年的52家。", "企业工会"),
    ],
)
def test_a_change_is_named_by_its_subject(archive: Archive, sentence: str, name: str) -> None:
    """Both ends of a change are of what changes, not of a verb."""
    assert [label for _, label in read(archive, sentence)] == [name] * 2


def test_a_topic_for_each_thing_is_enough(archive: Archive) -> None:
    """The total's name is that of the thing, so that its topic is that of all towns."""
    rows = "乡镇|慰问老人（人）|投入（万元）\n柯街镇|120|3\n卡斯镇|80|2\n合计|200|5"
    labels = [label for _, label in read(archive, table("2023年慰问情况", rows), COUNTY)]
    topics = {"慰问老人": "rights", "投入": "governance"}
    given = {"label_zh": labels, "label_en": "", "topic": [topics.get(label, "") for label in labels]}
    assert list(crossed(pd.DataFrame(given))["topic"]) == ["rights", "governance"] * 3
