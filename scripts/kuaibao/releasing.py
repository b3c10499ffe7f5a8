"""Takes packages by name and a day and freezes their next versions, one after another, code lists first."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kuaibao import versions
from kuaibao.changelog import changelog
from kuaibao.checks.lineage import misdated
from kuaibao.checks.releases import TAKEN, taken
from kuaibao.errors import DataError, Place, Problem, UsageError
from kuaibao.model import CHANGELOG, RELEASES, Version
from kuaibao.opening import DESCRIPTOR
from kuaibao.pending import changes, is_pending, lists_now
from kuaibao.site import alone, examined
from kuaibao.stamped import stamped, unstamped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from kuaibao.model import Archive, Lists, Package

# How the name of the folder begins in which a release is written aside; one that ends early leaves it behind.
ASIDE = ".release-"
# What a release sets itself, so that it need not be right before.
SET = {"release-version", "release-interrupted", "release-changelog"}


class Released(NamedTuple):
    """What became of a package: versions before and after, why ('first' or a key of LEVELS), counts, path.

    `why` is empty where nothing differed from the last release; then `mended` names the files that were
    not as that release leaves them, and that are now.
    """

    name: str
    old: str
    new: str
    why: str
    counts: Mapping[str, int]
    path: str
    mended: tuple[str, ...] = ()


class _Plan(NamedTuple):
    """What is to be written of a package: files by path below its folder, which are all new or replaced."""

    package: Package
    outcome: Released
    files: Mapping[str, bytes]


def release(root: Path, names: Sequence[str], day: date) -> list[Released]:
    """Freeze the next version of each package that differs from its last release, code lists first.

    A package is released at the moment in which its frozen folder is put in place; its descriptor and its
    changelog follow. Where that is interrupted, the next release, of whichever packages, brings them to it
    and removes what was left.

    Raises DataError with every problem of the archive, and UsageError for a day before the last release;
    then nothing is released. Raises UsageError where a file cannot be written, and says what was released.
    """
    with alone(root):
        archive, _, tally = examined(root)
        if problems := [problem for problem in tally.problems if problem.code not in SET]:
            raise DataError(problems)
        plans = _plans(archive, names, day)
        folder = root / "datapackages"
        try:
            for left in folder.glob(f"{ASIDE}*/"):
                shutil.rmtree(left)
            _write(folder, plans)
        except OSError as error:
            raise _unwritable(error, plans) from None
    return [plan.outcome for plan in plans if plan.package.name in names or plan.files]


def _plans(archive: Archive, names: Sequence[str], day: date) -> list[_Plan]:
    """Plan what becomes of every package; those that are not named are only brought to their last release."""
    lists, now, chosen = (
        archive.codelists,
        lists_now(archive),
        [each for each in archive.bulletins.values() if each.name in names],
    )
    plans = [_plan(lists, day, {}) if lists.name in names else _mend(lists)]
    if lists.name not in names and chosen:
        _expect_released(lists, chosen)
    listed = {"codelists_version": plans[0].outcome.new}
    return plans + [
        _plan(package, day, listed, now) if package in chosen else _mend(package)
        for package in archive.bulletins.values()
    ]


def _expect_released(lists: Package, chosen: Sequence[Package]) -> None:
    """Expect that all of the code lists with which bulletins are released is released."""
    if not lists.releases or is_pending(lists):
        place = Place(f"{lists.path}/{DESCRIPTOR}")
        names = " ".join(package.name for package in chosen)
        raise DataError([Problem("release-codelists", place, params={"name": names})])


def _plan(package: Package, day: date, listed: dict[str, str], lists: Lists | None = None) -> _Plan:
    if package.releases and not is_pending(package, lists):
        return _mend(package)
    _expect_later(package, day)
    found = changes(package, lists) if package.releases else []
    why = versions.reason(found) if package.releases else "first"
    last = package.releases[-1] if package.releases else None
    number = versions.following(last, why) if last else versions.FIRST
    own = {"version": number, "created": f"{day.isoformat()}T00:00:00Z"} | listed
    folder = f"{RELEASES}/{number}"
    outcome = Released(
        package.name,
        last.number if last else str(package.descriptor["version"]),
        number,
        why,
        versions.counts(found) if last else {},
        f"{package.path}/{folder}/",
    )
    return _Plan(package, outcome, _files(package, lists, _with(package.descriptor, own), folder))


def _mend(package: Package) -> _Plan:
    """Plan no new version, only that descriptor and changelog are as the last release leaves them."""
    number = package.releases[-1].number if package.releases else str(package.descriptor["version"])
    files: dict[str, bytes] = {}
    if package.releases:
        last, file = package.releases[-1].descriptor, package.folder / CHANGELOG
        if any(now != then for now, then in taken(package).values()):
            own = {key: last[key] for key in TAKEN if key in last}
            files[DESCRIPTOR] = _json(_with(package.descriptor, own))
        told = changelog(package).encode()
        if not file.is_file() or file.read_bytes() != told:
            files[CHANGELOG] = told
    return _Plan(package, Released(package.name, number, number, "", {}, "", tuple(files)), files)


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


def _expect_later(package: Package, day: date) -> None:
    """Expect that neither the last release nor any correction is later than the day."""
    if package.releases and day.isoformat() < (last := package.releases[-1].date):
        raise _too_early(package.name, last)
    if late := misdated(package, day.isoformat()) if "corrections" in package.tables else []:
        raise DataError(late)


def _too_early(name: str, last: str) -> UsageError:
    return UsageError(
        f"{name} 的上一个发布版是 {last}，新版本不能早于它；请改 --date",
        f"the last release of {name} is of {last}; a new one cannot be earlier: change --date",
    )


def _write(folder: Path, plans: Sequence[_Plan]) -> None:
    """Write everything aside, then put package after package in place by renaming."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=ASIDE) as name:
        for plan in plans:
            for path, content in plan.files.items():
                target = Path(name) / plan.package.name / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        for plan in plans:
            _put(Path(name) / plan.package.name, plan)


def _put(new: Path, plan: _Plan) -> None:
    """Rename the frozen folder into place, which releases the package, then the files that tell it."""
    if plan.outcome.why:
        (plan.package.folder / RELEASES).mkdir(exist_ok=True)
        frozen = f"{RELEASES}/{plan.outcome.new}"
        (new / frozen).rename(plan.package.folder / frozen)
    for name in (DESCRIPTOR, CHANGELOG):
        if name in plan.files:
            (new / name).replace(plan.package.folder / name)


def _unwritable(error: OSError, plans: Sequence[_Plan]) -> UsageError:
    planned = [plan for plan in plans if plan.outcome.why]
    done = [plan for plan in planned if (plan.package.folder / RELEASES / plan.outcome.new).is_dir()]
    names, left = (
        [f"{plan.package.name} {plan.outcome.new}" for plan in each]
        for each in (done, [plan for plan in planned if plan not in done])
    )
    return UsageError(
        f"写不了 {error.filename}：{error.strerror}；已发布：{'、'.join(names) or '无'}；"
        f"没有发布：{'、'.join(left) or '无'}。排除原因后再写一次 kuaibao release，余下的会补齐",
        f"cannot write {error.filename}: {error.strerror}; released: {', '.join(names) or 'none'}; "
        f"not released: {', '.join(left) or 'none'}. When the cause is gone, run kuaibao release again: "
        "it completes the rest",
    )
