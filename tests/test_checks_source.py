"""Where the text is at hand, every place in it is verified, and no sentence is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from projects import Project

STATED = "单位：条、公里"
TITLE = "整治河道（条）"


def with_table(p: Project, unit: str, above: str = STATED, header: str = "整治河道") -> Project:
    """Put a table with a bare number behind the text, and the number into ledger, figures and pages."""
    text = (p.root / "sources/test-001.txt").read_text(encoding="utf-8")
    table = f"{above}\n河段\t{header}\n上游\t8\n"
    at, end = len(text) + table.index("8"), len(text) + len(table)
    p.replace("sources/test-001.txt", text, text + table).rehash().edit_csv("sections", 4, "end", str(end))
    p.edit_json("test-001", "bulletin", "text_characters", value=end)
    place = (str(at), str(at + 1), "8", unit)
    p.add_row("numerals", "test-001.n024", "2", "5", *place, "figure", "", "")
    said = ("rivers", "999901", "", "unstated", "8", "", "river", "exact", "test-001.m03", "", "")
    p.add_row("figures", "test-001.2.08", "test-001.n024", *said)
    for language in ("zh", "en"):
        p.append(f"docs/{language}/bulletins/test-001/index.md", '\n{{ fig("test-001.2.08") }}\n')
    return p


def in_prefecture(p: Project) -> Project:
    """Make the bulletin one of the whole prefecture, with a county that its text does not name."""
    p.edit_json("test-001", "bulletin", "area", value="999900")
    return p.add_row("areas", "999903", "county", "999900", "", "", "白石县", "Baishi County")


BROKEN: dict[str, Callable[[Project], object]] = {
    "unit_of_the_header_left_out": lambda p: with_table(p, "", header=TITLE).edit_row(
        "figures", 17, note_zh="单位依表头。", note_en="The unit is that of the header."
    ),
    "one_of_several_units_left_out": lambda p: with_table(p, "").edit_row(
        "figures", 17, note_zh="单位依表头。", note_en="The unit is that of the header."
    ),
    "multiplier_in_the_header": lambda p: with_table(p, "万条").edit_csv("figures", 17, "value", "80000"),
    "multiplier_nowhere_in_print": lambda p: with_table(p, "万条", above="统计表").edit_csv(
        "figures", 17, "value", "80000"
    ),
    "area_not_named": lambda p: in_prefecture(p).edit_csv("figures", 6, "area", "999903"),
    "section_within_a_line": lambda p: p.edit_csv("sections", 3, "end", "166").edit_csv(
        "sections", 4, "start", "166"
    ),
    "text_missing": lambda p: (p.root / "sources/test-001.txt").unlink(),
    "text_changed": lambda p: p.append("sources/test-001.txt", "。"),
    "windows_line_endings": lambda p: p.replace("sources/test-001.txt", "\n", "\r\n"),
    "encoding": lambda p: p.recode("sources/test-001.txt", "gb18030").rehash(),
    "offset": lambda p: p.edit_row("numerals", 8, start="90", end="94"),
    "last_section": lambda p: p.edit_csv("sections", 4, "end", "266").edit_json(
        "test-001", "bulletin", "text_characters", value=266
    ),
    "paragraph": lambda p: p.edit_csv("numerals", 8, "paragraph", "2"),
    "date_called_a_name": lambda p: p.edit_csv("numerals", 2, "kind", "name"),
    "enumerator_called_an_ordinal": lambda p: p.edit_csv("numerals", 6, "kind", "ordinal"),
    "numeral_missing": lambda p: p.drop_row("numerals", 5),
    "hedge_left_out": lambda p: p.edit_row("numerals", 11, start="114", printed="400 名").edit_csv(
        "figures", 6, "qualifier", "exact"
    ),
    "digit_left_out": lambda p: p.edit_row("numerals", 7, start="79", printed="2 个").edit_csv(
        "figures", 2, "value", "2"
    ),
    "sentence_in_a_description": lambda p: p.edit_csv(
        "measures", 2, "description_zh", "口号是清水入湖：青禾县整治小河道一、治河全县。"
    ),
    "sentence_in_a_page": lambda p: p.append(
        "docs/zh/index.md", "水质达标率提高了，水清入湖：青禾县整治小河道一、治河全县。"
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_problem(case: str, project: Project, messages: dict[str, list[str]]) -> None:
    """Each way of breaking the good project gives exactly the messages recorded for it."""
    BROKEN[case](project)
    assert project.told() == messages[case]


@pytest.mark.parametrize(
    ("unit", "above", "header"),
    [("条", STATED, "整治河道"), ("条", "统计表", TITLE), ("条", "各河条数", "数")],
)
def test_units_of_headers(unit: str, above: str, header: str, project: Project) -> None:
    """A unit that is one of several stated, that of the header, or that stands above the table is right."""
    told = with_table(project, unit, above, header).problems()
    assert [problem.code for problem in told] == ["ledger-sealed"]  # the table is new to it
