"""Takes the measures of a bulletin; gives, by section, a diagram of who acts, through what, for whom."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kuaibao.model import Row


class Link(NamedTuple):
    """A line of the diagram: acts, helps or serves, and the height of both ends in percent."""

    kind: str
    start: str
    end: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """A section as three columns of equal rows: who acts or helps, the measures, who is served."""

    section: Row
    actors: Sequence[str]
    measures: Sequence[Row]
    served: Sequence[str]
    before: Sequence[Link]
    after: Sequence[Link]


def bands(sections: Iterable[Row], measures: Sequence[Row]) -> list[Band]:
    """Lay out every section that has measures; organisations stand at the height of their measures."""
    found = [(section, [m for m in measures if m["section"] == section["section"]]) for section in sections]
    return [_band(section, rows) for section, rows in found if rows]


def _band(section: Row, measures: Sequence[Row]) -> Band:
    actors = _ordered(measures, ("acting", "partners"))
    served = _ordered(measures, ("serves",))
    rows = list(enumerate(measures))
    return Band(
        section=section,
        actors=actors,
        measures=measures,
        served=served,
        before=[
            Link(kind, _height(actors.index(name), actors), _height(i, measures))
            for i, row in rows
            for kind, column in (("acts", "acting"), ("helps", "partners"))
            for name in row[column].split()
        ],
        after=[
            Link("serves", _height(i, measures), _height(served.index(name), served))
            for i, row in rows
            for name in row["serves"].split()
        ],
    )


def _ordered(measures: Sequence[Row], columns: Sequence[str]) -> list[str]:
    """List the organisations in columns, from those of the first measures to those of the last."""
    places: dict[str, list[int]] = {}
    for index, row in enumerate(measures):
        for column in columns:
            for name in row[column].split():
                places.setdefault(name, []).append(index)
    return sorted(places, key=lambda name: fmean(places[name]))


def _height(index: int, rows: Sequence[object]) -> str:
    return f"{100 * (2 * index + 1) / (2 * len(rows)):.1f}".removesuffix(".0")
