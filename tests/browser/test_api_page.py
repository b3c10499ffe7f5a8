"""The API in a browser: the script that its page shows reads a served site with fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from built import addressed

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_the_script_of_the_page_runs(opened: Opened, prefix: str) -> None:
    """It tells the indicator with the most figures, and the interval of each of them."""
    with addressed() as (address, _):
        page = opened(f"{address}/{prefix}guide/api/")
        script = page.locator("pre code").nth(1).inner_text()
        with page.expect_console_message() as message:
            page.evaluate(f"async () => {{ {script} }}")
        label, rows = (each.json_value() for each in message.value.args)
        page.goto("about:blank")
    assert label
    assert len(rows) > 1
    assert all(low is None or high is None or low <= high for _, low, high in rows)
