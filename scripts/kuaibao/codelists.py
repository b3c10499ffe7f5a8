"""Takes what a bulletin brings to the shared code lists; writes it there, records it, and takes it out again.

A bulletin's own indicators are known by their keys. Rows that its editor adds to other lists have keys of any
form, so that drafts/<id>.json records them: the keys by list.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pandas as pd

from kuaibao.model import CODELISTS, OPEN_LISTS, PROPOSED, is_todo, schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kuaibao.model import Archive

    Keys = Mapping[str, frozenset[str]]  # by code list


def csv_of(frame: pd.DataFrame) -> bytes:
    """Write a table as the packages hold it: UTF-8, commas, LF."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(frame.itertuples(index=False, name=None))
    return stream.getvalue().encode("utf-8")


def list_indicators(archive: Archive, name: str, rows: pd.DataFrame) -> None:
    """Put the indicators of a bulletin into the code list, in place of those that were there for it."""
    listed = archive.codelists.tables["indicators"]
    _write(archive, "indicators", listed[~is_own(listed["indicator"], name)], rows)


def is_own(indicators: pd.Series[str], name: str) -> pd.Series[bool]:
    """Tell for each key of an indicator whether it was made for a bulletin."""
    return indicators.str.startswith(name.replace("-", "_") + "_")


def _write(archive: Archive, table: str, kept: pd.DataFrame, rows: pd.DataFrame) -> None:
    whole = pd.concat([kept, rows], ignore_index=True)
    (archive.codelists.folder / "data" / f"{table}.csv").write_bytes(csv_of(whole))


def recorded(record: Path) -> Keys:
    """Read which rows of the open lists a bulletin has brought; no file, none."""
    found = json.loads(record.read_bytes()) if record.is_file() else {}
    return {table: frozenset(found.get(table, ())) for table in OPEN_LISTS}


def of_others(archive: Archive, own: Keys) -> dict[str, pd.DataFrame]:
    """Give the open lists without the rows that a bulletin has brought."""
    lists = {table: archive.codelists.tables[table] for table in OPEN_LISTS}
    return {table: rows[~rows.iloc[:, 0].isin(own[table])] for table, rows in lists.items()}


def add(archive: Archive, record: Path, rows: Mapping[str, pd.DataFrame]) -> None:
    """Put rows into the open lists, in place of those that the bulletin had brought before."""
    others = of_others(archive, recorded(record))
    for table, frame in rows.items():
        if list(archive.codelists.tables[table].iloc[:, 0]) != [*others[table].iloc[:, 0]] or len(frame):
            _write(archive, table, others[table], frame)
    keys = {table: frame.iloc[:, 0].tolist() for table, frame in rows.items() if len(frame)}
    record.write_text(json.dumps(keys, indent=2) + "\n", encoding="utf-8")


def finished(rows: pd.DataFrame, needed: frozenset[str]) -> pd.DataFrame:
    """Leave out of the rows for a list those that are still to do and that nothing needs."""
    left = rows.map(is_todo).any(axis=1).astype(bool)
    return rows[~left | rows.iloc[:, 0].isin(needed)]


def keys_in(tables: Mapping[str, pd.DataFrame], bulletin: Mapping[str, object]) -> Keys:
    """Collect the keys of code lists that tables, and a descriptor's account of a bulletin, name."""
    found: dict[str, set[str]] = {table: set() for table in CODELISTS}
    for key, codelist in (("issuer", "organisations"), ("area", "areas")):
        found[codelist].add(str(bulletin.get(key)).removeprefix(PROPOSED))
    for table, frame in tables.items():
        for column, codelist in _coded(table):
            found[codelist].update(key for cell in frame[column] for key in _keys(cell))
    return {table: frozenset(keys) for table, keys in found.items()}


def _keys(cell: str) -> list[str]:
    return cell.removeprefix(PROPOSED).split()


def _coded(table: str) -> Iterator[tuple[str, str]]:
    """List the columns of a table that hold keys of a code list, and which."""
    for field in schema(table)["fields"]:
        if field.get("codelist") in CODELISTS:
            yield field["name"], field["codelist"]
    for key in schema(table).get("foreignKeys", ()):
        if table in CODELISTS and key["reference"]["resource"] in CODELISTS:
            yield key["fields"][0], key["reference"]["resource"]
    if table == "areas":
        yield "parent", "areas"


def remove(archive: Archive, table: str, keys: frozenset[str]) -> int:
    """Take rows out of a code list; give their number."""
    listed = archive.codelists.tables[table]
    gone = listed.iloc[:, 0].isin(keys)
    if gone.any():
        _write(archive, table, listed[~gone], listed.iloc[:0])
    return int(gone.sum())
