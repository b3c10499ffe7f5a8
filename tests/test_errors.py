"""Places, values and rules are said in plain Chinese and English."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from kuaibao.errors import LANGUAGES, DataError, Place, Problem, Rule, UsageError, column_letter, rules

GROUPS = {"files", "cells", "keys", "labels", "ledger", "figures", "relations", "source", "pages", "workbook"}
GROUPS |= {"releases"}
# Words of programmers that no message may need.
JARGON = re.compile(
    r"\b(exception|traceback|null|None|NaN|regex|parse|boolean|string|integer|dict|key error)\b"
)


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (Place("a/b.csv"), "a/b.csv", "a/b.csv"),
        (Place("b.csv", 12), "b.csv 第 12 行", "b.csv, row 12"),
        (Place("b.csv", 12, "value", 6), "b.csv 第 12 行 G 列（value）", "b.csv, row 12, column G (value)"),
        (Place("b.csv", 12, "value"), "b.csv 第 12 行 value", "b.csv, row 12, value"),
        (Place("zh/index.md", 3), "zh/index.md 第 3 行", "zh/index.md, line 3"),
    ],
)
def test_place(place: Place, zh: str, en: str) -> None:
    """A place names file, row or line, and the column by letter and name."""
    assert (place.text("zh"), place.text("en")) == (zh, en)


def test_column_letters() -> None:
    """Columns are lettered as a spreadsheet does."""
    assert [column_letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("36 条", "36 条"),
        (" a ", "␣a␣"),
        ("   ", "␣␣␣"),
        ("a\nb\tc", "a⏎b⇥c"),
        ("a\u200bb\x1b[31m", "a<U+200B>b<U+001B>[31m"),
        ("x" * 65, "x" * 64 + "…"),
        ("{0} {name}", "{0} {name}"),
    ],
)
def test_value(value: str, shown: str) -> None:
    """A value is shown so that nothing in it is invisible, and shortened where it is long."""
    problem = Problem("cell-blank", Place("b.csv", 2), value)
    assert problem.text("en").startswith(f'b.csv, row 2: "{shown}"; there are blanks')
    assert problem.text("zh").startswith(f"b.csv 第 2 行：“{shown}”，前后有空白")


def test_no_value() -> None:
    """Where there is no value, the expectation follows the place."""
    problem = Problem("csv-bom", Place("b.csv"))
    assert problem.text("en") == (
        "b.csv: the file begins with an invisible mark (BOM), which Excel and Notepad add. "
        "To mend it: open it in a text editor and save it as UTF-8, not as UTF-8 with BOM. [csv-bom]"
    )


def test_data_error() -> None:
    """A data error keeps its problems and reads as their messages."""
    problems = [Problem("csv-bom", Place("a.csv")), Problem("csv-bom", Place("b.csv"))]
    error = DataError(problems)
    assert error.problems == tuple(problems)
    assert str(error) == "\n".join(problem.text("zh") for problem in problems)


def test_usage_error() -> None:
    """A usage error holds its sentence in both languages."""
    assert UsageError("没有", "none").text == {"zh": "没有", "en": "none"}


@pytest.mark.parametrize("rule", rules().values(), ids=rules())
def test_rule(rule: Rule) -> None:
    """Each rule has a group and texts in both languages that fit into the sentence and name no jargon."""
    assert rule.group in GROUPS
    for texts in (rule.title, rule.expected, rule.remedy):
        for language in LANGUAGES:
            text = texts[language]
            assert text
            assert text == text.strip()
            assert text[-1] not in ".。"
            assert not JARGON.search(text)
        assert re.search(r"[\u4e00-\u9fff]|^\{", texts["zh"])
        assert not re.search("[\u4e00-\u9fff]", re.sub("《》|(?:2.7 )?亿元|3—5 个|数十", "", texts["en"]))


@pytest.mark.parametrize("rule", rules().values(), ids=rules())
def test_placeholders(rule: Rule) -> None:
    """Both languages fill in the same things, apart from what is worded in each."""
    for texts in (rule.expected, rule.remedy):
        zh, en = (
            {name for _, name, _, _ in Formatter().parse(texts[language]) if name} for language in LANGUAGES
        )
        assert {name.removesuffix("_zh") for name in zh} == {name.removesuffix("_en") for name in en}
