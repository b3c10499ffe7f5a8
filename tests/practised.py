"""Checks of W3C's best practices for data on the Web on a built site, by number; each says what breaks it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

import yaml

from built import kuaibao, parse, project
from describing import publication
from test_api import lost, properties, recorded, types

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
DATASETS = {BULLETIN: DATASET} | {
    name: f"{URL}data/#{name}" for name in ("codelists", "all-bulletins")
}  # by name: address
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
STANDARD = {"adms", "dcat", "dcatap", "dct", "foaf", "rdfs", "skos", "spdx", "vcard"}
IN_BOTH = ("dct:title", "dct:description", "dcat:keyword")
DESCRIBED = (*IN_BOTH, "dct:publisher", "dcat:contactPoint", "dct:issued", "dct:modified", "dcat:theme")
OBSERVED = ("dct:spatial", "dct:temporal")  # of datasets that hold figures
FORMATS = {"csv", "json", "parquet", "sqlite", "xlsx"}
SEMANTIC = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}")
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


def _of(site: Site, name: str, dataset: str = BULLETIN) -> Any:  # noqa: ANN401  # JSON
    return site.nodes.get(DATASETS[dataset], {}).get(name)


def _zip(site: Site, name: str) -> dict[str, str]:
    """Read the tables and texts in the zip of a dataset; none where there is no zip."""
    content = site.content(f"downloads/{name}/{name}.zip")
    if not content.startswith(b"PK"):
        return {}
    with ZipFile(io.BytesIO(content)) as held:
        return {path: held.read(path).decode("utf-8-sig") for path in held.namelist()}


def _links(site: Site, rel: str, page: str = PAGE) -> list[Mapping[str, str]]:
    found = [e.attributes for e in site.page(page).all("link")]
    return [link for link in found if link.get("rel") == rel]


def metadata(site: Site) -> bool:
    """BP 1: people and machines are told of the data."""
    return bool(site.head() and site.nodes and site.has("catalogue.ttl") and site.has("data/index.html"))


def descriptive(site: Site) -> bool:
    """BP 2: each dataset has every property, words in both languages; figures also have place and time."""
    told = [_of(site, name, each) for each in DATASETS for name in DESCRIBED]
    told += [_of(site, name, each) for each in (BULLETIN, "all-bulletins") for name in OBSERVED]
    words = [_of(site, name, each) or [] for each in DATASETS for name in IN_BOTH]
    return all(told) and all({word["@language"] for word in each} == {"zh-Hans", "en"} for each in words)


def structural(site: Site) -> bool:
    """BP 3: every column of every table is described for machines, those of figures in the dictionary."""
    words = site.text("data/index.html") + site.text("guide/model/index.html")
    tables = _json(site.text(f"{DATA}csv-metadata.json")).get("tables", ())
    described = {each["url"]: [c["name"] for c in each["tableSchema"]["columns"]] for each in tables}
    printed = {name: site.text(DATA + name).partition("\n")[0].strip().split(",") for name in described}
    told = all(f">{name}<" in words for name in printed.get("figures.csv", ()))
    return bool(described) and described == printed and told


def licence(site: Site) -> bool:
    """BP 4: every distribution, the head of every page, and every zip have the licence's address."""
    parts = [node for node in site.nodes.values() if node.get("@type") == "dcat:Distribution"]
    heads = [_links(site, "license", page) for page in ("index.html", "data/index.html", PAGE)]
    zips = [LICENCE in text for name in DATASETS for text in [" ".join(_zip(site, name).values())]]
    told = all(node.get("dct:license") == {"@id": LICENCE} for node in parts)
    return (
        bool(parts)
        and told
        and all(zips)
        and [link["href"] for each in heads for link in each] == [LICENCE] * 3
    )


def provenance(site: Site) -> bool:
    """BP 5: every figure leads to a numeral with its place, and the dataset says where it comes from."""
    places = {row["numeral"]: row for row in site.rows(f"{DATA}numerals.csv")}
    found = [places.get(row["numeral"], {}) for row in site.rows(f"{DATA}figures.csv")]
    told = all(row.get(name) for row in found for name in ("section", "paragraph", "start", "end", "printed"))
    return told and bool(found) and bool(_of(site, "dct:provenance"))


def quality(site: Site) -> bool:
    """BP 6: each rule of `kuaibao check` is listed with the times it was checked and the problems found.

    The build applies one rule more, that of changes without a release.
    """
    cells = [e.text for e in site.page("quality/index.html").all("td")]
    listed = {
        code: (int(times.replace(",", "")), int(failed))
        for times, failed, code in zip(cells[::3], cells[1::3], cells[2::3], strict=False)
    }
    gate = listed.pop("release-pending", (0, 1))
    checked, problems = _checked()
    return gate[1] == 0 and listed == {
        code: (times, problems.count(code)) for code, times in checked.items() if times
    }


