"""Every page type with axe-core: two languages, light and dark, phone and desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kinds import EVERY, PREFIXES

from axe import violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES.keys())
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_type_breaks_a_rule(
    opened: Callable[..., Page], address: str, prefix: str, scheme: str, width: int
) -> None:
    """axe-core finds no violation of WCAG 2.2 A and AA nor of its best practices on any page type."""
    page = opened(address + prefix, color_scheme=scheme, viewport={"width": width, "height": 800})
    found = {}
    for path in EVERY:
        page.goto(address + prefix + path)
        found[path] = violations(page)
    assert {path: said for path, said in found.items() if said} == {}
