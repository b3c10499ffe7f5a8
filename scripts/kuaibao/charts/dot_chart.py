"""Takes marks that count things and gives a dot chart: one dot a thing, in frames of ten."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from kuaibao.charts.frame import draw
from kuaibao.charts.marks import Mark, reach_of, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.errors import Language

MOST: Final = 300
FRAME: Final = 10
FEW: Final = 5  # frames that fit one row of a phone
FADING: Final = ["fading-1", "fading-2", "fading-3"]


class Dot(NamedTuple):
    """A dot of a kind (solid, ring, fading-1 to fading-3) and its centre in a frame of 50 by 20."""

    kind: str
    x: int
    y: int


class Row(NamedTuple):
    """A mark with its frames of up to ten dots."""

    mark: Mark
    frames: list[list[Dot]]


def dots(marks: Sequence[Mark], *, title: str, finding: str, language: Language) -> str:
    """Draw a dot for each thing counted, ten a frame, five or ten frames a row.

    Raises ValueError without marks, and for an end of an interval that is no whole number from 0 to MOST.
    """
    require("dots", marks, 1)
    rows = [Row(mark, _frames(_kinds(mark))) for mark in marks]
    amount = "few" if max(len(row.frames) for row in rows) <= FEW else "many"
    return draw("dots", marks, title=title, finding=finding, language=language, rows=rows, amount=amount)


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


def _frames(kinds: Sequence[str]) -> list[list[Dot]]:
    placed = [Dot(kind, 5 + 10 * (i % 5), 5 + 10 * (i % FRAME // 5)) for i, kind in enumerate(kinds)]
    return [placed[i : i + FRAME] for i in range(0, len(placed), FRAME)]
