"""A published copy is held against its manifest: in a folder, and at an address."""

from __future__ import annotations

import hashlib
import http.server
import shutil
import subprocess
import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest

import built
from kuaibao.describe import LABELS
from kuaibao.errors import UsageError
from kuaibao.manifest import NAME, Finding, verify, write_manifest
from mutation.downloads import KINDS, tried

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = {
    "index.html": b"<p>1</p>",
    "en/index.html": b"<p>2</p>",
    "downloads/\u6570\u636e 1.csv": b"a,b\n1,2\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a small site with its manifest."""
    for path, content in PAGES.items():
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    write_manifest(tmp_path / "site")
    return tmp_path / "site"


class _Handler(http.server.SimpleHTTPRequestHandler):
    elsewhere = ""

    def do_GET(self) -> None:
        if self.path.startswith("/moved"):
            self.send_response(302)
            self.send_header("Location", self.elsewhere)
            self.end_headers()
        elif self.path.endswith("/broken.html"):
            self.send_error(503)
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(site: Path, elsewhere: str = "") -> Iterator[str]:
    """Serve a folder on this machine."""
    handler = type("_Own", (_Handler,), {"elsewhere": elsewhere})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_manifest_is_what_coreutils_read(site: Path) -> None:
    """A line is a hash, two blanks and a path, in order of the paths; `sha256sum -c` finds nothing."""
    lines = [f"{hashlib.sha256(PAGES[path]).hexdigest()}  {path}\n" for path in sorted(PAGES)]
    assert (site / NAME).read_text(encoding="utf-8") == "".join(lines)
    if (program := shutil.which("sha256sum")) is not None:
        done = subprocess.run([program, "-c", NAME], cwd=site, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


def test_a_whole_copy(site: Path) -> None:
    """Nothing is found in a copy as it was built, in a folder or at an address."""
    assert verify(str(site)) == (3, ())
    with served(site) as address:
        assert verify(address) == verify(f"{address}/") == (3, ())


def test_each_fault_is_named(site: Path) -> None:
    """Files that are missing, changed or foreign are named; a server shows no foreign ones."""
    (site / "index.html").write_bytes(b"<p>9</p>")
    (site / "en" / "index.html").unlink()
    (site / "en" / "added.html").write_bytes(b"")
    known = (Finding("en/index.html", "missing"), Finding("index.html", "changed"))
    assert verify(str(site)) == (3, (Finding("en/added.html", "foreign"), *known))
    with served(site) as address:
        assert verify(address) == (3, known)


def test_progress_is_told(site: Path) -> None:
    """Each file that was looked at counts."""
    heard: list[tuple[int, int]] = []
    verify(str(site), lambda done, files: heard.append((done, files)))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_what_a_server_refuses(site: Path) -> None:
    """A file that the server does not give is told with its answer, the others as usual."""
    (site / "broken.html").write_bytes(b"")
    write_manifest(site)
    with served(site) as address:
        assert verify(address) == (4, (Finding("broken.html", "unread", "503 Service Unavailable"),))


def test_no_other_host(site: Path) -> None:
    """A redirect is followed within the host alone."""
    (site / "moved.html").write_bytes(b"<p>1</p>")
    write_manifest(site)
    with served(site, elsewhere="/index.html") as address:
        assert verify(address).findings == ()
    with served(site, elsewhere="http://localhost.invalid/") as address:
        assert verify(address).findings == (
            Finding("moved.html", "unread", "302 → http://localhost.invalid/"),
        )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc  index.html\n",
        f"{'0' * 64}  ../index.html\n",
        f"{'0' * 64}  /etc/hosts\n",
        f"{'0' * 64}  a\n" * 2,
    ],
)
def test_a_manifest_that_is_none(text: str, site: Path) -> None:
    """A manifest that is empty, malformed, doubled, or leaves the site is refused."""
    (site / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="没有可用的清单 SHA256SUMS"):
        verify(str(site))


@pytest.mark.parametrize("where", ["file:///etc", "ftp://127.0.0.1/", "http:///x", "http://127.0.0.1/?a=b"])
def test_addresses_that_are_none(where: str) -> None:
    """Only http and https are fetched, and only a plain address."""
    with pytest.raises(UsageError, match="不是网站的地址"):
        verify(where)


def test_command(site: Path) -> None:
    """The command names each fault in the user's language; its exit code is 0, 1 or 2."""
    fine = built.kuaibao("verify", str(site))
    assert (fine.returncode, fine.stdout) == (0, "All 3 files are as the manifest says.\n")
    (site / "index.html").write_bytes(b"")
    bad = built.kuaibao("verify", str(site), "--lang", "zh")
    assert (bad.returncode, bad.stdout) == (
        1,
        (
            "index.html：与生成时不同，应从生成的网站重新复制；服务器不可改写文件\n"
            "1 个文件不符；清单列有 3 个文件。\n"
        ),
    )
    (site / NAME).unlink()
    none = built.kuaibao("verify", str(site))
    assert none.returncode == 2
    assert none.stderr.startswith(f"{site}/{NAME} has no manifest {NAME} that can be used (No such file")


def test_built_site() -> None:
    """A build ends with the manifest of all its files."""
    site = built.site()
    files = len(built.tree(site)) - 1
    assert verify(str(site)) == (files, ())


def test_corrupted_downloads() -> None:
    """The manifest finds each corrupted download; checksums find those of data, not all of descriptions."""
    found = tried(1, 90)
    assert {each.kind for each in found} == {kind for kind, _ in KINDS}
    assert [each for each in found if not each.by_manifest] == []
    assert {each.name for each in found if not each.by_checksums} <= set(LABELS)
