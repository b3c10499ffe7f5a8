"""The good project of packages/good as a copy that a test may break, and the messages recorded for it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kuaibao.checks import check
from kuaibao.errors import LANGUAGES, DataError, Problem
from kuaibao.handwritten import pages
from kuaibao.load import load
from kuaibao.model import CODELISTS
from kuaibao.releasing import release
from kuaibao.sealing import put_seals

if TYPE_CHECKING:
    from collections.abc import Callable

    Rows = list[list[str]]

ROOT = Path(__file__).parents[1]
CITED = re.compile(r"(，一条河有河长|, and every river has) \{\{ fig\(\"test-001.1.08\"\) \}\}( as chiefs)?")
PACKAGES = Path(__file__).parent / "packages"


@dataclass(frozen=True)
class Project:
    """A project folder that a test may break, step by step; rows are counted as a spreadsheet does."""

    root: Path

    def folder(self, table: str) -> Path:
        """Give the folder of the package that holds a table."""
        return self.root / "datapackages" / ("codelists" if table in CODELISTS else "test-001")

    def csv(self, table: str) -> Path:
        """Give the file of a table."""
        return self.folder(table) / "data" / f"{table}.csv"

    def change_rows(self, table: str, change: Callable[[Rows], object]) -> Project:
        """Read a table with its header, let `change` alter the rows in place, and write it back."""
        rows = list(csv.reader(io.StringIO(self.csv(table).read_text(encoding="utf-8"), newline="")))
        change(rows)
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        self.csv(table).write_text(text.getvalue(), encoding="utf-8", newline="")
        return self

    def edit_row(self, table: str, row: int, **cells: str) -> Project:
        """Put values into cells of a row, by the names of their columns."""

        def change(rows: Rows) -> None:
            for column, value in cells.items():
                rows[row - 1][rows[0].index(column)] = value

        return self.change_rows(table, change)

    def edit_csv(self, table: str, row: int, column: str, value: str) -> Project:
        """Put a value into a cell."""
        return self.edit_row(table, row, **{column: value})

    def add_row(self, table: str, *cells: str) -> Project:
        """Add a row at the end of a table."""
        return self.change_rows(table, lambda rows: rows.append(list(cells)))

    def drop_row(self, table: str, row: int) -> Project:
        """Take a row out of a table."""
        return self.change_rows(table, lambda rows: rows.pop(row - 1))

    def exchange_rows(self, table: str, one: int, other: int) -> Project:
        """Exchange two rows of a table."""

        def change(rows: Rows) -> None:
            rows[one - 1], rows[other - 1] = rows[other - 1], rows[one - 1]

        return self.change_rows(table, change)

    def write_bytes(self, path: str, content: bytes) -> Project:
        """Write a file below the root."""
        (self.root / path).write_bytes(content)
        return self

    def swell(self, path: str, size: int) -> Project:
        """Make a file large with holes, which take no room on the disk."""
        os.truncate(self.root / path, size)
        return self

    def link(self, path: str, target: str) -> Project:
        """Put a symbolic link in place of a file or a folder."""
        if (self.root / path).is_dir():
            shutil.rmtree(self.root / path)
        (self.root / path).unlink(missing_ok=True)
        (self.root / path).symlink_to(target)
        return self

    def pipe(self, path: str) -> Project:
        """Put a FIFO in place of a file."""
        (self.root / path).unlink(missing_ok=True)
        os.mkfifo(self.root / path)
        return self

    def recode(self, path: str, encoding: str) -> Project:
        """Save a file in another encoding, as a spreadsheet program does."""
        text = (self.root / path).read_text(encoding="utf-8")
        return self.write_bytes(path, text.encode(encoding))

    def replace(self, path: str, old: str, new: str) -> Project:
        """Replace words of a file, each time that they occur."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        return self.write_bytes(path, text.replace(old, new).encode())

    def rename(self, old: str, new: str) -> Project:
        """Replace an id in every table of the bulletin and on every page."""
        files = [*self.root.glob("datapackages/test-001/data/*.csv"), *self.root.glob("docs/**/*.md")]
        for file in files:
            file.write_bytes(file.read_bytes().replace(old.encode(), new.encode()))
        return self

    def retell(self, old: str, new: str) -> Project:
        """Change the bulletin's text, keeping its length, and record the new hash."""
        assert len(old) == len(new)
        self.replace("sources/test-001.txt", old, new)
        return self.rehash()

    def rehash(self) -> Project:
        """Record the hash of the text as it is now."""
        digest = hashlib.sha256((self.root / "sources/test-001.txt").read_bytes()).hexdigest()
        return self.edit_json("test-001", "bulletin", "text_sha256", value=digest)

    def append(self, path: str, text: str) -> Project:
        """Add a line to a file."""
        content = (self.root / path).read_bytes()
        return self.write_bytes(path, content + text.encode() + b"\n")

    def edit_json(self, package: str, *keys: str | int, value: object = None) -> Project:
        """Set or add an entry of a descriptor, or remove it where no value is given."""
        file = self.root / "datapackages" / package / "datapackage.json"
        descriptor = json.loads(file.read_bytes())
        at: Any = descriptor
        for key in keys[:-1]:
            at = at[key]
        if value is None:
            del at[keys[-1]]
        elif isinstance(at, list) and keys[-1] == len(at):
            at.append(value)
        else:
            at[keys[-1]] = value
        text = json.dumps(descriptor, ensure_ascii=False, indent=2)
        file.write_text(text.replace("\ud800", "\\ud800"), encoding="utf-8")
        return self

    def rename_codes(self, old: str, new: str) -> Project:
        """Replace a code in every table."""
        for file in self.root.glob("datapackages/*/data/*.csv"):
            file.write_bytes(file.read_bytes().replace(old.encode(), new.encode()))
        return self.seal()

    def add_measure(self) -> Project:
        """Add a measure to which no figure belongs."""
        measure = ["test-001.m04", "2", "action", "river_office", "", "residents", "巡查", "Rounds"]
        return self.add_row("measures", *measure, "沿河巡查。", "Rounds along the rivers.").seal()

    def seal(self) -> Project:
        """Seal the ledger as it is now."""
        put_seals(load(self.root), ["test-001"])
        return self

    def release(self, day: str = "2026-11-22") -> Project:
        """Release the code lists and the bulletin."""
        release(self.root, ["codelists", "test-001"], date.fromisoformat(day))
        return self

    def correct(self, row: int, column: str, old: str, new: str, correction: str = "test-001.c02") -> Project:
        """Put a value into a cell of figures, with its entry in corrections, and seal the ledger."""
        self.edit_csv("figures", row, column, new)
        figure = self.csv("figures").read_text(encoding="utf-8").splitlines()[row - 1].partition(",")[0]
        self.add_row("corrections", correction, figure, "2026-12-01", column, old, new, "看错", "Misread")
        return self.seal()

    def withdraw(self, correction: str = "test-001.c02") -> Project:
        """Withdraw the last figure of the first section, on the pages too."""
        self.drop_row("figures", 9)
        self.edit_row("numerals", 14, kind="other", reason_zh="不再作为数据", reason_en="No figure any more")
        row = [
            correction,
            "test-001.1.08",
            "2026-12-01",
            "figure",
            "test-001.1.08",
            "",
            "撤回",
            "Withdrawn",
        ]
        self.add_row("corrections", *row)
        for page in self.root.glob("docs/*/bulletins/test-001/index.md"):
            text = page.read_text(encoding="utf-8")
            page.write_text(CITED.sub("", text), encoding="utf-8")
        return self.seal()

    def problems(self) -> list[Problem]:
        """Load and check the project, with the bulletin's text, and list what is wrong."""
        try:
            return check(load(self.root), pages(self.root), self.root / "sources").problems
        except DataError as error:
            return list(error.problems)

    def told(self) -> list[str]:
        """List what is wrong as the user reads it: first all of it in Chinese, then all of it in English."""
        problems = self.problems()
        return [problem.text(language) for language in LANGUAGES for problem in problems]


def copy_good(folder: Path) -> Project:
    """Copy the good project, with its source text, into a folder."""
    shutil.copytree(PACKAGES / "good", folder / "project")
    shutil.copytree(PACKAGES / "sources", folder / "project" / "sources")
    return Project(folder / "project")


def read_messages(file: Path) -> dict[str, list[str]]:
    """Read recorded messages: case -> lines; a case stands at the margin, its lines are indented."""
    blocks = [block.splitlines() for block in file.read_text(encoding="utf-8").split("\n\n")]
    return {block[0].strip(): [line.strip() for line in block[1:]] for block in blocks}
