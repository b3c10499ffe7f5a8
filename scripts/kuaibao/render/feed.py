"""Takes the blocks of an edition and gives its Atom feed: released versions of bulletins, and corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from kuaibao import summary
from kuaibao.changelog import WHY
from kuaibao.render.figure_history import WITHDRAWN
from kuaibao.render.reworded import reworded
from kuaibao.render.version_pages import what_changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kuaibao.history import Release
    from kuaibao.model import Package, Row
    from kuaibao.render.blocks import Blocks

ATOM = "http://www.w3.org/2005/Atom"  # RFC 4287
FEED = "feed.xml"
TAGS = {"zh": "zh-Hans", "en": "en"}
ENTRIES = 50  # told, the newest
FIGURES = 20  # listed of one version, and as many rows with labels


class Entry(NamedTuple):
    """An entry: its id, which is an address that stays; the page to read; its kind; `content` is HTML."""

    id: str
    link: str
    updated: str
    category: str
    title: str
    summary: str
    content: str


def feed(blocks: Blocks, title: str) -> str:
    """Write the feed of an edition, for a site of this title; without releases it has no entries."""
    edition = blocks.edition
    home = f"{edition.site_url}{'' if edition.language == 'zh' else 'en/'}"
    entries = sorted(_entries(blocks), key=lambda entry: entry.updated, reverse=True)[:ENTRIES]
    made = [str(package.descriptor["created"])[:10] for package in edition.archive.packages()]
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": TAGS[edition.language]})
    _add(root, "id", home + FEED)
    _add(root, "title", edition.say("feed_title", title=title))
    _add(root, "subtitle", edition.say("feed_lead", count=ENTRIES))
    _add(root, "updated", entries[0].updated if entries else _moment(max(made)))
    authors = [each["title"] for each in edition.archive.codelists.descriptor["contributors"]]
    _add(_add(root, "author"), "name", ", ".join(authors))
    _add(root, "rights", edition.say("licence_text"))
    _link(root, "self", home + FEED, "application/atom+xml")
    _link(root, "alternate", f"{home}bulletins/", "text/html")
    for entry in entries:
        _write(root, entry)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _entries(blocks: Blocks) -> Iterator[Entry]:
    """Give the entries of all bulletins; of one day the newer first."""
    for package in list(blocks.edition.archive.bulletins.values())[::-1]:
        for release in reversed(blocks.history.releases[package.name]):
            yield _of_version(blocks, package, release)
            for row in reversed(release.corrections):
                yield _of_correction(blocks, package, release, row)


def _of_version(blocks: Blocks, package: Package, release: Release) -> Entry:
    edition, number = blocks.edition, release.version.number
    address = summary.version_address(package, edition.site_url, edition.language, number)
    what = f"{edition.say(WHY[release.why])} {what_changed(blocks, release)}"
    touched = blocks.history.touched(release)
    listed: dict[str, object] = {
        "figures": touched[:FIGURES],
        "more": len(touched[FIGURES:]),
        "what": what,
        "address": address,
    }
    listed["reworded"] = reworded(release)[:FIGURES]
    title = edition.say("feed_version", title=package.describe("title", edition.language), version=number)
    content = blocks.fill("feed_version", "", package=package, **listed)
    return Entry(address, address, _moment(release.version.date), "version", title, what, content)


def _of_correction(blocks: Blocks, package: Package, release: Release, row: Row) -> Entry:
    edition, told = blocks.edition, blocks.history.correction(row["correction"])
    page = summary.version_address(package, edition.site_url, edition.language, release.version.number)
    link = summary.address(package, edition.site_url, edition.language, row["figure"])
    is_withdrawn = row["column"] == WITHDRAWN
    title = edition.say("feed_withdrawn" if is_withdrawn else "feed_correction", **told._asdict())
    said = edition.say("feed_change", old=told.old, new=told.new, reason=edition.of(row, "reason"))
    content = blocks.fill("feed_correction", "", c=told, address=link)
    name = f"{page.partition('#')[0]}#{row['correction']}"
    return Entry(name, link, _moment(release.version.date), "correction", title, said, content)


def _write(root: ET.Element, entry: Entry) -> None:
    element = _add(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", entry.updated)
    ET.SubElement(element, "category", {"term": entry.category})
    _link(element, "alternate", entry.link, "text/html")
    _add(element, "summary", entry.summary)
    _add(element, "content", str(entry.content)).set("type", "html")


def _add(parent: ET.Element, tag: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = text
    return element


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "href": href, "type": kind})
