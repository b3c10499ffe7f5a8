"""Takes an edition and gives the blocks of a page that come from tables: HTML filled from templates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kuaibao import summary, wording
from kuaibao.errors import LANGUAGES
from kuaibao.render import pictures
from kuaibao.render.edition import link, url
from kuaibao.render.figure_history import FigureHistory
from kuaibao.render.frames import frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.model import Derived, Figure, Package, Row
    from kuaibao.render.edition import Edition

READ = re.compile(r"(?<=\[)\d{4}-\d\d-\d\d(?=\])")  # the day on which a source was read, in GB/T 7714


def environment(folder: str) -> Environment:
    """Make an environment over a folder of templates, in which every undefined name is an error."""
    loader = PackageLoader("kuaibao", f"templates/{folder}")
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


class Blocks:
    """The blocks of one edition."""

    def __init__(self, edition: Edition, titles: Mapping[str, str] | None = None) -> None:
        """Bind the templates to an edition; `titles` are those of the hand-written pages, by path."""
        self.edition = edition
        self.titles = titles or {}
        self._templates = environment("blocks")
        self.history = FigureHistory(edition)
        self._cards: dict[str, Markup] = {}

    def fill(self, template: str, page: str, **values: Any) -> Markup:  # noqa: ANN401  # whatever the template names
        """Fill a template of templates/blocks; `to` in it gives links from the page."""
        words = wording.words(self.edition.language)
        html = self._templates.get_template(f"{template}.html.j2").render(
            e=self.edition,
            b=self,
            w=words,
            page=page,
            url=url,
            to=lambda target: link(page, target),
            **values,
        )
        lines = (line.strip() for line in html.splitlines())
        return Markup("\n".join(filter(None, lines)) + "\n")  # noqa: S704  # the template escaped it

    def inside(self, name: str) -> Markup:
        """Give what stands in the card of a figure or relation; its links lead from the page of all figures.

        The card at the permanent address and the one that opens over a page are this same text.
        """
        if name not in self._cards:
            self._cards[name] = self._inside(name)
        return self._cards[name]

    def _inside(self, name: str) -> Markup:
        if name in self.edition.derived:
            derived = self.edition.derived[name]
            said = (
                self.edition.of(derived.row, "label")
                + self.edition.say("colon")
                + self.relation_text(derived)
            )
            return self.fill("relation", _data_page(derived.bulletin), d=derived, cite=self._cite(name, said))
        figure = self.edition.figures[name]
        said = self.edition.label("indicators", figure.row["indicator"]) + self.edition.say("colon")
        cite = self._cite(name, said + self.edition.figure_text(name))
        values = {"f": figure, "cite": cite, "frame": frame(self.edition, figure)}
        return self.fill("figure", _data_page(figure.bulletin), **values)

    def _cite(self, name: str, said: str) -> Markup:
        """Show how to cite a figure or relation, and its permanent address."""
        bulletin = name.partition(".")[0]
        package, site_url = self.edition.archive.bulletins[bulletin], self.edition.site_url
        language = self.edition.language
        return self.fill(
            "cite",
            _data_page(bulletin),
            name=name,
            text=self.dated(
                summary.citation_of(package, self.edition.archive, site_url, language, name, said)
            ),
            address=summary.address(package, site_url, language, name),
        )

    def dated(self, citation: str) -> Markup:
        """Mark where a citation names the day on which it is read, for the browser to fill in."""
        found = READ.search(citation)
        if not found:
            return escape(citation)
        before, after = citation[: found.start()], citation[found.end() :]
        return Markup('{}<span class="kb-today">{}</span>{}').format(before, found[0], after)

    def figures_table(self, page: str, bulletin: str, section: str) -> Markup:
        """Show the figures of a section: what, how much, where, when, as printed."""
        rows = [f for f in self.edition.by_bulletin[bulletin] if f.numeral["section"] == section]
        title = self.edition.of(self.edition.sections[bulletin, section], "title")
        return self.fill(
            "figures_table", page, figures=rows, caption=self.edition.say("figures_caption", section=title)
        )

    def measures_table(self, page: str, bulletin: str, section: str) -> Markup:
        """Show the measures of a section: what, who, with whom, for whom, with which figures."""
        rows = [row for row in self.measures(bulletin) if row["section"] == section]
        return self.fill("measures_table", page, measures=rows, bulletin=bulletin)

    def system_map(self, page: str, bulletin: str) -> Markup:
        """Show, section by section, who acts, through what, for whom."""
        return pictures.Pictures(self.edition, self, page).system_map(bulletin)

    def picture(self, page: str, figures: Sequence[Figure], title: str) -> Markup:
        """Draw the figures of an indicator where there are several; nothing for a single one."""
        return pictures.Pictures(self.edition, self, page).of_indicator(figures, title)

    def measures(self, bulletin: str) -> list[Row]:
        """List the measures of a bulletin."""
        return self.edition.archive.bulletins[bulletin].rows("measures")

    def sections(self, bulletin: str) -> list[Row]:
        """List the sections of a bulletin."""
        return self.edition.archive.bulletins[bulletin].rows("sections")

    def organisations(self, keys: str) -> str:
        """Name organisations, given as keys parted by blanks."""
        return self.edition.say("list_joint").join(
            self.edition.label("organisations", key) for key in keys.split()
        )

    def titled(self, titles: tuple[str, str]) -> str:
        """Give the one of two titles (zh, en) that is in this language."""
        return titles[LANGUAGES.index(self.edition.language)]

    def version(self, package: Package) -> str:
        """Say the version of a package and when it was released; of one that never was, that it was not."""
        say, released = self.edition.say, package.releases[-1:]
        if not released:
            return say("version_unreleased", version=package.descriptor["version"])
        return say("version_dated", version=released[0].number, date=self.date(released[0].date))

    def date(self, iso: str) -> str:
        """Write a date."""
        return wording.date(iso, self.edition.language)

    def facts(self, bulletin: str) -> str:
        """Give the line of counts of a bulletin."""
        return summary.facts(self.edition.archive.bulletins[bulletin], self.edition.language)

    def completeness(self, bulletin: str) -> str:
        """Say how many numerals of a bulletin are accounted for."""
        return summary.completeness(self.edition.archive.bulletins[bulletin], self.edition.language)

    def meter(self, bulletin: str) -> Markup:
        """Draw the numerals of a bulletin as a bar: published, set aside, and not accounted for."""
        package = self.edition.archive.bulletins[bulletin]
        total, figures, others = summary.accounted(package)
        return self.fill("meter", "", total=max(total, figures + others), figures=figures, others=others)

    def citation(self, bulletin: str) -> str:
        """Give the citation of a bulletin's data."""
        package = self.edition.archive.bulletins[bulletin]
        return summary.citation(package, self.edition.archive, self.edition.site_url, self.edition.language)

    def constraints(self, field: Mapping[str, Any]) -> str:
        """Say the constraints of a field in words."""
        found = dict(field["constraints"])
        if "codelist" in field and "enum" not in found:
            found["codelist"] = f"{field['codelist']}.csv"
        return self.edition.say("list_joint").join(
            self._constraint(name, value) for name, value in found.items() if value is not False
        )

    def _constraint(self, name: str, value: object) -> str:
        values = ", ".join(value) if isinstance(value, list) else str(value)
        return self.edition.say(f"con_{name}", values=values)

    def relation_text(self, derived: Derived) -> str:
        """Write a relation as a line of arithmetic, in figures of this language."""
        terms = [self.edition.figure_text(name) for name in derived.row["terms"].split()]
        if derived.quantity is not None:
            result = self.edition.derived_text(derived.id, marked=False)
        else:
            result = self.edition.figure_text(derived.row["result"])
        shape = SHAPES[derived.row["kind"]]
        sign = {"subset": "≤", "sum": "="}.get(derived.row["kind"], "=" if _same(derived) else "≈")
        return (
            f"{shape.join(terms)} {sign} {result}"
            if shape
            else f"{' → '.join(terms)}{self.edition.say('colon')}{result}"
        )


def _data_page(bulletin: str) -> str:
    return f"bulletins/{bulletin}/data.md"


# How the terms of a relation are joined in a line of arithmetic; growth is written as an arrow.
SHAPES = {"sum": " + ", "subset": ", ", "share": " ÷ ", "ratio": " ÷ ", "difference": "", "growth": ""}


def _same(derived: Derived) -> bool:
    """Tell whether a derived number is shown in full, without rounding."""
    quantity = derived.quantity
    return quantity is not None and wording.rounded(quantity).value == quantity.value
