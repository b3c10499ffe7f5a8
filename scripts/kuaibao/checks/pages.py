"""Takes the hand-written pages and checks them: both languages, known figures, every figure told, no digit by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import jinja2
import jinja2.meta

from kuaibao.errors import Place
from kuaibao.reader import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.checks.tally import Tally
    from kuaibao.model import Archive
    from kuaibao.reader import Numeral

FIXED_NAMES = "fixed-names.txt"
MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
DATE = re.compile(r"\A---\n(?:.*\n)*?(date: .*)\n")
STRING = re.compile(r'"[^"]*"|' + "'[^']*'")
SPOKEN = re.compile(r'(?:alt|title|aria-label)="([^"]*)"')
# Where a digit is markup, not a figure: targets of links, attributes and tag names of HTML, anchors, entities.
MARKUP = re.compile(r"\]\([^)\s]*\)|<[^>\n]*>|\{[#.:][^}\n]*\}|&#?\w+;")
DIGIT = re.compile("[0-9０-９]+")
ID = re.compile(r"[a-z]{2,8}-[0-9]{3,}\.[0-9]+\.[0-9]{2,}")
BULLETIN_ID = re.compile(r"[a-z]{2,8}-[0-9]{3,}(?:\.[a-z]?[0-9.]+)?")
RELATION = re.compile(r"[a-z]{2,8}-[0-9]{3,}\.r[0-9]{2,}")
NUMBER_WORDS = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|dozens?)\b",
    re.IGNORECASE,
)


def check_pages(archive: Archive, pages: Mapping[str, str], tally: Tally) -> None:
    """Check every page; `pages` maps 'zh/index.md' to its text and 'fixed-names.txt' to the list of names."""
    names = fixed_names(pages.get(FIXED_NAMES, ""))
    figures = {row["figure"] for package in archive.bulletins.values() for row in package.rows("figures")}
    relations = {row["relation"] for package in archive.bulletins.values() for row in package.rows("relations")}
    for path, text in pages.items():
        if path == FIXED_NAMES:
            continue
        _check_pair(path, pages, tally)
        if _check_template(path, text, tally):
            _check_references(path, text, (figures, relations), tally)
            _check_digits(path, text, names, tally)
    _check_told(archive, pages, tally)


def fixed_names(text: str) -> list[str]:
    """Read the list of fixed names: one a line, '#' begins a comment; the longest first."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    return sorted(filter(None, lines), key=len, reverse=True)


def _check_pair(path: str, pages: Mapping[str, str], tally: Tally) -> None:
    language, _, rest = path.partition("/")
    other = f"{'en' if language == 'zh' else 'zh'}/{rest}"
    tally.expect(other in pages, "page-pair", Place(f"docs/{other}"), other=f"docs/{path}")


def _check_template(path: str, text: str, tally: Tally) -> bool:
    try:
        jinja2.Environment(autoescape=True).parse(text)
    except jinja2.TemplateSyntaxError as error:
        return tally.expect(False, "page-template", Place(f"docs/{path}", error.lineno), detail=str(error.message))  # noqa: FBT003
    return tally.expect(True, "page-template", Place(f"docs/{path}"))  # noqa: FBT003


def _check_references(path: str, text: str, known: tuple[set[str], set[str]], tally: Tally) -> None:
    for pattern, ids in ((ID, known[0]), (RELATION, known[1])):
        for match in pattern.finditer(text):
            place = Place(f"docs/{path}", _line(text, match.start()))
            tally.expect(match.group() in ids, "page-figure", place, match.group())


def _check_digits(path: str, text: str, names: list[str], tally: Tally) -> None:
    prose = _prose(text, names)
    place = Place(f"docs/{path}")
    tally.checked["page-digit"] += 1
    found = [(m.start(), m.group()) for m in DIGIT.finditer(prose)]
    if path.startswith("zh/"):
        found += [(n.start, n.printed) for n in read(prose) if _is_counted(n)]
    else:
        found += [(m.start(), m.group()) for m in NUMBER_WORDS.finditer(prose)]
    for start, word in sorted(found):
        tally.expect(False, "page-digit", Place(place.path, _line(text, start)), word, names=f"docs/{FIXED_NAMES}")  # noqa: FBT003


def _is_counted(numeral: Numeral) -> bool:
    """Tell a count in Chinese words from the plain 一 of 一个, 一年, which counts no more than "a" does."""
    return numeral.kind == "figure" and numeral.value != 1 and not DIGIT.search(numeral.printed)


def _prose(text: str, names: list[str]) -> str:
    """Blank out, at the same length, whatever may hold digits."""
    text = DATE.sub(_blank, CODE.sub(_blank, text), count=1)
    text = MARKUP.sub(lambda tag: _keep(tag, SPOKEN), MACRO.sub(lambda macro: _keep(macro, STRING), text))
    text = BULLETIN_ID.sub(_blank, text)
    for name in names:
        text = text.replace(name, "·" * len(name))
    return text


def _keep(match: re.Match[str], spoken: re.Pattern[str]) -> str:
    """Blank a macro or a tag but for the words that a reader will meet."""
    text, kept = match.group(), [found.span() for found in spoken.finditer(match.group())]
    inside = [any(start <= place < end for start, end in kept) for place in range(len(text))]
    return "".join(c if keep or c == "\n" else "·" for c, keep in zip(text, inside, strict=True))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "·", match.group())


def _check_told(archive: Archive, pages: Mapping[str, str], tally: Tally) -> None:
    for package in archive.bulletins.values():
        for language in ("zh", "en"):
            folder = f"{language}/bulletins/{package.name}/"
            told = {match for path, text in pages.items() if path.startswith(folder) for match in ID.findall(text)}
            if told:
                for index, row in enumerate(package.rows("figures")):
                    place = package.place("figures", index, "figure")
                    tally.expect(row["figure"] in told, "page-untold", place, row["figure"], folder=f"docs/{folder}")


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
