"""What a file gives: one frozen `Document`, composed of the blocks that a form's module finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from .breaks import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kuaibao.errors import Language

Bare: TypeAlias = Literal["figure", "date", "enumerator", "heading"]
_EMPTY_LINES = re.compile(r"\n\s*\n")


class Stretch(NamedTuple):
    """A part of the text that is read on its own: a paragraph, or a cell with what its header says.

    `unit` is the unit of a number that stands alone in the cell, with its multiplier (亿元), `bare` what
    such a number is: a figure, a year, or the running number of a row. Outside of tables: "" and figure, or
    heading, where a number without a unit that looks like a year is one. `named` is what stands in the
    headers of a cell and above its table, where that does not settle the unit, such as 单位：个、万元.
    """

    start: int
    end: int
    unit: str = ""
    bare: Bare = "figure"
    named: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, and how it is to be read.

    `text` is what offsets count in, in code points: a txt or md file as it stands, else the extracted text.
    `stretches` are the parts that are read, in order and without overlaps; only blanks, table rules and
    breaks stand between them. `marks` are parts of the text that are not read and part nothing, as
    Markdown's ** within a number. `remarks` tell in both languages what was left out, such as pages that
    are pictures.
    """

    text: str
    stretches: tuple[Stretch, ...]
    remarks: tuple[dict[Language, str], ...] = ()
    marks: tuple[tuple[int, int], ...] = ()


class Slot(NamedTuple):
    """A place in a table's grid; `shown` is False where a merged cell goes on from the left or from above."""

    text: str
    shown: bool = True


class Table(NamedTuple):
    """A table as a grid: each row has a slot for every column that it covers."""

    rows: list[list[Slot]]


Block: TypeAlias = str | Table


def compose(blocks: Iterable[Block], remarks: Iterable[dict[Language, str]] = ()) -> Document:
    """Lay the blocks out as text; a str is a paragraph, or several with empty lines between them."""
    from .headers import describe  # noqa: PLC0415  # headers need the model

    pieces: list[str] = []
    stretches: list[Stretch] = []
    at, before = 0, ""
    for block in filter(_has_text, _paragraphs(blocks)):
        laid = _lay_lines(block) if isinstance(block, str) else _lay_rows(block, describe(block, before))
        for piece, stretch in laid:
            if stretch is not None:
                stretches.append(stretch._replace(start=at, end=at + len(piece)))
            pieces.append(piece)
            at += len(piece)
        pieces.append("\n\n")
        at += 2
        before = block if isinstance(block, str) else ""
    return Document("".join(pieces[:-1]) + "\n" if pieces else "", tuple(stretches), tuple(remarks))


def _has_text(block: Block) -> bool:
    if isinstance(block, str):
        return bool(block.strip())
    return any(slot.text for row in block.rows for slot in row)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, str):
            yield from map(_tabbed, _EMPTY_LINES.split(block))
        else:
            yield block


def _tabbed(paragraph: str) -> Block:
    """Return a paragraph whose lines are parted by tabs as the table that it looks like."""
    rows = [[Slot(cell.strip()) for cell in line.split("\t")] for line in paragraph.strip().split("\n")]
    if len(rows) > 1 and 1 < len(rows[0]) == min(map(len, rows)) == max(map(len, rows)):
        return Table(rows)
    return paragraph.replace("\t", " ") if len(rows) > 1 else paragraph


_WHOLE = Stretch(0, 0)


def _lay_lines(paragraph: str) -> Iterator[tuple[str, Stretch | None]]:
    lines = "\n".join(line.strip() for line in paragraph.strip().split("\n"))
    for number, (start, end) in enumerate(parts(lines)):
        if number:
            yield "\n", None
        yield lines[start:end], _WHOLE


def _lay_rows(table: Table, cells: list[list[Stretch | None]]) -> Iterator[tuple[str, Stretch | None]]:
    is_first = True
    for row, stretches in zip(table.rows, cells, strict=True):
        texts = [slot.text if slot.shown else "" for slot in row]
        if not any(texts):
            continue
        if not is_first:
            yield "\n", None
        is_first = False
        for column, (text, stretch) in enumerate(zip(texts, stretches, strict=True)):
            if column:
                yield "\t", None
            if text:
                yield text, stretch
