"""Takes a package's tables and gives typed figures, each with the interval that its print allows."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kuaibao.model import Figure, Interval, Quantity
from kuaibao.reader import Numeral, read

if TYPE_CHECKING:
    from kuaibao.model import Package, Row


def figures(package: Package) -> dict[str, Figure]:
    """Give the figures of a checked package by id, in the order of the table.

    Raises KeyError or ValueError on tables that `check` has not passed.
    """
    numerals = {row["numeral"]: row for row in package.rows("numerals")}
    return {
        row["figure"]: figure(package.name, row, numerals[row["numeral"]]) for row in package.rows("figures")
    }


def figure(bulletin: str, row: Row, numeral: Row) -> Figure:
    """Join a row of `figures` with its numeral and its interval."""
    quantity = Quantity(
        value=Decimal(row["value"]),
        value_end=Decimal(row["value_end"]) if row["value_end"] else None,
        interval=interval(row, reading(numeral["printed"], numeral["header_unit"])),
        qualifier=row["qualifier"],
        unit=row["unit"],
    )
    return Figure(id=row["figure"], bulletin=bulletin, row=row, numeral=numeral, quantity=quantity)


def reading(printed: str, header_unit: str = "") -> Numeral | None:
    """Read a printed numeral expression anew; None where it does not read as exactly one.

    `header_unit` is the unit that the header of a table gives a number that stands alone in its cell.
    """
    found = read(printed + header_unit)
    return found[0] if len(found) == 1 else None


def interval(row: Row, numeral: Numeral | None) -> Interval:
    """Give the numbers that the print allows for a figure, in base units.

    The half unit of the last printed digit and the open ends come from the reading of the print. A fall
    is printed without a sign (下降 2.1%) and stored with one: its interval is mirrored.
    """
    low, high = bounds(numeral)
    if _fell(row, numeral):
        low, high = None if high is None else -high, None if low is None else -low
    return Interval(low=low, high=high)


def _fell(row: Row, numeral: Numeral | None) -> bool:
    value = number(row["value"])
    printed = None if numeral is None else numeral.value
    return value is not None and value < 0 and isinstance(printed, (int, Decimal)) and printed > 0


def bounds(numeral: Numeral | None) -> tuple[Decimal | None, Decimal | None]:
    """Give the ends of a reading's interval as decimals."""
    if numeral is None:
        return None, None
    return _decimal(numeral.value_min), _decimal(numeral.value_max)


def _decimal(value: Decimal | float | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def number(cell: str) -> Decimal | None:
    """Read a number cell; None where it is no finite number."""
    try:
        value = Decimal(cell)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
