"""A text in, the page numbers that stand in lines of their own out: — 3 —, - 3 -, 第 3 页 共 12 页.

They belong to the sheet, not to the text: a number that a page break parts is one (4022 ⏎ - 1 - ⏎ 万元).
"""

from __future__ import annotations

import re
from heapq import merge

from .model import Numeral

_MARK = re.compile(
    r"^[ \t\u3000\f]*+(?:(?P<dash>[-—–－―])(?P=dash)?+ ?+[0-9０-９]{1,4}+ ?+(?P=dash){1,2}"
    r"|第 ?[0-9０-９]{1,4}+ ?页(?: ?[,，/]? ?共 ?[0-9０-９]{1,4}+ ?页)?)[ \t\u3000\r\f]*+$",
    re.MULTILINE,
)
_LINE_BREAK = "\n"


def without_page_marks(text: str) -> tuple[str, list[Numeral]]:
    """Return the text with line breaks in place of its page numbers, offsets kept, and these as numerals."""
    marks: list[Numeral] = []

    def blank(match: re.Match[str]) -> str:
        marks.append(_numeral(match))
        return _LINE_BREAK * len(match[0])

    return _MARK.sub(blank, text), marks


def with_page_marks(numerals: list[Numeral], marks: list[Numeral]) -> list[Numeral]:
    """Return the numerals with the page numbers that none of them runs across, in reading order."""
    bounds = [(numeral.start, numeral.end) for numeral in numerals]
    at, free = 0, []
    for mark in marks:
        while at < len(bounds) and bounds[at][1] <= mark.start:
            at += 1
        if at == len(bounds) or mark.end <= bounds[at][0]:
            free.append(mark)
    return list(merge(numerals, free, key=lambda numeral: numeral.start))


def _numeral(match: re.Match[str]) -> Numeral:
    printed = match[0].strip()
    start = match.start() + match[0].index(printed)
    return Numeral(start, start + len(printed), printed, None, None, None, "", "exact", "other")
