"""Takes a text and its numerals; gives what the headers of a table say of a cell: row, column and date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kuaibao.reader import Numeral

BLOCK = re.compile(r"[^\n]*\t[^\n]*(?:\n[^\n]+)*")  # from the first line with a tab to the next blank line
BRACKETED = re.compile(r"[(（\[［][^()（）\[\]［］]*[)）\]］]")


class Cell(NamedTuple):
    """A cell that holds a figure: headers without dates, the column's as printed, and the date (or '')."""

    row: str
    column: str
    column_text: str
    date: str

    @property
    def label(self) -> str:
        """Name what the cell counts: row and column, without units."""
        return BRACKETED.sub("", self.row + self.column).strip()

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
    for block in BLOCK.finditer(text):
        inside = [n for n in numerals if block.start() <= n.start < block.end()]
        found.update(_table(block, inside))
    return found


def _table(block: re.Match[str], numerals: Sequence[Numeral]) -> Iterator[tuple[int, Cell]]:
    above: list[_Header] = []
    first = _Header("", "", "")
    for row in _rows(block):
        figures = [_figure(span, numerals) for span in row]
        headers = [_header(block.string, span, numerals) for span in row]
        if not any(number is not None for number in figures[1:]):
            above = _below(above, headers)
            continue
        first = headers[0] if headers[0].text else first
        for column, number in enumerate(figures):
            if number is not None and column:
                head = above[column] if column < len(above) else _Header("", "", "")
                yield number.start, Cell(first.name, head.name, head.text, head.date or first.date)


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
