"""A ledger is published only as it was when it was last held against the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kuaibao.checks import check
from kuaibao.errors import DataError
from kuaibao.handwritten import pages
from kuaibao.load import load
from kuaibao.sealing import seal

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project

BROKEN: dict[str, Callable[[Project], object]] = {
    "unsealed": lambda p: p.edit_json("test-001", "bulletin", "ledger"),
    "another_count": lambda p: p.edit_json("test-001", "bulletin", "ledger", "numerals", value=20),
}
# What only the seal can tell where the text is not at hand.
WITHOUT_TEXT: dict[str, Callable[[Project], object]] = {
    "enumerator_dropped": lambda p: p.drop_row("numerals", 6),
    "ledger_and_figure": lambda p: p.edit_csv("numerals", 7, "printed", "13 个").edit_csv(
        "figures", 2, "value", "13"
    ),
    "moved": lambda p: p.edit_csv("numerals", 2, "start", "7"),
    "indicators_exchanged": lambda p: p.edit_csv("figures", 4, "indicator", "tributaries").edit_csv(
        "figures", 5, "indicator", "main_streams"
    ),
    "period_and_basis": lambda p: p.edit_row("figures", 8, period="2021", period_basis="implied"),
    "relation": lambda p: p.edit_csv("relations", 5, "terms", "test-001.1.04"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]


@pytest.mark.parametrize("case", WITHOUT_TEXT)
def test_without_the_text(case: str, project: Project) -> None:
    """A ledger that was changed is noticed without the text, figure changed along with it or not."""
    WITHOUT_TEXT[case](project)
    problems = check(load(project.root), pages(project.root)).problems
    assert [problem.code for problem in problems] == ["ledger-sealed"]


def test_sealing_a_ledger_that_agrees(project: Project) -> None:
    """With the text at hand, a ledger without a seal is sealed, once."""
    project.edit_json("test-001", "bulletin", "ledger")
    numerals = len(project.csv("numerals").read_text(encoding="utf-8").splitlines()) - 1
    assert seal(project.root, project.root / "sources") == [("test-001", numerals)]
    assert seal(project.root, project.root / "sources") == []
    assert project.problems() == []


def test_sealing_a_ledger_that_does_not_agree(project: Project) -> None:
    """A ledger that differs from the text is not sealed, and nothing is written."""
    project.edit_csv("numerals", 7, "printed", "13 个").edit_csv("figures", 2, "value", "13")
    before = (project.folder("figures") / "datapackage.json").read_bytes()
    with pytest.raises(DataError):
        seal(project.root, project.root / "sources")
    assert (project.folder("figures") / "datapackage.json").read_bytes() == before
