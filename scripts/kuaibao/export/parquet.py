"""Takes a table and gives it as Parquet, typed, with titles, descriptions and units at each column."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from kuaibao.export.cells import Value, columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.export.dataset import Dataset, Table

TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "year": pa.int64(),
}
METADATA = {
    "title_zh": "title",
    "title_en": "title_en",
    "description_zh": "description",
    "description_en": "description_en",
    "unit": "unit",
    "codelist": "codelist",
}


def parquet_bytes(dataset: Dataset, table: Table) -> bytes:
    """Write string, int64, float64 and date32 columns, compressed with Snappy, which every reader knows."""
    schema = pa.schema([_field(field) for field in table.fields], metadata=_metadata(dataset, table))
    arrays = [
        pa.array([_native(value, field["type"]) for value in values], TYPES[field["type"]])
        for field, values in zip(table.fields, columns(table).values(), strict=True)
    ]
    buffer = BytesIO()
    pq.write_table(pa.table(arrays, schema=schema), buffer, compression="snappy")
    return buffer.getvalue()


def _field(field: Mapping[str, Any]) -> pa.Field:
    metadata = {key: field[name] for key, name in METADATA.items() if field.get(name)}
    return pa.field(field["name"], TYPES[field["type"]], metadata=metadata)


def _metadata(dataset: Dataset, table: Table) -> dict[str, str]:
    return {
        "dataset": dataset.name,
        "table": table.name,
        "title_zh": table.title_zh,
        "title_en": table.title_en,
        "version": dataset.version,
        "licence": dataset.licence.path,
        "sources": "\n".join(dataset.sources),
        "citation_zh": dataset.citation_zh,
        "citation_en": dataset.citation_en,
        "url": dataset.url,
    }


def _native(value: Value, kind: str) -> Value | float:
    return float(value) if kind == "number" and isinstance(value, int | Decimal) else value
