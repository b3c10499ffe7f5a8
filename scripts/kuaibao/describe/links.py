"""Takes the facts of datasets and gives the typed links of pages, as FAIR Signposting has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kuaibao.describe.facts import CROISSANT, CSVW, JSON_LD, OPENAPI, PREFIXES, TURTLE
from kuaibao.model import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.describe.facts import Facts
    from kuaibao.errors import Language

OWN = {"cite-as", "version-history"}  # a page has one of each


class Link(NamedTuple):
    """A link of a page's head: relation, address and media type ('' where it has none)."""

    rel: str
    href: str
    type: str = ""


def site_links(facts: Facts) -> tuple[Link, ...]:
    """Link a page of no dataset in particular with licence, catalogue and API; any dataset tells these."""
    site = facts.publication.url
    return (
        Link("license", facts.dataset.licence.path),
        Link("describedby", site + TURTLE, "text/turtle"),
        Link("describedby", site + JSON_LD, "application/ld+json"),
        Link("service-desc", site + OPENAPI, "application/vnd.oai.openapi+json"),
    )


def dataset_links(facts: Facts, language: Language) -> tuple[Link, ...]:
    """Link a page of a dataset also with its address (RFC 8574), descriptions and versions (RFC 5829)."""
    versions = f"{facts.publication.url}{PREFIXES[language]}{_folder(facts)}versions/"
    return (
        Link("cite-as", facts.dataset.url),
        Link("describedby", facts.folder + CSVW, "application/csvm+json"),
        Link("describedby", facts.folder + CROISSANT, "application/ld+json"),
        *([] if facts.dataset.name == EVERYTHING else [Link("version-history", versions, "text/html")]),
        *site_links(facts),
    )


def data_links(facts: Facts, language: Language) -> tuple[Link, ...]:
    """Link the data page of a dataset also with its class and its downloads.

    An alternate holds the page's table, or all of them.
    """
    main = facts.dataset.tables[0]
    return (
        *dataset_links(facts, language),
        Link("type", "https://schema.org/Dataset"),
        *(Link("alternate", f.url, f.form.media_type) for f in facts.files if f.table in (None, main)),
    )


def page_links(datasets: Sequence[Facts], language: Language) -> dict[str, tuple[Link, ...]]:
    """Give the links of a language's pages, by page ('data.md') or by the folder it is in ('' for all).

    A page that tells of several datasets is cited as the last, which holds the others.
    """
    links = {"": site_links(datasets[0])}
    for facts in datasets:
        links[_folder(facts)] = dataset_links(facts, language)
        page = f"{_folder(facts)}data.md" if facts.series else "data.md"
        others = [link for link in links.get(page, ()) if link.rel not in OWN]
        links[page] = tuple(dict.fromkeys([*others, *data_links(facts, language)]))
    return links


def _folder(facts: Facts) -> str:
    return f"bulletins/{facts.dataset.name}/" if facts.series else f"data/{facts.dataset.name}/"
