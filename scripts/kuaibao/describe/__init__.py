"""Takes datasets with their downloads and gives what describes them to machines, all from the same facts.

DCAT-AP, schema.org, Croissant, CSV on the Web, RO-Crate and Citation File Format; and a check that all
of them agree with each other and with the bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.describe.agreement import (
    DescriptionError,
    Disagreement,
    catalogue_disagreements,
    disagreements,
)
from kuaibao.describe.citation import citation
from kuaibao.describe.croissant import croissant
from kuaibao.describe.csvw import csvw
from kuaibao.describe.dcat import nodes
from kuaibao.describe.facts import (
    CITATION,
    CROISSANT,
    CSVW,
    JSON_LD,
    LABELS,
    TURTLE,
    Facts,
    Publication,
    gather,
)
from kuaibao.describe.linked import json_ld, turtle
from kuaibao.describe.ro_crate import packed
from kuaibao.describe.schema_org import Link, PageMetadata, catalogue_metadata, page_metadata

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.export import Dataset

__all__ = [
    "LABELS",
    "DescriptionError",
    "Disagreement",
    "Facts",
    "Link",
    "PageMetadata",
    "Publication",
    "catalogue",
    "catalogue_disagreements",
    "catalogue_metadata",
    "disagreements",
    "files",
    "gather",
    "page_metadata",
]


def files(dataset: Dataset, written: Mapping[str, bytes], publication: Publication) -> dict[str, bytes]:
    """Write what describes a package, by file name, to stand beside its downloads.

    `written` is what `export.files` gives. The zip comes back with CITATION.cff and the RO-Crate in it;
    the other files state its new size and hash. So take `written | files(…)`, also for `gather`.
    """
    name = f"{dataset.name}.zip"
    zipped = {name: packed(gather(dataset, written, publication), written[name])}
    facts = gather(dataset, {**written, **zipped}, publication)
    return zipped | {CSVW: csvw(facts), CROISSANT: croissant(facts), CITATION: citation(facts)}


def catalogue(datasets: Sequence[Facts]) -> dict[str, bytes]:
    """Write the catalogue of all datasets, by path below the site; there is one dataset or more."""
    described = nodes(datasets)
    return {TURTLE: turtle(described), JSON_LD: json_ld(described)}
