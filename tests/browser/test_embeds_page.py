"""Embedded in a page of another origin: frames and pictures without a script, in dark mode, on any width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from axe import violations
from built import folder, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, FrameLocator, Page

    Opened = Callable[..., Page]

FIGURE = "yncg-090.4.01"
CHART = "embed/charts/indicator-industrial_workers/"
languages = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
BODY = """<!doctype html><html lang="en"><title>Elsewhere</title><style>body, body * {{ color: red }}</style>
<iframe src="{0}embed/yncg-090/#{1}" title="figure" width="360" height="500"></iframe>
<iframe src="{0}embed/yncg-090/#nothing" title="list" width="360" height="500"></iframe>
<iframe src="{0}{2}" title="chart" width="640" height="600"></iframe>
<img src="{0}embed/yncg-090/{1}.svg" alt="figure">
<img src="{0}embed/charts/indicator-industrial_workers.svg" alt="chart">
"""


@pytest.fixture
def embedding(chromium: Browser, at_root: str) -> Iterator[Callable[..., tuple[Page, list[str]]]]:
    """Give a function that opens a page of another origin, and what that page asked of which hosts."""
    elsewhere, contexts = folder(), []
    with served(elsewhere) as address:

        def visit(prefix: str, **options: object) -> tuple[Page, list[str]]:
            body = BODY.format(at_root + prefix, FIGURE, CHART)
            (elsewhere / "index.html").write_text(body, encoding="utf-8")
            context = chromium.new_context(java_script_enabled=False, **options)  # type: ignore[arg-type]
            contexts.append(context)
            page, asked = context.new_page(), list[str]()
            page.on("request", lambda request: asked.append(request.url))
            page.goto(f"{address}/")
            return page, [url for url in asked if not url.startswith(f"{address}/")]

        yield visit
        for context in contexts:
            context.close()


def frame(page: Page, title: str) -> FrameLocator:
    """Find a frame by its title."""
    return page.frame_locator(f'iframe[title="{title}"]')


@languages
def test_a_frame_shows_the_figure_that_its_address_names(
    embedding: Callable[..., tuple[Page, list[str]]], prefix: str
) -> None:
    """Without a script only that figure is seen; an address that names none shows the list of all."""
    page, _ = embedding(prefix)
    named, listed = frame(page, "figure"), frame(page, "list")
    expect(named.locator("article:visible")).to_have_count(1)
    expect(named.locator(f'[id="{FIGURE}"]')).to_be_visible()
    expect(named.locator(".kb-embedded__all")).to_be_hidden()
    expect(listed.locator("article:visible")).to_have_count(0)
    expect(listed.locator(".kb-embedded__all")).to_be_visible()
    for shown in (named, listed, frame(page, "chart")):
        expect(shown.locator("footer")).to_be_visible()


@languages
def test_a_frame_asks_its_own_host_for_few_small_files(
    embedding: Callable[..., tuple[Page, list[str]]], at_root: str, prefix: str
) -> None:
    """All requests go to the site: pages, pictures and style sheets, no script and no font."""
    _, asked = embedding(prefix)
    assert asked
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(at_root).netloc}
    kinds = {urlsplit(url).path.rpartition("/")[2].rpartition(".")[2] for url in asked}
    assert kinds == {"", "css", "svg"}


@languages
def test_a_picture_shows_on_another_origin(
    embedding: Callable[..., tuple[Page, list[str]]], prefix: str
) -> None:
    """The SVG of a figure and of a chart are drawn as pictures, at their own sizes."""
    page, _ = embedding(prefix)
    for name, width in (("figure", 440), ("chart", 760)):
        box = page.get_by_role("img", name=name, exact=True).bounding_box()
        assert box is not None
        assert box["width"] == width
        assert box["height"] > 150


def test_a_frame_has_its_own_look(embedding: Callable[..., tuple[Page, list[str]]]) -> None:
    """It follows the system between light and dark, whatever the page around it looks like."""
    found = []
    for scheme in ("light", "dark"):
        page, _ = embedding("", color_scheme=scheme)
        for title in ("figure", "chart"):
            expect(frame(page, title).locator("h1:visible")).not_to_have_css("color", "rgb(255, 0, 0)")
        body = frame(page, "chart").locator("body")
        expect(body).to_have_css(
            "background-color", "rgb(25, 22, 19)" if scheme == "dark" else "rgb(251, 248, 242)"
        )
        found.append(scheme)
    assert found == ["light", "dark"]


@languages
@pytest.mark.parametrize("width", [240, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_embedded_fits_and_is_accessible(
    opened: Opened, at_path: str, prefix: str, width: int, scheme: str
) -> None:
    """Nothing runs over from 240 px, and axe finds no fault, in a figure, in the list and in charts."""
    page = opened(
        f"{at_path}{prefix}embed/yncg-090/", viewport={"width": width, "height": 500}, color_scheme=scheme
    )
    for path in (CHART, "embed/yncg-090/", f"embed/yncg-090/#{FIGURE}"):
        page.goto(f"{at_path}{prefix}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


@languages
@pytest.mark.parametrize("width", [360, 640])
def test_frames_are_high_enough_for_every_figure(
    opened: Opened, at_path: str, prefix: str, width: int
) -> None:
    """At the height in the code to copy no card is cut, on a phone or wider."""
    page = opened(f"{at_path}{prefix}bulletins/yncg-090/data/")
    heights = page.eval_on_selector_all(
        ".kb-embed__page", "all => all.map(each => [each.hash.slice(1), Number(each.dataset.height)])"
    )
    page.set_viewport_size({"width": width, "height": 100})
    page.goto(f"{at_path}{prefix}embed/yncg-090/")
    assert [name for name, _ in heights] == page.eval_on_selector_all("article", "all => all.map(e => e.id)")
    cut = {}
    for name, height in heights:
        page.evaluate("name => { location.hash = name }", name)
        expect(page.locator(f"[id='{name}']")).to_be_visible()
        needed = page.evaluate("document.documentElement.scrollHeight")
        if needed > height:
            cut[name] = (needed, height)
    assert cut == {}


@languages
@pytest.mark.parametrize("width", [360, 1280])
def test_the_panel_gives_the_code(opened: Opened, at_path: str, prefix: str, width: int) -> None:
    """On a card and at a chart, by keyboard: code with title and public address, and buttons that copy.

    The title of a figure's frame names indicator and bulletin, and no value.
    """
    for path, within, title in (
        (f"bulletins/yncg-090/data/#{FIGURE}", f'[id="{FIGURE}"]', " · "),
        ("indicators/industrial_workers/", ".kb-chart", ""),
    ):
        page = opened(at_path + prefix + path, viewport={"width": width, "height": 800})
        panel = page.locator(f"{within} .kb-embed")
        panel.locator("summary").press("Enter")
        code = panel.locator(".kb-embed__code")
        expect(code).to_contain_text(f'<iframe src="https://kuaibao.example.org/{prefix}embed/')
        expect(code).to_contain_text(' loading="lazy"')
        named = (code.text_content() or "").partition('title="')[2].partition('"')[0]
        assert title in named
        assert not re.search(r"\d", named)
        page.evaluate(
            "document.execCommand = () => { window.copied = document.activeElement.value; return true }"
        )
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        for button, text in zip(
            panel.get_by_role("button").all(), (code, panel.locator(".kb-embed__address")), strict=True
        ):
            button.click()
            assert page.evaluate("window.copied") == text.text_content()
        assert page.evaluate("document.documentElement.scrollWidth") == width


@languages
def test_without_a_script_the_panel_leads_to_what_can_be_embedded(
    opened: Opened, at_path: str, prefix: str
) -> None:
    """Links to page and picture stand in the panel."""
    page = opened(f"{at_path}{prefix}bulletins/yncg-090/data/#{FIGURE}", java_script_enabled=False)
    panel = page.locator(f'[id="{FIGURE}"] .kb-embed')
    panel.locator("summary").click()
    expect(panel.get_by_role("link")).to_have_count(2)
    panel.get_by_role("link").first.click()
    expect(page).to_have_url(f"{at_path}{prefix}embed/yncg-090/#{FIGURE}")


@languages
def test_the_panel_works_in_a_card_over_another_page(opened: Opened, at_path: str, prefix: str) -> None:
    """The code in a card that opens over a page has the same public address."""
    page = opened(f"{at_path}{prefix}bulletins/yncg-090/4/", viewport={"width": 1280, "height": 800})
    page.locator(f'a.fig[href$="#{FIGURE}"]').first.click()
    panel = page.locator("#kb-inspector .kb-embed")
    panel.locator("summary").click()
    address = f"https://kuaibao.example.org/{prefix}embed/yncg-090/#{FIGURE}"
    expect(panel.locator(".kb-embed__code")).to_contain_text(f'src="{address}"')
    expect(panel.locator(".kb-embed__address")).to_have_text(address.replace("#", "") + ".svg")
