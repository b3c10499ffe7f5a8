"""Lighthouse, as on a phone: performance, accessibility, best practices and search engines."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from browser.conftest import SWITCHES

HERE = Path(__file__).parent
PAGES = ("", "bulletins/yncg-090/3/", "indicators/industrial_workers/", "data/")
KINDS = ("performance", "accessibility", "best-practices", "seo")
FLAGS = " ".join(("--headless=new", *SWITCHES))
TRIES = 3  # a busy machine is slower than the phone that Lighthouse reckons with
FULL = dict.fromkeys(KINDS, 100)


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "home")
def test_page_scores_full_marks(node: str, browser_path: str, address: str, prefix: str, path: str) -> None:
    """The page has 100 of 100 points in all four categories."""
    for _ in range(TRIES):
        report = examined(node, browser_path, address + prefix + path)
        scores = {name: round(report["categories"][name]["score"] * 100) for name in KINDS}
        if scores == FULL:
            return
    assert scores == FULL, lost(report)


def examined(node: str, browser: str, address: str) -> dict:
    """Run Lighthouse with its own settings for a phone; gives its report."""
    command = [node, str(HERE / "node_modules" / "lighthouse" / "cli" / "index.js"), address]
    options = ["--output=json", "--quiet", f"--chrome-flags={FLAGS}", f"--only-categories={','.join(KINDS)}"]
    done = subprocess.run(
        [*command, *options],
        env={**os.environ, "CHROME_PATH": browser},
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def lost(report: dict) -> list[str]:
    """Name what cost points."""
    told = report["audits"].values()
    return [f"{one['id']} {one.get('displayValue', '')}" for one in told if (one["score"] or 1) < 1]
