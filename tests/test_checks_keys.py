"""Codes, ids, areas and corrections must fit the code lists and the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project

BROKEN: dict[str, Callable[[Project], object]] = {
    "indicator": lambda p: p.edit_csv("figures", 3, "indicator", "rivers_cleaned"),
    "unit": lambda p: p.edit_csv("figures", 3, "unit", "rivre"),
    "area": lambda p: p.edit_csv("figures", 3, "area", "999903"),
    "organisation_in_a_list": lambda p: p.edit_csv("measures", 2, "acting", "river_office lake_office"),
    "term_missing": lambda p: p.drop_row("terms", 2),
    "prefix": lambda p: p.rename("test-001.m03", "test-002.m03"),
    "prefix_everywhere": lambda p: p.rename("test-001.m", "test-002.m"),
    "area_not_yet_gone": lambda p: p.edit_csv("figures", 10, "area", "999902"),
    "correction_figure": lambda p: p.edit_csv("corrections", 2, "figure", "test-001.9.09"),
    "correction_column": lambda p: p.edit_csv("corrections", 2, "column", "values"),
    "correction_new": lambda p: p.edit_csv("corrections", 2, "new", "35"),
    "area_within_itself": lambda p: p.edit_csv("areas", 3, "parent", "999901"),
    "areas_within_each_other": lambda p: p.edit_csv("areas", 2, "parent", "999901"),
    "level": lambda p: p.edit_csv("areas", 3, "level", "prefecture"),
    "parent_left_out": lambda p: p.edit_csv("areas", 3, "parent", ""),
    "years_exchanged": lambda p: p.edit_row("areas", 4, valid_from="2000", valid_to="1990"),
    "area_elsewhere": lambda p: p.add_row(
        "areas", "888800", "prefecture", "", "", "", "白石州", "Baishi"
    ).edit_csv("figures", 6, "area", "888800"),
    "plural_missing": lambda p: p.edit_csv("units", 2, "plural_en", ""),
    "singular_missing": lambda p: p.edit_csv("units", 2, "singular_en", ""),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]
