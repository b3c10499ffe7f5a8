"""Takes a dataset and gives the rows of its tables as objects with typed values, missing ones None."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kuaibao.export.cells import rows

if TYPE_CHECKING:
    from kuaibao.export import Dataset

    Item = dict[str, Any]


def tables(dataset: Dataset) -> dict[str, list[Item]]:
    """Read every table of a dataset as it is published: name -> rows."""
    return {
        table.name: [dict(zip(table.columns, row, strict=True)) for row in rows(table)]
        for table in dataset.tables
    }
