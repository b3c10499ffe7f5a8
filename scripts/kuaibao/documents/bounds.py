"""Bounds for what pdfminer unpacks and draws, which has none of its own: a small file may hold gigabytes."""

from __future__ import annotations

import io
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pdfminer import pdftypes
from pdfminer.lzw import LZWDecoder
from pdfminer.runlength import rldecode
from pdfplumber.page import PDFPageAggregatorWithMarkedContent as Aggregator

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = 64  # times that run-length coding may make its input longer
_STEP = 4_000_000  # bytes unpacked at a time
_tag_cur_item = Aggregator.tag_cur_item


class Budget:
    """What may still be unpacked (bytes of a file) and drawn (marks on a page); takes the place of zlib.

    `spent` names the problem once there was too much: "unpacked" or "dense". pdfminer takes a zlib.error for
    a damaged stream and may go on, so ask when it is done.
    """

    error = zlib.error

    def __init__(self, unpacked: int, marks: int) -> None:
        """Begin with all of it."""
        self.spent = ""
        self._left, self._most, self._marks = unpacked, marks, 0

    def new_page(self) -> None:
        """Count marks from none."""
        self._marks = 0

    def mark(self) -> None:
        """Count one character, rule or picture."""
        self._marks += 1
        if self._marks > self._most:
            self._refuse("dense")

    def take(self, size: int) -> None:
        """Count bytes that are unpacked, or about to be."""
        self._left -= size
        if self._left < 0:
            self._refuse("unpacked")

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
    """Put the budget between pdfminer and zlib, and at each mark on a page, for the time of the context."""

    def tag(aggregator: Aggregator) -> None:
        budget.mark()
        _tag_cur_item(aggregator)

    names = {"zlib": budget, "lzwdecode": budget.lzwdecode, "rldecode": budget.rldecode}
    before = {name: getattr(pdftypes, name) for name in names}
    try:
        for name, bound in names.items():
            setattr(pdftypes, name, bound)
        setattr(Aggregator, "tag_cur_item", tag)  # noqa: B010  # its annotation fits no function
        yield
    finally:
        for name, unbound in before.items():
            setattr(pdftypes, name, unbound)
        setattr(Aggregator, "tag_cur_item", _tag_cur_item)  # noqa: B010
