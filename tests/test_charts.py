"""Charts: golden HTML a kind and language, the laws of drawing, and what is refused.

`python tests/test_charts.py` writes the golden files anew.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from kuaibao.charts import (
    Around,
    Caption,
    Flow,
    Item,
    Mark,
    Step,
    Tie,
    areas,
    bars,
    cascade,
    dots,
    flow,
    grid,
    nested,
    pairing,
    shares,
    slope,
    steps,
)
from kuaibao.charts.poster import broken

if TYPE_CHECKING:
    from collections.abc import Callable

    from kuaibao.errors import Language

GOLDEN = Path(__file__).parent / "golden" / "charts"
DATA = "../bulletins/yncg-090/data/"
WORDS = Caption(title="T", finding="F.", language="en")
HEDGES = ("about", "nearly", "at_least", "at_most", "range")


def mark(value: int | str, qualifier: str = "exact", **changes: object) -> Mark:
    """Make a mark whose interval follows from its qualifier."""
    number = Decimal(value)
    known_low = number if qualifier in {"exact", "at_least", "range"} else None
    known_high = {"exact": number, "range": number * 2 + 1}.get(qualifier)
    known_high = number if qualifier in {"nearly", "at_most"} else known_high
    made = Mark(
        label="Counted",
        text=f"{value} printed",
        value=number,
        low=known_low,
        high=known_high,
        qualifier=qualifier,
        period="2023",
        href=f"{DATA}#x-1.{value}",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the tests name fields of Mark


def drawn_bars(*marks: Mark) -> str:
    """Draw bars whose words do not matter."""
    return bars(marks, WORDS).html


def drawn_dots(*marks: Mark) -> str:
    """Draw dots whose words do not matter."""
    return dots({"": marks}, WORDS).html


def drawn_slope(*marks: Mark, derived_text: str = "+1%") -> str:
    """Draw a slope whose words do not matter."""
    return slope(marks, derived_text, WORDS).html


def drawn_areas(*marks: Mark) -> str:
    """Draw squares whose words do not matter."""
    return areas(marks, WORDS).html


def drawn_grid(*marks: Mark) -> str:
    """Draw a grid of one row, its last cell empty."""
    return grid({"Row": [*marks, None]}, ["Column"] * (len(marks) + 1), WORDS).html


def drawn_chain(*marks: Mark) -> str:
    """Draw a chain whose last step has all the figures."""
    return steps("chain", [Step(name="First"), Step(name="Last", marks=marks)], WORDS).html


def drawn_pairing(*marks: Mark) -> str:
    """Draw a pairing of the first figure with the others."""
    return pairing(marks[:1], marks[1:], "via", WORDS).html


def drawn_nested(*marks: Mark) -> str:
    """Draw parts whose last one is their total."""
    return nested(marks[:-1], marks[-1], WORDS).html


def drawn_cascade(*marks: Mark) -> str:
    """Draw amounts whose last one is their total."""
    return cascade(marks[:-1], marks[-1], WORDS).html


def drawn_shares(*marks: Mark) -> str:
    """Draw parts of the first figure, each with its share."""
    share = mark(1, "derived", text="shared", href="#share")
    return shares(marks[0], [(part, share) for part in marks[1:]], WORDS).html


def solid_widths(html: str) -> list[Decimal]:
    """List the lengths of the solid parts of bars, in percent of the width."""
    return [Decimal(w) for w in re.findall(r'kb-chart__solid" x="[\d.]+%" y="5" width="([\d.]+)%"', html)]


# ------------------------------------------------------------------ golden files


def golden_bars(language: Language) -> str:
    """Draw the money of section 2 with a hedged sum beside exact ones."""
    zh = language == "zh"
    unstated = "年份未说明" if zh else "year not stated"
    marks = [
        mark(
            270000000,
            low=Decimal(265000000),
            high=Decimal(275000000),
            label="职业培训和职业教育经费" if zh else "Spending on vocational training and education",
            text="2.7 亿元" if zh else "270 million yuan",
            period=unstated,
        ),
        mark(
            8667000,
            low=Decimal(8666500),
            high=Decimal(8667500),
            label="兑付解除劳动合同补偿金" if zh else "Severance pay paid out",
            text="866.7 万元" if zh else "8.667 million yuan",
            period=unstated,
        ),
        mark(
            700000,
            "at_least",
            label="技术创新激励资金" if zh else "Incentive payments for innovation",
            text="70 万元以上" if zh else "at least 700,000 yuan",
            period="2022 年" if zh else "2022",
        ),
    ]
    title = "三笔经费" if zh else "Three sums"
    finding = "培训经费最多。" if zh else "Training takes the most."
    return bars(marks, Caption(title=title, finding=finding, language=language)).html


def golden_dots(language: Language) -> str:
    """Draw the leading group: departments, documents and contest brands."""
    zh = language == "zh"
    marks = [
        mark(
            19,
            label="领导小组成员部门数" if zh else "Departments in the leading group",
            text="19 个" if zh else "19 departments",
        ),
        mark(
            100,
            "at_least",
            label="印发制度文件数" if zh else "Reform documents issued",
            text="100 项以上" if zh else "at least 100",
        ),
        mark(
            40, "nearly", label="职工数" if zh else "Employees", text="近 40 人" if zh else "nearly 40 people"
        ),
    ]
    title = "领导小组" if zh else "The leading group"
    finding = "文件多于部门。" if zh else "There are more documents than departments."
    return dots({"": marks}, Caption(title=title, finding=finding, language=language)).html


def golden_slope(language: Language) -> str:
    """Draw the workforce, whose first year is not stated."""
    zh = language == "zh"
    label = "产业工人" if zh else "Industrial workers"
    marks = [
        mark(
            138700,
            label=label,
            text="13.87 万人" if zh else "138,700 people",
            period="未说明（不晚于 2023 年 6 月 20 日）" if zh else "not stated (not after 20 June 2023)",
            dated=False,
        ),
        mark(
            177100,
            label=label,
            text="17.71 万人" if zh else "177,100 people",
            period="2023 年" if zh else "2023",
        ),
    ]
    derived = "+27.7%（推算）" if zh else "27.7% (derived)"
    finding = "产业工人增加了。" if zh else "The workforce grew."
    return slope(marks, derived, Caption(title=label, finding=finding, language=language)).html


def few(language: Language) -> tuple[list[Mark], Caption]:
    """Make a few counts and the words around them."""
    zh = language == "zh"
    labels = ("农户", "合作社", "工厂") if zh else ("Households", "Cooperatives", "Plants")
    marks = [
        mark(value, label=label, text=f"{value} 个" if zh else str(value))
        for value, label in zip((12, 4, 9), labels, strict=True)
    ]
    return marks, Caption(
        title="石斛" if zh else "Dendrobium",
        finding="农户最多。" if zh else "Households lead.",
        language=language,
        source="来源" if zh else "Source",
        folder="../assets/charts/",
        page="page.md",
    )


def golden_grid(language: Language) -> str:
    """Draw counts by level, one cell not told."""
    marks, words = few(language)
    heads = ["人大", "政协"] if language == "zh" else ["Congress", "CPPCC"]
    return grid({heads[0]: [marks[0], None], heads[1]: marks[1:]}, heads, words).html


def golden_areas(language: Language) -> str:
    """Draw amounts, one of them a lower bound."""
    marks, words = few(language)
    return areas([marks[0], replace(marks[1], qualifier="at_least", high=None)], words).html


def golden_parts(language: Language) -> str:
    """Draw counts within their total, and that within a larger whole."""
    marks, words = few(language)
    around = Around(mark(20), mark(7, "derived"))
    return nested(marks[1:], replace(marks[0], value=Decimal(13)), words, around).html


def golden_steps(language: Language) -> str:
    """Draw a chain of a step with words and one with figures."""
    marks, words = few(language)
    return steps("chain", [Step(name=marks[0].label, words="…"), Step(name="→", marks=marks)], words).html


def golden_pairing(language: Language) -> str:
    """Draw two that help one."""
    marks, words = few(language)
    return pairing(marks[:2], marks[2:], "…", words).html


def made(word: str = "…", heads: tuple[str, str, str] = ("by", "what", "for")) -> Flow:
    """Make a flow of two who act, three deeds and two who are served."""
    names = [f"{word}{place}" for place in range(3)]
    items = [
        Item(name=name, href=f"../1/#{name}", tag=word, acting=word, partners="", serves=word)
        for name in names
    ]
    return Flow(
        heads=heads,
        acting=names[:2],
        items=items,
        served=names[1:],
        before=[Tie("acts", 0, 0), Tie("helps", 1, 0), Tie("acts", 1, 1), Tie("acts", 1, 2)],
        after=[Tie("serves", 0, 0), Tie("serves", 1, 1), Tie("serves", 1, 2)],
    )


def golden_flow(language: Language) -> str:
    """Draw two who act, three deeds and two who are served."""
    _, words = few(language)
    return flow(made(words.source), words).html


def golden_poster(language: Language) -> str:
    """Draw the file of a chart."""
    marks, words = few(language)
    return dots({marks[0].label: marks}, words).drawing


GOLDENS: dict[str, Callable[[Language], str]] = {
    "bars": golden_bars,
    "dots": golden_dots,
    "slope": golden_slope,
    "grid": golden_grid,
    "areas": golden_areas,
    "parts": golden_parts,
    "steps": golden_steps,
    "pairing": golden_pairing,
    "flow": golden_flow,
    "poster": golden_poster,
}
DRAWN = (drawn_bars, drawn_dots, drawn_slope, drawn_areas, drawn_grid, drawn_chain, drawn_pairing)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", GOLDENS)
def test_golden(kind: str, language: Language) -> None:
    """Each kind of chart is drawn as in its golden file, in both languages."""
    expected = (GOLDEN / f"{kind}.{language}.html").read_text(encoding="utf-8")
    assert GOLDENS[kind](language) == expected


# ------------------------------------------------------------------ laws


@given(st.lists(st.integers(min_value=1, max_value=10**9), min_size=1, max_size=12))
def test_bars_are_as_long_as_their_values(values: list[int]) -> None:
    """A larger value never has a shorter bar, and the largest fills the width."""
    widths = solid_widths(drawn_bars(*(mark(value) for value in values)))
    by_value = [width for _, width in sorted(zip(values, widths, strict=True))]
    assert by_value == sorted(by_value)
    assert max(widths) == 100


@given(st.lists(st.integers(min_value=-(10**6), max_value=10**6), min_size=1, max_size=8))
def test_nothing_leaves_the_picture(values: list[int]) -> None:
    """Every share of the width lies from 0 to 100 per cent, below zero too."""
    html = drawn_bars(*(mark(value, hedge) for value in values for hedge in ("exact", *HEDGES[:4])))
    shares = [Decimal(share) for share in re.findall(r'"(-?[\d.]+)%"', html)]
    assert all(0 <= share <= 100 for share in shares)


@pytest.mark.parametrize("hedge", HEDGES)
def test_hedged_bars_end_open(hedge: str) -> None:
    """A bar is hatched or fades if and only if its figure is hedged."""
    assert not re.search("hatch|outline|fading", drawn_bars(mark(40)))
    opened = "fading" if hedge == "at_least" else "hatch"
    assert opened in drawn_bars(mark(40, hedge))


@pytest.mark.parametrize("hedge", HEDGES)
def test_hedged_dots_end_open(hedge: str) -> None:
    """Dots are ringed or fade if and only if their figure is hedged."""
    assert not re.search("ring|fading", drawn_dots(mark(40)))
    opened = "fading" if hedge == "at_least" else "ring"
    assert opened in drawn_dots(mark(40, hedge))


@pytest.mark.parametrize("hedge", HEDGES)
def test_hedged_points_have_a_whisker(hedge: str) -> None:
    """A point has a whisker if and only if its figure is hedged."""
    assert "whisker" not in drawn_slope(mark(30), mark(40))
    assert f"kb-chart__whisker--{hedge}" in drawn_slope(mark(30), mark(40, hedge))


@given(st.integers(min_value=0, max_value=300))
def test_dots_can_be_counted(value: int) -> None:
    """An exact count has as many dots, ten a frame."""
    html = drawn_dots(mark(value))
    assert html.count('"kb-chart__solid"') == value
    assert html.count("<svg viewBox") == -(-value // 10)


def test_hedged_dots_leave_open_what_the_hedge_does() -> None:
    """Nearly 40 shows 39 and a ring; 40 or more shows 40 and three fading; 3 to 7 shows 3 and four rings."""
    shown = [
        [html.count(f'"kb-chart__{kind}"') for kind in ("solid", "ring", "fading-1", "fading-3")]
        for html in (
            drawn_dots(mark(40, "nearly")),
            drawn_dots(mark(40, "at_least")),
            drawn_dots(mark(3, "range")),
        )
    ]
    assert shown == [[39, 1, 0, 0], [40, 0, 1, 1], [3, 4, 0, 0]]


def test_bars_start_at_zero_and_a_range_is_solid_to_its_lower_end() -> None:
    """30 to 61 is solid up to 30 and hatched from there to 61, the end of the scale."""
    html = drawn_bars(mark(30, "range"))
    assert solid_widths(html) == [Decimal("49.18")]
    assert '<line class="kb-chart__hatch" x1="49.18%" x2="100%"' in html


def test_an_unstated_period_is_an_open_mark() -> None:
    """A period that is not stated gets a ring and a dashed lead-in, a stated one a disc."""
    html = drawn_slope(mark(30, period="not stated (not after 20 June 2023)", dated=False), mark(40))
    assert [html.count(name) for name in ("undated", "__dated", "__lead")] == [1, 1, 1]


def test_rounding_is_drawn_where_it_can_be_seen() -> None:
    """A rounding interval of half the value has a bracket, one of a thousandth has none."""
    coarse = mark(20, low=Decimal(15), high=Decimal(25))
    fine = mark(20, low=Decimal("19.99"), high=Decimal("20.01"))
    assert "rounding" in drawn_bars(coarse)
    assert "rounding" not in drawn_bars(fine)


@pytest.mark.parametrize("draw", DRAWN)
def test_every_figure_is_shown_and_linked_twice(draw: Callable[..., str]) -> None:
    """Each mark's text stands in the picture and in its table, with the link to its data row."""
    marks = [mark(12), mark(31, "at_least"), mark(7, "nearly")]
    html = draw(*marks)
    for each in marks:
        assert len(re.findall(f'href="{re.escape(each.href)}">{each.text}</a>', html)) == 2


