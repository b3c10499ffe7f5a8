"""Takes a text and its numerals; gives what its first lines say: series, issue and title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.reader import Numeral

SERIES = re.compile(r"\S{2,20}(?:报|刊|讯|信息|动态|参考|交流)")
ISSUE = re.compile(
    r"(?P<year>\d{4}) ?年 ?第 ?(?P<issue>\d+) ?期(?: ?[(（] ?总第 ?(?P<overall>\d+) ?期 ?[)）])?"
)
NAMES_ISSUE = re.compile(r"第 ?\d+ ?期|\d ?月 ?\d+ ?日")
BODY = 41  # characters of the shortest paragraph that is no title


class Masthead(NamedTuple):
    """Series, issue in Chinese and English, and title of a bulletin; '' for what is not found."""

    series: str
    issue: str
    issue_en: str
    title: str


def masthead(text: str, numerals: Sequence[Numeral]) -> Masthead:
    """Read the lines above the first long paragraph; the title stands below series, issue and date."""
    lines = _first_lines(text)
    series = next((line for line in lines if SERIES.fullmatch(line)), "")
    found = next((match for line in lines if (match := ISSUE.search(line))), None)
    printed = [n for n in numerals if n.kind == "issue_number" and n.start < text.find("。")]
    issue = found[0] if found else " ".join(n.printed for n in printed)
    return Masthead(series, issue, _english(found) if found else "", _title(lines, series))


def _title(lines: Sequence[str], series: str) -> str:
    """Join the lines below series, issue and date: a long title is parted in print."""
    above = [at for at, line in enumerate(lines) if line == series or NAMES_ISSUE.search(line)]
    return "".join(lines[above[-1] + 1 :] if above else lines[-1:])


def _first_lines(text: str) -> list[str]:
    lines: list[str] = []
    for block in text.split("\n\n"):
        line = "".join(part.strip() for part in block.split("\n"))
        if len(line) >= BODY:
            break
        if line:
            lines.append(line)
    return lines


def _english(issue: re.Match[str]) -> str:
    overall = f" (no. {issue['overall']} overall)" if issue["overall"] else ""
    return f"{issue['year']}, issue {issue['issue']}{overall}"
