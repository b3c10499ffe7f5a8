"""Takes the built pages of both languages and gives the files of their search, as scripts that load by part.

A page is cut at its headings into passages. Words lead to passages: each two neighbouring Chinese
characters, each Latin word, each number without its commas. Each three neighbours, and a number with the
first character of its unit, tell a run of Chinese from pairs that happen to stand in one passage. A passage
is found by the words of its counterpart in the other language too. What is marked with data-entry makes the
short entry of a figure, what is marked with data-code gives the code that a passage is about.
Scripts, unlike files to fetch, also load from a disk; the theme's finder.js reads them.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

Postings: TypeAlias = "dict[str, list[int]]"
Cut: TypeAlias = "Mapping[str, Sequence[Passage]]"
SKIPPED = frozenset(("script", "style", "svg", "noscript", "button", "template"))
INLINE = frozenset(("a", "b", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup"))
HEADINGS = frozenset(("h1", "h2", "h3"))
ROWS = 12  # a longer table repeats what cards and text say
PART = 2_000  # characters of passages in one file
WORDS = 1_000  # entries of words in one file
RUN = re.compile(r"[\u3400-\u9fff]{3,}")
COUNTED = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([\u3400-\u9fff])")
WORD = re.compile(r"[a-zà-öø-ÿ]+|\d[\d,]*(?:\.\d+)?|[\u3400-\u9fff]+")
PLURAL = re.compile(r"(?<=[a-z]{2})ies$|(?<=ss|sh|ch)es$|(?<=x)es$|(?<=[a-z]{2}[^su])s$")
# Parts of English words that are spelt in two ways, and plurals of their own: both lead to the second one.
SPELLINGS = (
    *(
        ("labour", "labor"),
        ("honour", "honor"),
        ("favour", "favor"),
        ("colour", "color"),
        ("behaviour", "behavior"),
    ),
    *(("neighbour", "neighbor"), ("harbour", "harbor"), ("endeavour", "endeavor"), ("rigour", "rigor")),
    *(
        ("programme", "program"),
        ("centre", "center"),
        ("metre", "meter"),
        ("litre", "liter"),
        ("fibre", "fiber"),
    ),
    *(("theatre", "theater"), ("licence", "license"), ("defence", "defense"), ("practise", "practice")),
    *(("enroll", "enrol"), ("fulfill", "fulfil"), ("skillful", "skilful"), ("travell", "travel")),
    *(("catalogue", "catalog"), ("dialogue", "dialog"), ("grey", "gray"), ("judgement", "judgment")),
    *(("women", "woman"), ("children", "child"), ("people", "person"), ("is", "iz"), ("ys", "yz")),
)
HEAD, TITLE = 2, 3  # what a word in a heading and in a page's title weighs; one in the text weighs 1


@dataclass(slots=True)
class Passage:
    """A part of a page: the page's path and title, the anchor and the heading of the part, its text.

    A figure has an entry: its value, what it counts, area and period. Codes are those of the areas told of;
    aside are lists of fields that lead here too but are not shown as text.
    """

    path: str
    title: str
    anchor: str = ""
    heading: str = ""
    pieces: list[str] = field(default_factory=list)
    entry: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text on one line."""
        return " ".join("".join(self.pieces).split())

    @property
    def words(self) -> str:
        """Everything that leads here."""
        return " ".join((self.heading, self.text, *self.aside))


def passages(path: str, page: str) -> list[Passage]:
    """Cut a page at its headings; a page that search leaves out gives none."""
    found = html.document_fromstring(page).xpath("//article[@data-searched]")
    if not found:
        return []
    heads = found[0].xpath(".//h1")
    title = _plain(heads[0]) if heads else ""
    parts = [Passage(path, title)]
    _read(found[0], parts)
    return [part for part in parts if part.text or part.heading]


