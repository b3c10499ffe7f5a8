"""The characters of a page in, its lines out: text with a tab in wide gaps, and where it stands."""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from pdfplumber.utils.text import extract_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_GAP = 1.2  # ems between two columns
_SAME_LINE = 0.5  # ems
_NARROW = 0.55  # ems of a Latin letter or digit
# No line begins with closing punctuation or ends with opening; quotes hold on to both sides.
_PART = r"[“‘（《〈【〔「(\[]*(?:[!-~]+|[^!-~])[”’）》〉】〕」，。、；：！？…%‰℃,.;:!?)\]]*"
_CLUSTER = re.compile(rf"{_PART}(?:[“‘]{_PART})?")
# Glyphs that PDF writers name as radicals; NFKC knows those of Kangxi, not these.
_RADICALS = str.maketrans(
    dict(
        zip(
            "⺝⺟⺠⺫⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻨⻩⻬⻮⻰⻳⼾",
            "月母民目虎西见角贝车长门青韦页风飞食马骨鱼鸟麦黄齐齿龙龟户",
            strict=True,
        )
    )
)
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_PLAIN = {**_KANGXI, **_RADICALS, 0xA0: " ", 0xAD: "", 0x200B: "", 0xFEFF: "", 0x0: ""}


class Line(NamedTuple):
    """One printed line: its text, edges and size of type in points; `head` is the width of its first word."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    head: float


def plain(text: str) -> str:
    """Return the text with radicals as the characters that they stand for, and without unseen characters."""
    return text.translate(_PLAIN)


def lines_of(
    chars: Iterable[dict[str, Any]], boxes: Sequence[tuple[float, float, float, float]]
) -> list[Line]:
    """Return the lines outside of the boxes, from the top down."""
    words = extract_words(
        [char for char in chars if not _within(char, boxes)],
        x_tolerance_ratio=0.2,
        y_tolerance=3,
        extra_attrs=["size"],
        split_at_punctuation=False,
    )
    words.sort(key=lambda word: word["bottom"])
    rows: list[list[dict[str, Any]]] = []
    for word in words:
        if rows and word["bottom"] - rows[-1][-1]["bottom"] <= _SAME_LINE * float(word["size"]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [line for row in rows if (line := _line(sorted(row, key=lambda word: word["x0"]))).text.strip()]


def _within(char: dict[str, Any], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)


def _line(words: list[dict[str, Any]]) -> Line:
    size = max(float(word["size"]) for word in words)
    pieces = [words[0]["text"]]
    for before, word in itertools.pairwise(words):
        gap = word["x0"] - before["x1"]
        pieces += [_between(gap / size), word["text"]]
    return Line(
        plain("".join(pieces)),
        words[0]["x0"],
        words[-1]["x1"],
        min(word["top"] for word in words),
        max(word["bottom"] for word in words),
        size,
        _head(words[0]["text"], size),
    )


def _between(ems: float) -> str:
    if ems > _GAP:
        return "\t"
    return " " if ems > 0.1 else ""  # noqa: PLR2004  # words of two sizes may touch


def _head(text: str, size: float) -> float:
    """Return the width, about, of a line's first word with its punctuation, which no break may part."""
    match = _CLUSTER.match(text)
    return size * sum(_NARROW if character.isascii() else 1 for character in match[0]) if match else 0.0