HOSTILE = '<script>`a` & "b" {{ c }} {% d %}\''


@pytest.mark.parametrize("draw", DRAWN)
def test_labels_are_data(draw: Callable[..., str]) -> None:
    """Markup for HTML, Markdown or Jinja in any text appears as typed and acts on nothing."""
    hostile = mark(9, label=HOSTILE, text=HOSTILE, period=HOSTILE, href=f"#{HOSTILE}")
    html = draw(hostile, hostile)
    assert not re.search(r"<script|[`{}]", html)
    assert unescape(html).count(HOSTILE) == html.count("&lt;script")
    assert html.count("&lt;script") >= 6


def test_a_derived_number_may_be_a_link() -> None:
    """Markup given as derived text is kept, so that the number can lead to its relation."""
    link = '<a class="fig fig--derived" href="#r06">+27.7%</a>'
    assert link in drawn_slope(mark(1), mark(2), derived_text=Markup(link))  # noqa: S704  # a literal


def test_identities_differ_within_a_page() -> None:
    """Charts of other figures, or of another kind, have other ids; the same chart keeps its id."""
    charts = [drawn_bars(mark(1)), drawn_bars(mark(2)), drawn_dots(mark(1)), drawn_bars(mark(1))]
    names = [re.findall(r'\bid="([^"]+)"', html) for html in charts]
    assert [len(found) for found in names] == [1, 1, 1, 1]
    assert names[0] == names[3]
    assert len({found[0] for found in names}) == 3


