"""Takes the facts of datasets and gives the nodes of their series and of their released versions."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kuaibao.describe.facts import span
from kuaibao.describe.linked import dated, ref, texts, typed
from kuaibao.describe.vocabulary import (
    DESCRIPTOR_TYPES,
    IRREGULAR,
    SHA256,
    STABLE,
    agent_id,
    languages,
)
from kuaibao.describe.wording import both
from kuaibao.errors import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kuaibao.describe.facts import Facts, Publication, Release, Term
    from kuaibao.describe.linked import Node


def series_id(site: Publication, series: Term) -> str:
    """Identify a series by its place on the page of all bulletins."""
    return f"{site.url}bulletins/#{series.code}"


def version_id(release: Release) -> str:
    """Identify a version by its frozen descriptor."""
    return f"{release.url}#version"


def series_nodes(datasets: Iterable[Facts]) -> list[Node]:
    """Describe every series of bulletins once, in order of its code."""
    held = sorted((facts for facts in datasets if facts.series), key=_code)
    return [_series(list(members)) for _, members in groupby(held, key=_code)]


def _code(facts: Facts) -> str:
    return facts.series.code if facts.series else ""


def _series(members: Sequence[Facts]) -> Node:
    last = members[-1]
    series, site = last.series, last.publication
    assert series is not None  # noqa: S101  # members are those that have one
    words = {language: both("series", series=series.label[language])[language] for language in LANGUAGES}
    covered = span("/".join(facts.period) for facts in members if facts.period)
    node = {
        "@type": "dcat:DatasetSeries",
        "dct:title": texts(series.label),
        "dct:description": texts(words),
        "dct:publisher": ref(agent_id(site, last.publisher)),
        "dcat:contactPoint": contact(last),
        "dct:spatial": locations({place.code: place for facts in members for place in facts.places}.values()),
        "dct:temporal": period(*covered) if covered else [],
        "dct:issued": dated(min(facts.issued for facts in members)),
        "dct:modified": dated(max(facts.modified for facts in members)),
        "dct:accrualPeriodicity": ref(IRREGULAR),
    }
    return ref(series_id(site, series)) | node


def version_nodes(facts: Facts) -> list[Node]:
    """Describe every released version, oldest first, each with its frozen descriptor to download."""
    before = [None, *facts.releases]
    return [
        node
        for previous, release in zip(before, facts.releases, strict=False)
        for node in (_version(facts, release, previous), _frozen(facts, release))
    ]


def _version(facts: Facts, release: Release, previous: Release | None) -> Node:
    node = {
        "@type": "dcat:Dataset",
        "dct:title": texts(release.title),
        "dct:description": texts(release.description),
        "dct:publisher": ref(agent_id(facts.publication, facts.publisher)),
        "dcat:version": release.number,
        "dct:issued": dated(release.date),
        "dct:language": languages(),
        "dcat:isVersionOf": ref(facts.dataset.url),
        "dcat:distribution": ref(f"{release.url}#distribution"),
    }
    earlier = {"dcat:previousVersion": ref(version_id(previous))} if previous else {}
    return ref(version_id(release)) | node | earlier


def _frozen(facts: Facts, release: Release) -> Node:
    media_type, file_type = DESCRIPTOR_TYPES
    node = {
        "@type": "dcat:Distribution",
        "dct:title": texts(release.title),
        "dct:description": texts(both("frozen", version=release.number)),
        "dcat:accessURL": ref(release.url),
        "dcat:downloadURL": ref(release.url),
        "dcat:byteSize": typed(release.size, "nonNegativeInteger"),
        "spdx:checksum": checksum(release.sha256),
        "dcat:mediaType": ref(media_type),
        "dct:format": ref(file_type),
        "dct:conformsTo": ref(facts.dataset.descriptor["$schema"]),
        "dct:license": ref(facts.dataset.licence.path),
        "dct:issued": dated(release.date),
        "dcatap:availability": ref(STABLE),
    }
    return ref(f"{release.url}#distribution") | node


def contact(facts: Facts) -> Node:
    """Say where to write to."""
    site = facts.publication
    means = "vcard:hasEmail" if site.email else "vcard:hasURL"
    return {"@type": "vcard:Kind", "vcard:fn": facts.publisher, means: ref(site.contact)}


def locations(places: Iterable[Term]) -> list[Node]:
    """Name places by label and code; GB/T 2260 has no addresses for them."""
    return [
        {"@type": "dct:Location", "skos:prefLabel": texts(place.label), "dct:identifier": place.code}
        for place in places
    ]


def period(begin: str, end: str) -> Node:
    """Write a period, each end as precise as it is stated."""
    return {"@type": "dct:PeriodOfTime", "dcat:startDate": dated(begin), "dcat:endDate": dated(end)}


def checksum(sha256: str) -> Node:
    """Write the hash of a file."""
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": ref(SHA256),
        "spdx:checksumValue": typed(sha256, "hexBinary"),
    }
