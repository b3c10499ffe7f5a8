"""Takes the blocks of an edition and gives scripts with the cards of figures, loaded when one is wanted."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kuaibao.render.blocks import Blocks


def scripts(blocks: Blocks) -> dict[str, str]:
    """Give the scripts of an edition: path below the language -> text; each holds at most ten cards.

    They are scripts and no JSON, since a browser does not read JSON from a site that was opened as files.
    """
    edition = blocks.edition
    shards: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name in (*edition.figures, *edition.derived):
        shards[_path(name)][name] = blocks.inside(name)
    words = {key: edition.say(key) for key in ("open_row", "close")}
    return {path: f"kuaibaoCards({_literal(cards)}, {_literal(words)});\n" for path, cards in shards.items()}


def _path(name: str) -> str:
    """Name the script of a card by its id without the last digit: yncg-090.3.07 -> …/data/cards-3.0.js."""
    bulletin, _, rest = name.partition(".")
    return f"bulletins/{bulletin}/data/cards-{rest[:-1]}.js"


def _literal(values: dict[str, str]) -> str:
    """Write a literal of JavaScript, in which two characters that JSON allows would end a line."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
