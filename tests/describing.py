"""The project's packages as they are published, with everything that describes them, each made once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kuaibao import describe, handwritten
from kuaibao.errors import LANGUAGES
from kuaibao.export import files
from kuaibao.load import load
from kuaibao.publish import dataset as gathered
from projects import PACKAGES as TESTED
from projects import ROOT

if TYPE_CHECKING:
    from kuaibao.errors import Language
    from kuaibao.export import Dataset
    from kuaibao.model import Archive

URL = "https://kuaibao.example.org/"
BULLETIN = "yncg-090"
PACKAGES = ("codelists", BULLETIN)
GOOD = "test-001"  # a package of the tests, whose descriptor says no more than it must


@cache
def archive(name: str) -> Archive:
    """Load the project that holds a package."""
    return load(TESTED / "good" if name == GOOD else ROOT)


@cache
def publication() -> describe.Publication:
    """Read what the two configurations of MkDocs say of the site."""
    return handwritten.publication(ROOT)


@cache
def dataset(name: str) -> Dataset:
    """Gather a package as it is exported."""
    package = next(package for package in archive(name).packages() if package.name == name)
    return gathered(package, archive(name), URL)


@cache
def described(name: str) -> tuple[describe.Facts, dict[str, bytes]]:
    """Gather the facts of a package, and write its downloads and descriptions, by file name."""
    return describe.described(dataset(name), files(dataset(name)), publication())


def published(name: str) -> dict[str, bytes]:
    """Give the downloads of a package and its descriptions, by file name."""
    return described(name)[1]


def facts(name: str) -> describe.Facts:
    """Give the facts of a package as it is published."""
    return described(name)[0]


@cache
def catalogue(*names: str) -> dict[str, bytes]:
    """Write the catalogue of packages, those of the project by default."""
    return describe.catalogue([facts(name) for name in names or PACKAGES])


def pages(name: str) -> dict[Language, str]:
    """Describe a package for its data page in both languages."""
    return {language: describe.page_metadata(facts(name), language) for language in LANGUAGES}
