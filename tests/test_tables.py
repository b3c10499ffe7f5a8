"""The published figures: rows joined with labels, places, intervals and addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kuaibao.load import load
from kuaibao.tables import published_fields, published_figures

if TYPE_CHECKING:
    import pandas as pd

    from projects import Project

SITE = "https://rivers.example.org/"


@pytest.fixture
def published(project: Project) -> pd.DataFrame:
    """Give the published figures of the good project."""
    archive = load(project.root)
    return published_figures(archive.bulletins["test-001"], archive, SITE)


def test_columns(published: pd.DataFrame) -> None:
    """The columns are those described, each once and with both languages of its title and description."""
    fields = published_fields()
    names = [field["name"] for field in fields]
    assert list(published.columns) == names
    assert len(set(names)) == len(names)
    assert all(
        field[key] for field in fields for key in ("title", "title_en", "description", "description_en")
    )


def test_row(published: pd.DataFrame) -> None:
    """One row tells what, how much, where, when and from where, in both languages."""
    row = published.set_index("figure").loc["test-001.1.05"]
    expected = {
        "bulletin": "test-001",
        "issued": "2024-05-08",
        "indicator_zh": "志愿者人数",
        "indicator_en": "Volunteers",
        "area": "999901",
        "area_en": "Qinghe County",
        "value": "400",
        "value_min": "",
        "value_max": "400",
        "unit_zh": "人",
        "qualifier_en": "nearly",
        "printed": "近 400 名",
        "section_en": "Rivers",
        "measure_zh": "志愿巡河",
        "url_zh": f"{SITE}bulletins/test-001/data/#test-001.1.05",
        "url_en": f"{SITE}en/bulletins/test-001/data/#test-001.1.05",
    }
    assert {name: row[name] for name in expected} == expected


def test_cells_are_text(published: pd.DataFrame) -> None:
    """Every cell is text, a missing value is empty, and numbers carry neither exponent nor idle zeros."""
    assert all(isinstance(value, str) for value in published.to_numpy().ravel())
    assert list(published["value_min"])[6:10] == ["265000000", "3", "79.95", "92.45"]
    assert len(published) == 15
