"""Descriptions: what they say of the project's packages, in both languages, and that nothing breaks them."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import rdflib
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS

from describing import BULLETIN, GOOD, PACKAGES, URL, catalogue, dataset, facts, pages, publication, published
from kuaibao import describe
from kuaibao.describe.facts import gather
from kuaibao.describe.linked import json_ld, turtle
from kuaibao.errors import LANGUAGES
from kuaibao.export import files
from projects import ROOT

if TYPE_CHECKING:
    from kuaibao.errors import Language

pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)  # in rdflib

DESCRIBE = ROOT / "scripts" / "kuaibao" / "describe"
HOSTILE = '</script><!-- "\\ \n\t{{ x }} <b> 𠮷 '
# Properties that Google's guide to Dataset markup lists; nothing is known of a `funder`.
LISTED = (
    *("name", "description", "alternateName", "creator", "citation", "identifier", "isAccessibleForFree"),
    *("keywords", "license", "measurementTechnique", "sameAs", "spatialCoverage", "temporalCoverage"),
    *("variableMeasured", "version", "url", "includedInDataCatalog", "distribution", "inLanguage"),
    "isPartOf",
)
DCATAP = rdflib.Namespace("http://data.europa.eu/r5r/")
RECOMMENDED = {
    DCAT.Catalog: (
        *(DCTERMS.language, DCTERMS.issued, DCTERMS.modified, DCTERMS.license, DCTERMS.spatial),
        *(DCAT.themeTaxonomy, DCAT.dataset, DCAT.service, FOAF.homepage),
    ),
    rdflib.URIRef(f"{DCAT}DatasetSeries"): (
        DCAT.contactPoint,
        DCTERMS.publisher,
        DCTERMS.spatial,
        DCTERMS.temporal,
    ),
    DCAT.DataService: (
        *(DCAT.contactPoint, DCAT.endpointDescription, DCAT.servesDataset),
        *(DCTERMS.license, DCTERMS.publisher),
    ),
    DCAT.Dataset: (
        *(DCAT.contactPoint, DCAT.distribution, DCAT.keyword, DCAT.theme),
        *(DCTERMS.publisher, DCTERMS.spatial, DCTERMS.temporal),
    ),
    DCAT.Distribution: (DCTERMS.description, DCTERMS.license, DCTERMS.format, DCATAP.availability),
    DCTERMS.LicenseDocument: (DCTERMS.type,),
    DCTERMS.PeriodOfTime: (DCAT.startDate, DCAT.endDate),
}


def page(language: Language, name: str = BULLETIN) -> dict[str, Any]:
    """Read the JSON-LD of a data page."""
    document: dict[str, Any] = json.loads(pages(name)[language])
    return document


def graph() -> rdflib.Graph:
    """Read the catalogue's Turtle."""
    return rdflib.Graph().parse(data=catalogue()["catalogue.ttl"], format="turtle")


# --- what is written


def test_files_of_a_package() -> None:
    """Beside the downloads stand CSVW, under its default name, Croissant and the citation."""
    own = published(BULLETIN).keys() - files(dataset(BULLETIN)).keys()
    assert own == {"csv-metadata.json", "croissant.json", "CITATION.cff"}


def test_bytes_depend_on_the_data_alone() -> None:
    """A second run gives the same bytes."""
    data = dataset(BULLETIN)
    assert describe.described(data, files(data), publication())[1] == published(BULLETIN)
    assert describe.catalogue([facts(name) for name in PACKAGES]) == catalogue()


@pytest.mark.parametrize("name", PACKAGES)
def test_files_are_described_with_their_bytes(name: str) -> None:
    """Size and SHA-256 of every download are those of the published bytes, the zip's too."""
    found = {file.name: (file.size, file.sha256) for file in facts(name).files}
    written = {file: published(name)[file] for file in found}
    assert found == {file: (len(content), sha256(content).hexdigest()) for file, content in written.items()}
    assert f"{name}.zip" in found


