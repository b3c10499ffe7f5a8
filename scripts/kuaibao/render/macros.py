"""Gives the macros that a page may use; each is bound to an edition and the page that calls it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from kuaibao.render.edition import link
from kuaibao.render.frames import frame
from kuaibao.render.pictures import Pictures

if TYPE_CHECKING:
    from collections.abc import Callable

    from kuaibao.render.blocks import Blocks
    from kuaibao.render.edition import Edition

# Characters that HTML or Markdown would read as markup inside a line of text.
INERT = {ord(c): f"&#{ord(c)};" for c in "&<>\"'\\`*_{}[]#|~"}


# What would begin a list, a rule or an admonition at the start of a line.
OPENING = re.compile(r"[-+!=:]|[0-9]+[.)](?=\s|$)")


def inert(text: str) -> Markup:
    """Give data as text that neither HTML nor Markdown reads as markup, wherever in a line it stands."""
    first = f"&#{ord(text[0])};" if OPENING.match(text) else ""
    return Markup(first + text[bool(first) :].translate(INERT))  # noqa: S704  # escaped here


class Macros:
    """The macros for one page of one edition."""

    def __init__(self, edition: Edition, blocks: Blocks, page: str) -> None:
        """Bind the macros to a page, by its path below the language."""
        self.edition, self.blocks, self.page = edition, blocks, page

    def bound(self) -> dict[str, Callable[..., str]]:
        """List the macros by the name that pages use."""
        names = (
            "fig", "derived", "period", "card", "embedded", "figures_table", "measures_table", "bulletin",
            "bulletin_facts", "completeness", "source_link", "meter", "citation", "contact",
        )  # fmt: skip
        pictures = Pictures(self.edition, self.blocks, self.page, self.derived)
        return pictures.bound() | {name: getattr(self, name) for name in names}

    def fig(self, name: str, *, noun: bool = True) -> Markup:
        """Cite a figure: its text as a link to its data row."""
        figure = self.edition.figures[name]
        cited = self.edition.citations.setdefault(name, [])
        first = not any(page == self.page for page, _ in cited)
        anchor = f"cite-{name}"
        if first:
            cited.append((self.page, anchor))
        return self._anchor(
            self._row(name, figure.bulletin),
            f"fig fig--{figure.quantity.qualifier}",
            self.edition.figure_text(name, noun=noun),
            anchor if first else "",
        )

    def derived(self, name: str, *, noun: bool = True) -> Markup:
        """Cite a derived number, marked as derived."""
        bulletin = self.edition.derived[name].bulletin
        return self._anchor(
            self._row(name, bulletin), "fig fig--derived", self.edition.derived_text(name, noun=noun)
        )

    def period(self, name: str) -> Markup:
        """Say the period of a figure in brief: 2022 年; 2023 年（推定）; 时期未说明."""
        figure = self.edition.figures[name]
        return inert(
            self.edition.period(figure) if figure.row["period"] else self.edition.say("period_unknown")
        )

    def card(self, name: str) -> Markup:
        """Show a figure as a card: what it counts, its interval, where, when, and how it was printed."""
        return self.blocks.fill("card", self.page, f=self.edition.figures[name], value=self.fig(name))

    def embedded(self, name: str) -> Markup:
        """Show how another page embeds a figure: the code, and what comes of it."""
        figure = self.edition.figures[name]
        return self.blocks.fill("embedded", self.page, frame=frame(self.edition, figure))

    def _row(self, name: str, bulletin: str) -> str:
        return link(self.page, f"bulletins/{bulletin}/data/#{name}")

    def _anchor(self, href: str, kind: str, text: str, anchor: str = "") -> Markup:
        name = Markup(' id="{}"').format(anchor) if anchor else ""
        return Markup('<a class="{}" href="{}"{}>{}</a>').format(kind, href, name, inert(text))

    def figures_table(self, bulletin: str, section: int) -> Markup:
        """Show the figures of a section as a table."""
        return self.blocks.figures_table(self.page, bulletin, str(section))

    def measures_table(self, bulletin: str, section: int) -> Markup:
        """Show the measures of a section."""
        return self.blocks.measures_table(self.page, bulletin, str(section))

    def bulletin(self, name: str, key: str) -> str:
        """Give a fact about a bulletin: date, issue, issuer, series, short or title."""
        package = self.edition.archive.bulletins[name]
        if key == "date":
            return self.blocks.date(str(package.bulletin["date"]))
        if key == "issuer":
            return self.edition.label("organisations", str(package.bulletin["issuer"]))
        if key == "title":
            return package.describe("title", self.edition.language)
        return str(package.bulletin[f"{key}_{self.edition.language}"])

    def bulletin_facts(self, name: str) -> str:
        """Give the line of counts of a bulletin: figures, measures, numerals."""
        return self.blocks.facts(name)

    def completeness(self, name: str) -> str:
        """Say how many numerals of a bulletin are accounted for."""
        return self.blocks.completeness(name)

    def source_link(self, name: str) -> Markup:
        """Lead to the text of a bulletin with its numerals marked; nothing where the site has no texts."""
        if name not in self.edition.texts:
            return Markup()
        address = link(self.page, f"bulletins/{name}/source/")
        button = Markup('<p class="kb-btns"><a class="kb-btn" href="{}">{}</a></p>')
        return button.format(address, self.edition.say("source"))

    def meter(self, name: str) -> Markup:
        """Draw how many numerals of a bulletin are published, how many set aside."""
        return self.blocks.meter(name)

    def citation(self, name: str) -> str:
        """Give the citation of a bulletin's data: GB/T 7714 in Chinese, APA in English."""
        return self.blocks.citation(name)

    def contact(self) -> Markup:
        """Give the address for reports of errors."""
        return Markup('<a href="{}">{}</a>').format(
            self.edition.contact, self.edition.contact.removeprefix("mailto:")
        )
