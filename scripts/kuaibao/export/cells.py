"""Takes a cell's text and gives its typed value, or the text that no spreadsheet evaluates."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kuaibao.export.dataset import Table

Value = str | int | Decimal | date | None

INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
YEAR = re.compile(r"[0-9]{4}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EXACT_DIGITS = 15  # what a 64-bit float, and so every format and spreadsheet, keeps exactly
LARGEST_EXPONENT = 300

# OWASP's list for CSV injection, full-width forms included (East Asian Excel reads them as formulas),
# and <r>…, which XlsxWriter 3.3 would write into the workbook as raw markup.
EVALUATED = re.compile(r"'*([=+\-@\t\r\n＝＋－＠]|<r>)")


def read(text: str, kind: str) -> Value:
    """Read a cell as a type of TYPES; '' is None; ValueError where it is not of the type."""
    return TYPES[kind](text) if text else None


def columns(table: Table) -> dict[str, list[Value]]:
    """Read a table by column."""
    return {
        field["name"]: [read(text, field["type"]) for text in table.rows[field["name"]]]
        for field in table.fields
    }


def rows(table: Table) -> Iterator[tuple[Value, ...]]:
    """Read a table by row."""
    return zip(*columns(table).values(), strict=True)


def defused(text: str) -> str:
    """Put an apostrophe before what a spreadsheet might evaluate; `fused` takes it away again."""
    return f"'{text}" if EVALUATED.match(text) else text


def fused(text: str) -> str:
    """Undo `defused`."""
    return text[1:] if text.startswith("'") and EVALUATED.match(text) else text


def _integer(text: str) -> int:
    return int(_exact(_matched(INTEGER, text)))


def _year(text: str) -> int:
    return int(_matched(YEAR, text))


def _number(text: str) -> int | Decimal:
    value = _exact(_matched(NUMBER, text))
    return int(value) if value == value.to_integral_value() else value


def _date(text: str) -> date:
    return date.fromisoformat(_matched(DATE, text))


def _matched(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def _exact(text: str) -> Decimal:
    value = Decimal(text)
    digits = "".join(map(str, value.as_tuple().digits)).strip("0")
    if len(digits) > EXACT_DIGITS or (value and abs(value.adjusted()) > LARGEST_EXPONENT):
        raise ValueError(text)
    return value


TYPES: dict[str, Callable[[str], Value]] = {
    "string": str,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "year": _year,
}
