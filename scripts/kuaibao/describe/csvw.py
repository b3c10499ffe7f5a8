"""Takes the facts of a dataset and gives the metadata of its CSV files as CSV on the Web."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kuaibao.describe.facts import TAGS
from kuaibao.describe.linked import json_bytes
from kuaibao.errors import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.describe.facts import Facts, Words
    from kuaibao.export import ForeignKey, Table

TYPES = {"string": "string", "integer": "integer", "number": "number", "date": "date", "year": "gYear"}
LIMITS = {"pattern": "format", "minimum": "minimum", "maximum": "maximum"}  # Table Schema -> CSVW


def csvw(facts: Facts) -> bytes:
    """Describe the CSV files as one table group, to stand beside them."""
    dataset = facts.dataset
    return json_bytes(
        {
            "@context": "http://www.w3.org/ns/csvw",
            "@id": dataset.url,
            "dc:title": _texts(facts.title),
            "dc:description": _texts(facts.description),
            "dc:license": {"@id": dataset.licence.path},
            "dc:issued": _date(facts.issued),
            "dc:modified": _date(facts.modified),
            "dc:publisher": facts.publisher,
            "dcat:version": dataset.version,
            "tables": [_table(facts, table) for table in dataset.tables],
        }
    )


def _texts(words: Words) -> list[dict[str, str]]:
    return [{"@value": words[language], "@language": TAGS[language]} for language in LANGUAGES]


def _date(text: str) -> dict[str, str]:
    return {"@value": text, "@type": "xsd:date"}


def _table(facts: Facts, table: Table) -> dict[str, Any]:
    keys = [_foreign_key(key) for key in facts.dataset.foreign_keys(table) if _is_filled(table, key)]
    schema: dict[str, Any] = {"columns": [_column(field) for field in table.fields]}
    schema |= {"primaryKey": list(table.primary_key)} if table.primary_key else {}
    schema |= {"foreignKeys": keys} if keys else {}
    file = next(file for file in facts.files if file.form.key == "csv" and file.table is table)
    return {
        "url": file.name,
        "dc:title": _texts({"zh": table.title_zh, "en": table.title_en}),
        "dc:extent": f"{file.size} B",
        "dc:identifier": f"sha256:{file.sha256}",
        "tableSchema": schema,
    }


def _is_filled(table: Table, key: ForeignKey) -> bool:
    """Tell whether every row has the key; CSV on the Web takes none whose cells may be empty."""
    return all((table.rows[column] != "").all() for column in key.columns)


def _foreign_key(key: ForeignKey) -> dict[str, Any]:
    target = {"resource": f"{key.table}.csv", "columnReference": list(key.keys)}
    return {"columnReference": list(key.columns), "reference": target}


def _column(field: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a column; its header is its name, so that the labels stand as Dublin Core titles."""
    name = field["name"]
    constraints = field.get("constraints", {})
    limits = {new: constraints[old] for old, new in LIMITS.items() if old in constraints}
    kind = TYPES[field["type"]]
    tags = [TAGS[language] for language in LANGUAGES if name.endswith(f"_{language}")]
    return {
        "name": name,
        "titles": name,
        "dc:title": _texts({"zh": field["title"], "en": field["title_en"]}),
        "dc:description": _texts({"zh": field["description"], "en": field["description_en"]}),
        "datatype": {"base": kind, **limits} if limits else kind,
        **({"lang": tags[0]} if tags else {}),
        **({"required": True} if constraints.get("required") else {}),
        **({"schema:unitText": field["unit"]} if field.get("unit") else {}),
    }
