"""Takes the layout of a chart and gives its HTML: title, picture, table of the data, caption."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kuaibao.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.charts.marks import Mark
    from kuaibao.errors import Language

COLUMNS: Final = ("col_indicator", "col_figure", "col_period")
_MARKDOWN = {ord(sign): f"&#{ord(sign)};" for sign in "`{}"}


def draw(
    kind: str, marks: Sequence[Mark], *, title: str, finding: str, language: Language, **layout: object
) -> str:
    """Fill the template of a kind of chart; the finding is its caption and the name of its picture."""
    html = (
        _templates()
        .get_template(f"{kind}.html.j2")
        .render(
            id=_identity(kind, title, marks),
            kind=kind,
            marks=marks,
            title=title,
            finding=finding,
            show_data=words(language)["show_data"],
            columns=[words(language)[key] for key in COLUMNS],
            **layout,
        )
    )
    return Markup(html)  # noqa: S704  # the template has escaped all data


def _identity(kind: str, title: str, marks: Sequence[Mark]) -> str:
    """Name a chart by its title and its figures, so that it keeps its address as long as it keeps these."""
    parts = "\n".join([kind, title, *(mark.href for mark in marks)])
    return f"chart-{sha256(parts.encode()).hexdigest()[:8]}"


@cache
def _templates() -> Environment:
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
