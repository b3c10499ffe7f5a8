"""Series and versions: what the catalogue says of both, with no release and with two."""

from __future__ import annotations

import json
from typing import Any

import pytest

from describing import BULLETIN, PACKAGES, URL, archive, catalogue, dataset, facts, publication, published
from kuaibao import describe
from kuaibao.export import files
from kuaibao.model import Version
from test_describe_validators import violations

pytestmark = pytest.mark.filterwarnings("ignore")  # the validators' own

FOLDER = f"{URL}downloads/{BULLETIN}/"


def version(number: str, day: str) -> Version:
    """Freeze the bulletin as it is under another number and day."""
    package = archive(BULLETIN).bulletins[BULLETIN]
    descriptor = {**package.descriptor, "version": number, "created": f"{day}T00:00:00Z"}
    return Version(descriptor, {}, {"datapackage.json": json.dumps(descriptor).encode()})


RELEASES = (version("0.9.0", "2026-10-01"), version("1.0.0", "2026-11-22"))


def released(*versions: Version) -> tuple[describe.Facts, dict[str, bytes]]:
    """Describe the bulletin with these releases."""
    data = dataset(BULLETIN)
    return describe.described(data, files(data), publication(), versions)


def nodes(*versions: Version) -> dict[str, Any]:
    """Give the nodes of the catalogue with these releases of the bulletin, by identifier."""
    described = describe.catalogue([facts("codelists"), released(*versions)[0]])
    return {node["@id"]: node for node in json.loads(described["catalogue.jsonld"])["@graph"]}


def test_a_catalogue_with_releases_is_dcat_ap() -> None:
    """No shape of DCAT-AP is broken by series and versions."""
    written = describe.catalogue([facts("codelists"), released(*RELEASES)[0]])
    assert violations(written["catalogue.ttl"]) == []


def test_versions_are_linked_both_ways() -> None:
    """The dataset has its versions and the one before; each is a version of it and knows its predecessor."""
    found = nodes(*RELEASES)
    first, second = (f"{FOLDER}{number}/datapackage.json#version" for number in ("0.9.0", "1.0.0"))
    own = found[f"{URL}bulletins/{BULLETIN}/"]
    assert own["dcat:hasVersion"] == [{"@id": first}, {"@id": second}]
    assert own["dcat:previousVersion"] == [{"@id": first}]
    assert [found[name]["dcat:version"] for name in (first, second)] == ["0.9.0", "1.0.0"]
    assert [found[name]["dcat:isVersionOf"]["@id"] for name in (first, second)] == [own["@id"]] * 2
    assert found[second]["dcat:previousVersion"] == {"@id": first}
    assert "dcat:previousVersion" not in found[first]


def test_a_frozen_descriptor_is_described_with_its_bytes() -> None:
    """Size and hash of a version's descriptor are those of the frozen file."""
    release = released(*RELEASES)[0].releases[0]
    node = nodes(*RELEASES)[f"{FOLDER}0.9.0/datapackage.json#distribution"]
    assert node["dcat:byteSize"]["@value"] == str(len(RELEASES[0].files["datapackage.json"]))
    assert node["spdx:checksum"]["spdx:checksumValue"]["@value"] == release.sha256


def test_issued_is_the_day_of_the_first_release() -> None:
    """The data were issued with the first release; the citation tells the day of the version it cites."""
    described, written = released(*RELEASES)
    page = json.loads(describe.page_metadata(described, "en"))
    assert (page["datePublished"], page["dateModified"]) == ("2026-10-01", "2026-11-22")
    assert b"date-released: '2026-11-22'" in written["CITATION.cff"]
    assert nodes(*RELEASES)[f"{URL}bulletins/{BULLETIN}/"]["dct:issued"]["@value"] == "2026-10-01"
    pages = {"zh": describe.page_metadata(described, "zh")}
    assert describe.disagreements(described, written, pages) == ()  # type: ignore[arg-type]


def test_without_release_there_is_no_version_to_name() -> None:
    """A package that was never released was issued when it was made, and has no versions."""
    own = nodes()[f"{URL}bulletins/{BULLETIN}/"]
    assert own["dct:issued"]["@value"] == dataset(BULLETIN).created
    assert not {"dcat:hasVersion", "dcat:previousVersion"} & own.keys()


def test_a_bulletin_is_in_its_series() -> None:
    """The series has its name, what it covers and its rhythm; the code lists are in none."""
    found = {node["@id"]: node for node in json.loads(catalogue(*PACKAGES)["catalogue.jsonld"])["@graph"]}
    series = found[f"{URL}bulletins/#yncg"]
    assert found[f"{URL}bulletins/{BULLETIN}/"]["dcat:inSeries"] == {"@id": series["@id"]}
    assert "dcat:inSeries" not in found[f"{URL}data/#codelists"]
    assert {title["@value"] for title in series["dct:title"]} == {"改革快报", "Reform Bulletin"}
    assert series["dct:accrualPeriodicity"]["@id"].endswith("/frequency/IRREG")
    assert {"dct:spatial", "dct:temporal", "dct:publisher", "dcat:contactPoint"} <= series.keys()


def test_releases_do_not_change_the_other_downloads() -> None:
    """Only what tells the first day of issue differs from a package without releases."""
    differing = {
        name for name, content in released(*RELEASES)[1].items() if content != published(BULLETIN)[name]
    }
    assert differing == {f"{BULLETIN}.zip", "csv-metadata.json", "croissant.json"}
