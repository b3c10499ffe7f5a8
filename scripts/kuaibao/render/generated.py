"""Takes an edition and gives the pages that nobody writes: bulletins, indicators, data, quality, guide."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kuaibao import wording
from kuaibao.errors import rules
from kuaibao.model import BULLETIN, CODELISTS, schema
from kuaibao.render.blocks import environment
from kuaibao.render.edition import link
from kuaibao.render.macros import inert
from kuaibao.render.source import parted
from kuaibao.tables import published_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kuaibao.model import Figure
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


def _pages(edition: Edition, blocks: Blocks, surroundings: Surroundings) -> Iterator[Page]:
    for bulletin in edition.archive.bulletins:
        yield from _bulletin_pages(bulletin, edition, blocks)
    yield "bulletins/index.md", "bulletins", {"bulletins": list(edition.archive.bulletins.values())[::-1]}
    yield from _indicator_pages(edition)
    downloads = {name: _downloads("data.md", name, edition, surroundings) for name in _package_names(edition)}
    catalogue = _downloads("data.md", "", edition, surroundings)["describing"]
    yield "data.md", "data", {"downloads": downloads, "catalogue": catalogue, "fields": published_fields()}
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
    yield "guide/commands.md", "guide_commands", {"commands": surroundings.commands}


def _bulletin_pages(bulletin: str, edition: Edition, blocks: Blocks) -> Iterator[Page]:
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
    yield f"{folder}/data.md", "bulletin_data", about | {"groups": groups, "relations": relations}
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


def _package_names(edition: Edition) -> list[str]:
    return [package.name for package in edition.archive.packages()]


def _downloads(page: str, name: str, edition: Edition, surroundings: Surroundings) -> dict[str, Any]:
    """Part the files of a package into those that hold all of it, those of single tables, descriptions."""
    files = [_download(page, each, edition) for each in surroundings.downloads if each.bulletin == name]
    data = [file for file in files if not file["describes"]]
    tables: dict[str, list[dict[str, Any]]] = {}
    for file in data:
        if file["rows"] is not None:
            tables.setdefault(file["name"].partition(".")[0], []).append(file)
    return {
        "whole": [file for file in data if file["rows"] is None],
        "by_table": list(tables.items()),
        "describing": [file for file in files if file["describes"]],
    }


def _download(page: str, download: Download, edition: Edition) -> dict[str, Any]:
    up = "" if edition.language == "zh" else "../"
    return {
        "href": link(page, "") + up + download.path,
        "name": download.name,
        "short": download.name.partition(".")[2].upper(),
        "title": download.title[edition.language],
        "format": download.format[edition.language],
        "rows": download.rows,
        "size": _size(download.size),
        "describes": download.describes,
    }


def _size(size: int) -> str:
    return f"{max(1, round(size / 1024)):,} KB"