def test_a_spare_descriptor_will_do() -> None:
    """Without roles the first contributor publishes; without keywords the topics of the figures are taken."""
    spare = facts(GOOD)
    assert (spare.publisher, spare.dataset.descriptor.get("keywords")) == ("Kuaibao contributors", None)
    assert spare.keywords == {lang: tuple(t.label[lang] for t in spare.topics) for lang in LANGUAGES}
    assert spare.topics


def test_every_word_is_used_and_says_the_same_in_both_languages() -> None:
    """The catalogue of words holds what the code names, with the same placeholders in both languages."""
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(DESCRIBE.glob("*.py")))
    words = list(csv.DictReader((DESCRIBE / "words.csv").read_text(encoding="utf-8").splitlines()))
    names = [word["key"].removeprefix("file-") for word in words]
    assert [name for name in names if f'"{name}"' not in code] == []
    for word in words:
        placeholders = [re.findall(r"{\w+}", word[language]) for language in LANGUAGES]
        assert all(word.values())
        assert placeholders[0] == placeholders[1]


# --- schema.org


@pytest.mark.parametrize("language", LANGUAGES)
def test_schema_org_has_what_google_lists(language: Language) -> None:
    """Every listed property is there, and the description has 50 characters or more."""
    document = page(language)
    assert [name for name in LISTED if not document.get(name)] == []
    assert 50 <= len(document["description"]) <= 5000


def test_schema_org_is_in_the_language_of_the_page() -> None:
    """Name, places and variables are in the page's language; the other title is the alternate one."""
    zh, en = page("zh"), page("en")
    assert zh["name"] == dataset(BULLETIN).title_zh == en["alternateName"][0]
    assert en["spatialCoverage"][0]["name"] == "Baoshan City"
    assert {"name": "保山工匠", "unitText": "人"}.items() <= _variable(zh, "baoshan_craftsmen").items()
    assert {"name": "Baoshan Craftsmen", "unitText": "People"}.items() <= _variable(
        en, "baoshan_craftsmen"
    ).items()
    assert zh["url"] == en["sameAs"] == f"{URL}bulletins/{BULLETIN}/data/"


def _variable(document: dict[str, Any], code: str) -> dict[str, str]:
    return next(each for each in document["variableMeasured"] if each["propertyID"] == code)


def test_dates_and_coverage() -> None:
    """The dates are those of the package; the coverage runs over all stated periods."""
    document = page("zh")
    assert (document["datePublished"], document["dateModified"]) == ("2026-11-22", "2026-11-22")
    assert document["temporalCoverage"] == "2022/2023"


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (["2023-06-20", "2022"], ("2022", "2023-06-20")),
        (["2020/2023-03", "2021"], ("2020", "2023-03")),
        (["2023", "2023-06-20"], ("2023", "2023")),
        (["2023-01-01", "2023-12-31"], ("2023-01-01", "2023-12-31")),
        (["", ""], None),
    ],
)
def test_period_is_as_precise_as_stated(periods: list[str], expected: tuple[str, str] | None) -> None:
    """The earliest beginning and the latest end are taken as they are written."""
    data = dataset(BULLETIN)
    rows = data.tables[0].rows.head(2).assign(period=periods)
    small = replace(data, tables=(replace(data.tables[0], rows=rows), *data.tables[1:]))
    assert gather(small, publication()).period == expected


def test_a_correction_is_a_change() -> None:
    """The date of change is that of the last correction."""
    data = dataset(BULLETIN)
    corrections = next(table for table in data.tables if table.name == "corrections")
    cells = {column: ["x", "x"] for column in corrections.columns} | {"date": ["2027-01-02", "2027-03-04"]}
    changed = replace(corrections, rows=pd.DataFrame(cells, dtype="str"))
    tables = tuple(changed if table is corrections else table for table in data.tables)
    corrected = replace(data, tables=tables)
    assert gather(corrected, publication()).modified == "2027-03-04"


