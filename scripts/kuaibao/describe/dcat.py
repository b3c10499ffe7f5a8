"""Takes the facts of all datasets and gives the nodes of their catalogue in DCAT-AP 3.0.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.describe.facts import API_INDEX, OPENAPI
from kuaibao.describe.lineage import (
    checksum,
    contact,
    locations,
    period,
    series_id,
    series_nodes,
    version_id,
    version_nodes,
)
from kuaibao.describe.linked import dated, ref, texts, typed
from kuaibao.describe.vocabulary import (
    CSVW_STANDARD,
    IRREGULAR,
    PROFILE,
    PUBLIC,
    STABLE,
    THEME,
    THEMES,
    agent_id,
    file_type_id,
    languages,
    media_type_id,
    shared,
    topic_id,
    topics_id,
)
from kuaibao.describe.wording import both
from kuaibao.errors import LANGUAGES
from kuaibao.export.about import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.describe.facts import Facts, File, Publication
    from kuaibao.describe.linked import Node


def nodes(datasets: Sequence[Facts]) -> list[Node]:
    """Describe the catalogue, its datasets, their distributions and everything that these refer to."""
    parts = [
        node
        for facts in datasets
        for node in (_dataset(facts), *_distributions(facts), *version_nodes(facts))
    ]
    return [_catalogue(datasets), _service(datasets), *series_nodes(datasets), *parts, *shared(datasets)]


def catalogue_id(site: Publication) -> str:
    """Identify the catalogue by the page of all downloads."""
    return f"{site.url}data/#catalogue"


def _catalogue(datasets: Sequence[Facts]) -> Node:
    first, site = datasets[0], datasets[0].publication
    places = {place.code: place for facts in datasets for place in facts.places}
    node = {
        "@type": "dcat:Catalog",
        "dct:title": texts(site.title),
        "dct:description": texts(site.description),
        "dct:publisher": ref(agent_id(site, first.publisher)),
        "dct:license": ref(first.dataset.licence.path),
        "dct:language": languages(),
        "dct:conformsTo": ref(PROFILE),
        "dct:issued": dated(min(facts.issued for facts in datasets)),
        "dct:modified": dated(max(facts.modified for facts in datasets)),
        "dct:spatial": locations(places.values()),
        "foaf:homepage": ref(site.url),
        "dcat:themeTaxonomy": [ref(THEMES), ref(topics_id(site))],
        "dcat:dataset": [ref(facts.dataset.url) for facts in datasets],
        "dcat:service": ref(_service_id(site)),
    }
    return ref(catalogue_id(site)) | _held(node)


def _service_id(site: Publication) -> str:
    return f"{site.url}{API_INDEX}#service"


def _service(datasets: Sequence[Facts]) -> Node:
    """Describe the API, which gives the data of all datasets."""
    first, site = datasets[0], datasets[0].publication
    node = {
        "@type": "dcat:DataService",
        "dct:title": texts(both("llms-api")),
        "dct:description": texts(both("llms-index")),
        "dct:publisher": ref(agent_id(site, first.publisher)),
        "dct:license": ref(first.dataset.licence.path),
        "dcat:contactPoint": contact(first),
        "dcat:endpointURL": ref(site.url + API_INDEX),
        "dcat:endpointDescription": ref(site.url + OPENAPI),
        "dcat:servesDataset": [ref(facts.dataset.url) for facts in datasets],
    }
    return ref(_service_id(site)) | node


def _dataset(facts: Facts) -> Node:
    dataset, site = facts.dataset, facts.publication
    node = {
        "@type": "dcat:Dataset",
        "dct:title": texts(facts.title),
        "dct:description": texts(facts.description),
        "dct:identifier": dataset.name,
        "dct:publisher": ref(agent_id(site, facts.publisher)),
        "dct:creator": [ref(agent_id(site, name)) for name in facts.creators],
        "dcat:contactPoint": contact(facts),
        "dcat:keyword": [
            part for lang in LANGUAGES for word in facts.keywords[lang] for part in texts({lang: word})
        ],
        "dcat:theme": [ref(THEME), *(ref(topic_id(site, topic.code)) for topic in facts.topics)],
        "dct:spatial": locations(facts.places),
        "dct:temporal": period(*facts.period) if facts.period else None,
        "dcat:version": dataset.version,
        "dcat:hasVersion": [ref(version_id(release)) for release in facts.releases],
        "dcat:previousVersion": [ref(version_id(release)) for release in facts.earlier[-1:]],
        "dcat:inSeries": ref(series_id(site, facts.series)) if facts.series else None,
        "dct:issued": dated(facts.issued),
        "dct:modified": dated(facts.modified),
        "dct:accrualPeriodicity": ref(IRREGULAR),
        "dct:language": languages(),
        "dct:accessRights": ref(PUBLIC),
        "dct:conformsTo": ref(dataset.descriptor["$schema"]),
        "dct:provenance": _provenance(facts),
        "dcat:landingPage": [ref(facts.pages[lang]) for lang in LANGUAGES],
        "dcat:distribution": [ref(_distribution_id(file)) for file in facts.files],
    }
    return ref(dataset.url) | _held(node)


def _provenance(facts: Facts) -> list[Node]:
    """Say where the data come from, and that they are unofficial."""
    sources: list[Node | str] = [*facts.dataset.sources]
    labels = [*([source] for source in sources), texts(statement("unofficial").text)]
    return [{"@type": "dct:ProvenanceStatement", "rdfs:label": label} for label in labels]


def _distribution_id(file: File) -> str:
    return f"{file.url}#distribution"


def _distributions(facts: Facts) -> list[Node]:
    return [ref(_distribution_id(file)) | _held(_distribution(facts, file)) for file in facts.files]


def _distribution(facts: Facts, file: File) -> Node:
    dataset, form = facts.dataset, file.form
    titles = {language: file.title(dataset, language) for language in LANGUAGES}
    standard = {"csv": CSVW_STANDARD, "zip": dataset.descriptor["$schema"]}.get(form.key)
    return {
        "@type": "dcat:Distribution",
        "dct:title": texts(titles),
        "dct:description": texts({"zh": form.label_zh, "en": form.label_en}),
        "dcat:accessURL": ref(file.url),
        "dcat:downloadURL": ref(file.url),
        "dcat:byteSize": typed(file.size, "nonNegativeInteger"),
        "spdx:checksum": checksum(file.sha256),
        "dcat:mediaType": ref(media_type_id(form)),
        "dcat:packageFormat": ref(media_type_id(form)) if form.key == "zip" else None,
        "dct:format": ref(file_type_id(form)),
        "dct:conformsTo": ref(standard) if standard else None,
        "dct:license": ref(dataset.licence.path),
        "dct:language": languages(),
        "dct:issued": dated(dataset.created),
        "dct:modified": dated(facts.modified),
        "dcatap:availability": ref(STABLE),
    }


def _held(node: Node) -> Node:
    """Leave out what is not known."""
    return {name: value for name, value in node.items() if value}
