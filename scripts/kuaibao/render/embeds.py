"""Takes the blocks of an edition and gives what others may embed: charts and figures, as pages and SVG."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from markupsafe import Markup, escape

from kuaibao import summary, wording
from kuaibao.charts import figure_card
from kuaibao.render.blocks import environment
from kuaibao.render.frames import facts
from kuaibao.render.pictures import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from kuaibao.charts import Chart
    from kuaibao.model import Figure, Package
    from kuaibao.render.blocks import Blocks
    from kuaibao.render.edition import Edition
    from kuaibao.render.figure_history import Withdrawn

ANCHOR: Final = re.compile(r'<a ([^>]*)href="([^"]*)"')
LANG: Final = {"zh": "zh-Hans", "en": "en"}


def embeds(blocks: Blocks) -> dict[str, str]:
    """Give the files of an edition for other sites to embed: path below the language -> HTML or SVG.

    A chart has a page of its own; the figures of a bulletin share one, which shows the figure named in the
    fragment of its address, and have an SVG file each; those that were withdrawn say so in the same places.
    The SVG files of charts come with the charts.
    """
    edition, history, templates = blocks.edition, blocks.history, environment("embeds")
    files = {
        f"{FOLDER}{name}/index.html": _chart(edition, templates, chart)
        for name, chart in edition.charts.items()
    }
    for name, package in edition.archive.bulletins.items():
        source = summary.source([package], edition.archive, edition.language)
        files[f"embed/{name}/index.html"] = _figures(blocks, templates, package, source)
        for figure in edition.by_bulletin[name]:
            files[f"embed/{name}/{figure.id}.svg"] = _card(blocks, package, figure, source)
        for gone in history.withdrawn(name):
            files[f"embed/{name}/{gone.id}.svg"] = _withdrawn(blocks, package, gone, source)
    return files


def _chart(edition: Edition, templates: Environment, chart: Chart) -> str:
    """Write the page of a chart; its links lead to the site, in a tab of their own."""
    address = chart.caption.address

    def outward(match: re.Match[str]) -> str:
        target = escape(urljoin(address, Markup(match[2]).unescape()))  # noqa: S704  # unescaped at once
        return f'<a {match[1]}href="{target}" target="_blank" rel="noopener"'

    values = {
        "title": chart.caption.title,
        "chart": Markup(ANCHOR.sub(outward, chart.bare)),  # noqa: S704  # escaped before
        "periods": chart.periods,
        "canonical": f"{address}#{chart.name}",
        "source": chart.caption.source,
    }
    return _filled(edition, templates, "chart", f"{FOLDER}{chart.name}/", values)


def _figures(blocks: Blocks, templates: Environment, package: Package, source: str) -> str:
    """Write the page of a bulletin's figures: the one that its address names, or the list of all."""
    edition = blocks.edition
    values = {
        "b": blocks,
        "facts": partial(facts, edition),
        "last": partial(_last, blocks),
        "withdrawn": blocks.history.withdrawn(package.name),
        "title": edition.say("all_figures_of") + str(package.bulletin[f"short_{edition.language}"]),
        "figures": edition.by_bulletin[package.name],
        "canonical": edition.address(f"bulletins/{package.name}/data/"),
        "source": source,
    }
    return _filled(edition, templates, "figures", f"embed/{package.name}/", values)


def _filled(
    edition: Edition, templates: Environment, template: str, path: str, values: dict[str, Any]
) -> str:
    return templates.get_template(f"{template}.html.j2").render(
        e=edition,
        licensed=lambda source: _licensed(edition, source),
        w=wording.words(edition.language),
        lang=LANG[edition.language],
        assets=f"{'../' * path.count('/')}assets/",
        **values,
    )


def _licensed(edition: Edition, source: str) -> Markup:
    """Link the names of licences in a source line to their texts."""
    packages = edition.archive.bulletins.values()
    paths = {each["name"]: each["path"] for package in packages for each in package.descriptor["licenses"]}
    names = "|".join(re.escape(name) for name in sorted(paths, key=len, reverse=True))
    pieces = re.split(f"({names})", source)
    link = Markup('<a href="{}" target="_blank" rel="license noopener">{}</a>')
    return Markup().join(link.format(paths[piece], piece) if piece in paths else piece for piece in pieces)


def _card(blocks: Blocks, package: Package, figure: Figure, source: str) -> str:
    """Draw a figure: what it counts and its value as the site tells it, interval, area, period, source."""
    edition, corrected = blocks.edition, blocks.history.corrected(figure.id)
    said = [edition.say("corrected_on", date=blocks.date(corrected))] if corrected else []
    return figure_card(
        edition.language,
        edition.label("indicators", figure.row["indicator"]),
        edition.figure_text(figure.id),
        [*said, *_told(edition, facts(edition, figure))],
        f"{source} {summary.address(package, edition.site_url, edition.language, figure.id)}",
    )


def _withdrawn(blocks: Blocks, package: Package, gone: Withdrawn, source: str) -> str:
    """Draw a figure that was withdrawn: its last value struck, since when and why, where it stood last."""
    edition = blocks.edition
    return figure_card(
        edition.language,
        edition.say("withdrawn_mark", text=gone.label),
        gone.text,
        [edition.of(gone.why.row, "reason"), *_told(edition, _last(blocks, gone))],
        f"{source} {summary.address(package, edition.site_url, edition.language, gone.id)}",
        withdrawn=True,
    )


def _last(blocks: Blocks, gone: Withdrawn) -> dict[str, str]:
    """Say when a figure was withdrawn, where it stood last and as what, by the word for each."""
    edition, since = blocks.edition, gone.why.version
    said = [blocks.date(gone.why.row["date"]), edition.say("version", version=since.number) if since else ""]
    last = edition.say("version_dated", version=gone.last.number, date=blocks.date(gone.last.date))
    return {
        edition.say("col_withdrawn"): edition.say("list_joint").join(filter(None, said)),
        edition.say("col_last"): last,
        edition.say("printed_as"): gone.printed,
    }


def _told(edition: Edition, facts: Mapping[str, str]) -> list[str]:
    return [f"{word}{edition.say('colon')}{said}" for word, said in facts.items()]
