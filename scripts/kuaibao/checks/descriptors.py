"""Takes a package's descriptor and holds it against what a published package must say of itself."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from kuaibao.checks.letters import invisible, texts, turning
from kuaibao.checks.links import is_web_address
from kuaibao.errors import Place, visible
from kuaibao.model import BULLETIN, CODELISTS, PACKAGE_NAME, is_todo, resource_schema
from kuaibao.stamped import measures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kuaibao.checks.tally import Tally
    from kuaibao.model import Archive, Package

TEXTS = ("title", "title_en", "description", "description_en", "version", "created")
# Google's guide to Dataset markup asks for 50 to 5000 characters.
DESCRIPTIONS, FEWEST = ("description", "description_en"), 50
BULLETIN_TEXTS = ("series_zh", "series_en", "issue_zh", "issue_en", "short_zh", "short_en", "issuer", "area")
# Lists of the descriptor, and what each of their entries must say.
ENTRIES = {"licenses": ("name", "title", "path"), "sources": ("title",), "contributors": ("title",)}
DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def check_descriptor(package: Package, archive: Archive, tally: Tally) -> None:
    """Check name, texts, licence, sources and resources; for a bulletin also its account of the bulletin."""
    place, descriptor = Place(f"{package.path}/datapackage.json"), package.descriptor
    _check_letters(descriptor, place, tally)
    name = _text(descriptor, "name")
    tally.expect(name == package.name, "descriptor-name", place, name, name=package.name)
    _expect_text(tally, place, descriptor, "$schema", PROFILE)
    filled = {key: _expect_filled(tally, place, descriptor, key) for key in TEXTS}
    if filled["created"]:
        _expect_date(tally, place, descriptor, "created")
    for key in DESCRIPTIONS:
        if filled[key]:
            _expect_long(tally, place, descriptor, key)
    for key, needed in ENTRIES.items():
        ok = _is_list_of(descriptor.get(key), needed)
        tally.expect(ok, "descriptor-entries", place, key=key, needed=", ".join(needed))
        for entry in descriptor[key] if ok else ():
            _expect_filled(tally, place, entry, "title")
            address = _text(entry, "path")
            ok = not address or is_web_address(address)
            tally.expect(ok, "descriptor-address", place, address, key=key)
    _check_resources(package, place, tally)
    if package.name != "codelists":
        _check_bulletin(package, archive, place, tally)


def has_account(package: Package) -> bool:
    """Tell whether the descriptor tells when the bulletin was issued, which many rules need."""
    bulletin = package.descriptor.get("bulletin")
    return isinstance(bulletin, dict) and _is_date(bulletin, "date")


def _text(mapping: Mapping[str, Any], key: str) -> str:
    """Give an entry as text, '' where it is missing."""
    value = mapping.get(key)
    return "" if value is None else str(value)


def _is_list_of(entries: object, needed: tuple[str, ...]) -> bool:
    if not isinstance(entries, list) or not entries:
        return False
    return all(
        isinstance(entry, dict) and all(_is_filled(entry.get(key)) for key in needed) for entry in entries
    )


def _is_filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _expect_text(tally: Tally, place: Place, mapping: Mapping[str, Any], key: str, expected: str) -> None:
    found = mapping.get(key)
    tally.expect(
        found == expected, "descriptor-value", place, _text(mapping, key), key=key, expected=expected
    )


def _expect_filled(tally: Tally, place: Place, mapping: Mapping[str, Any], key: str) -> bool:
    value = mapping.get(key)
    if isinstance(value, str) and is_todo(value):
        return tally.expect(False, "todo", place, value, title_zh=key, title_en=key)  # noqa: FBT003  # it is
    return tally.expect(_is_filled(value), "descriptor-field", place, key=key)


def _expect_long(tally: Tally, place: Place, mapping: Mapping[str, Any], key: str) -> None:
    text = mapping[key].strip()
    count = {"count": str(len(text)), "fewest": str(FEWEST)}
    tally.expect(len(text) >= FEWEST, "descriptor-short", place, text, key=key, **count)


def _expect_date(tally: Tally, place: Place, mapping: Mapping[str, Any], key: str) -> None:
    ok, value = _is_date(mapping, key), _text(mapping, key)
    tally.expect(ok, "descriptor-date", place, value, key=key, example=DATES[key][2])


def _is_date(mapping: Mapping[str, Any], key: str) -> bool:
    form, read, _ = DATES[key]
    try:
        return form.fullmatch(_text(mapping, key)) is not None and bool(read(_text(mapping, key)))
    except ValueError:
        return False


DATES: Mapping[str, tuple[re.Pattern[str], Callable[[str], object], str]] = {
    "created": (MOMENT, datetime.fromisoformat, "2023-07-01T00:00:00Z"),
    "date": (DATE, date.fromisoformat, "2023-06-20"),
}


def _check_letters(descriptor: Mapping[str, Any], place: Place, tally: Tally) -> None:
    for key, text in texts(descriptor):
        if invisible(text) or turning(text):
            tally.fail("descriptor-letters", place, text, key=visible(key))
    tally.checked["descriptor-letters"] += 1


def _check_resources(package: Package, place: Place, tally: Tally) -> None:
    expected = CODELISTS if package.name == "codelists" else BULLETIN
    resources: Any = package.descriptor.get("resources")
    ok = _is_list_of(resources, ("name",))
    if not tally.expect(ok, "descriptor-entries", place, key="resources", needed="name"):
        return
    names = [str(resource["name"]) for resource in resources]
    for index, name in enumerate(names):
        known = name in expected and name not in names[:index]
        tally.expect(known, "resource-unknown", place, name, expected=", ".join(expected))
    for table in expected:
        if tally.expect(table in names, "resource-missing", place, table=table):
            _check_resource(resources[names.index(table)], table, place, tally)
            _check_stamp(resources[names.index(table)], package, table, tally)


def _check_resource(resource: Mapping[str, Any], table: str, place: Place, tally: Tally) -> None:
    for key, expected in (("path", f"data/{table}.csv"), ("encoding", "utf-8")):
        _expect_text(tally, place, resource, key, expected)
    part = _differing(resource.get("schema"), resource_schema(table))
    tally.expect(not part, "resource-schema", place, table=table, part=part)


def _differing(found: object, expected: Mapping[str, Any]) -> str:
    """Name the first part of a schema that is not as expected, '' where all are: 'fields: period'."""
    if found == expected:
        return ""
    if not isinstance(found, dict) or not isinstance(found.get("fields"), list):
        return "fields"
    for own, other in zip_longest(found["fields"], expected["fields"]):
        if own != other:
            return f"fields: {(other or own).get('name', '')}" if isinstance(other or own, dict) else "fields"
    return str(next(key for key in (*expected, *found) if found.get(key) != expected.get(key)))


def _check_stamp(resource: Mapping[str, Any], package: Package, table: str, tally: Tally) -> None:
    """Check that a table still has the size and the hash that its descriptor states, if it does."""
    if not {"bytes", "hash"}.intersection(resource):
        return
    place = Place(f"{package.path}/datapackage.json")
    for key, found in measures(package.table_files()[f"data/{table}.csv"]).items():
        if key in resource:
            shown = {"key": key, "found": str(found), "table": table}
            tally.expect(resource[key] == found, "resource-hash", place, str(resource[key]), **shown)


def _check_bulletin(package: Package, archive: Archive, place: Place, tally: Tally) -> None:
    tally.expect(bool(PACKAGE_NAME.fullmatch(package.name)), "bulletin-name", place, package.name)
    bulletin = package.descriptor.get("bulletin")
    if not isinstance(bulletin, dict):
        tally.fail("descriptor-field", place, key="bulletin")
        return
    filled = {key for key in BULLETIN_TEXTS if _expect_filled(tally, place, bulletin, key)}
    if _expect_filled(tally, place, bulletin, "date"):
        _expect_date(tally, place, bulletin, "date")
    digest = _text(bulletin, "text_sha256")
    tally.expect(bool(re.fullmatch("[0-9a-f]{64}", digest)), "bulletin-hash", place, digest)
    for key, table in (("issuer", "organisations"), ("area", "areas")):
        known = (
            bulletin.get(key) in set(archive.codelists.tables[table].iloc[:, 0]) if key in filled else True
        )
        tally.expect(known, "bulletin-key", place, _text(bulletin, key), key=key, table=table)
