"""English is proposed only where every part of a label is known, and then as a phrase."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from kuaibao.draft.english import english, heading, office, topic

ROLES = {"noun", "modifier", "verb", "before", "heading", "and", "body"}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("走访企业", "Enterprises visited"),
        ("新建企业工会", "New enterprise trade unions"),
        ("市级职工创新工作室", "Municipal-level employee innovation studios"),
        ("地区生产总值增长率", "Growth of gross regional product"),
        (
            "民生支出占一般公共预算支出比重",
            "Spending on public well-being as a share of general public budget expenditure",
        ),
        ("追回工资的农民工", "Migrant workers with wages recovered"),
        ("参加失业保险", "People covered by unemployment insurance"),
        ("市场主体总数", "Total number of market entities"),
        ("青石镇会员", ""),
        ("命名青石工匠", ""),
        ("幼儿园小学", ""),  # a noun that has no form before another
        ("举办", ""),
        ("", ""),
    ],
)
def test_labels(label: str, expected: str) -> None:
    """A label is put together from modifiers, noun and verb; '' where a part is unknown."""
    assert english(label) == expected


def test_headings() -> None:
    """A heading may join two fields."""
    assert [heading(each) for each in ("工业和投资", "下一步工作", "职工有了娘家")] == [
        "Industry and investment",
        "Next steps",
        "",
    ]


def test_offices() -> None:
    """An office is that of a body of a place that the code list has."""
    places = {"龙陵县": "Longling County", "保山市": "Baoshan City"}
    found = [office(each, places) for each in ("龙陵县总工会办公室", "保山市统计局", "青石县总工会")]
    assert found == [
        "Office of the Longling County Federation of Trade Unions",
        "Baoshan Municipal Bureau of Statistics",
        "",
    ]


def test_topics() -> None:
    """Terms that agree give the topic."""
    assert [topic(each) for each in ("培训职工", "追回工资", "会员", "表彰农民工")] == [
        "skills",
        "rights",
        "",
        "",
    ]


def test_the_glossary_is_well_formed() -> None:
    """Every term stands once, has a role, and English without Chinese; topics are those of the code list."""
    with (files("kuaibao.draft") / "glossary.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len({row["zh"] for row in rows}) == len(rows)
    assert {row["role"] for row in rows} <= ROLES
    assert all((row["en"] + row["attribute"]).replace("’", "").isascii() for row in rows)
    assert {row["topic"] for row in rows} <= {"", "skills", "rights", "honours", "governance"}
