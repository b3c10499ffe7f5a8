"""Takes the text of a cell and gives what the workbook holds, and the other way round; or says why not."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.errors import LANGUAGES
from kuaibao.export.cells import EXACT_DIGITS, defused, fused
from kuaibao.model import PROPOSED
from kuaibao.workbook.layout import BETWEEN, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.cell.cell import Cell

    from kuaibao.workbook.layout import Column

    Options = Mapping[str, str]

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # ECMA-376 part 1, 22.9.2.19: characters that XML cannot hold
FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
DAMAGED = "\ufffd"
# A format that shows another number than the one that is kept: 12.3% is 0.123, 0"万" is not in 万.
DISGUISED = re.compile("[%‰千万亿]")
# One that shows a code otherwise than it is kept: 5.3E+05, or 090 for 90.
DISGUISED_CODE = re.compile(r"[%‰千万亿]|[Ee][+-]|(?<![.0])0{2,}")


class Fault(NamedTuple):
    """Why a cell cannot be taken: code of the rule, what the cell holds, what fills the rule's text."""

    code: str
    value: str
    params: Mapping[str, str]


def number_of(text: str) -> float | None:
    """Give the number as which Excel keeps a text exactly, None where it is to stay text."""
    if not NUMBER.fullmatch(text) or text == "-0":
        return None
    return float(text) if _kept(Decimal(text)) else None


def shown(text: str, column: Column, labels: Mapping[str, str]) -> str:
    """Write a code with its label ('person 人'), proposed or not, any other text as it is; defused."""
    if text.startswith(PROPOSED):
        return PROPOSED + shown(text.removeprefix(PROPOSED), column, labels)
    parts = text.split(" ") if column.several else [text]
    known = [labels[part] for part in parts if part in labels]
    return defused(BETWEEN.join(known) if len(known) == len(parts) else text)


def taken(cell: Cell, column: Column, options: Options) -> str | Fault:
    """Read a cell as text; `options` gives the code of each entry of the column's list."""
    value = cell.value
    match cell.data_type:
        case "f":
            return Fault("workbook-formula", str(getattr(value, "text", value)), {})
        case "e":
            return Fault("workbook-error", str(value), {})
        case "b":
            return Fault("workbook-boolean", str(value).upper(), _advice(column))
        case "d":
            return _dated(value, column)
    if isinstance(value, int | float):
        return _number(value, cell.number_format, column)
    return "" if value is None else _code(fused(unescaped(str(value))), column, options)


def slip(text: str, column: Column) -> str:
    """Name the rule that a text broke in typing: blanks and invisible characters, or full width."""
    if text != text.strip() or DAMAGED in text or any(map(_hidden, text)):
        return "workbook-blank"
    return "workbook-width" if column.code and FULL_WIDTH.search(text) else ""


def unescaped(text: str) -> str:
    """Undo the escapes of a workbook: _x000D_ is a carriage return."""
    return ESCAPED.sub(lambda match: _character(match[0], int(match[1], 16)), text)


def _character(escape: str, code: int) -> str:
    return escape if unicodedata.category(chr(code)) == "Cs" else chr(code)


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}


def _code(text: str, column: Column, options: Options) -> str:
    """Take the code of an entry 'person 人', proposed or not; a text that is no entry stays as it is."""
    if text.startswith(PROPOSED):
        return PROPOSED + _code(text.removeprefix(PROPOSED), column, options)
    if text in options:
        return options[text]
    codes = {**options, **{key: key for key in options.values()}}
    parts = [part.strip() for part in text.split(BETWEEN)] if column.several else []
    known = [codes[part] for part in parts if part in codes]
    return " ".join(known) if len(known) > 1 and len(known) == len(parts) else text


def _number(value: float, style: str, column: Column) -> str | Fault:
    if not math.isfinite(value):
        return Fault("workbook-digits", str(value), {})
    exact = Decimal(repr(value))
    text = _plain(exact)
    if (DISGUISED if column.number else DISGUISED_CODE).search(style):
        return Fault("workbook-shown", text, {"format": style, **_advice(column, "advice-shown")})
    if not _kept(exact):
        return Fault("workbook-digits", text, {})
    return text if column.number or "." not in text else Fault("workbook-number", text, _advice(column))


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _kept(value: Decimal) -> bool:
    """Tell whether Excel keeps every digit of a number."""
    digits = "".join(map(str, value.as_tuple().digits)).strip("0")
    return len(digits) <= EXACT_DIGITS and -EXACT_DIGITS < value.adjusted() < EXACT_DIGITS


def _dated(value: object, column: Column) -> Fault:
    text = str(value).removesuffix(" 00:00:00") if isinstance(value, datetime) else str(value)
    if isinstance(value, date) and column.name in {"period", "date"}:
        return Fault(
            "workbook-date", text, _saying("advice-period", iso=text[:10], month=text[:7], year=text[:4])
        )
    return Fault("workbook-date", text, _advice(column))


def _advice(column: Column, for_number: str = "advice-number") -> dict[str, str]:
    return _saying(for_number if column.number else "advice-text")


def _saying(key: str, **parts: str) -> dict[str, str]:
    return {f"advice_{language}": phrase(key, language).format_map(parts) for language in LANGUAGES}
