"""Takes the facts of a dataset and gives its description in Croissant 1.0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kuaibao.describe.linked import json_bytes
from kuaibao.describe.schema_org import agents, core
from kuaibao.errors import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.describe.facts import Facts, File
    from kuaibao.export import Table

VERSION = "http://mlcommons.org/croissant/1.0"
# Record sets read the Parquet files: of a CSV, mlcroissant 1.1 takes the code 530500 for a number.
# They state no references: it would join the tables and drop rows. The foreign keys are in the CSVW.
TYPED, TYPED_MEDIA_TYPE = "parquet", "application/x-parquet"
TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "date": "sc:Date",
    "year": "sc:Integer",
}
OWN_TERMS = (
    *(
        "citeAs",
        "column",
        "equivalentProperty",
        "extract",
        "field",
        "fileProperty",
        "fileObject",
        "fileSet",
        "format",
        "includes",
    ),
    *("isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    **{term: f"cr:{term}" for term in OWN_TERMS},
}


def croissant(facts: Facts) -> bytes:
    """Describe every download, and every table as a record set; English first, then Chinese."""
    dataset = facts.dataset
    return json_bytes(
        {
            "@context": dict(CONTEXT),
            "@type": "sc:Dataset",
            "conformsTo": VERSION,
            **core(facts, "en"),
            "description": f"{facts.description['en']}\n\n{facts.description['zh']}",
            "license": dataset.licence.path,
            "creator": agents(facts.creators),
            "publisher": agents([facts.publisher]),
            "citeAs": dataset.citation_en or f"{facts.title['en']} {dataset.version}, {dataset.url}",
            "isLiveDataset": False,
            "distribution": [_file(facts, file) for file in facts.files],
            "recordSet": [_record_set(facts, table) for table in dataset.tables],
        }
    )


def _file(facts: Facts, file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": " / ".join(file.title(facts.dataset, language) for language in reversed(LANGUAGES)),
        "contentUrl": file.url,
        "contentSize": f"{file.size} B",
        "encodingFormat": TYPED_MEDIA_TYPE if file.form.key == TYPED else file.form.media_type,
        "sha256": file.sha256,
    }


def _record_set(facts: Facts, table: Table) -> dict[str, Any]:
    source = next(file for file in facts.files if file.form.key == TYPED and file.table is table)
    keys = [{"@id": f"{table.name}/{column}"} for column in table.primary_key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.title_en} / {table.title_zh}",
        **({"key": keys[0] if len(keys) == 1 else keys} if keys else {}),
        "field": [_field(table, field, source) for field in table.fields],
    }


def _field(table: Table, field: Mapping[str, Any], source: File) -> dict[str, Any]:
    english = f"{field['title_en']}: {field['description_en']}"
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field['name']}",
        "name": field["name"],
        "description": f"{english} / {field['title']}：{field['description']}",
        "dataType": TYPES[field["type"]],
        "source": {"fileObject": {"@id": source.name}, "extract": {"column": field["name"]}},
    }
