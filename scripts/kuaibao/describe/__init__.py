"""Takes datasets with their downloads and gives what describes them to machines, all from the same facts.

DCAT-AP, schema.org, Croissant, CSV on the Web, RO-Crate and Citation File Format; and a check that all
of them agree with each other and with the bytes.
"""

from __future__ import annotations

from dataclasses import replace
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
    listed,
)
from kuaibao.describe.linked import json_ld, turtle
from kuaibao.describe.links import Link, page_links
from kuaibao.describe.ro_crate import packed
from kuaibao.describe.robots import LLMS, ROBOTS, llms, robots
from kuaibao.describe.schema_org import catalogue_metadata, page_metadata

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.export import Dataset
    from kuaibao.model import Version

__all__ = [
    "LABELS",
    "DescriptionError",
    "Disagreement",
    "Facts",
    "Link",
    "Publication",
    "catalogue",
    "catalogue_disagreements",
    "catalogue_metadata",
    "described",
    "disagreements",
    "page_links",
    "page_metadata",
    "signposts",
]


def described(
    dataset: Dataset,
    written: Mapping[str, bytes],
    publication: Publication,
    versions: Sequence[Version] = (),
) -> tuple[Facts, dict[str, bytes]]:
    """Give the facts of a package and its published files by name, with what describes them among them.

    `written` is what `export.files` gives, `versions` those released, oldest first. The zip comes back
    with CITATION.cff and the RO-Crate in it; what stands beside it states its new size and hash.
    """
    bare, name = gather(dataset, publication, versions), f"{dataset.name}.zip"
    downloads = {**written, name: packed(bare, written[name])}
    facts = replace(bare, files=listed(bare, downloads))
    return facts, downloads | {CSVW: csvw(facts), CROISSANT: croissant(facts), CITATION: citation(facts)}


def catalogue(datasets: Sequence[Facts]) -> dict[str, bytes]:
    """Write the catalogue of all datasets, by path below the site; there is one dataset or more."""
    described = nodes(datasets)
    return {TURTLE: turtle(described), JSON_LD: json_ld(described)}


def signposts(datasets: Sequence[Facts]) -> dict[str, bytes]:
    """Write what programs look for first on a site, by path below it; there is one dataset or more."""
    return {ROBOTS: robots(datasets[0].publication), LLMS: llms(datasets)}
