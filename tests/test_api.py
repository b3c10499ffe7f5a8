"""The API: answers follow their schemas, lead to each other, equal the tables, and keep what v1 promised.

    PYTHONPATH=scripts:tests .venv/bin/python tests/test_api.py

records the properties of v1 anew after some were added; it refuses where one was lost.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from built import ROOT, addressed, parse, parsed, site
from describing import GOOD, archive, publication
from kuaibao import api
from kuaibao.api.contract import answers as contracts
from kuaibao.api.contract import contract
from kuaibao.api.schemas import DIALECT, json_schema
from kuaibao.api.written import DOCUMENT, RECORDS, written
from kuaibao.datasets import dataset as gathered
from kuaibao.datasets import everything
from kuaibao.errors import LANGUAGES
from kuaibao.tables import published_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kuaibao.errors import Language

    Json = dict[str, Any]

URL = "https://kuaibao.example.org/"
HERE = f"{URL}api/v1/"
RECORDED = ROOT / "tests" / "golden" / "api" / "v1.json"
LOST = (
    "v1 promises that nothing is renamed or removed and no type changes. Bring these back, or publish them as"
    " a new version beside v1 (docs: guide/api, Stability)"
)
ADDED = (
    "new in v1: raise the minor version in api/contract.json, then run"
    " PYTHONPATH=scripts:tests .venv/bin/python tests/test_api.py"
)
FORMATS = FormatChecker(["date"])
PREFIX = {"zh": "", "en": "en/"}
in_both = pytest.mark.parametrize("language", LANGUAGES)


@FORMATS.checks("uri")
def is_address(value: object) -> bool:
    """Tell whether an address is absolute, and nothing in it would have to be escaped."""
    if not isinstance(value, str):
        return True
    parts = urlsplit(value)
    return bool(parts.scheme and (parts.netloc or parts.path)) and value.isascii() and " " not in value


@cache
def files() -> dict[str, Json]:
    """Read the API of the built site: path below api/v1/ -> JSON, numbers with every digit."""
    folder = site() / "api" / "v1"
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): loaded(path.read_bytes()) for path in found}


def loaded(data: bytes) -> Json:
    """Read a file as JSON, which has an object at its top and no name twice in an object."""
    found: Json = json.loads(data, parse_float=Decimal, object_pairs_hook=once)
    return found


def once(pairs: list[tuple[str, Any]]) -> Json:
    """Make an object of its pairs; each name may stand there once."""
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def answers() -> dict[str, Json]:
    """Give the answers: files that are neither schemas nor the description."""
    return {
        path: content
        for path, content in files().items()
        if not path.startswith("schemas/") and path != "openapi.json"
    }


def schemas() -> dict[str, Json]:
    """Give the schemas by their addresses."""
    return {content["$id"]: content for path, content in files().items() if path.startswith("schemas/")}


def validator(described: Json) -> Draft202012Validator:
    """Make a validator of a schema that checks formats too."""
    return Draft202012Validator(described, format_checker=FORMATS)


# --- schemas


def test_schemas_are_json_schema() -> None:
    """Each schema is one of the dialect it names, and its address is that of its file."""
    for path, content in files().items():
        if path.startswith("schemas/"):
            assert (content["$schema"], content["$id"]) == (DIALECT, HERE + path)
            Draft202012Validator.check_schema(content)


def test_every_answer_follows_its_schema() -> None:
    """Each answer names a schema that is there, and has exactly the properties of that schema."""
    assert {answer["$schema"] for answer in answers().values()} == set(schemas())
    for path, answer in answers().items():
        described = schemas()[answer["$schema"]]
        errors = [
            f"{path}: {error.json_path}: {error.message}"
            for error in validator(described).iter_errors(answer)
        ]
        assert errors == []
        assert list(surplus(answer, described)) == [], path


def surplus(value: object, described: Json) -> Iterator[str]:
    """Name the properties that a schema does not name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in described["properties"]:
                yield name
            else:
                yield from surplus(inner, described["properties"][name])
    elif isinstance(value, list) and "items" in described:
        for inner in value:
            yield from surplus(inner, described["items"])


