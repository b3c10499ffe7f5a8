"""Takes a ledger and gives its receipt: what it held when it was last held against the bulletin's text.

The text itself is not part of the project. The receipt, kept in datapackage.json under bulletin.ledger,
lets anyone see that the ledger is still the one that was verified: the number of numerals that the text
holds, and a SHA-256 over the place, the print and the kind of each, over what each figure says of it, over
the bounds of the sections, the codes of the measures, and the relations between figures.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.model import Package

# Columns that a seal covers: whatever says what is counted, how much, where, when and by whom. Words are not
# sealed, nor is the order of rows where it says nothing.
SEALED = {
    "numerals": ("section", "paragraph", "start", "end", "printed", "header_unit", "kind"),
    "figures": ("indicator", "area", "period", "period_basis", "value", "value_end", "unit", "qualifier"),
    "sections": ("section", "start", "end"),
    "measures": ("measure", "section", "kind", "acting", "partners", "serves"),
    "relations": ("relation", "kind", "terms", "result", "unit", "status"),
}


def receipt(package: Package) -> dict[str, Any]:
    """Give the receipt of a ledger as it stands."""
    numerals = {row["numeral"]: place for place, row in enumerate(package.rows("numerals"))}
    rows = [[row[column] for column in SEALED["numerals"]] for row in package.rows("numerals")]
    for row in package.rows("figures"):
        named = [row["figure"], str(numerals.get(row["numeral"])), row["measure"]]
        rows.append([*(_local(text) for text in named), *(row[column] for column in SEALED["figures"])])
    for table in ("sections", "measures", "relations"):
        rows += sorted([_local(row[column]) for column in SEALED[table]] for row in package.rows(table))
    digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8")).hexdigest()
    return {"numerals": len(numerals), "sha256": digest}


def _local(text: str) -> str:
    """Leave the bulletin's own name out of ids, which all begin with it."""
    return " ".join(part.partition(".")[2] or part for part in text.split())


def recorded(package: Package) -> Mapping[str, Any]:
    """Give the receipt that the descriptor holds; empty where there is none."""
    found = package.bulletin.get("ledger")
    return found if isinstance(found, dict) else {}
