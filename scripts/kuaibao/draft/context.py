"""Takes a text and its numerals; gives what stands around a place: sentence, phrases beside it, dates."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from kuaibao.draft.grid import cells
from kuaibao.reader.wraps import is_wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.draft.grid import Cell
    from kuaibao.reader import Numeral

SENTENCE_END = re.compile(r"[。！？!?]|\n\s*\n")
CAPTION = re.compile(r"(?<=\n)[^\n\t。！？!?；;]{2,40}\n\s*\Z")  # the line above a table
PHRASE_END = re.compile(r"[。！？!?；;，,：:、（(）)\n\t]")


class Context:
    """A text with its sentences, phrases, tables and dates, found once for all look-ups."""

    def __init__(self, text: str, numerals: Sequence[Numeral]) -> None:
        """Find where sentences and phrases end, and the dates; a phrase ends at a numeral too."""
        self.text = text
        self._sentences = [0, *_ends(text), len(text)]
        breaks = [match.span() for match in PHRASE_END.finditer(text)]
        parting = [n for n in numerals if n.kind not in {"name", "ordinal"}]  # 第一产业 is part of a name
        self._begins = sorted({0, *(end for _, end in breaks), *(n.end for n in parting)})
        self._ends = sorted({len(text), *(start for start, _ in breaks), *(n.start for n in parting)})
        self._cells = cells(text, numerals)

    def sentence(self, at: int) -> str:
        """Give the sentence in which a character stands, in one line; of a table, its row."""
        if at in self._cells:
            return self._line(at)
        return _joined(self.text[slice(*_around(self._sentences, at))])

    def _line(self, at: int) -> str:
        cell = self._cells[at]
        line = self.text[slice(*self._line_bounds(at))].replace("\t", " | ")
        return f"{line} ← {cell.column_text}" if cell.column_text else line

    def cell(self, at: int) -> str:
        """Give what the headers of a table call the figure that starts at a place; '' outside tables."""
        return self._cells[at].label if at in self._cells else ""

    def headers(self, at: int) -> Cell | None:
        """Give the cell of a table in which a figure starts; None outside tables."""
        return self._cells.get(at)

    def phrases(self, start: int, end: int) -> tuple[str, str]:
        """Give the phrases right before and after an expression, up to punctuation or a numeral."""
        if start in self._cells:
            return self._cells[start].label, ""
        before = self._begins[bisect_right(self._begins, start) - 1]
        after = self._ends[bisect_left(self._ends, end)]
        return _joined(self.text[before:start]), _joined(self.text[end:after])

    def date(self, at: int) -> str:
        """Give the date in the headers of the table in which a figure stands; '' for none."""
        return self._cells[at].date if at in self._cells else ""

    def bounds(self, at: int) -> tuple[int, int]:
        """Give where the sentence that holds a place begins and ends; of a table, with the line above it."""
        first, last = _around(self._sentences, at)
        if at in self._cells and (above := CAPTION.search(self.text, 0, first)):
            return above.start(), last
        return first, last

    def is_in_row(self, at: int) -> bool:
        """Tell whether a place is in a line of a table."""
        first, last = self._line_bounds(at)
        return _is_row(self.text[first:last])

    def is_beside(self, at: int, cell: int) -> bool:
        """Tell whether a place is in the row of a cell, or in no row of a table."""
        return not self.is_in_row(at) or self._line_bounds(at) == self._line_bounds(cell)

    def _line_bounds(self, at: int) -> tuple[int, int]:
        end = self.text.find("\n", at)
        return self.text.rfind("\n", 0, at) + 1, end if end >= 0 else len(self.text)


def _ends(text: str) -> list[int]:
    """Find where sentences end: at their mark, at an empty line, at a line too short to be a hard wrap."""
    ends = {match.end() for match in SENTENCE_END.finditer(text)}
    at = 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        if line.strip() and not _is_row(line) and not is_wrapped(line, text):
            ends.add(at)
    return sorted(ends)


def _is_row(line: str) -> bool:
    """Tell whether a line is of a table: with tabs, or with the bars of Markdown."""
    return "\t" in line or line.lstrip().startswith("|")


def _around(bounds: Sequence[int], at: int) -> tuple[int, int]:
    place = bisect_right(bounds, at) - 1
    return bounds[place], bounds[min(place + 1, len(bounds) - 1)]


def _joined(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text).strip()
