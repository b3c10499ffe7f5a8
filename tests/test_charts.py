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

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from kuaibao.charts import Mark, bars, dots, slope

if TYPE_CHECKING:
    from collections.abc import Callable

    from kuaibao.errors import Language

GOLDEN = Path(__file__).parent / "golden" / "charts"
DATA = "../bulletins/yncg-090/data/"
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
    return bars(marks, title="T", finding="F.", language="en")


def drawn_dots(*marks: Mark) -> str:
    """Draw dots whose words do not matter."""
    return dots(marks, title="T", finding="F.", language="en")


def drawn_slope(*marks: Mark, derived_text: str = "+1%") -> str:
    """Draw a slope whose words do not matter."""
    return slope(marks, derived_text=derived_text, title="T", finding="F.", language="en")


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
    return bars(marks, title=title, finding=finding, language=language)


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
    return dots(marks, title=title, finding=finding, language=language)


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
    return slope(marks, derived_text=derived, title=label, finding=finding, language=language)


GOLDENS: dict[str, Callable[[Language], str]] = {
    "bars": golden_bars,
    "dots": golden_dots,
    "slope": golden_slope,
}


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


@pytest.mark.parametrize("draw", [drawn_bars, drawn_dots, drawn_slope])
def test_every_figure_is_shown_and_linked_twice(draw: Callable[..., str]) -> None:
    """Each mark's text stands in the picture and in its table, with the link to its data row."""
    marks = [mark(12), mark(31, "at_least"), mark(7, "nearly")]
    html = draw(*marks)
    for each in marks:
        assert len(re.findall(f'href="{re.escape(each.href)}">{each.text}</a>', html)) == 2


HOSTILE = '<script>`a` & "b" {{ c }} {% d %}\''


@pytest.mark.parametrize("draw", [drawn_bars, drawn_dots, drawn_slope])
def test_labels_are_data(draw: Callable[..., str]) -> None:
    """Markup for HTML, Markdown or Jinja in any text appears as typed and acts on nothing."""
    hostile = mark(9, label=HOSTILE, text=HOSTILE, period=HOSTILE, href=f"#{HOSTILE}")
    html = draw(hostile, hostile)
    assert not re.search(r"<script|[`{}]", html.replace('style="--', ""))
    assert unescape(html).count(HOSTILE) == html.count("&lt;script")
    assert html.count("&lt;script") >= 8


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
    for html in (drawn_bars(mark(1)), drawn_dots(mark(1)), drawn_slope(mark(1), mark(2))):
        assert not re.search(r"\n\s", html)


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


if __name__ == "__main__":
    for name, golden in GOLDENS.items():
        (GOLDEN / f"{name}.zh.html").write_text(golden("zh"), encoding="utf-8", newline="\n")
        (GOLDEN / f"{name}.en.html").write_text(golden("en"), encoding="utf-8", newline="\n")
