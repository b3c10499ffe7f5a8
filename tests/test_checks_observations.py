"""A figure that differs from its print, indicator or period is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project

BROKEN: dict[str, Callable[[Project], object]] = {
    "unit_of_a_header_and_of_the_print": lambda p: p.edit_csv("numerals", 8, "header_unit", "万元"),
    "digit": lambda p: p.edit_csv("figures", 2, "value", "13"),
    "swapped_digits": lambda p: p.edit_csv("figures", 2, "value", "21"),
    "factor_ten": lambda p: p.edit_csv("figures", 7, "value", "1000"),
    "wan_for_yi": lambda p: p.edit_csv("figures", 8, "value", "27000"),
    "minus": lambda p: p.edit_csv("figures", 2, "value", "-12"),
    "minus_in_a_flow": lambda p: p.edit_csv("figures", 6, "value", "-400"),
    "zero": lambda p: p.edit_csv("figures", 2, "value", "0"),
    "hedge": lambda p: p.edit_csv("figures", 6, "qualifier", "exact"),
    "hedge_reversed": lambda p: p.edit_csv("figures", 7, "qualifier", "nearly"),
    "end_changed": lambda p: p.edit_csv("figures", 9, "value_end", "50"),
    "end_missing": lambda p: p.edit_csv("figures", 9, "value_end", ""),
    "end_without_range": lambda p: p.edit_csv("figures", 3, "value_end", "40"),
    "unit": lambda p: p.edit_csv("figures", 6, "unit", "river").edit_csv("indicators", 6, "unit", "river"),
    "unit_never_printed": lambda p: p.edit_csv("figures", 9, "unit", "person_per_river").edit_csv(
        "indicators", 9, "unit", "person_per_river"
    ),
    "unit_of_indicator": lambda p: p.edit_csv("indicators", 3, "unit", "township"),
    "reading": lambda p: p.retell("12 个", "数十 个").edit_csv("numerals", 7, "printed", "数十 个"),
    "unit_not_printed": lambda p: p.retell("100 多吨，", "100 多，，").edit_row(
        "numerals", 12, end="137", printed="100 多"
    ),
    "section": lambda p: p.rename("test-001.1.01", "test-001.2.99"),
    "measure_of_another_section": lambda p: p.edit_csv("figures", 2, "measure", "test-001.m03"),
    "stated_but_not_printed": lambda p: p.edit_csv("figures", 10, "period", "2021"),
    "stated_more_closely_than_printed": lambda p: p.edit_csv("figures", 11, "period", "2023-03"),
    "stated_span_not_printed": lambda p: p.edit_csv("figures", 11, "period", "2022/2023"),
    "stated_without_any_date": lambda p: p.edit_row("figures", 6, period="2023", period_basis="stated"),
    "date_of_issue": lambda p: p.edit_json("test-001", "bulletin", "date", value="2024-05-09"),
    "period_late": lambda p: p.edit_csv("figures", 10, "period", "2025"),
    "period_late_by_a_day": lambda p: p.edit_csv("figures", 2, "period", "2024-05-09"),
    "period_backwards": lambda p: p.edit_csv("figures", 10, "period", "2023/2020"),
    "period_of_no_calendar": lambda p: p.edit_csv("figures", 2, "period", "2023-13"),
    "period_missing": lambda p: p.edit_csv("figures", 10, "period", ""),
    "period_unstated": lambda p: p.edit_csv("figures", 6, "period", "2023"),
    "note_missing": lambda p: p.edit_row("figures", 2, note_zh="", note_en=""),
    "plan_of_a_period_not_printed": lambda p: p.edit_row(
        "figures", 10, period="2026", period_basis="planned"
    ),
    "plan_of_no_calendar": lambda p: p.edit_row("figures", 10, period="2026-13", period_basis="planned"),
    "duplicate": lambda p: p.edit_csv("figures", 11, "period", "2022"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]


@pytest.mark.parametrize(
    ("period", "note"), [("2026", "计划到这一年。"), ("", ""), ("2022", "")], ids=["late", "open", "printed"]
)
def test_plans(period: str, note: str, project: Project) -> None:
    """A plan may reach beyond the date of issue, or have no period; a period not printed takes a note."""
    english = "Planned for that year." if note else ""
    project.edit_row("figures", 10, period=period, period_basis="planned", note_zh=note, note_en=english)
    assert {problem.code for problem in project.problems()} == {"ledger-sealed"}
