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
# Who issues, in a part of a line: 主办：X, X 编印, or X alone.
PARTS = re.compile(r"\s{2,}|[\u3000\t]+|(?<=[\u3400-\u9fff]) (?=\d)")
ROLE = "发文单位|发布单位|编发单位|编印单位|主办单位|编印|编发|主办|印发|编辑|发布|编|印"
NAMED = re.compile(rf"(?:{ROLE})[:：] ?(?P<name>[\u3400-\u9fff（）()]{{3,60}})")
BODY_NAME = re.compile(
    r"(?P<name>[\u3400-\u9fff（）()]{2,56}?(?:办公室|总工会|联合会|委员会|人民政府|领导小组|研究室|统计局|局|厅|中心))"
    rf"(?:{ROLE})?"
)
BODY = 41  # characters of the shortest paragraph that is no title


class Masthead(NamedTuple):
    """Series, issue in Chinese and English, title and issuer of a bulletin; '' for what is not found."""

    series: str
    issue: str
    issue_en: str
    title: str
    issuer: str


def masthead(text: str, numerals: Sequence[Numeral]) -> Masthead:
    """Read the lines above the first long paragraph; the title stands below series, issue and date."""
    lines = _first_lines(text)
    series = next((line for line in lines if SERIES.fullmatch(line)), "")
    found = next((match for line in lines if (match := ISSUE.search(line))), None)
    printed = [n for n in numerals if n.kind == "issue_number" and n.start < text.find("。")]
    issue = found[0] if found else " ".join(n.printed for n in printed)
    title = _title(lines, series)
    return Masthead(series, issue, _english(found) if found else "", title, _issuer(lines, title))


def _title(lines: Sequence[str], series: str) -> str:
    """Join the lines below series, issue and date: a long title is parted in print."""
    above = [at for at, line in enumerate(lines) if line == series or NAMES_ISSUE.search(line)]
    return "".join(lines[above[-1] + 1 :] if above else lines[-1:])


def _issuer(lines: Sequence[str], title: str) -> str:
    """Name who issues: after 主办 and the like, or the body that stands alone."""
    parts = [part for line in lines if line != title for part in PARTS.split(line)]
    named = (NAMED.search(part) for part in parts)
    alone = (BODY_NAME.fullmatch(part) for part in parts)
    found = next((match for match in (*named, *alone) if match), None)
    return found["name"] if found else ""


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
