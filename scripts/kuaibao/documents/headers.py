"""A table in, what its headers say of each cell out: the unit of a bare number, or that it is a year."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kuaibao.reader import read

from .model import Bare, Slot, Stretch

if TYPE_CHECKING:
    from .model import Table

_BARE = re.compile(r"[-+−]?[0-9０-９][0-9０-９,.，．]*[*#%％]?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_MOST_HEADERS = 4
_BRACKETED = re.compile(r"[(（\[［]\s*(?:(?:计量)?单位\s*[:：]?\s*)?([^()（）\[\]［］]{1,12})[)）\]］]\s*$")
_STATED = re.compile(r"单\s*位\s*[:：]\s*([^\s,，、;；)）]{1,12})\s*[)）]?\s*(?:$|\n)")
_STATED_LIST = re.compile(r"单\s*位\s*[:：]\s*([^\s:：)）]{1,40})")
_LISTED = re.compile("[、,，;；和及]")
_TRAILING = re.compile(r"[%％‰]\s*$")
_UNIT_COLUMN = re.compile(r"\s*(?:计\s*量\s*)?单\s*位\s*")
_YEARS = re.compile(r"\s*(?:年\s*份|年\s*度|时\s*间)\s*")
_RUNNING = re.compile(r"\s*(?:序\s*号|编\s*号|名\s*次|排\s*名|排\s*序|位\s*次|代\s*码|行\s*次)\s*")
_SHARE = re.compile("增长|增速|增幅|增减|占比|比重|比例|同比|环比|率|指数|倍|排名|位次")


def describe(table: Table, before: str) -> list[list[Stretch | None]]:
    """Return a stretch of length 0 for each slot, with the unit and kind of a number that stands there alone.

    The nearest word wins: the header of the column, the row's own column 单位, the row's label, then
    `before`, the paragraph above the table (单位：万元). Growth and shares take no unit but their header's.
    None is a cell that only names the unit (万人次), which is no number.
    """
    depth = _header_depth(table)
    columns = _columns(table, depth)
    caption = stated_unit(before)
    unit_column = next((at for at, (title, _) in enumerate(columns) if _UNIT_COLUMN.fullmatch(title)), None)
    cells: list[list[Stretch | None]] = [[Stretch(0, 0)] * len(row) for row in table.rows[:depth]]
    for row in table.rows[depth:]:
        own = _row_unit(row, unit_column)
        share = bool(row and _SHARE.search(row[0].text))
        described: list[Stretch | None] = []
        around = [row[0].text if row else "", "" if share else before]
        described += [_cell(at, columns, own, "" if share else caption, around) for at in range(len(row))]
        if own and unit_column is not None and unit_column < len(row):
            described[unit_column] = None
        cells.append(described)
    return cells


def _cell(at: int, columns: list[tuple[str, str]], own: str, caption: str, around: list[str]) -> Stretch:
    title, unit = columns[at] if at < len(columns) else ("", "")
    last = title.rsplit("\n", 1)[-1]
    if _YEARS.fullmatch(last) or _RUNNING.fullmatch(last):
        bare: Bare = "date" if _YEARS.fullmatch(last) else "enumerator"
        return Stretch(0, 0, "", bare)
    share = bool(_SHARE.search(title))
    unit = unit or ("" if share or at == 0 else own or caption)
    named = "" if unit else "\n".join([title, *(around[:1] if share else around)])
    return Stretch(0, 0, unit, named=named)


def _header_depth(table: Table) -> int:
    """Count the rows above the first one with a bare number right of its first column; years are headers."""
    for depth, row in enumerate(table.rows[:_MOST_HEADERS]):
        texts = [slot.text.strip() for slot in row[1:]]
        if any(_BARE.fullmatch(text) and not _YEAR.fullmatch(text) for text in texts):
            return depth
    return 1


def _columns(table: Table, depth: int) -> list[tuple[str, str]]:
    """Return each column's title, its headers on lines from the top down, and the unit of the lowest."""
    width = max((len(row) for row in table.rows), default=0)
    columns = []
    for at in range(width):
        titles = list(dict.fromkeys(row[at].text for row in table.rows[:depth] if at < len(row)))
        units = filter(None, (header_unit(title) for title in reversed(titles)))
        columns.append(("\n".join(titles), next(units, "")))
    return columns


def _row_unit(row: list[Slot], unit_column: int | None) -> str:
    if unit_column is not None and unit_column < len(row):
        unit = row[unit_column].text.strip()
        return unit if _is_unit(unit) else ""
    return header_unit(row[0].text) if row else ""


def header_unit(title: str) -> str:
    """Return the unit that a header names: 产值（亿元）, 单位：人, 增长%; "" where it names none."""
    title = title.strip()
    if (match := _BRACKETED.search(title)) and _is_unit(match[1].strip()):
        return match[1].strip()
    return stated_unit(title) or ("%" if _TRAILING.search(title) and "‰" not in title else "")


def stated_unit(text: str) -> str:
    """Return the unit of 单位：万元 at the end of a line, "" where there is none or more than one."""
    match = _STATED.search(text)
    return match[1] if match and _is_unit(match[1]) else ""


def stated_units(text: str) -> list[str]:
    """List the units of 单位：个、万元 where a line states several, of which a cell has one."""
    for match in _STATED_LIST.finditer(text):
        words = [word for word in _LISTED.split(match[1]) if word]
        if len(words) > 1 and all(map(_is_unit, words)):
            return words
    return []


@lru_cache(maxsize=1024)
def _is_unit(word: str) -> bool:
    """Ask the reader whether the whole word is a unit, a multiplier or both."""
    if not word or word[0].isdigit():
        return False
    readings = read("1" + word)
    return len(readings) == 1 and readings[0].kind == "figure" and readings[0].end == len(word) + 1
