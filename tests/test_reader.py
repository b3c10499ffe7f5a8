"""The reader gives each numeral expression its span, value, interval, unit, hedge and kind."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from kuaibao.reader import Numeral, read, read_table


def only(text: str) -> Numeral:
    """Return the one numeral of the text."""
    (numeral,) = read(text)
    return numeral


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "unit", "qualifier"),
    [
        ("19 个", 19, 19, 19, "个", "exact"),
        ("100 多项", 100, 100, None, "项", "at_least"),
        ("近 400 名", 400, None, 400, "名", "nearly"),
        ("1466.87 万元", 14668700, 14668650, 14668750, "元", "exact"),
        ("20 万", 200000, 195000, 205000, "", "exact"),
        ("2.7 亿\n\n元", 270000000, 265000000, 275000000, "元", "exact"),
        ("70 余万元", 700000, 700000, None, "元", "at_least"),
        ("6.5 万余人", 65000, 65000, None, "人", "at_least"),
        ("1000 元以上", 1000, 1000, None, "元", "at_least"),
        ("不超过 30 天", 30, None, 30, "天", "at_most"),
        ("约 3 万人左右", 30000, None, None, "人", "about"),
        ("两次", 2, 2, 2, "次", "exact"),
        ("三百二十万", 3200000, 3195000, 3205000, "", "exact"),
        ("１２３", 123, 123, 123, "", "exact"),
        ("1,234.5 万元", 12345000, 12344500, 12345500, "元", "exact"),
        ("12.3%", Decimal("12.3"), Decimal("12.25"), Decimal("12.35"), "%", "exact"),
        ("5%", 5, Decimal("4.5"), Decimal("5.5"), "%", "exact"),
        ("百分之十二点三", Decimal("12.3"), Decimal("12.25"), Decimal("12.35"), "%", "exact"),
        ("千分之三", 3, Decimal("2.5"), Decimal("3.5"), "‰", "exact"),
        ("近三分之一", Decimal("0.333333"), None, Decimal("0.333333"), "", "nearly"),
        ("半数", Decimal("0.5"), Decimal("0.5"), Decimal("0.5"), "", "exact"),
        ("3—5 个", None, 3, 5, "个", "range"),
        ("3—5 万元", None, 30000, 50000, "元", "range"),
        ("三至五年", None, 3, 5, "年", "range"),
        ("三四十人", None, 30, 40, "人", "range"),
        ("上千人", 1000, 1000, None, "人", "at_least"),
        ("百余名", 100, 100, None, "名", "at_least"),
        ("数十", None, 20, 99, "", "about"),
        ("3 个亿", 300000000, 250000000, 350000000, "", "exact"),
        ("1.5 万册（份）", 15000, 14500, 15500, "册（份）", "exact"),
        ("12 来人", 12, None, None, "人", "about"),
        ("12 hm²", 12, 12, 12, "hm²", "exact"),
        ("35km3", 35, 35, 35, "km3", "exact"),
        ("数千一百分之百", Decimal("0.0909091"), None, None, "", "about"),
        ("翻一番", 2, 2, 2, "倍", "exact"),
        ("三又二分之一", Decimal("3.5"), Decimal("3.5"), Decimal("3.5"), "", "exact"),
        ("16/5", Decimal("3.2"), Decimal("3.2"), Decimal("3.2"), "", "exact"),
        (".5", Decimal("0.5"), Decimal("0.45"), Decimal("0.55"), "", "exact"),
        ("七成六", Decimal("7.6"), Decimal("7.55"), Decimal("7.65"), "成", "exact"),
        ("五成五以上", Decimal("5.5"), Decimal("5.5"), None, "成", "at_least"),
        ("五元三毛", Decimal("5.3"), Decimal("5.3"), Decimal("5.3"), "元", "exact"),
        ("7 分 30 秒", 450, 450, 450, "秒", "exact"),
        ("2 小时 30 分", 150, 150, 150, "分钟", "exact"),
        ("-5% 至 -3%", None, -5, -3, "%", "range"),
        ("廿三人", 23, 23, 23, "人", "exact"),
        ("千亩以上", 1000, 1000, None, "亩", "at_least"),
        ("三百又三分之一", Decimal("300.333"), Decimal("300.333"), Decimal("300.333"), "", "exact"),
        ("-0.7", Decimal("-0.7"), Decimal("-0.75"), Decimal("-0.65"), "", "exact"),
    ],
)
def test_figures(text: str, value: object, low: object, high: object, unit: str, qualifier: str) -> None:  # noqa: PLR0913, PLR0917 the columns of the table
    """A figure keeps what was printed as value, interval, unit and hedge, and spans all of it."""
    numeral = only(text)
    assert numeral.kind == "figure"
    assert (numeral.start, numeral.end) == (0, len(text))
    assert (numeral.value, numeral.value_min, numeral.value_max) == (value, low, high)
    assert (numeral.unit, numeral.qualifier) == (unit, qualifier)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2023 年 6 月 20 日", "date", "2023-06-20"),
        ("6 月 20 日", "date", "--06-20"),
        ("2011—2015 年", "date", "2011/2015"),
        ("2023 年 1—6 月", "date", "2023-01/2023-06"),
        ("二〇二三年", "date", "2023"),
        ("前三季度", "date", "--01/--09"),
        ("第三届", "ordinal", 3),
        ("一等奖", "ordinal", 1),
        ("第一产业", "ordinal", 1),
        ("第 11 期", "issue_number", 11),
        ("总第 90 期", "issue_number", 90),
        ("〔2021〕29 号", "issue_number", 29),
        ("（一）", "enumerator", 1),
        ("图 1", "enumerator", 1),
        ("表 2", "enumerator", 2),
        ("20230620", "date", "2023-06-20"),
        ("第 1—3 名", "ordinal", None),
        ("第 3 至 5 条", "ordinal", None),
        ("十四五", "name", None),
        ("二十大", "name", None),
        ("一县一业", "name", None),
        ("一盘棋", "name", None),
        ("十二年一贯制", "name", None),
        ("三年改革行动", "name", None),
        ("五一", "name", None),
        ("五位一体", "name", None),
        ("统一", "name", None),
        ("一个个", "name", None),
        ("进一步", "name", None),
        ("市县两级", "name", None),
        ("500 强", "name", None),
        ("三多", "name", None),
        ("2007[18]号", "issue_number", 18),
        ("140220020210001383", "other", None),
        ("3.2×10⁴", "other", None),
        ("GB/T 2260", "other", None),
    ],
)
def test_kinds(text: str, kind: str, value: object) -> None:
    """What is no figure says what it is; only dates, ordinals and the like have a value."""
    numeral = only(text)
    assert (numeral.kind, numeral.value) == (kind, value)
    assert numeral.printed == text


def test_printed_leaves_out_breaks_only() -> None:
    """A page break inside an amount is not printed, a blank is."""
    assert only("投入 2.7 亿\n\n元").printed == "2.7 亿元"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("讨论二次", ["二次"]),
        ("拟召开二次推进会", ["二次"]),
        ("损失约 3 万元", ["约 3 万元"]),
        ("一起事故", ["一起"]),
        ("1.5 万户 6.5 万余人", ["1.5 万户", "6.5 万余人"]),
        ("4.78 亿元、20.2 亿元", ["4.78 亿元", "20.2 亿元"]),
        ("连续三年", ["三年"]),
        ("2 个市（区）", ["2 个"]),
    ],
)
def test_counts_beside_other_words(text: str, printed: list[str]) -> None:
    """What stands beside a count does not make it a name, nor takes its hedge or unit away."""
    numerals = read(text)
    assert [numeral.printed for numeral in numerals] == printed
    assert {numeral.kind for numeral in numerals} == {"figure"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1.5 万户 6.5 万余人",
            [("1.5 万户", 15000, "户", "exact"), ("6.5 万余人", 65000, "人", "at_least")],
        ),
        ("2 个市（区）", [("2 个", 2, "个", "exact")]),
        ("连续三年", [("三年", 3, "年", "exact")]),
        ("1.4 %", [("1.4 %", Decimal("1.4"), "%", "exact")]),
        ("2.1 个百分点", [("2.1 个百分点", Decimal("2.1"), "个百分点", "exact")]),
        ("三分之一", [("三分之一", Decimal("0.333333"), "", "exact")]),
        ("一半", [("一半", Decimal("0.5"), "", "exact")]),
        ("1.2 倍", [("1.2 倍", Decimal("1.2"), "倍", "exact")]),
        ("增长 5%", [("5%", 5, "%", "exact")]),
        ("下降 2.1%", [("2.1%", Decimal("2.1"), "%", "exact")]),
        ("下降了 2.1%", [("2.1%", Decimal("2.1"), "%", "exact")]),
        (
            "1.66 和 2.16 个百分点",
            [
                ("1.66", Decimal("1.66"), "个百分点", "exact"),
                ("2.16 个百分点", Decimal("2.16"), "个百分点", "exact"),
            ],
        ),
        (
            "4.78 亿元、20.2 亿元",
            [("4.78 亿元", 478000000, "元", "exact"), ("20.2 亿元", 2020000000, "元", "exact")],
        ),
        ("兩萬個", [("兩萬個", 20000, "个", "exact")]),
        ("1.5 億元", [("1.5 億元", 150000000, "元", "exact")]),
        ("举办了 3 届大赛", [("3 届", 3, "届", "exact")]),
        ("保持千亿规模", [("千亿", 100000000000, "", "exact")]),
        ("百家企业", [("百家", 100, "家", "exact")]),
        ("企业+百人以上", [("百人以上", 100, "人", "at_least")]),
        ("二十多", [("二十多", 20, "", "at_least")]),
        ("十余万", [("十余万", 100000, "", "at_least")]),
        ("建筑面积 3200m2", [("3200m2", 3200, "m2", "exact")]),
        ("两年多来累计", [("两年多", 2, "年", "at_least")]),
        ("实现“近三分之一”", [("近三分之一", Decimal("0.333333"), "", "nearly")]),
        ("达到“三百二十万”", [("三百二十万", 3200000, "", "exact")]),
        ("资金5 000元", [("5 000元", 5000, "元", "exact")]),
        ("27个、3 186户", [("27个", 27, "个", "exact"), ("3 186户", 3186, "户", "exact")]),
        ("生产总值（GDP）1 284.6亿元", [("1 284.6亿元", 128460000000, "元", "exact")]),
        ("男 1 200 人", [("1 200 人", 1200, "人", "exact")]),
        ("附件 3 份。", [("3 份", 3, "份", "exact")]),
        ("新引进3个亿元以上项目", [("3个", 3, "个", "exact"), ("亿元以上", 100000000, "元", "at_least")]),
        ("总值12 345.6万元", [("12 345.6万元", 123456000, "元", "exact")]),
        ("一多半", [("一多半", Decimal("0.5"), "", "at_least")]),
        ("近半企业", [("近半", Decimal("0.5"), "", "nearly")]),
        ("提高 3.4 个点", [("3.4 个点", Decimal("3.4"), "个点", "exact")]),
    ],
)
def test_values_units_and_hedges(text: str, expected: list[tuple[str, object, str, str]]) -> None:
    """Beside other words and in lists each figure has its own span, value, unit and hedge."""
    numerals = read(text)
    assert [(n.printed, n.value, n.unit, n.qualifier) for n in numerals] == expected
    assert {numeral.kind for numeral in numerals} == {"figure"}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("余额达 4022\n- 1 -\n万元。", ["4022万元"]),
        ("职工达到\n— 3 —\n两万人。", ["— 3 —", "两万人"]),
        ("职工两万人。\n第 4 页 共 12 页\n", ["两万人", "第 4 页 共 12 页"]),
        ("差距为 5 —\n3 个", ["5", "3 个"]),
    ],
)
def test_page_numbers(text: str, printed: list[str]) -> None:
    """A page number in a line of its own is one numeral, unless it parts a number, and never in a range."""
    assert [numeral.printed for numeral in read(text)] == printed


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("附件 1 100 人", ["enumerator", "figure"]),
        ("表2 项目进展情况", ["enumerator"]),
        ("图2 人口变化\n2023 年", ["enumerator", "date"]),
        ("附件3 家访记录表", ["enumerator"]),
        ("选出代表 2 人参加", ["figure"]),
        ("单位：万人次、亿元", []),
    ],
)
def test_labels_of_tables(text: str, kinds: list[str]) -> None:
    """The number of a table or an annex takes no unit from its title, and a header's units count nothing."""
    assert [numeral.kind for numeral in read(text)] == kinds