def links(page: str, language: Language = "zh") -> tuple[describe.Link, ...]:
    """Give the typed links of a page or of the pages of a folder."""
    return describe.page_links([facts(name) for name in PACKAGES], language)[page]


def test_typed_links() -> None:
    """A data page links its citation, licence, versions, API, downloads and descriptions, all published."""
    found = links(f"bulletins/{BULLETIN}/data.md", "en")
    folder = f"{URL}downloads/{BULLETIN}/"
    paths = {f"{folder}{name}" for name in published(BULLETIN)} | {f"{URL}{name}" for name in catalogue()}
    own = {link.href for link in found if link.rel in {"alternate", "describedby"}}
    assert own <= paths
    assert f"{folder}figures.csv" in own
    assert {link.rel: link.href for link in found if link.rel not in {"alternate", "describedby"}} == {
        "cite-as": dataset(BULLETIN).url,
        "version-history": f"{URL}en/bulletins/{BULLETIN}/versions/",
        "license": dataset(BULLETIN).licence.path,
        "service-desc": f"{URL}api/v1/openapi.json",
        "type": "https://schema.org/Dataset",
    }


def test_other_pages_of_a_dataset_have_its_links() -> None:
    """They have those of the data page but its class and downloads; a page of no dataset has the site's."""
    data, other = links(f"bulletins/{BULLETIN}/data.md"), links(f"bulletins/{BULLETIN}/")
    assert [link for link in data if link.rel not in {"type", "alternate"}] == [*other]
    assert [link for link in other if link in links("")] == [*links("")]
    assert {link.rel for link in links("")} == {"license", "describedby", "service-desc"}


def test_page_metadata_cannot_end_its_script() -> None:
    """A title with markup in it stays data."""
    data = replace(dataset(BULLETIN), title_zh=HOSTILE)
    hostile = gather(data, publication())
    text = describe.page_metadata(hostile, "zh")
    assert "<" not in text
    assert json.loads(text)["name"] == HOSTILE


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_all_downloads_lists_the_datasets(language: Language) -> None:
    """It describes the catalogue that each dataset says it is in, and names every dataset."""
    found = describe.catalogue_metadata([facts(name) for name in PACKAGES], language)
    document = json.loads(found)
    assert page(language)["includedInDataCatalog"].items() <= document.items()
    assert [each["@id"] for each in document["dataset"]] == [dataset(name).url for name in PACKAGES]
    assert 50 <= len(document["description"]) <= 5000
    assert all(50 <= len(each["description"]) <= 5000 for each in document["dataset"])


# --- DCAT-AP


def test_both_syntaxes_say_the_same() -> None:
    """The Turtle and the JSON-LD are the same graph."""
    other = rdflib.Graph().parse(data=catalogue()["catalogue.jsonld"], format="json-ld")
    assert isomorphic(graph(), other)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
@settings(max_examples=60)
def test_any_text_survives_both_syntaxes(texts: list[str]) -> None:
    """Quotes, line breaks, control characters and backslashes are read back as they were."""
    nodes = [{"@id": f"{URL}x", "dct:title": [{"@value": text, "@language": "en"} for text in texts]}]
    for content, syntax in ((turtle(nodes), "turtle"), (json_ld(nodes), "json-ld")):
        read = rdflib.Graph().parse(data=content, format=syntax)
        assert {str(title) for title in read.objects(None, DCTERMS.title)} == set(texts)


def test_recommended_properties_are_there() -> None:
    """What DCAT-AP recommends is there; code lists have no place and no time.

    Not known, and so left out: the type of the publisher and the coordinates of the places.
    """
    read, missing = graph(), []
    for kind, properties in RECOMMENDED.items():
        for node in read.subjects(RDF.type, kind):
            missing += [(str(node), name) for name in properties if (node, name, None) not in read]
    codelists = f"{URL}data/#codelists"
    assert missing == [(codelists, DCTERMS.spatial), (codelists, DCTERMS.temporal)]


