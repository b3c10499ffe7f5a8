"""What programs look for first: robots.txt, llms.txt, sitemaps, and identifiers that lead somewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest

from built import parsed, project, site
from describing import PACKAGES, URL, dataset, facts
from kuaibao import describe
from kuaibao.export.about import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
LISTED = re.compile(r"- \[[^\]]+\]\(([^)\s]+)\)(: \S.*)?")
PREFIXES = ("", "en/")


def llms() -> str:
    """Read llms.txt as it is published."""
    return (site() / "llms.txt").read_text(encoding="utf-8")


def entries(prefix: str) -> list[tuple[str, dict[str, str]]]:
    """Read a sitemap: each address with its alternates by language."""
    root = ET.fromstring((site() / prefix / "sitemap.xml").read_bytes())  # noqa: S314  # our own
    return [
        (
            str(entry.findtext(f"{SITEMAP}loc")),
            {link.attrib["hreflang"]: link.attrib["href"] for link in entry.findall(LINK)},
        )
        for entry in root
    ]


def indexed(prefix: str) -> set[str]:
    """List the addresses of a language's pages that do not ask to be left out of indexes."""
    other = {page for page in parsed() if page.startswith("en/")}
    own = other if prefix else parsed().keys() - other
    return {URL + page.removesuffix("index.html") for page in own if not is_noindex(page)}


def is_noindex(page: str) -> bool:
    """Tell whether a page asks to be left out of indexes."""
    metas = [element.attributes for element in parsed()[page].all("meta")]
    return any(meta.get("name") == "robots" and "noindex" in meta["content"] for meta in metas)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_page_is_in_its_sitemap_once(prefix: str) -> None:
    """The map of a language has each of its pages once, and none that is not to be indexed."""
    assert Counter(address for address, _ in entries(prefix)) == Counter(indexed(prefix))


def test_what_is_no_page_is_not_indexed() -> None:
    """The page for unknown addresses asks to be left out of indexes, and no map names it."""
    assert {page for page in parsed() if page.endswith("404.html") and is_noindex(page)} == {
        "404.html",
        "en/404.html",
    }


@pytest.mark.parametrize("prefix", PREFIXES)
def test_sitemaps_name_the_languages(prefix: str) -> None:
    """Each entry has its Chinese and its English page, both there, and the Chinese one for everyone else."""
    for address, alternates in entries(prefix):
        path = address.removeprefix(URL).removeprefix(prefix)
        expected = {"zh-Hans": URL + path, "en": f"{URL}en/{path}", "x-default": URL + path}
        assert alternates == expected
        assert {f"{each.removeprefix(URL)}index.html" for each in alternates.values()} <= parsed().keys()


