"""Takes the releases of bulletins and tells which labels and definitions of a figure each of them changed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.listed import codes_in, reached
from kuaibao.model import CODELISTS, Lists
from kuaibao.versions import recoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kuaibao.history import Release
    from kuaibao.listed import Code
    from kuaibao.model import Archive, Package, Version
    from kuaibao.versions import Change

# The tables whose rows a figure leans on: code lists, and its measure.
WORDS = (*CODELISTS, "measures")


class Reworded(NamedTuple):
    """What a figure leans on and a version changed; `version` is None for what is not released yet."""

    version: Version | None
    changes: Sequence[Change]


class _Step:
    """Two versions of a bulletin, one after the other, and what the later changed of what figures lean on."""

    def __init__(
        self, pair: tuple[Version, Version], came_with: Version | None, changes: list[Change]
    ) -> None:
        """Bind two versions, the version with which the changes came, and these."""
        self.came_with, self.changes = came_with, changes
        self._pair = [_Side(version) for version in pair]

    def told(self, name: str) -> Reworded:
        """Give the changes of what a figure leans on in both versions."""
        before, after = (side.leaning(name) for side in self._pair)
        shared = before & after
        changes = [each for each in self.changes if (each.table, each.key) in shared]
        return Reworded(self.came_with, changes)


class _Side:
    """A version with its figures and measures by id."""

    def __init__(self, version: Version) -> None:
        """Bind a version."""
        self._lists, tables = version.lists, version.tables
        self._figures = {row["figure"]: row for row in tables.get("figures", ())}
        self._measures = {row["measure"]: row for row in tables.get("measures", ())}

    def leaning(self, name: str) -> set[Code]:
        """Name the codes on which a figure leans, and its measure; none where there is no such figure."""
        if (row := self._figures.get(name)) is None:
            return set()
        codes = {*codes_in("figures", row)}
        if measure := self._measures.get(row["measure"]):
            codes.update(codes_in("measures", measure))
        found = set() if self._lists is None else {*reached(codes, self._lists)}
        return found | {("measures", row["measure"])}


class Rewordings:
    """The changes of what figures lean on: their indicator, area, unit, qualifier and measure."""

    def __init__(self, archive: Archive, releases: Mapping[str, Sequence[Release]]) -> None:
        """Bind the archive and the releases of its packages."""
        self._archive, self._releases = archive, releases

    def of(self, name: str) -> list[Reworded]:
        """List what was changed of what a figure leans on, newest first."""
        told = (step.told(name) for step in self._steps[name.partition(".")[0]])
        return [each for each in told if each.changes]

    @cached_property
    def _steps(self) -> Mapping[str, list[_Step]]:
        """The changes of words of every bulletin, newest first, where a version brought any."""
        return {name: [*self._of(package)] for name, package in self._archive.bulletins.items()}

    def _of(self, package: Package) -> Iterator[_Step]:
        if package.releases:
            last = package.releases[-1]
            present = last._replace(lists=self._now)
            if changes := recoded(last, present):
                yield _Step((last, present), None, changes)
        for release in reversed(self._releases[package.name]):
            if release.before is not None and (changes := reworded(release)):
                yield _Step((release.before, release.version), release.version, changes)

    @cached_property
    def _now(self) -> Lists:
        lists = self._archive.codelists
        return Lists({table: lists.rows(table) for table in lists.tables})


def reworded(release: Release) -> list[Change]:
    """List the rows on which figures may lean and which a version changed."""
    return [change for change in release.changes if change.kind == "changed" and change.table in WORDS]