def test_direction() -> None:
    """下降 gives the figure a direction and leaves its value positive."""
    numeral = only("下降 2.1%")
    assert (numeral.value, numeral.direction) == (Decimal("2.1"), "down")


def test_numerals_do_not_overlap() -> None:
    """Where two readings would share a character, the first one keeps it."""
    assert [numeral.printed for numeral in read("七上半年")] == ["七上", "半年"]


def test_times_of_day() -> None:
    """Afternoons and evenings count from noon; 点 without a part of the day is a unit."""
    numerals = read("上午9点开会，晚上8点30分结束，下降3点")
    assert [numeral.value for numeral in numerals] == ["T09", "T20:30", 3]


def test_registration_numbers_are_no_figures() -> None:
    """The registration of a website in its footer counts nothing."""
    assert {numeral.kind for numeral in read("滇ICP备12345678号，公网安备53010202000123号")} == {"other"}


def test_the_longer_or_earlier_name() -> None:
    """统一举办 holds 统一, not 一举."""
    assert [numeral.printed for numeral in read("统一举办")] == ["统一"]


def test_ratio_is_one_numeral() -> None:
    """A ratio is one numeral with parts and no value, of shares and with blanks too."""
    assert only("22.8:21.2:56.0").parts == (Decimal("22.8"), Decimal("21.2"), 56)
    assert only("5.9%∶79%∶15.1%").parts == (Decimal("5.9"), 79, Decimal("15.1"))
    assert only("5: 5").parts == (5, 5)