def _plain(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _read(element: HtmlElement, parts: list[Passage]) -> None:
    for child in element:
        if isinstance(child.tag, str) and not _left_out(child):
            _enter(child, parts)
        parts[-1].pieces.append(child.tail or "")


def _enter(child: HtmlElement, parts: list[Passage]) -> None:
    if child.tag in HEADINGS:
        parts.append(Passage(parts[0].path, parts[0].title, _anchor(child), _plain(child)))
        return
    if child.tag == "dl" and not child.xpath(".//*[@data-entry]"):
        parts[-1].aside.append(" ".join(" ".join(child.itertext()).split()))
        return
    if child.get("data-entry") is not None:
        parts[-1].entry.append(_plain(child))
    if child.get("data-code"):
        parts[-1].codes.append(str(child.get("data-code")))
    space = "" if child.tag in INLINE else " "
    parts[-1].pieces += [space, child.text or ""]
    _read(child, parts)
    parts[-1].pieces.append(space)


def _left_out(element: HtmlElement) -> bool:
    marked = element.get("data-unsearched") is not None or element.get("hidden") is not None
    repeated = element.tag == "details" and "kb-chart__data" in element.get("class", "")
    return element.tag in SKIPPED or marked or repeated or _long(element)


def _long(element: HtmlElement) -> bool:
    return element.tag == "table" and len(element.xpath(".//tr")) > ROWS


def _anchor(heading: HtmlElement) -> str:
    """Name the card that a heading heads, else the heading; a page's title needs no anchor."""
    card = heading.getparent()
    if heading.tag == "h1":
        return ""
    named = card.get("id") if card is not None and card.tag == "article" else None
    return str(named or heading.get("id", ""))


def terms(text: str) -> Iterator[str]:
    """Give the words of a text as the index holds them; finder.js does the same with a query."""
    for word in WORD.findall(text.lower()):
        if word[0].isdigit():
            yield word.replace(",", "").rstrip(".")
        elif word[0] < "\u3400":
            yield stem(word)
        elif len(word) == 1:
            yield word
        else:
            yield from map("".join, pairwise(word))


def runs(text: str) -> Iterator[str]:
    """Give what tells runs of Chinese: each three neighbours, each number with the character behind it."""
    for run in RUN.findall(text):
        yield from map("".join, zip(run, run[1:], run[2:], strict=False))
    for number, unit in COUNTED.findall(text):
        yield f"{number.replace(',', '')}{unit}"


def stem(word: str) -> str:
    """Take the plural off an English word (parties, but not gas or congress) and settle its spelling."""
    found = PLURAL.sub(lambda found: "y" if found[0] == "ies" else "", word)
    for one, other in SPELLINGS:
        found = found.replace(one, other)
    return found


def counterparts(own: Sequence[Passage], others: Sequence[Passage]) -> list[str]:
    """Give the text of the other language for each passage of a page.

    Pages cut alike go by order; otherwise by anchor, and what has none goes to the first.
    """
    if len(own) == len(others):
        return [part.words for part in others]
    texts = ["" for _ in own]
    places = {part.anchor: number for number, part in enumerate(own) if part.anchor}
    for part in others:
        texts[places.get(part.anchor, 0)] += f" {part.words}"
    return texts


def weighed(part: Passage, other: str, titles: str) -> dict[str, int]:
    """Give the words of a passage with their weights; `titles` are those of its page in both languages."""
    text = f"{part.words} {other}"
    weights = dict.fromkeys((*terms(text), *runs(text)), 1)
    weights |= dict.fromkeys(terms(f"{part.heading} {' '.join(part.codes)}"), HEAD)
    if not part.anchor:
        weights |= dict.fromkeys(terms(titles), TITLE)
    return weights


def search_files(pages: Cut, others: Cut) -> dict[str, str]:
    """Write the search of one language: file name -> script.

    `pages` and `others` hold the passages of the language and of the other one by the folder of the page.
    """
    texts: list[list[str]] = []
    postings: Postings = defaultdict(list)
    last: dict[str, int] = {}
    starts: list[int] = []
    shown = [path for path in sorted(pages) if pages[path]]
    for path in shown:
        starts.append(len(texts))
        own, translated = pages[path], others.get(path, [])
        both = " ".join(part.title for part in (*own[:1], *translated[:1]))
        for part, other in zip(own, counterparts(own, translated), strict=True):
            for word, weight in weighed(part, other, both).items():
                postings[word].append((len(texts) - last.get(word, 0)) * 4 + weight)
                last[word] = len(texts)
            texts.append([part.anchor, part.heading, part.text, *part.entry])
    titles = [pages[path][0].title for path in shown]
    return _files(texts, postings, {"pages": starts, "paths": shown, "titles": titles})


def _files(
    texts: Sequence[Sequence[str]],
    postings: Mapping[str, Sequence[int]],
    pages: Mapping[str, Sequence[object]],
) -> dict[str, str]:
    parts = _parts(texts)
    bins = 1 + sum(map(len, postings.values())) // WORDS
    shards: list[dict[str, Sequence[int]]] = [{} for _ in range(bins)]
    for word in sorted(postings):
        shards[shard(word, bins)][word] = postings[word]
    index = {"bins": bins, **pages, "parts": [len(part) for part in parts], "spellings": SPELLINGS}
    files = {"index.js": _script(index)}
    files |= {f"words-{number}.js": _script(content) for number, content in enumerate(shards)}
    return files | {f"texts-{number}.js": _script(content) for number, content in enumerate(parts)}


def _parts(texts: Sequence[Sequence[str]]) -> list[list[Sequence[str]]]:
    parts: list[list[Sequence[str]]] = [[]]
    size = 0
    for text in texts:
        if size > PART:
            parts.append([])
            size = 0
        parts[-1].append(text)
        size += sum(map(len, text))
    return parts


def shard(word: str, bins: int) -> int:
    """Tell the file of a word; words that begin alike stand together, so that a beginning finds them."""
    return zlib.crc32(word[:2].encode() if word[0] < "\u3400" else word[0].encode()) % bins


def _script(content: object) -> str:
    return f"kuaibaoFound({json.dumps(content, ensure_ascii=False, separators=(',', ':'))});\n"
