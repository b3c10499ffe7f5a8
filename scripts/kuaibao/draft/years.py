"""Takes the dates, title and sections of a text; gives for a place the period that its heading names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kuaibao.draft.marks import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kuaibao.draft.sections import Section
    from kuaibao.reader import Numeral

ONE_YEAR = re.compile(r"(?P<year>\d{4})(?!\d)(?!.*/(?!(?P=year)))")
ALONE = re.compile(r"[(（\[【]?\s*[)）\]】]?")


class Titled:
    """The period in one year that a section's heading names or, where none does, the title of the text."""

    def __init__(
        self, text: str, dates: Sequence[Numeral], parts: Sequence[Section], title: str, issued: str
    ) -> None:
        """Find the dates of title and headings."""
        self._title = _only(n for n in dates if n.printed in title)
        self._parts = [
            (part.start, part.end, _only(_told(text, _heading(text, part, dates), issued))) for part in parts
        ]

    def of(self, at: int) -> str:
        """Give the period (ISO 8601) that heading or title names for a place; '' for none."""
        own = next((period for start, end, period in self._parts if start <= at < end), "")
        return own or self._title


def is_alone(date: Numeral, text: str) -> bool:
    """Tell whether a date is all that its line has: that of issue, not of a figure."""
    first, last = text.rfind("\n", 0, date.start) + 1, text.find("\n", date.end)
    rest = text[first : date.start] + text[date.end : last if last >= 0 else len(text)]
    return bool(ALONE.fullmatch(rest.strip()))


def _heading(text: str, part: Section, dates: Iterable[Numeral]) -> list[Numeral]:
    line = text.find("\n", part.start) if part.heading else part.start
    return [n for n in dates if part.start <= n.start < line]


def _told(text: str, dates: Iterable[Numeral], issued: str) -> list[Numeral]:
    """Keep the dates of which a heading tells, not those since or before which."""
    return [n for n in dates if [m.part for m in marks(text, [n], (n.start, n.end), issued)] == ["own"]]


def _only(dates: Iterable[Numeral]) -> str:
    """Take the longest of dates that are of one year; '' where they are of several."""
    found = sorted({(len(n.printed), str(n.value)) for n in dates if ONE_YEAR.match(str(n.value))})
    return found[-1][1] if len({value[:4] for _, value in found}) == 1 else ""
