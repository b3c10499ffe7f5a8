"""The card that opens over a page: by hover, key or tap, in view, closed as it came, with texts to copy."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from axe import violations
from built import PAGE_TYPES, site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Locator, Page, Route

    Opened = Callable[..., Page]

PREFIXES = {"zh": "", "en": "en/"}
languages = pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES.keys())
FIGURE, RELATION = "yncg-090.4.01", "yncg-090.r06"
DATA = "bulletins/yncg-090/data/"
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def card(page: Page) -> Locator:
    """Find the card over a page."""
    return page.locator("#kb-inspector")


def cited(page: Page, name: str = FIGURE) -> Locator:
    """Find the first link to a figure on a page."""
    return page.locator(f'article a.fig[href$="#{name}"]').first


def bounds(found: Locator) -> Mapping[str, float]:
    """Give the place and size of an element in the window."""
    box = found.bounding_box()
    assert box
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def text(found: Locator) -> str:
    """Give the text of an element without its blanks."""
    return re.sub(r"\s+", " ", found.inner_text()).strip()


# --- what it holds


@languages
def test_cards_to_load_are_those_of_the_permanent_addresses(prefix: str) -> None:
    """Every card of the data page, and no other text, is in the scripts, at most ten a script."""
    folder = site() / prefix / DATA
    page = (folder / "index.html").read_text(encoding="utf-8")
    scripts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("cards-*.js"))]
    shards = [json.loads(f"[{script.removeprefix('kuaibaoCards(')[:-3]}]")[0] for script in scripts]
    cards = {name: html for shard in shards for name, html in shard.items()}
    own = re.findall(r'<article class="kb-card[^>]+ id="([^"]+)"[^>]*>\n(.+?)</article>', page, re.DOTALL)
    assert {name: html.split() for name, html in cards.items()} == {name: html.split() for name, html in own}
    assert max(map(len, shards)) <= 10


def test_script_is_small() -> None:
    """The script weighs less than 6 kB on its way, a script of cards less than 8 kB."""
    script = site() / "assets" / "javascripts" / "inspector.js"
    assert len(gzip.compress(script.read_bytes())) < 6_000
    assert max(len(gzip.compress(path.read_bytes())) for path in (site() / DATA).glob("cards-*.js")) < 8_000


@languages
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("", FIGURE),
        ("", RELATION),
        ("bulletins/yncg-090/3/", "yncg-090.3.01"),
        ("indicators/industrial_workers/", "yncg-090.5.09"),
    ],
)
def test_card_says_what_the_permanent_card_says(
    opened: Opened, at_path: str, prefix: str, path: str, name: str
) -> None:
    """From text, table and chart opens the card of the permanent address, and its links lead to the same."""
    page = opened(at_path + prefix + path)
    cited(page, name).hover()
    expect(card(page)).to_be_visible()
    links = "box => [...box.querySelectorAll('dl a, h3 a')].map(a => a.href)"
    over = text(card(page).locator("dl")), card(page).evaluate(links)
    page.goto(f"{at_path}{prefix}{DATA}#{name}")
    own = page.locator(f'[id="{name}"]')
    assert over == (text(own.locator("dl")), own.evaluate(links))


# --- hover


@languages
def test_hover_opens_stays_and_closes(opened: Opened, at_path: str, prefix: str) -> None:
    """The card opens under a resting pointer, stays while the pointer is on it, and goes when it leaves."""
    page = opened(at_path + prefix)
    link = cited(page)
    link.hover()
    expect(card(page)).to_be_visible()
    assert link.get_attribute("aria-expanded") == "true"
    card(page).locator("dl").hover()
    page.wait_for_timeout(500)
    expect(card(page)).to_be_visible()
    page.mouse.move(5, 5)
    expect(card(page)).to_be_hidden()
    assert link.get_attribute("aria-expanded") is None
    assert page.evaluate("document.activeElement === document.body")


def test_passing_over_a_figure_opens_nothing(opened: Opened, at_path: str) -> None:
    """A pointer on its way elsewhere opens no card."""
    page = opened(at_path)
    cited(page).hover()
    page.mouse.move(5, 5)
    page.wait_for_timeout(600)
    expect(card(page)).to_be_hidden()


def test_escape_waves_a_hovered_card_away(opened: Opened, at_path: str) -> None:
    """Escape closes the card without moving the pointer, and it stays away while the pointer rests."""
    page = opened(at_path)
    cited(page).hover()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    page.wait_for_timeout(500)
    expect(card(page)).to_be_hidden()


def test_click_pins_the_card(opened: Opened, at_path: str) -> None:
    """A click opens the card at once and keeps it open until it is closed; its button leads on."""
    page = opened(at_path)
    link = cited(page)
    for quick in (False, True):
        if not quick:
            link.hover()
            expect(card(page)).to_be_visible()
        link.click()
        expect(card(page)).to_be_focused()
        expect(link).to_have_attribute("aria-expanded", "true")
        page.mouse.move(5, 5)
        page.wait_for_timeout(500)
        expect(card(page)).to_be_visible()
        expect(page).to_have_url(at_path)
        page.keyboard.press("Escape")
        expect(card(page)).to_be_hidden()
        expect(link).to_be_focused()
    link.click()
    expect(card(page)).to_be_focused()
    page.mouse.click(5, 5)
    expect(card(page)).to_be_hidden()
    link.click()
    card(page).locator("a.kb-btn--main").click()
    expect(page).to_have_url(f"{at_path}{DATA}#{FIGURE}")


def test_click_in_a_chart_pins_the_card(opened: Opened, at_path: str) -> None:
    """A figure in a chart opens its card as one in the text does."""
    page = opened(f"{at_path}bulletins/yncg-090/3/")
    page.locator(".kb-chart a.fig:visible").first.click()
    expect(card(page)).to_be_focused()
    expect(page).to_have_url(f"{at_path}bulletins/yncg-090/3/")


def test_click_is_not_lost_while_a_card_loads(opened: Opened, at_path: str) -> None:
    """The card of a figure that was clicked opens though the pointer has gone on."""
    page = opened(at_path)
    held: list[Route] = []
    page.route("**/cards-*.js", lambda route: held.append(route))  # noqa: PLW0108  # playwright marks it
    cited(page).click()
    page.mouse.move(5, 5)
    page.wait_for_timeout(200)
    for route in held:
        route.continue_()
    expect(card(page)).to_be_focused()


def test_modified_clicks_follow_the_link(opened: Opened, at_path: str) -> None:
    """With Ctrl or the middle button the data row opens beside, as with any link."""
    page = opened(at_path)
    for options in ({"modifiers": ["ControlOrMeta"]}, {"button": "middle"}):
        with page.context.expect_page() as beside:
            cited(page).click(**options)  # type: ignore[arg-type]
        beside.value.wait_for_url(f"{at_path}{DATA}#{FIGURE}")
        expect(page).to_have_url(at_path)
        expect(card(page)).not_to_be_focused()


# --- keyboard


def tab_to(page: Page, link: Locator) -> None:
    """Come to a link by the keyboard."""
    link.evaluate("a => { a.focus(); a.blur(); }")
    link.evaluate(
        "a => { const before = document.createElement('button'); a.before(before); before.focus(); }"
    )
    page.keyboard.press("Tab")
    expect(link).to_be_focused()


@languages
def test_keyboard_opens_enters_and_leaves(opened: Opened, at_path: str, prefix: str) -> None:
    """Focus opens the card, Enter goes into it, Escape closes it and goes back to the figure."""
    page = opened(at_path + prefix)
    link = cited(page)
    tab_to(page, link)
    expect(card(page)).to_be_visible()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page)).to_be_focused()
    assert card(page).get_attribute("role") == "dialog"
    name = card(page).get_attribute("aria-labelledby")
    assert card(page).locator(f'[id="{name}"]').count() == 1
    page.keyboard.press("Tab")
    expect(card(page).locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(link).to_be_focused()
    page.wait_for_timeout(400)
    expect(card(page)).to_be_hidden()


def test_tab_does_not_get_caught(opened: Opened, at_path: str) -> None:
    """Tab passes a figure and its open card; from within it goes on behind the figure, and back to it."""
    page = opened(at_path)
    link = cited(page)
    tab_to(page, link)
    expect(card(page)).to_be_visible()
    page.keyboard.press("Tab")
    after = page.evaluate("document.activeElement.href")
    assert after
    assert not card(page).evaluate("box => box.contains(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    expect(link).to_be_focused()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Enter")
    expect(card(page)).to_be_focused()
    card(page).locator(".kb-inspector__close").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == after
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(card(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(link).to_be_focused()


# --- touch


@languages
def test_tap_opens_a_sheet(opened: Opened, at_path: str, prefix: str) -> None:
    """A tap opens the card at the foot of a phone; its button or a second tap leads to the data row."""
    page = opened(at_path + prefix, reduced_motion="reduce", **PHONE)
    cited(page).tap()
    expect(card(page)).to_be_focused()
    box = bounds(card(page))
    assert (round(box["x"]), round(box["width"]), round(box["y"] + box["height"])) == (0, 360, 740)
    card(page).locator(".kb-inspector__close").tap()
    expect(card(page)).to_be_hidden()
    expect(page).to_have_url(at_path + prefix)
    cited(page).tap()
    expect(card(page)).to_be_visible()
    card(page).locator("a.kb-btn--main").tap()
    expect(page).to_have_url(f"{at_path}{prefix}{DATA}#{FIGURE}")
    page.goto(at_path + prefix)
    link = page.locator("h1 a.fig").first
    link.tap()
    expect(card(page)).to_be_visible()
    link.tap()
    page.wait_for_url(f"{at_path}{prefix}{DATA}#*")


def test_tap_elsewhere_closes(opened: Opened, at_path: str) -> None:
    """A tap beside the card closes it."""
    page = opened(at_path, **PHONE)
    page.locator("h1 a.fig").first.tap()
    expect(card(page)).to_be_visible()
    page.touchscreen.tap(20, 20)
    expect(card(page)).to_be_hidden()


@pytest.mark.parametrize("options", [PHONE, {}], ids=["phone", "desktop"])
def test_targets_are_large_enough(opened: Opened, at_path: str, options: dict[str, Any]) -> None:
    """Each button of the card measures at least 24 by 24 pixels (WCAG 2.2, 2.5.8)."""
    page = opened(at_path, **options)
    cited(page).tap() if options else cited(page).hover()
    expect(card(page)).to_be_visible()
    for button in card(page).locator("button:visible, a.kb-btn, summary").all():
        box = bounds(button)
        assert min(box["width"], box["height"]) >= 24, button


# --- in view


@languages
@pytest.mark.parametrize("size", [(360, 740), (640, 400), (1280, 800)], ids=lambda size: str(size[0]))
def test_card_is_never_clipped(opened: Opened, at_path: str, prefix: str, size: tuple[int, int]) -> None:
    """Wherever a figure stands, at 360 px, at 200 % zoom and on a desktop, its card is within the window."""
    width, height = size
    page = opened(at_path + prefix, viewport={"width": width, "height": height})
    for link in page.locator("article a.fig:visible").all()[:8]:
        link.scroll_into_view_if_needed()
        link.hover()
        expect(link).to_have_attribute("aria-expanded", "true")
        box = bounds(card(page))
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Escape")


@languages
def test_a_low_window_has_a_sheet(opened: Opened, at_path: str, prefix: str) -> None:
    """At 200 % zoom a card by hover tells that more stands below, and a click shows it as a sheet."""
    page = opened(at_path + prefix, viewport={"width": 640, "height": 450}, reduced_motion="reduce")
    link = page.locator("h1 a.fig").first
    link.hover()
    expect(card(page)).to_have_class(re.compile("kb-inspector--more"))
    card(page).evaluate("box => box.scrollTo(0, box.scrollHeight)")
    expect(card(page)).not_to_have_class(re.compile("kb-inspector--more"))
    link.click()
    expect(card(page)).to_be_focused()
    box = bounds(card(page))
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 640, 450)
    assert box["height"] > 330


def test_reduced_motion_is_respected(opened: Opened, at_path: str) -> None:
    """Nothing moves for those who asked for less motion."""
    for motion, name in (("reduce", "none"), ("no-preference", "kb-inspector")):
        page = opened(at_path, reduced_motion=motion)
        cited(page).hover()
        expect(card(page)).to_have_css("animation-name", name)


# --- copy


@languages
@pytest.mark.parametrize("clipboard", [True, False], ids=["clipboard", "by-hand"])
def test_link_and_citation_can_be_copied(
    opened: Opened,
    at_path: str,
    prefix: str,
    clipboard: bool,  # noqa: FBT001  # with or without
) -> None:
    """Both buttons copy, also where there is no clipboard to write to, and say that they did."""
    page = opened(at_path + prefix, permissions=["clipboard-read"])
    if not clipboard:
        page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { get() {} })")
        page.reload()
    address = f"https://kuaibao.example.org/{prefix}{DATA}#{FIGURE}"
    assert copied(page, 0) == address
    found = copied(page, 1)
    assert address in found
    assert FIGURE in found
    if prefix:
        assert re.match(
            r"Kuaibao contributors\. \(\d{4}\)\. .+: at least 5,000 people \(.+\)\. In .+ \[Data set\]", found
        )
        assert found.endswith(address)  # APA 7: nothing after an address
    else:
        assert found.startswith("Kuaibao contributors. ")
        assert re.search(
            r"：5000 人以上（yncg-090\.4\.01）\[DS/OL\]//.+\(\d{4}-\d\d-\d\d\)\[\d{4}-\d\d-\d\d\]\. https",
            found,
        )


def copied(page: Page, which: int) -> str:
    """Press one of a card's buttons to copy, which says that it did, and give what was copied."""
    page.mouse.move(5, 5)
    cited(page).hover()
    expect(card(page)).to_be_visible()
    button = card(page).locator("[data-copy]").nth(which)
    done = button.get_attribute("data-done") or ""
    button.click()
    expect(button).to_have_text(done)
    expect(page.locator("[role=status]").last).to_have_text(done)
    return pasted(page)


