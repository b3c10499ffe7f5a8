"""Takes marks of one unit and gives a bar chart: labels and figures as text, bars from zero as SVG."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kuaibao.charts.frame import draw
from kuaibao.charts.marks import (
    Mark,
    Scale,
    Span,
    extent,
    percent,
    reach_of,
    require,
    rounding_of,
    scale_over,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.errors import Language

HATCH: Final = Decimal(
    "0.06"
)  # longest hatched part and length of a fading one, as shares of the largest number
TAIL: Final = Decimal("0.1")
FADING: Final = (
    (Decimal("0.1"), Decimal("0.34")),
    (Decimal("0.44"), Decimal("0.68")),
    (Decimal("0.78"), Decimal(1)),
)


def bars(marks: Sequence[Mark], *, title: str, finding: str, language: Language) -> str:
    """Draw a bar from zero for each mark; all marks have one unit.

    Raises ValueError without marks, for an unknown qualifier and for a range without two ends.
    """
    require("bars", marks, 1)
    size = extent(marks)
    reaches = [reach_of(mark, _step(mark, size)) for mark in marks]
    scale = scale_over(marks, reaches)
    rows = [_row(mark, reach, scale) for mark, reach in zip(marks, reaches, strict=True)]
    zero = percent(scale.share(Decimal(0)))
    return draw("bars", marks, title=title, finding=finding, language=language, rows=rows, zero=zero)


def _step(mark: Mark, size: Decimal) -> Decimal:
    return size * TAIL if mark.qualifier == "at_least" else min(size * HATCH, abs(mark.value) / 2)


def _row(mark: Mark, reach: Span | None, scale: Scale) -> dict[str, Any]:
    """Lay out one bar in percentages of the width; the figure's text may stand at `end`."""
    near, far = reach or (mark.value, mark.value)
    rounding = rounding_of(mark, scale)
    ends = [Decimal(0), near, far, *(rounding or ())]
    return {
        "mark": mark,
        "solid": [_piece(Decimal(0), near, scale)] if near * far > 0 else [],
        "hatched": [_piece(near, far, scale)] if reach and mark.qualifier != "at_least" else [],
        "fading": _fading(near, far, scale) if mark.qualifier == "at_least" else [],
        "rounding": [_piece(*rounding, scale)] if rounding else [],
        "end": max(scale.share(end) for end in ends).quantize(Decimal("0.0001")),
    }


def _fading(near: Decimal, far: Decimal, scale: Scale) -> list[dict[str, str]]:
    return [_piece(near + a * (far - near), near + b * (far - near), scale) for a, b in FADING]


def _piece(start: Decimal, end: Decimal, scale: Scale) -> dict[str, str]:
    left, right = sorted((scale.share(start), scale.share(end)))
    return {"left": percent(left), "right": percent(right), "width": percent(right - left)}
