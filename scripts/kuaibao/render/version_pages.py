"""Takes the blocks of an edition and what is kept of releases; gives the pages of versions, one a package."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from kuaibao import summary, wording
from kuaibao.changelog import WHY
from kuaibao.history import difference
from kuaibao.opening import DESCRIPTOR
from kuaibao.render.edition import link
from kuaibao.versions import counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kuaibao.history import Release
    from kuaibao.model import Package, Version
    from kuaibao.render.blocks import Blocks
    from kuaibao.versions import Change

    # The files that are kept, by path below the site, by package and version.
    Frozen = Mapping[tuple[str, str], Mapping[str, bytes]]

KINDS = {"added": "rows_added", "removed": "rows_removed", "changed": "rows_changed"}
SHORT = 12  # cells of a difference that is shown without being unfolded


class Difference(NamedTuple):
    """What differs from an older version, table by table; the descriptor comes last."""

    old: Version
    tables: Sequence[tuple[str, Sequence[Change]]]

    @property
    def counts(self) -> Mapping[str, int]:
        """Count rows and cells of all tables."""
        return counts([change for _, changes in self.tables for change in changes])

    @property
    def is_short(self) -> bool:
        """Tell whether the cells of the data are few enough to be shown at once."""
        data = [change for table, changes in self.tables if table != DESCRIPTOR for change in changes]
        return counts(data)["cells"] <= SHORT


def version_pages(blocks: Blocks, frozen: Frozen) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """List the pages of versions: path, template, values."""
    for package in blocks.edition.archive.packages():
        page = summary.versions_path(package).removesuffix("/") + ".md"
        releases = blocks.history.releases[package.name]
        told = [_told(blocks, page, package, release, frozen) for release in reversed(releases)]
        yield page, "versions", {"package": package, "releases": told} | {"name": _name(blocks, package)}


def _name(blocks: Blocks, package: Package) -> str:
    if "bulletin" in package.descriptor:
        return str(package.bulletin[f"short_{blocks.edition.language}"])
    return blocks.edition.say("codelists")


def _told(blocks: Blocks, page: str, package: Package, release: Release, frozen: Frozen) -> dict[str, Any]:
    edition, number = blocks.edition, release.version.number
    site = link(page, "") + ("" if edition.language == "zh" else "../")
    files = frozen.get((package.name, number), {})
    return {
        "version": release.version,
        "why": edition.say(WHY[release.why]),
        "what": what_changed(blocks, release),
        "corrections": [blocks.history.correction(row["correction"]) for row in release.corrections],
        "files": [
            (path.rpartition("/")[2], site + path, wording.size(len(content)))
            for path, content in files.items()
        ],
        "differences": [*_differences(release, package.releases)],
        "citation": blocks.dated(
            summary.citation_of_version(
                package, release.version, edition.archive, edition.site_url, edition.language
            )
        ),
        "address": summary.version_address(package, edition.site_url, edition.language, number),
    }


def _differences(release: Release, versions: Sequence[Version]) -> Iterator[Difference]:
    """Compare a version with the one before; the newest also with the first, where that is another."""
    if release.before is not None:
        yield Difference(release.before, _by_table(release.changes))
        if release.version is versions[-1] and release.before is not versions[0]:
            yield Difference(versions[0], _by_table(difference(versions[0], release.version)))


def _by_table(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    groups = [(table, [*found]) for table, found in groupby(changes, key=lambda each: each.table)]
    return sorted(groups, key=lambda group: group[0] == DESCRIPTOR)


def what_changed(blocks: Blocks, release: Release) -> str:
    """Say by table how many rows were added, removed and changed; of a first version, how many there are."""
    say = blocks.edition.say
    told = _contents(blocks, release) if release.before is None else _changes(blocks, release)
    return say("clause_joint").join(told) + say("full_stop") if told else say("changes_none")


def _contents(blocks: Blocks, release: Release) -> list[str]:
    title = "title" if blocks.edition.language == "zh" else "title_en"
    return [
        blocks.edition.say("rows_of", title=each[title], rows=len(release.version.tables[each["name"]]))
        for each in release.version.descriptor["resources"]
        if release.version.tables[each["name"]]
    ]


def _changes(blocks: Blocks, release: Release) -> list[str]:
    by_table = [changes for table, changes in _by_table(release.changes) if table != DESCRIPTOR]
    return [blocks.titled(changes[0].titles) + _counted(blocks, changes) for changes in by_table]


def _counted(blocks: Blocks, changes: Sequence[Change]) -> str:
    say, found = blocks.edition.say, counts(changes)
    told = [say(key, count=found[kind]) for kind, key in KINDS.items() if found[kind]]
    return say("colon") + say("list_joint").join(told)
