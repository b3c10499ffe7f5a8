"""Shared fixtures: a copy of the good project to break, and the folder with the first bulletin's text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from projects import PACKAGES, ROOT, Project, copy_good, read_messages

settings.register_profile("kuaibao", derandomize=True, deadline=None, database=None)
settings.load_profile("kuaibao")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a copy of the good project that the test can break."""
    return copy_good(tmp_path)


@pytest.fixture(scope="module")
def messages(request: pytest.FixtureRequest) -> dict[str, list[str]]:
    """Give the messages recorded for the cases of a test module (packages/renew.py writes them)."""
    name = request.module.__name__.removeprefix("test_")
    return read_messages(PACKAGES / "messages" / f"{name}.txt")


@pytest.fixture(scope="session")
def sources() -> Path:
    """Give the folder with the first bulletin's text, or skip."""
    folder = Path(os.environ.get("KUAIBAO_SOURCES", ROOT.parent / "shared" / "sources"))
    if not (folder / "yncg-090.txt").is_file():
        pytest.skip("the bulletin's text is not here; name its folder with KUAIBAO_SOURCES")
    return folder
