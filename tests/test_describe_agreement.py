"""Agreement: descriptions that are true of the bytes pass; one that is altered, or stale, is named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from describing import BULLETIN, GOOD, PACKAGES, URL, catalogue, facts, pages, published
from kuaibao.describe import DescriptionError, Disagreement, catalogue_disagreements, disagreements
from kuaibao.describe.ro_crate import unpacked
from kuaibao.errors import LANGUAGES
from kuaibao.export.archive import zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Change = Callable[[bytes], bytes]

FOLDER = f"{URL}downloads/{BULLETIN}/"
ZIP = f"{BULLETIN}.zip"
NODE = f'"@id": "{URL}bulletins/{BULLETIN}/",\n      "@type": "dcat:Dataset"'


def replacing(old: str, new: str, after: str = "") -> Change:
    """Make a change that replaces a text once, the first after a mark; both must be there."""

    def change(content: bytes) -> bytes:
        start = content.index(after.encode())
        at = content.index(old.encode(), start)
        return content[:at] + new.encode() + content[at + len(old.encode()) :]

    return change


def found(
    files: Mapping[str, Change] | None = None,
    inside: Mapping[str, Change] | None = None,
) -> tuple[Disagreement, ...]:
    """Alter published files by name, `page.zh`, or files inside the zip, and list what then disagrees."""
    everything = {**published(BULLETIN), **catalogue()}
    everything |= {f"page.{language}": text.encode() for language, text in pages(BULLETIN).items()}
    archive = unpacked(everything[ZIP])
    archive |= {name: change(archive[name]) for name, change in (inside or {}).items()}
    if inside:
        everything[ZIP] = zipped(archive)
    everything |= {name: change(everything[name]) for name, change in (files or {}).items()}
    altered = {language: everything[f"page.{language}"].decode() for language in LANGUAGES}
    packages = [(facts(name), everything if name == BULLETIN else published(name)) for name in PACKAGES]
    own = disagreements(facts(BULLETIN), everything, altered)
    return (*own, *catalogue_disagreements(packages, everything))


@pytest.mark.parametrize("name", [*PACKAGES, GOOD])
def test_what_is_generated_agrees(name: str) -> None:
    """Everything that is said of a package is true."""
    assert disagreements(facts(name), published(name), pages(name)) == ()


def test_the_catalogue_agrees() -> None:
    """The catalogue says what is true of every package."""
    packages = [(facts(name), published(name)) for name in (*PACKAGES, GOOD)]
    assert catalogue_disagreements(packages, catalogue(*PACKAGES, GOOD)) == ()


@pytest.mark.parametrize("file", ["csv-metadata.json", "croissant.json", "page.zh", "catalogue.jsonld"])
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("保山市推行", "大理州推行", "title zh"),
        ("全部数据", "部分数据", "description zh"),
        ("creativecommons.org/licenses/by/4.0/", "creativecommons.org/licenses/by/3.0/", "licence"),
        ('"1.0.0"', '"1.0.1"', "version"),
        ("2026-11-22", "2026-11-23", "issued"),
    ],
)
def test_an_altered_description_is_named(file: str, old: str, new: str, what: str) -> None:
    """A title, description, licence, version or date that was changed by hand is found in each format."""
    change = replacing(old, new, after=NODE if file == "catalogue.jsonld" else "")
    problems = found({file: change})
    path = {"page.zh": f"{URL}bulletins/{BULLETIN}/data/", "catalogue.jsonld": file}.get(file, FOLDER + file)
    assert (path, "disagree", what) in {(each.path, each.key, each.what) for each in problems}


@pytest.mark.parametrize("file", ["croissant.json", "page.en", "catalogue.jsonld", "csv-metadata.json"])
def test_a_stale_size_or_hash_is_named(file: str) -> None:
    """A download that changed after it was described is found in each format, by size and hash."""
    problems = found({"figures.csv": lambda content: content + b"\n"})
    path = {"page.en": f"{URL}en/bulletins/{BULLETIN}/data/", "catalogue.jsonld": file}.get(
        file, FOLDER + file
    )
    named = {each.what for each in problems if each.path == path}
    assert named == {f"size {FOLDER}figures.csv", f"sha256 {FOLDER}figures.csv"}


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("CITATION.cff", "CC-BY-4.0", "CC0-1.0", "licence_name"),
        ("CITATION.cff", "1.0.0", "9.9.9", "version"),
        ("CITATION.cff", "Baoshan’s", "Dali’s", "titles"),
    ],
)
def test_an_altered_citation_is_named(file: str, old: str, new: str, what: str) -> None:
    """A citation that contradicts the descriptor is found, also by differing from the one in the zip."""
    problems = found({file: replacing(old, new)})
    assert {each.what for each in problems} == {what, "sha256"}


@pytest.mark.parametrize(
    ("file", "old", "new", "path", "what"),
    [
        ("data/figures.csv", ",19,", ",20,", "ro-crate-metadata.json", "sha256 data/figures.csv"),
        ("ro-crate-metadata.json", '"1.0.0"', '"2.0.0"', "ro-crate-metadata.json", "version"),
        ("ro-crate-metadata.json", "Baoshan’s", "Dali’s", "ro-crate-metadata.json", "title en"),
        ("datapackage.json", '"1.0.0"', '"2.0.0"', "datapackage.json", "version"),
        ("datapackage.json", "by/4.0/", "by/3.0/", "datapackage.json", "licence"),
    ],
)
def test_an_altered_zip_is_named(file: str, old: str, new: str, path: str, what: str) -> None:
    """A file in the zip, its description or the descriptor that was changed by hand is found."""
    assert (path, what) in {(each.path, each.what) for each in found(inside={file: replacing(old, new)})}


def test_a_hash_in_the_descriptor_is_compared() -> None:
    """Where datapackage.json states bytes and hash of a table, they are those of the table in the zip."""
    table = json.loads(unpacked(published(BULLETIN)[ZIP])["datapackage.json"])["resources"][0]

    def change(content: bytes) -> bytes:
        stated = replacing(f'"bytes": {table["bytes"]}', '"bytes": 1')(content)
        return replacing(table["hash"], "sha256:00")(stated)

    problems = found(inside={"datapackage.json": change})
    named = {each.what: each.value for each in problems if each.path == "datapackage.json"}
    assert named == {"size data/figures.csv": "1", "sha256 data/figures.csv": "00"}


def test_a_missing_file_is_named() -> None:
    """A download that a description leaves out is found."""

    def shortened(content: bytes) -> bytes:
        document = json.loads(content)
        document["distribution"].pop()
        return json.dumps(document).encode()

    problems = found({"croissant.json": shortened})
    assert {(each.key, each.what) for each in problems} == {
        ("absent", f"size {FOLDER}{ZIP}"),
        ("absent", f"sha256 {FOLDER}{ZIP}"),
    }


def test_syntaxes_that_differ_are_named() -> None:
    """A Turtle file that is not the JSON-LD's is found."""
    (problem,) = found({"catalogue.ttl": replacing('"1.0.0"', '"1.0.1"')})
    assert (problem.path, problem.what) == ("catalogue.ttl", "sha256")


def test_messages() -> None:
    """A problem says file, statement, value, expectation and remedy, in both languages."""
    error = DescriptionError(found({"CITATION.cff": replacing("license: CC-BY-4.0", "license: MIT")})[:1])
    assert error.text["en"] == (
        f'{FOLDER}CITATION.cff: licence_name is "MIT"; expected "CC-BY-4.0"; '
        "generate the descriptions anew from the data and datapackage.json and do not edit them."
    )
    assert error.text["zh"] == (
        f"{FOLDER}CITATION.cff：licence_name 是“MIT”，应为“CC-BY-4.0”；"
        "请由数据和 datapackage.json 重新生成描述，不要手改。"
    )
