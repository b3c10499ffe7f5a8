"""Takes marks that count things and gives pictures of dots: in rows, in a grid, or as parts of a whole."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from kuaibao.charts.bar_chart import require_certain
from kuaibao.charts.frame import Caption, Chart, draw, picture
from kuaibao.charts.marks import Mark, reach_of, require
from kuaibao.charts.poster import Line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

MOST: Final = 300
FRAME: Final = 10
FEW: Final = 5  # frames that fit one row of a phone
FADING: Final = ["fading-1", "fading-2", "fading-3"]


class Dot(NamedTuple):
    """A dot of a kind (solid, ring, rest, fading-1 to fading-3) and its centre in a frame of 50 by 20."""

    kind: str
    x: int
    y: int


class Row(NamedTuple):
    """A mark with its frames of up to ten dots, each drawn."""

    mark: Mark
    frames: list[Markup]


class Around(NamedTuple):
    """The whole of which a total is a part, and what else is in it."""

    whole: Mark
    rest: Mark


def dots(groups: Mapping[str, Sequence[Mark]], caption: Caption) -> Chart:
    """Draw a dot for each thing counted, ten a frame, under the heading of its group ('' for none).

    Raises ValueError without marks, and for an end of an interval that is no whole number from 0 to MOST.
    """
    marks = [mark for group in groups.values() for mark in group]
    require("dots", marks, 1)
    rows = {heading: [counted(mark) for mark in group] for heading, group in groups.items()}
    lines = [line for heading, found in rows.items() for line in _lines(heading, found)]
    return draw("dots", marks, caption, lines, groups=rows, amount=_amount(rows))


def grid(table: Mapping[str, Sequence[Mark | None]], columns: Sequence[str], caption: Caption) -> Chart:
    """Draw counts in a grid of rows by columns, one dot a thing; None leaves a cell empty.

    Raises ValueError without marks, for a row of another length than `columns`, and as `dots` does.
    """
    marks = [mark for row in table.values() for mark in row if mark]
    require("grid", marks, 1)
    for name, row in table.items():
        if len(row) != len(columns):
            message = (
                f"grid: {name}: {len(row)} cells given, {len(columns)} expected; leave '' for an empty one"
            )
            raise ValueError(message)
    rows = {name: [mark and counted(mark) for mark in row] for name, row in table.items()}
    lines = [line for name, row in rows.items() for line in _lines(name, [cell for cell in row if cell])]
    return draw("grid", marks, caption, lines, rows=rows, heads=columns)


def nested(marks: Sequence[Mark], total: Mark, caption: Caption, around: Around | None = None) -> Chart:
    """Draw counts that add up to a total, one dot a thing, and the total within a larger whole.

    Raises ValueError for fewer than two marks, for one that is hedged, and as `dots` does.
    """
    require("parts", marks, 2)
    for mark in marks:
        require_certain(mark)
    rows = [counted(mark) for mark in marks]
    left = [Row(around.rest, _frames(["rest"] * _count(around.rest, around.rest.value)))] if around else []
    lines = _lines(f"{total.label} {total.text}", rows)
    if around:
        lines += _lines(f"{around.whole.label} {around.whole.text}", left)
    listed = [*marks, total, *(around or ())]
    return draw("parts", listed, caption, lines, rows=rows, total=total, around=around, left=left)


def counted(mark: Mark) -> Row:
    """Draw the frames of a mark: dots that are certain, then those that the hedge leaves open."""
    return Row(mark, _frames(_kinds(mark)))


def can_be_dots(mark: Mark, most: int = MOST) -> bool:
    """Tell whether a mark is a whole number from 1 to `most`."""
    ends = [mark.value, *(end for end in (mark.low, mark.high) if end is not None)]
    return all(end == end.to_integral_value() and 0 < end <= most for end in ends)


def _amount(rows: Mapping[str, Sequence[Row]]) -> str:
    most = max(len(row.frames) for found in rows.values() for row in found)
    return "few" if most <= FEW else "many"


def _lines(heading: str, rows: Sequence[Row]) -> list[Line]:
    first = [Line(label=heading, heading=True)] if heading else []
    return first + [
        Line(
            label=row.mark.label,
            value=row.mark.text,
            picture=_across(row.frames),
            height=_height(row.frames),
        )
        for row in rows
    ]


def _across(frames: Sequence[Markup]) -> Markup:
    return picture("across", frames=frames)


def _height(frames: Sequence[Markup]) -> int:
    return 26 * max(1, -(-len(frames) // FEW))


def _kinds(mark: Mark) -> list[str]:
    """List the dots of a mark: those certain, then those that the hedge leaves open."""
    if mark.qualifier == "at_least":
        return ["solid"] * _count(mark, mark.value) + FADING
    near, far = reach_of(mark, Decimal(1)) or (mark.value, mark.value)
    certain = _count(mark, max(near, Decimal(0)))
    return ["solid"] * certain + ["ring"] * (_count(mark, far) - certain)


def _count(mark: Mark, value: Decimal) -> int:
    if value != value.to_integral_value() or not 0 <= value <= MOST:
        message = f"dots: {mark.label}: {value} given, a whole number from 0 to {MOST} expected; use bars"
        raise ValueError(message)
    return int(value)


def _frames(kinds: Sequence[str]) -> list[Markup]:
    placed = [Dot(kind, 5 + 10 * (i % 5), 5 + 10 * (i % FRAME // 5)) for i, kind in enumerate(kinds)]
    return [picture("frame", dots=placed[i : i + FRAME]) for i in range(0, len(placed), FRAME)]
