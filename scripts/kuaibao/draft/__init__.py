"""Takes a bulletin's text and the code lists; gives a complete package with what is left to do marked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from kuaibao.documents import numerals as read_numerals
from kuaibao.draft.additions import additions
from kuaibao.draft.areas import Areas
from kuaibao.draft.breakdown import Breakdown
from kuaibao.draft.context import Context
from kuaibao.draft.descriptor import descriptor
from kuaibao.draft.figures import Found, figure_rows, spread
from kuaibao.draft.masthead import masthead
from kuaibao.draft.measures import measure_row, section_row
from kuaibao.draft.mentions import Mentions
from kuaibao.draft.periods import Periods
from kuaibao.draft.propose import Proposer
from kuaibao.draft.sections import sections
from kuaibao.figures import reading
from kuaibao.model import OPEN_LISTS, TODO_EN, TODO_ZH, field_names
from kuaibao.places import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.documents import Document
    from kuaibao.draft.sections import Section
    from kuaibao.model import Archive, Row
    from kuaibao.reader import Numeral

__all__ = ["Draft", "draft", "numeral_id"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A drafted package: descriptor, tables, rows proposed for code lists, sentences by numeral.

    `additions` has a table for each code list, other than that of the indicators, to which rows can be added.
    """

    name: str
    descriptor: dict[str, Any]
    tables: Mapping[str, pd.DataFrame]
    indicators: pd.DataFrame
    additions: Mapping[str, pd.DataFrame]
    sentences: Mapping[str, str]


def draft(name: str, document: Document, archive: Archive, area: str) -> Draft:
    """Draft the package of a bulletin; its offsets and its SHA-256 are those of the document's text in UTF-8.

    What the text does not settle is `todo` in a column of codes, 待办 or 'to do' in a column of words.
    """
    text, numerals = document.text, read_numerals(document)
    parts, context = sections(text), Context(text, numerals)
    ledger = _ledger(name, document, numerals, parts)
    ids = _figure_ids(name, ledger)
    both = [(row, numeral) for row, numeral in zip(ledger, numerals, strict=True) if row["numeral"] in ids]
    found = [Found(ids[row["numeral"]], row, numeral) for row, numeral in both]
    proposer = Proposer(archive.codelists.rows("units"), archive.codelists.rows("indicators"))
    head = masthead(text, numerals)
    added = additions(name, head.issuer, area, archive.codelists)
    described = descriptor(name, text, numerals, head, (added.issuer, area))
    breakdown = Breakdown(Mentions(archive.codelists.rows("areas"), area))
    areas = Areas(context, numerals, parts, breakdown)
    periods = Periods(context, numerals, parts, head.title, described["bulletin"]["date"])
    figures, indicators = figure_rows(found, context, proposer, periods.of, areas)
    groups = archive.codelists.rows("organisations")
    told = dict.fromkeys(int(each.row["section"]) for each in found)
    rows = {
        "figures": figures,
        "numerals": ledger,
        "sections": [section_row(part) for part in parts],
        "measures": [measure_row(name, parts[number], text, added.issuer, groups) for number in told],
        "relations": [],
        "corrections": [],
    }
    return Draft(
        name=name,
        descriptor=described,
        tables={table: _frame(table, listed) for table, listed in rows.items()},
        indicators=_frame("indicators", spread(indicators, figures)),
        additions={table: _frame(table, added.rows.get(table, ())) for table in OPEN_LISTS},
        sentences={row["numeral"]: context.sentence(int(row["start"])) for row in ledger},
    )


def _frame(table: str, rows: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(field_names(table)), dtype="str").fillna("")


def _ledger(
    name: str, document: Document, numerals: Sequence[Numeral], parts: Sequence[Section]
) -> list[Row]:
    lines, rows, part = Lines(document.text), [], 0
    units = _header_units(document, numerals)
    for index, numeral in enumerate(numerals, start=1):
        while numeral.start >= parts[part].end:
            part += 1
        section, kind = str(parts[part].number), _kind(numeral)
        rows.append(
            {
                "numeral": numeral_id(name, index),
                "section": section,
                "paragraph": str(max(0, lines.paragraph(numeral.start, section, parts[part].start))),
                "start": str(numeral.start),
                "end": str(numeral.end),
                "printed": numeral.printed,
                "header_unit": units[index - 1],
                "kind": "other" if kind == "ratio" else kind,
                "reason_zh": REASONS[kind][0],
                "reason_en": REASONS[kind][1],
            }
        )
    return rows


def numeral_id(name: str, number: int) -> str:
    """Name the numeral of a bulletin that has this place in the ledger, from 1."""
    return f"{name}.n{number:03d}"


def _header_units(document: Document, numerals: Sequence[Numeral]) -> list[str]:
    """Give for each numeral the unit of its table's header, '' where it prints its own or has none."""
    starts = [stretch.start for stretch in document.stretches]
    units = []
    for numeral in numerals:
        stretch = document.stretches[bisect_right(starts, numeral.start) - 1]
        bare = reading(numeral.printed)
        units.append(stretch.unit if numeral.unit and bare is not None and not bare.unit else "")
    return units


def _kind(numeral: Numeral) -> str:
    """Give the kind of a numeral; a ratio of several numbers is no figure, for it has no one value."""
    return "ratio" if numeral.kind == "figure" and numeral.parts else numeral.kind


REASONS = {
    "figure": ("", ""),
    "ratio": ("几个数之比，不是一个数", "A ratio of several numbers, whose terms are in the text"),
    "date": ("日期或年份", "A date or a year"),
    "ordinal": ("次序，不是数量", "A place in an order, not a quantity"),
    "enumerator": ("列举用的序号", "Numbers a point in a list"),
    "name": ("名称或固定说法，不是计数", "A name or a set phrase, not a count"),
    "issue_number": ("期号或文号", "The number of an issue or a document"),
    "other": (f"{TODO_ZH}：写明理由", f"{TODO_EN}: give the reason"),
}


def _figure_ids(name: str, ledger: Sequence[Row]) -> dict[str, str]:
    ids: dict[str, str] = {}
    counts: dict[str, int] = {}
    for row in ledger:
        if row["kind"] == "figure":
            section = row["section"]
            counts[section] = counts.get(section, 0) + 1
            ids[row["numeral"]] = f"{name}.{section}.{counts[section]:02d}"
    return ids
