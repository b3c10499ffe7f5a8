"""A descriptor that does not say what it must is told entry by entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project

BROKEN: dict[str, Callable[[Project], object]] = {
    "name": lambda p: p.edit_json("test-001", "name", value="test-002"),
    "profile": lambda p: p.edit_json("test-001", "$schema"),
    "title_turned": lambda p: p.edit_json("test-001", "title_en", value="River \u202eskrow of the county"),
    "key_leftward": lambda p: p.edit_json("test-001", "x\u05d0", value=["a"]),
    "half_character": lambda p: p.edit_json("test-001", "keywords", value=["a", "\ud800"]),
    "title_missing": lambda p: p.edit_json("test-001", "title_en"),
    "title_todo": lambda p: p.edit_json("test-001", "title", value="待办"),
    "date_todo": lambda p: p.edit_json("test-001", "bulletin", "date", value="todo"),
    "source_todo": lambda p: p.edit_json("test-001", "sources", 0, "title", value="待办：期号"),
    "title_blank": lambda p: p.edit_json("test-001", "title", value=" "),
    "description_short": lambda p: p.edit_json("test-001", "description", value="字" * 49),
    "description_short_in_english": lambda p: p.edit_json("codelists", "description_en", value=" x" * 25),
    "title_no_text": lambda p: p.edit_json("test-001", "title", value=["x"]),
    "licence_missing": lambda p: p.edit_json("test-001", "licenses"),
    "licence_without_path": lambda p: p.edit_json("test-001", "licenses", 0, "path"),
    "sources_empty": lambda p: p.edit_json("codelists", "sources", value=[]),
    "created": lambda p: p.edit_json("test-001", "created", value="2024-07-32T00:00:00Z"),
    "path_outside": lambda p: p.edit_json("test-001", "resources", 0, "path", value="../x.csv"),
    "encoding": lambda p: p.edit_json("codelists", "resources", 2, "encoding", value="gbk"),
    "schema_changed": lambda p: p.edit_json(
        "test-001", "resources", 0, "schema", "fields", 6, "type", value="string"
    ),
    "table_missing": lambda p: p.edit_json("test-001", "resources", 1),
    "table_unknown": lambda p: p.edit_json("test-001", "resources", 6, value={"name": "numbers"}),
    "resource_no_object": lambda p: p.edit_json("test-001", "resources", 5, value=[["corrections"]]),
    "resource_name_no_text": lambda p: p.edit_json(
        "test-001", "resources", 5, "name", value={"corrections": 1}
    ),
    "resources_no_list": lambda p: p.edit_json("test-001", "resources", value={}),
    "bulletin_missing": lambda p: p.edit_json("test-001", "bulletin"),
    "bulletin_text_missing": lambda p: p.edit_json("test-001", "bulletin", "short_en"),
    "date_in_another_form": lambda p: p.edit_json("test-001", "bulletin", "date", value="20240508"),
    "date_of_no_calendar": lambda p: p.edit_json("test-001", "bulletin", "date", value="2024-02-30"),
    "hash": lambda p: p.edit_json("test-001", "bulletin", "text_sha256"),
    "issuer_unknown": lambda p: p.edit_json("test-001", "bulletin", "issuer", value="lake_office"),
    "area_no_text": lambda p: p.edit_json("test-001", "bulletin", "area", value=[999901]),
    "package_name": lambda p: p.root.joinpath("datapackages/test-001").rename(
        p.root / "datapackages/2024-03"
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]


@pytest.mark.parametrize("text", ["字" * 50, "x" * 50])
def test_fifty_characters_will_do(text: str, project: Project) -> None:
    """A Chinese character counts as one, like a letter."""
    project.edit_json("test-001", "description", value=text)
    assert project.told() == []
