"""Takes a figure of an edition and gives the frame that shows it on other pages: address, title, height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kuaibao import summary
from kuaibao.charts.poster import broken, width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.model import Figure
    from kuaibao.render.edition import Edition

# As docs/theme/assets/stylesheets/embed.css sets what stands in a frame, in px: the width that a frame of 360
# leaves for text, and of each kind of text its size and the height of a line.
WIDTH: Final = 332
HEADING, VALUE, TEXT, FACT, SOURCE = (19, 27.6), (30, 40.5), (16, 25.6), (14.4, 23.1), (13, 20.8)
GAP: Final = 7  # above a paragraph or a list
EDGES: Final = 24 + 13  # around all, and the line above the source
STEP: Final = 20  # heights are rounded up to such steps


class Frame(NamedTuple):
    """How a figure is embedded: addresses of page and picture below the language, title, height in px.

    The title names no value: it stays in the pages of others, where a correction does not reach it.
    """

    address: str
    drawing: str
    title: str
    height: int


def frame(edition: Edition, figure: Figure) -> Frame:
    """Give the frame of a figure; it is as high as all of the card needs at a width of 360 px."""
    package = edition.archive.bulletins[figure.bulletin]
    folder = f"embed/{figure.bulletin}/"
    label = edition.label("indicators", figure.row["indicator"])
    title = f"{label} · {package.bulletin[f'short_{edition.language}']}"
    return Frame(f"{folder}#{figure.id}", f"{folder}{figure.id}.svg", title, _height(edition, figure))


def facts(edition: Edition, figure: Figure) -> dict[str, str]:
    """Say interval, area, period and print of a figure, by the word for each."""
    return {
        edition.say("col_interval"): edition.interval(figure),
        edition.say("col_area"): edition.label("areas", figure.row["area"]),
        edition.say("col_period"): edition.period(figure),
        edition.say("printed_as"): figure.numeral["printed"],
    }


def _height(edition: Edition, figure: Figure) -> int:
    """Estimate the height of a figure's card, with room for the line that a correction would add."""
    package, language = edition.archive.bulletins[figure.bulletin], edition.language
    indicator = edition.code("indicators", figure.row["indicator"])
    address = summary.address(package, edition.site_url, language, figure.id)
    texts = [
        (edition.of(indicator, "label"), HEADING),
        (edition.figure_text(figure.id), VALUE),
        (edition.say("corrected_on", date=""), TEXT),
        (edition.of(indicator, "definition"), TEXT),
        (address, SOURCE),
        (summary.source([package], edition.archive, language), SOURCE),
    ]
    told = facts(edition, figure)
    if note := edition.of(figure.row, "note"):
        told[edition.say("col_note")] = note
    height = EDGES + sum(GAP + _lines(text, *kind) for text, kind in texts) + GAP + _table(told)
    return -int(-height // STEP) * STEP


def _lines(text: str, size: float, line: float, room: float = WIDTH) -> float:
    return len(broken(text, room / size)) * line


def _table(told: Mapping[str, str]) -> float:
    """Estimate the height of a list of facts, whose words stand in a column as wide as the widest."""
    size, line = FACT
    room = WIDTH - 16 - size * max(3.6, *map(width, told))
    return sum(2 + _lines(text, size, line, room) for text in told.values())
