"""Where the text is at hand, every place in it is verified, and no sentence is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project

BROKEN: dict[str, Callable[[Project], object]] = {
    "text_missing": lambda p: (p.root / "sources/test-001.txt").unlink(),
    "text_changed": lambda p: p.append("sources/test-001.txt", "。"),
    "windows_line_endings": lambda p: p.replace("sources/test-001.txt", "\n", "\r\n"),
    "encoding": lambda p: p.recode("sources/test-001.txt", "gb18030").rehash(),
    "offset": lambda p: p.edit_row("numerals", 8, start="90", end="94"),
    "last_section": lambda p: p.edit_csv("sections", 4, "end", "266"),
    "paragraph": lambda p: p.edit_csv("numerals", 8, "paragraph", "2"),
    "date_called_a_name": lambda p: p.edit_csv("numerals", 2, "kind", "name"),
    "enumerator_called_an_ordinal": lambda p: p.edit_csv("numerals", 6, "kind", "ordinal"),
    "numeral_missing": lambda p: p.drop_row("numerals", 5),
    "hedge_left_out": lambda p: p.edit_row("numerals", 11, start="114", printed="400 名").edit_csv(
        "figures", 6, "qualifier", "exact"
    ),
    "digit_left_out": lambda p: p.edit_row("numerals", 7, start="79", printed="2 个").edit_csv(
        "figures", 2, "value", "2"
    ),
    "sentence_in_a_description": lambda p: p.edit_csv(
        "measures", 2, "description_zh", "口号是清水入湖：青禾县整治小河道一、治河全县。"
    ),
    "sentence_in_a_page": lambda p: p.append(
        "docs/zh/index.md", "水质达标率提高了，水清入湖：青禾县整治小河道一、治河全县。"
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]
