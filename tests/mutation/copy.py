"""Takes a project folder and gives its packages as bytes in memory, which a corruption replaces."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kuaibao.model import BULLETIN, CODELISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Rows = list[list[str]]  # the header first


class Copy(NamedTuple):
    """The files of a bulletin's package and of the code lists by path below the root."""

    bulletin: str
    files: Mapping[str, bytes]

    def path(self, table: str) -> str:
        """Give the path of a table, or of a descriptor by the name of its package."""
        if table in {self.bulletin, "codelists"}:
            return f"datapackages/{table}/datapackage.json"
        package = "codelists" if table in CODELISTS else self.bulletin
        return f"datapackages/{package}/data/{table}.csv"

    def rows(self, table: str) -> Rows:
        """Read a table."""
        return list(csv.reader(io.StringIO(self.files[self.path(table)].decode("utf-8"), newline="")))

    def column(self, table: str, name: str) -> list[str]:
        """Read a column without its header."""
        header, *rows = self.rows(table)
        return [row[header.index(name)] for row in rows]

    def put(self, table: str, rows: Rows) -> Copy:
        """Replace a table."""
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        return self.put_bytes(table, text.getvalue().encode("utf-8"))

    def put_cell(self, table: str, row: int, column: str, value: str) -> Copy:
        """Replace a cell; rows count from 1, the header being 0."""
        rows = self.rows(table)
        rows[row][rows[0].index(column)] = value
        return self.put(table, rows)

    def put_bytes(self, table: str, content: bytes) -> Copy:
        """Replace a file by the name of its table or package."""
        return self._replace(files={**self.files, self.path(table): content})

    def descriptor(self, package: str) -> dict[str, Any]:
        """Read the descriptor of a package."""
        found: dict[str, Any] = json.loads(self.files[self.path(package)])
        return found

    def put_descriptor(self, package: str, change: Callable[[dict[str, Any]], object]) -> Copy:
        """Change the descriptor of a package in place."""
        descriptor = self.descriptor(package)
        change(descriptor)
        text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
        return self.put_bytes(package, text.encode("utf-8"))

    def unsealed(self) -> Copy:
        """Give the package as a draft that nobody has held against the text."""
        return self.put_descriptor(self.bulletin, lambda found: found["bulletin"].pop("ledger", None))

    def changed(self, other: Copy) -> list[str]:
        """Name the files in which two copies differ."""
        return [path for path in self.files if self.files[path] != other.files.get(path)]


def copy_of(root: Path, bulletin: str) -> Copy:
    """Read the code lists and one bulletin below a root."""
    empty = Copy(bulletin, {})
    paths = [empty.path(name) for name in (bulletin, "codelists", *BULLETIN, *CODELISTS)]
    return Copy(bulletin, {path: (root / path).read_bytes() for path in paths})
