"""Takes a package and gives its releases, each with what it changed and the corrections that came with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kuaibao.versions import compare, of_substance, reason

if TYPE_CHECKING:
    from kuaibao.model import Package, Row, Version
    from kuaibao.versions import Change


class Release(NamedTuple):
    """A released version, the one before it, what differs, and the corrections that came with it.

    `changes` leave out what a release writes into the descriptor by itself.
    """

    version: Version
    before: Version | None
    changes: tuple[Change, ...]
    corrections: tuple[Row, ...]

    @property
    def why(self) -> str:
        """Say why there is a new version: a key of versions.LEVELS, or 'first'."""
        return "first" if self.before is None else reason(self.changes)


def releases(package: Package) -> list[Release]:
    """List the releases of a package, oldest first."""
    befores = (None, *package.releases)
    return [_release(*pair) for pair in zip(package.releases, befores, strict=False)]


def difference(old: Version, new: Version) -> list[Change]:
    """Compare two versions without what a release writes into the descriptor by itself."""
    return of_substance(compare(old, new))


def _release(version: Version, before: Version | None) -> Release:
    changes = () if before is None else tuple(difference(before, version))
    known = set() if before is None else {row["correction"] for row in _corrections(before)}
    came = tuple(row for row in _corrections(version) if row["correction"] not in known)
    return Release(version, before, changes, came)


def _corrections(version: Version) -> list[Row]:
    return list(version.tables.get("corrections", ()))