def pasted(page: Page) -> str:
    """Read what was copied, by pasting it."""
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' }))")
    page.locator("#paste").focus()
    page.keyboard.press("ControlOrMeta+V")
    found = page.locator("#paste").input_value()
    page.evaluate("document.getElementById('paste').remove()")
    return found


def test_code_is_copied_as_it_stands(opened: Opened, at_path: str) -> None:
    """Each piece of code on the page of tools has a button that copies it, line by line."""
    page = opened(f"{at_path}guide/use/", permissions=["clipboard-read"])
    for button in page.locator(".kb-snippet [data-copy]").all():
        code = button.locator("xpath=../..").locator("code").text_content()
        button.click()
        expect(button).to_have_text("已复制")
        assert pasted(page) == code


def test_permanent_cards_copy_too(opened: Opened, at_path: str) -> None:
    """At its permanent address a card has the same buttons, and opens no card of its own."""
    page = opened(f"{at_path}{DATA}#{FIGURE}", permissions=["clipboard-read"])
    own = page.locator(f'[id="{FIGURE}"]')
    own.locator("[data-copy]").first.click()
    assert pasted(page).endswith(f"{DATA}#{FIGURE}")
    own.locator(".kb-cite:not(.kb-embed) > summary").click()
    expect(own.locator(".kb-cite__text")).to_contain_text(re.compile(r"\[\d{4}-\d\d-\d\d\]\."))


