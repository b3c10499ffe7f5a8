"""Takes steps or sides that belong together and gives a diagram: a chain, a staircase, a pairing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kuaibao.charts.dot_chart import can_be_dots, counted
from kuaibao.charts.frame import Caption, Chart, draw, picture
from kuaibao.charts.marks import Mark, require
from kuaibao.charts.poster import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

DOTTED: Final = 100  # counts up to this are shown as dots beside their number


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step of a diagram: what it is called, words on it ('' for none), the figures that tell it."""

    name: str
    words: str = ""
    marks: Sequence[Mark] = ()


def steps(shape: str, found: Sequence[Step], caption: Caption) -> Chart:
    """Draw steps in their order, as a "chain" of like ones or a "stair" that rises.

    Raises ValueError for fewer than two steps.
    """
    if len(found) < 2:  # noqa: PLR2004  # one step leads nowhere
        message = f"{shape}: {len(found)} steps given, at least 2 expected; name more steps"
        raise ValueError(message)
    marks = [mark for step in found for mark in step.marks]
    rows = [(step, [_row(mark) for mark in step.marks]) for step in found]
    return draw("steps", marks, caption, _lines(rows), steps=rows, shape=shape)


def pairing(sources: Sequence[Mark], targets: Sequence[Mark], via: str, caption: Caption) -> Chart:
    """Draw those who help and those they help, joined in one knot: the figures do not say who helps whom.

    Raises ValueError without sources or targets.
    """
    require("pairing", sources, 1)
    require("pairing", targets, 1)
    sides = [[_row(mark) for mark in side] for side in (sources, targets)]
    lines = _lines([(Step(name=via), [*sides[0], *sides[1]])])
    threads = [("in", _at(i, len(sources))) for i in range(len(sources))]
    threads += [("out", _at(i, len(targets))) for i in range(len(targets))]
    return draw("pairing", [*sources, *targets], caption, lines, sides=sides, via=via, threads=threads)


def middle(place: int, count: int) -> float:
    """Give the middle of one of so many equal rows, in percent of the height of all."""
    return 100 * (2 * place + 1) / (2 * count)


def _at(place: int, count: int) -> str:
    return f"{middle(place, count):.1f}".removesuffix(".0")


def _row(mark: Mark) -> dict[str, Any]:
    most = DOTTED * 3
    return {"mark": mark, "frames": counted(mark).frames if can_be_dots(mark, most) else []}


def _lines(rows: Sequence[tuple[Step, Sequence[dict[str, Any]]]]) -> list[Line]:
    lines = []
    for step, figures in rows:
        lines.append(Line(label=step.name, heading=True))
        lines += [Line(label=step.words)] if step.words else []
        lines += [_line(row) for row in figures]
    return lines


def _line(row: dict[str, Any]) -> Line:
    frames, mark = row["frames"], row["mark"]
    if not frames:
        return Line(label=mark.label, value=mark.text)
    height = 26 * -(-len(frames) // 5)
    return Line(label=mark.label, value=mark.text, picture=picture("across", frames=frames), height=height)
