"""Takes a package and gives the files that are kept of its releases, by paths whose bytes never change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kuaibao.changelog import changelog
from kuaibao.export.archive import zipped
from kuaibao.versions import compare, difference_name, report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kuaibao.model import Package


def frozen(package: Package) -> dict[str, dict[str, bytes]]:
    """Give the files of every release by name, by the version's number."""
    return {version.number: dict(_files(package, place)) for place, version in enumerate(package.releases)}


def _files(package: Package, place: int) -> Iterator[tuple[str, bytes]]:
    """Give the frozen files, all of them as a zip, the changelog, and what differs from earlier versions.

    These are the version before and the first.
    """
    version, earlier = package.releases[place], package.releases[:place]
    then = replace(package, descriptor=version.descriptor, releases=(*earlier, version))
    yield f"{package.name}-{version.number}.zip", zipped(version.files)
    yield from version.files.items()
    # MkDocs would make a page of a file that ends in .md.
    yield "CHANGELOG.txt", changelog(then).encode()
    for old in (*earlier[-1:], *earlier[:-1][:1]):
        yield difference_name(old), report(compare(old, version), "json", "en").encode()
