"""The site as readers meet it: in a browser, in both languages, without any other host."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest
from playwright.sync_api import expect

from built import PAGE_TYPES, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Opened = Callable[..., Page]

LIGHT, DARK = 0.6, 0.1  # relative luminance
FIGURE = "yncg-090.5.09"
PACKAGE = ROOT / "datapackages" / "yncg-090"
PREFIXES = {"zh": "", "en": "en/"}
languages = pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES.keys())


@pytest.fixture(params=["at_root", "at_path"])
def place(request: pytest.FixtureRequest) -> str:
    """Serve the site at the root of a host and below a path."""
    address: str = request.getfixturevalue(request.param)
    return address


# --- from the text to the data and back


@languages
def test_figure_leads_to_its_card_and_back(opened: Opened, place: str, prefix: str) -> None:
    """A figure on the home page leads to its card, and the card back to the place in the text."""
    page = opened(place + prefix)
    page.locator(f'main a.fig[href$="#{FIGURE}"], article a.fig[href$="#{FIGURE}"]').first.click()
    page.locator("#kb-inspector a.kb-btn--main").click()
    expect(page).to_have_url(f"{place}{prefix}bulletins/yncg-090/data/#{FIGURE}")
    card = page.locator(f'[id="{FIGURE}"]')
    expect(card).to_be_in_viewport()
    assert is_marked(page, FIGURE)
    back = card.locator("a.kb-back").first
    target = back.evaluate("a => a.href")
    back.click()
    expect(page).to_have_url(target)
    cited = page.locator(f'[id="{target.partition("#")[2]}"]')
    expect(cited).to_be_in_viewport()
    expect(cited).to_have_attribute("href", re.compile(rf"#{re.escape(FIGURE)}$"))


def is_marked(page: Page, name: str) -> bool:
    """Tell whether an element is the target of the address."""
    return bool(page.evaluate("name => document.querySelector(':target')?.id === name", name))


@languages
def test_permanent_addresses_open_at_the_card(opened: Opened, at_path: str, prefix: str) -> None:
    """The address of a figure, of a relation and of a row of the ledger brings it into view."""
    for path, name in (("data", FIGURE), ("data", "yncg-090.r06"), ("ledger", "yncg-090.n014")):
        page = opened(f"{at_path}{prefix}bulletins/yncg-090/{path}/#{name}")
        expect(page.locator(f'[id="{name}"]')).to_be_in_viewport()


# --- downloads


@languages
def test_downloaded_csv_equals_the_package(opened: Opened, at_path: str, prefix: str, tmp_path: Path) -> None:
    """figures.csv, fetched by a click, has every cell of the package."""
    page = opened(f"{at_path}{prefix}bulletins/yncg-090/data/")
    found = downloaded(page, "yncg-090/figures.csv", tmp_path)
    with found.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    own = package_rows("figures")
    assert [{name: row[name] for name in own[0]} for row in rows] == own


@languages
def test_downloaded_workbook_equals_the_package(
    opened: Opened, at_path: str, prefix: str, tmp_path: Path
) -> None:
    """The workbook, fetched by a click, has every cell of every table; codes are text, values numbers."""
    found = downloaded(opened(f"{at_path}{prefix}data/"), "yncg-090/yncg-090.xlsx", tmp_path)
    book = openpyxl.load_workbook(found, read_only=True)
    for table in ("figures", "numerals", "measures", "relations", "sections"):
        own = package_rows(table)
        rows = list(book[table].iter_rows(values_only=True))
        start = next(number for number, row in enumerate(rows) if set(own[0]) <= set(row))
        names = [str(name) for name in rows[start]]
        cells = [dict(zip(names, row, strict=True)) for row in rows[start + 1 :]]
        assert [{name: shown(row[name]) for name in own[0]} for row in cells] == own, table
    book.close()


def downloaded(page: Page, name: str, target: Path) -> Path:
    """Click a link to download, and give the file."""
    with page.expect_download() as waiting:
        page.locator(f'a[download][href$="{name}"]').click()
    file = target / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def package_rows(table: str) -> list[dict[str, str]]:
    """Read a table of the package in the project."""
    with (PACKAGE / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(value: object) -> str:
    """Write a cell of a workbook as a CSV does."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


# --- two languages


@languages
def test_language_switch_keeps_the_page(opened: Opened, at_path: str, prefix: str) -> None:
    """On every page type the switch leads to the same page in the other language, and back."""
    page = opened(at_path + prefix)
    other = PREFIXES["zh"] if prefix else PREFIXES["en"]
    for path in PAGE_TYPES:
        page.goto(at_path + prefix + path)
        page.locator("header a[hreflang]").click()
        expect(page).to_have_url(at_path + other + path)
        expect(page.locator("html")).to_have_attribute("lang", "en" if other else "zh-Hans")
    page.locator("header a[hreflang]").click()
    expect(page).to_have_url(at_path + prefix + PAGE_TYPES[-1])


# --- every page type


@languages
def test_pages_ask_no_other_host_and_show_no_error(opened: Opened, at_path: str, prefix: str) -> None:
    """No page type asks another host, misses a file or logs an error: the fixture asserts it."""
    page = opened(at_path + prefix)
    for path in PAGE_TYPES:
        page.goto(at_path + prefix + path, wait_until="load")
        assert page.locator("h1").count() == 1, path


def test_unknown_address_shows_a_way_home(opened: Opened, at_root: str) -> None:
    """The page for unknown addresses stands on its own styles and leads to the home page."""
    page = opened(f"{at_root}404.html")
    page.locator("article a").first.click()
    expect(page).to_have_url(at_root)


@languages
def test_unknown_address_leads_to_the_other_language(opened: Opened, at_root: str, prefix: str) -> None:
    """From the page for unknown addresses the switch leads to the home page in the other language."""
    page = opened(f"{at_root}{prefix}404.html")
    page.locator("header a[hreflang]").click()
    expect(page).to_have_url(at_root + ("" if prefix else "en/"))


@languages
def test_no_page_is_wider_than_a_phone(opened: Opened, at_path: str, prefix: str) -> None:
    """At 360 px no page type scrolls sideways."""
    page = opened(at_path + prefix, viewport={"width": 360, "height": 740})
    wide = {}
    for path in PAGE_TYPES:
        page.goto(at_path + prefix + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[path] = width
    assert wide == {}


@languages
def test_pages_read_without_scripts(opened: Opened, at_path: str, prefix: str) -> None:
    """Without JavaScript the text of every page type, its cards, tables and links are in view."""
    page = opened(at_path + prefix, java_script_enabled=False)
    for path in PAGE_TYPES:
        page.goto(at_path + prefix + path)
        expect(page.locator("h1")).to_be_visible()
        assert len(page.locator("article.kb-article").inner_text()) > 40, path
        expect(page.locator("header a[hreflang]")).to_be_visible()
    page.goto(f"{at_path}{prefix}bulletins/yncg-090/data/")
    cards = page.locator("article.kb-figure")
    assert cards.count() == len(package_rows("figures"))
    expect(cards.first).to_be_visible()
    expect(cards.last).to_be_visible()


@pytest.mark.parametrize("prefix", PREFIXES.values())
def test_both_colour_schemes_are_set(opened: Opened, at_path: str, prefix: str) -> None:
    """The theme sets a light and a dark background, with text that stands out against it."""
    seen = {}
    for scheme in ("light", "dark"):
        page = opened(at_path + prefix, color_scheme=scheme)
        seen[scheme] = [luminance(page, name) for name in ("background-color", "color")]
    paper, ink = seen["light"]
    assert paper > LIGHT
    assert ink < DARK
    paper, ink = seen["dark"]
    assert paper < DARK
    assert ink > LIGHT


def luminance(page: Page, name: str) -> float:
    """Give the relative luminance of a colour of the page's body (WCAG 2.2)."""
    script = "name => { const c = getComputedStyle(document.body); return c.getPropertyValue(name); }"
    found = [float(part) for part in re.findall(r"[0-9.]+", page.evaluate(script, name))]
    assert len(found) == 3, f"{name}: {found}"  # transparent has four parts
    linear = [c / 3294.6 if c <= 10.3 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in found]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
