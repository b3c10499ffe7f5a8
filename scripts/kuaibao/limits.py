"""Takes a file and gives its bytes, if it is an ordinary one within the limits that are listed in limits.csv.

A limit is checked before the memory is spent that it is there to save.
"""

from __future__ import annotations

import csv
import os
import stat
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kuaibao.errors import LANGUAGES, Language, Place, Problem, UsageError, visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit: its key, the largest number that is taken, of what, and what to do about more."""

    key: str
    most: int
    what: Mapping[Language, str]
    remedy: Mapping[Language, str]


class NotOrdinaryError(OSError):
    """A file that is a link, a device, a pipe or a socket; nothing of it was read."""


class LimitError(UsageError):
    """Input beyond a limit: which file, which limit, how much there was ('' where it was not counted)."""

    def __init__(self, path: str, key: str, found: str = "") -> None:
        """Say the file, the limit and the remedy."""
        self.key, self.found = key, found
        said = {language: over(key, found)[f"over_{language}"] for language in LANGUAGES}
        remedy, name = limits()[key].remedy, visible(path)
        super().__init__(
            f"{name}：{said['zh']}，为安全起见不读取；请{remedy['zh']}",
            f"{name}: {said['en']}, and is not read, to be safe; {remedy['en']}",
        )

    def problem(self, place: Place) -> Problem:
        """Tell it as a problem of the data."""
        return Problem("file-limit", place, params=over(self.key, self.found))


@cache
def limits() -> Mapping[str, Limit]:
    """Read the catalogue of limits, in its order."""
    with (files("kuaibao") / "limits.csv").open(encoding="utf-8") as file:
        return {row["key"]: _limit(row) for row in csv.DictReader(file)}


def _limit(row: Mapping[str, str]) -> Limit:
    what: dict[Language, str] = {"zh": row["what_zh"], "en": row["what_en"]}
    remedy: dict[Language, str] = {"zh": row["remedy_zh"], "en": row["remedy_en"]}
    return Limit(row["key"], int(row["limit"]), what, remedy)


def most(key: str) -> int:
    """Give the number of a limit."""
    return limits()[key].most


def over(key: str, found: str = "") -> dict[str, str]:
    """Say in both languages that there is more than a limit, and what to do."""
    limit = limits()[key]
    zh, en = (f"（有 {found}）", f" (it has {found})") if found else ("", "")
    return {
        "over_zh": f"{limit.what['zh']}超过上限 {limit.most:,}{zh}",
        "over_en": f"more than {limit.most:,} {limit.what['en']}{en}",
        "remedy_zh": limit.remedy["zh"],
        "remedy_en": limit.remedy["en"],
    }


def content_of(path: Path, key: str) -> bytes:
    """Read an ordinary file of at most so many megabytes; links are not followed.

    Raises LimitError where it is larger, NotOrdinaryError where it is no ordinary file.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise NotOrdinaryError(None, "not an ordinary file", str(path))
    return bytes_of(path, key)


def bytes_of(path: Path, key: str) -> bytes:
    """Read a file that the user has named, as `content_of` does, but follow links."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise NotOrdinaryError(None, "not an ordinary file", str(path))
        if state.st_size > most(key) * MEGABYTE:
            raise LimitError(str(path), key, str(-(-state.st_size // MEGABYTE)))
        return file.read()
