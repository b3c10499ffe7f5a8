"""Paragraphs of a docx in, in order, the automatic number that Word prints before each of them out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_DIGITS = "〇一二三四五六七八九"
_HUNDRED = 100
_DEEPEST = 9
_ROUND = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
    )
)


class _Level(NamedTuple):
    form: str
    pattern: str
    start: int


class Numbering:
    """Counts the paragraphs of each list; `label` is to be asked once for each, in document order."""

    def __init__(self, roots: tuple[Element | None, Element | None]) -> None:
        """Read the lists of numbering.xml and the styles that belong to one."""
        numbering, styles = roots
        self._levels = {} if numbering is None else dict(_lists(numbering))
        self._styles = {} if styles is None else dict(_styled(styles))
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: Element) -> str:
        """Return what is printed before this paragraph (一、 （一） 1.), "" for none and for bullets."""
        number, depth = self._place(paragraph)
        if number not in self._levels or depth not in self._levels[number][1]:
            return ""
        shared, levels = self._levels[number]
        counts = self._counts[shared]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        if levels[depth].form in ("bullet", "none"):
            return ""
        return re.sub(
            "%([1-9])", lambda match: _said(levels, counts, int(match[1]) - 1), levels[depth].pattern
        )

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return the number of the list and the level, of the paragraph's own or of its style."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return "", 0
        style = _value(properties, "w:pStyle")
        by_style = self._styles.get(style, ("", 0))
        number = _value(properties, "w:numPr/w:numId") or by_style[0]
        depth = _value(properties, "w:numPr/w:ilvl")
        return number, int(depth) if depth.isdigit() else by_style[1]


def _said(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
    if depth not in levels:
        return ""
    return _write(counts.get(depth, levels[depth].start), levels[depth].form)


def _write(number: int, form: str) -> str:
    if form in _CHINESE and 0 < number < _HUNDRED:
        tens, ones = divmod(number, 10)
        return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")  # noqa: PLR2004
    if form.startswith("decimalEnclosedCircle") and 0 < number <= len(_ROUND):
        return _ROUND[number - 1]
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    return str(number)


def _value(element: Element, path: str) -> str:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return "" if found is None else found.get(qn("w:val"), "")


def _lists(root: Element) -> Iterator[tuple[str, tuple[str, dict[int, _Level]]]]:
    abstract = {
        str(element.get(qn("w:abstractNumId"))): dict(_levels(element))
        for element in root.iterfind(qn("w:abstractNum"))
    }
    for element in root.iterfind(qn("w:num")):
        shared, number = _value(element, "w:abstractNumId"), str(element.get(qn("w:numId")))
        overridden = element.find(qn("w:lvlOverride")) is not None
        yield number, (f"{shared}/{number}" if overridden else shared, abstract.get(shared, {}))


def _levels(element: Element) -> Iterator[tuple[int, _Level]]:
    for level in list(element.iterfind(qn("w:lvl")))[:_DEEPEST]:
        depth, start = str(level.get(qn("w:ilvl"))), _value(level, "w:start")
        begin = int(start) if start.isdigit() else 1
        if depth.isdigit():
            yield (
                int(depth),
                _Level(_value(level, "w:numFmt") or "decimal", _value(level, "w:lvlText"), begin),
            )


def _styled(root: Element) -> Iterator[tuple[str, tuple[str, int]]]:
    for style in root.iterfind(qn("w:style")):
        number, depth = _value(style, "w:pPr/w:numPr/w:numId"), _value(style, "w:pPr/w:numPr/w:ilvl")
        if number:
            yield str(style.get(qn("w:styleId"))), (number, int(depth) if depth.isdigit() else 0)
