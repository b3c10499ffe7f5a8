"""Labels and notes stand in both languages, each in its own, without digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project

BROKEN: dict[str, Callable[[Project], object]] = {
    "another_issue": lambda p: p.edit_json("test-001", "bulletin", "issue_zh", value="2024 年第 4 期"),
    "number_in_the_title": lambda p: p.edit_json("test-001", "title", value="河长制数据九千项"),
    "number_word_in_a_label": lambda p: p.edit_csv("measures", 2, "label_zh", "河道整治五百处"),
    "number_word_in_english": lambda p: p.edit_csv("measures", 2, "label_en", "Five hundred rivers"),
    "digit_in_a_code_list": lambda p: p.edit_csv("indicators", 2, "label_en", "200 townships"),
    "name_twice": lambda p: p.edit_csv("measures", 3, "label_en", "River works"),
    "note_in_one_language": lambda p: p.edit_csv("figures", 2, "note_en", ""),
    "english_in_chinese": lambda p: p.edit_csv("indicators", 2, "label_zh", "Townships"),
    "chinese_in_english": lambda p: p.edit_csv("measures", 2, "label_en", "河道 works"),
    "chinese_title": lambda p: p.edit_json("test-001", "title_en", value="青禾 in figures"),
    "digit_in_note": lambda p: p.edit_csv("figures", 2, "note_zh", "含新增的 2 个乡镇。"),
    "full_width_digit_in_description": lambda p: p.edit_csv(
        "measures", 2, "description_en", "All ３ rivers."
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]
