"""Takes a browser and an address and gives what the first visit costs: bytes as sent, shift, other hosts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession

SHIFTS = """window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(entry =>
    window.moved += entry.value)).observe({ type: "layout-shift", buffered: true });"""


@dataclass(slots=True)
class Load:
    """One visit: bytes on the wire in all and of scripts, sum of layout shifts, addresses of other hosts."""

    sent: int = 0
    scripts: int = 0
    shift: float = 0
    foreign: list[str] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)


def first_load(browser: Browser, address: str, width: int = 1280) -> Load:
    """Visit an address with an empty cache; count what comes before scrolling, and shifts also after."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN")
    context.add_init_script(SHIFTS)
    page, load = context.new_page(), Load()
    session = context.new_cdp_session(page)
    follow(session, load, urlsplit(address).netloc)
    page.goto(address, wait_until="networkidle")
    session.detach()
    for _ in range(10):
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(40)
    page.wait_for_timeout(200)
    load.shift = page.evaluate("window.moved")
    context.close()
    return load


def follow(session: CDPSession, load: Load, host: str) -> None:
    """Note every request and count what came over the wire."""

    def asked(event: dict[str, Any]) -> None:
        load.kinds[event["requestId"]] = event.get("type", "")
        parts = urlsplit(event["request"]["url"])
        if parts.scheme not in {"data", "blob"} and parts.netloc != host:
            load.foreign.append(event["request"]["url"])

    def came(event: dict[str, Any]) -> None:
        size = int(event["encodedDataLength"])
        load.sent += size
        load.scripts += size if load.kinds.get(event["requestId"]) == "Script" else 0

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", came)
    session.send("Network.enable")
