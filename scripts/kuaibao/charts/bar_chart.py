"""Takes marks of one unit and gives bars from zero: side by side, out of a whole, or adding up to a total."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kuaibao.charts.frame import Caption, Chart, draw, picture
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
from kuaibao.charts.poster import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = dict[str, Any]

HATCH: Final = Decimal(
    "0.06"
)  # longest hatched part and length of a fading one, as shares of the largest number
TAIL: Final = Decimal("0.1")
FADING: Final = (
    (Decimal("0.1"), Decimal("0.34")),
    (Decimal("0.44"), Decimal("0.68")),
    (Decimal("0.78"), Decimal(1)),
)


def bars(marks: Sequence[Mark], caption: Caption) -> Chart:
    """Draw a bar from zero for each mark; all marks have one unit.

    Raises ValueError without marks, for an unknown qualifier and for a range without two ends.
    """
    require("bars", marks, 1)
    rows, scale = _rows(marks)
    return _draw("bars", marks, caption, rows, percent(scale.share(Decimal(0))))


def shares(whole: Mark, parts: Sequence[tuple[Mark, Mark]], caption: Caption) -> Chart:
    """Draw a whole and under it each part of it, with the part's share; parts are not stacked.

    `parts` are pairs of a part and its share, which has the qualifier "derived". Raises ValueError without
    parts and as `bars` does.
    """
    require("shares", [part for part, _ in parts], 1)
    marks = [whole, *(part for part, _ in parts)]
    rows, scale = _rows(marks)
    track = {"left": "0", "width": percent(scale.share(whole.value))}
    pale = rows[0] | {"solid": [], "whole": [track]}
    last = {"whole": [track], "end": scale.share(whole.value)}
    rest = [row | last | {"more": [share]} for row, (_, share) in zip(rows[1:], parts, strict=True)]
    listed = [whole, *(mark for pair in parts for mark in pair)]
    return _draw("shares", listed, caption, [pale, *rest], "0")


def cascade(marks: Sequence[Mark], total: Mark, caption: Caption) -> Chart:
    """Draw amounts that add up to a total: each bar begins where the one before it ends.

    Raises ValueError for fewer than two marks, and for one that is hedged or below zero.
    """
    require("parts", marks, 2)
    for mark in marks:
        require_certain(mark)
    scale = Scale(Decimal(0), total.value)
    rows, start = [], Decimal(0)
    for mark in marks:
        piece = _piece(start, start + mark.value, scale)
        start += mark.value
        rows.append(_empty(mark) | {"solid": [piece], "end": min(scale.share(start), Decimal(1))})
    last = _empty(total) | {"whole": [_piece(Decimal(0), total.value, scale)], "end": Decimal(1)}
    return _draw("cascade", [*marks, total], caption, [*rows, last], "0")


def require_certain(mark: Mark) -> None:
    """Raise ValueError where a part of a sum is hedged or below zero."""
    if mark.qualifier != "exact" or mark.value < 0:
        message = f"parts: {mark.label}: {mark.text} given, an exact number from 0 expected; use bars"
        raise ValueError(message)


def _draw(kind: str, marks: Sequence[Mark], caption: Caption, rows: Sequence[Row], zero: str) -> Chart:
    drawn = [
        row | {"end": percent(row["end"]), "picture": picture("bar", row=row, zero=zero)} for row in rows
    ]
    lines = [_line(row) for row in drawn]
    return draw("bars", marks, caption, lines, rows=drawn, zero=zero, variety=kind)


def _line(row: Row) -> Line:
    texts = [row["mark"].text, *(mark.text for mark in row["more"])]
    return Line(label=row["mark"].label, value=" · ".join(texts), picture=row["picture"], height=26)


def _rows(marks: Sequence[Mark]) -> tuple[list[Row], Scale]:
    size = extent(marks)
    reaches = [reach_of(mark, _step(mark, size)) for mark in marks]
    scale = scale_over(marks, reaches)
    return [_row(mark, reach, scale) for mark, reach in zip(marks, reaches, strict=True)], scale


def _step(mark: Mark, size: Decimal) -> Decimal:
    return size * TAIL if mark.qualifier == "at_least" else min(size * HATCH, abs(mark.value) / 2)


def _row(mark: Mark, reach: Span | None, scale: Scale) -> Row:
    """Lay out one bar in percentages of the width; the figure's text may stand at `end`."""
    near, far = reach or (mark.value, mark.value)
    rounding = rounding_of(mark, scale)
    ends = [Decimal(0), near, far, *(rounding or ())]
    return _empty(mark) | {
        "solid": [_piece(Decimal(0), near, scale)] if near * far > 0 else [],
        "hatched": [_piece(near, far, scale)] if reach and mark.qualifier != "at_least" else [],
        "fading": _fading(near, far, scale) if mark.qualifier == "at_least" else [],
        "rounding": [_piece(*rounding, scale)] if rounding else [],
        "end": max(scale.share(end) for end in ends),
    }


def _empty(mark: Mark) -> Row:
    pieces: Row = {key: [] for key in ("whole", "solid", "hatched", "fading", "rounding", "more")}
    return pieces | {"mark": mark, "end": Decimal(0)}


def _fading(near: Decimal, far: Decimal, scale: Scale) -> list[dict[str, str]]:
    return [_piece(near + a * (far - near), near + b * (far - near), scale) for a, b in FADING]


def _piece(start: Decimal, end: Decimal, scale: Scale) -> dict[str, str]:
    left, right = sorted((scale.share(start), scale.share(end)))
    return {"left": percent(left), "right": percent(right), "width": percent(right - left)}
