"""Takes a corrupted copy and tells who notices: the rules, the seal, the text, the release, Frictionless."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

import frictionless
import pandas as pd

from kuaibao.checks import check
from kuaibao.errors import DataError
from kuaibao.load import load
from kuaibao.model import BULLETIN, CODELISTS, Package, Version, schema
from kuaibao.versions import compare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.errors import Problem
    from mutation.copy import Copy

# Told by a comparison of hashes, by holding the ledger against the text, by the comparison of versions.
SEAL = {"ledger-sealed", "ledger-unsealed"}
TEXT = "source-"


class Verdict(NamedTuple):
    """Who noticed a corruption; `codes` are the rules that told it without text or seal.

    `frictionless` is None where it was not asked, for it takes longer than all rules.
    """

    rules: bool
    seal: bool
    text: bool
    release: bool
    frictionless: bool | None
    codes: tuple[str, ...] = ()

    @property
    def caught(self) -> bool:
        """Tell whether anything of the project's own noticed."""
        return self.rules or self.seal or self.text or self.release


class Bench:
    """A copy laid out in a folder of its own; files are changed there and put back.

    `sources` is the folder of the texts or None; a draft has no release to be compared with.
    """

    def __init__(self, root: Path, copy: Copy, sources: Path | None, *, is_released: bool) -> None:
        """Lay the copy out and note what is told of it as it is."""
        self.root, self.copy, self.sources, self.is_released = root, copy, sources, is_released
        for path, content in copy.files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(content)
        self.usual = {texts: self._told(texts) for texts in {None, sources}}

    def judge(self, changed: Copy, *, ask_frictionless: bool) -> Verdict:
        """Lay a corrupted copy out, and ask everyone."""
        paths = changed.changed(self.copy)
        try:
            for path in paths:
                (self.root / path).write_bytes(changed.files[path])
            verdict = self._judge(changed)
            found = any(_frictionless(self.root, path) for path in paths) if ask_frictionless else None
            return verdict._replace(frictionless=found)
        finally:
            for path in paths:
                (self.root / path).write_bytes(self.copy.files[path])

    def _judge(self, changed: Copy) -> Verdict:
        told = self._new(self.sources)
        text = {code for code in told if code.startswith(TEXT)}
        if text and text == told:  # a seal is not looked at where the text has told
            told |= self._new(None)
        rules = tuple(sorted(code for code in told if not code.startswith(TEXT) and code not in SEAL))
        return Verdict(
            rules=bool(rules),
            seal=bool(told & SEAL),
            text=bool(text),
            release=self.is_released and _is_pending(self.copy, changed),
            frictionless=None,
            codes=rules,
        )

    def _new(self, sources: Path | None) -> set[str]:
        return {code for code, _ in (self._told(sources) - self.usual[sources])}

    def _told(self, sources: Path | None) -> Counter[tuple[str, str]]:
        try:
            with patch("kuaibao.checks.check_frictionless"):  # asked by itself
                problems: list[Problem] = check(load(self.root), {}, sources).problems
        except DataError as error:
            problems = list(error.problems)
        return Counter((problem.code, problem.text("en")) for problem in problems)


def package_of(copy: Copy) -> Package:
    """Give the bulletin's package of a copy without any file."""
    tables = {}
    for table in BULLETIN:
        header, *rows = copy.rows(table)
        tables[table] = pd.DataFrame(rows, columns=header, dtype="str")
    name = copy.bulletin
    return Package(
        name=name,
        folder=Path(name),
        path=f"datapackages/{name}",
        descriptor=copy.descriptor(name),
        tables=tables,
    )


def _is_pending(before: Copy, after: Copy) -> bool:
    """Tell whether a build would be held up, for the package is not the one that was released."""
    for package, tables in ((before.bulletin, BULLETIN), ("codelists", CODELISTS)):
        try:
            if compare(_version(before, package, tables), _version(after, package, tables)):
                return True
        except (ValueError, KeyError, TypeError, IndexError):
            return True  # it does not open
    return False


def _version(copy: Copy, package: str, tables: tuple[str, ...]) -> Version:
    rows = {table: _dictionaries(copy.rows(table)) for table in tables}
    return Version(copy.descriptor(package), rows, {})


def _dictionaries(rows: list[list[str]]) -> list[dict[str, str]]:
    header, *others = rows
    return [dict(zip(header, row, strict=True)) for row in others]


def _frictionless(root: Path, path: str) -> bool:
    """Tell whether Frictionless finds a fault in a file, with the tables that it names and that name it."""
    folder = root.joinpath(*Path(path).parts[:2])
    try:
        descriptor = json.loads((folder / "datapackage.json").read_bytes())
        if path.endswith(".csv"):
            near = _near(Path(path).stem)
            descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] in near]
            for each in descriptor["resources"]:
                keys = each["schema"].get("foreignKeys", [])
                each["schema"]["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in near]
        return not frictionless.Package.from_descriptor(descriptor, basepath=str(folder)).validate().valid
    except (frictionless.FrictionlessException, ValueError, KeyError):
        return True


def _near(table: str) -> set[str]:
    """Name the tables joined to one by keys, and itself."""
    links: Mapping[str, set[str]] = {
        name: {key["reference"]["resource"] for key in schema(name).get("foreignKeys", ())}
        for name in (*BULLETIN, *CODELISTS)
    }
    return {table} | links[table] | {name for name, others in links.items() if table in others}
