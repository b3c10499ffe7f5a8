"""Takes the facts of a dataset and gives schema.org's Dataset for the head of its data page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kuaibao.describe.dcat import catalogue_id
from kuaibao.describe.facts import PREFIXES, TAGS
from kuaibao.describe.wording import both
from kuaibao.errors import LANGUAGES
from kuaibao.model import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.describe.facts import Facts, File, Publication, Term
    from kuaibao.errors import Language

OTHER: dict[Language, Language] = {"zh": "en", "en": "zh"}


def page_metadata(facts: Facts, language: Language) -> str:
    """Describe a dataset for the head of its data page in one language, as JSON-LD for a script element."""
    return _embedded(_document(facts, language))


def catalogue_metadata(datasets: Sequence[Facts], language: Language) -> str:
    """Describe the catalogue for the head of the page of all downloads in one language."""
    first, site = datasets[0], datasets[0].publication
    document = {
        "@context": "https://schema.org/",
        **_catalogue(first, language),
        "description": site.description[language],
        "inLanguage": [TAGS[each] for each in LANGUAGES],
        "isAccessibleForFree": True,
        "license": first.dataset.licence.path,
        "publisher": agents([first.publisher])[0],
        "dataset": [_listed(facts, language) for facts in datasets],
    }
    return _embedded(document)


def core(facts: Facts, language: Language) -> dict[str, Any]:
    """Give the properties that schema.org, Croissant and RO-Crate have in common, in one language."""
    dataset = facts.dataset
    return {
        "name": facts.title[language],
        "alternateName": facts.title[OTHER[language]],
        "description": facts.description[language],
        "url": facts.pages[language],
        "identifier": dataset.url,
        "version": dataset.version,
        "datePublished": facts.issued,
        "dateModified": facts.modified,
        "keywords": [word for each in (language, OTHER[language]) for word in facts.keywords[each]],
        "inLanguage": [TAGS[each] for each in LANGUAGES],
        "isAccessibleForFree": True,
    }


def agents(names: Sequence[str]) -> list[dict[str, str]]:
    """Name contributors; the descriptor speaks of them together, as one body."""
    return [{"@type": "Organization", "name": name} for name in names]


def _embedded(document: dict[str, Any]) -> str:
    """Write JSON-LD in which no text can end the script element that holds it."""
    return json.dumps(document, ensure_ascii=False, indent=2).replace("<", "\\u003c")


def _document(facts: Facts, language: Language) -> dict[str, Any]:
    names = [facts.title[OTHER[language]], facts.other_title[language]]
    known = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": facts.dataset.url,
        **core(facts, language),
        "alternateName": [name for name in names if name],
        "sameAs": facts.pages[OTHER[language]],
        "license": facts.dataset.licence.path,
        "creator": agents(facts.creators),
        "publisher": agents([facts.publisher])[0],
        "citation": list(facts.dataset.sources),
        "creditText": facts.dataset.citation_zh if language == "zh" else facts.dataset.citation_en,
        "temporalCoverage": "/".join(facts.period or ()),
        "spatialCoverage": [_place(place, language) for place in facts.places],
        "variableMeasured": [_variable(term, language) for term in facts.measured],
        "measurementTechnique": both("method")[language] if facts.measured else "",
        "isPartOf": _whole(facts),
        "includedInDataCatalog": _catalogue(facts, language),
        "distribution": [_download(facts, file, language) for file in facts.files],
    }
    return {name: value for name, value in known.items() if value}


def _whole(facts: Facts) -> str:
    """Point from a package to the dataset of all bulletins, which holds its rows; that one is in no other."""
    return "" if facts.dataset.name == EVERYTHING else f"{facts.publication.url}data/#{EVERYTHING}"


def _place(place: Term, language: Language) -> dict[str, Any]:
    code = {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": place.code}
    return {"@type": "Place", "name": place.label[language], "identifier": code}


def _variable(term: Term, language: Language) -> dict[str, str]:
    return {
        "@type": "PropertyValue",
        "propertyID": term.code,
        "name": term.label[language],
        "unitText": term.unit[language],
    }


def _catalogue(facts: Facts, language: Language) -> dict[str, str]:
    site = facts.publication
    return {
        "@type": "DataCatalog",
        "@id": catalogue_id(site),
        "name": site.title[language],
        "url": _downloads_page(site, language),
    }


def _downloads_page(site: Publication, language: Language) -> str:
    return f"{site.url}{PREFIXES[language]}data/"


def _listed(facts: Facts, language: Language) -> dict[str, str]:
    """Point to a dataset, with the properties that a search engine wants of each."""
    return {
        "@type": "Dataset",
        "@id": facts.dataset.url,
        "name": facts.title[language],
        "description": facts.description[language],
        "url": facts.pages[language],
        "license": facts.dataset.licence.path,
    }


def _download(facts: Facts, file: File, language: Language) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": file.title(facts.dataset, language),
        "contentUrl": file.url,
        "encodingFormat": file.form.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }
