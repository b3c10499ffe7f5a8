"""Takes the layout of a chart and gives its HTML (title, picture, table, caption) and its file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kuaibao.charts.poster import Line, poster
from kuaibao.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.charts.marks import Mark
    from kuaibao.errors import Language

COLUMNS: Final = ("col_indicator", "col_figure", "col_period")
_MARKDOWN = {ord(sign): f"&#{ord(sign)};" for sign in "`{}"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Caption:
    """The words around a chart: its title, what it shows in one sentence, and in the file where it is from.

    `page` is the path of the page, which has no other chart of that kind and these figures; `folder` is the
    address of the folder of the files to download, '' where there are none.
    """

    title: str
    finding: str
    language: Language
    source: str = ""
    page: str = ""
    folder: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A chart: its id, its HTML for the page, and the same as an SVG file of its own."""

    name: str
    html: Markup
    drawing: str


def draw(
    kind: str,
    marks: Sequence[Mark],
    caption: Caption,
    lines: Sequence[Line],
    *,
    parts: Sequence[str] = (),
    **layout: object,
) -> Chart:
    """Fill the template of a kind of chart; `lines` are what the file shows, `layout` what the page does.

    `parts` are the addresses of what else is drawn besides figures.
    """
    name = _identity(kind, caption.page, [*(mark.href for mark in marks), *parts])
    word = words(caption.language)
    html = (
        templates()
        .get_template(f"{kind}.html.j2")
        .render(
            id=name,
            kind=kind,
            marks=marks,
            title=caption.title,
            finding=caption.finding,
            file=f"{caption.folder}{name}" if caption.folder else "",
            w=word,
            columns=[word[key] for key in COLUMNS],
            **layout,
        )
    )
    return Chart(name=name, html=Markup(html), drawing=poster(caption, lines))  # noqa: S704  # escaped by it


def picture(kind: str, **values: Any) -> Markup:  # noqa: ANN401  # whatever the kind of mark takes
    """Draw the marks of a row: bar, dots, squares or slope, as SVG without its outer element."""
    made: Markup = getattr(templates().get_template("marks.html.j2").module, kind)(**values)
    return Markup(" ".join(made.split()))  # noqa: S704  # the template has escaped all data


def _identity(kind: str, page: str, drawn: Sequence[str]) -> str:
    """Name a chart by its page and what it draws: it keeps its name as long as these, in every language."""
    told = "\n".join([kind, page, *drawn])
    return f"chart-{sha256(told.encode()).hexdigest()[:8]}"


@cache
def templates() -> Environment:
    """Load the templates of charts, in which every undefined name is an error."""
    return Environment(
        loader=PackageLoader("kuaibao", "templates/charts"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _inert(value: object) -> Markup:
    """Escape data for HTML, and what Markdown or another round of Jinja would act on."""
    return Markup(str(escape(value)).translate(_MARKDOWN))  # noqa: S704  # escaped just before
