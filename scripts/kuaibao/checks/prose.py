"""Takes the text of a page and gives what a reader will meet of it, and the numbers typed into it by hand."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from kuaibao.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kuaibao.reader import Numeral

FENCE = re.compile(r"^(```+|~~~+)[^`\n]*\n.*?^\1[`~]*[ \t]*$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
# Python-Markdown leaves a block that opens with a tag as it is: backticks in it make no code.
HTML_BLOCK = re.compile(r"\s*<[A-Za-z/!]")
DATE = re.compile(r"\A---\n(?:.*\n)*?(date: .*)\n")
HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TAG = re.compile(r"""<[A-Za-z/!](?:[^<>"']|"[^"]*"|'[^']*')*>?""")
ATTRIBUTE = re.compile(r"""([^\s"'<>/={}:]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`}]+)""")
ATTRIBUTES = re.compile(r"\{:?(?=[ #.\w])[^{}\n]*\}")
NAMED = re.compile(r"(?<=[{: ])[#.][A-Za-z][^\s{}]*")
# Attributes that no reader meets; the values of all others count as words.
SILENT = frozenset(
    {"href", "id", "class", "src", "rel", "lang", "role", "loading", "width", "height", "aria-labelledby"}
)
# Where a digit is markup, no figure: targets of links, addresses.
MARKUP = re.compile(r"\]\([^)\s]*|https?://[^\s)>，。；、]+")
MARKER = re.compile(r"^([ \t]*)([0-9]{1,2})\.(?= )", re.MULTILINE)
ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?")
DIGIT = re.compile(r"[\d²³¹¼-¾⁰-₉⅐-↋①-⓿❶-➓㈠-㈩㊀-㊉]+(?:[.,．，][\d]+)*")
NUMBER_WORD = (
    "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|[mb]illions?|dozens?)"
)
# Shares and multiples; not an ordinal third, a double click, nor a zero that counts nothing.
SHARE_WORD = (
    r"half(?!-)|halves|twice|thrice|(?:a|one)[- ](?:third|fifth|tenth)(?= (?:of|more|less|fewer)\b)"
    r"|one[- ]third|thirds|(?:a|one) quarter|quarters|double[ds]?(?![- ]?click)|doubling"
    r"|(?:quadru|tri)ple[ds]?|tripling|zero(?= [a-z])"
    r"|\w+fold(?<=(?:two|ree|our|ive|six|ven|ght|ine|ten|red|and)fold)"
)
NUMBER_WORDS = re.compile(rf"\b(?:{NUMBER_WORD}(?:[- ]{NUMBER_WORD})*|{SHARE_WORD})\b", re.IGNORECASE)
CHINESE_WORDS = re.compile(r"翻(?:了|过)?番|[俩仨]|零(?=事故|投诉|差错|伤亡|上访|欠薪)")


def typed(text: str, language: str, blank: Callable[[str], str]) -> list[tuple[int, str]]:
    """List the numbers in what a reader meets: (line counted from 0, as written), in order.

    `blank` takes out the names that may hold digits, at the same length.
    """
    text = blank(_unescaped(text))
    found = [(match.start(), match.group()) for match in DIGIT.finditer(text)]
    if language == "zh":
        found += [(numeral.start, numeral.printed) for numeral in read(text) if _is_counted(numeral)]
    words = CHINESE_WORDS if language == "zh" else NUMBER_WORDS
    found += [(match.start(), match.group()) for match in words.finditer(text)]
    return [(text.count("\n", 0, start), word) for start, word in sorted(found)]


def blanker(names: Iterable[str], packages: Iterable[str]) -> Callable[[str], str]:
    """Give what takes fixed names, and names and ids of packages, out of a text, at the same length."""
    patterns = [rf"(?<![0-9A-Za-z]){re.escape(name)}(?![0-9A-Za-z])" for name in names]
    ids = r"(?:\.(?:[0-9]{1,2}\.[0-9]{2,3}|[a-z][0-9]{2,3}))?(?!\.?[0-9])"
    patterns += [rf"(?<![0-9A-Za-z]){re.escape(name)}{ids}" for name in packages]

    def blank(text: str) -> str:
        for pattern in patterns:
            text = re.sub(pattern, blanked, text)
        return text

    return blank


def without_code(text: str) -> str:
    """Blank code, which is shown as it is typed, at the same length."""
    parts = re.split(r"(\n[ \t]*\n)", FENCE.sub(blanked, text))
    return "".join(part if HTML_BLOCK.match(part) else CODE.sub(blanked, part) for part in parts)


def spoken(text: str) -> str:
    """Blank the markup of a text without code, at the same length; what a reader meets stays."""
    text = DATE.sub(blanked, text, count=1)
    text = TAG.sub(_said, HTML_COMMENT.sub(blanked, text))
    text = ATTRIBUTES.sub(_kept, text)
    return _without_markers(MARKUP.sub(blanked, text))


def _without_markers(text: str) -> str:
    """Blank the markers of ordered lists that count from 1."""
    last: dict[str, int] = {}

    def marked(match: re.Match[str]) -> str:
        indent, number = match.group(1), int(match.group(2))
        counts = number in {1, last.get(indent, 0) + 1}
        last[indent] = number if counts else 0
        return blanked(match) if counts else match.group()

    return MARKER.sub(marked, text)


def blanked(match: re.Match[str]) -> str:
    """Put dots in place of what was found, and keep its lines."""
    return re.sub(r"[^\n]", "·", match.group())


def _said(match: re.Match[str]) -> str:
    """Blank a tag but for the values of attributes that a reader may meet."""
    tag, kept = match.group(), [False] * len(match.group())
    for attribute in ATTRIBUTE.finditer(tag):
        if attribute.group(1).lower() not in SILENT:
            kept[slice(*attribute.span(2))] = [True] * len(attribute.group(2))
    return "".join(c if keep or c == "\n" else "·" for c, keep in zip(tag, kept, strict=True))


def _kept(match: re.Match[str]) -> str:
    """Blank ids, classes and silent attributes in a list of attributes: {: #rivers-2 .wide }."""
    text = NAMED.sub(blanked, match.group())
    return ATTRIBUTE.sub(lambda a: blanked(a) if a.group(1).lower() in SILENT else a.group(), text)


def _unescaped(text: str) -> str:
    return ENTITY.sub(lambda entity: html.unescape(entity.group()).replace("\n", " "), text)


def _is_counted(numeral: Numeral) -> bool:
    """Tell a count or date in words from the plain 一 of 一个, 一年, which counts no more than "a" does."""
    counted = numeral.kind in {"figure", "date", "issue_number"} and numeral.value != 1
    return counted and not DIGIT.search(numeral.printed)
