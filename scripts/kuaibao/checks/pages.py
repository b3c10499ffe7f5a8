"""Takes the hand-written pages and checks both languages, references, and that no number is typed by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import jinja2
import jinja2.meta
from jinja2 import nodes

from kuaibao.errors import LANGUAGES, Place
from kuaibao.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kuaibao.checks.tally import Tally
    from kuaibao.model import Archive
    from kuaibao.reader import Numeral

FIXED_NAMES = "fixed-names.txt"
# What a page may call; the renderer binds the same names.
FIGURE_MACROS = frozenset({"fig", "period", "card"})
CHART_MACROS = frozenset({"bars", "dots", "slope"})
BULLETIN_MACROS = frozenset(
    {
        "figures_table",
        "measures_table",
        "system_map",
        "bulletin",
        "bulletin_facts",
        "completeness",
        "citation",
    }
)
MACROS = FIGURE_MACROS | CHART_MACROS | BULLETIN_MACROS | {"derived", "contact"}
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
DATE = re.compile(r"\A---\n(?:.*\n)*?(date: .*)\n")
STRING = re.compile(r'"[^"]*"|' + "'[^']*'")
SPOKEN = re.compile(r"""(?:alt|title|aria-label)=(?:"[^"]*"|'[^']*')""")
# Where a digit is markup, no figure: targets of links, HTML tags, anchors, entities, addresses, list markers.
MARKUP = re.compile(
    r"\]\([^)\s]*|<[^>\n]*>|\{[#.:][^}\n]*\}|&#?\w+;|https?://[^\s)>，。；、]+|^\s*[0-9]{1,2}\.(?= )",
    re.MULTILINE,
)
DIGIT = re.compile(r"[\d²³¹¼-¾⁰-₉⅐-↋①-⓿❶-➓㈠-㈩㊀-㊉]+(?:[.,．，][\d]+)*")
FIGURE = re.compile(r"[a-z]{2,8}-[0-9]{3,}\.[0-9]+\.[0-9]{2,}")
RELATION = re.compile(r"[a-z]{2,8}-[0-9]{3,}\.r[0-9]{2,}")
NAME = re.compile(r"[a-z]{2,8}-[0-9]{3,}(?:\.[a-z]?[0-9]+)*")
REFERENCE = re.compile(r"\{([^{}]*)\}")
NUMBER_WORD = (
    "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|[mb]illions?|dozens?)"
)
NUMBER_WORDS = re.compile(rf"\b{NUMBER_WORD}(?:[- ]{NUMBER_WORD})*\b", re.IGNORECASE)


def check_pages(archive: Archive, pages: Mapping[str, str], tally: Tally, *, sound: bool = True) -> None:
    """Check every page; `pages` maps 'zh/index.md' to its text and 'fixed-names.txt' to the list of names.

    Where not all packages are `sound`, references to them are not looked up: what they name may be broken.
    """
    names = fixed_names(pages.get(FIXED_NAMES, ""))
    told: dict[str, set[str]] = {}
    for path, text in pages.items():
        if path == FIXED_NAMES:
            continue
        _check_pair(path, pages, tally)
        _check_digits(path, text, names, tally)
        tree = _parsed(path, text, tally)
        if tree is not None and sound:
            cited = dict(_cited(tree, text))
            _check_references(path, tree, cited, archive, tally)
            told[path] = set(cited)
    if sound and len(told) == len(pages) - (FIXED_NAMES in pages):
        _check_told(archive, told, tally)


def fixed_names(text: str) -> list[str]:
    """Read the list of fixed names: one a line, '#' begins a comment; the longest first."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    return sorted(filter(None, lines), key=len, reverse=True)


def _check_pair(path: str, pages: Mapping[str, str], tally: Tally) -> None:
    language, _, rest = path.partition("/")
    other = f"{'en' if language == 'zh' else 'zh'}/{rest}"
    tally.expect(other in pages, "page-pair", Place(f"docs/{other}"), other=f"docs/{path}")


def _parsed(path: str, text: str, tally: Tally) -> nodes.Template | None:
    environment = jinja2.Environment(autoescape=True)
    try:
        environment.compile(text)  # finds unknown filters too, but changes the tree that it is given
        tally.checked["page-template"] += 1
        return environment.parse(text)
    except jinja2.TemplateSyntaxError as error:
        written = text.splitlines()[error.lineno - 1 : error.lineno]
        tally.fail("page-template", Place(f"docs/{path}", error.lineno), detail="".join(written).strip())
        return None


def _check_references(
    path: str, tree: nodes.Template, cited: Mapping[str, int], archive: Archive, tally: Tally
) -> None:
    """Check that macros exist, that they name bulletins that exist, and figures and relations likewise."""
    lines = {name.name: name.lineno for name in tree.find_all(nodes.Name)}
    for name in sorted(jinja2.meta.find_undeclared_variables(tree)):
        place, macros = Place(f"docs/{path}", lines.get(name)), ", ".join(sorted(MACROS))
        tally.expect(name in MACROS, "page-macro", place, name, macros=macros)
    rows = {table: _ids(archive, table) for table in ("figures", "relations")}
    known_ids = rows["figures"] | rows["relations"] | set(archive.bulletins)
    for name, line in cited.items():
        tally.expect(name in known_ids, "page-figure", Place(f"docs/{path}", line), name)


def _ids(archive: Archive, table: str) -> set[str]:
    columns = [package.tables[table].iloc[:, 0] for package in archive.bulletins.values()]
    return {str(name) for column in columns for name in column}


def _cited(tree: nodes.Template, text: str) -> Iterator[tuple[str, int]]:
    """List what a page names, with the line: in its macros, and as the id of a link's target."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in MACROS:
            yield from ((name, call.lineno) for name in _named(call, call.node.name))
    plain = MACRO.sub(_blank, COMMENT.sub(_blank, CODE.sub(_blank, text)))
    for pattern in (FIGURE, RELATION):
        yield from ((found.group(), _line(plain, found.start())) for found in pattern.finditer(plain))


