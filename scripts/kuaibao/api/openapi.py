"""Takes schemas and answers and gives the OpenAPI document, its examples taken from the answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kuaibao.api.contract import FOLDER, answers, contract
from kuaibao.api.schemas import DIALECT, value_schema
from kuaibao.errors import LANGUAGES
from kuaibao.model import schema
from kuaibao.tables import published_fields
from kuaibao.wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.api.answers import Given
    from kuaibao.api.contract import Answer
    from kuaibao.api.material import Material

VERSION = "3.1.0"
KEY = re.compile(r"\{(\w+)\}")


def openapi(
    material: Material, schemas: Mapping[str, Mapping[str, Any]], found: Mapping[str, Given]
) -> dict[str, Any]:
    """Describe the API; `found` holds an answer of each kind by its name, `schemas` the schema of each."""
    site, licence = material.site, material.by_name["codelists"].licence
    return {
        "openapi": VERSION,
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": " · ".join(site.title[language] for language in LANGUAGES),
            **_both("description", {language: say("api_lead", language) for language in LANGUAGES}),
            "version": contract()["version"],
            "contact": {"email": site.email} if site.email else {"url": site.contact},
            "license": {"name": licence.title, "identifier": licence.name},
        },
        "servers": [{"url": f"{site.url}{FOLDER}"}],
        "externalDocs": {"url": material.pages("guide/api/")["page_zh"]},
        "paths": {f"/{answer.path}": {"get": _operation(answer, found)} for answer in answers().values()},
        "components": {"schemas": dict(schemas)},
    }


def example(content: Mapping[str, Any]) -> dict[str, Any]:
    """Shorten an answer to an example: of each list the first item."""
    return {key: value[:1] if _is_list_of_items(value) else value for key, value in content.items()}


def _is_list_of_items(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _operation(answer: Answer, found: Mapping[str, Given]) -> dict[str, Any]:
    words = answer.words
    return {
        "operationId": answer.name,
        **_both("summary", {"zh": words["title"], "en": words["title_en"]}),
        **_both("description", {"zh": words["description"], "en": words["description_en"]}),
        "parameters": [_parameter(name, answer, found) for name in KEY.findall(answer.path)],
        "responses": {
            "200": {
                **_both("description", {"zh": words["title"], "en": words["title_en"]}),
                "content": {"application/json": _media(answer, found)},
            },
            "404": _both("description", {language: say("api_not_found", language) for language in LANGUAGES}),
        },
    }


def _media(answer: Answer, found: Mapping[str, Given]) -> dict[str, Any]:
    described: dict[str, Any] = {"schema": {"$ref": f"#/components/schemas/{answer.name}"}}
    return described | {"example": example(found[answer.name].content)}


def _parameter(name: str, answer: Answer, found: Mapping[str, Given]) -> dict[str, Any]:
    field = next(
        field for field in (*schema("indicators")["fields"], *published_fields()) if field["name"] == name
    )
    return {
        "name": name,
        "in": "path",
        "required": True,
        **_both("description", {"zh": field["description"], "en": field["description_en"]}),
        "schema": value_schema(field),
        "example": found[answer.name].content[name],
    }


def _both(key: str, words: Mapping[Any, str]) -> dict[str, Any]:
    """Say something in both languages in one line, and each alone in an extension."""
    return {key: " · ".join(words[language] for language in LANGUAGES), f"x-{key}": dict(words)}
