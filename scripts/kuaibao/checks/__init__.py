"""Takes an archive, its pages and, if at hand, the bulletins' texts; gives the outcome of every rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kuaibao.checks.cells import check_cells, check_frictionless
from kuaibao.checks.descriptors import check_descriptor, has_account
from kuaibao.checks.keys import check_keys
from kuaibao.checks.labels import check_labels
from kuaibao.checks.ledger import check_ledger, is_out_of_order
from kuaibao.checks.lineage import check_lineage
from kuaibao.checks.observations import check_figures
from kuaibao.checks.pages import check_pages, is_of
from kuaibao.checks.relations import check_relations
from kuaibao.checks.releases import check_history, check_releases
from kuaibao.checks.seal import check_seal
from kuaibao.checks.source import check_source
from kuaibao.checks.tally import Tally
from kuaibao.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kuaibao.model import Archive, Package

__all__ = ["Tally", "check", "chosen"]


def check(
    archive: Archive, pages: Mapping[str, str], sources: Path | None = None, names: Sequence[str] = ()
) -> Tally:
    """Apply every rule to every package and page; raise UsageError where `sources` is no folder.

    With `names`, only the code lists and the packages of these names are checked, and only their pages.

    `pages` maps the path of a hand-written page below docs/ ('zh/index.md') to its text; `sources` is a
    folder of bulletin texts named after the packages. Rules on meaning take well-formed cells for granted:
    they run on each package in whose form nothing was found. Where nothing at all was found, Frictionless
    gives a second opinion.
    """
    if sources is not None and not sources.is_dir():
        raise _no_folder(sources)
    tally, whole = Tally(), archive
    if names:
        archive = chosen(archive, names)
    for package in archive.packages():
        check_releases(package, tally)
    sound = [package for package in archive.packages() if _is_well_formed(package, archive, tally)]
    if archive.codelists.name in {package.name for package in sound}:
        for package in sound:
            _check_meaning(package, archive, tally)
        if sources is not None:
            texts = {path: text for path, text in pages.items() if not names or is_of(path, names)}
            _check_sources(archive, sound, texts, sources, tally)
        _check_seals(archive, sound, tally)
    check_pages(whole, pages, tally, sound=len(sound) == len(archive.packages()), names=names)
    if not tally.problems:
        for package in archive.packages():
            check_frictionless(package, tally)
    return tally


def chosen(archive: Archive, names: Sequence[str]) -> Archive:
    """Give the part of an archive with these packages, and the code lists."""
    bulletins = {name: package for name, package in archive.bulletins.items() if name in names}
    return replace(archive, bulletins=bulletins)


def _no_folder(sources: Path) -> UsageError:
    return UsageError(f"没有文件夹 {sources}；请检查 --sources", f"no folder {sources}; check --sources")


def _is_well_formed(package: Package, archive: Archive, tally: Tally) -> bool:
    check_descriptor(package, archive, tally)
    before = len(tally.problems)
    check_cells(package, tally)
    well_formed = len(tally.problems) == before
    return well_formed and (package is archive.codelists or has_account(package))


def _check_meaning(package: Package, archive: Archive, tally: Tally) -> None:
    check_keys(package, archive, tally)
    check_labels(package, tally)
    check_history(package, tally)
    check_lineage(package, tally)
    if package is not archive.codelists:
        check_ledger(package, tally)
        check_figures(package, archive, tally)
        check_relations(package, archive, tally)


def _check_seals(archive: Archive, sound: list[Package], tally: Tally) -> None:
    """Check the seals of bulletins in which nothing else was found: a fault of the ledger is told once."""
    at_fault = {problem.place.path.rpartition("/data/")[0] for problem in tally.problems}
    for package in sound:
        if package is not archive.codelists and package.path not in at_fault:
            check_seal(package, tally)


def _check_sources(
    archive: Archive, sound: list[Package], pages: Mapping[str, str], sources: Path, tally: Tally
) -> None:
    for package in sound:
        if package is not archive.codelists and not is_out_of_order(package, tally):
            check_source(package, archive.codelists, pages, sources / f"{package.name}.txt", tally)
