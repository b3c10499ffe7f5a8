"""Takes a package and checks that what was released stays, and that every change is accounted for."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.errors import Place
from kuaibao.model import CHANGELOG, CODELISTS, RELEASES, SEMANTIC, Version, field_names, schema
from kuaibao.stamped import measures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kuaibao.checks.tally import Tally
    from kuaibao.model import Package, Row

    Cells = dict[tuple[str, str], tuple[str, str]]  # (figure, column) -> (old, new)

TITLES = ("title", "title_en")
# What a working copy says of the release that it grew from.
TAKEN = ("version", "created", "codelists_version")
# Columns of figures that may change without a correction: words about the figure, not the figure.
FREE = {"figure", "note_zh", "note_en"}
# In the table of corrections: what a numeral prints, and the whole row of a figure.
PRINTED, WITHDRAWN = "printed", "figure"
# The columns by which rows of other tables belong to figures.
OWNED = {"numerals": "numeral", "measures": "measure"}


def check_releases(package: Package, tally: Tally) -> None:
    """Check the version of the working copy, the order of the releases, and the bytes of their files."""
    _check_version(package, tally)
    for before, after in pairwise(package.releases):
        place = Place(f"{package.path}/{RELEASES}/{after.number}/datapackage.json")
        tally.expect(before.date <= after.date, "release-date", place, after.date, before=before.date)
    for version in package.releases:
        _check_frozen(package, version, tally)
        place = Place(f"{package.path}/{RELEASES}/{version.number}/datapackage.json")
        named = str(version.descriptor.get("codelists_version", "—"))
        tally.expect(version.lists is not None, "release-lists", place, named, expected=named)


def _check_version(package: Package, tally: Tally) -> None:
    place, descriptor = Place(f"{package.path}/datapackage.json"), package.descriptor
    version = str(descriptor.get("version", ""))
    if is_interrupted(package):
        last = package.releases[-1]
        tally.fail("release-interrupted", place, version, name=package.name, number=last.number)
    elif package.releases:
        for key, (now, then) in taken(package).items():
            shown = {"key": key, "expected": then or "—", "name": package.name}
            tally.expect(now == then, "release-version", place, now, **shown)
    elif version:
        ok = bool(SEMANTIC.fullmatch(version)) and version.startswith("0.")
        tally.expect(ok, "release-none", place, version)
        told = Place(f"{package.path}/{CHANGELOG}")
        tally.expect(not (package.folder / CHANGELOG).exists(), "release-none", told)


def taken(package: Package) -> dict[str, tuple[str, str]]:
    """Give what the descriptor and the last release say, by what a working copy takes from that release."""
    last = package.releases[-1].descriptor
    return {key: (str(package.descriptor.get(key, "")), str(last.get(key, ""))) for key in TAKEN}


def is_interrupted(package: Package) -> bool:
    """Tell whether the last release is frozen while the descriptor is still that of before it."""
    if not package.releases:
        return False
    version = str(package.descriptor.get("version", ""))
    before = package.releases[-2:-1]
    return version == before[0].number if before else version.startswith("0.")


def _check_frozen(package: Package, version: Version, tally: Tally) -> None:
    place = Place(f"{package.path}/{RELEASES}/{version.number}/datapackage.json")
    described = (version.descriptor, *version.descriptor["resources"])
    named = all(isinstance(each.get(key), str) for each in described for key in TITLES)
    tally.expect(named, "release-frozen", place)
    stated = {resource["path"]: resource for resource in version.descriptor["resources"]}
    for path, content in version.files.items():
        if path != "datapackage.json":
            resource, found = stated.get(path, {}), measures(content)
            ok = all(resource.get(key) == value for key, value in found.items())
            place = Place(f"{package.path}/{RELEASES}/{version.number}/{path}")
            tally.expect(ok, "release-frozen", place, str(found["hash"]).removeprefix("sha256:"))


class _Stage(NamedTuple):
    """A version, the folder in which it stands, and the keys of its tables."""

    path: str
    version: Version
    keys: Mapping[str, Sequence[str]]

    def rows(self, table: str) -> dict[str, Row]:
        """Give the rows of a table by their key."""
        keys = self.keys.get(table, ())
        return {" ".join(row[key] for key in keys): row for row in self.version.tables.get(table, ())}

    def place(self, table: str, key: str = "", column: str | None = None) -> Place:
        """Name the place of a cell; without a key, the table."""
        file = f"{self.path}/data/{table}.csv"
        if not key:
            return Place(file)
        names = field_names(table)
        position = names.index(column) if column in names else None
        return Place(file, list(self.rows(table)).index(key) + 2, column, position)

    def differs(self, before: _Stage, table: str) -> bool:
        """Tell whether a table has other bytes than before."""
        path = f"data/{table}.csv"
        return self.version.files.get(path) != before.version.files.get(path)

    def withdrawn(self) -> set[str]:
        """Give the figures that corrections say were withdrawn."""
        rows = self.version.tables.get("corrections", ())
        return {row["figure"] for row in rows if row["column"] == WITHDRAWN}

    def figures(self) -> dict[str, Row]:
        """Give the figures, each with what its numeral prints."""
        numerals = self.rows("numerals")
        return {
            key: row | {PRINTED: numerals.get(row["numeral"], {}).get(PRINTED, "")}
            for key, row in self.rows("figures").items()
        }


def check_history(package: Package, tally: Tally) -> None:
    """Check from release to release, and to the working copy, that ids stay and changes are explained."""
    folder = f"{package.path}/{RELEASES}/"
    if any(problem.place.path.startswith(folder) for problem in tally.problems):
        return  # what was tampered with is no measure for the rest
    stages = list(_stages(package))
    for number, (before, now) in enumerate(pairwise(stages), start=1):
        for table in now.version.tables:
            if now.differs(before, table):
                _check_ids(stages[:number], now, table, tally)
            else:
                tally.checked[_stays(table)] += len(now.version.tables[table])
        if "corrections" in now.version.tables:
            _check_corrections(before, now, tally)


def _stages(package: Package) -> Iterator[_Stage]:
    for version in package.releases:
        keys = {each["name"]: each["schema"]["primaryKey"] for each in version.descriptor["resources"]}
        yield _Stage(f"{package.path}/{RELEASES}/{version.number}", version, keys)
    if package.releases:
        keys = {table: schema(table)["primaryKey"] for table in package.tables}
        yield _Stage(package.path, _present(package, package.releases[-1]), keys)


def _present(package: Package, last: Version) -> Version:
    """Give the working copy, in which only tables with other bytes than the last release are read."""
    files = package.table_files()
    same = {
        table for table in last.tables if files.get(path := f"data/{table}.csv") == last.files.get(path, b"")
    }
    tables = {table: last.tables[table] if table in same else package.rows(table) for table in package.tables}
    return Version(package.descriptor, tables, files)


def _check_ids(earlier: Sequence[_Stage], now: _Stage, table: str, tally: Tally) -> None:
    """Check that no id has gone that was not withdrawn, and that none has come back."""
    before, present = earlier[-1].rows(table), now.rows(table)
    version = earlier[-1].version.number
    may_go = _may_go(earlier[-1], now, table)
    for key in before:
        tally.expect(key in present or key in may_go, _stays(table), now.place(table), key, version=version)
    gone = {key for stage in earlier for key in stage.rows(table)} - before.keys()
    tally.checked["release-id-again"] += len(present)
    for key in sorted(gone.intersection(present)):
        tally.fail("release-id-again", now.place(table, key, now.keys[table][0]), key)


def _stays(table: str) -> str:
    """Name the rule by which the keys of a table stay: figures can be withdrawn, codes cannot."""
    return "release-code" if table in CODELISTS else "release-id"


def _may_go(before: _Stage, now: _Stage, table: str) -> set[str]:
    """Give the ids that may leave a table: withdrawn figures, and what belonged to none but those."""
    if "figures" not in now.version.tables:
        return set()
    withdrawn, figures = now.withdrawn(), before.rows("figures")
    if table == "figures":
        return withdrawn
    if table == "relations":
        relations = before.rows(table).items()
        return {
            key for key, row in relations if withdrawn.intersection(f"{row['terms']} {row['result']}".split())
        }
    if table in OWNED:
        owned = {row[OWNED[table]] for key, row in figures.items() if key in withdrawn}
        return owned - {row[OWNED[table]] for key, row in figures.items() if key not in withdrawn}
    return set()


def _check_corrections(before: _Stage, now: _Stage, tally: Tally) -> None:
    """Check that what changed was corrected in so many words, and that corrections tell the truth."""
    tally.checked["release-correction"] += len(now.version.tables["figures"])
    if not any(now.differs(before, table) for table in ("figures", "numerals", "corrections")):
        return
    changes, old = _changes(before, now), before.rows("corrections")
    new = {key: row for key, row in now.rows("corrections").items() if key not in old}
    told = {(row["figure"], row["column"], row["old"], row["new"]) for row in new.values()}
    for (figure, column), (was, value) in changes.items():
        if column != WITHDRAWN and (figure, column, was, value) not in told:
            place, params = _cell(now, figure, column), {"figure": figure, "column": column}
            tally.fail("release-correction", place, value, old=was, new=value, **params)
    for key, row in new.items():
        real = changes.get((row["figure"], row["column"])) == (row["old"], row["new"])
        shown = f"{row['old']} → {row['new']}"
        tally.expect(real, "release-claim", now.place("corrections", key, "new"), shown, **_claimed(row))
    for key, row in old.items():
        if (present := now.rows("corrections").get(key)) is not None:
            tally.expect(present == row, "release-correction-kept", now.place("corrections", key), key)


def _claimed(row: Row) -> dict[str, str]:
    return {"figure": row["figure"], "column": row["column"]}


def _changes(before: _Stage, now: _Stage) -> Cells:
    """Give every cell of a released figure that differs; a figure that is gone as its id and ''."""
    present, found = now.figures(), dict[tuple[str, str], tuple[str, str]]()
    for figure, old in before.figures().items():
        new = present.get(figure)
        if new is None:
            found[figure, WITHDRAWN] = figure, ""
            continue
        found |= {(figure, name): (old[name], new[name]) for name in old if _differ(name, old, new)}
    return found


def _differ(column: str, old: Row, new: Row) -> bool:
    return column not in FREE and column in new and old[column] != new[column]


def _cell(now: _Stage, figure: str, column: str) -> Place:
    if column == PRINTED:
        return now.place("numerals", now.rows("figures")[figure]["numeral"], column)
    return now.place("figures", figure, column)
