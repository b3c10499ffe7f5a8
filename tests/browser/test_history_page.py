"""A project with four releases, built for real: histories on cards, the page of versions, feeds."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from axe import violations
from built import kuaibao, parse, served, small
from projects import Project
from released import CORRECTED, WITHDRAWN, with_past

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    Opened = Callable[..., Page]

languages = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
PAGES = ("bulletins/test-001/versions/", "bulletins/test-001/data/", "data/codelists/versions/")


@cache
def built() -> Path:
    """Build the project with a past."""
    root = with_past(Project(small())).root
    done = kuaibao("build", root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve its site; gives the address with a slash at the end."""
    with served(built()) as found:
        yield f"{found}/"


@languages
def test_pages_fit_a_phone_and_are_accessible(opened: Opened, address: str, prefix: str) -> None:
    """No page is wider than a narrow phone, and axe finds nothing, with every difference unfolded."""
    for path in PAGES:
        page = opened(address + prefix + path, viewport={"width": 360, "height": 740})
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert violations(page) == [], path


@languages
def test_every_file_of_every_version_is_there(prefix: str) -> None:
    """Each link to a frozen file leads to a file of the site, and each frozen file is linked."""
    found = set()
    for path in (PAGES[0], PAGES[2]):
        folder = built() / prefix / path
        hrefs = [
            e.attributes.get("href", "") for e in parse((folder / "index.html").read_text("utf-8")).all("a")
        ]
        found |= {(folder / href).resolve() for href in hrefs if "downloads/" in href}
    kept = {path.resolve() for path in (built() / "downloads").glob("*/*.*.*/**/*") if path.is_file()}
    assert found == kept


@languages
def test_card_over_a_page_tells_its_history(opened: Opened, address: str, prefix: str) -> None:
    """The card of a corrected figure, opened where it is told, leads to the version of the correction."""
    page = opened(f"{address}{prefix}bulletins/test-001/")
    page.locator(f'a.fig[href$="#{CORRECTED}"]').first.click()
    history = page.locator("#kb-inspector .kb-history")
    expect(history).to_be_visible()
    said = {"": "近 300 人 → 近 400 人", "en/": "nearly 300 people → nearly 400 people"}[prefix]
    expect(history).to_contain_text(said)
    history.get_by_role("link").first.click()
    expect(page).to_have_url(f"{address}{prefix}bulletins/test-001/versions/#v1.0.1")


@languages
def test_a_withdrawn_figure_is_found_at_its_address(opened: Opened, address: str, prefix: str) -> None:
    """The permanent address of a withdrawn figure leads to its card, in which its value is struck."""
    page = opened(f"{address}{prefix}bulletins/test-001/data/#{WITHDRAWN}")
    card = page.locator(f"[id='{WITHDRAWN}']")
    expect(card).to_be_in_viewport()
    struck = card.locator("del").first.evaluate("each => getComputedStyle(each).textDecorationLine")
    assert struck == "line-through"


@languages
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [240, 360, 640])
def test_frames_tell_what_was_corrected_or_withdrawn(
    opened: Opened, address: str, prefix: str, width: int, scheme: str
) -> None:
    """The card of either shows at its address, fits, is accessible, and the value withdrawn is struck."""
    frame = f"{address}{prefix}embed/test-001/"
    page = opened(frame, viewport={"width": width, "height": 600}, color_scheme=scheme)
    for name in (CORRECTED, WITHDRAWN):
        page.goto(f"{frame}#{name}")
        expect(page.locator("article:visible")).to_have_attribute("id", name)
        expect(page.locator(".kb-embedded__all")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
    struck = page.locator("article:visible del").evaluate("each => getComputedStyle(each).textDecorationLine")
    assert struck == "line-through"


@languages
def test_the_mark_of_a_correction_is_at_the_value(opened: Opened, address: str, prefix: str) -> None:
    """A phone shows it with the value, on the page and in the card over another; it leads to the history."""
    phone = {"width": 360, "height": 740}
    page = opened(f"{address}{prefix}bulletins/test-001/data/#{CORRECTED}", viewport=phone)
    mark = page.locator(f"[id='{CORRECTED}'] .kb-figure__value a")
    expect(mark).to_be_in_viewport()
    mark.click()
    expect(page.locator(f"[id='{CORRECTED}-history']")).to_be_in_viewport()
    page = opened(f"{address}{prefix}bulletins/test-001/", viewport=phone)
    page.locator(f'a.fig[href$="#{CORRECTED}"]').first.click()
    expect(page.locator("#kb-inspector .kb-figure__value a")).to_be_in_viewport()


def test_every_page_names_the_feed_of_its_language() -> None:
    """The head and the footer of each page lead to the feed in the language of the page."""
    for path in sorted(built().rglob("*.html")):
        page = parse(path.read_text(encoding="utf-8"))
        where = path.relative_to(built()).as_posix()
        if where.startswith(("embed/", "en/embed/")):
            continue
        feeds = [e for e in page.all("link") if e.attributes.get("type") == "application/atom+xml"]
        links = [
            e.attributes["href"] for e in page.all("a") if e.attributes.get("href", "").endswith("feed.xml")
        ]
        assert len(feeds) == 1, where
        assert feeds[0].attributes["href"] in links, where
        if not where.endswith("404.html"):
            target = (path.parent / feeds[0].attributes["href"]).resolve()
            assert target == built().resolve() / ("en" if where.startswith("en/") else ".") / "feed.xml"
            assert re.search("<entry>", target.read_text(encoding="utf-8"))