def test_nothing_ends_a_raw_html_block() -> None:
    """A chart has no blank line and no indented line, so that Markdown passes it on untouched."""
    for draw in (*DRAWN, drawn_shares):
        html = draw(mark(1), mark(2))
        assert not re.search(r"\n\s", html)
        assert "style=" not in html


def test_areas_are_in_proportion() -> None:
    """Four times the amount has twice the side."""
    sides = re.findall(r'kb-chart__solid" width="([\d.]+)"', drawn_areas(mark(400), mark(100)))
    assert sides == ["168", "84"]


@pytest.mark.parametrize("hedge", HEDGES)
def test_hedged_squares_end_open(hedge: str) -> None:
    """A square has an outline if and only if its figure is hedged; a lower bound has arrows instead."""
    assert not re.search("outline|arrow", drawn_areas(mark(40)))
    opened = "arrow" if hedge == "at_least" else "outline"
    assert re.findall("outline|arrow", drawn_areas(mark(40, hedge))) == [opened]


def test_arrows_do_not_shrink() -> None:
    """The arrows of a lower bound are as long beside a square of 4 px as beside one of 168 px."""
    drawn = drawn_areas(mark(10**6), mark(10**6, "at_least"), mark(600, "at_least"))
    assert len(re.findall(r"v10m-4-4l4 4 4-4M[\d. ]+h10m-4-4l4 4-4 4", drawn)) == 2


