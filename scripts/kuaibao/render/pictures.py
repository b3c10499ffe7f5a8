"""Gives the macros that draw: charts of figures and the map of who acts; bound to an edition and a page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from kuaibao import charts
from kuaibao.charts import Mark
from kuaibao.render.edition import link

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kuaibao.model import Figure
    from kuaibao.render.blocks import Blocks
    from kuaibao.render.edition import Edition

REFERENCE = re.compile(r"\{([a-z]{2,8}-[0-9]{3,}\.[a-z]?[0-9.]+)\}")


class Pictures:
    """The drawing macros for one page of one edition."""

    def __init__(self, edition: Edition, blocks: Blocks, page: str, derived: Callable[[str], Markup]) -> None:
        """Bind the macros to a page, by its path below the language; `derived` cites a derived number."""
        self.edition, self.blocks, self.page, self.derived = edition, blocks, page, derived

    def bound(self) -> dict[str, Callable[..., str]]:
        """List the macros by the name that pages use."""
        return {name: getattr(self, name) for name in ("bars", "dots", "slope", "system_map")}

    def bars(self, names: Sequence[str], *, title: str, finding: str) -> Markup:
        """Draw figures of one unit as bars."""
        return self._figure(
            charts.bars(
                self._marks(names),
                title=title,
                finding=self._finding(finding),
                language=self.edition.language,
            )
        )

    def dots(self, names: Sequence[str], *, title: str, finding: str) -> Markup:
        """Draw counts as dots, one dot a thing."""
        return self._figure(
            charts.dots(
                self._marks(names),
                title=title,
                finding=self._finding(finding),
                language=self.edition.language,
            )
        )

    def slope(
        self,
        names: Sequence[str],
        *,
        derived: str,
        title: str,
        finding: str,
        periods: Mapping[str, str] | None = None,
    ) -> Markup:
        """Draw a change between figures; `periods` words the period of a figure better than the data can."""
        marks = [
            replace(mark, period=(periods or {}).get(name, mark.period))
            for name, mark in zip(names, self._marks(names), strict=True)
        ]
        words = {"title": title, "finding": self._finding(finding)}
        return self._figure(
            charts.slope(marks, derived_text=self.derived(derived), language=self.edition.language, **words)
        )

    def _figure(self, html: str) -> Markup:
        return Markup("\n{}\n").format(Markup(html))  # noqa: S704  # charts escape what they are given

    def _finding(self, text: str) -> str:
        return REFERENCE.sub(self._text, text)

    def _text(self, match: re.Match[str]) -> str:
        name = match.group(1)
        return (
            self.edition.derived_text(name)
            if name in self.edition.derived
            else self.edition.figure_text(name)
        )

    def _marks(self, names: Sequence[str]) -> list[Mark]:
        return [self._mark(self.edition.figures[name]) for name in names]

    def _mark(self, figure: Figure) -> Mark:
        return Mark(
            label=self.edition.label("indicators", figure.row["indicator"]),
            text=self.edition.figure_text(figure.id),
            value=figure.quantity.value,
            low=figure.quantity.interval.low,
            high=figure.quantity.interval.high,
            qualifier=figure.quantity.qualifier,
            period=self.edition.period(figure),
            dated=bool(figure.row["period"]),
            href=link(self.page, f"bulletins/{figure.bulletin}/data/#{figure.id}"),
        )

    def system_map(self, bulletin: str) -> Markup:
        """Show who acts, through what, for whom."""
        return self.blocks.system_map(self.page, bulletin)
