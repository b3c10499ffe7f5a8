"""An element of a web page in, its paragraphs and tables out, in the order of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from .breaks import one_line
from .model import Block, Slot, Table
from .superscripts import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_INLINE = re.compile(r"display\s*:\s*inline", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_WIDEST = 100  # columns or rows that a cell may span


def blocks(top: HtmlElement) -> Iterator[Block]:
    """Yield a str for each paragraph and a Table for each table of two columns or more, in order."""
    pieces: list[str] = []
    walk = etree.iterwalk(top, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag == "table" and (table := _table(element)):
            yield _paragraph(pieces)
            yield from _caption(element)
            yield table
            walk.skip_subtree()
            continue
        if _parts(element):
            yield _paragraph(pieces)
        if event == "start" and element.tag == "sup":
            pieces.append(written(_flow(element.text_content()), "".join(pieces[-4:])))
            walk.skip_subtree()
        elif event == "start":
            pieces.append("\n" if element.tag == "br" else _flow(element.text))
        elif element is not top:
            pieces.append(_flow(element.tail))
    yield _paragraph(pieces)


def _parts(element: HtmlElement) -> bool:
    """Tell whether an element begins and ends a paragraph; a block that says display: inline does not."""
    return element.tag in _BLOCKS and not (
        _INLINE.search(element.get("style", "")) and not any(child.tag in _BLOCKS for child in element)
    )


def _flow(text: str | None) -> str:
    return _SPACE.sub(" ", _UNSEEN.sub("", text)) if text else ""


def _paragraph(pieces: list[str]) -> str:
    text = "".join(pieces)
    pieces.clear()
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(lines).strip()


def _caption(table: HtmlElement) -> Iterator[Block]:
    caption = table.find("caption")
    return iter(()) if caption is None else blocks(caption)


def _table(element: HtmlElement) -> Table | None:
    """Return the grid of a table; None where it lays out the page: one column, tables within."""
    if element.find(".//table") is not None or element.get("role") == "presentation":
        return None
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    grid = _grid([row for row in rows if row])
    if max((len(row) for row in grid), default=0) <= 1:
        return None
    return Table(grid)


def _grid(rows: list[list[HtmlElement]]) -> list[list[Slot]]:
    """Place cells as a browser does, merged ones in each slot that they cover."""
    grid: list[list[Slot]] = []
    below: dict[int, tuple[int, Slot]] = {}  # column: how many rows more, and what
    for cells in rows:
        row: list[Slot] = []
        for cell in cells:
            _carry(row, below)
            slot = Slot(_cell_text(cell))
            for number in range(_span(cell, "colspan")):
                if number and len(row) >= _WIDEST:
                    break
                if len(row) < _WIDEST and (rows_more := _span(cell, "rowspan") - 1):
                    below[len(row)] = (rows_more, slot._replace(shown=False))
                row.append(slot if number == 0 else slot._replace(shown=False))
        _carry(row, below)
        grid.append(row)
    return grid


def _carry(row: list[Slot], below: dict[int, tuple[int, Slot]]) -> None:
    """Fill in the cells from above that reach down into this row."""
    while len(row) in below:
        more, slot = below.pop(len(row))
        if more > 1:
            below[len(row)] = (more - 1, slot)
        row.append(slot)


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _WIDEST) if value.isascii() and value.isdigit() else 1


def _cell_text(cell: HtmlElement) -> str:
    return one_line("\n".join(block for block in blocks(cell) if isinstance(block, str)))
