"""Takes packages and tells what their working copies have that is not released yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kuaibao import versions
from kuaibao.errors import LANGUAGES, Place
from kuaibao.stamped import unstamped
from kuaibao.versions.level import WRITTEN
from kuaibao.wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.checks import Tally
    from kuaibao.model import Archive, Package
    from kuaibao.versions import Change


def is_pending(package: Package) -> bool:
    """Tell whether a package has releases and differs from the last one."""
    if not package.releases:
        return False
    last, files = package.releases[-1], package.table_files()
    if any(last.files.get(path) != content for path, content in files.items()):
        return True
    return _substance(package.descriptor) != _substance(last.descriptor)


def _substance(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in unstamped(descriptor).items() if not WRITTEN.fullmatch(key)}


def changes(package: Package) -> list[Change]:
    """List what differs from the last release."""
    return versions.of_substance(versions.compare(package.releases[-1], package.version()))


def check_pending(archive: Archive, tally: Tally) -> None:
    """Check that every package with releases is as it was released."""
    for package in archive.packages():
        if is_pending(package):
            place, last = Place(f"{package.path}/datapackage.json"), package.releases[-1]
            shown = {"name": package.name, "version": last.number} | _told(changes(package))
            tally.fail("release-pending", place, **shown)
        elif package.releases:
            tally.checked["release-pending"] += 1


def _told(found: list[Change]) -> dict[str, str]:
    if not found:
        return {f"what_{language}": say("release_form", language) for language in LANGUAGES}
    counted = versions.counts(found)
    return {f"what_{language}": say("release_counts", language, **counted) for language in LANGUAGES}