@cache
def _checked() -> tuple[dict[str, int], list[str]]:
    """Run the check; give the times each rule was checked, and the rules of the problems."""
    found = json.loads(kuaibao("check", "--format", "json", root=project()).stdout)
    return found["checked"], [problem["code"] for problem in found["problems"]]


def version(site: Site) -> bool:
    """BP 7: a version of three numbers, the same everywhere; that of all bulletins is the newest date."""
    for name in DATASETS:
        folder = f"downloads/{name}/"
        told = {_of(site, "dcat:version", name), _json(site.text(f"{folder}croissant.json")).get("version")}
        told.add(_json(site.text(f"{folder}datapackage.json")).get("version"))
        told.add(yaml.safe_load(site.text(f"{folder}CITATION.cff"))["version"])
        if len(told) != 1 or not SEMANTIC.fullmatch(str(*told)):
            return False
    newest = max(_of(site, "dct:modified", name)["@value"] for name in DATASETS)
    return [int(part) for part in newest.split("-")] == [
        int(part) for part in _of(site, "dcat:version", "all-bulletins").split(".")
    ]


def history(site: Site) -> bool:
    """BP 8: each package has a page of versions in both languages, and the feed can be read."""
    paths = [f"bulletins/{BULLETIN}/versions/index.html", "data/codelists/versions/index.html"]
    pages = [prefix + path for prefix in ("", "en/") for path in paths]
    return (
        all(site.has(page) for page in pages) and "<feed" in site.text("feed.xml") and _versions(site) != []
    )


def _versions(site: Site) -> list[str]:
    """List the addresses of the released versions of the bulletin."""
    return [each["@id"] for each in _of(site, "dcat:hasVersion") or ()]


def dataset_uris(site: Site) -> bool:
    """BP 9: every dataset is identified by an address that is there, and is cited by it."""
    sets = [node["@id"] for node in site.nodes.values() if node.get("@type") == "dcat:Catalog"]
    sets += [each["@id"] for each in site.nodes[sets[0]]["dcat:dataset"]] if sets else []
    cited = {name: yaml.safe_load(site.text(f"downloads/{name}/CITATION.cff"))["url"] for name in DATASETS}
    heads = [link["href"] for link in _links(site, "cite-as")]
    return (
        {*DATASETS.values()} < {*sets}
        and all(map(site.leads, sets))
        and cited == DATASETS
        and heads == [DATASET]
    )


def item_uris(site: Site) -> bool:
    """BP 10: every figure has an address of its own, which is there; areas have codes of six digits."""
    rows = site.rows(f"{DATA}figures.csv")
    addresses = [row["url_zh"] for row in rows]
    page = f"{URL}bulletins/{BULLETIN}/data/#"
    are_there = {each.removeprefix(page) for each in addresses} <= set(site.page(PAGE).ids())
    are_codes = all(re.fullmatch(r"\d{6}", row["area"]) for row in rows)
    return len(set(addresses)) == len(addresses) and are_there and are_codes


def series_uris(site: Site) -> bool:
    """BP 11: the series of a bulletin and its released versions have addresses, which are there."""
    series = (_of(site, "dcat:inSeries") or {}).get("@id", "")
    anchors = site.page("bulletins/index.html").ids()
    files = [name.removeprefix(URL).partition("#")[0] for name in _versions(site)]
    if not files or not all(site.has(file) for file in files):
        return False
    return series in site.nodes and series.removeprefix(f"{URL}bulletins/#") in anchors


def machine_readable(site: Site) -> bool:
    """BP 12: text formats are read by ordinary parsers, the others have the signs of their formats."""
    signs = {"figures.parquet": b"PAR1", f"{BULLETIN}.sqlite": b"SQLite format 3", f"{BULLETIN}.xlsx": b"PK"}
    are_signed = all(site.content(DATA + name).startswith(sign) for name, sign in signs.items())
    return (
        are_signed and bool(site.rows(f"{DATA}figures.csv")) and bool(_json(site.text(f"{DATA}figures.json")))
    )


def locale_neutral(site: Site) -> bool:
    """BP 13: numbers are plain decimals, dates ISO 8601; columns of text state their language."""
    rows = site.rows(f"{DATA}figures.csv")
    numbers = [row[name] for row in rows for name in ("value", "value_min", "value_max")]
    tables = _json(site.text(f"{DATA}csv-metadata.json")).get("tables", ())
    columns = [column for table in tables for column in table["tableSchema"]["columns"]]
    ends = {"zh-Hans": "_zh", "en": "_en"}
    tagged = {tag: {c["name"] for c in columns if c.get("lang") == tag} for tag in ends}
    named = all(tagged[tag] >= {c["name"] for c in columns if _is_text(c, end)} for tag, end in ends.items())
    dated = all(ISO.fullmatch(row["period"]) for row in rows if row["period"])
    return bool(columns) and all(map(_is_number, numbers)) and dated and named


