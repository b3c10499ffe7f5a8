"""Takes an archive, its pages and, if at hand, the bulletins' texts; gives the outcome of every rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.checks.cells import check_cells
from kuaibao.checks.descriptors import check_descriptor
from kuaibao.checks.keys import check_keys
from kuaibao.checks.labels import check_labels
from kuaibao.checks.ledger import check_ledger
from kuaibao.checks.observations import check_figures
from kuaibao.checks.pages import check_pages
from kuaibao.checks.relations import check_relations
from kuaibao.checks.source import check_source
from kuaibao.checks.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kuaibao.model import Archive

__all__ = ["Tally", "check"]


def check(archive: Archive, pages: Mapping[str, str], sources: Path | None = None) -> Tally:
    """Apply every rule to every package and page.

    `pages` maps the path of a hand-written page below docs/ ('zh/index.md') to its text; `sources` is a
    folder of bulletin texts named after the packages. Rules on meaning run only where the rules on
    form found nothing, since they take well-formed cells for granted.
    """
    tally = Tally()
    for package in archive.packages():
        check_descriptor(package, archive, tally)
        check_cells(package, tally)
    if tally.problems:
        return tally
    for package in archive.packages():
        check_keys(package, archive, tally)
        check_labels(package, tally)
    if tally.problems:
        return tally
    for package in archive.bulletins.values():
        check_ledger(package, tally)
        check_figures(package, archive, tally)
        check_relations(package, archive, tally)
        if sources is not None:
            names = [row["label_zh"] for row in archive.codelists.rows("organisations")]
            check_source(package, names, pages, sources / f"{package.name}.txt", tally)
    check_pages(archive, pages, tally)
    return tally