def test_a_wrong_answer_does_not_follow_its_schema() -> None:
    """A value left out, a number as text, a date that is none, an id of another form: each is an error."""
    answer = files()["bulletins/yncg-090/figures.json"]
    row = answer["figures"][0]
    described = validator(schemas()[answer["$schema"]])
    less = {name: value for name, value in row.items() if name != "value_min"}
    wrong = [less, row | {"value": "19"}, row | {"issued": "2023-06-31"}, row | {"figure": "2023-11"}]
    for each in [*wrong, row | {"qualifier": None}]:
        assert list(described.iter_errors(answer | {"figures": [each]}))
    assert list(described.iter_errors(answer | {"links": answer["links"] | {"self": "data/"}}))
    assert not list(described.iter_errors(answer | {"figures": [row | {"new": 1}], "more": True}))


@in_both
def test_every_property_is_told(language: Language) -> None:
    """Each property has a title and a description in both languages."""
    ending = "" if language == "zh" else "_en"
    for address, described in schemas().items():
        for where, found in properties(described):
            assert found[f"title{ending}"], (address, where)
            assert found[f"description{ending}"], (address, where)


def properties(described: Json, where: str = "") -> Iterator[tuple[str, Json]]:
    """List the properties of a schema, those of objects inside too, by their paths."""
    for name, found in described.get("properties", {}).items():
        yield where + name, found
        yield from properties(found, f"{where}{name}.")
        yield from properties(found.get("items", {}), f"{where}{name}[].")


# --- the description


def test_the_description_is_openapi() -> None:
    """The document is valid OpenAPI 3.1, names the site's address, and holds the published schemas."""
    document = json.loads((site() / "api/v1/openapi.json").read_bytes())
    OpenAPIV31SpecValidator(document).validate()
    assert document["servers"] == [{"url": HERE.removesuffix("/")}]
    own = {"$schema", "$id"}
    published = {
        address.removeprefix(f"{HERE}schemas/").removesuffix(".json"): {
            key: value for key, value in described.items() if key not in own
        }
        for address, described in schemas().items()
    }
    assert document["components"]["schemas"] == published


def test_examples_are_answers() -> None:
    """Each example follows its schema, and is what its address gives, of every list the first item."""
    for path, operation in operations():
        example = media(operation)["example"]
        key = {each["name"]: each["example"] for each in operation["parameters"]}
        full = files()[path.format(**key)]
        assert set(example) == set(full)
        for name, value in example.items():
            short = isinstance(value, list) and bool(value) and isinstance(value[0], dict)
            assert value == (full[name][:1] if short else full[name])
        described = files()["openapi.json"]["components"]["schemas"][operation["operationId"]]
        assert list(validator(described).iter_errors(example)) == []
        for each in operation["parameters"]:
            assert list(validator(each["schema"]).iter_errors(each["example"])) == []


def operations() -> list[tuple[str, Json]]:
    """List the operations by their paths below the address of the API."""
    return [(path.removeprefix("/"), item["get"]) for path, item in files()["openapi.json"]["paths"].items()]


def media(operation: Json) -> Json:
    """Give the body of an operation's answer: its schema and its example."""
    found: Json = operation["responses"]["200"]["content"]["application/json"]
    return found


def test_paths_and_files_are_the_same() -> None:
    """Each path of the description leads to files, for every bulletin and indicator, and no file has none."""
    keys = {
        "bulletin": list(archive("yncg-090").bulletins),
        "indicator": [row["indicator"] for row in archive("yncg-090").codelists.rows("indicators")],
    }
    promised: list[str] = []
    for path, operation in operations():
        names = [each["name"] for each in operation["parameters"]]
        promised += [path.format(**{names[0]: key}) for key in keys[names[0]]] if names else [path]
    assert sorted(promised) == sorted(answers())


