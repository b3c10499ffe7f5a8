"""What the first visit of every page type costs: bytes as sent, shift of the layout, other hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kinds import EVERY, PREFIXES

from weight import first_load

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ALL, SCRIPTS = 120_000, 60_000  # bytes
SHIFT = 0.05  # of the layout, while results are scrolled past
QUERIES = ("workers", "工人", "产业工人", "Baoshan", "保山", "data", "数据", "2023", "industrial workers")


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES.keys())
@pytest.mark.parametrize("path", EVERY, ids=lambda path: path or "home")
@pytest.mark.parametrize("width", [360, 1280])
def test_first_load_is_light_and_still(
    chromium: Browser, address: str, prefix: str, path: str, width: int
) -> None:
    """A first visit sends at most 120 kB, 60 kB of it scripts, moves nothing and asks no other host."""
    load = first_load(chromium, address + prefix + path, width)
    assert load.foreign == []
    assert load.sent <= ALL
    assert load.scripts <= SCRIPTS
    assert round(load.shift, 3) == 0  # three places, as Lighthouse tells it


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES.keys())
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_shared_search_is_light_and_still(
    chromium: Browser, address: str, prefix: str, query: str, width: int
) -> None:
    """A search that someone sent costs no more than a page, and its results stay where they are."""
    load = first_load(chromium, f"{address}{prefix}search/?q={query}", width)
    assert load.foreign == []
    assert load.sent <= ALL
    assert load.scripts <= SCRIPTS
    assert load.shift < SHIFT
