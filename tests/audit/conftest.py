"""What the long checks stand on: the built site, served with gzip on this machine, and the tools from npm."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.conftest import chromium, find_browser, opened
from built import site
from packed import served

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["chromium", "opened"]
HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the site; gives its address with a slash at the end."""
    with served(site()) as found:
        yield found


@pytest.fixture(scope="session")
def node() -> str:
    """Find the environment's node; fail where it or the tools are missing."""
    found = Path(sys.executable).with_name("node")
    if not found.exists() or not (HERE / "node_modules").is_dir():
        pytest.fail("the tools are not installed: run make audit", pytrace=False)
    return str(found)


@pytest.fixture(scope="session")
def java() -> str:
    """Find java, or fail with what is missing."""
    found = shutil.which("java")
    if not found:
        pytest.fail("Java 17 or newer is needed (Debian: apt install default-jre-headless)", pytrace=False)
    return found


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Find the browser that the tests use."""
    return find_browser()
