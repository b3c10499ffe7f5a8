"""What the reader gives: one `Numeral` for each numeral expression of a text."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

Number: TypeAlias = int | Decimal
Qualifier: TypeAlias = Literal["exact", "about", "nearly", "at_least", "at_most", "range"]
Kind: TypeAlias = Literal["figure", "date", "ordinal", "enumerator", "name", "issue_number", "other"]
Direction: TypeAlias = Literal["", "up", "down"]


class Reading(NamedTuple):
    """A numeral in the flat text; `scale` is the multiplier (万 = 10000) that was printed."""

    start: int
    end: int
    kind: Kind
    value: Number | str | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str = ""
    qualifier: Qualifier = "exact"
    parts: tuple[Number, ...] = ()
    direction: Direction = ""
    scale: int = 1


class Numeral(NamedTuple):
    """One numeral expression, as printed and as read.

    `start` and `end` are 0-based code-point offsets into the text as it stands. `printed` is that slice
    without line and page breaks and the blanks around them. `value` is in base units (2.7 亿元 is
    270000000, 12.3 % is 12.3), an ISO 8601 string for a date, None where one number would claim too much
    (names, ranges, ratios, 数十). `unit` is the printed unit or classifier without 万 and 亿. `parts` are
    the terms of a ratio. `direction` tells whether a word such as 增长 or 下降 stands before; the value
    keeps its sign.

    `value_min` and `value_max` bound a figure. A decimal point, a multiplier or a percentage gives half a
    unit of the last printed digit on each side, a plain count is a point. `at_least` leaves the upper bound
    None (unbounded), `nearly` and `at_most` the lower; `about` keeps the value and leaves both None, for
    nobody says how far about reaches. 数十 and 几十 are about, without value, 20 to 99; 两三年 is a range of
    2 to 3.
    """

    start: int
    end: int
    printed: str
    value: Number | str | None
    value_min: Number | None
    value_max: Number | None
    unit: str
    qualifier: Qualifier
    kind: Kind
    parts: tuple[Number, ...] = ()
    direction: Direction = ""

    def to_json(self) -> dict[str, object]:
        """Return plain JSON values: decimals as numbers, `parts` and `direction` only when there are any."""
        row: dict[str, object] = {
            "start": self.start,
            "end": self.end,
            "printed": self.printed,
            "value": _plain(self.value),
            "value_min": _plain(self.value_min),
            "value_max": _plain(self.value_max),
            "unit": self.unit,
            "qualifier": self.qualifier,
            "kind": self.kind,
        }
        if self.parts:
            row["parts"] = [_plain(part) for part in self.parts]
        if self.direction:
            row["direction"] = self.direction
        return row


def _plain(value: Number | str | None) -> int | float | str | None:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