def test_robots_may_read_everything_and_are_told_the_maps() -> None:
    """Robots.txt lets any program read any page and names the sitemaps, which are there."""
    parser = RobotFileParser()
    parser.parse((site() / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert parser.can_fetch("AnyBot", f"{URL}downloads/yncg-090/figures.csv")
    maps = parser.site_maps() or []
    assert maps == [f"{URL}sitemap.xml", f"{URL}en/sitemap.xml"]
    assert all((site() / address.removeprefix(URL)).is_file() for address in maps)


def test_llms_txt_has_the_form_of_llmstxt_org() -> None:
    """One heading, a quotation, paragraphs, then sections that hold nothing but lists of links."""
    blocks = llms().rstrip("\n").split("\n\n")
    start = next(place for place, block in enumerate(blocks) if block.startswith("## "))
    assert [block[:2] for block in blocks[:2]] == ["# ", "> "]
    assert not [block for block in blocks[2:start] if block.startswith(("#", "-", ">"))]
    assert all(block.startswith("## ") for block in blocks[start::2])
    lines = [line for block in blocks[start + 1 :: 2] for line in block.splitlines()]
    assert [line for line in lines if not LISTED.fullmatch(line)] == []
    assert blocks[-2] == "## Optional"


def test_llms_txt_leads_to_what_is_published() -> None:
    """Every address in it is a page, an anchor or a file of the site."""
    links = [match[1] for line in llms().splitlines() if (match := LISTED.fullmatch(line))]
    assert [link for link in links if not is_there(link)] == []
    assert {f"{URL}catalogue.ttl", f"{URL}guide/model/", f"{URL}en/guide/model/"} <= set(links)


def test_llms_txt_says_how_to_read_and_cite_in_both_languages() -> None:
    """It warns of hedged figures, and gives the citation of every bulletin."""
    for text in statement("hedges").text.values():
        assert text in llms()
    for name in PACKAGES:
        data = dataset(name)
        assert " ".join(data.citation_zh.split()) in llms()
        assert " ".join(data.citation_en.split()) in llms()


def test_llms_txt_is_made_of_the_facts() -> None:
    """What a second run says of the packages is what was published, beside the dataset of all bulletins."""
    again = describe.signposts([facts(name) for name in PACKAGES])["llms.txt"].decode()
    assert set(again.splitlines()) <= set(llms().splitlines())


def links(page: str) -> list[dict[str, str]]:
    """List the links in the head of a page that tell where, what and whose it is; its own files aside."""
    aside = {"stylesheet", "icon", "canonical"}
    found = [element.attributes for element in parsed()[page].all("link")]
    return [link for link in found if link["rel"] not in aside]


def pages() -> list[str]:
    """List the pages of the theme that have an address."""
    return [page for page in parsed() if not page.startswith(("embed/", "en/embed/")) and "404" not in page]


def test_every_page_links_licence_descriptions_and_api() -> None:
    """No page is without them, none has a link twice, and a language has one alternate."""
    for page in pages():
        rels = Counter(link["rel"] for link in links(page))
        assert rels["license"] == rels["service-desc"] == 1, page
        described = {link["href"] for link in links(page) if link["rel"] == "describedby"}
        assert {f"{URL}catalogue.ttl", f"{URL}catalogue.jsonld"} <= described, page
        assert (
            max(Counter((link["rel"], link["href"], link.get("hreflang")) for link in links(page)).values())
            == 1
        )
        languages = Counter(link["hreflang"] for link in links(page) if "hreflang" in link)
        assert languages == {"zh-Hans": 1, "en": 1, "x-default": 1}, page


def test_every_page_of_a_dataset_links_its_address_and_versions() -> None:
    """The pages of a bulletin are cited as the bulletin's data; the page of all downloads as all of them."""
    named = {"bulletins/yncg-090/": "bulletins/yncg-090/", "data/codelists/": "data/#codelists"}
    named["data/index.html"] = "data/#all-bulletins"
    for page in pages():
        folder = next((each for each in named if page.removeprefix("en/").startswith(each)), "")
        cited = [link["href"] for link in links(page) if link["rel"] == "cite-as"]
        assert cited == ([URL + named[folder]] if folder else []), page
        versions = [link["href"] for link in links(page) if link["rel"] == "version-history"]
        assert len(versions) == folder.endswith("/"), page
        assert all(is_there(address) for address in (*cited, *versions))


def is_there(address: str) -> bool:
    """Tell whether an address of the site is a file, a page, or an anchor of one."""
    path, _, fragment = unquote(address.removeprefix(URL)).partition("#")
    file = site() / (f"{path}index.html" if path.endswith("/") or not path else path)
    if not file.is_file():
        return False
    return not fragment or file.suffix != ".html" or fragment in parsed()[str(file.relative_to(site()))].ids()


@cache
def catalogue() -> list[dict[str, Any]]:
    """Read the nodes of the catalogue as published."""
    nodes: list[dict[str, Any]] = json.loads((project() / "site/catalogue.jsonld").read_bytes())["@graph"]
    return nodes


def addresses(node: Any) -> Iterator[str]:  # noqa: ANN401  # JSON
    """List what a node and everything in it refers to."""
    if isinstance(node, list):
        for each in node:
            yield from addresses(each)
    if isinstance(node, dict):
        for name, value in node.items():
            yield from [value] if name == "@id" else addresses(value)


def test_identifiers_lead_somewhere() -> None:
    """Whatever the catalogue names on this site is a file, a page or an anchor that is there."""
    own = {address for address in addresses(catalogue()) if address.startswith(URL)}
    assert f"{URL}data/#catalogue" in own
    assert [address for address in sorted(own) if not is_there(address)] == []


def test_an_address_without_anchor_is_found() -> None:
    """A page that is there does not make up for an anchor that is not."""
    assert is_there(f"{URL}data/#catalogue")
    assert not is_there(f"{URL}data/#nowhere")
    assert not is_there(urljoin(URL, "nowhere/"))


def test_llms_txt_names_the_newest_bulletins_alone() -> None:
    """However long the archive, the file stays as short as a model reads."""
    data = facts("yncg-090")
    descriptor = data.dataset.descriptor

    def issue(number: int) -> describe.Facts:
        bulletin = descriptor["bulletin"] | {"date": f"2024-01-{number:02}"}
        dataset = replace(
            data.dataset, name=f"yncg-1{number:02}", descriptor={**descriptor, "bulletin": bulletin}
        )
        return replace(data, dataset=dataset)

    described = [facts("codelists"), *map(issue, range(1, 31))]
    text = describe.signposts(described)["llms.txt"].decode()
    assert "[codelists/croissant.json]" in text
    assert "[yncg-130/croissant.json]" in text
    assert "[yncg-110/croissant.json]" not in text
