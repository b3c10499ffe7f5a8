"""Checks of W3C's best practices for data on the Web on a built site, by number; each says what breaks it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from built import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from built import Page

URL, BULLETIN = "https://kuaibao.example.org/", "yncg-090"
DATA, ALL = f"downloads/{BULLETIN}/", "downloads/all-bulletins/"
API = "api/v1/"
PAGE = f"bulletins/{BULLETIN}/data/index.html"
CATALOGUE = "catalogue.jsonld"
DATASET = f"{URL}bulletins/{BULLETIN}/"
STANDARD = {"adms", "dcat", "dcatap", "dct", "foaf", "rdfs", "skos", "spdx", "vcard"}
DESCRIBED = (
    *("dct:title", "dct:description", "dcat:keyword", "dct:publisher", "dcat:contactPoint", "dct:spatial"),
    *("dct:temporal", "dct:issued", "dcat:theme"),
)
FORMATS = {"csv", "json", "parquet", "sqlite", "xlsx"}
ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")


@dataclass(frozen=True)
class Site:
    """A built site, some of whose files may be changed; None takes a file away."""

    folder: Path
    changed: Mapping[str, bytes | None] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        """Tell whether a file is there."""
        return self.changed[path] is not None if path in self.changed else (self.folder / path).is_file()

    def content(self, path: str) -> bytes:
        """Read a file, nothing where it is not there."""
        found = self.changed.get(path)
        return found or (b"" if not self.has(path) else (self.folder / path).read_bytes())

    def text(self, path: str) -> str:
        """Read a file as text."""
        return self.content(path).decode()

    def rows(self, path: str) -> list[dict[str, str]]:
        """Read a CSV file."""
        return list(csv.DictReader(io.StringIO(self.text(path), newline="")))

    def page(self, path: str) -> Page:
        """Parse a page."""
        return parse(self.text(path))

    def leads(self, address: str) -> bool:
        """Tell whether an address of the site is that of a file, a page or an anchor of one."""
        path, _, anchor = address.removeprefix(URL).partition("#")
        file = f"{path}index.html" if not path or path.endswith("/") else path
        return self.has(file) and (not anchor or anchor in self.page(file).ids())

    @cached_property
    def nodes(self) -> dict[str, dict[str, Any]]:
        """Read the nodes of the catalogue by identifier; none where it cannot be read."""
        graph = _json(self.text(CATALOGUE))
        return {node["@id"]: node for node in graph["@graph"]} if graph else {}

    def head(self) -> dict[str, Any]:
        """Read schema.org's metadata of the data page."""
        kinds = [(e.attributes.get("type"), e.text) for e in self.page(PAGE).all("script")]
        scripts = [text for kind, text in kinds if kind == "application/ld+json"]
        found: dict[str, Any] = _json(scripts[0]) if scripts else {}
        return found


