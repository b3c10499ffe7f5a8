"""Takes a package and checks that its releases follow from one another, and that its changelog tells them."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from kuaibao.changelog import WHY, changelog
from kuaibao.checks.releases import is_interrupted
from kuaibao.errors import LANGUAGES, LONGEST_VALUE, Place, Problem
from kuaibao.limits import LimitError, content_of
from kuaibao.model import CHANGELOG, RELEASES, field_names
from kuaibao.pending import differ
from kuaibao.versions import FIRST, compare, following, of_substance, reason
from kuaibao.wording import say

if TYPE_CHECKING:
    from kuaibao.checks.tally import Tally
    from kuaibao.model import Package, Version

# The place of the date in the table of corrections.
DATE = field_names("corrections").index("date")


def check_lineage(package: Package, tally: Tally) -> None:
    """Check the numbers of the releases, the dates of their corrections, and the changelog."""
    folder = f"{package.path}/{RELEASES}/"
    if not package.releases or any(problem.place.path.startswith(folder) for problem in tally.problems):
        return  # what was tampered with is no measure for the rest
    before = len(tally.problems)
    for version, previous in zip(package.releases, (None, *package.releases), strict=False):
        _check_step(package, previous, version, tally)
    if "corrections" in package.tables:
        tally.checked["release-correction-date"] += len(package.tables["corrections"])
        tally.problems += misdated(package)
    if len(tally.problems) == before and not is_interrupted(package):
        _check_changelog(package, tally)


def _check_step(package: Package, before: Version | None, after: Version, tally: Tally) -> None:
    """Check that the number of a release is the one that `release` works out."""
    expected, told = FIRST, _both("step_first", expected=FIRST)
    if before is not None and differ(before, after):
        why = reason(of_substance(compare(before, after)))
        expected = following(before, why)
        told = _both("step_next", why, before=before.number, expected=expected)
    elif before is not None:
        expected, told = "", _both("step_same", before=before.number)
    place = Place(f"{package.path}/{RELEASES}/{after.number}/datapackage.json")
    tally.expect(after.number == expected, "release-step", place, after.number, **told)


def _both(key: str, why: str = "", **params: str) -> dict[str, str]:
    """Say what is wrong in both languages, and for which of the reasons of a version."""
    return {
        f"what_{language}": say(
            key, language, why=say(WHY[why], language).rstrip("。.") if why else "", **params
        )
        for language in LANGUAGES
    }


def misdated(package: Package, day: str = "") -> list[Problem]:
    """List the corrections that are dated before the first release, or after the one that brings them.

    `day` is that of the release which is to bring what the working copy adds; '' for none yet.
    """
    stages = [
        (f"{package.path}/{RELEASES}/{each.number}", each.date, each.tables.get("corrections", ()))
        for each in package.releases
    ]
    first, known, found = "", set[str](), list[Problem]()
    for path, last, rows in (*stages, (package.path, day, package.rows("corrections"))):
        for index, row in enumerate(rows, start=2):
            told = {} if row["correction"] in known else _misdated(row["date"], first, last)
            if told:
                place = Place(f"{path}/data/corrections.csv", index, "date", DATE)
                found.append(Problem("release-correction-date", place, row["date"], told))
        known |= {row["correction"] for row in rows}
        first = first or last
    return found


def _misdated(date: str, first: str, last: str) -> dict[str, str]:
    """Say how the date of a correction lies outside the days of two releases; '' for a day is no bound."""
    if date < first:
        return _both("date_early", first=first)
    return _both("date_late", last=last) if last and date > last else {}


def _check_changelog(package: Package, tally: Tally) -> None:
    """Check that the changelog is what the releases give, or name the first line that is not."""
    file, path = package.folder / CHANGELOG, f"{package.path}/{CHANGELOG}"
    expected = changelog(package).encode()
    try:
        found = content_of(file, "table-megabytes") if file.is_file() else b""
    except LimitError:
        found = b""
    if found == expected:
        tally.checked["release-changelog"] += 1
    elif not found:
        tally.fail("release-changelog", Place(path), name=package.name, **_both("changelog_unread"))
    else:
        _tell_line(package.name, path, found.decode(errors="replace"), expected.decode(), tally)


def _tell_line(name: str, path: str, found: str, expected: str, tally: Tally) -> None:
    pairs = zip_longest(found.split("\n"), expected.split("\n"), fillvalue="")
    row, (here, there) = next((row, pair) for row, pair in enumerate(pairs, start=1) if pair[0] != pair[1])
    told = _both("changelog_line", line=there[:LONGEST_VALUE])
    tally.fail("release-changelog", Place(path, row), here, name=name, **told)