def test_list_shares_the_last_unit() -> None:
    """1.66 in a list takes the unit that stands after 2.16."""
    assert [numeral.unit for numeral in read("1.66 和 2.16 个百分点")] == ["个百分点", "个百分点"]


def test_table_header_gives_unit_and_multiplier() -> None:
    """A bare cell under 产值（亿元） counts in hundred millions of yuan."""
    cell = read_table([["地区", "产值（亿元）"], ["甲", "2.5"]])[1][1][0]
    assert (cell.value, cell.value_min, cell.unit, cell.printed) == (250000000, 245000000, "元", "2.5")


def test_to_json_has_plain_numbers() -> None:
    """The JSON form has numbers, not decimals, and direction only where there is one."""
    assert only("增长 5.2%").to_json() == {
        "start": 3,
        "end": 7,
        "printed": "5.2%",
        "value": 5.2,
        "value_min": 5.15,
        "value_max": 5.25,
        "unit": "%",
        "qualifier": "exact",
        "kind": "figure",
        "direction": "up",
    }


TEXTS = sorted((Path(__file__).parent / "benchmarks" / "texts").glob("*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_annotated_texts(path: Path) -> None:
    """Every numeral of the annotated texts reads as its table says."""
    rows = [numeral.to_json() for numeral in read(path.read_text(encoding="utf-8"))]
    columns, *lines = path.with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    found = [["" if row.get(c) is None else str(row[c]) for c in columns.split("\t")] for row in rows]
    assert found == [line.split("\t") for line in lines]


def sources() -> Path:
    """Return the folder with the bulletins' texts, which the project does not ship."""
    return Path(os.environ.get("KUAIBAO_SOURCES", Path(__file__).parents[2] / "shared" / "sources"))


@pytest.mark.skipif(
    not (sources() / "yncg-090.txt").is_file(), reason="the first bulletin's text is not here"
)
def test_first_bulletin() -> None:
    """The first bulletin has 101 numerals, 61 of them figures; every offset leads back to its text."""
    text = (sources() / "yncg-090.txt").read_text(encoding="utf-8")
    numerals = read(text)
    assert all(text[n.start : n.end].replace("\n", "") == n.printed for n in numerals)
    assert (len(numerals), sum(n.kind == "figure" for n in numerals)) == (101, 61)
