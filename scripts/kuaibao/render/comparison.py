"""Takes the figures of one indicator; gives how they compare, in time or side by side, and what it shows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.model import Derived, Figure, Interval
    from kuaibao.render.edition import Edition


def in_time(figures: Sequence[Figure], edition: Edition) -> list[Figure]:
    """Order figures of one area by their periods; none where their order is not certain.

    A figure without a period has a place before the one with which a relation of growth compares it.
    """
    ordered = sorted((figure for figure in figures if figure.row["period"]), key=_period)
    for figure in figures:
        if not figure.row["period"]:
            later = [place for place, other in enumerate(ordered) if growth(figure, other, edition)]
            ordered[min(later, default=0) : 0] = [figure] if later else []
    one_area = len({figure.row["area"] for figure in figures}) == 1
    certain = all(_after(one, other) for one, other in pairwise(ordered))
    return ordered if one_area and certain and len(ordered) == len(figures) else []


def _period(figure: Figure) -> str:
    return figure.row["period"]


def _after(one: Figure, other: Figure) -> bool:
    """Tell whether a figure comes before another, and neither period holds the other."""
    first, second = _period(one), _period(other)
    apart = "/" not in first + second and not second.startswith(first) and not first.startswith(second)
    return apart or (not first and bool(second))


def growth(first: Figure, last: Figure, edition: Edition) -> Derived | None:
    """Give the relation that tells the growth from one figure to another, if there is one."""
    return next(
        (
            derived
            for derived in edition.by_term[first.id]
            if derived.row["kind"] == "growth" and derived.row["terms"].split() == [first.id, last.id]
        ),
        None,
    )


def change(ordered: Sequence[Figure], edition: Edition) -> str:
    """Say how the last figure differs from the first, as far as their hedges let it be known."""
    first, last = ordered[0], ordered[-1]
    low, high = first.quantity.interval, last.quantity.interval
    way = "finding_rose" if _below(low, high) else "finding_fell" if _below(high, low) else "finding_open"
    same = low == high and first.quantity.qualifier == "exact"
    found = growth(first, last, edition)
    words = {"first": edition.figure_text(first.id), "first_period": edition.period(first)}
    words |= {"last": edition.figure_text(last.id), "last_period": edition.period(last)}
    told = edition.say("finding_change", change=edition.derived_text(found.id)) if found else ""
    return edition.say("finding_same" if same else way, **words, change=told)


def _below(one: Interval, other: Interval) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def labels(figures: Sequence[Figure], edition: Edition) -> list[str]:
    """Name figures by what tells them apart: area, period, bulletin; by the period where nothing does."""
    told = [
        [edition.label("areas", figure.row["area"]) for figure in figures],
        [edition.period(figure) for figure in figures],
        [_bulletin(figure, edition) for figure in figures],
    ]
    kept = [column for column in told if len(set(column)) > 1] or told[1:2]
    return [edition.say("list_joint").join(parts) for parts in zip(*kept, strict=True)]


def _bulletin(figure: Figure, edition: Edition) -> str:
    told, language = edition.archive.bulletins[figure.bulletin].bulletin, edition.language
    return f"{told[f'series_{language}']} {told[f'issue_{language}']}"


def extremes(figures: Sequence[Figure], edition: Edition) -> str:
    """Say which figure is the largest and which the smallest, and whether hedges leave that open."""
    named = dict(zip([figure.id for figure in figures], labels(figures, edition), strict=True))
    least, most = (choose(figures, key=lambda figure: figure.quantity.value) for choose in (min, max))
    if least.quantity.value == most.quantity.value:
        return edition.say("finding_alike", value=edition.figure_text(most.id))
    words = {"most": edition.figure_text(most.id), "most_of": named[most.id]}
    words |= {"least": edition.figure_text(least.id), "least_of": named[least.id]}
    key = "finding_extremes" if _certain(least, most, figures) else "finding_extremes_open"
    return edition.say(key, **words)


def _certain(least: Figure, most: Figure, figures: Sequence[Figure]) -> bool:
    """Tell whether every other figure lies above the least and below the most, wherever hedges leave it."""
    between = [figure.quantity.interval for figure in figures if figure not in (least, most)]
    pairs = [(least.quantity.interval, most.quantity.interval)]
    pairs += [
        pair for one in between for pair in ((least.quantity.interval, one), (one, most.quantity.interval))
    ]
    return all(_below(low, high) for low, high in pairs)
