"""Takes a text and its numerals; gives what its first lines say: series, issue, title and issuer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.draft.sections import NUMBERED
from kuaibao.reader.wraps import is_wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.reader import Numeral

SERIES = re.compile(r"\S{2,20}(?:报|刊|讯|信息|动态|参考|交流)")
ISSUE = re.compile(
    r"(?:(?P<year>\d{4}) ?年 ?)?第 ?(?P<issue>\d+) ?期(?: ?[(（] ?总第 ?(?P<overall>\d+) ?期 ?[)）])?"
)
HEADING = "# \t\u3000\ufeff"  # marks of Markdown, indents
BRACKETS = " \u3000()（）"
NAMES_ISSUE = re.compile(r"第 ?\d+ ?期|\d ?月 ?\d+ ?日")
# Who issues, in a part of a line: 主办：X, X 编印, or X alone.
PARTS = re.compile(r"\s{2,}|[\u3000\t]+|(?<=[\u3400-\u9fff]) (?=\d)")
ROLE = "发文单位|发布单位|编发单位|编印单位|主办单位|编印|编发|主办|印发|编辑|发布|编|印"
NAMED = re.compile(rf"(?:{ROLE})[:：] ?(?P<name>[\u3400-\u9fff（）()]{{3,60}})")
BODY_NAME = re.compile(
    r"(?P<name>[\u3400-\u9fff（）()]{2,56}?(?:编辑部|办公室|总工会|联合会|委员会|人民政府|领导小组|研究室|统计局|局|厅|中心|调查队|政府))"
    rf"(?:{ROLE})?"
)
OFFICE = re.compile(f"(?:编辑部|办公室|总工会|委员会|领导小组)(?:{ROLE})?$")  # such a line is no title
BODY = 41  # characters of the shortest paragraph that is no title


class Masthead(NamedTuple):
    """Series, issue in Chinese and English, title and issuer of a bulletin; '' for what is not found."""

    series: str
    issue: str
    issue_en: str
    title: str
    issuer: str


def masthead(text: str, numerals: Sequence[Numeral]) -> Masthead:
    """Read the lines above the first paragraph; the title stands below series, issue and date or above it.

    Without a title of its own an issue has that of the series.
    """
    lines = _first_lines(text)
    series = next((line for line in lines if SERIES.fullmatch(line)), "")
    found = _issue(lines)
    printed = [n for n in numerals if n.kind == "issue_number" and n.start < text.find("。")]
    issue = found[0] if found else " ".join(n.printed for n in printed)
    above, below = _parted(lines, series)
    issuer = _issuer([*above, *below[:-1], *filter(OFFICE.search, below[-1:])])
    title = "".join(line for line in below if not issuer or _issuer([line]) != issuer)
    return Masthead(series, issue, _english(found) if found else "", title or series, issuer)


def _issue(lines: Sequence[str]) -> re.Match[str] | None:
    """Find the issue: anywhere with its year, without one only where it stands alone."""
    dated = (match for line in lines if (match := ISSUE.search(line)) and match["year"])
    parts = (part for line in lines for part in (line, *PARTS.split(line)))
    alone = (ISSUE.fullmatch(part.strip(BRACKETS)) for part in parts)
    return next(dated, None) or next(filter(None, alone), None)


def _parted(lines: Sequence[str], series: str) -> tuple[Sequence[str], Sequence[str]]:
    """Part the lines below the last one of series, issue and date, else before the last other line.

    The line of an office is no title: there the title stands above office and date.
    """
    heads = [at for at, line in enumerate(lines) if line == series or NAMES_ISSUE.search(line)]
    below = heads[-1] + 1 if heads else max(len(lines) - 1, 0)
    if not all(map(BODY_NAME.fullmatch, lines[below:])):
        return lines[:below], lines[below:]
    others = [at for at, line in enumerate(lines) if at not in heads and not BODY_NAME.fullmatch(line)]
    title = max((at for at in others if at < below), default=len(lines))
    return [*lines[:title], *lines[title + 1 :]], lines[title : title + 1]


def _issuer(lines: Sequence[str]) -> str:
    """Name who issues: after 主办 and the like, or the body that stands alone."""
    parts = [part for line in lines for part in PARTS.split(line)]
    named = (NAMED.search(part) for part in parts)
    alone = (BODY_NAME.fullmatch(part) for part in parts)
    found = next((match for match in (*named, *alone) if match), None)
    return found["name"] if found else ""


def _first_lines(text: str) -> list[str]:
    """Return the paragraphs above the first that is long, a sentence or a heading 一、, hard wraps joined."""
    lines: list[str] = []
    wrapped = ""
    for line in text.splitlines():
        whole = wrapped + line.lstrip(HEADING).rstrip()
        if len(whole) >= BODY or whole.endswith("。") or "\t" in line.strip() or NUMBERED.match(whole):
            break
        wrapped = whole if is_wrapped(line, text) else ""
        if whole and not wrapped:
            lines.append(whole)
    return lines


def _english(issue: re.Match[str]) -> str:
    overall = f" (no. {issue['overall']} overall)" if issue["overall"] else ""
    year = f"{issue['year']}, " if issue["year"] else ""
    return f"{year}issue {issue['issue']}{overall}"
