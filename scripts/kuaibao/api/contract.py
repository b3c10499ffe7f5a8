"""Gives what each answer of the API holds: its path, its properties as Table Schema fields, its links."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kuaibao.errors import LANGUAGES
from kuaibao.model import BULLETIN, schema
from kuaibao.tables import published_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOLDER, OPENAPI = "api/v1", "openapi.json"
# What stands in every answer, before its own properties and after them.
HEAD, FOOT = ("$schema",), ("licence", "citation_zh", "citation_en")

# Columns that are joined to every row of a published table, whatever the row holds.
ALWAYS = {"bulletin", "issued", "url"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A kind of answer: `path` is below FOLDER, with the keys that vary in braces.

    `fields` are its single properties, `lists` the fields of the objects in each of its arrays, and
    `links` the addresses in its property of that name; `words` holds title and description in both languages.
    """

    name: str
    path: str
    words: Mapping[str, str]
    fields: tuple[Mapping[str, Any], ...]
    links: tuple[Mapping[str, Any], ...]
    lists: Mapping[str, tuple[Mapping[str, Any], ...]]


@cache
def contract() -> Mapping[str, Any]:
    """Read the contract: version, fields that no table has, links, parts, answers."""
    text = (files("kuaibao") / "api" / "contract.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def answers() -> Mapping[str, Answer]:
    """Give the answers by name, the entry point first."""
    return {each["name"]: _answer(each) for each in contract()["answers"]}


def words(described: Mapping[str, Any]) -> dict[str, str]:
    """Take title and description, in both languages, from what carries them."""
    return {key: described[key] for key in ("title", "title_en", "description", "description_en")}


def words_of_part(name: str) -> dict[str, str]:
    """Give title and description of an array, or of the links: the API's own, or those of the table."""
    own = {each["name"]: each for each in contract()["parts"]}
    return words(own.get(name) or schema(name))


def _answer(described: Mapping[str, Any]) -> Answer:
    own = _fields([f"api.{name}" for name in HEAD]), _fields([f"api.{name}" for name in FOOT])
    links = {link["name"]: link for link in contract()["links"]}
    return Answer(
        name=described["name"],
        path=described["path"],
        words=words(described),
        fields=(*own[0], *_fields(described["fields"]), *own[1]),
        links=tuple(links[name] for name in described["links"]),
        lists={name: _fields(references) for name, references in described["lists"].items()},
    )


def _fields(references: list[str]) -> tuple[Mapping[str, Any], ...]:
    return tuple(field for reference in references for field in _referred(reference))


def _referred(reference: str) -> Iterator[Mapping[str, Any]]:
    """Find fields by 'table.column' or 'table.*'."""
    table, _, column = reference.partition(".")
    for field in _table(table):
        if column in {"*", field["name"]}:
            yield field


def _table(name: str) -> Sequence[Mapping[str, Any]]:
    if name in BULLETIN:
        return _published(name)
    fields: Sequence[Mapping[str, Any]] = (contract() if name == "api" else schema(name))["fields"]
    return fields


def _published(table: str) -> list[Mapping[str, Any]]:
    """Describe the columns of a published table; a label is there where its code is."""
    fields = published_fields(table)
    there = {field["name"] for field in fields if field["constraints"].get("required")} | ALWAYS
    there -= {"value", "qualifier"} if table == "relations" else set()  # a relation may only be checked
    return [_required(field, there) for field in fields]


def _required(field: Mapping[str, Any], there: set[str]) -> Mapping[str, Any]:
    names = {field["name"], *(field["name"].removesuffix(f"_{language}") for language in LANGUAGES)}
    limits = {key: value for key, value in field["constraints"].items() if key != "required"}
    return {**field, "constraints": limits | ({"required": True} if names & there else {})}
