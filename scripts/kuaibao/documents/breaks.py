"""A paragraph with manual line breaks in, the parts of it that are read as one out.

A break may stand between a number and its hedge or unit (近⏎400 名), never within a number, nor between the
rows of a list, each of which ends with a number (户数：5⏎人口：3).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGIT = "[0-9０-９〇零一二两三四五六七八九十]"
_END = re.compile(rf"(?:{_DIGIT}|[百千万亿.,．，])\s*$")
_START = re.compile(rf"\s*[-+−.．]?{_DIGIT}")
_BARE_ROW = re.compile(r"[^0-9０-９,;，。；、]{1,12}[0-9０-９][0-9０-９.,．，]*[万亿]?\s*")
_ROW = re.compile(_BARE_ROW.pattern + "[^0-9０-９,;，。；、]{0,4}")


def parts(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each part, in order; only a line feed stands between two."""
    ends = [at for at, character in enumerate(paragraph) if character == "\n"]
    lines = list(zip([0, *(end + 1 for end in ends)], [*ends, len(paragraph)], strict=True))
    first = 0
    for (begin, end), (following, last) in pairwise(lines):
        if _are_apart(paragraph[begin:end], paragraph[following:last]):
            yield first, end
            first = following
    yield first, len(paragraph)


def _are_apart(above: str, below: str) -> bool:
    if _END.search(above[-9:]) and _START.match(below):
        return True
    return _BARE_ROW.fullmatch(above) is not None and _ROW.fullmatch(below) is not None
