"""Takes a root and gives what does not belong in its folders: links, devices, and names that mislead.

Nothing is opened and no link is followed. Hidden files belong to other programs and are never read.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from kuaibao.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = ("datapackages", "docs", "drafts")
RESERVED = re.compile(r'[<>:"|?*\\]|[. ]$')  # what a file on Windows cannot be called, or loses
INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def irregular(root: Path) -> list[Problem]:
    """List what is wrong with the files below datapackages/, docs/ and drafts/, by their names."""
    found: list[Problem] = []
    for name in FOLDERS:
        folder = root / name
        if folder.is_symlink():
            found.append(Problem("file-link", Place(name)))
        elif folder.is_dir():
            found += _within(folder, name)
    return found


def _within(folder: Path, path: str) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith((".", "~$")):
            continue
        inner = f"{path}/{entry.name}"
        yield from _named(entry.name, inner, seen)
        if entry.is_symlink():
            yield Problem("file-link", Place(inner))
        elif entry.is_dir(follow_symlinks=False):
            yield from _within(Path(entry.path), inner)
        elif not entry.is_file(follow_symlinks=False):
            yield Problem("file-special", Place(inner))


def _named(name: str, path: str, seen: dict[str, str]) -> Iterator[Problem]:
    """Tell a name that not every system can hold, that hides characters, or differs from another in case."""
    if RESERVED.search(name) or any(map(_misleads, name)):
        yield Problem("file-name", Place(path))
    first = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
    if first != name:
        yield Problem("file-case", Place(path), params={"other": first})


def _misleads(character: str) -> bool:
    leftward = unicodedata.bidirectional(character) in {"R", "AL", "AN"}
    return leftward or unicodedata.category(character) in INVISIBLE