def _named(call: nodes.Call, macro: str) -> Iterator[str]:
    """List what one call names: its first argument, a relation, and the references in its texts."""
    first = call.args[:1] if macro != "contact" else []
    related = [word.value for word in call.kwargs if word.key == "derived"]
    for argument in [*first, *related]:
        yield from (str(constant.value) for constant in _constants(argument))
    for word in call.kwargs:
        if word.key in {"title", "finding"}:
            for constant in _constants(word.value):
                yield from REFERENCE.findall(str(constant.value))


def _constants(node: nodes.Node) -> Iterator[nodes.Const]:
    if isinstance(node, nodes.Const):
        yield node
    yield from node.find_all(nodes.Const)


def _check_digits(path: str, text: str, names: list[str], tally: Tally) -> None:
    """Check for numbers in prose: digits in any script, Chinese and English number words."""
    prose = _prose(text, names)
    found = [(match.start(), match.group()) for match in DIGIT.finditer(prose)]
    if path.startswith("zh/"):
        found += [(numeral.start, numeral.printed) for numeral in read(prose) if _is_counted(numeral)]
    else:
        found += [(match.start(), match.group()) for match in NUMBER_WORDS.finditer(prose)]
    by_line: dict[int, list[str]] = {}
    for start, word in sorted(found):
        by_line.setdefault(_line(prose, start), []).append(word)
    tally.checked["page-digit"] += not by_line
    for line, words in by_line.items():
        place = Place(f"docs/{path}", line)
        tally.fail("page-digit", place, ", ".join(words), names=f"docs/{FIXED_NAMES}")


def _is_counted(numeral: Numeral) -> bool:
    """Tell a count or date in words from the plain 一 of 一个, 一年, which counts no more than "a" does."""
    counted = numeral.kind in {"figure", "date", "issue_number"} and numeral.value != 1
    return counted and not DIGIT.search(numeral.printed)


def _prose(text: str, names: list[str]) -> str:
    """Blank out, at the same length, whatever may hold digits."""
    for hidden in (CODE, COMMENT):
        text = hidden.sub(_blank, text)
    text = DATE.sub(_blank, text, count=1)
    text = MACRO.sub(lambda macro: _keep(macro, STRING), text)
    text = MARKUP.sub(lambda tag: _keep(tag, SPOKEN), text)
    for name in names:
        text = re.sub(rf"(?<![0-9A-Za-z]){re.escape(name)}(?![0-9A-Za-z])", _blank, text)
    return NAME.sub(_blank, text)


def _keep(match: re.Match[str], spoken: re.Pattern[str]) -> str:
    """Blank a macro or a tag but for the words that a reader will meet."""
    text, kept = match.group(), [found.span() for found in spoken.finditer(match.group())]
    inside = [any(start <= place < end for start, end in kept) for place in range(len(text))]
    return "".join(c if keep or c == "\n" else "·" for c, keep in zip(text, inside, strict=True))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "·", match.group())


def _check_told(archive: Archive, told: Mapping[str, set[str]], tally: Tally) -> None:
    """Check that the pages of a bulletin, where it has any, cite each of its figures, in both languages."""
    for package in archive.bulletins.values():
        for language in LANGUAGES:
            folder = f"{language}/bulletins/{package.name}/"
            pages = [cited for path, cited in told.items() if path.startswith(folder)]
            for index, row in enumerate(package.rows("figures") if pages else []):
                cited = any(row["figure"] in page for page in pages)
                place = package.place("figures", index, "figure")
                tally.expect(cited, "page-untold", place, row["figure"], folder=f"docs/{folder}")


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
