"""A real browser, cut off from the network, in front of the built site on this machine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from built import folder, served, site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, Route

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"),
    *("chrome", "msedge"),
)
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
MISSING = (
    "no Chrome, Chromium or Edge found: install one (Debian: apt install chromium; macOS: brew install --cask"
    " chromium) or name it in $KUAIBAO_BROWSER"
)
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


def find_browser() -> str:
    """Find a browser of the Chromium family; $KUAIBAO_BROWSER goes first."""
    named = os.environ.get("KUAIBAO_BROWSER", "")
    found = (shutil.which(name) for name in filter(None, (named, *NAMES)))
    installed = (path for path in MAC if Path(path).is_file())
    return next(filter(None, found), None) or next(installed, "")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser once."""
    executable = find_browser()
    if not executable:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def at_root() -> Iterator[str]:
    """Serve the site at the root of a host; gives its address with a slash at the end."""
    with served(site()) as address:
        yield f"{address}/"


@pytest.fixture(scope="session")
def at_path() -> Iterator[str]:
    """Serve the site below a path of a host; gives its address with a slash at the end."""
    above = folder()
    (above / "some").mkdir()
    shutil.copytree(site(), above / "some" / "place")
    with served(above) as address:
        yield f"{address}/some/place/"


class Watch:
    """What a browser did: requests to other hosts (which were cut off), failed requests, errors."""

    def __init__(self, host: str) -> None:
        """Take the only host that may be asked."""
        self.host = host
        self.foreign: list[str] = []
        self.faults: list[str] = []

    def sift(self, route: Route) -> None:
        """Let requests to the own host through, and cut off all others."""
        url = route.request.url
        if urlsplit(url).netloc == self.host or urlsplit(url).scheme in {"data", "blob"}:
            route.continue_()
        else:
            self.foreign.append(url)
            route.abort()

    def follow(self, page: Page) -> None:
        """Note what goes wrong on a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._fault(f"{page.url}: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._fault(f"{message.location.get('url', '')}: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._fault(f"{response.status} {response.url}")

    def _fault(self, text: str) -> None:
        self.faults.append(text)


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Give a function that opens an address in a fresh context; at the end nothing may have gone wrong."""
    contexts: list[tuple[BrowserContext, Watch]] = []

    def visit(address: str, **options: object) -> Page:
        watch = Watch(urlsplit(address).netloc)
        context = chromium.new_context(**{"locale": "zh-CN", **options})  # type: ignore[arg-type]
        contexts.append((context, watch))
        context.set_default_timeout(15_000)
        context.route("**/*", watch.sift)
        context.on("page", watch.follow)
        page = context.new_page()
        page.goto(address)
        return page

    yield visit
    for context, _ in contexts:
        context.close()
    assert [watch.foreign for _, watch in contexts if watch.foreign] == []
    assert [watch.faults for _, watch in contexts if watch.faults] == []
