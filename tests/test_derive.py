"""Derived numbers carry intervals that contain everything the terms allow."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaibao.derive import ARITY, OPERATIONS, compute, derived, divisible, holds
from kuaibao.figures import figures
from kuaibao.load import load
from kuaibao.model import Interval, Quantity, Row

if TYPE_CHECKING:
    from kuaibao.model import Figure
    from projects import Project

    Term = tuple[Quantity, Decimal]


def quantity(
    low: int | str | None, high: int | str | None, value: int | str, end: int | None = None
) -> Quantity:
    """Make a quantity from its interval and value."""
    interval = Interval(
        low=None if low is None else Decimal(low), high=None if high is None else Decimal(high)
    )
    upper = None if end is None else Decimal(end)
    return Quantity(
        value=Decimal(value), value_end=upper, interval=interval, qualifier="exact", unit="person"
    )


@st.composite
def terms(draw: st.DrawFn, *, smallest: int) -> Term:
    """Draw a quantity, one end perhaps open, and a number that its interval allows."""
    low, within, high = sorted(draw(st.lists(st.decimals(smallest, 10**9, places=2), min_size=3, max_size=3)))
    ends = (draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None])))
    shown = Quantity(
        value=within,
        value_end=None,
        interval=Interval(low=ends[0], high=ends[1]),
        qualifier="exact",
        unit="x",
    )
    return shown, within


def contains(interval: Interval, number: Decimal) -> bool:
    """Tell whether an interval contains a number, but for the rounding of the last of many digits."""
    slack = abs(number) * Decimal("1e-20") + Decimal("1e-20")
    above = interval.low is None or interval.low <= number + slack
    return above and (interval.high is None or number - slack <= interval.high)


@given(st.lists(terms(smallest=-(10**9)), min_size=2, max_size=6))
def test_sum_contains_every_sum(drawn: list[Term]) -> None:
    """The interval of a sum contains every sum of numbers from the terms' intervals."""
    found = compute("sum", [term for term, _ in drawn], "x")
    assert contains(found.interval, sum((number for _, number in drawn), Decimal(0)))


@given(terms(smallest=-(10**9)), terms(smallest=-(10**9)))
def test_difference_contains_every_difference(first: Term, second: Term) -> None:
    """The interval of a difference contains every difference."""
    assert contains(compute("difference", [first[0], second[0]], "x").interval, second[1] - first[1])


@given(st.sampled_from(["growth", "share", "ratio"]), terms(smallest=1), terms(smallest=1))
def test_division_contains_every_outcome(kind: str, first: Term, second: Term) -> None:
    """The interval of a growth, share or ratio of positive terms contains every outcome."""
    outcome = OPERATIONS[kind][0]([first[1], second[1]])
    assert contains(compute(kind, [first[0], second[0]], "x").interval, outcome)


@given(st.sampled_from(sorted(OPERATIONS)), terms(smallest=1), terms(smallest=1))
def test_value_lies_within(kind: str, first: Term, second: Term) -> None:
    """The value of a derived number lies in its interval, and its hedge says which ends are open."""
    found = compute(kind, [first[0], second[0]], "x")
    assert contains(found.interval, found.value)
    open_ends = (found.interval.low is None, found.interval.high is None)
    hedges = {
        (False, False): "exact",
        (False, True): "at_least",
        (True, False): "at_most",
        (True, True): "about",
    }
    assert found.qualifier == hedges[open_ends]


def test_range_among_the_terms() -> None:
    """A sum with a range is a range, never its lower end alone."""
    found = compute("sum", [quantity(3, 5, 3, 5), quantity(10, 10, 10)], "person")
    assert (found.value, found.value_end, found.qualifier) == (Decimal(13), Decimal(15), "range")


@pytest.mark.parametrize(
    ("kind", "first", "second", "can"),
    [
        ("share", quantity(12, 12, 12), quantity(0, 0, 0), False),
        ("share", quantity(0, 0, 0), quantity(12, 12, 12), True),
        ("ratio", quantity(-2, -2, -2), quantity(12, 12, 12), False),
        ("growth", quantity(0, 0, 0), quantity(12, 12, 12), False),
        ("growth", quantity(5, 5, 5), quantity("-0.05", "0.05", 0), False),
        ("growth", quantity(None, 400, 400), quantity(12, 12, 12), True),
        ("sum", quantity(0, 0, 0), quantity(-2, -2, -2), True),
    ],
)
def test_divisible(kind: str, first: Quantity, second: Quantity, *, can: bool) -> None:
    """Nothing is divided by zero, and nothing negative is compared."""
    assert divisible(kind, [first, second]) is can


@pytest.fixture
def known(project: Project) -> dict[str, Figure]:
    """Give the figures of the good project."""
    return figures(load(project.root).bulletins["test-001"])


def relation(kind: str, terms: str, result: str = "", unit: str = "percent") -> Row:
    """Make a row of relations; figures are named by section and number."""
    named = " ".join(f"test-001.{term}" for term in terms.split())
    full = f"test-001.{result}" if result else ""
    return {"relation": "test-001.r09", "kind": kind, "terms": named, "result": full, "unit": unit}


def test_derived(known: dict[str, Figure]) -> None:
    """A growth without result is worked out; a printed result or a subset derives nothing."""
    growth = derived("test-001", relation("growth", "2.03 2.04"), known)
    assert growth.quantity is not None
    assert (growth.quantity.value, growth.quantity.unit) == (Decimal(28), "percent")
    assert derived("test-001", relation("sum", "1.03 1.04", "1.02"), known).quantity is None
    assert derived("test-001", relation("subset", "1.03"), known).quantity is None


@pytest.mark.parametrize(
    ("kind", "terms", "result", "true"),
    [
        ("sum", "1.03 1.04", "1.02", True),
        ("sum", "2.06 2.07", "2.05", False),
        ("subset", "1.03 1.04", "1.02", True),
        ("subset", "1.02", "1.03", False),
        ("subset", "1.05", "1.06", True),
        ("subset", "1.06", "1.03", False),
    ],
)
def test_holds(known: dict[str, Figure], kind: str, terms: str, result: str, *, true: bool) -> None:
    """A relation holds where the printed precision allows it."""
    assert holds(relation(kind, terms, result), known) is true


def test_arity_names_operations() -> None:
    """Every operation but the sum takes a fixed number of terms."""
    assert set(OPERATIONS) - set(ARITY) == {"sum"}
