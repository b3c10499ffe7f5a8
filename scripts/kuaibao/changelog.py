"""Takes a package with its releases and writes its changelog: Chinese first, then English, newest first."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from kuaibao import versions
from kuaibao.errors import LANGUAGES
from kuaibao.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kuaibao.errors import Language
    from kuaibao.model import Package, Row, Version
    from kuaibao.versions import Change


# Why a version is new, in words, by what versions.reason gives; 'first' for what had no release before.
WHY = {
    "first": "why_first",
    "schema": "why_schema",
    "licence": "why_licence",
    "removed": "why_removed",
    "added": "why_added",
    "changed": "why_changed",
    "form": "why_form",
}
_ACTIVE = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]<>#|~&@"}
_KINDS = {"added": "diff_added", "removed": "diff_removed", "changed": "diff_changed"}


def changelog(package: Package) -> str:
    """Write a CHANGELOG.md from nothing but the releases, at least one; the same give the same bytes."""
    return "\n".join(line for language in LANGUAGES for line in _part(package, language))


def because(why: str, counts: Mapping[str, int], language: Language) -> str:
    """Say why a version is new, and how much differs from the one before, if there was one."""
    said = say(WHY[why], language)
    counted = say("diff_count", language, **counts) if counts else ""
    return say("release_why", language, why=said, counts=counted).rstrip()


def _part(package: Package, language: Language) -> Iterator[str]:
    title = _inert(str(package.releases[-1].descriptor["title" if language == "zh" else "title_en"]))
    yield from ("# " + say("changelog", language), "")
    yield from (say("changelog_lead", language, title=title, name=package.name), "")
    for before, after in reversed(list(pairwise(package.releases))):
        yield from _step(before, after, language)
    yield from _first(package.releases[0], language)


def _first(version: Version, language: Language) -> Iterator[str]:
    yield from (_heading(version, language), "", say(WHY["first"], language), "")
    titles = {each["name"]: each for each in version.descriptor["resources"]}
    for table, rows in version.tables.items():
        title = titles[table]["title" if language == "zh" else "title_en"]
        yield f"- {_inert(title)}{say('colon', language)}{len(rows)}"
    yield ""


def _heading(version: Version, language: Language) -> str:
    return "## " + say("changelog_version", language, number=version.number, date=version.date)


def _step(before: Version, after: Version, language: Language) -> Iterator[str]:
    """Tell one version: why it is new, what was corrected and why, and what else differs."""
    changes = versions.of_substance(versions.compare(before, after))
    why = because(versions.reason(changes), versions.counts(changes), language)
    yield from (_heading(after, language), "", why, "")
    corrected = _corrected(before, after)
    if corrected:
        yield from ("### " + say("changelog_corrections", language), "")
        yield from (_correction(row, language) for row in corrected)
        yield ""
    told = {(row["figure"], row["column"]) for row in corrected}
    rest = [change for change in changes if change.table != "corrections" and not _is_told(change, told)]
    for titles, group in groupby(rest, key=lambda change: change.titles):
        yield from (f"### {_inert(titles[LANGUAGES.index(language)])}", "")
        yield from (line for change in group for line in _change(change, language))
        yield ""


def _corrected(before: Version, after: Version) -> list[Row]:
    known = {row["correction"] for row in before.tables.get("corrections", ())}
    return [row for row in after.tables.get("corrections", ()) if row["correction"] not in known]


def _is_told(change: Change, told: set[tuple[str, str]]) -> bool:
    """Tell whether all that happened to a figure stands among the corrections."""
    columns = ["figure"] if change.kind == "removed" else [cell.column for cell in change.cells]
    return change.table == "figures" and all((change.key, column) in told for column in columns)


def _correction(row: Row, language: Language) -> str:
    shown = {key: _code(value) for key, value in row.items()} | {"date": row["date"]}
    return say("changelog_correction", language, reason=_inert(row[f"reason_{language}"]), **shown)


def _change(change: Change, language: Language) -> Iterator[str]:
    kind = say(_KINDS[change.kind], language)
    yield f"- {kind} {_code(change.key)}"
    for cell in change.cells if change.kind == "changed" else ():
        title = _inert(cell.titles[LANGUAGES.index(language)])
        yield f"    - {title}{say('colon', language)}{_code(cell.old)} → {_code(cell.new)}"


def _code(text: str) -> str:
    """Write a key or a cell as code, in which nothing is markup, and which stays legible in the file."""
    if not text:
        return "—"
    return _inert(text) if "`" in text else f"`{text}`"


def _inert(text: str) -> str:
    """Escape text within a line so that Markdown shows it as typed and calls nobody."""
    return text.translate(_ACTIVE)
