"""Takes two versions of a package and gives every cell that differs, row by row.

Rows are matched by the primary key of their table, columns by name; the order of rows and columns
says nothing. The descriptor is compared as a table of its own, one row a property; sizes and hashes of the
tables, which follow from their cells, are left out. Of the code lists with which each version was made,
the rows that both use are compared too.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from kuaibao.errors import UsageError, visible
from kuaibao.listed import used
from kuaibao.model import CODELISTS, schema
from kuaibao.opening import DESCRIPTOR
from kuaibao.stamped import unstamped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kuaibao.listed import Code
    from kuaibao.model import Lists, Row, Version

Kind: TypeAlias = Literal["added", "removed", "changed"]
Titles: TypeAlias = tuple[str, str]


class Cell(NamedTuple):
    """A cell that differs: the column, its titles (zh, en), and its text before and after ('' for none)."""

    column: str
    titles: Titles
    old: str
    new: str


class Change(NamedTuple):
    """A row that differs: its table and the table's titles, its key, what happened to it, and its cells."""

    table: str
    titles: Titles
    key: str
    kind: Kind
    cells: tuple[Cell, ...]


class _Resource(NamedTuple):
    """What a descriptor says of a table: its titles, its key, and the titles of its columns."""

    titles: Titles
    key: tuple[str, ...]
    columns: Mapping[str, Titles]


def compare(old: Version, new: Version) -> list[Change]:
    """List what differs: the descriptor, then the tables of the new version, each row as it stands there.

    Raises UsageError where they are versions of two packages.
    """
    names = [visible(str(version.descriptor.get("name"))) for version in (old, new)]
    if names[0] != names[1]:
        raise _two_packages(*names)
    itself = _Resource((DESCRIPTOR, DESCRIPTOR), (), {"value": ("值", "Value")})
    changes = _changes(DESCRIPTOR, itself, _properties(old), _properties(new))
    known = {**_resources(old), **_resources(new)}
    for table in dict.fromkeys((*new.tables, *old.tables)):
        rows = (_keyed(version.tables.get(table, ()), known[table].key) for version in (old, new))
        changes += _changes(table, known[table], *rows)
    return changes + recoded(old, new)


def recoded(old: Version, new: Version) -> list[Change]:
    """List what differs in the rows of code lists that two versions of a bulletin both use."""
    if "bulletin" not in old.descriptor or "bulletin" not in new.descriptor:
        return []
    if old.lists is None or new.lists is None or not (changed := _between(old.lists, new.lists)):
        return []
    shared = used(old, old.lists).keys() & used(new, new.lists).keys()
    return [change for code, change in changed.items() if code in shared]


@lru_cache(maxsize=16)  # bulletins by the thousand are made with the same few versions
def _between(old: Lists, new: Lists) -> dict[Code, Change]:
    """Give what differs in the codes that two versions of the code lists share, in their order."""
    found: dict[Code, Change] = {}
    for table in CODELISTS if old is not new else ():
        before, after = (lists.rows.get(table, {}) for lists in (old, new))
        changed = [key for key, row in after.items() if before.get(key, row) != row]
        pairs = ({key: rows[key] for key in changed} for rows in (before, after))
        found |= {(table, change.key): change for change in _changes(table, _listed(table), *pairs)}
    return found


def _listed(table: str) -> _Resource:
    return _resource({**schema(table), "schema": schema(table)})


def _two_packages(old: str, new: str) -> UsageError:
    return UsageError(
        f"{old} 和 {new} 是两个数据包；请给出同一个数据包的两个版本",
        f"{old} and {new} are two packages; name two versions of the same",
    )


def _resources(version: Version) -> dict[str, _Resource]:
    return {each["name"]: _resource(each) for each in version.descriptor["resources"]}


def _resource(resource: Mapping[str, Any]) -> _Resource:
    columns = {field["name"]: _titles(field) for field in resource["schema"]["fields"]}
    return _Resource(_titles(resource), tuple(resource["schema"]["primaryKey"]), columns)


def _titles(thing: Mapping[str, Any]) -> Titles:
    title = str(thing.get("title", thing["name"]))
    return title, str(thing.get("title_en", title))


def _keyed(rows: Iterable[Row], columns: tuple[str, ...]) -> dict[str, Row]:
    """Give rows by their key; a key that occurs again is followed by its count."""
    seen: Counter[str] = Counter()
    keyed: dict[str, Row] = {}
    for row in rows:
        key = " ".join(row[column] for column in columns)
        seen[key] += 1
        keyed[key if seen[key] == 1 else f"{key} #{seen[key]}"] = row
    return keyed


def _changes(table: str, resource: _Resource, old: Mapping[str, Row], new: Mapping[str, Row]) -> list[Change]:
    found = [_change(table, resource, key, old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old))]
    return [change for change in found if change is not None]


def _change(table: str, resource: _Resource, key: str, old: Row | None, new: Row | None) -> Change | None:
    kind: Kind = "added" if old is None else "removed" if new is None else "changed"
    before, after = old or {}, new or {}
    texts = {column: (before.get(column, ""), after.get(column, "")) for column in (*after, *before)}
    cells = tuple(
        Cell(column, resource.columns.get(column, (column, column)), *pair)
        for column, pair in texts.items()
        if pair[0] != pair[1]
    )
    return Change(table, resource.titles, key, kind, cells) if cells or kind != "changed" else None


def _properties(version: Version) -> dict[str, Row]:
    return {path: {"value": text} for path, text in _flat(unstamped(version.descriptor), "")}


def _flat(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Give each property as (path, text); named things in a list by their name, others by their place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, inner in enumerate(value, start=1):
            name = inner.get("name", place) if isinstance(inner, dict) else place
            yield from _flat(inner, f"{path}[{name}]")
    else:
        yield path, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
