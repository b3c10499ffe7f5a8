"""A docx in, its paragraphs and tables in document order out: the text as it is printed.

Automatic numbers (一、 1.) are given as text, for they are printed and sections are found by them. Text boxes
and notes follow the block that holds or refers to them. Left out: headers and footers, page numbers, tables
of contents, deleted and hidden text, comments.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from .breaks import one_line
from .model import Block, Document, Slot, Table, compose
from .numbering import Numbering
from .problems import problem
from .word_runs import Fields, Flow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document as Package
    from lxml.etree import _Element as Element

_HOLDERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
_NOTES = {"footnotes": qn("w:footnote"), "endnotes": qn("w:endnote")}
# What python-docx, zipfile and lxml raise for a damaged file; TypeError: no body.
_DAMAGES = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RecursionError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
)
_WIDEST = 100


def read_word(path: Path, content: bytes) -> Document:
    """Return the text of a docx; raise UsageError where it is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that are not read here
            package = docx.Document(io.BytesIO(content))
            reader = _Reader(
                Numbering((_root(package, "numbering"), _root(package, "styles"))), _notes(package)
            )
        return compose(reader.blocks(package.element.body))
    except _DAMAGES:
        raise problem(path, "strict" if _is_strict(content) else "broken", form="docx") from None


def _is_strict(content: bytes) -> bool:
    """Tell a file whose names are those of ISO's strict variant, which python-docx does not read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return b"purl.oclc.org/ooxml" in package.read("_rels/.rels")
    except _DAMAGES:
        return False


def _root(package: Package, name: str) -> Element | None:
    for relation in package.part.rels.values():
        if relation.reltype.endswith(f"/{name}") and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _notes(package: Package) -> dict[tuple[str, str], Element]:
    """Return footnotes and endnotes by kind and id."""
    notes = {}
    for name, tag in _NOTES.items():
        root = _root(package, name)
        for note in [] if root is None else root.iterfind(tag):
            notes[name, note.get(qn("w:id"), "")] = note
    return notes


class _Reader:
    """Walks a body once; keeps the state that runs from paragraph to paragraph: fields, numbers, joins."""

    def __init__(self, numbering: Numbering, notes: dict[tuple[str, str], Element]) -> None:
        self._numbering, self._notes = numbering, notes
        self._fields = Fields()
        self._begun = ""  # what goes on in the next paragraph, for the mark between them is deleted

    def blocks(self, holder: Element) -> Iterator[Block]:
        """Yield paragraphs and tables below an element, each with its boxes and notes after it."""
        for element in holder:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag in _HOLDERS:
                yield from self.blocks(element)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        flow = Flow(element, self._fields)
        begun, self._begun = self._begun, ""
        label = self._numbering.label(element) if flow.text.strip() and not begun else ""
        text = begun + label + flow.text.strip()
        goes_on = _goes_on(element)
        yield "" if goes_on else text
        for box in flow.boxes:
            yield from self.blocks(box)
        for key in flow.notes:
            if key in self._notes:
                yield from self.blocks(self._notes.pop(key))
        self._begun = text if goes_on else ""

    def _table(self, element: Element) -> Iterator[Block]:
        grid, rest = self._grid(element)
        if max((len(row) for row in grid), default=0) > 1:
            yield Table([[slot._replace(text=one_line(slot.text)) for slot in row] for row in grid])
        else:
            yield from (slot.text for row in grid for slot in row)
        yield from rest

    def _grid(self, element: Element) -> tuple[list[list[Slot]], list[Block]]:
        grid: list[list[Slot]] = []
        tables: list[Block] = []
        for row in _rows(element):
            slots: list[Slot] = [Slot("")] * _number(row, "w:trPr/w:gridBefore", 0)
            for cell in _cells(row):
                slots += self._slots(cell, grid, len(slots), tables)
            grid.append(slots)
        return grid, tables

    def _slots(self, cell: Element, grid: list[list[Slot]], at: int, tables: list[Block]) -> list[Slot]:
        inner = list(self.blocks(cell))
        tables += [block for block in inner if not isinstance(block, str)]
        text = "\n\n".join(block for block in inner if isinstance(block, str) and block)
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        if goes_on and grid and at < len(grid[-1]):
            text = grid[-1][at].text
        first = Slot(text, shown=not goes_on)
        return [first, *[Slot(text, shown=False)] * (_number(cell, "w:tcPr/w:gridSpan", 1) - 1)]


def _goes_on(paragraph: Element) -> bool:
    """Tell whether a tracked change deletes the mark between this paragraph and the next one."""
    following = paragraph.getnext()
    deleted = paragraph.find("/".join(map(qn, ("w:pPr", "w:rPr", "w:del"))))
    return deleted is not None and following is not None and following.tag == qn("w:p")


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if element.tag == qn("w:tr") and element.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield element
        elif element.tag in _HOLDERS:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if element.tag == qn("w:tc"):
            yield element
        elif element.tag in _HOLDERS:
            yield from _cells(element)


def _number(element: Element, path: str, default: int) -> int:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    value = "" if found is None else found.get(qn("w:val"), "")
    return min(int(value), _WIDEST) if value.isascii() and value.isdigit() else default
