"""Takes a package and gives the files that are kept of its releases, by paths whose bytes never change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.export.archive import zipped
from kuaibao.versions import compare, difference_name, report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kuaibao.model import Package, Version


def frozen(package: Package) -> dict[str, dict[str, bytes]]:
    """Give the files of every release by name, by the version's number."""
    return {
        version.number: dict(_files(package.name, version, package.releases[:place]))
        for place, version in enumerate(package.releases)
    }


def _files(name: str, version: Version, earlier: tuple[Version, ...]) -> Iterator[tuple[str, bytes]]:
    """Give the frozen files, all of them as a zip, and what differs from the version before and the first."""
    yield f"{name}-{version.number}.zip", zipped(version.files)
    yield from version.files.items()
    for old in (*earlier[-1:], *earlier[:-1][:1]):
        yield difference_name(old), report(compare(old, version), "json", "en").encode()
