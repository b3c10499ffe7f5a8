"""Takes rows and gives the rows of code lists that they lean on, directly or through other code lists."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from kuaibao.model import BULLETIN, CODELISTS, schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kuaibao.model import Lists, Row, Version

# The table and the key of a code: ('units', 'person'), ('terms', 'qualifier nearly').
Code: TypeAlias = tuple[str, str]


def codes_in(table: str, row: Row) -> Iterator[Code]:
    """List the codes that a row of a table names."""
    for column, codelist, prefix in _coded(table):
        yield from ((codelist, prefix + key) for key in row.get(column, "").split())


@cache
def _coded(table: str) -> tuple[tuple[str, str, str], ...]:
    """List the columns of a table that hold codes, each with the code list and what begins its keys."""
    found = {
        field["name"]: field["codelist"].partition(":")
        for field in schema(table)["fields"]
        if "codelist" in field
    }
    for key in schema(table).get("foreignKeys", ()):
        if key["reference"]["resource"] in CODELISTS:
            found[key["fields"][0]] = (key["reference"]["resource"], "", "")
    if table == "areas":
        found["parent"] = ("areas", "", "")
    return tuple((column, name, f"{part} " if part else "") for column, (name, _, part) in found.items())


def reached(codes: Iterable[Code], lists: Lists) -> dict[Code, Row]:
    """Give the rows of codes, and of the codes that these rows name in turn."""
    found: dict[Code, Row] = {}
    left = [*codes]
    while left:
        table, key = code = left.pop()
        row = lists.rows.get(table, {}).get(key)
        if code not in found and row is not None:
            found[code] = row
            left += codes_in(table, row)
    return found


def used(version: Version, lists: Lists) -> dict[Code, Row]:
    """Give the rows of code lists on which a version of a bulletin leans."""
    account: Mapping[str, str] = version.descriptor["bulletin"]
    codes = {("organisations", account.get("issuer", "")), ("areas", account.get("area", ""))}
    for table in BULLETIN:
        codes.update(code for row in version.tables.get(table, ()) for code in codes_in(table, row))
    return reached(codes, lists)
