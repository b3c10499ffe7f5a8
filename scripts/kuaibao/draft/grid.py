"""Takes a text and its numerals; gives what the headers of a table say of a cell: row, column and date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kuaibao.reader import Numeral

BLOCK = re.compile(r"[^\n]*\t[^\n]*(?:\n[^\n]+)*")  # from the first line with a tab to the next blank line
BARRED = re.compile(
    r"^[^\n]*\|[^\n]*\n *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *(?:\n[^\n]*\|[^\n]*)*", re.MULTILINE
)
OUTER = re.compile(r"^ *\||\| *$")
CAPTION = re.compile(r"[^\t。！？!?；;]{2,40}")
STATED = re.compile(r"[(（]?\s*单\s*位\s*[:：].*")
RUNNING = re.compile(r"\s*(?:序\s*号|编\s*号|名\s*次|排\s*名|排\s*序|位\s*次|行\s*次)\s*")
NAMED = re.compile("[\u3400-\u9fff]")
UNIT = re.compile(r"\s*(?:计\s*量\s*)?单\s*位\s*")
BRACKETED = re.compile(r"[(（\[［][^()（）\[\]［］]*[)）\]］]")


class Cell(NamedTuple):
    """A cell that holds a figure: headers without dates, the column's as printed, the date and the caption.

    The date and the caption, the line above the table, are '' where there is none.
    """

    row: str
    column: str
    column_text: str
    date: str
    caption: str = ""

    @property
    def label(self) -> str:
        """Name what the cell counts: row and column, without units."""
        return BRACKETED.sub("", self.row + self.column).strip()

    @property
    def row_name(self) -> str:
        """Name the row without units."""
        return BRACKETED.sub("", self.row).strip()

    @property
    def column_name(self) -> str:
        """Name the column without units."""
        return BRACKETED.sub("", self.column).strip()


class _Header(NamedTuple):
    text: str
    name: str  # the text without its date
    date: str


def cells(text: str, numerals: Sequence[Numeral]) -> Mapping[int, Cell]:
    """Give the cell of each figure that stands in a table, by where the figure starts."""
    found: dict[int, Cell] = {}
    for block in BLOCK.finditer(BARRED.sub(_tabbed, text)):
        inside = [n for n in numerals if block.start() <= n.start < block.end()]
        found.update(_table(block, inside))
    return found


def _tabbed(table: re.Match[str]) -> str:
    """Write a table of Markdown with tabs, each character in its place."""
    lines = [OUTER.sub(" ", line).replace("|", "\t").replace("*", " ") for line in table[0].split("\n")]
    return "\n".join([lines[0], re.sub("[-:]", " ", lines[1]), *lines[2:]])


def _table(block: re.Match[str], numerals: Sequence[Numeral]) -> Iterator[tuple[int, Cell]]:
    above: list[_Header] = []
    first, caption = _Header("", "", ""), _caption(block.string[: block.start()])
    for row in _rows(block):
        figures = [_figure(span, numerals) for span in row]
        headers = [_header(block.string, span, numerals) for span in row]
        if not any(number is not None for number in figures[1:]):
            above = _below(above, headers)
            continue
        label = _label(headers, figures, above)
        first = label if label.text else first
        for column, number in enumerate(figures):
            if number is not None and column:
                head = above[column] if column < len(above) else _Header("", "", "")
                date = head.date or first.date
                yield number.start, Cell(first.name, head.name, head.text, date, caption)


def _caption(before: str) -> str:
    """Give the line above a table, apart from one that only says the unit; '' where it is a sentence."""
    lines = [line.strip("#* ") for line in before.rsplit("\n", 6)]
    last = next((line for line in reversed(lines) if line and not STATED.fullmatch(line)), "")
    return last if CAPTION.fullmatch(last) else ""


def _label(
    headers: Sequence[_Header], figures: Sequence[Numeral | None], above: Sequence[_Header]
) -> _Header:
    """Join the cells that name a row: those before its first figure but a running number and a unit."""
    is_running = above and RUNNING.fullmatch(above[0].text) and not NAMED.search(headers[0].text)
    running = bool(is_running and headers[1:])
    count = next((at for at, each in enumerate(figures) if each and at > running), len(headers))
    own = headers[running]
    for at in range(running + 1, count):
        if headers[at].text and not (at < len(above) and UNIT.fullmatch(above[at].text)):
            own = _Header(own.text + headers[at].text, own.name + headers[at].name, own.date)
    return own


def _rows(block: re.Match[str]) -> Iterator[list[tuple[int, int]]]:
    at = block.start()
    for line in block[0].split("\n"):
        row = []
        for cell in line.split("\t"):
            row.append((at, at + len(cell)))
            at += len(cell) + 1
        yield row


def _figure(span: tuple[int, int], numerals: Sequence[Numeral]) -> Numeral | None:
    inside = (n for n in numerals if span[0] <= n.start < span[1])
    return next((n for n in inside if n.kind == "figure"), None)


def _header(text: str, span: tuple[int, int], numerals: Sequence[Numeral]) -> _Header:
    """Read a header; of its dates, only one with a year is a period."""
    dates = (n for n in numerals if span[0] <= n.start < span[1] and n.kind == "date")
    date = next((n for n in dates if str(n.value)[:4].isdigit()), None)
    whole = text[slice(*span)].strip()
    if date is None:
        return _Header(whole, whole, "")
    before, after = text[span[0] : date.start].strip(), text[date.end : span[1]].strip()
    return _Header(whole, before + after, str(date.value))


def _below(above: Sequence[_Header], headers: Sequence[_Header]) -> list[_Header]:
    """Join a row of headers to those above it; a merged one, empty here, goes on from the left."""
    joined: list[_Header] = []
    for column, header in enumerate(headers):
        upper = above[column] if column < len(above) else _Header("", "", "")
        merged = not header.text and not upper.text and column > 1
        own = joined[-1] if merged else header
        joined.append(_Header(upper.text + own.text, upper.name + own.name, own.date or upper.date))
    return joined
