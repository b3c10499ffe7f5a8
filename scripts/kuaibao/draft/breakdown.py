"""Takes the cell of a table; gives what it counts and for which area, where a header of it names an area."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.model import TODO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.draft.grid import Cell
    from kuaibao.model import Row

TOTAL = re.compile("[合总共]计|总数|全[省市州县区]|全[省市州县区](?:合计|总计|总数)")
# A county or city that the code list lacks; towns have no code of six digits.
UNLISTED = re.compile("(?!全|城|本)[\u3400-\u9fff]{2,6}[县市]")


class Part(NamedTuple):
    """What a cell counts, without the area, and the area's code (to do where the list lacks it)."""

    label: str
    area: str


class Breakdown:
    """The areas by name, and the one that a whole table is about."""

    def __init__(self, areas: Sequence[Row], whole: str) -> None:
        """Index the areas that are in use by their names; `whole` is the code of the bulletin's area."""
        self.whole = whole
        self._codes = {row["label_zh"]: row["area"] for row in areas if not row["valid_to"]}

    def of(self, cell: Cell | None) -> Part | None:
        """Part a cell that is broken down by area, be it by rows or by columns; None for any other."""
        if cell is None:
            return None
        for area, label in ((cell.row, cell.column_name), (cell.column_name, cell.row)):
            if label and (code := self._code(re.sub(r"\s+", "", area))):
                return Part(label, code)
        return None

    def _code(self, name: str) -> str:
        if TOTAL.fullmatch(name):
            return self.whole
        return self._codes.get(name, TODO if UNLISTED.fullmatch(name) else "")