def test_parts_continue_one_another() -> None:
    """The second of two amounts begins where the first ends, and the total takes in both."""
    html = drawn_cascade(mark(30), mark(10), mark(40))
    starts = re.findall(r'(whole|solid)" x="([\d.]+)%" y="5" width="([\d.]+)%"', html)
    assert starts == [("solid", "0", "75"), ("solid", "75", "25"), ("whole", "0", "100")]


def test_what_is_beside_the_total_is_hollow() -> None:
    """Of 20, 13 are parts and drawn solid; the 7 that are not told apart are rings of another colour."""
    html = nested([mark(9), mark(4)], mark(13), WORDS, Around(mark(20), mark(7, "derived"))).html
    assert html.count(">7 printed</a>") == 2
    assert [html.count(f'"kb-chart__{kind}"') for kind in ("solid", "rest")] == [13, 7]


def test_shares_are_drawn_beside_their_whole() -> None:
    """Each part starts at zero on the whole's track; nothing is stacked."""
    html = drawn_shares(mark(100), mark(30), mark(20))
    assert solid_widths(html) == [30, 20]
    assert html.count('"kb-chart__whole"') == 3
    assert html.count(">shared</a>") == 4


def test_a_file_escapes_what_it_shows() -> None:
    """The SVG file of a chart is well-formed whatever stands in labels, title and finding."""
    words = Caption(title=HOSTILE, finding=HOSTILE, language="zh", source=HOSTILE)
    drawing = bars([mark(3, label=HOSTILE, text=HOSTILE)], words).drawing
    said = "".join(ET.fromstring(drawing).itertext())  # noqa: S314  # made here
    assert said.count(HOSTILE) >= 2
    assert "<script" not in drawing


