"""The pages of a PDF in, the same pages without running heads, running feet and page numbers out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from .headers import stated_unit
from .lines import Item, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARGIN = 0.12  # of the page's height, at the top and at the bottom
_HEIGHT = 6.0  # points within which heights are the same
_SHARE = 3  # a running head stands on every third page at least: odd and even pages, chapters
_PAGE = re.compile(
    r"[-—–－·•~\s]*(?:第\s*(?P<said>[0-9]+|[一二三四五六七八九十]+)\s*页(?:\s*[，,/]?\s*共\s*[0-9一二三四五六七八九十]+\s*页)?"
    r"|(?P<page>[0-9]{1,4})(?:\s*/\s*[0-9]{1,4})?|[Pp]age\s*[0-9]+(?:\s*of\s*[0-9]+)?)[-—–－·•~\s]*"
)
_MARKED = re.compile(r"[-—–－·•~/第页Pp]")
# What a browser prints around a page: date, time and title above, address and page number below.
_ADDRESS = re.compile(r"(?:[a-z]{2,9}://|about:|data:).*[0-9]/[0-9]+")
_PRINTED_ON = re.compile(
    r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}\.?,?\s*(?:[上下]午\s*)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])"
)


def without_margins(pages: Sequence[tuple[float, list[Item]]]) -> list[list[Item]]:
    """Take from each page (its height, its lines and tables) what repeats in the margins, and its number."""
    marks = [
        [(at, _marks(item, number)) for at, item in _marginal(items, height)]
        for number, (height, items) in enumerate(pages, start=1)
    ]
    counts = Counter(mark for page in marks for found in page for mark in found[1])
    least = max(2, -(-len(pages) // _SHARE))
    kept = []
    for number, ((height, items), page) in enumerate(zip(pages, marks, strict=True), start=1):
        gone = {at for at, found in page if any(counts[mark] >= least for mark in found)}
        gone |= {at for at, item in _marginal(items, height) if _is_page_number(item.text, number)}
        gone |= _browser_heads(items, height, f"{number}/{len(pages)}")
        kept.append([item for at, item in enumerate(items) if at not in gone])
    return kept


def _marginal(items: list[Item], height: float) -> Iterator[tuple[int, Line]]:
    for at, item in enumerate(items):
        if isinstance(item, Line) and not height * _MARGIN < item.bottom < height * (1 - _MARGIN):
            yield at, item


def _browser_heads(items: list[Item], height: float, foot: str) -> set[int]:
    """Return the places of lines with date and time above, where a browser's page number ends the foot."""
    lines = list(_marginal(items, height))
    feet = (item.text.strip() for _, item in lines if item.top > height / 2)
    if not any(text == foot or (_ADDRESS.fullmatch(_plain(text)) and text.endswith(foot)) for text in feet):
        return set()
    return {at for at, item in lines if item.top < height / 2 and _PRINTED_ON.match(_plain(item.text))}


def _plain(text: str) -> str:
    """Return the text with full-width digits and ligatures (ﬁle) as plain characters."""
    return unicodedata.normalize("NFKC", text).strip()


def _marks(line: Line, page: int) -> set[tuple[str, int]]:
    """Return what makes lines of two pages the same: height and words, a number counted from the page's.

    Words with other numbers are no running head, nor is the unit of a table that begins on every page.
    """
    text, height = "".join(line.text.split()), round(line.top / _HEIGHT)
    if stated_unit(text):
        return set()
    numbered = {
        f"{text[: match.start()]}#{int(match[0]) - page}#{text[match.end() :]}"
        for match in re.finditer("[0-9]{1,4}", text)
    }
    return {(words, at) for words in {text, *numbered} for at in (height, height + 1)}


def _is_page_number(text: str, number: int) -> bool:
    """Tell a page number (— 3 —, 第 3 页, or bare and the page's own) or a browser's web address."""
    text = _plain(text)
    if _ADDRESS.fullmatch(text):
        return True
    match = _PAGE.fullmatch(text)
    return match is not None and (bool(_MARKED.search(text)) or match["page"] == str(number))
