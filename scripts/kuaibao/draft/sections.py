"""Takes a bulletin's text and gives its sections: masthead, one for each main heading, distribution list."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBERED = re.compile("[一二三四五六七八九十]{1,3}、")
CLOSED = tuple("。！？；：，、,;:.”）)")
CIRCULATION = re.compile(r"(?:报|送|发|抄送|抄报|主送|分送|印发)[：:]")
LONGEST_HEADING, SHORTEST_BODY = 40, 41


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its number from 0, where it starts and ends in the text, and its heading."""

    number: int
    start: int
    end: int
    heading: str


def sections(text: str) -> list[Section]:
    """Part a text at its main headings; every character belongs to one section.

    Headings numbered 一、 二、 part the text where there are two or more; otherwise each short line without
    closing punctuation does that stands after the first long paragraph and before another one.
    """
    lines = _lines(text)
    heads = _numbered(lines) or _plain(lines)
    last = heads[-1][0] if heads else 0
    heads += [(at, "") for at, line in lines if at > last and CIRCULATION.match(line)][:1]
    starts = [0, *(at for at, _ in heads), len(text)]
    titles = ["", *(title for _, title in heads)]
    return [Section(i, starts[i], starts[i + 1], title) for i, title in enumerate(titles)]


def _lines(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.split("\n"):
        if bare := line.strip().lstrip("#").lstrip():  # the mark of a heading in Markdown says nothing here
            found.append((at, bare))
        at += len(line) + 1
    return found


def _numbered(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    heads = [(at, NUMBERED.sub("", line)) for at, line in lines if NUMBERED.match(line) and _is_short(line)]
    return heads if len(heads) > 1 else []


def _plain(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    first = next((i for i, (_, line) in enumerate(lines) if len(line) >= SHORTEST_BODY), len(lines))
    return [
        (at, line)
        for i, (at, line) in enumerate(lines)
        if i > first
        and _is_heading(line)
        and any(len(later) >= SHORTEST_BODY for _, later in lines[i + 1 : i + 2])
    ]


def _is_short(line: str) -> bool:
    return len(line) <= LONGEST_HEADING


def _is_heading(line: str) -> bool:
    return _is_short(line) and not line.endswith(CLOSED) and "\t" not in line and not CIRCULATION.match(line)