# --- where it cannot open


@languages
def test_without_scripts_the_link_leads_to_the_card(opened: Opened, at_path: str, prefix: str) -> None:
    """Without JavaScript a figure leads to its card, which is marked and holds its citation and address."""
    page = opened(at_path + prefix, java_script_enabled=False)
    cited(page).click()
    expect(page).to_have_url(f"{at_path}{prefix}{DATA}#{FIGURE}")
    own = page.locator(f'[id="{FIGURE}"]')
    expect(own).to_be_in_viewport()
    expect(own.locator("button")).to_have_count(2)
    for button in own.locator("button").all():
        expect(button).to_be_hidden()
    own.locator(".kb-cite:not(.kb-embed) > summary").click()
    expect(own.locator(".kb-cite__text")).to_contain_text(FIGURE)
    if not prefix:  # the day of the version, until a browser knows the day of reading
        expect(own.locator(".kb-cite__text")).to_contain_text(re.compile(r"\((\d{4}-\d\d-\d\d)\)\[\1\]\."))
    expect(own.locator(".kb-cite__address")).to_be_visible()
    assert own.evaluate("box => getComputedStyle(box).boxShadow") != "none"


def test_where_no_card_loads_the_tap_follows_the_link(opened: Opened, at_path: str) -> None:
    """A script of cards that does not hold the card leaves the figure a link."""
    page = opened(at_path, **PHONE)
    page.route("**/cards-*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    cited(page).tap()
    expect(page).to_have_url(f"{at_path}{DATA}#{FIGURE}")


def test_card_opens_from_a_disk(opened: Opened) -> None:
    """Opened as a file, too, a figure shows its card, with links to files."""
    page = opened((site() / "index.html").as_uri())
    cited(page).hover()
    expect(card(page)).to_be_visible()
    links = card(page).evaluate("box => [...box.querySelectorAll('a')].map(a => a.pathname)")
    assert [path for path in links if not path.endswith(("/index.html", ".svg"))] == []
    card(page).locator("a.kb-btn--main").click()
    expect(page).to_have_url(f"{(site() / DATA / 'index.html').as_uri()}#{FIGURE}")


def test_figures_open_on_every_page_type(opened: Opened, at_path: str) -> None:
    """Wherever a page shows a figure of another page, its card opens."""
    page = opened(at_path)
    seen = 0
    for path in PAGE_TYPES:
        page.goto(at_path + path)
        link = page.locator('article a.fig[aria-haspopup="dialog"]:visible').first
        if link.count():
            link.hover()
            expect(card(page)).to_be_visible()
            seen += 1
    assert seen >= 5


# --- for everyone


@languages
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [PHONE, {}], ids=["phone", "desktop"])
def test_open_card_is_accessible(
    opened: Opened, at_path: str, prefix: str, scheme: str, options: dict[str, Any]
) -> None:
    """With a card open, axe finds nothing (WCAG 2.2 A and AA, best practice)."""
    page = opened(at_path + prefix, color_scheme=scheme, **options)
    cited(page).tap() if options else cited(page).hover()
    expect(card(page)).to_be_visible()
    card(page).locator(".kb-cite:not(.kb-embed) > summary").click()
    page.wait_for_timeout(300)
    assert violations(page) == []
