"""The ledger is in order and complete, and says why a numeral is no figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project

BROKEN: dict[str, Callable[[Project], object]] = {
    "overlap": lambda p: p.edit_csv("numerals", 9, "start", "92"),
    "wrong_order": lambda p: p.exchange_rows("numerals", 9, 10),
    "end_before_start": lambda p: p.edit_csv("numerals", 8, "end", "89"),
    "sections_overlap": lambda p: p.edit_csv("sections", 4, "start", "160"),
    "gap_between_sections": lambda p: p.edit_csv("sections", 4, "start", "169").drop_row("numerals", 15),
    "shorter_than_the_text": lambda p: p.edit_json("test-001", "bulletin", "text_characters", value=266),
    "section": lambda p: p.edit_csv("numerals", 6, "section", "0"),
    "end_too_early": lambda p: p.edit_csv("numerals", 8, "end", "92"),
    "end_too_late": lambda p: p.edit_csv("numerals", 5, "end", "67"),
    "reason_missing": lambda p: p.edit_row("numerals", 2, reason_zh="", reason_en=""),
    "reason_of_a_figure": lambda p: p.edit_row("numerals", 8, reason_zh="约数", reason_en="Vague"),
    "unused": lambda p: p.drop_row("figures", 7),
    "kind": lambda p: p.edit_row("numerals", 7, kind="name", reason_zh="名称", reason_en="A name"),
    "order": lambda p: p.exchange_rows("figures", 8, 9),
    "ids_exchanged": lambda p: p.edit_csv("figures", 6, "figure", "test-001.1.06").edit_csv(
        "figures", 7, "figure", "test-001.1.05"
    ),
    "id_ahead": lambda p: p.rename("test-001.1.06", "test-001.1.99"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]
