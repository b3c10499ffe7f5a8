"""Takes a dataset, its files as published and its descriptions and gives every claim that is not true."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.describe import claims
from kuaibao.describe.citation import titles
from kuaibao.describe.facts import CITATION, CROISSANT, CSVW, JSON_LD, TURTLE
from kuaibao.describe.linked import turtle
from kuaibao.describe.ro_crate import NAME, unpacked
from kuaibao.describe.wording import both
from kuaibao.errors import LANGUAGES, KuaibaoError, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kuaibao.describe.claims import Claim
    from kuaibao.describe.facts import Facts
    from kuaibao.errors import Language

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim that is not true: the file, why (a key of the words), the statement, value and expectation."""

    path: str
    key: str
    what: str
    value: str = ""
    expected: str = ""

    def text(self, language: Language) -> str:
        """Say file, statement, value, expectation and remedy in one line."""
        values = {"what": self.what, "value": self.value[:SHOWN], "expected": self.expected[:SHOWN]}
        sentence, place = both(self.key, **values)[language], Place(self.path).text(language)
        return f"{place}：{sentence}。" if language == "zh" else f"{place}: {sentence}."


class DescriptionError(KuaibaoError):
    """Descriptions that are not true; `problems` lists all, `text` says them in a language."""

    exit_code = 1

    def __init__(self, problems: Sequence[Disagreement]) -> None:
        """Keep the problems in the order in which they were found."""
        self.problems = tuple(problems)
        self.text = {language: "\n".join(each.text(language) for each in problems) for language in LANGUAGES}
        super().__init__(self.text["en"])


class Source(NamedTuple):
    """A description: its path, what it claims, what it must claim, and what it may claim besides."""

    path: str
    claims: Iterable[Claim]
    required: Mapping[str, str]
    allowed: Mapping[str, str] = {}


def disagreements(
    facts: Facts, published: Mapping[str, bytes], pages: Mapping[Language, str]
) -> tuple[Disagreement, ...]:
    """Compare the descriptions of a package with it, with each other and with the bytes.

    `published` are the downloads and descriptions of the package by file name, `pages` the JSON-LD of
    the data page by language.
    """
    archive = unpacked(published[f"{facts.dataset.name}.zip"])
    sources = (*_outside(facts, published), *_pages(facts, published, pages), *_inside(facts, archive))
    return (*_untrue(sources), *_differing(CITATION, archive[CITATION], published[CITATION]))


def catalogue_disagreements(
    packages: Iterable[tuple[Facts, Mapping[str, bytes]]], catalogue: Mapping[str, bytes]
) -> tuple[Disagreement, ...]:
    """Compare the catalogue with all packages, each with its published files, and its two syntaxes."""
    graph = json.loads(catalogue[JSON_LD])["@graph"]
    nodes = {node["@id"]: node for node in graph}
    sources = (
        Source(JSON_LD, claims.of_catalogue(nodes, facts.dataset), _everything(facts, published))
        for facts, published in packages
    )
    return (*_untrue(sources), *_differing(TURTLE, catalogue[TURTLE], turtle(graph)))


def _outside(facts: Facts, published: Mapping[str, bytes]) -> Iterator[Source]:
    folder, everything = facts.folder, _everything(facts, published)
    tables = {f.url: published[f.name] for f in facts.files if f.form.key == "csv"}
    tabular = _common(facts) | _sizes(tables)
    yield Source(folder + CROISSANT, claims.of_croissant(published[CROISSANT]), everything)
    yield Source(folder + CSVW, claims.of_csvw(published[CSVW], folder), tabular)
    yield Source(folder + CITATION, claims.of_citation(published[CITATION]), _cited(facts))


def _pages(facts: Facts, published: Mapping[str, bytes], pages: Mapping[Language, str]) -> Iterator[Source]:
    """Compare each page; it says title and description in its own language alone."""
    for language, page in pages.items():
        others = tuple(f" {other}" for other in LANGUAGES if other != language)
        needed = {
            name: value for name, value in _everything(facts, published).items() if not name.endswith(others)
        }
        yield Source(facts.pages[language], claims.of_page(page, language), needed)


def _inside(facts: Facts, archive: Mapping[str, bytes]) -> Iterator[Source]:
    described = {path: content for path, content in archive.items() if path != NAME}
    common = _common(facts)
    yield Source(NAME, claims.of_ro_crate(archive[NAME]), common | _sizes(described))
    own = {name: common[name] for name in ("title zh", "title en", "licence", "version")}
    own["created"] = facts.dataset.created
    descriptor = "datapackage.json"
    yield Source(descriptor, claims.of_descriptor(archive[descriptor]), own, _sizes(described))


def _common(facts: Facts) -> dict[str, str]:
    dataset = facts.dataset
    return {
        **{f"title {language}": facts.title[language] for language in LANGUAGES},
        **{f"description {language}": facts.description[language] for language in LANGUAGES},
        "licence": dataset.licence.path,
        "version": dataset.version,
        "issued": facts.issued,
        "modified": facts.modified,
    }


def _everything(facts: Facts, published: Mapping[str, bytes]) -> dict[str, str]:
    return _common(facts) | _sizes({file.url: published[file.name] for file in facts.files})


def _cited(facts: Facts) -> dict[str, str]:
    """List what a citation claims: both titles in one, the licence by its identifier, the version's date."""
    others = {"licence", "issued", "modified", *(f"title {language}" for language in LANGUAGES)}
    known = {name: value for name, value in _common(facts).items() if name not in others}
    dataset = facts.dataset
    return known | {"titles": titles(facts), "licence_name": dataset.licence.name, "created": dataset.created}


def _sizes(contents: Mapping[str, bytes]) -> dict[str, str]:
    sizes = {f"size {path}": str(len(content)) for path, content in contents.items()}
    return sizes | {f"sha256 {path}": sha256(content).hexdigest() for path, content in contents.items()}


def _untrue(sources: Iterable[Source]) -> Iterator[Disagreement]:
    for source in sources:
        claimed, truth = list(source.claims), {**source.required, **source.allowed}
        for what, value in claimed:
            if value != truth.get(what):
                yield Disagreement(source.path, "disagree", what, value, truth.get(what, ""))
        for what, expected in source.required.items():
            if what not in dict(claimed):
                yield Disagreement(source.path, "absent", what, expected=expected)


def _differing(path: str, copy: bytes, original: bytes) -> Iterator[Disagreement]:
    """Compare what is published twice: the citation, and the catalogue in its two syntaxes."""
    if copy != original:
        hashes = (sha256(content).hexdigest() for content in (copy, original))
        yield Disagreement(path, "disagree", "sha256", *hashes)
