"""Rows become typed figures whose interval is what the print allows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kuaibao.figures import bounds, figures, interval, number, reading
from kuaibao.load import load
from kuaibao.model import Interval

if TYPE_CHECKING:
    from projects import Project


def test_figures(project: Project) -> None:
    """Figures come by id in the order of the table, each with its numeral."""
    found = figures(load(project.root).bulletins["test-001"])
    assert list(found)[:2] == ["test-001.1.01", "test-001.1.02"]
    figure = found["test-001.1.08"]
    assert (figure.bulletin, figure.numeral["printed"]) == ("test-001", "3—5 名")
    assert (figure.quantity.value, figure.quantity.value_end) == (Decimal(3), Decimal(5))
    assert (figure.quantity.qualifier, figure.quantity.unit) == ("range", "person")


@pytest.mark.parametrize(
    ("printed", "value", "low", "high"),
    [
        ("36 条", "36", "36", "36"),
        ("近 400 名", "400", None, "400"),
        ("100 多吨", "100", "100", None),
        ("2.7 亿元", "270000000", "265000000", "275000000"),
        ("3—5 名", "3", "3", "5"),
        ("80.0%", "80", "79.95", "80.05"),
        ("2.1%", "-2.1", "-2.15", "-2.05"),
        ("近 5%", "-5", "-5", None),
        ("-0.7", "-0.7", "-0.75", "-0.65"),
        ("约 30 人", "30", None, None),
        ("0 件", "0", "0", "0"),
    ],
)
def test_interval(printed: str, value: str, low: str | None, high: str | None) -> None:
    """The interval follows the print; a fall that is printed without a sign is mirrored."""
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    assert interval({"value": value}, reading(printed)) == Interval(low=ends[0], high=ends[1])


@pytest.mark.parametrize("printed", ["", "改革", "3 人和 5 家"])
def test_reading_of_none_or_several(printed: str) -> None:
    """What is not exactly one numeral has no reading, and so no bounds."""
    assert reading(printed) is None
    assert bounds(reading(printed)) == (None, None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("36", Decimal(36)),
        ("-2.5", Decimal("-2.5")),
        ("", None),
        ("NaN", None),
        ("Infinity", None),
        ("x", None),
    ],
)
def test_number(cell: str, value: Decimal | None) -> None:
    """A cell is a finite number or none."""
    assert number(cell) == value
