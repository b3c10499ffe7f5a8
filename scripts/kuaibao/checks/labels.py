"""Takes a package and checks labels, notes and descriptions: both languages, no figure typed by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kuaibao.checks.prose import typed
from kuaibao.checks.tally import lines
from kuaibao.errors import LANGUAGES, Place
from kuaibao.model import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kuaibao.checks.tally import Line, Tally
    from kuaibao.model import Package

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LATIN = re.compile("[A-Za-z]")
# What an English text may leave in Chinese: titles in 《》, and the units that English has no word for.
UNTRANSLATED = re.compile("《[^》]*》|(?<![\u3400-\u9fff])[万亿](?![\u3400-\u9fff])")
TITLED = re.compile("《[^》]*》")
# Columns that name what a row is about.
NAMES = ("label", "title")
DESCRIBED = ("title", "description")


def check_labels(package: Package, tally: Tally) -> None:
    """Check each pair of columns name_zh, name_en, and the descriptor's title and description.

    A reason may name a meeting or an issue by its number; all other words of the tables hold none.
    """
    for table in package.tables:
        for stem in _pairs(table):
            for line in lines(package, table, tally):
                _check_pair(line, stem)
        if table != "indicators":  # two may count the same thing in other units or ways
            _check_repeated(package, table, tally)
    for key in DESCRIBED:
        place, text = Place(f"{package.path}/datapackage.json"), package.descriptor.get(f"{key}_en", "")
        tally.expect(_is_english(str(text)), "label-english", place, str(text))
    if "numerals" in package.tables:
        _check_masthead(package, tally)


def _check_repeated(package: Package, table: str, tally: Tally) -> None:
    """Check that no two rows bear one name; terms of different lists may."""
    for column in [name for name in package.tables[table].columns if name[:-3] in NAMES]:
        seen: dict[tuple[str, str], int] = {}
        for line in lines(package, table, tally):
            name = line.row.get("list", ""), line.row[column]
            first = seen.setdefault(name, line.index)
            line.expect(not name[1] or first == line.index, "label-unique", column, first=str(first + 2))


def _check_masthead(package: Package, tally: Tally) -> None:
    """Check that numbers in the descriptor's texts stand in the masthead: issue, date, nothing else."""
    heads = [row["printed"] for row in package.rows("numerals") if row["section"] == "0"]
    known = {*re.findall(r"\d+", " ".join(heads)), *heads}
    place = Place(f"{package.path}/datapackage.json")
    for stem, source in (
        ("title", package.descriptor),
        ("description", package.descriptor),
        ("issue", package.bulletin),
    ):
        for language in LANGUAGES:
            key = f"{stem}_{language}" if stem == "issue" or language == "en" else stem
            text = str(source.get(key, ""))
            found = [word for _, word in typed(text, language, str)]
            strange = [
                w for w in found if w not in known and (language == "zh" or w[0].isdigit())
            ]  # "five hearts"
            tally.expect(not strange, "masthead-number", place, text, key=key, numbers=", ".join(strange))


def _pairs(table: str) -> Iterator[str]:
    names = [field["name"] for field in schema(table)["fields"]]
    for name in names:
        stem = name.removesuffix("_zh")
        if stem != name and f"{stem}_en" in names:
            yield stem


def _check_pair(line: Line, stem: str) -> None:
    zh, en = line.row[f"{stem}_zh"], line.row[f"{stem}_en"]
    if (
        not line.expect(bool(zh) == bool(en), "label-pair", f"{stem}_{'en' if zh else 'zh'}", value=zh or en)
        or not zh
    ):
        return
    line.expect(_is_chinese(zh), "label-chinese", f"{stem}_zh")
    line.expect(_is_english(en), "label-english", f"{stem}_en")
    for language in LANGUAGES if stem != "reason" else ():
        column = f"{stem}_{language}"
        line.expect(not typed(TITLED.sub("", line.row[column]), language, str), "label-digit", column)


def _is_chinese(text: str) -> bool:
    """Tell whether a text is Chinese; a symbol such as % belongs to every language."""
    return bool(HAN.search(text)) or not LATIN.search(text)


def _is_english(text: str) -> bool:
    return not HAN.search(UNTRANSLATED.sub("", text))
