"""Takes an answer's contract and gives its JSON Schema, in which further properties stay allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kuaibao.api.contract import words, words_of_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kuaibao.api.contract import Answer

    Field = Mapping[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# The types of Table Schema. No enum is stated: code lists grow, and a new code must not break a client.
TYPES: Mapping[str, Mapping[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "year": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "list": {"type": "array", "items": {"type": "string"}},
}


def json_schema(answer: Answer) -> dict[str, Any]:
    """Give the schema of an answer; every property is required, and where nothing is given it is null."""
    links = {"links": {**words_of_part("links"), **_object(answer.links)}}
    lists = {name: _array(name, fields) for name, fields in answer.lists.items()}
    described = _object(answer.fields)
    described["properties"] |= links | lists
    described["required"] += [*links, *lists]
    return {**answer.words, **described}


def value_schema(field: Field) -> dict[str, Any]:
    """Give the schema of a value: type, form, bounds, and its words in both languages."""
    found = {**TYPES[field["type"]], **words(field)}
    found |= {key: field[key] for key in ("format", "codelist") if key in field}
    found |= _limits(field["constraints"])
    return found if field["constraints"].get("required") else {**found, "type": [found["type"], "null"]}


def _limits(constraints: Field) -> dict[str, Any]:
    """Give the bounds; a pattern of Table Schema is one of the whole text."""
    found = {"minimum": constraints["minimum"]} if "minimum" in constraints else {}
    return found | ({"pattern": f"^(?:{constraints['pattern']})$"} if "pattern" in constraints else {})


def _object(fields: Iterable[Field]) -> dict[str, Any]:
    properties = {field["name"]: value_schema(field) for field in fields}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": True,
    }


def _array(name: str, fields: Iterable[Field]) -> dict[str, Any]:
    return {"type": "array", **words_of_part(name), "items": _object(fields)}
