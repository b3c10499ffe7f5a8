"""Builds the project once for all tests, in a copy outside the tree; reads and serves what was built."""

from __future__ import annotations

import atexit
import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parent.parent
GOOD = ROOT / "tests" / "packages" / "good"
KUAIBAO = Path(sys.executable).with_name("kuaibao")
INPUTS = ("datapackages", "docs", "mkdocs.yml", "mkdocs.en.yml")
# One page of every type, by the address that the site promises.
PAGE_TYPES = (
    "",
    "bulletins/",
    "bulletins/yncg-090/",
    "bulletins/yncg-090/3/",
    "bulletins/yncg-090/data/",
    "bulletins/yncg-090/ledger/",
    "bulletins/yncg-090/map/",
    "bulletins/yncg-090/versions/",
    "indicators/",
    "indicators/industrial_workers/",
    "data/",
    "data/codelists/versions/",
    "explore/",
    "quality/",
    "guide/",
    "guide/model/",
    "guide/rules/",
    "guide/commands/",
    "guide/api/",
    "guide/practices/",
    "about/",
    "search/",
)
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


def copy(target: Path) -> Path:
    """Copy what a build reads to a new folder."""
    target.mkdir(parents=True)
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        else:
            shutil.copy(source, target / name)
    return target


def unreleased(root: Path) -> Path:
    """Take the releases out of a copy whose data a test is to change."""
    for package in (root / "datapackages").iterdir():
        shutil.rmtree(package / "releases", ignore_errors=True)
        (package / "CHANGELOG.md").unlink(missing_ok=True)
        descriptor = json.loads((package / "datapackage.json").read_bytes())
        text = json.dumps(descriptor | {"version": "0.1.0"}, ensure_ascii=False, indent=2)
        (package / "datapackage.json").write_text(text + "\n", encoding="utf-8")
    return root


def small() -> Path:
    """Copy the small project, with the site's theme and the pages that its navigation names."""
    root = folder() / "small"
    shutil.copytree(GOOD, root)
    shutil.copytree(ROOT / "docs" / "theme", root / "docs" / "theme")
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        shutil.copy(ROOT / name, root / name)
    for stub in ("about.md", "guide/index.md", "search.md"):
        for path in (root / "docs" / language / stub for language in ("zh", "en")):
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"---\ntitle: {path.stem}\nlayout: {path.stem}\n---\n", encoding="utf-8")
    return root


def kuaibao(
    *arguments: str, root: Path | None = None, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command, in English unless the environment says otherwise."""
    where = [] if root is None else ["--root", str(root)]
    return subprocess.run(
        [KUAIBAO, *arguments, *where],
        env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def folder() -> Path:
    """Make a folder that is removed when the tests end."""
    made = Path(tempfile.mkdtemp(prefix="kuaibao-test-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def project() -> Path:
    """Give a built copy of the whole project, with its site/; all tests share it and leave it as it is."""
    root = copy(folder() / "project")
    done = kuaibao("build", root=root, env={"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1"})
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def site() -> Path:
    """Give the built site of the whole project."""
    return project() / "site"


def tree(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder: path -> bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@dataclass(slots=True)
class Element:
    """A start tag: its name, its attributes and the text inside."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""


@dataclass(slots=True)
class Page:
    """A parsed page: its elements in order."""

    elements: list[Element] = field(default_factory=list)

    def ids(self) -> list[str]:
        """List the ids in order."""
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    def all(self, tag: str) -> list[Element]:
        """List the elements of a name."""
        return [e for e in self.elements if e.tag == tag]

    def one(self, attribute: str, value: str) -> Element:
        """Give the first element with this value of an attribute."""
        return next(e for e in self.elements if e.attributes.get(attribute) == value)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def parse(html: str) -> Page:
    """Parse a page."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.page


@cache
def parsed() -> Mapping[str, Page]:
    """Parse every page of the site: path of the file -> page."""
    return {
        path.relative_to(site()).as_posix(): parse(path.read_text(encoding="utf-8"))
        for path in sorted(site().rglob("*.html"))
    }


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012  # the base class declares it so; the machine's table of types may differ
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".csv": "text/csv",
    }

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        """Say nothing."""


@contextmanager
def addressed() -> Iterator[tuple[str, Path]]:
    """Serve the site at the address that it names as its own; gives the address and the folder."""
    root = copy(folder() / "addressed")
    with served(root / "site") as address:
        settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
        own = re.sub(r"^site_url: .*$", f"site_url: {address}/", settings, flags=re.MULTILINE)
        (root / "mkdocs.yml").write_text(own, encoding="utf-8")
        done = kuaibao("build", root=root)
        assert done.returncode == 0, done.stdout + done.stderr
        yield address, root / "site"


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve a folder on this machine; gives its address, without a slash at the end."""
    handler = functools.partial(_Quiet, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
