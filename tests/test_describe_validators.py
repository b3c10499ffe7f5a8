"""Descriptions before the validators of their formats: SHACL, mlcroissant, csvw, JSON Schema, ro-crate-py."""

from __future__ import annotations

import json
import socket
from argparse import Namespace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from zipfile import ZipFile

import mlcroissant  # type: ignore[import-untyped]
import pyshacl
import pytest
import rdflib
from check_jsonschema import main as check_jsonschema  # type: ignore[import-untyped]
from click.testing import CliRunner
from csvw.__main__ import csvwvalidate  # type: ignore[import-untyped]
from rdflib.namespace import SH
from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]

from built import site
from describing import GOOD, PACKAGES, catalogue, dataset, facts, pages, published
from kuaibao import describe
from kuaibao.errors import LANGUAGES
from kuaibao.export.cells import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kuaibao.errors import Language
    from kuaibao.export import Table

pytestmark = pytest.mark.filterwarnings("ignore")  # the validators' own

SHAPES = Path(__file__).parent / "shapes" / "dcat-ap-3.0.0.jsonld"


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no validator reach the network."""

    def refuse(*_: object) -> NoReturn:
        msg = "a test reached for the network"
        raise OSError(msg)

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(params=[*PACKAGES, GOOD])
def package(request: pytest.FixtureRequest) -> str:
    """Name each package in turn."""
    return str(request.param)


@pytest.fixture
def folder(package: str, tmp_path: Path) -> Path:
    """Put the published files of a package into a folder."""
    for name, content in published(package).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


# --- DCAT-AP


@cache
def shapes() -> rdflib.Graph:
    """Read the shapes of DCAT-AP 3.0.0 as they are; see shapes/README.md."""
    return rdflib.Graph().parse(SHAPES, format="json-ld")


def violations(turtle: bytes, inference: str = "rdfs") -> list[str]:
    """Validate a catalogue and list the properties that break a shape.

    Some shapes ask for values of class rdfs:Resource, which everything is as RDFS understands a graph.
    """
    read = rdflib.Graph().parse(data=turtle, format="turtle")
    _, report, _ = pyshacl.validate(read, shacl_graph=shapes(), inference=inference)
    assert isinstance(report, rdflib.Graph)
    return sorted(str(path) for path in report.objects(None, SH.resultPath))


def test_catalogue_is_dcat_ap() -> None:
    """No shape of DCAT-AP is broken."""
    assert violations(catalogue(*PACKAGES, GOOD)["catalogue.ttl"]) == []


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("dct:publisher", "dct:contributor", ["http://purl.org/dc/terms/publisher"]),
        ("dct:title", "dct:alternative", None),
        ("dct:description", "dct:abstract", None),
        ("dcat:accessURL", "dcat:accessService", None),
        ("xsd:nonNegativeInteger", "xsd:decimal", None),
        ("a foaf:Agent", "a foaf:Document", None),
    ],
)
def test_shapes_catch_a_broken_catalogue(old: str, new: str, broken: list[str] | None) -> None:
    """A catalogue without publisher, titles, addresses, whole sizes or typed agents is refused."""
    found = violations(catalogue()["catalogue.ttl"].replace(old.encode(), new.encode()))
    assert found
    assert broken is None or found == broken


def test_shapes_are_not_eased() -> None:
    """Without RDFS the shapes that ask for resources are broken: they are there, and are checked."""
    assert "http://www.w3.org/ns/dcat#accessURL" in violations(catalogue()["catalogue.ttl"], "none")


# --- Croissant


def croissant(folder: Path) -> mlcroissant.Dataset:
    """Load a Croissant description with the files of the folder in place of their addresses."""
    path = folder / "croissant.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    local = {each["@id"]: str(folder / each["@id"]) for each in document["distribution"]}
    return mlcroissant.Dataset(jsonld=str(path), mapping=local)


def test_croissant_is_valid_without_warning(folder: Path) -> None:
    """Mlcroissant reports neither errors nor warnings."""
    issues = croissant(folder).metadata.ctx.issues
    assert (set(issues.errors), set(issues.warnings)) == (set(), set())


def test_every_record_set_loads_cell_by_cell(folder: Path, package: str) -> None:
    """Each table comes back as a record set with the same rows, typed."""
    loaded = croissant(folder)
    tables = dataset(package).tables
    assert [each.id for each in loaded.metadata.record_sets] == [table.name for table in tables]
    for table in tables:
        assert [plain(record) for record in loaded.records(table.name)] == expected(table)


def plain(record: Mapping[str, Any]) -> list[Any]:
    """Give the values of a record: text decoded, times of day cut off."""
    return [_plain(value) for value in record.values()]


def _plain(value: Any) -> Any:  # noqa: ANN401  # a cell
    if isinstance(value, bytes):
        return value.decode()
    return value.date() if hasattr(value, "date") else value


def expected(table: Table) -> list[list[Any]]:
    """Give the values of a table as Croissant types them: numbers as floats, empty text as nothing."""
    kinds = [field["type"] for field in table.fields]
    return [
        [
            float(value) if kind == "number" and isinstance(value, int | Decimal) else value
            for value, kind in zip(row, kinds, strict=True)
        ]
        for row in rows(table)
    ]


# --- CSVW


def test_csvw_is_valid(folder: Path) -> None:
    """Csvwvalidate accepts all tables: types, keys and foreign keys."""
    assert outcome(folder) == 0


def test_csvw_of_all_bulletins_is_valid() -> None:
    """Csvwvalidate accepts what holds all bulletins, too, as it stands in the built site."""
    assert outcome(site() / "downloads" / "all-bulletins") == 0


def outcome(folder: Path) -> int:
    """Run csvwvalidate on the tables of a folder and give its exit code."""
    arguments = Namespace(url=str(folder / "csv-metadata.json"), verbose=True, lax=False)
    code: int = csvwvalidate(arguments, test=True)
    return code


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sections.csv", b",1,", b",one,"),
        ("measures.csv", b"yncg-090.m01,yncg-090,1,", b"yncg-090.m01,yncg-090,99,"),
        ("sections.csv", b",2,", b",1,"),
        ("figures.csv", b",530500,", b",5305,"),
    ],
)
def test_csvw_catches_a_broken_table(tmp_path: Path, file: str, old: bytes, new: bytes) -> None:
    """A section that is no number, unknown or there twice, and a code that is too short are refused."""
    for name, content in published("yncg-090").items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / file).write_bytes((tmp_path / file).read_bytes().replace(old, new, 1))
    assert outcome(tmp_path) != 0


# --- CITATION.cff


def test_citation_follows_the_schema(folder: Path) -> None:
    """The schema of CFF 1.2.0 that check-jsonschema brings along holds."""
    options = ["--builtin-schema", "vendor.citation-file-format", "--default-filetype", "yaml"]
    result = CliRunner().invoke(check_jsonschema, [*options, str(folder / "CITATION.cff")])
    assert result.exit_code == 0, result.output


# --- RO-Crate


def test_ro_crate_lists_every_file(folder: Path, package: str) -> None:
    """Ro-crate-py reads the zip; its files are those of the crate, each with size and media type."""
    path = folder / f"{package}.zip"
    crate = ROCrate(str(path))
    with ZipFile(path) as archive:
        names = set(archive.namelist())
    assert crate.metadata.id == "ro-crate-metadata.json"
    assert {entity.id for entity in crate.data_entities} == names - {crate.metadata.id}
    assert all(entity["contentSize"] and entity["encodingFormat"] for entity in crate.data_entities)
    assert (crate.name, crate.license["@id"]) == (dataset(package).title_en, dataset(package).licence.path)


# --- schema.org


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """Read schema.org's terms, which ro-crate-py brings along, by name."""
    text = (files("rocrate") / "data" / "schema.jsonld").read_text(encoding="utf-8")
    return {term["@id"].removeprefix("schema:"): term for term in json.loads(text)["@graph"]}


