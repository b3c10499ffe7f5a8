"""Pages stand in both languages, cite what exists, tell every figure and hold no typed number."""

from __future__ import annotations

import inspect
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from describing import URL, publication
from kuaibao import api
from kuaibao.charts.dot_chart import MOST
from kuaibao.checks import check
from kuaibao.checks.calls import MOST_DOTS
from kuaibao.checks.links import generated_pages
from kuaibao.checks.macros import MACROS, USAGE
from kuaibao.datasets import dataset, everything
from kuaibao.errors import LANGUAGES
from kuaibao.handwritten import pages
from kuaibao.load import load
from kuaibao.render import Blocks, Edition, Surroundings, render
from kuaibao.render.macros import Macros

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project


def _without_home(project: Project) -> None:
    for language in LANGUAGES:
        (project.root / "docs" / language / "index.md").unlink()


BROKEN: dict[str, Callable[[Project], object]] = {
    "one_language": lambda p: (p.root / "docs/en/index.md").unlink(),
    "turned": lambda p: p.append("docs/zh/index.md", "看\u202e不见"),
    "control": lambda p: p.append("docs/en/index.md", "a\x07b"),
    "braces": lambda p: p.append("docs/zh/index.md", '{{ fig("test-001.1.02" }}'),
    "filter": lambda p: p.append("docs/zh/index.md", '{{ fig("test-001.1.02") | nothing }}'),
    "macro": lambda p: p.append("docs/en/index.md", '{{ figure("test-001.1.02") }}'),
    "figure_unknown": lambda p: p.append("docs/zh/index.md", '{{ fig("test-001.1.99") }}'),
    "figure_misspelt": lambda p: p.append("docs/zh/index.md", '{{ fig("test-001.1.2") }}'),
    "relation_unknown": lambda p: p.append("docs/zh/index.md", '{{ derived("test-001.r09") }}'),
    "finding_unknown": lambda p: p.replace(
        "docs/en/bulletins/test-001/index.md", "{test-001.2.04}", "{test-001.2.14}"
    ),
    "chart_unknown": lambda p: p.append(
        "docs/en/index.md", '{{ bars(["test-001.1.03", "test-001.3.01"], title="T", finding="F") }}'
    ),
    "bulletin_unknown": lambda p: p.append("docs/en/index.md", '{{ completeness("test-002") }}'),
    "link_unknown": lambda p: p.append("docs/en/index.md", "[row](bulletins/test-001/data/#test-001.1.77)"),
    "digit": lambda p: p.append("docs/zh/index.md", "有 36 条河道。"),
    "thousands": lambda p: p.append("docs/en/index.md", "It reached 160,000 people in 2023."),
    "full_width": lambda p: p.append("docs/zh/index.md", "有３６条河道。"),
    "circled": lambda p: p.append("docs/zh/index.md", "见附表②。"),
    "chinese_words": lambda p: p.append("docs/zh/index.md", "来了三十名志愿者。"),
    "chinese_year": lambda p: p.append("docs/zh/index.md", "始于二〇二三年。"),
    "english_words": lambda p: p.append("docs/en/index.md", "Thirty-six rivers and two lakes."),
    "macro_text": lambda p: p.replace(
        "docs/zh/bulletins/test-001/index.md", 'title="受益群众"', 'title="16 万群众"'
    ),
    "front_matter": lambda p: p.replace(
        "docs/en/index.md", "restored its small rivers", "restored 36 small rivers"
    ),
    "alternative_text": lambda p: p.append(
        "docs/en/index.md", '<img src="map-2.png" alt="Map of 36 rivers">'
    ),
    "alternative_text_in_markdown": lambda p: p.append("docs/en/index.md", "![Map of 36 rivers](map-2.png)"),
    "untold": lambda p: p.replace(
        "docs/zh/bulletins/test-001/index.md", '{{ fig("test-001.1.05") }}', "很多"
    ),
    "told_in_a_comment_only": lambda p: p.replace(
        "docs/en/bulletins/test-001/index.md", '{{ fig("test-001.1.01") }}', "{# test-001.1.01 #}"
    ),
    "no_docs": lambda p: shutil.rmtree(p.root / "docs"),
    "no_home": _without_home,
    # Numbers typed by hand, in whatever dress.
    "printed_number": lambda p: p.append("docs/zh/index.md", "{{ 177100 }} 人"),
    "printed_sum": lambda p: p.append("docs/en/index.md", "{{ 20 + 3 }}"),
    "printed_list": lambda p: p.append("docs/en/index.md", "{{ [1,2]|tojson }}"),
    "printed_text": lambda p: p.append("docs/en/index.md", '{{ "two" }}'),
    "printed_length": lambda p: p.append("docs/zh/index.md", '{{ "甲乙丙"|length }}万'),
    "joined": lambda p: p.append("docs/zh/index.md", "{{ fig('test-001.1.02') ~ 23 }}"),
    "attribute": lambda p: p.append("docs/en/index.md", "{{ fig.__globals__ }}"),
    "item": lambda p: p.append("docs/en/index.md", '{{ fig("test-001.1.02")[0] }}'),
    "statement": lambda p: p.append("docs/en/index.md", "{% set rivers = 36 %}{{ rivers }}"),
    "raw": lambda p: p.append("docs/en/index.md", "{% raw %}{{ 36 }}{% endraw %}"),
    "macro_alone": lambda p: p.append("docs/en/index.md", "{{ fig }}"),
    "variable": lambda p: p.append("docs/en/index.md", "{{ workers }}"),
    "entities": lambda p: p.append("docs/zh/index.md", "有&#x32;&#x33;条河道，&frac12;完工。"),
    "angle_brackets": lambda p: p.append("docs/zh/index.md", "<17.71 万人>"),
    "like_an_id": lambda p: p.append("docs/en/index.md", "They had no-177100 workers, test-001.177100."),
    "bare_attribute": lambda p: p.append("docs/en/index.md", "<abbr title=23>rivers</abbr>"),
    "upper_case_attribute": lambda p: p.append("docs/en/index.md", '<abbr TITLE="23">rivers</abbr>'),
    "spaced_attribute": lambda p: p.append("docs/en/index.md", '<abbr title = "23">rivers</abbr>'),
    "attribute_list": lambda p: p.append("docs/en/index.md", 'Rivers.\n{: title="23 rivers" }'),
    "value": lambda p: p.append("docs/zh/index.md", '<input value="23 万人">'),
    "list_item": lambda p: p.append("docs/zh/index.md", "<ol><li value=23>条河道</li></ol>"),
    "list_start": lambda p: p.append("docs/zh/index.md", "<ol start=23><li>条河道</li></ol>"),
    "list_marker": lambda p: p.append("docs/zh/index.md", "\n23. 条河道"),
    "code_in_html": lambda p: p.append("docs/en/index.md", "\n<p>`23` rivers</p>"),
    "escaped_text": lambda p: p.append(
        "docs/en/index.md", r'{{ bars(["test-001.1.02"], title="\x32\x33 rivers", finding="Rivers.") }}'
    ),
    "share_words": lambda p: p.append(
        "docs/en/index.md", "Half the rivers, twice the work; it doubled, a tenfold rise, zero accidents."
    ),
    "fraction_words": lambda p: p.append("docs/en/index.md", "A third of the rivers, a quarter of the cost."),
    "chinese_share_words": lambda p: p.append("docs/zh/index.md", "收入翻番，兄弟俩，零事故，过半完工。"),
    # What would load or run.
    "foreign_picture": lambda p: p.append("docs/zh/index.md", "![河](https://evil.example/a.png)"),
    "foreign_picture_by_name": lambda p: p.append(
        "docs/zh/index.md", "![河][a]\n\n[a]: //evil.example/a.png"
    ),
    "frame": lambda p: p.append("docs/en/index.md", "<iframe src=//evil.example></iframe>"),
    "script": lambda p: p.append("docs/en/index.md", "<script>alert()</script>"),
    "script_in_code_in_html": lambda p: p.append("docs/en/index.md", "\n<p>`<script>alert()</script>`</p>"),
    "styles": lambda p: p.append("docs/en/index.md", "<style>body { color: red }</style>"),
    "handler": lambda p: p.append("docs/en/index.md", '<b onclick="alert()">rivers</b>'),
    "handler_in_attribute_list": lambda p: p.append("docs/en/index.md", "Rivers.\n{: onclick=alert() }"),
    "brackets_without_end": lambda p: p.append("docs/en/index.md", "{{ " + "(" * 3000 + " }}"),
    "trimmed": lambda p: p.append("docs/en/index.md", "Rivers\n\n{{- contact() -}}\n\n36"),
    "foreign_form": lambda p: p.append("docs/en/index.md", '<form action="https://evil.example/"></form>'),
    "foreign_attribute": lambda p: p.append("docs/en/index.md", "<IMG SRC='https://evil.example/a.png'>"),
    "foreign_style": lambda p: p.append(
        "docs/en/index.md", '<b style="background: url(//evil.example)">b</b>'
    ),
    "script_link": lambda p: p.append("docs/en/index.md", "[rivers](java&#115;cript:alert)"),
    "script_link_in_html": lambda p: p.append("docs/en/index.md", '<a href="JavaScript:alert()">rivers</a>'),
    "file_link": lambda p: p.append("docs/en/index.md", "[rivers](file:///etc/hosts)"),
    "licence_address": lambda p: p.edit_json("test-001", "licenses", 0, "path", value="javascript:alert()"),
    "source_address": lambda p: p.edit_json("test-001", "sources", 0, "path", value="file:///etc/hosts"),
    # What the renderer would refuse.
    "relation_as_figure": lambda p: p.append("docs/en/index.md", '{{ fig("test-001.r02") }}'),
    "figure_as_relation": lambda p: p.append("docs/en/index.md", '{{ derived("test-001.1.02") }}'),
    "bulletin_as_figure": lambda p: p.append("docs/en/index.md", '{{ card("test-001") }}'),
    "nothing_given": lambda p: p.append("docs/en/index.md", "{{ fig() }}"),
    "too_much_given": lambda p: p.append("docs/en/index.md", '{{ fig("test-001.1.02", "rivers") }}'),
    "unknown_parameter": lambda p: p.append("docs/en/index.md", '{{ fig("test-001.1.02", unit=False) }}'),
    "call_in_a_call": lambda p: p.append("docs/en/index.md", "{{ fig(contact()) }}"),
    "fact": lambda p: p.append("docs/en/index.md", '{{ bulletin("test-001", "colour") }}'),
    "section": lambda p: p.append("docs/zh/index.md", '{{ figures_table("test-001", 9) }}'),
    "no_bars": lambda p: p.append("docs/zh/index.md", '{{ bars([], title="河", finding="河。") }}'),
    "no_finding": lambda p: p.append("docs/zh/index.md", '{{ bars(["test-001.1.02"], title="河") }}'),
    "figure_in_title": lambda p: p.append(
        "docs/zh/index.md", '{{ dots(["test-001.1.02"], title="{test-001.1.02}", finding="河。") }}'
    ),
    "many_dots": lambda p: p.append(
        "docs/zh/index.md", '{{ dots(["test-001.2.04"], title="人", finding="人。") }}'
    ),
    "dots_of_money": lambda p: p.append(
        "docs/zh/index.md", '{{ dots(["test-001.1.07"], title="钱", finding="钱。") }}'
    ),
    "short_slope": lambda p: p.append(
        "docs/zh/index.md",
        '{{ slope(["test-001.2.04"], derived="test-001.r02", title="人", finding="人。") }}',
    ),
    "mixed_units": lambda p: p.append(
        "docs/en/index.md", '{{ bars(["test-001.1.05", "test-001.1.07"], title="T", finding="F.") }}'
    ),
    "finding_of_another_chart": lambda p: p.append(
        "docs/en/index.md", '{{ dots(["test-001.1.01"], title="T", finding="Of {test-001.1.05}.") }}'
    ),
    "parts_of_no_sum": lambda p: p.append(
        "docs/zh/index.md", '{{ parts("test-001.r02", title="水", finding="水。") }}'
    ),
    "derived_from_others": lambda p: p.append(
        "docs/zh/index.md",
        '{{ slope(["test-001.2.01", "test-001.2.02"], derived="test-001.r02", title="水", finding="水。") }}',
    ),
    "page_nowhere": lambda p: p.append("docs/zh/index.md", "[河](nope.md)"),
    "address_nowhere": lambda p: p.append("docs/zh/index.md", '<a href="bulletins/test-001/9/">河</a>'),
    "part_nowhere": lambda p: p.append("docs/en/index.md", "[rivers](#nope)"),
    "part_of_another_page_nowhere": lambda p: p.append(
        "docs/en/index.md", "[rivers](bulletins/test-001/index.md#nope)"
    ),
    "cited_in_one_language": lambda p: p.append("docs/zh/index.md", '{{ fig("test-001.1.02") }}'),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("zh", "一个县、一条河，“五一”之后第一次巡河。"),
        ("zh", "1. 先看河。"),
        ("zh", "见 [数据](bulletins/test-001/data/#test-001.1.02)，或 https://example.org/2023/06。"),
        ("zh", '<img src="map-2.png" width="300" alt="河道图">'),
        ("zh", "运行 `kuaibao read --port 8000`。"),
        ("zh", "{# 2023 年再看 #}"),
        ("en", "Licensed under CC BY 4.0; see test-001."),
        ("en", "One county, first among equals."),
        ("en", "## Rivers {#rivers-2}".replace("{#", "{: #")),
        ("en", "```\nvalue = 36\n```"),
        ("en", '{{ figures_table("test-001", 1) }} {{ completeness("test-001") }} {{ contact() }}'),
        ("zh", "\n1. 看河。\n2. 巡河。\n3. 治河。"),
        ("en", "Double-click; it does not mean zero. A half-hearted second try, for the third time."),
        (
            "en",
            "See [all](data.md), [it](bulletins/test-001/index.md#outcomes), [model](guide/model.md).",
        ),
        (
            "en",
            '<a href="bulletins/test-001/1/">Rivers</a> <a href="quality/">quality</a> <a href="./">home</a>',
        ),
        ("en", "# Small rivers {: #small }\n\n[up](#small) [write](mailto:office@example.org)"),
        ("en", "Write `<script>` for neither; a < b."),
    ],
)
def test_allowed(path: str, line: str, project: Project) -> None:
    """Names, markup, code, addresses and comments may hold digits."""
    assert project.append(f"docs/{path}/index.md", line).told() == []


