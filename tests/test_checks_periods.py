"""A date counts as printed as it reads, with the year or month that is left out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kuaibao.checks.periods import is_later, is_printed, printed_dates
from kuaibao.load import load

if TYPE_CHECKING:
    from projects import Project

PRINTED = {
    "2023 年": ("2022", "2023"),
    "2023 年上半年": ("2022", "2023-01/2023-06"),
    "2011—2015 年": ("2011/2015", "2022"),
    "2021": ("2021", "2022"),
    "上世纪 90 年代": ("2022",),
    "6 月 20 日": ("2022", "2022-06-20", "2024-06-20"),
    "20 日": ("2022", "2024-05-20"),
}


@pytest.mark.parametrize("printed", PRINTED)
def test_printed_dates(printed: str, project: Project) -> None:
    """A date without its year takes that of the issue (May 2024) or of the other date of its section."""
    project.edit_csv("numerals", 18, "printed", printed)
    package = next(p for p in load(project.root).packages() if p.name == "test-001")
    assert tuple(sorted(printed_dates(package)["2"])) == PRINTED[printed]


@pytest.mark.parametrize("period", ["2023", "2011/2015", "2012", "2012/2014", "2022-01/2022-06", "2022-02"])
def test_is_printed(period: str) -> None:
    """A printed date or span, and what lies in a span, is printed."""
    assert is_printed(period, ["2023", "2011/2015", "2022-01/2022-06"])


@pytest.mark.parametrize("period", ["2021", "2023-03", "2010/2015", "2015/2023", "2022", "2022-07"])
def test_is_not_printed(period: str) -> None:
    """Another year, a part of a year, or a span made of two dates is not."""
    assert not is_printed(period, ["2023", "2011/2015", "2022-01/2022-06"])


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("2023", "2022", True),
        ("2022", "2023", False),
        ("2023", "2023", False),
        ("2023-06-20", "2023", False),
        ("2021/2023", "2021/2022", True),
        ("2020/2023", "2021", False),
    ],
)
def test_is_later(one: str, other: str, later: bool) -> None:  # noqa: FBT001  # the expected outcome
    """A period is later only where nothing of the other is."""
    assert is_later(one, other) is later
