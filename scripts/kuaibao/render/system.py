"""Takes the measures of a bulletin; gives, by section and across them, who acts, through what, for whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.charts import Flow, Item, Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kuaibao.model import Row
    from kuaibao.render.edition import Edition

BEFORE = (("acts", "acting"), ("helps", "partners"))
AFTER = (("serves", "serves"),)
COLUMNS = ("acting", "partners", "serves")


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """Three columns: who acts or helps, the rows of what is done, who is served; with the ties between.

    A row has the columns acting, partners and serves of a measure, and a label.
    """

    actors: Sequence[str]
    rows: Sequence[Row]
    served: Sequence[str]
    before: Sequence[Tie]
    after: Sequence[Tie]


def bands(sections: Iterable[Row], measures: Sequence[Row]) -> list[tuple[Row, Band]]:
    """Lay out every section that has measures; organisations stand at the height of their measures."""
    found = [(section, [m for m in measures if m["section"] == section["section"]]) for section in sections]
    return [(section, _band(rows)) for section, rows in found if rows]


def across(found: Sequence[tuple[Row, Band]]) -> Band | None:
    """Lay out the sections and the organisations that are found in several of them; None without such."""
    acting, helping, serving = ([_named(band, column) for _, band in found] for column in COLUMNS)
    acts = _shared([one | other for one, other in zip(acting, helping, strict=True)])
    serves = _shared(serving)
    rows = [
        {"label_zh": section["title_zh"], "label_en": section["title_en"], "section": section["section"]}
        | {"acting": " ".join(sorted(acting[i] & acts))}
        | {"partners": " ".join(sorted(helping[i] & acts - acting[i]))}
        | {"serves": " ".join(sorted(serving[i] & serves))}
        for i, (section, _) in enumerate(found)
    ]
    return _band(rows) if acts and serves else None


def _named(band: Band, column: str) -> set[str]:
    return {name for row in band.rows for name in row[column].split()}


def _shared(groups: Sequence[set[str]]) -> set[str]:
    counted = Counter(name for group in groups for name in group)
    return {name for name, times in counted.items() if times > 1}


def _band(rows: Sequence[Row]) -> Band:
    actors, served = _ordered(rows, BEFORE), _ordered(rows, AFTER)
    return Band(
        actors=actors,
        rows=rows,
        served=served,
        before=_ties(rows, actors, BEFORE),
        after=_ties(rows, served, AFTER),
    )


def _ties(rows: Sequence[Row], names: Sequence[str], columns: Iterable[tuple[str, str]]) -> list[Tie]:
    return [
        Tie(kind, names.index(name), place)
        for place, row in enumerate(rows)
        for kind, column in columns
        for name in row[column].split()
    ]


def _ordered(rows: Sequence[Row], columns: Iterable[tuple[str, str]]) -> list[str]:
    """List the organisations in columns, from those of the first rows to those of the last."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for _, column in columns:
            for name in row[column].split():
                places[name].append(place)
    return sorted(places, key=lambda name: fmean(places[name]))


# ------------------------------------------------------------------ in the words of a language


class Words(NamedTuple):
    """Keys of words for what a band shows: the sentence, and how often one, or each of several, is found."""

    finding: str
    times: str
    each: str


OF_MEASURES = Words("map_finding", "map_finding_times", "map_finding_each")
OF_SECTIONS = Words("map_across_finding", "map_across_finding_times", "map_across_finding_each")


def flow_of(band: Band, edition: Edition, addresses: Sequence[str]) -> Flow:
    """Give a band in words; `addresses` are those to which its rows lead."""
    return Flow(
        heads=(edition.say("map_acting"), edition.say("through"), edition.say("serves")),
        acting=[edition.label("organisations", name) for name in band.actors],
        items=[_item(row, edition, href) for row, href in zip(band.rows, addresses, strict=True)],
        served=[edition.label("organisations", name) for name in band.served],
        before=band.before,
        after=band.after,
    )


def _item(row: Row, edition: Edition, href: str) -> Item:
    acting, partners, serves = (_names(row[column].split(), edition) for column in COLUMNS)
    tag = edition.label("terms", f"measure_kind:{row['kind']}") if "kind" in row else ""
    name = edition.of(row, "label")
    return Item(name=name, href=href, tag=tag, acting=acting, partners=partners, serves=serves)


def finding_of(band: Band, edition: Edition, words: Words) -> str:
    """Say who is found in the most rows on either side."""
    sides = (("actors", band.actors, band.before), ("served", band.served, band.after))
    told: dict[str, str] = {}
    for side, names, ties in sides:
        rows = Counter(place for place, _ in {(tie.side, tie.item) for tie in ties})
        most = max(rows.values())
        first = [name for place, name in enumerate(names) if rows[place] == most]
        times = edition.say(words.each if len(first) > 1 else words.times, k=most, n=len(band.rows))
        told |= {side: _names(first, edition), f"{side}_times": times}
    return edition.say(words.finding, **told)


def _names(keys: Iterable[str], edition: Edition) -> str:
    return edition.say("list_joint").join(edition.label("organisations", key) for key in keys)
