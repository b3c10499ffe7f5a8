"""Gives the macros that draw: charts of figures and the map of who acts; bound to an edition and a page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from kuaibao import charts, summary, wording
from kuaibao.charts import Around, Caption, Chart, Mark, Step
from kuaibao.derive import compute
from kuaibao.render import comparison
from kuaibao.render.edition import link, url
from kuaibao.render.system import OF_MEASURES, OF_SECTIONS, across, bands, finding_of, flow_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from kuaibao.model import Derived, Figure
    from kuaibao.render.blocks import Blocks
    from kuaibao.render.edition import Edition
    from kuaibao.render.system import Band, Words

REFERENCE = re.compile(r"\{([a-z]{2,8}-[0-9]{3,}\.[a-z]?[0-9.]+)\}")
FOLDER: Final = "embed/charts/"
SCRIPT: Final = "assets/javascripts/charts.js"
DOTTED: Final = 100  # a sum up to this is drawn as one dot a thing
MOST: Final = 30  # more figures of an indicator than this are a table, no picture
POINTS: Final = 8  # more than this in time are bars
MACROS: Final = (
    "bars", "dots", "slope", "areas", "parts", "shares", "grid", "chain", "stair", "pairing", "system_map",
)  # fmt: skip


class Pictures:
    """The drawing macros for one page of one edition."""

    def __init__(
        self, edition: Edition, blocks: Blocks, page: str, derived: Callable[[str], Markup] | None = None
    ) -> None:
        """Bind the macros to a page, by its path below the language; `derived` cites a derived number."""
        self.edition, self.blocks, self.page = edition, blocks, page
        self.derived = derived or self._cited
        self._drawn: set[str] = set()

    def bound(self) -> dict[str, Callable[..., str]]:
        """List the macros by the name that pages use."""
        return {name: getattr(self, name) for name in MACROS}

    def bars(self, names: Sequence[str], *, title: str, finding: str) -> Markup:
        """Draw figures of one unit as bars."""
        return self._figure(charts.bars(self._marks(names), self._caption(title, finding, names)))

    def dots(self, names: Sequence[str] | Mapping[str, Sequence[str]], *, title: str, finding: str) -> Markup:
        """Draw counts as dots, one dot a thing; a table of lists gives each list its heading."""
        grouped: Mapping[str, Sequence[str]] = names if isinstance(names, dict) else {"": list(names)}
        groups = {heading: self._marks(group) for heading, group in grouped.items()}
        named = [name for group in grouped.values() for name in group]
        return self._figure(charts.dots(groups, self._caption(title, finding, named)))

    def slope(
        self,
        names: Sequence[str],
        *,
        derived: str,
        title: str,
        finding: str,
        periods: Mapping[str, str] | None = None,
    ) -> Markup:
        """Draw a change between figures; `derived` tells it, '' for none.

        `periods` words the period of a figure better than the data can.
        """
        marks = [
            replace(mark, period=(periods or {}).get(name, mark.period))
            for name, mark in zip(names, self._marks(names), strict=True)
        ]
        told = self.derived(derived) if derived else ""
        return self._figure(charts.slope(marks, told, self._caption(title, finding, names)))

    def areas(self, names: Sequence[str], *, title: str, finding: str) -> Markup:
        """Draw amounts of one unit as squares, where the largest is a hundred times the smallest."""
        return self._figure(charts.areas(self._marks(names), self._caption(title, finding, names)))

    def parts(self, relation: str, *, title: str, finding: str, within: str = "", rest: str = "") -> Markup:
        """Draw the terms of a sum as parts of it, and the sum within the whole of the relation `within`.

        Counts up to a hundred are dots, other amounts bars that continue one another; `rest` says what else
        is in the whole. Raises ValueError where a relation is of another kind.
        """
        terms = self._terms(relation, "sum")
        total = self._total(relation)
        marks, caption = self._marks(terms), self._caption(title, finding, terms)
        around = Around(self._whole(within, total), self._rest(within, rest)) if within else None
        if charts.can_be_dots(around.whole if around else total, DOTTED):
            return self._figure(charts.nested(marks, total, caption, around))
        return self._figure(charts.cascade(marks, total, caption))

    def shares(self, relations: Sequence[str], *, title: str, finding: str) -> Markup:
        """Draw a whole and its parts by the relations that give the parts' shares; parts are not stacked.

        Raises ValueError where relations have different wholes or are no shares.
        """
        pairs = [self._terms(name, "share") for name in relations]
        if len({whole for _, whole in pairs}) != 1:
            message = f"shares: {', '.join(relations)} given, shares of one whole expected; draw two charts"
            raise ValueError(message)
        parts = [
            (self._mark(part), self._derived(name)) for (part, _), name in zip(pairs, relations, strict=True)
        ]
        caption = self._caption(title, finding, pairs[0])
        return self._figure(charts.shares(self._mark(pairs[0][1]), parts, caption))

    def grid(
        self, names: Mapping[str, Sequence[str]], *, columns: Sequence[str], title: str, finding: str
    ) -> Markup:
        """Draw counts in a grid, one dot a thing; '' leaves a cell empty: the bulletin does not tell."""
        table = {row: [self._mark(name) if name else None for name in cells] for row, cells in names.items()}
        named = [name for cells in names.values() for name in cells if name]
        return self._figure(charts.grid(table, columns, self._caption(title, finding, named)))

    def chain(self, steps: Sequence[tuple[str, str, Sequence[str]]], *, title: str, finding: str) -> Markup:
        """Draw steps that follow one another: each a name, words on it, and the figures that tell it."""
        return self._steps("chain", steps, title, finding)

    def stair(self, steps: Sequence[tuple[str, str, Sequence[str]]], *, title: str, finding: str) -> Markup:
        """Draw steps that lead upwards, written as in `chain`."""
        return self._steps("stair", steps, title, finding)

    def pairing(
        self, names: Sequence[str], targets: Sequence[str], *, via: str, title: str, finding: str
    ) -> Markup:
        """Draw who helps (names) and who is helped (targets), where nothing says who helps whom."""
        caption = self._caption(title, finding, names)
        return self._figure(charts.pairing(self._marks(names), self._marks(targets), via, caption))

    def system_map(self, bulletin: str) -> Markup:
        """Draw who acts, through what, for whom: across the sections, then section by section."""
        found = bands(self.blocks.sections(bulletin), self.blocks.measures(bulletin))
        whole, folder = across(found), f"bulletins/{bulletin}/"
        figures = []
        for section, band in found:
            title = self.edition.say("map_title", section=self.edition.of(section, "title"))
            targets = [f"{folder}{row['section']}/#{row['measure']}" for row in band.rows]
            figures.append((section, self._flow(band, targets, title, OF_MEASURES)))
        targets = [f"{folder}{section['section']}/" for section, _ in found]
        first = self._flow(whole, targets, self.edition.say("map_across"), OF_SECTIONS) if whole else ""
        return self.blocks.fill("system_map", self.page, across=first, figures=figures, bulletin=bulletin)

    def _flow(self, band: Band, targets: Sequence[str], title: str, words: Words) -> Markup:
        caption = self._caption(title, finding_of(band, self.edition, words), [])
        addresses = [link(self.page, target) for target in targets]
        return self._figure(charts.flow(flow_of(band, self.edition, addresses), caption))

    def of_indicator(self, figures: Sequence[Figure], title: str) -> Markup:
        """Draw the figures of an indicator where there are several: a change as a slope, others as bars."""
        if not 2 <= len(figures) <= MOST:  # noqa: PLR2004  # one number is no chart
            return Markup()
        ordered = comparison.in_time(figures, self.edition)
        names, key = [figure.id for figure in ordered or figures], f"indicator-{figures[0].row['indicator']}"
        if 2 <= len(ordered) <= POINTS:  # noqa: PLR2004  # a change leads from one to another
            caption = self._caption(title, comparison.change(ordered, self.edition), names, key)
            grown = comparison.growth(ordered[0], ordered[-1], self.edition)
            told = self.derived(grown.id) if grown else ""
            return self._figure(charts.slope(self._marks(names), told, caption))
        found = ordered or figures
        marks = [
            replace(mark, label=label)
            for mark, label in zip(self._marks(names), comparison.labels(found, self.edition), strict=True)
        ]
        told = comparison.extremes(found, self.edition)
        return self._figure(charts.bars(marks, self._caption(title, told, names, key)))

    def _steps(
        self, shape: str, steps: Sequence[tuple[str, str, Sequence[str]]], title: str, finding: str
    ) -> Markup:
        found = [Step(name=name, words=words, marks=self._marks(names)) for name, words, names in steps]
        named = [name for *_, names in steps for name in names]
        return self._figure(charts.steps(shape, found, self._caption(title, finding, named)))

    def _figure(self, chart: Chart) -> Markup:
        """Keep the chart's file, also as a script, and give its HTML; the first on a page brings the code."""
        self.edition.charts[chart.name] = chart
        self.edition.drawings[f"{FOLDER}{chart.name}.svg"] = chart.drawing
        told = f"kuaibaoPicture({json.dumps(chart.name)}, {json.dumps(chart.drawing)});\n"
        self.edition.drawings[f"{FOLDER}{chart.name}.js"] = told
        address = "" if self._drawn else link(self.page, SCRIPT)
        script = Markup('<script src="{}" defer></script>\n').format(address) if address else ""
        self._drawn.add(chart.name)
        return Markup("\n{}\n{}").format(chart.html, script)

    def _caption(self, title: str, finding: str, names: Sequence[str], key: str = "") -> Caption:
        return Caption(
            title=title,
            finding=REFERENCE.sub(self._text, finding),
            language=self.edition.language,
            source=self._source(names),
            page=self.page,
            key=key,
            address=self.edition.address(url(self.page)),
            folder=link(self.page, FOLDER),
            tools=self._tools,
        )

    def _tools(self, name: str, height: int) -> Markup:
        """Show how to embed a chart of so many px."""
        values = {"embedded": f"{FOLDER}{name}/", "drawn": f"{FOLDER}{name}.svg", "height": height}
        return self.blocks.fill("embed", self.page, kind="kb-chart__data", title="", **values)

    def _source(self, names: Sequence[str]) -> str:
        """Say where a picture is from; without figures it is from the page's own bulletin."""
        archive, own = self.edition.archive, self.page.partition("/")[2].partition("/")[0]
        found = dict.fromkeys(name.partition(".")[0] for name in names or [own])
        packages = [archive.bulletins[name] for name in found if name in archive.bulletins]
        return summary.source(packages, archive, self.edition.language)

    def _text(self, match: re.Match[str]) -> str:
        name = match.group(1)
        return (
            self.edition.derived_text(name)
            if name in self.edition.derived
            else self.edition.figure_text(name)
        )

    def _terms(self, relation: str, kind: str) -> list[str]:
        """List the terms of a relation; raise ValueError where it is of another kind."""
        row = self.edition.derived[relation].row
        if row["kind"] != kind:
            message = f"{relation}: a relation of kind {row['kind']} given, {kind} expected; name another"
            raise ValueError(message)
        return row["terms"].split()

    def _total(self, relation: str) -> Mark:
        """Give the total of a sum: the figure that was printed, or else the number that follows."""
        result = self.edition.derived[relation].row["result"]
        return self._mark(result) if result else self._derived(relation)

    def _whole(self, relation: str, part: Mark) -> Mark:
        """Give the whole that a relation of kind subset names, of which `part` must be the part."""
        terms = self._terms(relation, "subset")
        if [self._mark(name).href for name in terms] != [part.href]:
            message = f"{relation}: {', '.join(terms)} is part there, {part.label} expected; name another"
            raise ValueError(message)
        return self._mark(self.edition.derived[relation].row["result"])

    def _rest(self, relation: str, label: str) -> Mark:
        """Give what a relation of kind subset leaves of the whole, a number that follows, under a label."""
        row = self.edition.derived[relation].row
        pair = [self.edition.figures[name].quantity for name in (row["terms"], row["result"])]
        left = compute("difference", pair, pair[0].unit)
        text = wording.derived(left, self.edition.code("units", left.unit), self.edition.language)
        return self._following(relation, label, self.edition.say("derived_mark", text=text), left.value)

    def _marks(self, names: Sequence[str]) -> list[Mark]:
        return [self._mark(name) for name in names]

    def _mark(self, name: str) -> Mark:
        figure = self.edition.figures[name]
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

    def _cited(self, name: str) -> Markup:
        mark = self._derived(name)
        return Markup('<a class="{}" href="{}">{}</a>').format(mark.classes, mark.href, mark.text)

    def _derived(self, name: str) -> Mark:
        """Give a number that follows from others as a mark, for its text and link."""
        found: Derived = self.edition.derived[name]
        if found.quantity is None:
            message = f"{name}: a relation without a number of its own given; name one that gives a number"
            raise ValueError(message)
        label = self.edition.of(found.row, "label")
        return self._following(name, label, self.edition.derived_text(name), found.quantity.value)

    def _following(self, relation: str, label: str, text: str, value: Decimal) -> Mark:
        """Make the mark of a number that follows by a relation."""
        bulletin = self.edition.derived[relation].bulletin
        return Mark(
            label=label,
            text=text,
            value=value,
            low=None,
            high=None,
            qualifier="derived",
            period=self.edition.say("none"),
            href=link(self.page, f"bulletins/{bulletin}/data/#{relation}"),
        )
