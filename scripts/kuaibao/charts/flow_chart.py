"""Takes those who act, what they do and those served, with the ties between them; gives a diagram.

It has two layouts, of which a page shows the one that fits: three columns on wide screens and on paper; on a
phone from top to bottom, where a lane leads from everyone who acts past what they do, and another from
there to everyone served.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kuaibao.charts.diagram import middle
from kuaibao.charts.frame import Caption, Chart, draw, picture
from kuaibao.charts.poster import Line, broken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LANE: Final = 9  # px from lane to lane, and from the outermost to the edge
EDGE: Final = 6
COLUMNS: Final = ((0, 172), (250, 226), (554, 142))  # left end and width of the columns of a file, in px
SIZE: Final = 13  # px of the letters of a file, of its lines, and between two names
LEADING: Final = 17
SPACE: Final = 16
HEAD: Final = 30


class Tie(NamedTuple):
    """A line between a name beside and an item, by their places: acts, helps or serves."""

    kind: str
    side: int
    item: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What is done: its name, address and kind; who acts, with whom and for whom in words ('' for none)."""

    name: str
    href: str
    tag: str
    acting: str
    partners: str
    serves: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """Three columns under their heads, and the ties from each to the next."""

    heads: tuple[str, str, str]
    acting: Sequence[str]
    items: Sequence[Item]
    served: Sequence[str]
    before: Sequence[Tie]
    after: Sequence[Tie]


class _Lane(NamedTuple):
    x: int
    first: int
    last: int


def flow(found: Flow, caption: Caption) -> Chart:
    """Draw a flow.

    Raises ValueError where a column is empty.
    """
    if not (found.acting and found.items and found.served):
        message = "flow: an empty column given, names in all three expected; leave out what has no ties"
        raise ValueError(message)
    ties = [[_curve(tie, side) for tie in side.ties] for side in _sides(found)]
    addresses = [item.href for item in found.items]
    return draw(
        "flow", [], caption, [_file(found)], parts=addresses, flow=found, ties=ties, rows=_rows(found)
    )


class _Side(NamedTuple):
    ties: Sequence[Tie]
    names: int
    items: int
    flows_in: bool

    def ends(self, tie: Tie) -> tuple[float, float]:
        """Give the heights of a tie's ends, from left to right, in percent."""
        beside, inner = middle(tie.side, self.names), middle(tie.item, self.items)
        return (beside, inner) if self.flows_in else (inner, beside)


def _sides(found: Flow) -> tuple[_Side, _Side]:
    items = len(found.items)
    return (
        _Side(found.before, len(found.acting), items, flows_in=True),
        _Side(found.after, len(found.served), items, flows_in=False),
    )


def _curve(tie: Tie, side: _Side) -> dict[str, str]:
    start, end = side.ends(tie)
    return {"kind": tie.kind, "path": f"M0 {start:.4g}C50 {start:.4g} 50 {end:.4g} 100 {end:.4g}"}


# ------------------------------------------------------------------ from top to bottom


def _rows(found: Flow) -> list[dict[str, Any]]:
    """List the rows of the tall layout: those who act, what they do, those served."""
    above, items = len(found.acting), len(found.items)
    left = [
        _Lane(EDGE + LANE * place, place, above + max(tie.item for tie in found.before if tie.side == place))
        for place in range(above)
    ]
    right = [
        _Lane(
            LANE * (place + 1),
            above + min(tie.item for tie in found.after if tie.side == place),
            above + items + place,
        )
        for place in range(len(found.served))
    ]
    width, room = EDGE + LANE * above, EDGE + LANE * len(found.served)
    names = [*found.acting, *(item.name for item in found.items), *found.served]
    return [
        {
            "name": name,
            "kind": "start" if row < above else "goal",
            "item": found.items[row - above] if 0 <= row - above < items else None,
            "left": _strip(row, left, _joints(found.before, row, above, 0), width, width),
            "right": _strip(row, right, _joints(found.after, row, above, above + items), room, 0),
        }
        for row, name in enumerate(names)
    ]


def _joints(ties: Iterable[Tie], row: int, above: int, first: int) -> dict[int, str]:
    """Tell which lanes join a row, by place: those of its ties, or the one that begins or ends there."""
    joints = {tie.side: tie.kind for tie in ties if above + tie.item == row}
    return joints or {tie.side: "end" for tie in ties if first + tie.side == row}


def _strip(
    row: int, lanes: Sequence[_Lane], joints: dict[int, str], width: int, inner: int
) -> dict[str, Any]:
    """Lay out the lanes beside a row: lines, a bar to the row's text at `inner`, dots where lanes join."""
    xs = {lanes[place].x: kind for place, kind in joints.items()}
    far = (min if inner else max)(xs, default=inner)
    return {
        "width": width,
        "lanes": [
            {"x": lane.x, "top": 50 if row == lane.first else 0, "end": 50 if row == lane.last else 100}
            for lane in lanes
            if lane.first <= row <= lane.last
        ],
        "bars": [sorted((far, inner))] if xs else [],
        "dots": [(x, kind) for x, kind in xs.items() if kind != "end"],
    }


# ------------------------------------------------------------------ the file


def _file(found: Flow) -> Line:
    named = [found.acting, [item.name for item in found.items], found.served]
    texts = [
        [broken(name, (width - 2 * (number == 1) * EDGE) / SIZE) for name in names]
        for number, (names, (_, width)) in enumerate(zip(named, COLUMNS, strict=True))
    ]
    height = max(len(names) * (LEADING * max(map(len, names)) + SPACE) for names in texts)
    placed = [
        [_name(lines, place, len(names), height) for place, lines in enumerate(names)] for names in texts
    ]
    columns = [(*place, names) for place, names in zip(COLUMNS, placed, strict=True)]
    drawn = picture("flow", heads=found.heads, columns=columns, curves=[*_curves(found, height)])
    return Line(picture=drawn, height=height + HEAD, whole=True)


def _name(lines: list[str], place: int, count: int, height: int) -> dict[str, Any]:
    y = HEAD + middle(place, count) * height / 100
    first = y - LEADING * (len(lines) - 1) / 2
    tall = LEADING * len(lines) + SPACE - 6
    return {
        "lines": [(f"{first + LEADING * number + 4.5:.4g}", line) for number, line in enumerate(lines)],
        "top": f"{y - tall / 2:.4g}",
        "tall": tall,
    }


def _curves(found: Flow, height: int) -> Iterable[tuple[str, str]]:
    for side, (left, width), (right, _) in zip(_sides(found), COLUMNS, COLUMNS[1:], strict=False):
        start, end = left + width + EDGE, right - EDGE
        half = (start + end) // 2
        for tie in side.ties:
            ys = [f"{HEAD + share * height / 100:.4g}" for share in side.ends(tie)]
            yield tie.kind, f"M{start} {ys[0]}C{half} {ys[0]} {half} {ys[1]} {end} {ys[1]}"
