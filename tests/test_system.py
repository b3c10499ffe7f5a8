"""The diagram of measures: who stands where, and which lines join them."""

from __future__ import annotations

from kuaibao.render.system import Link, bands


def measure(section: str, acting: str, serves: str, partners: str = "") -> dict[str, str]:
    """Make a measure of a section."""
    return {"section": section, "acting": acting, "serves": serves, "partners": partners}


def test_sections_without_measures_have_no_band() -> None:
    """A section stands in the diagram if and only if it has measures."""
    found = bands([{"section": "0"}, {"section": "1"}], [measure("1", "union", "workers")])
    assert [band.section["section"] for band in found] == ["1"]


def test_lines_meet_the_middle_of_rows() -> None:
    """Of two measures the first stands at a quarter of the height; a partner's line is of its own kind."""
    rows = [measure("1", "union", "workers", "school"), measure("1", "union", "workers public")]
    (band,) = bands([{"section": "1"}], rows)
    assert (band.actors, band.served) == (["school", "union"], ["workers", "public"])
    assert band.before == [Link("acts", "75", "25"), Link("helps", "25", "25"), Link("acts", "75", "75")]
    assert band.after == [Link("serves", "25", "25"), Link("serves", "75", "25"), Link("serves", "75", "75")]


def test_organisations_stand_by_their_measures() -> None:
    """Whoever acts only in the last measure stands below whoever acts only in the first."""
    rows = [measure("1", "first both", "all"), measure("1", "both", "all"), measure("1", "both last", "all")]
    (band,) = bands([{"section": "1"}], rows)
    assert band.actors == ["first", "both", "last"]
