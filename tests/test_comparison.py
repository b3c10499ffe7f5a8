"""How figures of one indicator compare: in time, side by side, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kuaibao.load import load
from kuaibao.render import Edition
from kuaibao.render.comparison import change, extremes, in_time, labels

if TYPE_CHECKING:
    from kuaibao.model import Figure

GOOD = Path(__file__).parent / "packages" / "good"


@cache
def edition() -> Edition:
    """Open the small project in English."""
    return Edition(archive=load(GOOD), language="en", site_url="", contact="")


def figure(number: str, period: str = "", area: str = "999901") -> Figure:
    """Take a figure of the small project, for another period and area."""
    found = edition().figures[f"test-001.{number}"]
    told = {"period": period, "period_basis": "stated" if period else "unstated", "area": area}
    return replace(found, row=found.row | told)


def order(*figures: Figure) -> list[str]:
    """Order figures in time, by the end of their ids."""
    return [found.id[-4:] for found in in_time(figures, edition())]


def test_periods_give_the_order() -> None:
    """The earlier period comes first, in whatever order the figures were printed."""
    assert order(figure("1.02", "2023"), figure("1.01", "2021-06")) == ["1.01", "1.02"]


def test_an_order_that_is_not_certain() -> None:
    """A day within a year, a span, no period and another area leave the order open."""
    year = figure("1.01", "2023")
    others = [figure("1.02", "2023-06-20"), figure("1.02", "2020/2024"), figure("1.02")]
    others += [figure("1.02", "2024", "999902"), figure("1.02", "2023")]
    assert [order(year, other) for other in others] == [[]] * 5
    assert order(figure("1.01"), figure("1.02")) == []


def test_growth_places_a_figure_without_a_period() -> None:
    """A figure without a period stands before the one to which it grew."""
    assert order(figure("2.04", "2023"), figure("2.03")) == ["2.03", "2.04"]
    assert order(figure("2.03"), figure("1.01"), figure("2.04", "2023")) == []


def test_what_a_change_shows() -> None:
    """A rise is told with its growth, a fall without one; overlapping hedges tell neither."""
    rise = change([figure("2.03", "2022"), figure("2.04", "2023")], edition())
    assert rise.startswith("Up from 125,000 people to 160,000 people, a change of 28% (derived).")
    assert change([figure("1.02", "2022"), figure("1.01", "2023")], edition()).startswith("Down from 36 ")
    assert "cannot be told" in change([figure("1.05", "2022"), figure("1.01", "2023")], edition())
    assert change([figure("1.01", "2022")] * 2, edition()).startswith("The same at both ends: 12 ")


def test_figures_are_named_by_what_tells_them_apart() -> None:
    """Areas name figures of one period; where areas and periods differ, both do."""
    here, there = figure("1.01", "2023"), figure("1.02", "2023", "999900")
    assert labels([here, there], edition()) == [
        edition().label("areas", "999901"),
        edition().label("areas", "999900"),
    ]
    later = replace(there, row=there.row | {"period": "2024"})
    assert all(", " in label for label in labels([here, later], edition()))


def test_the_largest_and_the_smallest() -> None:
    """The extremes are named; where a hedge could change them, that is said; equal figures have none."""
    exact = [figure("1.01", "2021"), figure("1.02", "2022"), figure("1.04", "2023")]
    told = extremes(exact, edition())
    assert told.startswith("The largest is 36 ")
    assert "the smallest 12 " in told
    assert "may differ" in extremes([figure("1.05", "2023"), figure("1.06", "2024")], edition())
    assert "may differ" not in extremes([figure("1.02", "2022"), figure("1.06", "2024")], edition())
    assert extremes([figure("1.01", "2021"), figure("1.01", "2022")], edition()).startswith("All are ")
