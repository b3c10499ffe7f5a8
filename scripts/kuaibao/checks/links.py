"""Takes the text of pages, without code and macros, and checks where links lead and what pages load."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from kuaibao.checks.prose import ATTRIBUTE, ATTRIBUTES, HTML_COMMENT, TAG, blanked
from kuaibao.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kuaibao.checks.tally import Tally
    from kuaibao.model import Archive

# Elements that run, load, or change how a page is loaded; none of them has a use in a hand-written page.
FOREIGN_TAGS = frozenset(
    {"script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "link", "meta", "base"}
    | {"form", "portal", "svg", "math"}
)
LOADING = frozenset(
    {"src", "srcset", "action", "formaction", "data", "poster", "background", "longdesc", "ping"}
)
IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?([^\s)>]*)")
TARGET = re.compile(r"\]\(\s*<?([^\s)>]*)")
DEFINITION = re.compile(r"^ {0,3}\[([^\]]+)\]:\s*<?([^\s>]+)", re.MULTILINE)
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):|(//)")
WEB = frozenset({"http", "https"})
LINKED = WEB | {"mailto"}
HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE)
NAMED = re.compile(r"""\{:?[^{}\n]*?#([^\s{}]+)[^{}\n]*\}|\b(?:id|name)\s*=\s*["']?([^\s"'<>]+)""")
# The titles of the generated pages of a bulletin and of the whole site; the renderer makes the same.
OF_SITE = ("bulletins/index", "indicators/index", "explore", "data", "data/codelists/versions", "quality")
OF_GUIDE = (
    "guide/model",
    "guide/rules",
    "guide/limits",
    "guide/commands",
    "guide/use",
    "guide/api",
    "guide/practices",
)
OF_BULLETIN = ("index", "data", "map", "ledger", "versions")


class Link(NamedTuple):
    """An address written in a page: where, what, and whether the page loads it (a picture) or links it."""

    line: int
    address: str
    loaded: bool


def is_web_address(address: str) -> bool:
    """Tell whether an address begins with http:// or https://."""
    return bool(re.match(r"https?://[^\s/]", address))


def generated_pages(archive: Archive) -> set[str]:
    """Name the pages that are generated from an archive, by their paths below a language ('data.md')."""
    stems = [*OF_SITE, *OF_GUIDE]
    stems += [f"indicators/{row['indicator']}" for row in archive.codelists.rows("indicators")]
    for name, package in archive.bulletins.items():
        sections = {row["numeral"]: row["section"] for row in package.rows("numerals")}
        told = {sections.get(row["numeral"], "") for row in package.rows("figures")}
        told |= {row["section"] for row in package.rows("measures")}
        known = {row["section"] for row in package.rows("sections")}
        stems += [f"bulletins/{name}/{page}" for page in (*OF_BULLETIN, *sorted(told & known))]
    return {f"{stem}.md" for stem in stems}


def check_foreign(path: str, text: str, tally: Tally) -> None:
    """Check that a page loads nothing from elsewhere, runs nothing, and links to pages and web addresses."""
    found = sorted({*_foreign(text)})
    tally.checked["page-foreign"] += not found
    for offset, value in found:
        tally.fail("page-foreign", Place(f"docs/{path}", _line(text, offset)), value)


def _foreign(text: str) -> Iterator[tuple[int, str]]:
    text = HTML_COMMENT.sub(blanked, text)
    for tag in TAG.finditer(text):
        name = re.match(r"<([A-Za-z][^\s/>]*)", tag.group())
        foreign = name is not None and name.group(1).lower() in FOREIGN_TAGS
        if foreign or any(_is_foreign_attribute(*pair) for pair in _attributes(tag.group())):
            yield tag.start(), tag.group()
    for listed in ATTRIBUTES.finditer(text):
        if any(_is_foreign_attribute(*pair) for pair in _attributes(listed.group())):
            yield listed.start(), listed.group()
    for start, link in _written(text):
        if not _is_ours(link.address) if link.loaded else not _is_linked(link.address):
            yield start, link.address


def _attributes(tag: str) -> Iterator[tuple[str, str]]:
    for attribute in ATTRIBUTE.finditer(tag):
        yield attribute.group(1).lower(), html.unescape(attribute.group(2).strip("\"'"))
    for handler in re.finditer(r"[\s/\"'{:](on[a-z]+)\s*=", tag, re.IGNORECASE):
        yield handler.group(1).lower(), ""


def _is_foreign_attribute(name: str, value: str) -> bool:
    if name.startswith("on") or name == "srcdoc":
        return True
    if name == "style":
        return re.search(r"url|@|expression|\\", value, re.IGNORECASE) is not None
    if name == "srcset":
        return not all(_is_ours(part.strip()) for part in value.split(","))
    return not _is_ours(value) if name in LOADING else name == "href" and not _is_linked(value)


def _scheme(address: str) -> str:
    """Give the scheme of an address as a browser reads it; '' for one of our own, '//' for another host."""
    plain = re.sub(r"[\x00-\x20]", "", html.unescape(address)).replace("\\", "/")
    found = SCHEME.match(plain)
    return (found.group(1) or found.group(2)).lower() if found else ""


def _is_ours(address: str) -> bool:
    return _scheme(address) == ""


def _is_linked(address: str) -> bool:
    return _scheme(address) in LINKED | {""}


def _written(text: str) -> Iterator[tuple[int, Link]]:
    """List the addresses written in Markdown, with their offsets."""
    images = {found.start(1) for found in IMAGE.finditer(text)}
    pictured = re.findall(r"!\[([^\]]*)\](?:\[([^\]]*)\])?(?!\()", text)
    labels = {(second or first).lower() for first, second in pictured}
    for found in TARGET.finditer(text):
        link = Link(_line(text, found.start()), found.group(1), found.start(1) in images)
        yield found.start(), link
    for found in DEFINITION.finditer(text):
        loaded = found.group(1).lower() in labels
        yield found.start(), Link(_line(text, found.start()), found.group(2), loaded)
    for found in AUTOLINK.finditer(text):
        yield found.start(), Link(_line(text, found.start()), found.group(1), loaded=False)


def check_links(path: str, texts: Mapping[str, str], generated: set[str], tally: Tally) -> None:
    """Check that links from a page to pages and their parts lead somewhere; `texts` holds all pages."""
    language, _, page = path.partition("/")
    written = {other.partition("/")[2] for other in texts if other.startswith(f"{language}/")}
    for link in _links(texts[path]):
        known = _leads(link.address, page, language, texts, written | generated)
        tally.expect(known, "page-link", Place(f"docs/{path}", link.line), link.address)


def _links(text: str) -> Iterator[Link]:
    """List the links to our own pages, in Markdown (file of the page) and HTML (its address)."""
    text = HTML_COMMENT.sub(blanked, text)
    found = [link for _, link in _written(text) if not link.loaded]
    for tag in TAG.finditer(text):
        line = _line(text, tag.start())
        hrefs = [value for name, value in _attributes(tag.group()) if name == "href"]
        found += [Link(line, href, loaded=False) for href in hrefs]
    return (link for link in found if _is_ours(link.address) and "·" not in link.address)


def _leads(address: str, page: str, language: str, texts: Mapping[str, str], known: set[str]) -> bool:
    """Tell whether an address leads to a page, and to a part of it where that can be known."""
    target, _, anchor = unquote(address).partition("#")
    goals = _goals(target.partition("?")[0], page) if target else [page]
    if not goals:
        return True
    text = next((texts[f"{language}/{goal}"] for goal in goals if f"{language}/{goal}" in texts), None)
    return not known.isdisjoint(goals) and (not anchor or text is None or _has_anchor(anchor, text))


def _goals(target: str, page: str) -> list[str]:
    """Name the file that an address leads to, in the ways it may be called; none where that is no page."""
    if target.endswith(".md"):
        return [posixpath.normpath(posixpath.join(posixpath.dirname(page), target))]
    folder = page.removesuffix("index.md") if page.endswith("index.md") else page.removesuffix(".md")
    goal = posixpath.normpath(posixpath.join(folder, target))
    is_file = not target.endswith("/") and posixpath.splitext(target)[1].strip(".")
    if is_file or goal.startswith(("..", "/")):
        return []
    return ["index.md"] if goal == "." else [f"{goal}.md", f"{goal}/index.md"]


def _has_anchor(anchor: str, text: str) -> bool:
    named = {first or second for first, second in NAMED.findall(text)}
    slugs = {_slug(heading) for heading in HEADING.findall(text)}
    plain = re.sub(r"_\d+$", "", anchor)
    return anchor.startswith("cite-") or anchor in named | slugs or plain in slugs


def _slug(heading: str) -> str:
    """Give the id that Python-Markdown makes of a heading; '' for one in Chinese alone."""
    ascii_only = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode("ascii")
    kept = re.sub(r"[^\w\s-]", "", ascii_only).strip().lower()
    return re.sub(r"[-\s]+", "-", kept)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
