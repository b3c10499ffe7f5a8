"""Takes marks of one indicator in order of time and gives a slope: points above zero joined by a line."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from kuaibao.charts.frame import Caption, Chart, draw, picture
from kuaibao.charts.marks import Mark, Scale, extent, percent, reach_of, require, rounding_of, scale_over
from kuaibao.charts.poster import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

TOP: Final = 66  # px from the upper edge of the picture to the upper end of the scale, and to its lower end
BASE: Final = 180
HEIGHT: Final = 186
WHISKER: Final = Decimal("0.22")  # length of an open whisker as a share of the largest number
FEW: Final = 4  # points that fit a phone


def slope(marks: Sequence[Mark], derived_text: str, caption: Caption) -> Chart:
    """Draw marks of one indicator, earliest first; a mark without a date is drawn open.

    `derived_text` (+27.7%（推算）) stands under the line and may be Markup with a link. Columns are equally
    wide, whatever time lies between. Raises ValueError for fewer than two marks, for an unknown qualifier and
    for a range without two ends.
    """
    require("slope", marks, 2)
    size = extent(marks)
    scale = scale_over(marks, [reach_of(mark, size * WHISKER) for mark in marks])
    xs = [Decimal(2 * i + 1) / (2 * len(marks)) for i in range(len(marks))]
    points = [_point(mark, x, scale, size) for mark, x in zip(marks, xs, strict=True)]
    layout = {"points": points, "lines": list(pairwise(points)), "zero": _height(Decimal(0), scale)}
    drawn = picture("slope", **layout)
    file = [Line(picture=drawn + picture("slope_words", points=points), height=HEIGHT + 20, whole=True)]
    derived = _derived(derived_text, [point["y"] for point in points])
    amount = "few" if len(points) <= FEW else "many"
    return draw("slope", marks, caption, file, points=points, picture=drawn, derived=derived, amount=amount)


def _point(mark: Mark, x: Decimal, scale: Scale, size: Decimal) -> dict[str, Any]:
    """Lay out one point: x in percent of the width, y, whisker and top of the drawing in px from above."""
    y = _height(mark.value, scale)
    span = reach_of(mark, size * WHISKER) or rounding_of(mark, scale)
    whisker = sorted(_height(end, scale) for end in span or ())
    top = min([y, *whisker])
    return {
        "mark": mark,
        "x": percent(x),
        "y": y,
        "dated": mark.dated,
        "whiskers": [whisker] if whisker else [],
        "top": top,
        "room": HEIGHT - top + 13,
    }


def _height(value: Decimal, scale: Scale) -> int:
    return BASE - round((BASE - TOP) * scale.share(value))


def _derived(text: str, heights: Sequence[int]) -> dict[str, Any]:
    """Place the derived text at half the width, below the line, on the side of its higher end."""
    n = len(heights)
    middle = (heights[(n - 1) // 2] + heights[n // 2]) // 2
    return {"text": text, "top": middle + 8, "side": "rising" if heights[-1] <= heights[0] else "falling"}
