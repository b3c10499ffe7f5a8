"""Takes a bulletin and checks that its ledger is the one that was last held against the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.errors import Place
from kuaibao.receipt import receipt, recorded

if TYPE_CHECKING:
    from kuaibao.checks.tally import Tally
    from kuaibao.model import Package


def check_seal(package: Package, tally: Tally) -> None:
    """Compare the ledger with its receipt, or tell that it has none."""
    place, known, found = Place(f"{package.path}/datapackage.json"), recorded(package), receipt(package)
    if tally.expect(bool(known), "ledger-unsealed", place, name=package.name):
        counts = {"found": str(found["numerals"]), "recorded": str(known.get("numerals"))}
        tally.expect(known == found, "ledger-sealed", place, name=package.name, **counts)
