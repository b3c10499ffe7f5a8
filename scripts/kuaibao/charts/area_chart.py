"""Takes amounts of one unit that differ by orders of magnitude and gives squares whose areas show them.

An axis of logarithms would misstate them for a reader who does not know one, and a bar would vanish beside
one a hundred times its length; the side of a square is only a tenth of the other's.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kuaibao.charts.frame import Caption, Chart, draw, picture
from kuaibao.charts.marks import Mark, extent, reach_of, require
from kuaibao.charts.poster import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

SIDE: Final = 168  # px of the largest square; LEAST of the smallest
LEAST: Final = 3
OPEN: Final = Decimal("0.35")  # how much an open end adds to an area, as a share of it
FEW: Final = 4  # squares that fit one row of a page
ARROW: Final = 14  # px that an arrow takes beside a square, whatever its size


def areas(marks: Sequence[Mark], caption: Caption) -> Chart:
    """Draw a square for each mark, its area in proportion.

    What a hedge leaves open is an outline; a lower bound has arrows that point up and to the right.

    Raises ValueError without marks, for an amount below zero and for one too small to be seen beside the
    largest.
    """
    require("areas", marks, 1)
    largest = extent(marks)
    squares = [_square(mark, largest) for mark in marks]
    lines = [
        Line(label=s["mark"].label, value=s["mark"].text, picture=s["picture"], height=s["box"])
        for s in squares
    ]
    amount = "few" if len(squares) <= FEW else "many"
    return draw("areas", marks, caption, lines, squares=squares, amount=amount)


def _square(mark: Mark, largest: Decimal) -> dict[str, Any]:
    grows = mark.qualifier == "at_least"
    step = Decimal(0) if grows else mark.value * OPEN
    near, far = reach_of(mark, step) or (mark.value, mark.value)
    side = _side(mark.value, largest) if mark.value > 0 else Decimal(0)
    if side < LEAST:
        message = f"areas: {mark.label}: {mark.text} given, an amount that can be seen expected; name fewer"
        raise ValueError(message)
    solid, outer = _side(near, largest), _side(far, largest)
    outlines = [_px(outer)] if near != far else []
    arrows = [{"foot": _px(solid + 2), "middle": _px(solid / 2)}] if grows else []
    box = round(outer) + (ARROW if grows else 2)
    drawn = picture("square", solid=_px(solid), outlines=outlines, arrows=arrows)
    return {"mark": mark, "box": box, "picture": drawn}


def _side(value: Decimal, largest: Decimal) -> Decimal:
    return (max(value, Decimal(0)) / largest).sqrt() * SIDE


def _px(length: Decimal) -> str:
    return f"{length:.1f}".removesuffix(".0")
