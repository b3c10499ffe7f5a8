"""Every address in every built page, map of the site and feed, with lychee, without asking any other host."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from built import ROOT, folder, site

LYCHEE = Path(__file__).parent / "node_modules" / ".lychee" / "bin" / "lychee"
FLAGS = ("--offline", "--include-fragments", "--no-progress", "--index-files", "index.html")
BROKEN = (
    '<a href="nowhere/">',
    '<a href="data/#nowhere">',
    '<img src="nowhere.png" alt="">',
    '<img srcset="nowhere.png 2x" alt="">',
    '<link rel="alternate" hreflang="en" href="{address}en/nowhere/">',
    '<a href="http://[nowhere">',
)


def address() -> str:
    """Give the address of the published site, with a slash at the end."""
    found = re.search(r"^site_url: (\S+)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]


def checked(root: Path) -> subprocess.CompletedProcess[str]:
    """Check every page, map and feed below a folder; the site's own address stands for the folder."""
    if not LYCHEE.exists():
        pytest.fail("lychee is not installed: run make audit", pytrace=False)
    own = ("--root-dir", str(root), "--remap", f"{re.escape(address())}(.*) {root.as_uri()}/$1")
    command = [str(LYCHEE), *FLAGS, *own, f"{root}/**/*.html", f"{root}/**/*.xml"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)


def test_no_address_is_broken() -> None:
    """Pages, anchors, files, pictures, other languages and the map of the site are all there."""
    done = checked(site())
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("element", BROKEN)
def test_a_broken_address_is_found(element: str) -> None:
    """Each kind of address that leads nowhere is told."""
    copy = folder()
    (copy / "data").mkdir()
    (copy / "data" / "index.html").write_text("<h1 id='here'>Data</h1>", encoding="utf-8")
    (copy / "index.html").write_text(element.format(address=address()), encoding="utf-8")
    done = checked(copy)
    assert done.returncode == 2
    assert "nowhere" in done.stdout
