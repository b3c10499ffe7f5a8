"""Takes the facts of a dataset and gives its CITATION.cff."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from kuaibao.describe.wording import both
from kuaibao.errors import LANGUAGES

if TYPE_CHECKING:
    from kuaibao.describe.facts import Facts


def titles(facts: Facts) -> str:
    """Give the title and its English, parted as a catalogue parts parallel titles."""
    return " = ".join(facts.title[language] for language in LANGUAGES)


def citation(facts: Facts) -> bytes:
    """Write the Citation File Format 1.2.0, Chinese first."""
    dataset = facts.dataset
    known = {
        "cff-version": "1.2.0",
        "message": "\n".join(both("cite").values()),
        "type": "dataset",
        "title": titles(facts),
        "abstract": "\n\n".join(facts.description[language] for language in LANGUAGES),
        "authors": [{"name": name} for name in facts.creators],
        "version": dataset.version,
        "date-released": dataset.created,
        "license": dataset.licence.name,
        "url": dataset.url,
        "identifiers": [{"type": "url", "value": dataset.url, "description": dataset.name}],
        "keywords": [word for language in LANGUAGES for word in facts.keywords[language]],
    }
    text: str = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=2**16)
    return text.encode()
