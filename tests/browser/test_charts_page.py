"""Charts in a browser: pictures saved from a server and from a disk, the map on every width and on paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from playwright.sync_api import expect

from built import site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Opened = Callable[..., Page]

MAP = "bulletins/yncg-090/map/"
languages = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])


def saved(page: Page, path: Path) -> bytes:
    """Save the first chart of a page as PNG."""
    with page.expect_download() as download:
        page.locator(".kb-chart__files button").first.click()
    download.value.save_as(path)
    return path.read_bytes()


@languages
def test_a_picture_is_saved_from_a_disk_as_from_a_server(
    opened: Opened, at_path: str, tmp_path: Path, prefix: str
) -> None:
    """The PNG of a chart is twice the width of its SVG, and the same bytes wherever the page was opened."""
    folders = (at_path + prefix, f"{(site() / prefix).as_uri()}/")
    pages = [
        f"{folder}bulletins/yncg-090/4/{name}"
        for folder, name in zip(folders, ("", "index.html"), strict=True)
    ]
    first, second = (saved(opened(page), tmp_path / str(place)) for place, page in enumerate(pages))
    assert first.startswith(b"\x89PNG")
    assert int.from_bytes(first[16:20], "big") == 1520
    assert first == second


@languages
@pytest.mark.parametrize(("width", "shown"), [(360, "tall"), (768, "tall"), (1280, "flow")])
def test_the_map_fits_every_screen(opened: Opened, at_path: str, prefix: str, width: int, shown: str) -> None:
    """Every diagram of the map shows one layout, and nothing runs over the page."""
    page = opened(f"{at_path}{prefix}{MAP}", viewport={"width": width, "height": 800})
    charts = page.locator("figure.kb-chart--flow")
    assert charts.count() == page.locator("h2.kb-map").count() + 1
    for kind in ("tall", "flow"):
        expect(charts.locator(f".kb-chart__{kind}:visible")).to_have_count(charts.count() * (kind == shown))
    assert page.evaluate("document.documentElement.scrollWidth") == width


@languages
def test_the_map_is_drawn_on_paper(opened: Opened, at_path: str, prefix: str) -> None:
    """The lines of the wide layout stand on paper."""
    page = opened(f"{at_path}{prefix}{MAP}")
    ties = page.locator(".kb-chart__tie").count()
    with pdfplumber.open(io.BytesIO(page.pdf(format="A4"))) as paper:
        drawn = sum(len(sheet.curves) for sheet in paper.pages)
    assert drawn >= ties > 100
