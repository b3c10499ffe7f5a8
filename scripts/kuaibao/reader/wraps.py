"""A line and its text in, out whether it may be wrapped: whether only the width of a page ends it.

Nothing in a plain text marks a wrap; the lengths of lines tell it. A line is as long as usual where at most a
quarter of the text stands in longer ones. Where lines are wrapped, nearly all are about that long, and end
where the page did; where each paragraph is a line, those of a masthead and headings are far shorter.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

_FULL = 0.85  # of the usual width; a word that had no room leaves the rest open
_SHORTER = 0.75  # of the text stands in lines up to the usual width
_NARROWEST = 10  # ems of a page
_WIDE = "\u2e80"  # from here on characters are an em wide, about half an em before


def is_wrapped(line: str, text: str) -> bool:
    """Tell whether a line of a text is so long that it may go on in the next one."""
    return _width(line) >= max(_FULL * _usual(text), _NARROWEST)


@lru_cache(maxsize=1)
def _usual(text: str) -> float:
    """Return in ems the least width up to which lines hold three quarters of the text."""
    widths = sorted(map(_width, text.splitlines()))
    least = _SHORTER * sum(widths)
    return next((width for width, held in zip(widths, accumulate(widths), strict=True) if held >= least), 0.0)


def _width(line: str) -> float:
    return sum(1.0 if character >= _WIDE else 0.5 for character in line.strip())