def _json(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:
        return {}
    return found


def _of(site: Site, name: str) -> Any:  # noqa: ANN401  # JSON
    return site.nodes.get(DATASET, {}).get(name)


def metadata(site: Site) -> bool:
    """BP 1: people and machines are told of the data."""
    return bool(site.head() and site.nodes and site.has("catalogue.ttl") and site.has("data/index.html"))


def descriptive(site: Site) -> bool:
    """BP 2: title, description, keywords, publisher, contact, place, time, date, theme."""
    return all(_of(site, name) for name in DESCRIBED) and bool(site.head().get("description"))


def structural(site: Site) -> bool:
    """BP 3: every column is described for machines, and in the dictionary."""
    tables = {each["url"]: each for each in _json(site.text(f"{DATA}csv-metadata.json")).get("tables", ())}
    columns = [each["name"] for each in tables["figures.csv"]["tableSchema"]["columns"]]
    words = site.text("data/index.html") + site.text("guide/model/index.html")
    return columns == list(site.rows(f"{DATA}figures.csv")[0]) and all(name in words for name in columns)


def licence(site: Site) -> bool:
    """BP 4: every distribution, and the head of the data page, has the licence."""
    parts = [node for node in site.nodes.values() if node.get("@type") == "dcat:Distribution"]
    links = {e.attributes.get("rel"): e.attributes["href"] for e in site.page(PAGE).all("link")}
    return bool(parts) and all("dct:license" in node for node in parts) and "license" in links


def provenance(site: Site) -> bool:
    """BP 5: every figure leads to a numeral with its place, and the dataset says where it comes from."""
    places = {row["numeral"]: row for row in site.rows(f"{DATA}numerals.csv")}
    found = [places.get(row["numeral"], {}) for row in site.rows(f"{DATA}figures.csv")]
    told = all(row.get(name) for row in found for name in ("section", "paragraph", "start", "end", "printed"))
    return told and bool(found) and bool(_of(site, "dct:provenance"))


def quality(site: Site) -> bool:
    """BP 6: the rules that were applied are listed with their outcome."""
    listed = [e.text for e in site.page("quality/index.html").all("code")]
    return {"descriptor-short", "ledger-seal"} <= set(listed) or len(listed) > 50  # rules


def version(site: Site) -> bool:
    """BP 7: a version, the same everywhere."""
    told = {_of(site, "dcat:version"), site.head().get("version")}
    told.add(_json(site.text(f"{DATA}croissant.json")).get("version"))
    return len(told) == 1 and None not in told


def history(site: Site) -> bool:
    """BP 8: the page of versions is there in both languages, and the feed can be read."""
    pages = [f"{prefix}bulletins/{BULLETIN}/versions/index.html" for prefix in ("", "en/")]
    return (
        all(site.has(page) for page in pages) and "<feed" in site.text("feed.xml") and _versions(site) != []
    )


def _versions(site: Site) -> list[str]:
    """List the addresses of the released versions of the bulletin."""
    return [each["@id"] for each in _of(site, "dcat:hasVersion") or ()]


def dataset_uris(site: Site) -> bool:
    """BP 9: every dataset is identified by an address that is there."""
    sets = [node["@id"] for node in site.nodes.values() if node.get("@type") == "dcat:Catalog"]
    sets += [each["@id"] for each in site.nodes[sets[0]]["dcat:dataset"]] if sets else []
    return bool(sets) and all(site.leads(name) for name in sets)


def item_uris(site: Site) -> bool:
    """BP 10: every figure has an address, which is there, and no two have the same."""
    addresses = [row["url_zh"] for row in site.rows(f"{DATA}figures.csv")]
    page = f"{URL}bulletins/{BULLETIN}/data/#"
    ids = set(site.page(PAGE).ids())
    return len(set(addresses)) == len(addresses) and {each.removeprefix(page) for each in addresses} <= ids


def series_uris(site: Site) -> bool:
    """BP 11: the series of a bulletin and its released versions have addresses, which are there."""
    series = (_of(site, "dcat:inSeries") or {}).get("@id", "")
    anchors = site.page("bulletins/index.html").ids()
    files = [name.removeprefix(URL).partition("#")[0] for name in _versions(site)]
    if not files or not all(site.has(file) for file in files):
        return False
    return series in site.nodes and series.removeprefix(f"{URL}bulletins/#") in anchors


def machine_readable(site: Site) -> bool:
    """BP 12: the data are read by ordinary parsers."""
    return bool(site.rows(f"{DATA}figures.csv")) and bool(_json(site.text(f"{DATA}figures.json")))


def locale_neutral(site: Site) -> bool:
    """BP 13: numbers are plain decimals, dates ISO 8601."""
    rows = site.rows(f"{DATA}figures.csv")
    return all(_is_number(row[name]) for row in rows for name in ("value", "value_min", "value_max")) and all(
        ISO.fullmatch(row["period"]) for row in rows if row["period"]
    )


def _is_number(text: str) -> bool:
    try:
        return not text or Decimal(text).is_finite()
    except InvalidOperation:
        return False


def formats(site: Site) -> bool:
    """BP 14: the catalogue lists the formats, and each is there."""
    urls = [
        node["dcat:downloadURL"]["@id"].removeprefix(URL)
        for node in site.nodes.values()
        if "dcat:downloadURL" in node
    ]
    return {url.rpartition(".")[2] for url in urls} >= FORMATS and all(site.has(url) for url in urls)


def vocabularies(site: Site) -> bool:
    """BP 15: every property of the catalogue is one of a standard vocabulary."""
    names = {name for node in site.nodes.values() for name in node if not name.startswith("@")}
    return bool(names) and {name.partition(":")[0] for name in names} <= STANDARD


def bulk(site: Site) -> bool:
    """BP 17: one file holds the data of all bulletins."""
    return site.content(f"{ALL}all-bulletins.zip").startswith(b"PK")


def subsets(site: Site) -> bool:
    """BP 18: each bulletin and each table can be had alone; the explorer is there."""
    tables = ("figures", "numerals", "sections", "measures", "relations", "corrections")
    return all(site.has(f"{DATA}{name}.csv") for name in tables) and site.has("explore/index.html")


def typed_links(site: Site) -> bool:
    """BP 19: what content negotiation would offer is linked with its type."""
    links = [e.attributes for e in site.page(PAGE).all("link") if e.attributes.get("rel") == "alternate"]
    return {"text/csv", "application/json"} <= {link.get("type") for link in links}


def up_to_date(site: Site) -> bool:
    """BP 21: the dates are told, none is before the day of issue, and how often data come."""
    dates = [_of(site, name) for name in ("dct:issued", "dct:modified")]
    return (
        all(dates) and dates[0]["@value"] <= dates[1]["@value"] and bool(_of(site, "dct:accrualPeriodicity"))
    )


def unavailable(site: Site) -> bool:
    """BP 22: a numeral that is no figure has a reason; a figure without period says that none is stated."""
    others = [row for row in site.rows(f"{DATA}numerals.csv") if row["kind"] != "figure"]
    blank = [row for row in site.rows(f"{DATA}figures.csv") if not row["period"]]
    return all(row["reason_zh"] for row in others) and all(row["period_basis"] != "stated" for row in blank)


def api(site: Site) -> bool:
    """BP 23: the API gives the data of a bulletin."""
    return bool(_json(site.text(f"{API}index.json"))) and all(site.has(path) for path in _answers(site))


def web_standards(site: Site) -> bool:
    """BP 24: OpenAPI describes it, with GET alone and answers in JSON."""
    told = {"parameters", "summary", "description"}
    verbs = {verb for path in _paths(site).values() for verb in path if verb not in told}
    return str(_openapi(site).get("openapi")).startswith("3.1.") and verbs == {"get"}


def documented(site: Site) -> bool:
    """BP 25: every address has a description and an example, and stands on the page."""
    told = "".join(site.page("guide/api/index.html").all("article")[0].text.split())
    return all(
        operation["get"].get("description") and "example" in json.dumps(operation) and path in told
        for path, operation in _paths(site).items()
    )


def api_version(site: Site) -> bool:
    """BP 26: the version of the API stands in its address."""
    servers = [server["url"] for server in _openapi(site).get("servers", ())]
    return bool(servers) and all(re.search(r"/v[0-9]+/?$", address) for address in servers)


def _openapi(site: Site) -> dict[str, Any]:
    return _json(site.text(f"{API}openapi.json"))


def _paths(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = _openapi(site).get("paths", {})
    return found


def _answers(site: Site) -> list[str]:
    """List the files of the addresses that hold no key."""
    return [API + path.lstrip("/") for path in _paths(site) if "{" not in path]


def coverage(site: Site) -> bool:
    """BP 28: every code that figures use is in the code lists that come with them."""
    rows = site.rows(f"{DATA}figures.csv")
    lists = {"indicator": "indicators", "area": "areas", "unit": "units"}
    return all(
        {row[column] for row in rows} <= {row[column] for row in site.rows(f"downloads/codelists/{name}.csv")}
        for column, name in lists.items()
    )


def gather_feedback(site: Site) -> bool:
    """BP 29: it is told where to write to, on a page and in the catalogue."""
    links = [e.attributes.get("href", "") for e in site.page("about/index.html").all("a")]
    return any(link.startswith("mailto:") for link in links) and bool(_of(site, "dcat:contactPoint"))


def publish_feedback(site: Site) -> bool:
    """BP 30: corrections are published with day, old value, new value and reason."""
    header = site.text(f"{DATA}corrections.csv").partition("\n")[0].split(",")
    return {"figure", "date", "old", "new"} <= set(header) and any("reason" in name for name in header)


def enriched(site: Site) -> bool:
    """BP 31: what was worked out is listed with its terms and marked on the data page."""
    return bool(site.rows(f"{DATA}relations.csv")) and "推算" in site.text(PAGE)


def presented(site: Site) -> bool:
    """BP 32: a bulletin is told in both languages, with pictures."""
    pages = [site.text(f"{prefix}bulletins/{BULLETIN}/index.html") for prefix in ("", "en/")]
    return all("<svg" in page for page in pages) and site.has("explore/index.html")


def licensing(site: Site) -> bool:
    """BP 34: the text of a bulletin is not published."""
    return not any(site.has(f"{prefix}bulletins/{BULLETIN}/source/index.html") for prefix in ("", "en/"))


def cited(site: Site) -> bool:
    """BP 35: series, issue and issuing office are named."""
    told = " ".join(site.head().get("citation", ())) + site.text(f"bulletins/{BULLETIN}/index.html")
    citation = " ".join(site.head().get("citation", ()))
    return all(word in citation for word in ("改革快报", "第 11 期", "办公室")) and "改革快报" in told


class Check(NamedTuple):
    """A check, and a change of a file (path, text, its replacement; '' for all of it) that makes it fail."""

    holds: Callable[[Site], bool]
    path: str
    old: str = ""
    new: str = ""


CHECKS: dict[int, Check] = {
    1: Check(metadata, "catalogue.ttl"),
    2: Check(descriptive, CATALOGUE, "dct:temporal", "dct:other"),
    3: Check(structural, f"{DATA}csv-metadata.json", '"name": "indicator"', '"name": "measured"'),
    4: Check(licence, CATALOGUE, "dct:license", "dct:rights"),
    5: Check(provenance, f"{DATA}numerals.csv", f"\n{BULLETIN}.n0", f"\n{BULLETIN}.x0"),
    6: Check(quality, "quality/index.html"),
    7: Check(version, f"{DATA}croissant.json", '"version": "', '"version": "0'),
    8: Check(history, f"en/bulletins/{BULLETIN}/versions/index.html"),
    9: Check(dataset_uris, "data/index.html", 'id="codelists"', 'id="moved"'),
    10: Check(item_uris, PAGE, f'id="{BULLETIN}.1.01"', 'id="moved"'),
    11: Check(series_uris, "bulletins/index.html", 'id="yncg"', 'id="moved"'),
    12: Check(machine_readable, f"{DATA}figures.json", "{", "("),
    13: Check(locale_neutral, f"{DATA}figures.csv", ",190400,", ',"190,400",'),
    14: Check(formats, f"{DATA}{BULLETIN}.xlsx"),
    15: Check(vocabularies, CATALOGUE, '"dct:title"', '"own:title"'),
    17: Check(bulk, f"{ALL}all-bulletins.zip"),
    18: Check(subsets, f"{DATA}measures.csv"),
    19: Check(typed_links, PAGE, 'type="text/csv"', ""),
    21: Check(up_to_date, CATALOGUE, "dct:modified", "dct:other"),
    22: Check(unavailable, f"{DATA}figures.csv", ",unstated,", ",stated,"),
    23: Check(api, f"{API}index.json"),
    24: Check(web_standards, f"{API}openapi.json", '"get":', '"post":'),
    25: Check(documented, f"{API}openapi.json", '"description"', '"remark"'),
    26: Check(api_version, f"{API}openapi.json", "/v1", ""),
    28: Check(coverage, "downloads/codelists/areas.csv", "\n530500,", "\n539999,"),
    29: Check(gather_feedback, "about/index.html", "mailto:", "nowhere:"),
    30: Check(publish_feedback, f"{DATA}corrections.csv"),
    31: Check(enriched, f"{DATA}relations.csv"),
    32: Check(presented, f"en/bulletins/{BULLETIN}/index.html", "<svg", "<div"),
    34: Check(licensing, f"bulletins/{BULLETIN}/source/index.html", new="<p>the text</p>"),
    35: Check(cited, PAGE, "改革快报", "某快报"),
}