# --- links


def test_every_address_leads_to_something() -> None:
    """Each address of the site in an answer is that of a file, its anchor an id there; self is itself."""
    for path, answer in answers().items():
        assert answer["links"]["self"] == HERE + path
        broken = {text for text in texts(answer) if text.startswith(URL) and not resolves(text)}
        assert broken == set(), path


def texts(value: object) -> Iterator[str]:
    """List every text of an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def resolves(address: str) -> bool:
    """Tell whether an address of the site leads to a file and, if it has one, to an anchor."""
    plain, anchor = urldefrag(address)
    path = plain.removeprefix(URL)
    name = f"{path}index.html" if not path or path.endswith("/") else path
    return (site() / name).is_file() and (not anchor or anchor in ids(name))


@cache
def ids(name: str) -> frozenset[str]:
    """Give the ids of a page."""
    return frozenset(parsed()[name].ids())


def test_every_answer_is_reached_from_the_entry_point() -> None:
    """Whoever follows addresses from index.json comes to every answer."""
    found, left = set(), [f"{HERE}index.json"]
    while left:
        address = left.pop()
        path = address.removeprefix(HERE)
        if address.startswith(HERE) and path in answers() and path not in found:
            found.add(path)
            left += texts(answers()[path])
    assert found == set(answers())


def test_every_answer_can_be_cited() -> None:
    """Each answer carries its licence and how to cite it in both languages."""
    for path, answer in answers().items():
        assert answer["licence"] == "CC-BY-4.0"
        assert answer["links"]["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert all(URL in answer[f"citation_{language}"] for language in LANGUAGES), path


# --- values


def cell(value: object) -> str | Decimal:
    """Write a value as a cell of the table; numbers by their value."""
    if value is None:
        return ""
    return value if isinstance(value, str) else Decimal(str(value))


def cells(row: Mapping[str, str], typed: Mapping[str, object]) -> dict[str, str | Decimal]:
    """Read the cells of a table that stand in an answer, as numbers where the answer has numbers."""
    return {
        name: Decimal(row[name]) if row[name] and not isinstance(value, str) else row[name]
        for name, value in typed.items()
    }


@pytest.mark.parametrize("table", ["figures", "numerals", "sections", "measures", "relations", "corrections"])
def test_rows_equal_the_published_tables(table: str) -> None:
    """Cell by cell, in the same order: each table as it is published; figures list their corrections too."""
    whole = archive("yncg-090")
    expected = published_table(table, whole.bulletins["yncg-090"], whole, URL)
    own = f"/{table}" if table in {"figures", "numerals"} else ""
    rows = files()[f"bulletins/yncg-090{own}.json"][table]
    assert len(rows) == len(expected)
    for row, want in zip(rows, expected.to_dict("records"), strict=True):
        told = {name: value for name, value in row.items() if name != "corrections"}
        assert list(told) == list(expected.columns)
        assert {name: cell(value) for name, value in told.items()} == cells(want, told)


def test_observations_are_the_figures_of_all_bulletins() -> None:
    """The indicators together hold each figure once, as its bulletin tells it; the list counts them."""
    figures = {
        row["figure"]: row
        for path, answer in answers().items()
        if path.endswith("/figures.json")
        for row in answer["figures"]
    }
    found = []
    for listed in files()["indicators.json"]["indicators"]:
        told = files()[f"indicators/{listed['indicator']}.json"]["observations"]
        assert len(told) == listed["observation_count"]
        assert all(figures[each["figure"]]["indicator"] == listed["indicator"] for each in told)
        assert [each for each in told if not each.items() <= figures[each["figure"]].items()] == []
        found += [each["figure"] for each in told]
    assert sorted(found) == sorted(figures)


def test_derived_numbers_lie_in_their_intervals() -> None:
    """A relation without a printed result tells its number, which no rounding moves out of its interval."""
    derived = [row for row in files()["bulletins/yncg-090.json"]["relations"] if row["qualifier"]]
    assert derived
    for row in derived:
        low, high = row["value_min"], row["value_max"]
        assert row["result"] is None
        assert low is None or low <= row["value"]
        assert high is None or row["value"] <= high
        assert all(len(str(each).replace(".", "")) <= 16 for each in (low, high, row["value"]) if each)


# --- any package


def small(note: str = "", label: str = "a label", copies: int = 1) -> dict[str, bytes]:
    """Write the API of the tests' package, some copies of it, with a note and a label of its own."""
    held = archive(GOOD)
    package = held.bulletins[GOOD]
    tables = {name: package.tables[name].copy() for name in ("figures", "measures")}
    tables["figures"].loc[0, "note_zh"], tables["measures"].loc[0, "label_en"] = note, label
    names = [f"test-{number:03}" for number in range(1, copies + 1)]
    bulletins = {
        name: replace(
            package,
            name=name,
            descriptor={**package.descriptor, "name": name},
            tables={**package.tables, **tables},
        )
        for name in names
    }
    whole = replace(held, bulletins=bulletins)
    single = [gathered(each, whole, URL) for each in whole.packages()]
    found = api.files(whole, [*single, everything(single, URL)], publication())
    return {path.removeprefix("api/v1/"): content for path, content in found.items()}


