"""The diagram of measures: who stands where, which lines join them, and what is said of it."""

from __future__ import annotations

from kuaibao.charts import Tie
from kuaibao.render.system import across, bands


def measure(section: str, acting: str, serves: str, partners: str = "") -> dict[str, str]:
    """Make a measure of a section."""
    return {"section": section, "acting": acting, "serves": serves, "partners": partners}


def section(number: str) -> dict[str, str]:
    """Make a section."""
    return {"section": number, "title_zh": f"第 {number} 部分", "title_en": f"Section {number}"}


def test_sections_without_measures_have_no_band() -> None:
    """A section stands in the diagram if and only if it has measures."""
    found = bands([section("0"), section("1")], [measure("1", "union", "workers")])
    assert [row["section"] for row, _ in found] == ["1"]


def test_a_partner_has_a_tie_of_its_own_kind() -> None:
    """Whoever helps stands beside whoever acts, tied to the measure in another way."""
    rows = [measure("1", "union", "workers", "school"), measure("1", "union", "workers public")]
    ((_, band),) = bands([section("1")], rows)
    assert (band.actors, band.served) == (["school", "union"], ["workers", "public"])
    assert band.before == [Tie("acts", 1, 0), Tie("helps", 0, 0), Tie("acts", 1, 1)]
    assert band.after == [Tie("serves", 0, 0), Tie("serves", 0, 1), Tie("serves", 1, 1)]


def test_organisations_stand_by_their_measures() -> None:
    """Whoever acts only in the last measure stands below whoever acts only in the first."""
    rows = [measure("1", "first both", "all"), measure("1", "both", "all"), measure("1", "both last", "all")]
    ((_, band),) = bands([section("1")], rows)
    assert band.actors == ["first", "both", "last"]


def test_across_sections_only_those_found_in_several() -> None:
    """Who acts in one section and helps in another is drawn across them, who acts in one alone is not."""
    rows = [measure("1", "union mill", "workers"), measure("2", "school", "workers", "union")]
    band = across(bands([section("1"), section("2")], rows))
    assert band is not None
    assert (band.actors, band.served) == (["union"], ["workers"])
    assert band.before == [Tie("acts", 0, 0), Tie("helps", 0, 1)]


def test_nobody_in_several_sections() -> None:
    """Where no organisation is found in several sections, nothing is drawn across them."""
    rows = [measure("1", "union", "workers"), measure("2", "school", "pupils")]
    assert across(bands([section("1"), section("2")], rows)) is None
