"""Takes the layout of a chart and gives its HTML (title, picture, table, caption) and its file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kuaibao.charts.poster import Line, poster
from kuaibao.wording import say, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kuaibao.charts.marks import Mark
    from kuaibao.errors import Language

COLUMNS: Final = ("col_indicator", "col_figure", "col_period")
# How much higher than its file a chart is in a frame of 640 px: more where the file has things in a row.
BESIDE: Final = ("dots", "flow", "pairing", "parts", "steps")
HIGHER, HIGH = Decimal("1.5"), Decimal("1.2")
_MARKDOWN = {ord(sign): f"&#{ord(sign)};" for sign in "`{}"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Caption:
    """The words around a chart: its title, what it shows in one sentence, where it is from.

    `page` is the path of the page, which has no other chart of that kind and these figures; `key` names the
    chart where it is to keep its name whatever it draws. `address` is the public one of the page, `folder`
    that of the files to download, '' where there are none; `tools` gives what else stands below the
    picture, by the chart's name and the height in px that it needs in a frame of 640 px.
    """

    title: str
    finding: str
    language: Language
    source: str = ""
    page: str = ""
    key: str = ""
    address: str = ""
    folder: str = ""
    tools: Callable[[str, int], Markup] = lambda _name, _height: Markup()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A chart: its id, its HTML for the page, the same without tools, and as an SVG file of its own.

    `periods` says of what times its figures are, '' where it draws none or tells them itself.
    """

    name: str
    html: Markup
    bare: Markup
    drawing: str
    caption: Caption
    periods: str


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
    name = caption.key or _identity(kind, caption.page, [*(mark.href for mark in marks), *parts])
    word, template = words(caption.language), templates().get_template(f"{kind}.html.j2")
    values = layout | {
        "id": name,
        "kind": kind,
        "marks": marks,
        "title": caption.title,
        "finding": caption.finding,
        "w": word,
        "columns": [word[key] for key in COLUMNS],
    }
    file = f"{caption.folder}{name}" if caption.folder else ""
    periods = "" if kind == "slope" else _periods(marks, caption.language)
    address = f"{caption.address}#{name}" if caption.address else ""
    drawing, height = poster(caption, lines, (periods, " ".join(filter(None, (caption.source, address)))))
    tools = caption.tools(name, int(height * (HIGHER if kind in BESIDE else HIGH) / 10) * 10)
    return Chart(
        name=name,
        html=Markup(template.render(heading="p", file=file, tools=tools, **values)),  # noqa: S704  # escaped by it
        bare=Markup(template.render(heading="h1", file="", tools="", **values)),  # noqa: S704  # escaped by it
        drawing=drawing,
        caption=caption,
        periods=periods,
    )


def _periods(marks: Sequence[Mark], language: Language) -> str:
    """Say the period of all marks, or of which mark each is; a number that follows from others has none."""
    found: dict[str, list[str]] = {}
    for mark in marks:
        if mark.qualifier != "derived":
            found.setdefault(mark.period, []).append(mark.label)
    joint, colon = say("list_joint", language), say("colon", language)
    several = [f"{period}{colon}{joint.join(dict.fromkeys(names))}" for period, names in found.items()]
    told = say("source_joint", language).join(several if len(found) > 1 else found)
    return f"{say('col_period', language)}{colon}{told}" if told else ""


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
