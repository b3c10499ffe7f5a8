"""Takes the key of a word or sentence of the downloads and gives it in Chinese or English."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.errors import Language


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    with (files("kuaibao.export") / "words.csv").open(encoding="utf-8") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def say(key: str, language: Language, **values: object) -> str:
    """Give a sentence with its {placeholders} filled; KeyError where there is no such key."""
    return _catalogue()[key][language].format_map(values)