def test_fixed_name_is_no_licence_for_longer_numbers(project: Project) -> None:
    """A fixed name covers itself, and not a number that begins like it."""
    project.append("docs/en/index.md", "The county used CC BY 4.07 and NCC BY 4.0.")
    assert [problem.value for problem in project.problems()] == ["4.07, 4.0"]


def test_macros_are_those_of_the_renderer(project: Project) -> None:
    """The check knows the very macros that the renderer binds, with the very parameters."""
    edition = Edition(archive=load(project.root), language="en", site_url="", contact="")
    bound = Macros(edition, Blocks(edition), "index.md").bound()
    taken = {
        name: [
            (each.name, each.kind is each.KEYWORD_ONLY, each.default is not each.empty)
            for each in inspect.signature(macro).parameters.values()
        ]
        for name, macro in bound.items()
    }
    known = {
        name: [(key, each.keyword, each.optional) for key, each in parameters.items()]
        for name, parameters in MACROS.items()
    }
    assert known == taken
    assert set(USAGE) == set(MACROS)
    assert MOST_DOTS == MOST


def test_generated_pages_are_those_of_the_renderer(project: Project) -> None:
    """The check knows the very pages that the renderer makes."""
    archive = load(project.root)
    single = [dataset(package, archive, URL) for package in archive.packages()]
    written = api.files(archive, [*single, everything(single, URL)], publication())
    surroundings = Surroundings(
        site_url="",
        contact="",
        downloads=[],
        outcome=[],
        commands=[],
        api=json.loads(written[api.DESCRIPTION]),
    )
    rendered = render(archive, {}, surroundings)
    made = {path.partition("/")[2] for path in rendered if path.endswith(".md")}
    assert generated_pages(archive) == made


def test_one_package_is_checked_with_its_pages(project: Project) -> None:
    """Where one package is named, its own pages are checked, and no others."""
    project.append("docs/zh/index.md", "36").append("docs/zh/bulletins/test-001/index.md", "37")
    project.append("docs/en/bulletins/test-001/index.md", "[home](../../index.md)")
    problems = check(load(project.root), pages(project.root), names=["test-001"]).problems
    assert [(problem.code, problem.value) for problem in problems] == [("page-digit", "37")]
