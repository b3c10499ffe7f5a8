"""Every built page with the Nu Html Checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from built import site

JAR = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Material's own two switches (base.html) that this site hides: not of ours.
MATERIAL = 'class="md-toggle"'


def test_no_page_has_an_error(java: str) -> None:
    """The checker finds no error in any page, but in what Material writes itself."""
    command = [java, "-jar", str(JAR), "--skip-non-html", "--errors-only", "--format", "json", str(site())]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
    messages = json.loads(done.stderr)["messages"]
    ours = [message for message in messages if MATERIAL not in message.get("extract", "")]
    assert [f"{said['url']}:{said['lastLine']}: {said['message']}" for said in ours] == []
