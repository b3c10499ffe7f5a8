"""Takes a ledger and gives its receipt: what it held when it was last held against the bulletin's text.

The text itself is not part of the project. The receipt, kept in datapackage.json under bulletin.ledger,
lets anyone see that the ledger is still the one that was verified: the number of numerals that the text
holds, and a SHA-256 over the place, the print, the kind and the figure's id of each.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.model import Package

SEALED = ("section", "paragraph", "start", "end", "printed", "header_unit", "kind")


def receipt(package: Package) -> dict[str, Any]:
    """Give the receipt of a ledger as it stands."""
    figures = {row["numeral"]: row["figure"].partition(".")[2] for row in package.rows("figures")}
    numerals = package.rows("numerals")
    rows = [[figures.get(row["numeral"], ""), *(row[column] for column in SEALED)] for row in numerals]
    digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8")).hexdigest()
    return {"numerals": len(rows), "sha256": digest}


def recorded(package: Package) -> Mapping[str, Any]:
    """Give the receipt that the descriptor holds; empty where there is none."""
    found = package.bulletin.get("ledger")
    return found if isinstance(found, dict) else {}
