"""A paragraph with manual line breaks in, the parts of it that are read as one out.

A break may stand between a number and its hedge or unit (近⏎400 名), never within a number, nor between the
rows of a list, each of which ends with a number (户数：5⏎人口：3). A PDF does not tell such a break from
the end of a paragraph: only a line that goes on with the number above it (2.7 亿⏎元) goes on with both.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kuaibao.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGIT = "[0-9０-９〇零一二两三四五六七八九十]"
_END = re.compile(rf"(?:{_DIGIT}|[百千万亿.,．，])\s*$")
_START = re.compile(rf"\s*[-+−.．]?{_DIGIT}")
_BARE_ROW = re.compile(r"[^0-9０-９,;，。；、]{1,12}[0-9０-９][0-9０-９.,．，]*[万亿]?\s*")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９.,．，]*\s*[十百千万亿]*\s*$")
GAP = "   "  # blanks that part two columns, for the reader too
_NEAR = 24  # characters on either side of a break that tell whether a number goes on
_ROW = re.compile(_BARE_ROW.pattern + "[^0-9０-９,;，。；、]{0,4}")


def parts(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each part, in order; only a line feed stands between two."""
    ends = [at for at, character in enumerate(paragraph) if character == "\n"]
    lines = list(zip([0, *(end + 1 for end in ends)], [*ends, len(paragraph)], strict=True))
    first = 0
    for (begin, end), (following, last) in pairwise(lines):
        if are_apart(paragraph[begin:end], paragraph[following:last]):
            yield first, end
            first = following
    yield first, len(paragraph)


def are_apart(above: str, below: str) -> bool:
    """Tell whether a manual break stands between two numbers, or between the rows of a list."""
    if _END.search(above[-9:]) and _START.match(below):
        return True
    return _BARE_ROW.fullmatch(above) is not None and _ROW.fullmatch(below) is not None


def number_goes_on(above: str, below: str) -> bool:
    """Tell whether the reader takes the end of a line and the beginning of the next one for one figure.

    Above stands a number and below its multiplier or unit (余人, 万元, %), or above a hedge and below its
    number. Digits go on with no digits (共 12⏎3 家), words as 统一 end in no number, and a line that begins
    with 以上 without a unit may be a sentence.
    """
    before = above[-_NEAR:].rstrip()
    if are_apart(above, below):
        return False
    figures = [each for each in read(before + below[:_NEAR].lstrip()) if each.kind == "figure"]
    broken = next((each for each in figures if each.start < len(before) < each.end), None)
    if broken is None:
        return False
    if _NUMBER.search(before):
        return bool(broken.unit) or below.lstrip()[0] in "余多"
    return re.search(_DIGIT, before[broken.start :]) is None


def one_line(cell: str) -> str:
    """Return the lines of a cell as one, with a wide gap between two numbers (5 万⏎3 亿元), else a blank."""
    lines = "\n".join(filter(str.strip, cell.split("\n")))
    return GAP.join(" ".join(lines[start:end].split()) for start, end in parts(lines))
