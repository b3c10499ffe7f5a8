"""Takes a package and the code lists and checks the keys between them, and the ids within."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.model import BULLETIN, CODELISTS, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kuaibao.checks.tally import Tally
    from kuaibao.model import Archive, Package

COLUMNS_WITH_LISTS = {"acting", "partners", "serves"}


def check_keys(package: Package, archive: Archive, tally: Tally) -> None:
    """Check keys into the code lists, the prefix of ids, and the years in which areas are valid."""
    for table, column, codelist in _coded(package):
        known = _known(archive, codelist)
        for index, row in enumerate(package.rows(table)):
            for key in row[column].split() if column in COLUMNS_WITH_LISTS else [row[column]] if row[column] else []:
                tally.expect(key in known, "key-codelist", package.place(table, index, column), key, table=codelist)
    if package.name == "codelists":
        _check_terms(package, tally)
    else:
        _check_ids(package, tally)
        _check_areas(package, archive, tally)


def _coded(package: Package) -> Iterator[tuple[str, str, str]]:
    for table in package.tables:
        for field in schema(table)["fields"]:
            codelist = field.get("codelist", "")
            if codelist in CODELISTS:
                yield table, field["name"], codelist


def _known(archive: Archive, codelist: str) -> set[str]:
    return set(archive.codelists.tables[codelist].iloc[:, 0])


def _check_terms(package: Package, tally: Tally) -> None:
    listed = {(row["list"], row["term"]) for row in package.rows("terms")}
    for name, term in sorted(_enumerated()):
        tally.expect((name, term) in listed, "term-missing", package.place("terms"), term, list=name)


def _enumerated() -> set[tuple[str, str]]:
    fields = [field for table in (*CODELISTS, *BULLETIN) for field in schema(table)["fields"]]
    named = [(field["codelist"].removeprefix("terms:"), field) for field in fields if str(field.get("codelist", "")).startswith("terms:")]
    return {(name, term) for name, field in named for term in field["constraints"]["enum"]}


def _check_ids(package: Package, tally: Tally) -> None:
    for table in ("figures", "numerals", "measures", "relations", "corrections"):
        column = schema(table)["primaryKey"][0]
        for index, row in enumerate(package.rows(table)):
            ok = row[column].startswith(f"{package.name}.")
            tally.expect(ok, "id-prefix", package.place(table, index, column), row[column], name=package.name)


def _check_areas(package: Package, archive: Archive, tally: Tally) -> None:
    areas = {row["area"]: row for row in archive.codelists.rows("areas")}
    for index, row in enumerate(package.rows("figures")):
        area = areas.get(row["area"])
        if area is None:
            continue  # told as key-codelist
        year = (row["period"] or str(package.bulletin["date"]))[:4]
        valid = (area["valid_from"] or "0000") <= year <= (area["valid_to"] or "9999")
        years = f"{area['valid_from']}–{area['valid_to']}"
        tally.expect(valid, "area-valid", package.place("figures", index, "area"), row["area"], year=year, years=years)
