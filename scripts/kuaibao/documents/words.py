"""The characters of a page in, its words and rows of words out; numbers of neighbouring cells stay apart."""

from __future__ import annotations

import itertools
import re
import unicodedata
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pdfplumber.utils.text import extract_words

from .superscripts import is_mark, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Box: TypeAlias = tuple[float, float, float, float]

_SAME_LINE = 0.45  # ems
_APART = 0.1  # ems between two digits of different numbers
_SPACED = 0.1  # ems of a blank
_SPREAD = 0.9  # ems between two Chinese characters that justification or a title's letter-spacing parts
_ENOUGH = 3  # pairs of Chinese characters tell how far the letters of a row are spaced
_SMALL, _RAISED = 0.85, 0.12  # of the row's size: a superscript; browsers print it at 0.83
_DIGITS = re.compile(r"[0-9.,%％+−-]{2}")
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


class Word(NamedTuple):
    """A run of characters without gap: its text, edges and size of type in points."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


Row: TypeAlias = list[Word]


def plain(text: str) -> str:
    """Return the text with radicals as the characters that they stand for, and without unseen characters."""
    return text.translate(_PLAIN)


def words_of(chars: Iterable[dict[str, Any]]) -> list[Word]:
    """Return the words of a page; digits with a gap between them are of two."""
    found = extract_words(
        list(chars),
        x_tolerance_ratio=0.2,
        y_tolerance=3,
        extra_attrs=["size"],
        split_at_punctuation=False,
        return_chars=True,
    )
    return [_word(chars) for word in found for chars in _parted(word["chars"])]


def _parted(chars: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    spacing = _spacing(
        (before["text"] + after["text"], _gap(before, after)) for before, after in itertools.pairwise(chars)
    )
    part = chars[:1]
    for before, after in itertools.pairwise(chars):
        is_number = _DIGITS.fullmatch(before["text"] + after["text"]) is not None
        if is_number and _gap(before, after) > _APART + spacing:
            yield part
            part = []
        part.append(after)
    yield part


def _gap(before: dict[str, Any], after: dict[str, Any]) -> float:
    return float((after["x0"] - before["x1"]) / after["size"])


def _spacing(pairs: Iterable[tuple[str, float]]) -> float:
    """Return the usual gap between Chinese characters in ems, 0 where too few tell it."""
    gaps = [gap for pair, gap in pairs if not any(character.isascii() for character in pair)]
    return max(0.0, median(gaps)) if len(gaps) >= _ENOUGH else 0.0


def _word(chars: list[dict[str, Any]]) -> Word:
    return Word(
        plain("".join(char["text"] for char in chars)),
        float(chars[0]["x0"]),
        float(chars[-1]["x1"]),
        float(min(char["top"] for char in chars)),
        float(max(char["bottom"] for char in chars)),
        float(chars[0]["size"]),
    )


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Return the rows from the top down, each from left to right, without the marks of notes."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: word.bottom):
        if rows and _is_beside(rows[-1][-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [row for row in map(_unmarked, rows) if any(word.text.strip() for word in row)]


def _is_beside(before: Word, word: Word) -> bool:
    """Tell whether a word stands on the line of the one before, which is not lower but may be raised."""
    if before.size < _SMALL * word.size:
        return (before.top + before.bottom) / 2 > word.top
    return word.bottom - before.bottom <= _SAME_LINE * word.size


def _unmarked(row: Row) -> Row:
    """Empty the words that are raised small numbers, for 12.3[1] is no 12.31, but write m²."""
    row = sorted(row, key=lambda word: word.x0)
    size, bottom = max((word.size, word.bottom) for word in row)
    before = ["", *(word.text for word in row)]
    return [
        word._replace(text="" if is_mark(word.text, left) else written(word.text, left))
        if _is_raised(word, size, bottom)
        else word
        for left, word in zip(before, row, strict=False)
    ]


def _is_raised(word: Word, size: float, bottom: float) -> bool:
    return word.size < _SMALL * size and bottom - word.bottom > _RAISED * size


def gaps_of(row: Row) -> list[float]:
    """Return the gap after each word but the last in ems, less what the row's letters are spaced by."""
    pairs = list(itertools.pairwise(row))
    gaps = [(after.x0 - before.x1) / max(before.size, after.size) for before, after in pairs]
    between = (
        (before.text[-1:] + after.text[:1], gap) for (before, after), gap in zip(pairs, gaps, strict=True)
    )
    within = ((pair, 0.0) for word in row for pair in map("".join, itertools.pairwise(word.text)))
    spacing = _spacing([*between, *within])
    return [gap - spacing for gap in gaps]


def text_of(row: Row) -> str:
    """Return the row's text: a blank where a gap parts words, none where Chinese is only spread."""
    pieces = [row[0].text]
    for before, after, gap in zip(row, row[1:], gaps_of(row), strict=False):
        pieces += [_between(before.text[-1:] + after.text[:1], gap), after.text]
    return "".join(pieces).strip()


def _between(pair: str, ems: float) -> str:
    widest = _SPACED if any(character.isascii() for character in pair) else _SPREAD
    return " " if ems > widest else ""


def joined(above: str, below: str) -> str:
    """Return the text of two lines of a cell: a blank parts them but between Chinese characters."""
    is_whole = not above or not below or not (above[-1].isascii() and below[0].isascii())
    return above + ("" if is_whole else " ") + below


def centre_in(word: Word, box: Box) -> bool:
    """Tell whether a word's middle lies in a box."""
    x0, top, x1, bottom = box
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom
