"""Search as readers use it: a set of queries in both languages, what it loads, and from a disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from built import site
from packed import served
from weight import first_load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    Opened = Callable[..., Page]

INDICATORS, BULLETIN = "indicators/", "bulletins/yncg-090/"
# Language, what is typed, the page that must come first (one of them).
QUERIES = (
    ("", "工人", f"{INDICATORS}worker_pioneers/", f"{INDICATORS}industrial_workers/"),
    ("", "产业工人", f"{INDICATORS}industrial_workers/"),
    ("", "规上工业", f"{INDICATORS}dendrobium_large_enterprises/"),
    ("", "劳模", f"{INDICATORS}model_worker_talks/"),
    ("", "石斛", f"{INDICATORS}dendrobium_cooperatives/", f"{BULLETIN}5/"),
    ("", "530523", f"{BULLETIN}data/"),
    ("", "Longling", f"{BULLETIN}data/", f"{BULLETIN}5/"),
    ("", "dendrobium", f"{INDICATORS}dendrobium_cooperatives/"),
    ("", "17.71 万", "", f"{BULLETIN}5/", f"{INDICATORS}industrial_workers/"),
    ("", "１７.７１万", "", f"{BULLETIN}5/", f"{INDICATORS}industrial_workers/"),
    ("", "1466.87", f"{BULLETIN}2/"),
    *(("", number, "", f"{BULLETIN}data/", f"{BULLETIN}5/") for number in ("177100", "177,100")),
    ("", "2.7亿", f"{BULLETIN}2/", f"{INDICATORS}training_spending/"),
    ("", "先锋号", f"{INDICATORS}worker_pioneers/"),
    ("en/", "industrial workers", f"{INDICATORS}industrial_workers/"),
    ("en/", "model worker", f"{INDICATORS}model_worker_articles/", f"{INDICATORS}model_worker_talks/"),
    ("en/", "above designated size", f"{INDICATORS}dendrobium_large_enterprises/"),
    ("en/", "dendrobium", f"{INDICATORS}dendrobium_cooperatives/"),
    ("en/", "Longling", f"{BULLETIN}5/"),
    ("en/", "530523", f"{BULLETIN}data/"),
    *(("en/", word, f"{INDICATORS}labour_contracts/") for word in ("labour", "labor")),
    *(
        ("en/", word, f"{INDICATORS}mass_organisation_vice_chairs/")
        for word in ("organisations", "organization")
    ),
    ("en/", "honors", f"{INDICATORS}honours_span/"),
    ("en/", "177,100", "", f"{INDICATORS}industrial_workers/"),
    ("en/", "177100", "", f"{INDICATORS}industrial_workers/"),
    ("en/", "1466.87", f"{BULLETIN}2/"),
    ("en/", "石斛", f"{BULLETIN}5/", f"{BULLETIN}data/", f"{INDICATORS}dendrobium_cooperatives/"),
)
ABSENT = (
    *(("", "犰狳"), ("", "宇宙飞船"), ("", "17.72 万"), ("en/", "xylophone"), ("en/", "workzzz")),
    *(
        ("", "农民工人"),
        ("", "产业工程"),
        ("", "职业工人"),
        ("", "工工工"),
        ("", "17.71 亿"),
        ("en/", "产业工程"),
    ),
)
NONE, NEAR = ("没有找到", "Nothing"), ("相近", "come near")
MOST, SCRIPTS, SHIFT = (
    120_000,
    60_000,
    0.05,
)  # of a first search: bytes, those of scripts, shift of the layout


@pytest.fixture(scope="module")
def packed() -> Iterator[str]:
    """Serve the site with gzip; gives its address with a slash at the end."""
    with served(site()) as address:
        yield address


def searched(page: Page, query: str) -> Page:
    """Type a query and wait until the answer is told."""
    page.locator("#kb-finder input").fill(query)
    expect(page.locator("#kb-finder [role=status]")).to_contain_text(query)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize(("prefix", "query", "first"), [(q[0], q[1], q[2:]) for q in QUERIES])
def test_the_best_page_comes_first(
    opened: Opened, at_path: str, prefix: str, query: str, first: tuple[str, ...]
) -> None:
    """A query finds its pages, in the language of the page, and the best one stands on top."""
    page = searched(opened(f"{at_path}{prefix}search/"), query)
    link = page.locator("#kb-finder li h2 a").first
    expect(link).to_be_visible()
    assert link.evaluate("a => a.href") in [f"{at_path}{prefix}{path}" for path in first]


@pytest.mark.parametrize(("prefix", "query"), ABSENT)
def test_what_does_not_occur_is_not_found(opened: Opened, at_path: str, prefix: str, query: str) -> None:
    """A word or a number that does not occur gives no result, or near ones, and the page says which."""
    page = opened(f"{at_path}{prefix}search/?q={query}")
    status = page.locator("#kb-finder [role=status]")
    expect(status).to_contain_text(re.compile("|".join((*NONE, *NEAR))))
    near = any(word in status.inner_text() for word in NEAR)
    assert bool(page.locator("#kb-finder li").count()) == near


@pytest.mark.parametrize("query", ["产业工人", "17.71 万人", "龙陵县"])
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_run_of_chinese_is_found_as_it_stands(
    opened: Opened, at_path: str, prefix: str, query: str
) -> None:
    """What the bulletin has stands in the pages of both languages, and no result is only near."""
    page = opened(f"{at_path}{prefix}search/?q={query}")
    expect(page.locator("#kb-finder li").first).to_be_visible()
    assert not any(word in page.locator("#kb-finder [role=status]").inner_text() for word in NEAR)


@pytest.mark.parametrize(("prefix", "query", "card"), [("", "17.71 万", "5.09"), ("en/", "14.6687", "2.09")])
def test_a_number_leads_to_its_card(opened: Opened, at_path: str, prefix: str, query: str, card: str) -> None:
    """Below the data page the results link the figure itself, and the link brings its card into view."""
    page = searched(opened(f"{at_path}{prefix}search/"), query)
    page.locator(f'#kb-finder li p a[href$="#yncg-090.{card}"]').first.click()
    expect(page.locator(f'[id="yncg-090.{card}"]')).to_be_in_viewport()


@pytest.mark.parametrize(("prefix", "value"), [("", "17.71 万人"), ("en/", "177,100 people")])
def test_a_figure_reads_as_an_entry(opened: Opened, at_path: str, prefix: str, value: str) -> None:
    """A figure is told with its unit, what it counts, area and period, and no other field of its card."""
    page = searched(opened(f"{at_path}{prefix}search/", viewport={"width": 360, "height": 800}), value)
    entry = page.locator("#kb-finder .kb-finder__entry", has=page.locator('a[href$="#yncg-090.5.09"]')).first
    expect(entry.locator("strong")).to_have_text(value)
    expect(entry.locator("strong mark").first).to_be_visible()
    assert len(entry.locator("small").inner_text().split(" · ")) == 3
    assert "yncg-090" not in entry.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_code_leads_to_what_is_about_its_area(opened: Opened, at_path: str, prefix: str) -> None:
    """Pages with figures of an area come before a guide that has its code as an example."""
    page = searched(opened(f"{at_path}{prefix}search/"), "530523")
    links = page.locator("#kb-finder li h2 a").evaluate_all("links => links.map(a => a.pathname)")
    assert len(links) > 3
    assert all("/guide/" not in link for link in links[:-1])


def test_an_answer_has_an_address(opened: Opened, at_path: str) -> None:
    """What is typed goes into the address, and the address brings the same results."""
    page = searched(opened(f"{at_path}search/"), "石斛")
    found = page.locator("#kb-finder li h2").all_inner_texts()
    expect(page).to_have_url(f"{at_path}search/?q=%E7%9F%B3%E6%96%9B")
    page.reload()
    expect(page.locator("#kb-finder li h2")).to_have_text(found)


def test_more_results_follow(opened: Opened, at_path: str) -> None:
    """Ten pages are listed; a button adds the next ones and takes the reader to the first of them."""
    page = searched(opened(f"{at_path}search/"), "工人")
    expect(page.locator("#kb-finder li")).to_have_count(10)
    page.locator("#kb-finder .kb-finder__more").click()
    expect(page.locator("#kb-finder li")).to_have_count(20)
    expect(page.locator("#kb-finder li").nth(10).locator("h2 a")).to_be_focused()


@pytest.mark.parametrize("query", ["2.7亿", "1466.87万元"])
def test_a_unit_alone_is_no_answer(opened: Opened, at_path: str, query: str) -> None:
    """A figure in the same unit is not listed for a number."""
    page = searched(opened(f"{at_path}search/"), query)
    number = re.match(r"[\d.]+", query)
    assert number
    for entry in page.locator("#kb-finder .kb-finder__entry").all():
        assert number[0] in entry.inner_text()


def test_what_comes_near_is_filled(opened: Opened, at_path: str) -> None:
    """Results out of view have their titles, and what stands in them once they come near."""
    page = searched(opened(f"{at_path}search/", viewport={"width": 1280, "height": 500}), "工人")
    waiting = page.locator("#kb-finder .kb-finder__waits")
    assert waiting.count()
    for title in page.locator("#kb-finder li h2").all():
        assert title.inner_text()
    page.locator("#kb-finder li").last.scroll_into_view_if_needed()
    expect(page.locator("#kb-finder li").last).not_to_have_class("kb-finder__waits")
    expect(page.locator("#kb-finder li").last.locator("p").first).to_be_visible()


@pytest.mark.parametrize("query", ["工人", "产业工人", "workers", "data"])
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_first_search_is_light(chromium: Browser, packed: str, prefix: str, query: str) -> None:
    """Page, scripts and the parts of the index that a common word needs weigh no more than any page."""
    load = first_load(chromium, f"{packed}{prefix}search/?q={query}")
    assert load.foreign == []
    assert load.sent <= MOST
    assert load.scripts <= SCRIPTS
    assert load.shift < SHIFT


@pytest.mark.parametrize(("prefix", "query"), [("", "石斛"), ("en/", "dendrobium")])
def test_search_works_from_a_disk(chromium: Browser, prefix: str, query: str) -> None:
    """Opened as a file, as from a USB stick, the page finds the same."""
    page = chromium.new_page()
    page.goto((site() / prefix / "search" / "index.html").as_uri() + f"?q={query}")
    link = page.locator("#kb-finder li h2 a").first
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("h1")).to_contain_text(query, ignore_case=True)
    page.close()
