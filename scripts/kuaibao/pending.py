"""Takes packages and tells what their working copies have that is not released yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kuaibao import versions
from kuaibao.errors import LANGUAGES, Place
from kuaibao.model import CODELISTS, Lists
from kuaibao.opening import DESCRIPTOR
from kuaibao.stamped import unstamped
from kuaibao.versions.level import WRITTEN
from kuaibao.wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.checks import Tally
    from kuaibao.errors import Language
    from kuaibao.model import Archive, Package, Version
    from kuaibao.versions import Change

SHOWN = 5  # codes, of those that were changed


def lists_now(archive: Archive) -> Lists | None:
    """Give the code lists as they stand: those of their last release, where nothing differs from it."""
    lists = archive.codelists
    if lists.releases and not is_pending(lists):
        return lists.releases[-1].lists
    return Lists({table: lists.rows(table) for table in lists.tables})


def is_pending(package: Package, lists: Lists | None = None) -> bool:
    """Tell whether a package has releases and differs from the last one, be it in code lists that it uses."""
    if not package.releases:
        return False
    return _differ(package.releases[-1], package.table_files(), package.descriptor, lists)


def differ(old: Version, new: Version) -> bool:
    """Tell whether a version has other tables, or says anything else of them, than the one before it."""
    tables = {path: content for path, content in new.files.items() if path != DESCRIPTOR}
    return _differ(old, tables, new.descriptor, new.lists)


def _differ(
    old: Version, tables: Mapping[str, bytes], descriptor: Mapping[str, Any], lists: Lists | None
) -> bool:
    if any(old.files.get(path) != content for path, content in tables.items()):
        return True
    if _substance(descriptor) != _substance(old.descriptor):
        return True
    return bool(versions.recoded(old, old._replace(lists=lists)))


def _substance(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in unstamped(descriptor).items() if not WRITTEN.fullmatch(key)}


def changes(package: Package, lists: Lists | None = None) -> list[Change]:
    """List what differs from the last release, also in the code lists that a bulletin uses."""
    return versions.of_substance(versions.compare(package.releases[-1], package.version(lists)))


def pending(archive: Archive) -> list[tuple[Package, str]]:
    """List the packages that differ from their last releases, each with the names to be released for it.

    A bulletin is released with the code lists, where these differ too.
    """
    lists = lists_now(archive)
    left = [package for package in archive.packages() if is_pending(package, lists)]
    first = [archive.codelists.name] if left and left[0] is archive.codelists else []
    return [(package, " ".join(dict.fromkeys([*first, package.name]))) for package in left]


def check_pending(archive: Archive, tally: Tally) -> None:
    """Check that every package with releases is as it was released."""
    lists, left = lists_now(archive), pending(archive)
    released = [package for package in archive.packages() if package.releases]
    tally.checked["release-pending"] += len(released) - len(left)
    for package, names in left:
        place, last = Place(f"{package.path}/datapackage.json"), package.releases[-1]
        shown = {"name": package.name, "names": names, "version": last.number}
        tally.fail("release-pending", place, **shown, **_told(package, changes(package, lists)))


def _told(package: Package, found: list[Change]) -> dict[str, str]:
    return {f"what_{language}": _what(package, found, language) for language in LANGUAGES}


def _what(package: Package, found: list[Change], language: Language) -> str:
    """Count what differs, and name the codes that do: they stand in another package."""
    if not found:
        return say("release_form", language)
    counted = say("release_counts", language, **versions.counts(found))
    codes = [f"{each.table} {each.key}" for each in found if each.table in {*CODELISTS} - {*package.tables}]
    more = ["…"] if codes[SHOWN:] else []
    told = say("list_joint", language).join([*codes[:SHOWN], *more])
    return counted + (say("release_codes", language, codes=told) if codes else "")
