"""Takes a package and gives the lines that sum it up: counts, completeness of the ledger, citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.wording import date, say

if TYPE_CHECKING:
    from kuaibao.errors import Language
    from kuaibao.model import Archive, Package


def facts(package: Package, language: Language) -> str:
    """Give the line of counts of a bulletin: date of issue, figures, measures."""
    counts = {table: len(package.tables[table]) for table in ("figures", "measures")}
    return say("bulletin_facts", language, date=date(str(package.bulletin["date"]), language), **counts)


def completeness(package: Package, language: Language) -> str:
    """Say how many numerals of the text are published, how many set aside, and the share accounted for."""
    rows = package.rows("numerals")
    figures = sum(row["kind"] == "figure" for row in rows)
    done = sum(row["kind"] == "figure" or bool(row["reason_zh"]) for row in rows)
    share = f"{100 * done // max(len(rows), 1)}%"
    return say("completeness", language, total=len(rows), figures=figures, others=done - figures, share=share)


def citation(package: Package, archive: Archive, site_url: str, language: Language) -> str:
    """Give the citation of a bulletin's data: GB/T 7714 in Chinese, APA in English."""
    issuers = {
        row["organisation"]: row[f"label_{language}"] for row in archive.codelists.rows("organisations")
    }
    created = str(package.descriptor["created"])[:10]
    return say(
        "citation",
        language,
        title=package.describe("title", language),
        version=package.descriptor["version"],
        created=created,
        year=created[:4],
        issuer=issuers[str(package.bulletin["issuer"])],
        series=package.bulletin[f"series_{language}"],
        issue=package.bulletin[f"issue_{language}"],
        issued=date(str(package.bulletin["date"]), language),
        url=f"{site_url}{'' if language == 'zh' else 'en/'}bulletins/{package.name}/",
    )
