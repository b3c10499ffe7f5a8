"""Takes the archive and gives the published figures: joined with labels, places, intervals and addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from kuaibao.figures import figures
from kuaibao.model import schema
from kuaibao.wording import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from kuaibao.model import Archive, Figure, Package, Row

# Columns that are joined with the labels of a code list.
PLACE = ("section", "paragraph", "start", "end", "printed", "header_unit")
JOINS = {"indicator": "indicators", "area": "areas", "unit": "units"}


def published_fields() -> tuple[dict[str, Any], ...]:
    """List the field descriptors of the published table `figures`, in order."""
    own = {
        field["name"]: dict(field) for table in ("numerals", "figures") for field in schema(table)["fields"]
    }
    joined = {field["name"]: dict(field) for field in schema("published")["fields"]}
    return tuple((joined | own)[name] for name in schema("published")["order"])


def published_figures(package: Package, archive: Archive, site_url: str) -> pd.DataFrame:
    """Join the figures of a checked package with labels in both languages, interval, place and address.

    Gives a frame of text with the columns of `published_fields`, one row a figure.
    """
    labels = {table: _by_key(archive.codelists, table) for table in (*JOINS.values(), "terms")}
    own = {table: _by_key(package, table) for table in ("sections", "measures")}
    rows = [_row(figure, package, labels, own, site_url) for figure in figures(package).values()]
    return pd.DataFrame(rows, columns=[field["name"] for field in published_fields()], dtype="str")


def _by_key(package: Package, table: str) -> dict[str, Row]:
    keys = schema(table)["primaryKey"]
    return {":".join(row[key] for key in keys): row for row in package.rows(table)}


def _row(
    figure: Figure,
    package: Package,
    labels: dict[str, dict[str, Row]],
    own: dict[str, dict[str, Row]],
    site_url: str,
) -> Row:
    row, numeral = figure.row, figure.numeral
    joined = {"bulletin": figure.bulletin, "issued": str(package.bulletin["date"])}
    joined |= {key: numeral[key] for key in PLACE}
    joined |= {
        "value_min": _cell(figure.quantity.interval.low),
        "value_max": _cell(figure.quantity.interval.high),
    }
    for language in ("zh", "en"):
        joined |= {
            f"{key}_{language}": labels[table][row[key]][f"label_{language}"] for key, table in JOINS.items()
        }
        joined[f"qualifier_{language}"] = labels["terms"][f"qualifier:{row['qualifier']}"][
            f"label_{language}"
        ]
        joined[f"section_{language}"] = own["sections"][numeral["section"]][f"title_{language}"]
        joined[f"measure_{language}"] = own["measures"][row["measure"]][f"label_{language}"]
        joined[f"url_{language}"] = address(figure, site_url, language)
    return row | joined


def address(figure: Figure, site_url: str, language: str) -> str:
    """Give the permanent address of a figure."""
    folder = "" if language == "zh" else "en/"
    return f"{site_url}{folder}bulletins/{figure.bulletin}/data/#{figure.id}"


def _cell(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
