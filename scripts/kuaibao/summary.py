"""Takes a package and gives the lines that sum it up: counts, completeness of the ledger, citation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kuaibao.receipt import recorded
from kuaibao.wording import date, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.errors import Language
    from kuaibao.model import Archive, Package, Version


def facts(package: Package, language: Language) -> str:
    """Give the line of counts of a bulletin: date of issue, figures, measures."""
    counts = {table: len(package.tables[table]) for table in ("figures", "measures")}
    return say("bulletin_facts", language, date=date(str(package.bulletin["date"]), language), **counts)


def completeness(package: Package, language: Language) -> str:
    """Say how many numerals of the text are published, how many set aside, and the share in the ledger."""
    total, figures, others = accounted(package)
    share = f"{100 * (figures + others) // max(total, 1)}%"
    return say("completeness", language, share=share, total=total, figures=figures, others=others)


def accounted(package: Package) -> tuple[int, int, int]:
    """Count the numerals of the text, those published as figures, and those set aside.

    The number of numerals in the text is that of the receipt, which was counted in the text itself.
    """
    rows = package.rows("numerals")
    figures = sum(row["kind"] == "figure" for row in rows)
    return recorded(package).get("numerals") or len(rows), figures, len(rows) - figures


def citation(package: Package, archive: Archive, site_url: str, language: Language) -> str:
    """Give the citation of a bulletin's data: GB/T 7714 in Chinese, APA 7 in English.

    GB/T 7714 wants the day on which the data were read; it is in brackets, and until a reader's browser
    fills it in it is the day of the version, which is when they were so.
    """
    url = dataset_address(package.descriptor, site_url)
    return say("citation", language, **_credits(package, archive, language), url=url)


def citation_of_dataset(descriptor: Mapping[str, Any], site_url: str, language: Language) -> str:
    """Give the citation of a dataset that is no bulletin's: GB/T 7714 in Chinese, APA 7 in English."""
    title = descriptor["title" if language == "zh" else "title_en"]
    url = dataset_address(descriptor, site_url)
    return say("citation_of_dataset", language, **_version(descriptor), title=title, url=url)


def dataset_address(descriptor: Mapping[str, Any], site_url: str) -> str:
    """Give the permanent address of a dataset, one for both languages: it identifies it and is cited."""
    name = descriptor["name"]
    return f"{site_url}bulletins/{name}/" if "bulletin" in descriptor else f"{site_url}data/#{name}"


def citation_of(  # noqa: PLR0913, PLR0917  # what is cited, and where it stands
    package: Package, archive: Archive, site_url: str, language: Language, name: str, said: str
) -> str:
    """Give the citation of one figure or relation, by its id and what it says, as a part of the data."""
    about = _credits(package, archive, language)
    url = address(package, site_url, language, name)
    return say("citation_of", language, **about, name=name, said=said, url=url)


def source(packages: Sequence[Package], archive: Archive, language: Language) -> str:
    """Say from which bulletins something is, that it is unofficial, and under which licence; '' of none."""
    told = [_sourced(package, archive, language) for package in packages]
    licences = dict.fromkeys(each["name"] for package in packages for each in package.descriptor["licenses"])
    sources, licence = (say("source_joint", language).join(each) for each in (told, licences))
    return say("picture_source", language, sources=sources, licence=licence) if told else ""


def _sourced(package: Package, archive: Archive, language: Language) -> str:
    """Name a bulletin as a source; where its data were released, with their version."""
    key = "source_released" if package.releases else "source_of"
    return say(key, language, **_credits(package, archive, language))


def citation_of_version(
    package: Package, version: Version, archive: Archive, site_url: str, language: Language
) -> str:
    """Give the citation of a released version, at its own address."""
    descriptor, url = version.descriptor, version_address(package, site_url, language, version.number)
    if "bulletin" in package.descriptor:
        told = replace(package, descriptor={**descriptor, "bulletin": package.bulletin})
        return say("citation", language, **_credits(told, archive, language), url=url)
    title = descriptor["title" if language == "zh" else "title_en"]
    return say("citation_of_dataset", language, **_version(descriptor), title=title, url=url)


def versions_path(package: Package) -> str:
    """Give the address of a package's versions below the language."""
    is_bulletin = "bulletin" in package.descriptor
    return f"bulletins/{package.name}/versions/" if is_bulletin else "data/codelists/versions/"


def version_address(package: Package, site_url: str, language: Language, number: str) -> str:
    """Give the permanent address of a released version."""
    return f"{site_url}{'' if language == 'zh' else 'en/'}{versions_path(package)}#v{number}"


def address(package: Package, site_url: str, language: Language, name: str) -> str:
    """Give the permanent address of a figure or a relation."""
    return f"{site_url}{'' if language == 'zh' else 'en/'}bulletins/{package.name}/data/#{name}"


def _credits(package: Package, archive: Archive, language: Language) -> dict[str, object]:
    issuers = {
        row["organisation"]: row[f"label_{language}"] for row in archive.codelists.rows("organisations")
    }
    return {
        **_version(package.descriptor),
        "title": package.describe("title", language),
        "issuer": issuers[str(package.bulletin["issuer"])],
        "series": package.bulletin[f"series_{language}"],
        "series_zh": package.bulletin["series_zh"],
        "issue": package.bulletin[f"issue_{language}"],
        "issued": date(str(package.bulletin["date"]), language),
    }


def _version(descriptor: Mapping[str, Any]) -> dict[str, object]:
    created = str(descriptor["created"])[:10]
    author = ", ".join(each["title"] for each in descriptor["contributors"])
    return {"author": author, "version": descriptor["version"], "created": created, "year": created[:4]}
