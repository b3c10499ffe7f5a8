"""Takes the archive and gives a row for each published figure, with the words that the explorer shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao import wording
from kuaibao.errors import LANGUAGES
from kuaibao.figures import figures
from kuaibao.tables import published_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kuaibao.model import Archive, Figure, Package, Row

    Codes = Mapping[str, Mapping[str, Row]]


def rows(archive: Archive, site_url: str) -> list[Row]:
    """List the figures of all bulletins, the newest bulletin first, in the order of the print.

    A row has the columns of the table `figures` as it is published, and in both languages: text (the value
    with its hedge), when (the period), topic and bulletin_name; years lists the years of the period.
    """
    keys = {"topics": "topic", "indicators": "indicator", "units": "unit"}
    codes = {table: {row[key]: row for row in archive.codelists.rows(table)} for table, key in keys.items()}
    packages = list(archive.bulletins.values())[::-1]
    return [row for package in packages for row in _of_package(package, archive, codes, site_url)]


def _of_package(package: Package, archive: Archive, codes: Codes, site_url: str) -> Iterator[Row]:
    table = published_figures(package, archive, site_url)
    typed = figures(package)
    for cells in table.itertuples(index=False, name=None):
        row: Row = dict(zip(table.columns, cells, strict=True))
        yield row | _words(row, typed[row["figure"]], package, codes)


def _words(row: Row, figure: Figure, package: Package, codes: Codes) -> Row:
    topic = codes["topics"][codes["indicators"][row["indicator"]]["topic"]]
    found = {"topic": topic["topic"], "years": " ".join(years(row["period"]))}
    for language in LANGUAGES:
        found |= {
            f"text_{language}": wording.quantity(figure.quantity, codes["units"][row["unit"]], language),
            f"when_{language}": wording.period(row, row["issued"], language),
            f"topic_{language}": topic[f"label_{language}"],
            f"bulletin_name_{language}": str(package.bulletin[f"short_{language}"]),
        }
    return found


def years(period: str) -> list[str]:
    """List the years that an ISO 8601 period touches; none where the period is not stated."""
    if not period:
        return []
    first, _, last = period.partition("/")
    return [str(year) for year in range(int(first[:4]), int((last or first)[:4]) + 1)]
