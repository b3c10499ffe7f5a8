"""Takes the key of a word or sentence of the descriptions and gives it in both languages."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kuaibao.errors import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.errors import Language


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    with (files("kuaibao.describe") / "words.csv").open(encoding="utf-8") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def both(key: str, **values: object) -> dict[Language, str]:
    """Give a sentence with its {placeholders} filled, by language; KeyError where there is no such key."""
    return {language: _catalogue()[key][language].format_map(values) for language in LANGUAGES}
