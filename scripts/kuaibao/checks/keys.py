"""Takes a package and the code lists and checks the keys between them, and the ids within."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.checks.tally import lines
from kuaibao.model import BULLETIN, CODELISTS, field_names, schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kuaibao.checks.tally import Line, Tally
    from kuaibao.model import Archive, Package, Row

# The tables whose ids begin with the bulletin's.
NAMED = ("figures", "numerals", "measures", "relations", "corrections")


def check_keys(package: Package, archive: Archive, tally: Tally) -> None:
    """Check keys into the code lists, prefixes of ids, years in which areas are valid, and corrections."""
    for table, column, codelist in _coded(package):
        known = set(archive.codelists.tables[codelist].iloc[:, 0])
        for line in lines(package, table, tally):
            for key in line.row[column].split():
                line.expect(key in known, "key-codelist", column, value=key, table=codelist)
    if package.name == "codelists":
        _check_terms(package, tally)
        _check_parents(package, tally)
        _check_levels(package, tally)
        _check_plurals(package, tally)
        return
    if package.descriptor.get("name") == package.name:  # otherwise told as descriptor-name
        for table in NAMED:
            _check_ids(package, table, tally)
    _check_areas(package, archive, tally)
    _check_corrections(package, tally)


def _coded(package: Package) -> Iterator[tuple[str, str, str]]:
    """List (table, column, code list) of the columns that hold codes, one or several to a cell."""
    for table in package.tables:
        for field in schema(table)["fields"]:
            if field.get("codelist") in CODELISTS:
                yield table, field["name"], field["codelist"]


def _check_terms(package: Package, tally: Tally) -> None:
    listed = {(row["list"], row["term"]) for row in package.rows("terms")}
    for name, term in sorted(_enumerated()):
        tally.expect((name, term) in listed, "term-missing", package.place("terms"), term, list=name)


def _check_parents(package: Package, tally: Tally) -> None:
    """Check that no area lies within itself, be it by way of others."""
    parents = {row["area"]: row["parent"] for row in package.rows("areas")}
    for line in lines(package, "areas", tally):
        if line.row["parent"]:
            line.expect(not _comes_back(line.row["area"], parents), "area-parent", "parent")


def _check_levels(package: Package, tally: Tally) -> None:
    """Check level, parent and years of an area; GB/T 2260 writes the first two into the code."""
    parents = {row["area"]: row["parent"] for row in package.rows("areas")}
    for line in lines(package, "areas", tally):
        code, row = line.row["area"], line.row
        level = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
        line.expect(row["level"] == level, "area-code", "level", expected=level)
        above = next((up for up in _above(code) if up in parents), "")
        if not (row["parent"] and _comes_back(code, parents)):  # otherwise told as area-parent
            line.expect(row["parent"] == above, "area-code", "parent", expected=above or "—")
        years = row["valid_from"], row["valid_to"]
        line.expect(not all(years) or years[0] <= years[1], "area-years", "valid_to", first=years[0])


def is_within(area: str, own: str) -> bool:
    """Tell whether an area is part of another one."""
    return own in _above(area)


def _above(code: str) -> list[str]:
    """List the codes that an area may lie within, the nearest first."""
    return [wider for wider in (f"{code[:4]}00", f"{code[:2]}0000") if wider != code]


def _comes_back(area: str, parents: Mapping[str, str]) -> bool:
    above, passed = parents[area], set[str]()
    while above and above != area and above not in passed:
        passed.add(above)
        above = parents[above]
    return above == area


def _check_plurals(package: Package, tally: Tally) -> None:
    """Check that a unit has both its English singular and plural, or neither."""
    for line in lines(package, "units", tally):
        one, many = line.row["singular_en"], line.row["plural_en"]
        empty = "plural_en" if one else "singular_en"
        line.expect(bool(one) == bool(many), "unit-plural", empty, value=one or many)


def _enumerated() -> set[tuple[str, str]]:
    """Collect (list, term) for every value that a column of any table may take."""
    fields = [field for table in (*CODELISTS, *BULLETIN) for field in schema(table)["fields"]]
    coded = [(str(field.get("codelist", "")).partition(":"), field) for field in fields]
    return {
        (name, term)
        for (kind, _, name), field in coded
        if kind == "terms"
        for term in field["constraints"]["enum"]
    }


def _check_ids(package: Package, table: str, tally: Tally) -> None:
    """Check the prefix of ids; where every row has another one, the package was renamed: one problem."""
    column, prefix = schema(table)["primaryKey"][0], f"{package.name}."
    wrong = [line for line in lines(package, table, tally) if not line.row[column].startswith(prefix)]
    tally.checked["id-prefix"] += len(package.tables[table]) - len(wrong)
    for line in wrong[:1] if len(wrong) == len(package.tables[table]) else wrong:
        line.fail("id-prefix", column, name=package.name)


def _check_areas(package: Package, archive: Archive, tally: Tally) -> None:
    areas = {row["area"]: row for row in archive.codelists.rows("areas")}
    own = str(package.bulletin.get("area", ""))
    for line in lines(package, "figures", tally):
        if line.row["area"] in areas:  # otherwise told as key-codelist
            _check_area(line, areas[line.row["area"]], str(package.bulletin["date"]))
            if own in areas:  # otherwise told as bulletin-key
                near = line.row["area"] in {own, *_above(own)} or is_within(line.row["area"], own)
                line.expect(near or bool(line.row["note_zh"]), "figure-area", "area", own=own)


def _check_area(line: Line, area: Row, issued: str) -> None:
    year = (line.row["period"] or issued)[:4]
    valid = (area["valid_from"] or "0000") <= year <= (area["valid_to"] or "9999")
    years = f"{area['valid_from']}–{area['valid_to']}"
    line.expect(valid, "area-valid", "area", year=year, years=years)


def _check_corrections(package: Package, tally: Tally) -> None:
    """Check that a correction names a figure and a column of it, and that its new value stands there now."""
    printed = {row["numeral"]: row["printed"] for row in package.rows("numerals")}
    figures = {row["figure"]: row | {"printed": printed[row["numeral"]]} for row in package.rows("figures")}
    corrections = package.rows("corrections")
    newest = {(row["figure"], row["column"]): row["correction"] for row in corrections}
    withdrawn = {row["figure"] for row in corrections if row["column"] == "figure"}
    for line in lines(package, "corrections", tally):
        row, known = line.row, line.row["column"] in (*field_names("figures"), "printed")
        exists = line.expect(
            row["figure"] in figures or row["figure"] in withdrawn, "correction-figure", "figure"
        )
        if line.expect(known, "correction-column", "column") and exists and row["figure"] not in withdrawn:
            now = figures[row["figure"]][row["column"]]
            is_newest = newest[row["figure"], row["column"]] == row["correction"]
            line.expect(
                not is_newest or row["new"] == now, "correction-new", "new", figure=row["figure"], now=now
            )
