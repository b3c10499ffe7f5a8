"""Relations name figures that fit, and hold, or are marked as the contradiction that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project


def print_zero(project: Project) -> Project:
    """Let the bulletin report no bridge at all."""
    project.retell("9 件", "0 件").edit_csv("numerals", 23, "printed", "0 件")
    return project.edit_csv("figures", 15, "value", "0")


BROKEN: dict[str, Callable[[Project], object]] = {
    "unlike": lambda p: p.edit_csv("relations", 3, "terms", "test-001.1.05 test-001.2.04"),
    "figure_unknown": lambda p: p.edit_csv("relations", 2, "terms", "test-001.1.03 test-001.1.99"),
    "result_unknown": lambda p: p.edit_csv("relations", 2, "result", "test-001.9.01"),
    "terms": lambda p: p.edit_csv("relations", 3, "terms", "test-001.2.03 test-001.2.04 test-001.1.05"),
    "one_term": lambda p: p.edit_csv("relations", 2, "terms", "test-001.1.03"),
    "twice": lambda p: p.edit_csv("relations", 2, "terms", "test-001.1.03 test-001.1.03"),
    "unit_missing": lambda p: p.edit_csv("relations", 3, "unit", ""),
    "unit_wrong": lambda p: p.edit_csv("relations", 3, "unit", "person"),
    "ratio_without_unit": lambda p: p.edit_row("relations", 3, kind="ratio", unit=""),
    "unit_of_a_result": lambda p: p.edit_csv("relations", 2, "unit", "river"),
    "result_in_another_unit": lambda p: p.edit_csv("relations", 2, "result", "test-001.1.05"),
    "result_missing": lambda p: p.edit_csv("relations", 5, "result", ""),
    "mixed_units": lambda p: p.edit_csv("relations", 2, "terms", "test-001.1.03 test-001.1.05"),
    "zero": lambda p: print_zero(p).edit_row(
        "relations", 3, kind="share", terms="test-001.2.07 test-001.2.06"
    ),
    "backwards": lambda p: p.edit_csv("relations", 3, "terms", "test-001.2.04 test-001.2.03"),
    "off_by_one": lambda p: p.edit_row(
        "relations", 2, terms="test-001.1.03 test-001.1.02", result="test-001.1.04"
    ),
    "not_within": lambda p: p.edit_row("relations", 5, terms="test-001.1.02", result="test-001.1.03"),
    "contradiction_not_marked": lambda p: p.edit_csv("relations", 4, "status", "holds"),
    "sic_that_holds": lambda p: p.edit_csv("relations", 2, "status", "sic"),
    "sic_without_result": lambda p: p.edit_csv("relations", 3, "status", "sic"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]
