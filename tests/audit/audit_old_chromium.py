"""Every page type in Chromium 86, the level of WeChat's browser, on a phone of 360 px."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from kinds import EVERY, PREFIXES

SCRIPT = Path(__file__).parent / "old_chromium.js"


@pytest.mark.skipif(sys.platform != "linux", reason="the old browser is a program for Linux")
def test_pages_work_in_chromium_86(node: str, address: str) -> None:
    """No page logs an error or runs over; menu, appearance, search, cards, charts and explorer work."""
    paths = [prefix + path for prefix in PREFIXES.values() for path in EVERY]
    command = [node, str(SCRIPT), address, *paths]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["version"].startswith("HeadlessChrome/86.")
    assert said["faults"] == []
