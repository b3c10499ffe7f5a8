"""Takes a table and gives it as CSV or JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from kuaibao.export.cells import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.export.cells import Value
    from kuaibao.export.dataset import Table


def csv_bytes(table: Table) -> bytes:
    """Write RFC 4180 with LF line ends, UTF-8 without BOM; cells as they are in the canonical CSV."""
    return "".join(_csv_line(row) for row in (table.columns, *table.texts())).encode()


def json_bytes(table: Table) -> bytes:
    """Write an array of objects, a row a line; numbers digit by digit, missing values as null."""
    names = [json.dumps(name, ensure_ascii=False) for name in table.columns]
    lines = [", ".join(map("{}: {}".format, names, map(_literal, row))) for row in rows(table)]
    return ("[" + ",".join(f"\n{{{line}}}" for line in lines) + "\n]\n").encode()


def _csv_line(row: Sequence[str]) -> str:
    # An empty line would be no row at all, so a lone empty cell is quoted.
    return '""\n' if tuple(row) == ("",) else ",".join(map(_csv_cell, row)) + "\n"


def _csv_cell(text: str) -> str:
    # Not csv.writer: Python before 3.13 leaves a lone CR unquoted when lines end in LF.
    quoted = any(mark in text for mark in ',"\r\n')
    return '"' + text.replace('"', '""') + '"' if quoted else text


def _literal(value: Value) -> str:
    match value:
        case None | str():
            return json.dumps(value, ensure_ascii=False)
        case date():
            return json.dumps(value.isoformat())
        case _:
            return format(value, "f") if not isinstance(value, int) else str(value)
