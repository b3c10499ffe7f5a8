"""Takes an edition and gives the pages that nobody writes: bulletins, indicators, data, quality, guide."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kuaibao import wording
from kuaibao.errors import rules
from kuaibao.limits import limits
from kuaibao.model import BULLETIN, CODELISTS, EVERYTHING, contributor_anchor, schema, series_of
from kuaibao.render.blocks import environment
from kuaibao.render.edition import link
from kuaibao.render.macros import inert
from kuaibao.render.practices import STATES, practices
from kuaibao.render.snippets import snippets
from kuaibao.render.source import parted
from kuaibao.render.version_pages import version_pages
from kuaibao.tables import published_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kuaibao.model import Figure, Package
    from kuaibao.render import Download, Surroundings
    from kuaibao.render.blocks import Blocks
    from kuaibao.render.edition import Edition

Page = tuple[str, str, dict[str, Any]]
MARKS = {
    "date": "mark_date",
    "ordinal": "mark_ordinal",
    "enumerator": "mark_enumerator",
    "name": "mark_name",
    "issue_number": "mark_issue_number",
    "other": "mark_other",
}


def generated(
    edition: Edition, blocks: Blocks, surroundings: Surroundings, written: set[str]
) -> dict[str, str]:
    """Give every generated page by its path below the language; a hand-written page goes before one."""
    templates = environment("pages")
    templates.filters["inert"] = inert
    templates.filters["yaml"] = _yaml
    pages: dict[str, str] = {}
    for path, template, values in _pages(edition, blocks, surroundings):
        if path in written:
            continue
        words = wording.words(edition.language)
        common = {"e": edition, "b": blocks, "w": words, "page": path}
        pages[path] = templates.get_template(f"{template}.md.j2").render(common | values)
    return pages


def _yaml(text: str) -> Markup:
    """Write a value of the front matter; JSON strings are YAML strings."""
    return Markup(json.dumps(str(text), ensure_ascii=False))  # noqa: S704  # front matter, read by MkDocs as YAML


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _pages(edition: Edition, blocks: Blocks, surroundings: Surroundings) -> Iterator[Page]:
    listed = _by_dataset(surroundings.downloads)
    for bulletin in edition.archive.bulletins:
        yield from _bulletin_pages(bulletin, edition, blocks, listed.get(bulletin, ()))
    yield from version_pages(blocks, surroundings.frozen)
    yield "bulletins/index.md", "bulletins", {"series": _series(edition)}
    yield from _indicator_pages(edition)
    yield "data.md", "data", _data_page(listed, edition) | {"top": _top("data.md", edition)}
    yield "explore.md", "explore", {}
    yield (
        "quality.md",
        "quality",
        {"groups": _outcome(surroundings.outcome), "checked": sum(n for _, n, _ in surroundings.outcome)},
    )
    yield "guide/model.md", "guide_model", {"groups": _groups()}
    yield (
        "guide/rules.md",
        "guide_rules",
        {"groups": _by_group((code, 0, 0) for code in rules()), "blanks": _blanks},
    )
    yield "guide/limits.md", "guide_limits", {"limits": list(limits().values())}
    yield "guide/commands.md", "guide_commands", {"commands": surroundings.commands}
    yield "guide/practices.md", "guide_practices", _practices(edition)
    yield "guide/use.md", "guide_use", {"snippets": snippets(edition)}
    if surroundings.api:
        yield (
            "guide/api.md",
            "guide_api",
            {"api": surroundings.api, "json": _json, "here": _top("guide/api.md", edition) + "api/v1/"},
        )


def _series(edition: Edition) -> list[tuple[str, str, list[Package]]]:
    """List code, name and bulletins of every series, the newest bulletin first."""
    bulletins = groupby(edition.archive.bulletins.values(), key=lambda package: series_of(package.name))
    listed = [(code, list(packages)[::-1]) for code, packages in bulletins]
    title = f"series_{edition.language}"
    return [(code, str(packages[0].bulletin[title]), packages) for code, packages in listed]


def _contributors(edition: Edition) -> list[tuple[str, str]]:
    """List the name and the anchor of everyone who made the data."""
    packages = edition.archive.packages()
    names = [each["title"] for package in packages for each in package.descriptor["contributors"]]
    return [(name, contributor_anchor(name)) for name in dict.fromkeys(names)]


def _practices(edition: Edition) -> dict[str, Any]:
    told = practices(edition, "guide/practices.md")
    counts = Counter(practice.state for practice in told)
    numbers = {state: counts[state] for state in STATES}
    return {"practices": told, "lead": edition.say("practices_lead", all=len(told), **numbers)}


def _data_page(listed: Mapping[str, Sequence[Download]], edition: Edition) -> dict[str, Any]:
    """Give the downloads by dataset; the page shows of a bulletin those that hold all of it."""
    packages = list(edition.archive.bulletins.values())[::-1]
    names = ("", EVERYTHING, "codelists", *edition.archive.bulletins)
    downloads = {name: _downloads("data.md", edition, listed.get(name, ())) for name in names}
    about = {"everything": EVERYTHING, "packages": packages, "fields": published_fields()}
    return about | {"downloads": downloads, "contributors": _contributors(edition)}


def _bulletin_pages(
    bulletin: str, edition: Edition, blocks: Blocks, files: Sequence[Download]
) -> Iterator[Page]:
    package = edition.archive.bulletins[bulletin]
    sections = blocks.sections(bulletin)
    figures = edition.by_bulletin[bulletin]
    folder, about = f"bulletins/{bulletin}", {"bulletin": bulletin, "package": package, "sections": sections}
    told = {figure.numeral["section"] for figure in figures} | {
        m["section"] for m in blocks.measures(bulletin)
    }
    yield f"{folder}/index.md", "bulletin", about | {"told": told}
    for section in sections:
        if section["section"] in told:
            yield f"{folder}/{section['section']}.md", "section", about | {"section": section}
    relations = [derived for derived in edition.derived.values() if derived.bulletin == bulletin]
    by_section = [(s, [f for f in figures if f.numeral["section"] == s["section"]]) for s in sections]
    groups = [(s, found) for s, found in by_section if found]
    downloads = _downloads(f"{folder}/data.md", edition, files)
    told_of = {
        "groups": groups,
        "relations": relations,
        "downloads": downloads,
        "withdrawn": blocks.history.withdrawn(bulletin),
    }
    yield f"{folder}/data.md", "bulletin_data", about | told_of
    yield f"{folder}/map.md", "map", about
    ledger = _ledger(bulletin, figures, edition, blocks)
    yield f"{folder}/ledger.md", "ledger", about | ledger
    if bulletin in edition.texts:
        lines = parted(edition.texts[bulletin], sections, ledger["numerals"])
        yield f"{folder}/source.md", "source", about | ledger | {"parted": lines, "marks": _marks(edition)}


def _marks(edition: Edition) -> dict[str, str]:
    """Give the short sign of each kind of numeral that is no figure."""
    return {kind: edition.say(key) for kind, key in MARKS.items()}


def _ledger(bulletin: str, figures: Sequence[Figure], edition: Edition, blocks: Blocks) -> dict[str, Any]:
    numerals = edition.archive.bulletins[bulletin].rows("numerals")
    counts = Counter(row["kind"] for row in numerals)
    titles = {row["section"]: edition.of(row, "title") for row in blocks.sections(bulletin)}
    return {
        "numerals": numerals,
        "kinds": counts.most_common(),
        "by_numeral": {figure.row["numeral"]: figure for figure in figures},
        "section_titles": titles,
    }


def _indicator_pages(edition: Edition) -> Iterator[Page]:
    rows = edition.archive.codelists.rows("indicators")
    by_indicator: dict[str, list[Figure]] = {row["indicator"]: [] for row in rows}
    for figure in edition.figures.values():
        by_indicator[figure.row["indicator"]].append(figure)
    latest = {name: found[-1] if found else None for name, found in by_indicator.items()}
    topics = edition.archive.codelists.rows("topics")
    groups = [(topic, [row for row in rows if row["topic"] == topic["topic"]]) for topic in topics]
    yield "indicators/index.md", "indicators", {"groups": groups, "latest": latest}
    for row in rows:
        values = {"indicator": row, "figures": by_indicator[row["indicator"]]}
        yield f"indicators/{row['indicator']}.md", "indicator", values


def _groups() -> list[tuple[str, list[Mapping[str, Any]]]]:
    return [
        ("bulletin", [schema(table) for table in BULLETIN]),
        ("codelists", [schema(table) for table in CODELISTS]),
    ]


def _outcome(outcome: Sequence[tuple[str, int, int]]) -> list[tuple[str, list[Any]]]:
    return _by_group(iter(outcome))


def _by_group(outcome: Iterator[tuple[str, int, int]]) -> list[tuple[str, list[Any]]]:
    groups: dict[str, list[Any]] = {}
    for code, checked, failed in outcome:
        groups.setdefault(rules()[code].group, []).append((rules()[code], checked, failed))
    return list(groups.items())


def _blanks(text: str) -> str:
    """Show a message of the catalogue with an ellipsis for what a case fills in."""
    return text.format_map(_Ellipsis())


class _Ellipsis(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _by_dataset(downloads: Sequence[Download]) -> dict[str, list[Download]]:
    listed: dict[str, list[Download]] = {}
    for file in downloads:
        listed.setdefault(file.bulletin, []).append(file)
    return listed


def _downloads(page: str, edition: Edition, listed: Sequence[Download]) -> dict[str, Any]:
    """Part the files of a dataset into those that hold all of it, those of single tables, descriptions."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for file in listed:
        if file.tables and not file.whole:
            tables.setdefault(file.name.partition(".")[0], []).append(_download(page, file, edition))
    return {
        "whole": [_download(page, file, edition) for file in listed if file.whole],
        "by_table": list(tables.items()),
        "describing": [_download(page, file, edition) for file in listed if not file.tables],
    }


def _download(page: str, download: Download, edition: Edition) -> dict[str, Any]:
    return {
        "href": _top(page, edition) + download.path,
        "name": download.name,
        "short": download.name.partition(".")[2].upper(),
        "title": download.title[edition.language],
        "format": download.format[edition.language],
        "rows": f"{download.rows:,}",
        "holds": edition.say("download_holds", tables=download.tables, rows=f"{download.rows:,}"),
        "size": wording.size(download.size),
    }


def _top(page: str, edition: Edition) -> str:
    """Give the relative address from a page to the top of the whole site."""
    return link(page, "") + ("" if edition.language == "zh" else "../")
