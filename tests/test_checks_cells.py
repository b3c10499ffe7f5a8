"""A cell that breaks its schema is told once, with row, column letter and name, value and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project

BROKEN: dict[str, Callable[[Project], object]] = {
    "todo_code": lambda p: p.edit_csv("figures", 3, "indicator", "todo"),
    "todo_words": lambda p: p.edit_csv("measures", 2, "label_zh", "待办：河道整治"),
    "todo_number": lambda p: p.edit_csv("figures", 3, "value", "todo"),
    "trailing_blank": lambda p: p.edit_csv("figures", 3, "area", "999901 "),
    "ideographic_blank": lambda p: p.edit_csv("measures", 2, "label_zh", "\u3000河道整治"),
    "leftward": lambda p: p.edit_csv("measures", 2, "label_en", "River \u05d0 works"),
    "leftward_override": lambda p: p.edit_csv("measures", 2, "label_en", "River \u202eworks"),
    "zero_width": lambda p: p.edit_csv("figures", 2, "indicator", "town\u200bships"),
    "line_break": lambda p: p.edit_csv("measures", 2, "description_en", "One\nTwo"),
    "damaged": lambda p: p.edit_csv("measures", 2, "label_zh", "河道整\ufffd"),
    "full_width_digits": lambda p: p.edit_csv("figures", 3, "value", "３６"),
    "full_width_code": lambda p: p.edit_csv("figures", 3, "unit", "ｒiver"),
    "thousands": lambda p: p.edit_csv("figures", 8, "value", "270,000,000"),
    "text_in_number": lambda p: p.edit_csv("figures", 3, "value", "36 条"),
    "not_a_number": lambda p: p.edit_csv("figures", 3, "value", "NaN"),
    "exponent": lambda p: p.edit_csv("figures", 8, "value", "2.7E+08"),
    "underscore": lambda p: p.edit_csv("figures", 20 - 6, "value", "20_0"),
    "decimal_offset": lambda p: p.edit_csv("numerals", 2, "start", "8.0"),
    "superfluous_decimal": lambda p: p.edit_csv("figures", 8, "value", "270000000.0"),
    "leading_zero": lambda p: p.edit_csv("figures", 3, "value", "036"),
    "endless_offset": lambda p: p.edit_csv("numerals", 2, "end", "9" * 5000),
    "endless_section": lambda p: p.edit_csv("sections", 4, "section", "9" * 5000),
    "endless_number": lambda p: p.edit_csv("figures", 3, "value", "0.1234567890123456"),
    "dash_for_words": lambda p: p.edit_row("measures", 2, description_zh="-", description_en="…"),
    "digits_for_a_label": lambda p: p.edit_csv("indicators", 2, "label_en", "12"),
    "date": lambda p: p.edit_csv("corrections", 2, "date", "2024/6/1"),
    "date_of_no_calendar": lambda p: p.edit_csv("corrections", 2, "date", "2024-06-31"),
    "year": lambda p: p.edit_csv("areas", 3, "valid_from", "2001年"),
    "required": lambda p: p.edit_csv("figures", 4, "indicator", ""),
    "english_label_missing": lambda p: p.edit_csv("indicators", 2, "label_en", ""),
    "enum": lambda p: p.edit_csv("figures", 3, "qualifier", "exactly"),
    "form_date_from_excel": lambda p: p.edit_csv("figures", 4, "figure", "Jan-90"),
    "form_area": lambda p: p.edit_csv("figures", 4, "area", "99901"),
    "form_period": lambda p: p.edit_csv("figures", 4, "period", "2024 年 5 月"),
    "minimum": lambda p: p.edit_csv("numerals", 2, "start", "-1"),
    "duplicate_id": lambda p: p.edit_csv("figures", 4, "figure", "test-001.1.02"),
    "duplicate_term": lambda p: p.edit_csv("terms", 3, "term", "exact"),
    "dangling_numeral": lambda p: p.edit_csv("figures", 4, "numeral", "test-001.n099"),
    "dangling_measure": lambda p: p.edit_csv("figures", 4, "measure", "test-001.m09"),
    "dangling_section": lambda p: p.edit_csv("measures", 4, "section", "7"),
    "dangling_topic": lambda p: p.edit_csv("indicators", 4, "topic", "fire"),
    "dangling_parent": lambda p: p.edit_csv("areas", 3, "parent", "999800"),
    "broken_target_told_once": lambda p: p.edit_csv("numerals", 9, "numeral", "Jan-90"),
    "frictionless": lambda p: p.edit_json("test-001", "resources", 0, "dialect", value={"delimiter": ";"}),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]
