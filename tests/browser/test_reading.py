"""Reading on a phone, enlarged, on paper and without scripts; axe-core and weights of chosen pages."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest
from playwright.sync_api import expect

from axe import violations
from browser.conftest import SWITCHES, find_browser
from built import PAGE_TYPES, site
from packed import served
from weight import first_load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    Opened = Callable[..., Page]

PREFIXES = {"zh": "", "en": "en/"}
languages = pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES.keys())
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
# Half of 1280 px at twice the size, and the narrowest that WCAG asks for (1.4.10: 320 px, 1280 px at 400 %).
ENLARGED = ({"width": 640, "height": 400}, {"width": 320, "height": 256})
QUICK = ("", "bulletins/yncg-090/3/", "bulletins/yncg-090/data/", "search/")
FIGURES = ("13.87 万", "17.71 万", "1466.87 万元", "2.3 万人")

# Links and buttons smaller than 24 px whose circle of 24 px touches another one (WCAG 2.5.8, its exceptions
# for targets in sentences and for those with room around them).
CROWDED = """() => {
    const seen = [...document.querySelectorAll("a[href], button, summary, input, select")]
        .filter(node => !node.closest("p, dd, td, figcaption"))
        .filter(node => getComputedStyle(node).visibility === "visible")
        .map(node => [node, node.getBoundingClientRect()])
        .filter(([, box]) => box.width && box.height && box.bottom > 0);
    const distance = (box, near) => {
        const x = box.left + box.width / 2, y = box.top + box.height / 2;
        const across = Math.max(near.left - x, 0, x - near.right);
        return Math.hypot(across, Math.max(near.top - y, 0, y - near.bottom));
    };
    const apart = (one, two) => !one.contains(two) && !two.contains(one);
    return seen.filter(([node, box]) => (box.width < 24 || box.height < 24)
        && seen.some(([other, near]) => apart(node, other) && distance(box, near) < 12))
        .map(([node]) => node.outerHTML.slice(0, 120));
}"""
# Text that its own box cuts off.
CLIPPED = """() => [...document.querySelectorAll("article *")].filter(node => {
    const style = getComputedStyle(node);
    return style.overflowX === "hidden" && style.clipPath === "none" && node.clientWidth > 2
        && node.scrollWidth > node.clientWidth + 1;
}).map(node => node.outerHTML.slice(0, 120))"""

# Tables wider than their boxes, or whose long names stand in a narrow column.
OVERWIDE = """() => [...document.querySelectorAll(".kb-table")].filter(box => {
    const name = box.querySelector("tbody th[scope=row]");
    const narrow = name && name.textContent.length > 30 && name.getBoundingClientRect().width < 140;
    return box.clientWidth && (box.scrollWidth > box.clientWidth || narrow);
}).map(box => box.getAttribute("aria-label"))"""
# Chinese marks at the beginning of a line of text, each with what stands about it.
ASTRAY = """() => {
    const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    const range = document.createRange(), found = [];
    const inline = node => getComputedStyle(node).display.startsWith("inline");
    const block = node => inline(node) ? block(node.parentElement) : node;
    for (let text; (text = texts.nextNode());)
        for (const mark of text.data.matchAll(/[，。、；：！？）》]/g)) {
            range.setStart(text, mark.index);
            range.setEnd(text, mark.index + 1);
            const own = block(text.parentElement);
            const start = own.getBoundingClientRect().left + parseFloat(getComputedStyle(own).paddingLeft);
            const seen = range.getBoundingClientRect();
            if (seen.width && seen.left < start + 3) found.push(own.textContent.slice(0, 40) + mark[0]);
        }
    return found;
}"""
# Tables whose rows are no cards of their own: cut off, or with a cell that nothing names.
UNREADABLE = """() => [...document.querySelectorAll(".kb-table")].filter(box => {
    const cells = [...box.querySelectorAll("td[data-label]")];
    const label = cell => getComputedStyle(cell, "::before").content;
    const named = cells.every(cell => label(cell).includes(cell.dataset.label));
    return !cells.length || !named || box.scrollWidth > box.clientWidth + 1;
}).map(box => box.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def packed() -> Iterator[str]:
    """Serve the site with gzip; gives its address with a slash at the end."""
    with served(site()) as address:
        yield address


# --- phone


@languages
def test_nothing_is_clipped_or_crowded_on_a_phone(opened: Opened, at_path: str, prefix: str) -> None:
    """At 360 px no page type scrolls sideways, cuts text off or has links too close to tap."""
    page = opened(at_path + prefix, **PHONE)
    found: dict[str, Any] = {}
    for path in PAGE_TYPES:
        page.goto(at_path + prefix + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[path] = ([wide] if wide > 360 else []) + page.evaluate(CLIPPED) + page.evaluate(CROWDED)
    assert {path: said for path, said in found.items() if said} == {}


@languages
def test_menu_opens_on_a_phone(opened: Opened, at_path: str, prefix: str) -> None:
    """The menu unfolds on a tap and leads on; Escape folds it and gives the button the focus."""
    page = opened(at_path + prefix, **PHONE)
    button, menu = page.locator(".kb-header__menu"), page.locator("#kb-nav")
    expect(menu).to_be_hidden()
    button.tap()
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    button.tap()
    menu.locator("a").nth(1).tap()
    expect(page).to_have_url(f"{at_path}{prefix}bulletins/")


@languages
def test_rows_of_tables_are_cards_on_a_phone(opened: Opened, at_path: str, prefix: str) -> None:
    """At 360 px no value of a generated table is out of sight, and its heading stands before it."""
    page = opened(at_path + prefix, **PHONE)
    found = {}
    for path in PAGE_TYPES:
        page.goto(at_path + prefix + path)
        found[path] = page.evaluate(UNREADABLE)
    assert {path: said for path, said in found.items() if said} == {}


@languages
def test_tables_fit_on_a_desktop(opened: Opened, at_path: str, prefix: str) -> None:
    """No table is wider than its box, and none squeezes its first column."""
    page = opened(at_path + prefix, viewport={"width": 1280, "height": 900})
    for path in (*PAGE_TYPES, *(f"bulletins/yncg-090/{section}/" for section in range(1, 6))):
        page.goto(at_path + prefix + path)
        assert page.evaluate(OVERWIDE) == [], path


@pytest.mark.parametrize("width", [320, 360, 390, 412])
def test_no_mark_begins_a_line(opened: Opened, at_path: str, width: int) -> None:
    """A mark stays with the figure before it, whether or not a circle says that the figure is hedged."""
    page = opened(at_path, viewport={"width": width, "height": 740})
    found = {}
    for path in (
        "",
        "guide/",
        *(f"bulletins/yncg-090/{part}" for part in ("", "1/", "2/", "3/", "4/", "5/")),
    ):
        page.goto(at_path + path)
        found[path] = page.evaluate(ASTRAY)
    assert {path: said for path, said in found.items() if said} == {}


@languages
def test_home_tells_its_story_in_one_screen(opened: Opened, at_path: str, prefix: str) -> None:
    """At 1280 by 900 px the change, the figures, the newest bulletin and the five hearts are in view."""
    page = opened(at_path + prefix, viewport={"width": 1280, "height": 900})
    for part in ("h1", ".kb-chart", ".kb-hero__issue", ".kb-tiles", ".kb-door:last-child"):
        expect(page.locator(part).first).to_be_in_viewport(ratio=1)


# --- enlarged


@pytest.mark.parametrize("viewport", ENLARGED, ids=["200%", "400%"])
@languages
def test_pages_reflow_when_enlarged(
    opened: Opened, at_path: str, prefix: str, viewport: dict[str, int]
) -> None:
    """Enlarged, no page type scrolls in two directions, and its text is not cut off."""
    page = opened(at_path + prefix, viewport=viewport)
    found: dict[str, Any] = {}
    for path in PAGE_TYPES:
        page.goto(at_path + prefix + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[path] = ([wide] if wide > viewport["width"] else []) + page.evaluate(CLIPPED)
    assert {path: said for path, said in found.items() if said} == {}


def test_letters_of_twice_the_size_fit(chromium: Browser, packed: str) -> None:
    """With twice the usual size of letters set in the browser no page type scrolls sideways."""
    large = [*SWITCHES, "--blink-settings=defaultFontSize=32"]
    browser = chromium.browser_type.launch(executable_path=find_browser(), args=large)
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    wide = {}
    for path in (prefix + path for prefix in PREFIXES.values() for path in PAGE_TYPES):
        page.goto(packed + path)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "40px"
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 1280:
            wide[path] = width
    browser.close()
    assert wide == {}


@pytest.mark.parametrize("width", [640, 1280])
@languages
def test_text_alone_may_be_enlarged(opened: Opened, at_path: str, prefix: str, width: int) -> None:
    """With letters of twice the size in a window that stays, no page type scrolls sideways."""
    page = opened(at_path + prefix, viewport={"width": width, "height": 800})
    wide = {}
    for path in (*PAGE_TYPES, "bulletins/yncg-090/5/"):
        page.goto(at_path + prefix + path)
        page.add_style_tag(content="html { font-size: 250% !important }")
        page.wait_for_timeout(50)  # until the observer of the tables has been told
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            wide[path] = found
    assert wide == {}


# --- paper


def printed(page: Page) -> tuple[list[str], int]:
    """Print a page on A4: the text of each sheet, and how many pictures and curves there are."""
    with pdfplumber.open(io.BytesIO(page.pdf(format="A4"))) as paper:
        texts = [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in paper.pages]
        return texts, sum(len(sheet.curves) + len(sheet.lines) + len(sheet.rects) for sheet in paper.pages)


def unspaced(text: str) -> str:
    """Take out what only sets type: blanks, and forms that Unicode counts as the same."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@languages
def test_a_page_prints_as_a_document(opened: Opened, at_path: str, prefix: str) -> None:
    """A section prints with title, charts, all rows, source with date, and address; without menus."""
    page = opened(f"{at_path}{prefix}bulletins/yncg-090/5/")
    title = page.locator("h1").inner_text().replace("\xa0", " ").strip()
    rows = page.locator(".kb-table").first.locator("tbody tr").count()
    menu = "\n".join(page.locator("#kb-nav a").all_inner_texts()[:3])
    sheets, drawn = printed(page)
    text = "\n".join(sheets)
    assert unspaced(title) in unspaced(sheets[0])
    assert drawn > 20
    assert len(set(re.findall(r"yncg-090\.5\.\d\d", text))) >= rows
    assert unspaced("20 June 2023" if prefix else "2023 年 6 月 20 日") in unspaced(text)
    assert f"kuaibao.example.org/{prefix}bulletins/yncg-090/5/" in text
    assert not any(menu in sheet for sheet in sheets)
    assert all(len(sheet) > 40 for sheet in sheets)


@languages
@pytest.mark.parametrize("path", ["", "bulletins/yncg-090/3/", "bulletins/yncg-090/data/", "guide/"])
def test_sheets_are_full(opened: Opened, at_path: str, prefix: str, path: str) -> None:
    """Every sheet but the last is filled to three quarters."""
    page = opened(at_path + prefix + path)
    with pdfplumber.open(io.BytesIO(page.pdf(format="A4"))) as paper:
        filled = [lowest(sheet) for sheet in paper.pages]
    assert [share for share in filled[:-1] if share < 0.75] == []


def lowest(sheet: Any) -> float:  # noqa: ANN401  # pdfplumber has no types
    """Give how far down a sheet its words reach, the number at its foot left out."""
    words = [word["bottom"] / sheet.height for word in sheet.extract_words()]
    return round(max(end for end in words if end < 0.945), 2)


def test_figures_stand_on_paper(opened: Opened, at_path: str) -> None:
    """The home page prints its figures as they are read."""
    sheets, _ = printed(opened(at_path))
    text = unspaced("".join(sheets))
    assert [figure for figure in FIGURES if unspaced(figure) not in text] == []


# --- without scripts


@languages
def test_menu_and_tables_without_scripts(opened: Opened, at_path: str, prefix: str) -> None:
    """Without JavaScript the menu is open on a phone, and nothing that needs a script is offered."""
    page = opened(at_path + prefix, java_script_enabled=False, viewport={"width": 360, "height": 740})
    expect(page.locator("#kb-nav a").first).to_be_visible()
    expect(page.locator(".kb-theme")).to_be_hidden()
    expect(page.locator(".kb-header__menu")).to_be_hidden()
    page.goto(f"{at_path}{prefix}search/")
    expect(page.locator("#kb-finder")).to_be_hidden()
    expect(page.locator("article")).to_contain_text("scripts" if prefix else "脚本")


# --- the long checks (make audit), in short


@pytest.mark.parametrize(("prefix", "scheme", "width"), [("", "light", 360), ("en/", "dark", 1280)])
def test_axe_finds_nothing(opened: Opened, at_path: str, prefix: str, scheme: str, width: int) -> None:
    """axe-core finds no violation of WCAG 2.2 A and AA nor of its best practices."""
    page = opened(at_path + prefix, color_scheme=scheme, viewport={"width": width, "height": 800})
    found = {}
    for path in QUICK:
        page.goto(at_path + prefix + path)
        found[path] = violations(page)
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize("path", QUICK, ids=lambda path: path or "home")
def test_first_load_is_light_and_still(chromium: Browser, packed: str, path: str) -> None:
    """A first visit sends at most 120 kB, 60 kB of it scripts, moves nothing and asks no other host."""
    load = first_load(chromium, packed + path, 360)
    assert load.foreign == []
    assert load.sent <= 120_000
    assert load.scripts <= 60_000
    assert round(load.shift, 3) == 0


def test_axe_would_find_something(opened: Opened, at_path: str) -> None:
    """A picture without a text alternative is found: the check itself works."""
    page = opened(at_path)
    page.evaluate("document.querySelector('article').append(document.createElement('img'))")
    assert [said.partition(":")[0] for said in violations(page)] == ["image-alt"]