def strips(html: str) -> list[tuple[list[tuple[str, str, str]], int]]:
    """List the lanes beside the rows of a flow, left and right in turn: lines as (x, top, end), and dots."""
    lane = re.compile(r'x1="(\d+)" x2="\1" y1="(\d+)%" y2="(\d+)%"')
    found = re.findall(r'<svg class="kb-chart__lanes">(.*?)</svg>', html)
    return [(lane.findall(strip), strip.count("<circle")) for strip in found]


def test_lanes_lead_from_names_past_deeds_to_names() -> None:
    """A lane begins in the row of who acts and ends at the last deed, another where someone is served."""
    left, right = strips(flow(made(), WORDS).html)[::2], strips(flow(made(), WORDS).html)[1::2]
    first, second = [("6", "50", "100"), ("6", "0", "100"), ("6", "0", "50")], "15"
    assert [row[0][:1] for row in left[:3]] == [[lane] for lane in first]
    assert left[4] == ([(second, "0", "50")], 1)
    assert [dots for _, dots in left] == [0, 0, 2, 1, 1, 0, 0]
    assert right[2] == ([("9", "50", "100")], 1)
    assert right[-1] == ([("18", "0", "50")], 0)


def test_ties_meet_the_middle_of_rows() -> None:
    """Of two who act the first stands at a quarter of the height, of three deeds the second at the half."""
    html = flow(made(), WORDS).html
    assert re.findall(r'tie--(\w+)" d="M0 ([\d.]+)C.*? 100 ([\d.]+)"', html)[:3] == [
        ("acts", "25", "16.67"),
        ("helps", "75", "16.67"),
        ("acts", "75", "50"),
    ]


