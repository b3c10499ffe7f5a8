"""Takes a text and its numerals; gives what stands around a place: sentence, phrases beside it, last date."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.reader import Numeral

SENTENCE_END = re.compile(r"[。！？!?]|\n\s*\n")
PHRASE_END = re.compile(r"[。！？!?；;，,：:、（(）)“”\n\t]")
YEARS = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:/\d{4}(?:-\d{2}(?:-\d{2})?)?)?")


class Context:
    """A text with its sentences, phrases and dates, found once for all look-ups."""

    def __init__(self, text: str, numerals: Sequence[Numeral]) -> None:
        """Find where sentences and phrases end, and the dates; a phrase ends at a numeral too."""
        self.text = text
        self._sentences = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
        breaks = [match.span() for match in PHRASE_END.finditer(text)]
        parting = [n for n in numerals if n.kind != "name"]
        self._begins = sorted({0, *(end for _, end in breaks), *(n.end for n in parting)})
        self._ends = sorted({len(text), *(start for start, _ in breaks), *(n.start for n in parting)})
        self._dates = [n for n in numerals if n.kind == "date" and YEARS.fullmatch(str(n.value))]
        self._starts = [n.start for n in self._dates]

    def sentence(self, at: int) -> str:
        """Give the sentence in which a character stands, in one line."""
        return _joined(self.text[slice(*_around(self._sentences, at))])

    def phrases(self, start: int, end: int) -> tuple[str, str]:
        """Give the phrases right before and after an expression, up to punctuation or a numeral."""
        before = self._begins[bisect_right(self._begins, start) - 1]
        after = self._ends[bisect_left(self._ends, end)]
        return _joined(self.text[before:start]), _joined(self.text[end:after])

    def period(self, at: int) -> str:
        """Give the last year or date named before a place in its sentence, ISO 8601; '' for none."""
        place = bisect_right(self._starts, at) - 1
        if place < 0 or self._starts[place] < _around(self._sentences, at)[0]:
            return ""
        return str(self._dates[place].value)


def _around(bounds: Sequence[int], at: int) -> tuple[int, int]:
    place = bisect_right(bounds, at) - 1
    return bounds[place], bounds[min(place + 1, len(bounds) - 1)]


def _joined(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text).strip()
