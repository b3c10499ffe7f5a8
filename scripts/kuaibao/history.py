"""Takes a package and gives its releases, each with what it changed and the corrections that came with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from kuaibao.versions import compare

if TYPE_CHECKING:
    from kuaibao.model import Package, Row, Version
    from kuaibao.versions import Change

Level: TypeAlias = Literal["first", "major", "minor", "patch"]
PARTS: tuple[Level, ...] = ("major", "minor", "patch")  # in the order of the parts of a number


class Release(NamedTuple):
    """A released version, the one before it, the cells that differ, and the corrections that came with it."""

    version: Version
    before: Version | None
    changes: tuple[Change, ...]
    corrections: tuple[Row, ...]

    @property
    def level(self) -> Level:
        """Say which part of the number went up (Semantic Versioning 2.0.0)."""
        if self.before is None:
            return "first"
        new, old = (version.number.split(".") for version in (self.version, self.before))
        return next(level for level, *parts in zip(PARTS, new, old, strict=True) if parts[0] != parts[1])


def releases(package: Package) -> list[Release]:
    """List the releases of a package, oldest first."""
    befores = (None, *package.releases)
    return [_release(*pair) for pair in zip(package.releases, befores, strict=False)]


def _release(version: Version, before: Version | None) -> Release:
    changes = () if before is None else tuple(compare(before, version))
    known = set() if before is None else {row["correction"] for row in _corrections(before)}
    came = tuple(row for row in _corrections(version) if row["correction"] not in known)
    return Release(version, before, changes, came)


def _corrections(version: Version) -> list[Row]:
    return list(version.tables.get("corrections", ()))
