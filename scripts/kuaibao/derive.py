"""Takes relations and figures and gives derived numbers with intervals, and whether relations hold."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kuaibao.model import Derived, Interval, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kuaibao.model import Figure, Row

HUNDRED = Decimal(100)
Operation = tuple["Callable[[Sequence[Decimal]], Decimal]", tuple[bool, ...] | None]


def derived(bulletin: str, row: Row, figures: Mapping[str, Figure]) -> Derived:
    """Work out a relation; a relation with a printed result or of kind `subset` derives no number."""
    terms = [figures[name].quantity for name in row["terms"].split()]
    derives = not row["result"] and row["kind"] in OPERATIONS
    quantity = compute(row["kind"], terms, row["unit"]) if derives else None
    return Derived(id=row["relation"], bulletin=bulletin, row=row, quantity=quantity)


def holds(row: Row, figures: Mapping[str, Figure]) -> bool:
    """Tell whether a relation with a printed result holds within the printed precision."""
    terms = [figures[name].quantity for name in row["terms"].split()]
    result = figures[row["result"]].quantity.interval
    if row["kind"] == "subset":
        return all(_may_be_within(term.interval, result) for term in terms)
    return compute(row["kind"], terms, row["unit"]).interval.overlaps(result)


def _may_be_within(part: Interval, whole: Interval) -> bool:
    return part.low is None or whole.high is None or part.low <= whole.high


def compute(kind: str, terms: Sequence[Quantity], unit: str) -> Quantity:
    """Apply an operation to quantities, carrying their intervals along.

    Where one term divides another, the terms must be `divisible`.
    A printed range among the terms makes the outcome a range, as far as both its ends are known.
    """
    operation, rising = OPERATIONS[kind]
    directions = rising or (True,) * len(terms)
    value = operation([term.value for term in terms])
    low = _end(operation, [_side(t, low=up) for t, up in zip(terms, directions, strict=True)])
    high = _end(operation, [_side(t, low=not up) for t, up in zip(terms, directions, strict=True)])
    interval = Interval(low=low, high=high)
    if low is not None and high is not None and any(term.value_end is not None for term in terms):
        return Quantity(value=low, value_end=high, interval=interval, qualifier="range", unit=unit)
    return Quantity(value=value, value_end=None, interval=interval, qualifier=_qualifier(interval), unit=unit)


def divisible(kind: str, terms: Sequence[Quantity]) -> bool:
    """Tell whether no term is negative and the one that divides is above zero, intervals included."""
    if kind not in DIVISOR:
        return True
    divisor = terms[DIVISOR[kind]]
    return divisor.value > 0 and divisor.interval.low != 0 and not any(map(_dips_below_zero, terms))


def _dips_below_zero(quantity: Quantity) -> bool:
    return min(quantity.value, quantity.interval.low or quantity.value) < 0


def _side(quantity: Quantity, *, low: bool) -> Decimal | None:
    return quantity.interval.low if low else quantity.interval.high


def _end(operation: Callable[[Sequence[Decimal]], Decimal], ends: Sequence[Decimal | None]) -> Decimal | None:
    known = [end for end in ends if end is not None]
    return operation(known) if len(known) == len(ends) else None


def _qualifier(interval: Interval) -> str:
    if interval.low is None and interval.high is None:
        return "about"
    if interval.high is None:
        return "at_least"
    return "at_most" if interval.low is None else "exact"


def _sum(terms: Sequence[Decimal]) -> Decimal:
    return sum(terms, Decimal(0))


def _difference(terms: Sequence[Decimal]) -> Decimal:
    return terms[1] - terms[0]


def _growth(terms: Sequence[Decimal]) -> Decimal:
    return (terms[1] / terms[0] - 1) * HUNDRED


def _ratio(terms: Sequence[Decimal]) -> Decimal:
    return terms[0] / terms[1]


def _share(terms: Sequence[Decimal]) -> Decimal:
    return terms[0] / terms[1] * HUNDRED


# Operation and, for each term, whether the result rises with it (None: with every term).
OPERATIONS: Mapping[str, Operation] = {
    "sum": (_sum, None),
    "difference": (_difference, (False, True)),
    "growth": (_growth, (False, True)),
    "ratio": (_ratio, (True, False)),
    "share": (_share, (True, False)),
}
# Which term divides the other.
DIVISOR: Mapping[str, int] = {"growth": 0, "ratio": 1, "share": 1}
# How many terms an operation takes; a sum takes two or more.
ARITY: Mapping[str, int] = {"difference": 2, "growth": 2, "ratio": 2, "share": 2}