def kinds(kind: str) -> set[str]:
    """Name a class of schema.org and those above it."""
    return {kind}.union(*(kinds(above) for above in names(vocabulary()[kind].get("rdfs:subClassOf"))))


def names(references: Any) -> list[str]:  # noqa: ANN401  # JSON
    """List what is referred to: one thing, several or none."""
    found = references if isinstance(references, list) else [references] if references else []
    return [each["@id"].removeprefix("schema:") for each in found if each["@id"].startswith("schema:")]


def misplaced(node: Any) -> Iterator[str]:  # noqa: ANN401  # JSON
    """List the properties of a node, and of what stands in it, that schema.org does not give its class."""
    if isinstance(node, list):
        yield from (name for each in node for name in misplaced(each))
    if isinstance(node, dict):
        for name, value in node.items():
            if not name.startswith("@"):
                domains = set(names(vocabulary().get(name, {}).get("schema:domainIncludes")))
                yield from () if domains & kinds(node["@type"]) else (f"{node['@type']}.{name}",)
                yield from misplaced(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_uses_schema_org_as_defined(package: str, language: Language) -> None:
    """Every property of a data page's JSON-LD is one of its class in schema.org."""
    assert list(misplaced(json.loads(pages(package)[language]))) == []
    catalogue = describe.catalogue_metadata([facts(package)], language)
    assert list(misplaced(json.loads(catalogue))) == []


def test_a_property_of_another_class_is_found() -> None:
    """A file has no variables."""
    assert list(misplaced({"@type": "DataDownload", "name": "x", "variableMeasured": "y", "z": "0"})) == [
        "DataDownload.variableMeasured",
        "DataDownload.z",
    ]