@given(note=st.text(), label=st.text(min_size=1))
@settings(max_examples=25)
def test_any_words_come_through(note: str, label: str) -> None:
    """Whatever a note or a label holds stands in the answers as typed, which follow their schemas."""
    found = small(note, label)
    figures, bulletin = (loaded(found[f"bulletins/{GOOD}{end}.json"]) for end in ("/figures", ""))
    assert figures["figures"][0]["note_zh"] == (note or None)
    assert bulletin["measures"][0]["label_en"] == label
    for path, content in found.items():
        if not path.startswith("schemas/") and path != "openapi.json":
            answer = loaded(content)
            name = answer["$schema"].removeprefix(HERE)
            assert list(validator(loaded(found[name])).iter_errors(answer)) == [], path


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(value=JSON, depth=st.sampled_from([0, 1, RECORDS, DOCUMENT]))
def test_what_is_written_reads_back(value: object, depth: int) -> None:
    """JSON at any depth of lines holds the very values, each digit of a number too."""
    assert json.loads(written(value, depth), parse_float=Decimal) == value


def test_a_list_has_a_line_an_item() -> None:
    """Each item of a list stands on one line, so that files can be compared and cut."""
    for name, count in (("figures", 61), ("numerals", 101)):
        text = (site() / f"api/v1/bulletins/yncg-090/{name}.json").read_text(encoding="utf-8")
        assert len(re.findall(r"^  \{.*\},?$", text, re.MULTILINE)) == count


def test_only_lists_grow_with_the_bulletins() -> None:
    """Forty bulletins more make no answer longer but the lists, which take a short line for each."""
    few, many = small(copies=2), small(copies=42)
    grown = {path: len(many[path]) - len(content) for path, content in few.items()}
    lines = {path for path, more in grown.items() if more > 100}
    observed = {f"indicators/{row['indicator']}.json" for row in rows_of(few, "figures")}
    assert lines == {"index.json", "bulletins.json", *observed}
    assert all(grown[path] < 40 * 700 for path in ("index.json", "bulletins.json"))


def rows_of(found: Mapping[str, bytes], table: str) -> list[Json]:
    """Give the rows of a table of the tests' bulletin."""
    rows: list[Json] = loaded(found[f"bulletins/{GOOD}/{table}.json"])[table]
    return rows


# --- the promise


def promise() -> Json:
    """Give what v1 promises: its version, its paths, and of each schema the properties with their types."""
    told = {
        name: {where: types(found) for where, found in properties(json_schema(answer))}
        for name, answer in contracts().items()
    }
    paths = {name: answer.path for name, answer in contracts().items()}
    return {"version": contract()["version"], "paths": paths, "properties": told}


