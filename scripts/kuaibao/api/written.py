"""Takes a value and gives it as JSON: broken into lines down to a depth, numbers digit by digit."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

RECORDS, DOCUMENT = 2, 12  # an object of a list on a line of its own; a document to read


def written(value: object, depth: int) -> bytes:
    """Write a value; below `depth` what it holds stands on one line."""
    return (_text(value, depth, "\n") + "\n").encode()


def _text(value: Any, depth: int, line: str) -> str:  # noqa: ANN401  # JSON is any of these
    inner = f"{line} " if depth > 0 else ""
    comma = "," if depth > 0 else ", "
    end = line if depth > 0 else ""
    match value:
        case dict() if value:
            pairs = (f"{inner}{_string(key)}: {_text(each, depth - 1, inner)}" for key, each in value.items())
            return "{" + comma.join(pairs) + end + "}"
        case list() | tuple() if value:
            return "[" + comma.join(f"{inner}{_text(each, depth - 1, inner)}" for each in value) + end + "]"
        case Decimal():
            return format(value, "f")
        case date():
            return _string(value.isoformat())
        case _:
            return json.dumps(value, ensure_ascii=False)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
