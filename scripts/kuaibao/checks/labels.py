"""Takes a package and checks its labels, notes and descriptions: both languages, and no figure typed by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kuaibao.checks.tally import Tally
    from kuaibao.model import Package

HAN = re.compile("[\u3400-\u9fff]")
DIGIT = re.compile("[0-9０-９]")
TITLED = re.compile("《[^》]*》")
# Columns of prose; a label such as "Issue 11" is a name, prose is where a figure would be typed by hand.
PROSE = ("note", "description", "definition")
NOT_SPOKEN = {"singular", "plural"}


def check_labels(package: Package, tally: Tally) -> None:
    """Check each pair of columns name_zh, name_en in every table of the package."""
    for table, stem in _pairs(package):
        for index, row in enumerate(package.rows(table)):
            zh, en = row[f"{stem}_zh"], row[f"{stem}_en"]
            _check_pair(package, table, index, (f"{stem}_zh", zh), (f"{stem}_en", en), tally)
            for column, text in ((f"{stem}_zh", zh), (f"{stem}_en", en)):
                if stem in PROSE and package.name != "codelists":
                    ok = not DIGIT.search(TITLED.sub("", text))
                    tally.expect(ok, "label-digit", package.place(table, index, column), text)


def _pairs(package: Package) -> Iterator[tuple[str, str]]:
    for table, frame in package.tables.items():
        for column in frame.columns:
            stem = column.removesuffix("_zh")
            if stem != column and f"{stem}_en" in frame.columns:
                yield table, stem


def _check_pair(package: Package, table: str, index: int, zh: tuple[str, str], en: tuple[str, str], tally: Tally) -> None:
    for (column, text), (_, other) in ((zh, en), (en, zh)):
        tally.expect(bool(text) or not other, "label-pair", package.place(table, index, column), other)
    if zh[1]:
        tally.expect(bool(HAN.search(zh[1])) or zh[1] == "%", "label-chinese", package.place(table, index, zh[0]), zh[1])
    if en[1]:
        ok = not HAN.search(_untitled(en[1]))
        tally.expect(ok, "label-english", package.place(table, index, en[0]), en[1])


def _untitled(text: str) -> str:
    """Leave out titles of Chinese documents and quoted characters, which an English text may name."""
    return TITLED.sub("", re.sub(" in 万 or 亿", "", text))
