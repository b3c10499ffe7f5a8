"""Takes a mark and a scale and gives the stretch that a hedge leaves open, or that rounding does."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[Decimal, Decimal]

VISIBLE: Final = Decimal("0.02")  # a rounding interval narrower than this share of the scale is not drawn


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One figure in a chart.

    `label` says what is counted, `text` is the figure as the page prints it (近 400 人), `href` leads to its
    data row; `low` and `high` are the ends of its interval in the unit of `value`, None where an end is open;
    `qualifier` is a term of the code list (exact, about, nearly, at_least, at_most, range) or "derived";
    `period` is text and `dated` tells whether it has a known place in time.
    """

    label: str
    text: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    period: str
    href: str
    dated: bool = True

    @property
    def classes(self) -> str:
        """Classes of a link to the figure, as everywhere on the site."""
        return "fig" if self.qualifier == "exact" else f"fig fig--{self.qualifier}"


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers from `low` to `high`, zero among them, along one side of a chart."""

    low: Decimal
    high: Decimal

    def share(self, value: Decimal) -> Decimal:
        """Place a number on the scale, from 0 (low) to 1 (high)."""
        return (value - self.low) / (self.high - self.low)


def require(kind: str, marks: Sequence[Mark], least: int) -> None:
    """Raise ValueError unless there are at least so many marks."""
    if len(marks) < least:
        message = f"{kind}: {len(marks)} figures given, at least {least} expected; name more figures"
        raise ValueError(message)


def extent(marks: Sequence[Mark]) -> Decimal:
    """Give the largest size among values and ends of intervals; 1 where all are zero."""
    ends = [abs(end) for mark in marks for end in (mark.value, mark.low, mark.high) if end is not None]
    return max(ends) or Decimal(1)


def scale_over(marks: Sequence[Mark], reaches: Sequence[Span | None]) -> Scale:
    """Make a scale that takes in zero and whatever is drawn."""
    ends = [end for reach in reaches for end in reach or ()]
    ends += [end for mark in marks for end in (mark.low, mark.value, mark.high) if end is not None]
    low, high = min([Decimal(0), *ends]), max([Decimal(0), *ends])
    return Scale(low, high if high > low else low + 1)


def reach_of(mark: Mark, step: Decimal) -> Span | None:
    """Give the stretch that a hedged figure may or may not fill, the end nearer to zero first.

    An end that the interval leaves open is put `step` away from the value. None for an exact figure. Raises
    ValueError for an unknown qualifier and for a range without two ends.
    """
    value, outward = mark.value, step.copy_sign(mark.value)
    match mark.qualifier:
        case "exact":
            return None
        case "at_least":
            return value, value + outward
        case "nearly" | "at_most":
            known = [end for end in (mark.low, mark.high) if end is not None and end != value]
            return known[0] if known else value - outward, value
        case "about":
            low, high = mark.low, mark.high
            return _outward(value - step if low is None else low, value + step if high is None else high)
        case "range" if mark.low is not None and mark.high is not None:
            return _outward(mark.low, mark.high)
    message = (
        f"{mark.label}: {mark.qualifier} from {mark.low} to {mark.high} given, exact, about, nearly, "
        "at_least, at_most or a range with two ends expected; correct the qualifier or give both ends"
    )
    raise ValueError(message)


def _outward(low: Decimal, high: Decimal) -> Span:
    return (low, high) if abs(low) <= abs(high) else (high, low)


def rounding_of(mark: Mark, scale: Scale) -> Span | None:
    """Give the rounding interval of an exact figure if it is wide enough to be seen on the scale."""
    if mark.qualifier != "exact" or mark.low is None or mark.high is None:
        return None
    seen = mark.high - mark.low >= VISIBLE * (scale.high - scale.low)
    return (mark.low, mark.high) if seen else None


def percent(share: Decimal) -> str:
    """Write a share as a percentage with up to two decimals, without the sign."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".").removesuffix("-0") or "0"
