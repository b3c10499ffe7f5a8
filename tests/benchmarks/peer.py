"""Gives the recognisers of ms-recognizers-text-suite, the peer of the benchmarks, where it is installed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Span = tuple[int, int, float | None]  # start, end, value
MODELS = ("number", "percentage", "ordinal", "currency", "dimension")


def recogniser() -> Callable[[str, str], list[Span]] | None:
    """Return the peer's recogniser (text and model in, spans with values out), or None."""
    try:
        numbers = import_module("ms_recognizers_number")
        units = import_module("ms_recognizers_number_with_unit")
    except ImportError:
        return None
    culture = import_module("ms_recognizers_text").Culture.Chinese

    def recognise(text: str, model: str) -> list[Span]:
        module = units if model in ("currency", "dimension") else numbers
        found = getattr(module, f"recognize_{model}")(text, culture)
        return [(item.start, item.end + 1, number(item.resolution.get("value"))) for item in found]

    return recognise


def plain_numbers() -> Callable[[str], object] | None:
    """Return the peer's recogniser of plain numbers alone, made once for many texts, or None."""
    try:
        numbers = import_module("ms_recognizers_number")
    except ImportError:
        return None
    model = numbers.NumberRecognizer(import_module("ms_recognizers_text").Culture.Chinese).get_number_model()
    return model.parse  # type: ignore[no-any-return]


def number(text: object) -> float | None:
    """Return a resolution's value as a number, a percentage without its sign."""
    try:
        return float(Decimal(str(text).rstrip("%")))
    except InvalidOperation:
        return None
