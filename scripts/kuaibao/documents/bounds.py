"""Bounds for what pdfminer unpacks and draws, which has none of its own: a small file may hold gigabytes."""

from __future__ import annotations

import io
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pdfminer import pdftypes
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdocument import PDFDocument
from pdfminer.psparser import PSBaseParser
from pdfminer.runlength import rldecode
from pdfplumber.page import PDFPageAggregatorWithMarkedContent as Aggregator

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = 64  # times that run-length coding may make its input longer
_STEP = 4_000_000  # bytes unpacked at a time
_LOOKED_UP = 10  # steps for an object
_tag_cur_item = Aggregator.tag_cur_item
_next_token = PSBaseParser.nexttoken
_get_object = PDFDocument.getobj


class Budget:
    """What may still be unpacked (bytes of a file) and drawn (marks on a page, and in all); stands for zlib.

    `spent` names the limit once there was too much. pdfminer takes a zlib.error for
    a damaged stream and may go on, so ask when it is done.
    """

    error = zlib.error

    def __init__(self, unpacked: int, marks: int, in_all: int, steps: int) -> None:
        """Begin with all of it."""
        self.spent = ""
        self._left, self._most, self._marks, self._in_all = unpacked, marks, 0, in_all
        self._steps = steps

    def new_page(self) -> None:
        """Count marks from none."""
        self._marks = 0

    def mark(self) -> None:
        """Count one character, rule or picture."""
        self._marks += 1
        self._in_all -= 1
        if self._marks > self._most:
            self._refuse("pdf-page-marks")
        if self._in_all < 0:
            self._refuse("pdf-marks")

    def step(self, steps: int = 1) -> None:
        """Count what pdfminer does: words read, objects looked up."""
        self._steps -= steps
        if self._steps < 0:
            self._refuse("pdf-steps")

    def take(self, size: int) -> None:
        """Count bytes that are unpacked, or about to be."""
        self._left -= size
        if self._left < 0:
            self._refuse("unpacked-megabytes")

    def _refuse(self, name: str) -> None:
        self.spent = self.spent or name
        raise zlib.error(name)

    def decompress(self, data: bytes) -> bytes:
        """Do as zlib.decompress does."""
        unpacker = zlib.decompressobj()
        pieces = []
        while not unpacker.eof:
            pieces.append(unpacker.decompress(data, _STEP))
            self.take(len(pieces[-1]))
            data = unpacker.unconsumed_tail
            if not pieces[-1] and not data:
                raise zlib.error
        return b"".join(pieces)

    def decompressobj(self) -> _Unpacker:
        """Do as zlib.decompressobj does."""
        return _Unpacker(self)

    def lzwdecode(self, data: bytes) -> bytes:
        """Do as pdfminer's function does."""
        pieces = []
        for piece in LZWDecoder(io.BytesIO(data)).run():
            self.take(len(piece))
            pieces.append(piece)
        return b"".join(pieces)

    def rldecode(self, data: bytes) -> bytes:
        """Do as pdfminer's function does."""
        self.take(len(data) * _RUN)
        return rldecode(data)


class _Unpacker:
    def __init__(self, budget: Budget) -> None:
        self._budget, self._unpacker = budget, zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        piece = self._unpacker.decompress(data)
        self._budget.take(len(piece))
        return piece


@contextmanager
def bounded(budget: Budget) -> Iterator[None]:
    """Put the budget between pdfminer and zlib, and at each step and mark, for the time of the context."""

    def tag(aggregator: Aggregator) -> None:
        budget.mark()
        _tag_cur_item(aggregator)

    def next_token(parser: PSBaseParser) -> Any:  # noqa: ANN401  # as the library says
        budget.step()
        return _next_token(parser)

    def get_object(document: PDFDocument, number: int) -> object:
        budget.step(_LOOKED_UP)
        return _get_object(document, number)

    bounds: list[tuple[Any, str, Any]] = [
        (pdftypes, "zlib", budget),
        (pdftypes, "lzwdecode", budget.lzwdecode),
        (pdftypes, "rldecode", budget.rldecode),
        (Aggregator, "tag_cur_item", tag),
        (PSBaseParser, "nexttoken", next_token),
        (PDFDocument, "getobj", get_object),
    ]
    before = [getattr(holder, name) for holder, name, _ in bounds]
    try:
        for holder, name, bound in bounds:
            setattr(holder, name, bound)
        yield
    finally:
        for (holder, name, _), unbound in zip(bounds, before, strict=True):
            setattr(holder, name, unbound)
