"""Takes a text and tells whether it holds what no reader sees, or what turns the direction of writing."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Classes of Unicode's bidirectional algorithm (UAX 9): letters and digits written from the right, and
# the marks that turn, embed or isolate what follows them.
LEFTWARD = {"R", "AL", "AN"}
TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
DAMAGED = "\ufffd"


def invisible(text: str) -> bool:
    """Tell whether a text holds control or format characters, line breaks, halves of characters or damage."""
    return DAMAGED in text or any(unicodedata.category(character) in INVISIBLE for character in text)


def turning(text: str) -> bool:
    """Tell whether a text could change the order in which the text beside it is read."""
    return any(unicodedata.bidirectional(character) in LEFTWARD for character in text)


def hiding(text: str) -> Iterator[int]:
    """Give the places of marks on a page that turn the direction, and of control characters but line ends."""
    for at, character in enumerate(text):
        turns = unicodedata.bidirectional(character) in TURNS or character in "\u200e\u200f\u061c"
        if turns or (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n\r"):
            yield at


def texts(value: object) -> Iterator[tuple[str, str]]:
    """Give every text of a descriptor, keys included, with the key below which it stands."""
    left: list[tuple[str, object]] = [("", value)]
    while left:
        key, found = left.pop()
        if isinstance(found, str):
            yield key, found
        elif isinstance(found, dict):
            left += _entries(found)
            yield from ((name, name) for name in found)
        elif isinstance(found, list):
            left += [(key, inner) for inner in reversed(found)]


def _entries(mapping: Mapping[str, object]) -> list[tuple[str, object]]:
    return list(mapping.items())[::-1]
