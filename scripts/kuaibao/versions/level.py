"""Takes the changes between two versions and tells how much they matter: major, minor or patch, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kuaibao.opening import DESCRIPTOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.model import Version
    from kuaibao.versions.compare import Change

# The number of the first release of a package.
FIRST = "1.0.0"
# Why a version is new, the weightiest first, and its level (semver.org 2.0.0, for data: a program that
# reads the old version reads the new one unless it is major; a major one may lack rows or columns).
LEVELS = {
    "schema": "major",
    "licence": "major",
    "removed": "major",
    "added": "minor",
    "changed": "patch",
    "form": "patch",
}
# What a release or a seal writes by itself: nothing that anyone changed.
WRITTEN = re.compile(
    r"version|created|codelists_version|bulletin\.ledger\..*|resources\[[^]]+\]\.(bytes|hash)"
)
_RESOURCE = re.compile(r"(resources\[[^]]+\])\.(.+)")
_NAME = re.compile(r"resources\[[^]]+\]\.name")
_DESCRIPTIVE = {"title", "title_en", "description", "description_en"}


def of_substance(changes: Sequence[Change]) -> list[Change]:
    """Leave out what a release or a seal writes into the descriptor by itself."""
    return [change for change in changes if change.table != DESCRIPTOR or not WRITTEN.fullmatch(change.key)]


def reason(changes: Sequence[Change]) -> str:
    """Give the weightiest reason for a new version, a key of LEVELS; 'form' without changes."""
    whole = {
        change.key.removesuffix(".name"): change.kind
        for change in changes
        if change.table == DESCRIPTOR and _NAME.fullmatch(change.key) and change.kind != "changed"
    }
    found = {_reason(change, whole) for change in changes}
    return next((key for key in LEVELS if key in found), "form")


def following(last: Version, why: str) -> str:
    """Give the number that follows a version for a reason, a key of LEVELS."""
    major, minor, patch = last.rank
    numbers = {
        "major": (major + 1, 0, 0),
        "minor": (major, minor + 1, 0),
        "patch": (major, minor, patch + 1),
    }
    return ".".join(map(str, numbers[LEVELS[why]]))


def _reason(change: Change, whole: Mapping[str, str]) -> str:
    """Weigh one change; the rows of corrections come with what they correct."""
    if change.table == DESCRIPTOR:
        return _of_descriptor(change, whole)
    if change.kind == "removed":
        return "removed"
    return "added" if change.kind == "added" and change.table != "corrections" else "changed"


def _of_descriptor(change: Change, whole: Mapping[str, str]) -> str:
    """Weigh a property; those of a table that is new or gone say no more than that."""
    if change.key.startswith("licenses["):
        return "licence"
    resource = _RESOURCE.fullmatch(change.key)
    if resource is None:
        return "changed"
    table, key = resource.groups()
    if table in whole:
        return whole[table]
    is_schema = key.startswith("schema.") and key.rpartition(".")[2] not in _DESCRIPTIVE
    return "schema" if is_schema else "changed"
