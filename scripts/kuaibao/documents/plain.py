"""A text as it stands in, the same text with the cells of its tables marked out.

Tables are runs of lines with equally many tabs, and Markdown's tables with bars; all else, front matter too,
is read as one stretch from table to table, so that a number that a page break parts stays one. Markdown's
blocks of code, comments, link targets, and marks of emphasis and of code within a line are not read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from .breaks import are_apart, parts
from .headers import describe
from .model import Document, Slot, Stretch, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n]|$)")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BREAK = re.compile(r"<br[ \t]*/?>")
# What Markdown does not show, or shows as no text: code, comments, link targets, emphasis, escapes.
_MARKS = re.compile(
    r"^ {0,3}(?P<fence>```|~~~)[^\n]*\n(?:(?! {0,3}(?:```|~~~))[^\n]*\n)* {0,3}(?P=fence)[`~]*[ \t]*$"
    r"|(?<![`\\])`(?P<code>[^`\n]{1,40})`(?!`)|<!--(?:(?!<!--).)*?-->|(?<=\])\([^()\n]*\)|~~[^~\n]+~~"
    r"|<br[ \t]*/?>|\*{2,3}|__|(?<![0-9])\*(?=\S)|(?<=\S)\*(?![0-9*])|\\(?=[!-/:-@\[-`{-~])",
    re.DOTALL | re.MULTILINE,
)
_HEADING = re.compile(r"^ {0,3}#{1,6} [^\n]+$", re.MULTILINE)
_LONGEST = 80  # characters of a line that tell whether a break parts numbers
_FENCE = re.compile(r"\s*(?:```|~~~)")


class _Line(NamedTuple):
    start: int
    text: str
    tabs: int


def read_plain(text: str, *, markdown: bool = False) -> Document:
    """Return the text itself with a stretch for each table cell, heading, and part between these."""
    marks = tuple(_marks(text)) if markdown else ()
    headings = list(_headings(text, marks)) if markdown else []
    stretches: list[Stretch] = []
    at = 0
    for lines in _tables(list(_lines(text)), markdown=markdown):
        start, end = lines[0].start, lines[-1].start + len(lines[-1].text)
        stretches += _prose(at, start, headings)
        stretches += _cells(lines, _above(text, start), "|" if markdown else "\t")
        at = end
    stretches += _prose(at, len(text), headings)
    if markdown:
        stretches = [part for stretch in stretches for part in _parted(text, stretch)]
    return Document(text, tuple(stretches), marks=marks)


def _parted(text: str, stretch: Stretch) -> Iterator[Stretch]:
    """Part a stretch of Markdown at each <br> that stands between two numbers."""
    start, end = stretch.start, stretch.end
    for match in _BREAK.finditer(text, start, end):
        above = text[max(start, match.start() - _LONGEST) : match.start()].rpartition("\n")[2]
        below = text[match.end() : min(match.end() + _LONGEST, end)].partition("\n")[0]
        if are_apart(above, _BREAK.split(below)[0]):
            yield stretch._replace(start=start, end=match.start())
            start = match.end()
    yield stretch._replace(start=start)


def _headings(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    """Yield the headings that stand in no block of code and no comment."""
    starts = [start for start, _ in marks]
    for match in _HEADING.finditer(text):
        above = bisect_right(starts, match.start()) - 1
        if above < 0 or marks[above][1] <= match.start():
            yield Stretch(*match.span(), bare="heading")


def _prose(start: int, end: int, headings: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield the headings of a part of the text, and what stands between them."""
    for heading in headings:
        if start <= heading.start < heading.end <= end:
            if start < heading.start:
                yield Stretch(start, heading.start)
            yield heading
            start = heading.end
    if start < end:
        yield Stretch(start, end)


def _marks(text: str) -> Iterator[tuple[int, int]]:
    for match in _MARKS.finditer(text):
        if match["code"] is None:
            yield match.span()
        else:
            yield match.start(), match.start("code")
            yield match.end("code"), match.end()


def read_extracted(text: str) -> Document:
    """Return an extracted text with its paragraphs, which are blocks between blank lines, read one by one."""
    stretches: list[Stretch] = []
    before = at = 0
    for block in text.split("\n\n"):
        known = read_plain(text[before : at + len(block)]) if "\t" in block else None
        if known is None:
            stretches += [Stretch(at + start, at + end) for start, end in parts(block)]
        else:
            moved = ((max(each.start + before, at), each.end + before, each) for each in known.stretches)
            stretches += [each._replace(start=start, end=end) for start, end, each in moved if end > at]
        before, at = at, at + len(block) + 2
    return Document(text, tuple(each for each in stretches if each.end > each.start))


def _lines(text: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        line = match[0].rstrip("\r\n")
        yield _Line(match.start(), line, line.count("\t"))


def _above(text: str, start: int) -> str:
    """Return the last lines with text above a table."""
    above = text[max(0, start - 200) : start].rstrip()
    return "\n".join(above.splitlines()[-2:])


def _tables(lines: list[_Line], *, markdown: bool) -> Iterator[list[_Line]]:
    if markdown:
        yield from _barred(lines)
        return
    for tabs, run in groupby(lines, key=lambda line: line.tabs):
        rows = list(run)
        if tabs and len(rows) > 1:
            yield rows


def _barred(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Find the tables of Markdown: a header, a rule with a bar in it, rows with bars; not within code."""
    at, in_code = 0, False
    while at < len(lines):
        in_code ^= bool(_FENCE.match(lines[at].text))
        end = at + 1
        if not in_code and "|" in lines[at].text and _is_rule(lines, end):
            while end < len(lines) and "|" in lines[end].text:
                end += 1
            yield lines[at:end]
        at = end


def _is_rule(lines: list[_Line], at: int) -> bool:
    return at < len(lines) and "|" in lines[at].text and _RULE.fullmatch(lines[at].text) is not None


def _cells(lines: list[_Line], above: str, bar: str) -> Iterator[Stretch]:
    spans = [_spans(line, bar) for line in lines if bar == "\t" or not _is_rule([line], 0)]
    table = Table([[Slot(text) for _, text in row] for row in spans])
    for row, stretches in zip(spans, describe(table, above), strict=True):
        for (start, text), stretch in zip(row, stretches, strict=True):
            if text.strip() and stretch is not None:
                yield stretch._replace(start=start, end=start + len(text))


def _spans(line: _Line, bar: str) -> list[tuple[int, str]]:
    """Return the start and text of each cell; bars at the ends of a Markdown row part nothing."""
    if bar == "\t":
        edges = [match.start() for match in re.finditer(bar, line.text)]
    else:
        edges = [match.start() for match in _BAR.finditer(line.text)]
    starts, ends = [0, *(edge + 1 for edge in edges)], [*edges, len(line.text)]
    spans = [(line.start + start, line.text[start:end]) for start, end in zip(starts, ends, strict=True)]
    if bar == "|":
        spans = spans[not spans[0][1].strip() :]
        spans = spans[: -1 if spans and not spans[-1][1].strip() else None]
    return spans
