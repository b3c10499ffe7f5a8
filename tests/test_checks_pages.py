"""Pages stand in both languages, cite what exists, tell every figure and hold no typed number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kuaibao.checks.pages import MACROS
from kuaibao.load import load
from kuaibao.render import Blocks, Edition
from kuaibao.render.macros import Macros

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project

BROKEN: dict[str, Callable[[Project], object]] = {
    "one_language": lambda p: (p.root / "docs/en/index.md").unlink(),
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
        ("en", "{% set rivers = fig('test-001.1.02') %}{{ rivers }}"),
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
    """The check knows the very macros that the renderer binds."""
    edition = Edition(archive=load(project.root), language="en", site_url="", contact="")
    assert set(Macros(edition, Blocks(edition), "index.md").bound()) == MACROS
