"""Takes an open page and gives what axe-core finds against WCAG 2.2 A and AA and its best practices."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = Path(sys.prefix) / "share" / "kuaibao" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
RUN = """async tags => (await axe.run(document, { runOnly: tags, resultTypes: ["violations"] })).violations
    .map(rule => `${rule.id}: ${rule.nodes.map(node => node.target.join(" ")).slice(0, 4).join(" | ")}
        ${rule.nodes[0].any.concat(rule.nodes[0].all, rule.nodes[0].none).map(check => check.message)[0]}`)"""


@cache
def source() -> str:
    """Read axe-core."""
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """List the rules that a page breaks, each with where and why."""
    page.evaluate(f"() => {{ {source()} }}")
    found: list[str] = page.evaluate(RUN, list(RULES))
    return found