def _is_text(column: Mapping[str, Any], end: str) -> bool:
    """Tell whether a column holds words in the language of its name's end, not an address."""
    return str(column["name"]).endswith(end) and not str(column["name"]).startswith("url")


def _is_number(text: str) -> bool:
    try:
        return not text or Decimal(text).is_finite()
    except InvalidOperation:
        return False


def formats(site: Site) -> bool:
    """BP 14: the catalogue lists every format of each dataset, and each is there."""
    for name in DATASETS:
        parts = [site.nodes.get(each["@id"], {}) for each in _of(site, "dcat:distribution", name) or ()]
        urls = [part["dcat:downloadURL"]["@id"].removeprefix(URL) for part in parts if part]
        if {url.rpartition(".")[2] for url in urls} != {*FORMATS, "zip"} or not all(map(site.has, urls)):
            return False
    return True


def vocabularies(site: Site) -> bool:
    """BP 15: catalogue, data page and descriptor use standard vocabularies and no other."""
    names = {name for node in site.nodes.values() for name in node if not name.startswith("@")}
    schema = _json(site.text(f"{DATA}datapackage.json")).get("$schema", "")
    told = site.head().get("@context") == "https://schema.org/" and "datapackage.org" in schema
    return told and bool(names) and {name.partition(":")[0] for name in names} <= STANDARD


def bulk(site: Site) -> bool:
    """BP 17: one zip holds the figures of all bulletins."""
    held = _zip(site, "all-bulletins").get("figures.csv", "")
    ids = {row["figure"] for row in csv.DictReader(io.StringIO(held, newline=""))}
    return bool(ids) and ids >= {row["figure"] for row in site.rows(f"{DATA}figures.csv")}


def subsets(site: Site) -> bool:
    """BP 18: each bulletin and each table can be had alone; the explorer is there."""
    tables = ("figures", "numerals", "sections", "measures", "relations", "corrections")
    return all(site.has(f"{DATA}{name}.csv") for name in tables) and site.has("explore/index.html")


def typed_links(site: Site) -> bool:
    """BP 19: each format has an address of its own, which is there and is linked with its type."""
    links = [link for link in _links(site, "alternate") if link.get("href", "").startswith(f"{URL}{DATA}")]
    ends = {link["href"].rpartition(".")[2]: link.get("type") for link in links}
    return (
        ends.keys() == {*FORMATS, "zip"}
        and len({*ends.values()} - {None}) == len(ends)
        and all(site.leads(link["href"]) for link in links)
    )


def up_to_date(site: Site) -> bool:
    """BP 21: each dataset tells its dates, none before the day of issue, and how often data come."""
    for name in DATASETS:
        dates = [_of(site, each, name) for each in ("dct:issued", "dct:modified", "dct:accrualPeriodicity")]
        if not all(dates) or dates[0]["@value"] > dates[1]["@value"]:
            return False
    return site.has(f"{DATA}corrections.csv")


def unavailable(site: Site) -> bool:
    """BP 22: a numeral that is no figure has a reason; a figure without period says that none is stated."""
    others = [row for row in site.rows(f"{DATA}numerals.csv") if row["kind"] != "figure"]
    blank = [row for row in site.rows(f"{DATA}figures.csv") if not row["period"]]
    return all(row["reason_zh"] for row in others) and all(row["period_basis"] != "stated" for row in blank)


def api(site: Site) -> bool:
    """BP 23: the API gives the data of a bulletin."""
    return bool(_json(site.text(f"{API}index.json"))) and all(site.has(path) for path in _answers(site))


def web_standards(site: Site) -> bool:
    """BP 24: OpenAPI describes it, with GET alone and answers in JSON that link to others."""
    told = {"parameters", "summary", "description"}
    verbs = {verb for path in _paths(site).values() for verb in path if verb not in told}
    linked = [_json(site.text(path)).get("links", {}) for path in _answers(site)]
    is_linked = bool(linked) and all(each.get("self") and len(each) > 1 for each in linked)
    return str(_openapi(site).get("openapi")).startswith("3.1.") and verbs == {"get"} and is_linked


def documented(site: Site) -> bool:
    """BP 25: every address has a description and an example, and stands on the page."""
    told = "".join(site.page("guide/api/index.html").all("article")[0].text.split())
    return all(
        operation["get"].get("description") and "example" in json.dumps(operation) and path in told
        for path, operation in _paths(site).items()
    )


