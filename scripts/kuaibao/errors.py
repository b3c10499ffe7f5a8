"""What can go wrong, as one hierarchy, and how it is said in Chinese or English.

KuaibaoError
├── UsageError   wrong usage or unreadable input (exit code 2)
└── DataError    the data or the pages have problems (exit code 1)
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class KuaibaoError(Exception):
    """Any error that the command line shows as a message, without a stack trace."""


class UsageError(KuaibaoError):
    """Wrong usage or unreadable input; `zh` and `en` hold the sentence."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the sentence in both languages."""
        super().__init__(zh)
        self.text: dict[Language, str] = {"zh": zh, "en": en}


class DataError(KuaibaoError):
    """The data or the pages have problems; `problems` lists all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems in the order in which they were found."""
        super().__init__("\n".join(problem.text("zh") for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a file below the root, with row and column as a spreadsheet counts them.

    `row` is 1 for the header of a CSV, or the line of another file; `position` is the column's
    place in the table, from 0; None where the place is the whole file or the whole row.
    `sheet` names the sheet of a workbook.
    """

    path: str
    row: int | None = None
    column: str | None = None
    position: int | None = None
    sheet: str | None = None

    def text(self, language: Language) -> str:
        """Say the place: 'figures.csv, row 12, column G (value)', 'a.xlsx, sheet "figures", cell G12'."""
        parts = [visible(self.path), *self._sheet(language), *self._within(language)]
        return " ".join(parts) if language == "zh" else ", ".join(parts)

    def _sheet(self, language: Language) -> list[str]:
        if self.sheet is None:
            return []
        return [f"工作表“{self.sheet}”" if language == "zh" else f'sheet "{self.sheet}"']

    def _within(self, language: Language) -> list[str]:
        if self.sheet is None or self.row is None or self.position is None:
            return [*self._row(language), *self._column(language)]
        address = f"{column_letter(self.position)}{self.row}"
        return [f"单元格 {address}" if language == "zh" else f"cell {address}"]

    def _row(self, language: Language) -> list[str]:
        if self.row is None:
            return []
        noun = "row" if self.sheet is not None or self.path.endswith(".csv") else "line"
        return [f"第 {self.row} 行" if language == "zh" else f"{noun} {self.row}"]

    def _column(self, language: Language) -> list[str]:
        if self.column is None:
            return []
        if self.position is None:
            return [self.column]
        letter = column_letter(self.position)
        return [f"{letter} 列（{self.column}）" if language == "zh" else f"column {letter} ({self.column})"]


def column_letter(position: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of `check`: stable code, group, and its texts with {placeholders}, in both languages."""

    code: str
    group: str
    title: Mapping[Language, str]
    expected: Mapping[Language, str]
    remedy: Mapping[Language, str]


@cache
def rules() -> Mapping[str, Rule]:
    """Read the catalogue of rules, in its order."""
    with (files("kuaibao") / "rules.csv").open(encoding="utf-8") as file:
        return {row["code"]: _rule(row) for row in csv.DictReader(file)}


def _rule(row: dict[str, str]) -> Rule:
    def both(name: str) -> dict[Language, str]:
        return {"zh": row[f"{name}_zh"], "en": row[f"{name}_en"]}

    return Rule(row["code"], row["group"], both("title"), both("expected"), both("remedy"))


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule: where, which value, and what fills the rule's placeholders."""

    code: str
    place: Place
    value: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """Say place, value, expectation, remedy and code in one line."""
        rule = rules()[self.code]
        expected = rule.expected[language].format_map(self.params)
        remedy = rule.remedy[language].format_map(self.params)
        place, value = self.place.text(language), _shown(self.value, language)
        if language == "zh":
            return f"{place}：{value}{expected}。改法：{remedy}。[{self.code}]"
        return f"{place}: {value}{expected}. To mend it: {remedy}. [{self.code}]"


LONGEST_VALUE = 64  # a SHA-256 in full
SEEN = {"\n": "⏎", "\r": "⏎", "\t": "⇥"}


def _shown(value: str, language: Language) -> str:
    if not value:
        return ""
    short = value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…"
    return f"“{visible(short)}”，" if language == "zh" else f'"{visible(short)}"; '


def visible(text: str) -> str:
    """Show what no one could see: blanks at the ends, line breaks, control and format characters."""
    inner = text.strip()
    before, _, after = text.partition(inner) if inner else (text, "", "")
    marked = "␣" * len(before) + inner + "␣" * len(after)
    return "".join(SEEN.get(c, f"<U+{ord(c):04X}>" if _hidden(c) else c) for c in marked)


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
