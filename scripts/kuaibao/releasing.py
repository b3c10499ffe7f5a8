"""Takes packages by name and a day and freezes their next versions: all of them, or none."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kuaibao import versions
from kuaibao.changelog import changelog
from kuaibao.errors import DataError, Place, Problem, UsageError
from kuaibao.model import RELEASES, Version
from kuaibao.opening import DESCRIPTOR
from kuaibao.pending import changes, is_pending, lists_now
from kuaibao.site import examined
from kuaibao.stamped import stamped, unstamped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from kuaibao.model import Archive, Lists, Package

FIRST = "1.0.0"
CHANGELOG = "CHANGELOG.md"
# What a release sets itself, so that it need not be right before.
SET = {"release-version", "release-none"}


class Released(NamedTuple):
    """What became of a package: versions before and after, why ('first' or a key of LEVELS), counts, path.

    `why` is empty where nothing differed from the last release.
    """

    name: str
    old: str
    new: str
    why: str
    counts: Mapping[str, int]
    path: str


class _Plan(NamedTuple):
    """What is to be written of a package: files by path below its folder, which are all new or replaced."""

    package: Package
    outcome: Released
    files: Mapping[str, bytes]


def release(root: Path, names: Sequence[str], day: date) -> list[Released]:
    """Freeze the next version of each package that differs from its last release, code lists first.

    Raises DataError with every problem of the archive, UsageError for a day before the last release, or
    where a file cannot be written; then nothing is written.
    """
    archive, _, tally = examined(root)
    if problems := [problem for problem in tally.problems if problem.code not in SET]:
        raise DataError(problems)
    plans: list[_Plan] = []
    chosen = [package for package in archive.packages() if package.name in names]
    if archive.codelists in chosen:
        plans.append(_plan(archive.codelists, day, {}))
    lists = lists_now(archive)
    listed = plans[0].outcome.new if plans else _released_codelists(archive, chosen)
    plans += [
        _plan(package, day, {"codelists_version": listed}, lists)
        for package in chosen
        if package is not archive.codelists
    ]
    try:
        _write(root / "datapackages", plans)
    except OSError as error:
        raise _unwritable(error) from None
    return [plan.outcome for plan in plans]


def _released_codelists(archive: Archive, chosen: Sequence[Package]) -> str:
    """Give the version of the code lists with which bulletins are released; all of it must be released."""
    lists = archive.codelists
    if not lists.releases or is_pending(lists):
        place = Place(f"{lists.path}/{DESCRIPTOR}")
        names = " ".join(package.name for package in chosen)
        raise DataError([Problem("release-codelists", place, params={"name": names})])
    return lists.releases[-1].number


def _plan(package: Package, day: date, listed: dict[str, str], lists: Lists | None = None) -> _Plan:
    old = str(package.descriptor["version"])
    if package.releases and not is_pending(package, lists):
        last = package.releases[-1]
        own = {key: last.descriptor[key] for key in ("version", "created", *listed) if key in last.descriptor}
        is_set = all(package.descriptor.get(key) == value for key, value in own.items())
        files = {} if is_set else {DESCRIPTOR: _json(_with(package.descriptor, own))}
        return _Plan(package, Released(package.name, old, last.number, "", {}, ""), files)
    _expect_later(package, day)
    found = changes(package, lists) if package.releases else []
    why = versions.reason(found) if package.releases else "first"
    number = _next(package, why)
    own = {"version": number, "created": f"{day.isoformat()}T00:00:00Z"} | listed
    folder = f"{RELEASES}/{number}"
    outcome = Released(
        package.name,
        old,
        number,
        why,
        versions.counts(found) if package.releases else {},
        f"{package.path}/{folder}/",
    )
    return _Plan(package, outcome, _files(package, lists, _with(package.descriptor, own), folder))


def _files(
    package: Package, lists: Lists | None, descriptor: Mapping[str, Any], folder: str
) -> dict[str, bytes]:
    """Give the working descriptor, the changelog and the frozen files."""
    present = package.version(lists)
    frozen = {DESCRIPTOR: stamped(descriptor, present.files), **present.files}
    version = Version(json.loads(frozen[DESCRIPTOR]), present.tables, frozen, lists)
    whole = replace(package, descriptor=descriptor, releases=(*package.releases, version))
    own = {CHANGELOG: changelog(whole).encode(), DESCRIPTOR: _json(descriptor)}
    return own | {f"{folder}/{path}": content for path, content in frozen.items()}


def _with(descriptor: Mapping[str, Any], own: Mapping[str, str]) -> dict[str, Any]:
    """Put what a release sets into a descriptor, after its description, and take sizes and hashes out."""
    settled: dict[str, Any] = {}
    for key, value in unstamped(descriptor).items():
        if key == "version":
            settled |= own
        elif key not in own:
            settled[key] = value
    return settled


def _json(descriptor: Mapping[str, Any]) -> bytes:
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()


def _next(package: Package, why: str) -> str:
    if not package.releases:
        return FIRST
    major, minor, patch = package.releases[-1].rank
    following = {
        "major": (major + 1, 0, 0),
        "minor": (major, minor + 1, 0),
        "patch": (major, minor, patch + 1),
    }
    return ".".join(map(str, following[versions.LEVELS[why]]))


def _expect_later(package: Package, day: date) -> None:
    if package.releases and day.isoformat() < (last := package.releases[-1].date):
        raise _too_early(package.name, last)


def _too_early(name: str, last: str) -> UsageError:
    return UsageError(
        f"{name} 的上一个发布版是 {last}，新版本不能早于它；请改 --date",
        f"the last release of {name} is of {last}; a new one cannot be earlier: change --date",
    )


def _write(folder: Path, plans: Sequence[_Plan]) -> None:
    """Write everything aside, then put it in place by renaming; on any error, put everything back."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".release-") as name, ExitStack() as undo:
        aside = Path(name)
        for plan in plans:
            for path, content in plan.files.items():
                target = aside / plan.package.name / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        for plan in plans:
            _put(aside / plan.package.name, plan, aside / "old", undo)
        undo.pop_all()


def _unwritable(error: OSError) -> UsageError:
    return UsageError(
        f"写不了 {error.filename}：{error.strerror}；没有发布，什么也没有改",
        f"cannot write {error.filename}: {error.strerror}; nothing was released or changed",
    )


def _put(new: Path, plan: _Plan, old: Path, undo: ExitStack) -> None:
    """Rename the files of a package into place, the frozen folder last."""
    for name in (CHANGELOG, DESCRIPTOR):
        if name in plan.files:
            target, kept = plan.package.folder / name, old / plan.package.name / name
            if target.exists():
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(target, kept)
                undo.callback(kept.replace, target)
            else:
                undo.callback(target.unlink, missing_ok=True)
            (new / name).replace(target)
    if plan.outcome.why:
        releases = plan.package.folder / RELEASES
        if not releases.exists():
            releases.mkdir()
            undo.callback(releases.rmdir)
        frozen = releases / plan.outcome.new
        (new / RELEASES / plan.outcome.new).rename(frozen)
        undo.callback(shutil.rmtree, frozen)
