"""Takes the facts of all datasets and gives what programs look for first: robots.txt and llms.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.describe.facts import API_INDEX, CROISSANT, CSVW, JSON_LD, LABELS, OPENAPI, PREFIXES, TURTLE
from kuaibao.describe.wording import both
from kuaibao.errors import LANGUAGES
from kuaibao.export.about import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kuaibao.describe.facts import Facts, Publication
    from kuaibao.errors import Language

ROBOTS, LLMS = "robots.txt", "llms.txt"
# Pages that explain, by the key of their words.
GUIDES = {
    "llms-guide": "guide/",
    "llms-code": "guide/use/",
    "llms-api": "guide/api/",
    "llms-model": "guide/model/",
    "llms-rules": "guide/rules/",
}
NEWEST = 20  # bulletins that are named one by one; the catalogue and the pages lead to all
API = {API_INDEX: "llms-index", OPENAPI: "llms-openapi"}
READERS = {
    "llms-bulletins": "bulletins/",
    "llms-explore": "explore/",
    "llms-quality": "quality/",
    "llms-about": "about/",
}


def robots(site: Publication) -> bytes:
    """Let everything be read, and tell where the maps of both languages are; RFC 9309, sitemaps.org."""
    maps = [f"Sitemap: {site.url}{PREFIXES[language]}sitemap.xml\n" for language in LANGUAGES]
    return "".join(["User-agent: *\n", "Allow: /\n", "\n", *maps]).encode()


def llms(datasets: Sequence[Facts]) -> bytes:
    """Tell a language model what the site is, where the data are and how to use them: llmstxt.org's form."""
    site, datasets = datasets[0].publication, _shown(datasets)
    paragraphs = [
        "# " + " = ".join(site.title[language] for language in LANGUAGES),
        "\n>\n".join(f"> {site.description[language]}" for language in LANGUAGES),
        *(text for key in ("unofficial", "hedges", "missing") for text in _said(statement(key).text)),
        *_said(both("llms-cite", licence=datasets[0].dataset.licence.name)),
        *_section("llms-data", (line for facts in datasets for line in _data(facts))),
        *_section("llms-described", _described(datasets)),
        *_section("llms-use", _pages(site, GUIDES)),
        *_section("llms-citations", (line for facts in datasets for line in _citations(facts))),
        "## Optional",  # the one heading that has a meaning of its own there
        "\n".join(_pages(site, READERS)),
    ]
    return ("\n\n".join(paragraphs) + "\n").encode()


def _shown(datasets: Sequence[Facts]) -> list[Facts]:
    """Leave out all bulletins but the newest, so that the file stays as short as a model reads."""
    issued = {each.dataset.name: _issued(each) for each in datasets}
    newest = sorted(filter(issued.get, issued), key=lambda name: (issued[name], name))[-NEWEST:]
    return [each for each in datasets if not issued[each.dataset.name] or each.dataset.name in newest]


def _issued(facts: Facts) -> str:
    """Give the date of a bulletin, '' for a dataset that is none."""
    return str(facts.dataset.descriptor.get("bulletin", {}).get("date", ""))


def _said(words: Mapping[Language, str]) -> Iterator[str]:
    return (words[language] for language in LANGUAGES)


def _section(key: str, lines: Iterable[str]) -> tuple[str, str]:
    return f"## {' / '.join(_said(both(key)))}", "\n".join(lines)


def _data(facts: Facts) -> Iterator[str]:
    """Link the data pages of a dataset, and the files that hold all of it or its first table as CSV."""
    for language in LANGUAGES:
        yield _link(facts.title[language], facts.pages[language], facts.description[language])
    first = facts.dataset.tables[0]
    for file in facts.files:
        if file.table is None or (file.table is first and file.form.key == "csv"):
            titles = (file.title(facts.dataset, language) for language in LANGUAGES)
            yield _link(file.name, file.url, " / ".join(titles))


def _described(datasets: Sequence[Facts]) -> Iterator[str]:
    site = datasets[0].publication
    for name in (TURTLE, JSON_LD):
        yield _link(name, site.url + name, LABELS[name])
    for path, key in API.items():
        yield _link(path, site.url + path, " / ".join(_said(both(key))))
    for facts in datasets:
        for name in (CROISSANT, CSVW):
            yield _link(f"{facts.dataset.name}/{name}", facts.folder + name, LABELS[name])


def _pages(site: Publication, pages: dict[str, str]) -> Iterator[str]:
    for key, path in pages.items():
        for language in LANGUAGES:
            yield _link(both(key)[language], f"{site.url}{PREFIXES[language]}{path}")


def _citations(facts: Facts) -> Iterator[str]:
    for text in (facts.dataset.citation_zh, facts.dataset.citation_en):
        if text:
            yield _link(facts.dataset.name, facts.dataset.url, text)


def _link(name: str, address: str, note: str = "") -> str:
    return f"- [{name}]({address})" + (f": {' '.join(note.split())}" if note else "")
