"""The preview: a changed table or page shows, a broken one leaves the last good site in view."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from built import GOOD, KUAIBAO, folder, kuaibao, small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 90  # seconds


@dataclass(frozen=True)
class Preview:
    """A preview that runs: its folder, its address and the file of what it says."""

    root: Path
    address: str
    log: Path

    def page(self, path: str) -> str:
        """Ask for a page; '' where the server does not answer yet."""
        url = self.address + path
        try:
            with closing(urllib.request.urlopen(url, timeout=PATIENCE)) as answer:  # noqa: S310  # our own server
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, ConnectionError):
            return ""

    def said(self) -> str:
        """Read what it has said so far."""
        return self.log.read_text(encoding="utf-8")


def until(found: Callable[[], bool], preview: Preview) -> None:
    """Wait until something is so; look ten times a second."""
    end = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < end, preview.said()
        time.sleep(0.1)


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def change(path: Path, old: str, new: str) -> None:
    """Change a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def preview() -> Iterator[Preview]:
    """Start the preview of the small project in the site's theme; end it by its process id."""
    root, log, port = small(), folder() / "log", free_port()
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [KUAIBAO, "serve", "--root", str(root), "--port", str(port)],
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
    found = Preview(root, f"http://127.0.0.1:{port}/", log)
    try:
        until(lambda: "Preview at" in found.said() or process.poll() is not None, found)
        yield found
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(PATIENCE)
    assert code == 0, found.said()
    assert "Traceback" not in found.said()


def test_preview_says_where_it_is(preview: Preview) -> None:
    """When it listens, it says its address, and nothing else."""
    assert preview.said() == f"Preview at {preview.address} (Ctrl+C ends it)\n"


def test_preview_shows_changed_tables_and_pages(preview: Preview) -> None:
    """A changed label shows on the page of its indicator, a changed page shows as it is now."""
    assert "River patrols" not in preview.page("en/indicators/volunteers/")
    change(preview.root / "datapackages/codelists/data/indicators.csv", "Volunteers", "River patrols")
    until(lambda: "River patrols" in preview.page("en/indicators/volunteers/"), preview)
    change(preview.root / "docs/zh/about.md", "---\ntitle", "---\ndescription: 新的说明\ntitle")
    until(lambda: "新的说明" in preview.page("about/"), preview)


def test_preview_keeps_the_last_good_site(preview: Preview) -> None:
    """A broken change is told, and the last good site stays in view until the change is mended."""
    before = preview.page("en/bulletins/test-001/data/")
    assert before
    table = preview.root / "datapackages/test-001/data/figures.csv"
    change(table, ",12,,township,", ",13,,township,")
    until(lambda: "[figure-value]" in preview.said() and "was not updated" in preview.said(), preview)
    assert without_script(preview.page("en/bulletins/test-001/data/")) == without_script(before)
    change(table, ",13,,township,", ",12,,township,")
    change(preview.root / "docs/en/about.md", "title: about", "title: All is well")
    until(lambda: "All is well" in preview.page("en/about/"), preview)


def without_script(page: str) -> str:
    """Leave out the script of the live reload, which names the time."""
    return page.partition("livereload(")[0]


def test_port_that_is_taken_is_wrong_usage() -> None:
    """A port that somebody uses is told at once, without building anything."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = kuaibao("serve", "--port", str(port), root=GOOD)
    assert done.returncode == 2
    assert done.stderr.startswith(f"port {port} cannot be used (")
    assert done.stderr.endswith("); choose another with --port\n")
