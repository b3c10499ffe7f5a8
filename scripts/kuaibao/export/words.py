"""Takes a text and gives it for an index that parts words at blanks, so that every Chinese word is found.

SQLite's trigram tokenizer finds no word of two characters, as most Chinese words are, and its others take a
run of Chinese characters for one word. So the index is given every part of a run as a word of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kuaibao.export.dataset import Table

LONGEST = 12  # pieces in a word that can be found
HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
RUN = re.compile(r"\w+")
PIECE = re.compile(rf"{HAN.pattern}|(?:(?!{HAN.pattern})\w)+")
# What is searched: labels in both languages, and what was printed; not addresses, nor what is said at length.
LABELS = re.compile(r"(?!url|citation|note|reason|description|definition).+_(zh|en)|printed")


def searched(table: Table) -> tuple[str, ...]:
    """Name the columns of a table that full-text search looks through."""
    return tuple(name for name in table.columns if LABELS.fullmatch(name))


def findable(text: str) -> str:
    """Give a text with every part of a run with Chinese characters, up to LONGEST pieces, as a word."""
    return RUN.sub(lambda run: " ".join(_parts(run[0])), text)


def _parts(run: str) -> list[str]:
    """List the parts of a run, longest first; a piece is a Chinese character, or other letters together."""
    if not HAN.search(run):
        return [run]
    pieces = PIECE.findall(run)
    spans = ((at, at + size) for size in range(LONGEST, 0, -1) for at in range(len(pieces) - size + 1))
    return list(dict.fromkeys("".join(pieces[begin:end]) for begin, end in spans))