def types(found: Json) -> str:
    """Write the type of a property, with its form: 'string|null date'."""
    named = found["type"] if isinstance(found["type"], str) else "|".join(found["type"])
    return f"{named} {found['format']}" if "format" in found else named


def lost(old: Json, new: Json) -> list[str]:
    """List what a contract promised and another does not keep: paths, properties, their types."""
    broken = [f"{name}: {path}" for name, path in old["paths"].items() if new["paths"].get(name) != path]
    for name, told in old["properties"].items():
        now = new["properties"].get(name, {})
        broken += [f"{name}: {where} ({kind})" for where, kind in told.items() if now.get(where) != kind]
    return broken


def recorded() -> Json:
    """Read the promise as it was recorded last."""
    found: Json = json.loads(RECORDED.read_text(encoding="utf-8"))
    return found


def test_v1_loses_nothing() -> None:
    """Every path, property and type of v1 is as it was recorded."""
    assert lost(recorded(), promise()) == [], LOST


def test_what_is_new_in_v1_is_recorded() -> None:
    """Properties that were added are recorded with a later version."""
    assert promise() == recorded(), ADDED


def test_a_lost_property_is_noticed() -> None:
    """Renamed, removed, of another type, at another path: each is named."""
    old, new = recorded(), recorded()
    figures = new["properties"]["figures"]
    figures["figures[].minimum"] = figures.pop("figures[].value_min")
    figures["figures[].value"] = "string"
    new["paths"]["index"] = "start.json"
    del new["properties"]["terms"]
    assert lost(old, new) == [
        "index: index.json",
        "figures: figures[].value (number)",
        "figures: figures[].value_min (number|null)",
        *(f"terms: {where} ({kind})" for where, kind in old["properties"]["terms"].items()),
    ]
    assert lost(old, old | {"properties": old["properties"] | {"more": {"self": "string"}}}) == []


# --- programs


@in_both
def test_the_python_program_of_the_page_runs(language: Language) -> None:
    """The program that the page shows prints the exact figures of the newest bulletin, from a served site."""
    with addressed() as (address, root):
        page = parse((root / PREFIX[language] / "guide/api/index.html").read_text(encoding="utf-8"))
        program = next(e.text for e in page.all("code") if e.text.startswith("import"))
        assert f'"{address}/api/v1/index.json"' in program
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=60, check=False
        )
    assert done.stderr == ""
    figures = files()["bulletins/yncg-090/figures.json"]["figures"]
    exact = [row["figure"] for row in figures if row["qualifier"] == "exact"]
    shown = re.findall(r"yncg-090\S+", done.stdout)
    assert shown == exact


@in_both
def test_the_page_tells_every_path_and_property(language: Language) -> None:
    """The page names each path, each property of each answer, and shows each example as it is."""
    page = parsed()[f"{PREFIX[language]}guide/api/index.html"]
    codes = [element.text for element in page.all("code")]
    for path, operation in operations():
        assert f"GET /{path}" in codes
        assert operation["operationId"] in page.ids()
        described = files()["openapi.json"]["components"]["schemas"][operation["operationId"]]
        missing = {where.rpartition(".")[2] for where, _ in properties(described)} - set(codes)
        assert {
            name for name in missing if name not in described["properties"]["links"]["properties"]
        } == set()
    examples = [json.loads(text, parse_float=Decimal) for text in codes if text.startswith("{\n")]
    assert examples == [media(operation)["example"] for _, operation in operations()]


def record() -> None:
    """Record what v1 promises now; refuse where something is lost."""
    gone = lost(recorded(), promise()) if RECORDED.is_file() else []
    if gone:
        sys.exit("\n".join((LOST, *gone)))
    RECORDED.parent.mkdir(parents=True, exist_ok=True)
    RECORDED.write_text(json.dumps(promise(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