def api_version(site: Site) -> bool:
    """BP 26: nothing that was promised is lost from the published API, whose version is in its address."""
    servers = [server["url"] for server in _openapi(site).get("servers", ())]
    told = {item["get"]["operationId"]: path.lstrip("/") for path, item in _paths(site).items()}
    held = _openapi(site).get("components", {}).get("schemas", {})
    kinds = {name: {where: types(each) for where, each in properties(held.get(name, {}))} for name in told}
    return servers == [f"{URL}api/v1"] and lost(recorded(), {"paths": told, "properties": kinds}) == []


def _openapi(site: Site) -> dict[str, Any]:
    return _json(site.text(f"{API}openapi.json"))


def _paths(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = _openapi(site).get("paths", {})
    return found


def _answers(site: Site) -> list[str]:
    """List the files of the addresses that hold no key."""
    return [API + path.lstrip("/") for path in _paths(site) if "{" not in path]


def coverage(site: Site) -> bool:
    """BP 28: every code that figures use is in the code lists that come with them in the zip."""
    held = _zip(site, BULLETIN)
    lists = {"indicator": "indicators", "area": "areas", "unit": "units"}
    for column, name in lists.items():
        table = csv.DictReader(io.StringIO(held.get(f"codelists/data/{name}.csv", ""), newline=""))
        if not {row[column] for row in site.rows(f"{DATA}figures.csv")} <= {row[column] for row in table}:
            return False
    return True


def gather_feedback(site: Site) -> bool:
    """BP 29: the configured contact is linked on the page About, and in the catalogue with every dataset."""
    contact = publication().contact
    pages = [site.page(f"{prefix}about/index.html").all("a") for prefix in ("", "en/")]
    told = all(contact in [link.attributes.get("href") for link in links] for links in pages)
    points = [_of(site, "dcat:contactPoint", name) or {} for name in DATASETS]
    return told and all({"@id": contact} in point.values() for point in points)


def publish_feedback(site: Site) -> bool:
    """BP 30: table of corrections, page of versions and feed are published, and linked from the data page."""
    header = site.text(f"{DATA}corrections.csv").partition("\n")[0].strip().split(",")
    has_columns = {"figure", "date", "old", "new", "reason_zh", "reason_en"} <= set(header)
    found = {e.attributes.get("href") for tag in ("a", "link") for e in site.page(PAGE).all(tag)}
    up = "../../../"
    linked = {f"{up}{DATA}corrections.csv", "../versions/", f"{up}feed.xml"} <= found
    return has_columns and linked and site.leads(f"{DATASET}versions/") and site.has("feed.xml")


def enriched(site: Site) -> bool:
    """BP 31: what was worked out is listed with its terms and marked on the data page."""
    return bool(site.rows(f"{DATA}relations.csv")) and "推算" in site.text(PAGE)


def presented(site: Site) -> bool:
    """BP 32: a bulletin is told in both languages, with pictures."""
    pages = [site.text(f"{prefix}bulletins/{BULLETIN}/index.html") for prefix in ("", "en/")]
    return all("<svg" in page for page in pages) and site.has("explore/index.html")


def licensing(site: Site) -> bool:
    """BP 34: there is no page of a bulletin's text; a test compares the text itself."""
    return not any(site.has(f"{prefix}bulletins/{BULLETIN}/source/index.html") for prefix in ("", "en/"))


def cited(site: Site) -> bool:
    """BP 35: citation and metadata of a bulletin's data page name series, issue, office and date."""
    quoted = " ".join(e.text for e in site.page(PAGE).all("blockquote"))
    known = " ".join(site.head().get("citation", ()))
    words = ("改革快报", "第 11 期", "办公室")
    named = all(word in quoted and word in known for word in words)
    return named and "2023 年 6 月 20 日" in quoted and "2023-06-20" in known


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
    6: Check(quality, "quality/index.html", "<code>cell-type</code>", "<code>cell-kind</code>"),
    7: Check(version, f"{ALL}croissant.json", '"version": "', '"version": "0'),
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
    26: Check(api_version, f"{API}openapi.json", '"value_min"', '"minimum"'),
    28: Check(coverage, f"{DATA}{BULLETIN}.zip"),
    29: Check(gather_feedback, "en/about/index.html", "mailto:", "mailto:other."),
    30: Check(publish_feedback, PAGE, 'href="../versions/"', 'href="../"'),
    31: Check(enriched, f"{DATA}relations.csv"),
    32: Check(presented, f"en/bulletins/{BULLETIN}/index.html", "<svg", "<div"),
    34: Check(licensing, f"bulletins/{BULLETIN}/source/index.html", new="<p>the text</p>"),
    35: Check(cited, PAGE, "改革快报", "某快报"),
}
