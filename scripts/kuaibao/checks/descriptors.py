"""Takes a package's descriptor and holds it against what a published package must say of itself."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from kuaibao.errors import Place
from kuaibao.model import BULLETIN, CODELISTS, schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.checks.tally import Tally
    from kuaibao.model import Archive, Package

TEXTS = ("title", "title_en", "description", "description_en", "version", "created")
BULLETIN_TEXTS = ("series_zh", "series_en", "issue_zh", "issue_en", "short_zh", "short_en", "issuer", "area")
PACKAGE_NAME = re.compile(r"[a-z]{2,8}-[0-9]{3,}")
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def check_descriptor(package: Package, archive: Archive, tally: Tally) -> None:
    """Check name, texts, licence, sources and resources; for a bulletin also its account of the bulletin."""
    place = Place(f"{package.path}/datapackage.json")
    descriptor = package.descriptor
    tally.expect(descriptor.get("name") == package.name, "descriptor-name", place, str(descriptor.get("name")), name=package.name)
    _expect_text(tally, place, descriptor, "$schema", PROFILE)
    for key in TEXTS:
        _expect_filled(tally, place, descriptor, key)
    for key in ("licenses", "sources", "contributors"):
        entries = descriptor.get(key)
        ok = isinstance(entries, list) and bool(entries) and all(isinstance(e, dict) and e.get("title") for e in entries)
        tally.expect(ok, "descriptor-field", place, key=key)
    _check_resources(package, place, tally)
    if package.name != "codelists":
        _check_bulletin(package, archive, place, tally)


def _expect_text(tally: Tally, place: Place, mapping: Mapping[str, Any], key: str, expected: str) -> None:
    found = mapping.get(key)
    tally.expect(found == expected, "descriptor-value", place, str(found), key=key, expected=expected)


def _expect_filled(tally: Tally, place: Place, mapping: Mapping[str, Any], key: str) -> None:
    value = mapping.get(key)
    tally.expect(isinstance(value, str) and bool(value.strip()), "descriptor-field", place, key=key)


def _check_resources(package: Package, place: Place, tally: Tally) -> None:
    expected = CODELISTS if package.name == "codelists" else BULLETIN
    resources = package.descriptor.get("resources")
    named = {r["name"]: r for r in resources if isinstance(r, dict) and "name" in r} if isinstance(resources, list) else {}
    for name in sorted(named.keys() - set(expected)):
        tally.expect(ok=False, code="resource-unknown", place=place, value=str(name), expected=", ".join(expected))
    for table in expected:
        if not tally.expect(table in named, "resource-missing", place, table=table):
            continue
        resource = named[table]
        _expect_text(tally, place, resource, "path", f"data/{table}.csv")
        _expect_text(tally, place, resource, "encoding", "utf-8")
        shown = {key: schema(table)[key] for key in ("fields", "primaryKey", "missingValues", "foreignKeys") if key in schema(table)}
        tally.expect(resource.get("schema") == shown, "resource-schema", place, table=table)


def _check_bulletin(package: Package, archive: Archive, place: Place, tally: Tally) -> None:
    tally.expect(bool(PACKAGE_NAME.fullmatch(package.name)), "bulletin-name", place, package.name)
    account = package.descriptor.get("bulletin")
    if not tally.expect(isinstance(account, dict), "descriptor-field", place, key="bulletin"):
        return
    bulletin = package.bulletin
    for key in BULLETIN_TEXTS:
        _expect_filled(tally, place, bulletin, key)
    tally.expect(_is_date(bulletin.get("date")), "bulletin-date", place, str(bulletin.get("date")))
    digest = str(bulletin.get("text_sha256"))
    tally.expect(bool(re.fullmatch("[0-9a-f]{64}", digest)), "bulletin-hash", place, digest)
    for key, table in (("issuer", "organisations"), ("area", "areas")):
        known = set(archive.codelists.tables[table].iloc[:, 0])
        tally.expect(bulletin.get(key) in known, "bulletin-key", place, str(bulletin.get(key)), key=key, table=table)


def _is_date(value: object) -> bool:
    try:
        return bool(date.fromisoformat(str(value)))
    except ValueError:
        return False
