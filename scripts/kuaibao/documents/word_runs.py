"""A paragraph of a docx in, its printed text out, with the text boxes and notes that hang on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

from .superscripts import is_mark, written

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DROPPED = frozenset(
    map(
        qn,
        ("w:del", "w:moveFrom", "w:pPr", "w:instrText", "w:delText", "w:rt", "w:object", "w:sdtPr", "w:tbl"),
    )
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FOR = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    f"{_MATHS}den": "/",
    f"{_MATHS}sup": "^",
}
_UNREAD = ("w:vanish", "w:strike", "w:dstrike")
_BOX = qn("w:txbxContent")
_REFERENCES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
# Fields whose result is a page number or repeats the document's own headings.
_NO_TEXT = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "TOC", "INDEX", "SECTION"))
_UNSEEN = str.maketrans({"\xa0": " ", "\u200b": "", "\ufeff": "", "\u00ad": "", "\u2060": "", "\x07": ""})


class Fields:
    """The fields that are open: each has its instruction, and shows either that or its result."""

    def __init__(self) -> None:
        """Begin outside of all fields."""
        self._open: list[list[str]] = []

    def mark(self, kind: str | None) -> None:
        """Take a w:fldChar: begin, separate or end."""
        if kind == "begin":
            self._open.append([])
        elif kind == "end" and self._open:
            self._open.pop()

    def instruct(self, text: str | None) -> None:
        """Take a part of a field's instruction."""
        if self._open and text:
            self._open[-1].append(text)

    def is_shown(self) -> bool:
        """Tell whether text that comes now is printed and belongs to the document."""
        return not any(_is_silent("".join(parts)) for parts in self._open)


def _is_silent(instruction: str) -> bool:
    words = instruction.split()
    return bool(words) and words[0].upper() in _NO_TEXT


class Flow:
    """The text of one w:p, its boxes (w:txbxContent) and the notes that it refers to, by kind and id."""

    def __init__(self, paragraph: Element, fields: Fields) -> None:
        """Walk the paragraph once, in order, going on with the fields that are open."""
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []
        self._fields, self._pieces = fields, list[str]()
        walk = etree.iterwalk(paragraph, events=("start",))
        for _, element in walk:
            if element is not paragraph and self._take(element):
                walk.skip_subtree()
        self.text = "".join(self._pieces).translate(_UNSEEN)

    def _take(self, element: Element) -> bool:
        """Take one element; tell whether what is in it is done with."""
        tag = element.tag
        if tag == qn("w:instrText"):
            self._fields.instruct(element.text)
        elif tag == qn("w:fldChar"):
            self._fields.mark(element.get(qn("w:fldCharType")))
        elif tag == _BOX:
            self.boxes.append(element)
            return True
        elif tag in _REFERENCES:
            self.notes.append((_REFERENCES[tag], element.get(qn("w:id"), "")))
        elif self._fields.is_shown():
            self._pieces.append(_printed(element))
        return tag in _DROPPED or _is_hidden(element) or self._take_raised(element)

    def _take_raised(self, element: Element) -> bool:
        """Take a superscript: the mark of a note, typed by hand, is left out, m² is written so."""
        raised = _property(element, "w:vertAlign")
        if raised is None or raised.get(qn("w:val")) != "superscript":
            return False
        text, before = "".join(element.itertext(qn("w:t"))), "".join(self._pieces)
        if is_mark(text, before):
            return True
        power = written(text, before)
        if power == text or not self._fields.is_shown():
            return False
        self._pieces.append(power)
        return True


def _printed(element: Element) -> str:
    if element.tag in (qn("w:t"), f"{_MATHS}t"):
        return element.text or ""
    if element.tag == qn("w:br"):
        return "" if element.get(qn("w:type")) in ("page", "column") else "\n"
    return _FOR.get(str(element.tag), "")


def _is_hidden(element: Element) -> bool:
    if element.tag == qn("w:fldSimple"):
        return _is_silent(element.get(qn("w:instr"), ""))
    found = (_property(element, name) for name in _UNREAD)
    return any(each is not None and each.get(qn("w:val"), "1") not in ("0", "false", "off") for each in found)


def _property(element: Element, name: str) -> Element | None:
    return element.find(f"{qn('w:rPr')}/{qn(name)}") if element.tag == qn("w:r") else None