def test_words_of_a_flow_are_data() -> None:
    """Markup in a flow appears as typed, in the page and in the file."""
    chart = flow(made(HOSTILE, (HOSTILE, HOSTILE, HOSTILE)), WORDS)
    assert not re.search(r"<script|[`{}]", chart.html)
    assert "<script" not in "".join(chart.drawing.split("</style>"))
    assert HOSTILE[:12] in "".join(ET.fromstring(chart.drawing).itertext())  # noqa: S314  # made here


def test_a_flow_without_names() -> None:
    """A column without names has nothing to tie."""
    message = "flow: an empty column given, names in all three expected; leave out what has no ties"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        flow(replace(made(), served=[]), WORDS)


def test_lines_break_between_words_and_characters() -> None:
    """Chinese breaks anywhere but before a closing sign; English between words."""
    assert broken("产业工人队伍壮大，很好。", 8) == ["产业工人队伍壮大，", "很好。"]
    assert broken("one two three", 4.5) == ["one two", "three"]
    assert broken("drill–contest–reward", 8) == ["drill–contest–", "reward"]
    assert broken("来源（非官方）", 3) == ["来源", "（非官", "方）"]
    assert broken("at https://example.org/en/#y.1", 12) == ["at", "https://example.org", "/en/#y.1"]


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (drawn_bars, "bars: 0 figures given, at least 1 expected; name more figures"),
        (drawn_dots, "dots: 0 figures given, at least 1 expected; name more figures"),
        (drawn_slope, "slope: 0 figures given, at least 2 expected; name more figures"),
    ],
)
def test_no_figures(draw: Callable[..., str], message: str) -> None:
    """A chart without figures is an error."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        draw()


@pytest.mark.parametrize("value", ["2.5", "-1", "301"])
def test_dots_that_cannot_be_counted(value: str) -> None:
    """Fractions, negative and large numbers are no dots."""
    message = f"dots: Counted: {value} given, a whole number from 0 to 300 expected; use bars"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        drawn_dots(mark(value))


def test_a_range_without_its_end() -> None:
    """A range needs two ends."""
    message = (
        "Counted: range from 3 to None given, exact, about, nearly, at_least, at_most or a range "
        "with two ends expected; correct the qualifier or give both ends"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        drawn_bars(mark(3, "range", high=None))


def test_a_hedged_part() -> None:
    """What is hedged cannot be a part of a sum."""
    message = "parts: Counted: 3 printed given, an exact number from 0 expected; use bars"
    for draw in (drawn_nested, drawn_cascade):
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            draw(mark(3, "nearly"), mark(4), mark(7))


def test_an_amount_too_small_to_see() -> None:
    """A square of a millionth of the largest would not be seen."""
    message = "areas: Counted: 1 printed given, an amount that can be seen expected; name fewer"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        drawn_areas(mark(1), mark(10**6))


def test_a_row_of_another_length() -> None:
    """Every row of a grid has a cell for each column."""
    message = "grid: Row: 1 cells given, 2 expected; leave '' for an empty one"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        grid({"Row": [mark(1)]}, ["A", "B"], WORDS)


def test_a_single_step() -> None:
    """One step leads nowhere."""
    message = "chain: 1 steps given, at least 2 expected; name more steps"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        steps("chain", [Step(name="Only")], WORDS)


if __name__ == "__main__":
    for name, golden in GOLDENS.items():
        (GOLDEN / f"{name}.zh.html").write_text(golden("zh"), encoding="utf-8", newline="\n")
        (GOLDEN / f"{name}.en.html").write_text(golden("en"), encoding="utf-8", newline="\n")