def test_words_are_tagged_in_both_languages() -> None:
    """Titles, descriptions, keywords and labels of themes have a Chinese and an English form."""
    read, node = graph(), rdflib.URIRef(f"{URL}bulletins/{BULLETIN}/")
    for name in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
        assert {word.language for word in read.objects(node, name)} == {"zh-Hans", "en"}  # type: ignore[attr-defined]
    for theme in read.objects(node, DCAT.theme):
        assert {word.language for word in read.objects(theme, SKOS.prefLabel)} == {"zh-Hans", "en"}  # type: ignore[attr-defined]


def test_a_contact_may_be_a_page() -> None:
    """A contact that is a web address is no e-mail address."""
    site = replace(publication(), contact="https://kuaibao.example.org/about/")
    text = describe.catalogue([gather(dataset(BULLETIN), site)])["catalogue.ttl"].decode()
    assert "vcard:hasURL <https://kuaibao.example.org/about/>" in text
    assert "hasEmail" not in text


def test_themes_are_the_topics_of_the_figures() -> None:
    """Beside the EU's theme stand the project's own topics, from the code lists."""
    themes = graph().objects(rdflib.URIRef(f"{URL}bulletins/{BULLETIN}/"), DCAT.theme)
    codes = {str(theme).rpartition("#")[2] for theme in themes if str(theme).startswith(URL)}
    assert {"governance", "skills"} <= codes


# --- CSVW, citation


def test_csvw_stands_where_readers_look() -> None:
    """Each CSV of the folder is described by its name: a reader finds csv-metadata.json by itself."""
    tables = json.loads(published(BULLETIN)["csv-metadata.json"])["tables"]
    assert [table["url"] for table in tables] == [f"{t.name}.csv" for t in dataset(BULLETIN).tables]


def test_csvw_types_languages_and_keys() -> None:
    """Types, patterns, languages and foreign keys are those of the schema."""
    tables = {table["url"]: table for table in json.loads(published(BULLETIN)["csv-metadata.json"])["tables"]}
    schema = tables["figures.csv"]["tableSchema"]
    columns = {column["name"]: column for column in schema["columns"]}
    assert columns["value"]["datatype"] == "number"
    assert columns["area"]["datatype"] == {"base": "string", "format": "[0-9]{6}"}
    assert (columns["area_zh"]["lang"], columns["area_en"]["lang"]) == ("zh-Hans", "en")
    references = [key["reference"]["resource"] for key in schema["foreignKeys"]]
    assert references == ["numerals.csv", "measures.csv", "bulletins.csv", "sections.csv"]
    assert schema["foreignKeys"][-1]["columnReference"] == ["bulletin", "section"]


@pytest.mark.parametrize("name", PACKAGES)
def test_a_dataset_has_one_address(name: str) -> None:
    """Catalogue, page, link, both citations and CITATION.cff name the same permanent address."""
    address, read = dataset(name).url, yaml.safe_load(published(name)["CITATION.cff"])
    cited = {dataset(name).citation_zh, dataset(name).citation_en}
    assert {text.rpartition("https://")[2].split()[0].rstrip(".。") for text in cited} == {
        address.removeprefix("https://")
    }
    assert (read["url"], read["identifiers"][0]["value"]) == (address, address)
    assert page("zh", name)["identifier"] == page("en", name)["identifier"] == address
    assert (rdflib.URIRef(address), RDF.type, DCAT.Dataset) in graph()


def test_citation_names_both_titles() -> None:
    """The title is given in both languages, the licence by its SPDX identifier."""
    read, data = yaml.safe_load(published(BULLETIN)["CITATION.cff"]), dataset(BULLETIN)
    assert read["title"] == f"{data.title_zh} = {data.title_en}"
    assert (read["type"], read["license"], read["version"]) == ("dataset", "CC-BY-4.0", "1.0.0")
