"""Takes a bulletin's text and the code lists; gives a complete package with what is left to do marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from kuaibao.documents import numerals as read_numerals
from kuaibao.draft.additions import additions
from kuaibao.draft.context import Context
from kuaibao.draft.descriptor import descriptor
from kuaibao.draft.masthead import masthead
from kuaibao.draft.propose import Proposer, label, part_of, values
from kuaibao.draft.sections import sections
from kuaibao.figures import reading
from kuaibao.model import OPEN_LISTS, PROPOSED, TODO, TODO_EN, TODO_ZH, field_names
from kuaibao.places import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.documents import Document
    from kuaibao.draft.context import Period
    from kuaibao.draft.propose import Proposal
    from kuaibao.draft.sections import Section
    from kuaibao.model import Archive, Row
    from kuaibao.reader import Numeral

__all__ = ["Draft", "draft"]

CHANGE = re.compile("[增减新]|发展|下降|上升|提高")  # what such words count builds up over time


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
    found = [(ids[row["numeral"]], row, numeral) for row, numeral in both]
    proposer = Proposer(archive.codelists.rows("units"), archive.codelists.rows("indicators"))
    head = masthead(text, numerals)
    added = additions(name, head.issuer, area, archive.codelists)
    described = descriptor(name, text, numerals, head, (added.issuer, area))
    figures, indicators = _figures(found, context, proposer, described["bulletin"])
    rows = {
        "figures": figures,
        "numerals": ledger,
        "sections": [_section(part) for part in parts],
        "measures": [
            _measure(name, section, parts[int(section)].heading)
            for section in dict.fromkeys(row["section"] for _, row, _ in found)
        ],
        "relations": [],
        "corrections": [],
    }
    return Draft(
        name=name,
        descriptor=described,
        tables={table: _frame(table, listed) for table, listed in rows.items()},
        indicators=_frame("indicators", indicators),
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
        section = str(parts[part].number)
        rows.append(
            {
                "numeral": f"{name}.n{index:03d}",
                "section": section,
                "paragraph": str(max(0, lines.paragraph(numeral.start, section, parts[part].start))),
                "start": str(numeral.start),
                "end": str(numeral.end),
                "printed": numeral.printed,
                "header_unit": units[index - 1],
                "kind": numeral.kind,
                "reason_zh": "" if numeral.kind == "figure" else REASONS[numeral.kind][0],
                "reason_en": "" if numeral.kind == "figure" else REASONS[numeral.kind][1],
            }
        )
    return rows


def _header_units(document: Document, numerals: Sequence[Numeral]) -> list[str]:
    """Give for each numeral the unit of its table's header, '' where it prints its own or has none."""
    starts = [stretch.start for stretch in document.stretches]
    units = []
    for numeral in numerals:
        stretch = document.stretches[bisect_right(starts, numeral.start) - 1]
        bare = reading(numeral.printed)
        units.append(stretch.unit if numeral.unit and bare is not None and not bare.unit else "")
    return units


REASONS = {
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


def _figures(
    found: Sequence[tuple[str, Row, Numeral]],
    context: Context,
    proposer: Proposer,
    bulletin: Mapping[str, str],
) -> tuple[list[Row], list[Row]]:
    figures, indicators = [], []
    shared: dict[tuple[str, str], dict[str, str]] = {}
    words = ""
    for figure, row, numeral in found:
        key = figure.replace("-", "_").replace(".", "_")
        phrases = context.phrases(numeral.start, numeral.end)
        words = part_of(label(phrases), words)
        own = proposer.propose(numeral, phrases, key, words)
        when = context.period(numeral.start, bulletin["date"])
        series = shared.setdefault((context.cell(numeral.start), own.unit), {})
        proposal = _of_series(own, when.period, series) if context.cell(numeral.start) else own
        figures.append(
            {
                "figure": figure,
                "numeral": row["numeral"],
                "indicator": proposal.indicator,
                "area": bulletin["area"],
                **_period(when),
                "unit": proposal.unit,
                "measure": _measure_id(figure.partition(".")[0], row["section"]),
                **values(numeral),
            }
        )
        if proposal.label:
            indicators.append(_indicator(proposal, proposer.topic(proposal.label), numeral, when.period))
    return figures, indicators


def _of_series(proposal: Proposal, period: str, series: dict[str, str]) -> Proposal:
    """Propose one indicator for the cells of a row whose columns are periods; `series` has it by period."""
    first = next(iter(series.values()), proposal.indicator)
    if not period or period in series or not proposal.label:
        return proposal
    series[period] = first
    return proposal if first == proposal.indicator else proposal._replace(indicator=first, label="")


def _period(when: Period) -> Row:
    if not when.words:
        return {"period": when.period, "period_basis": "stated" if when.period else "unstated"}
    return {
        "period": when.period,
        "period_basis": "implied",
        "note_zh": f"文中写“{when.words}”，年份按发文日推定。",
        "note_en": "The text names no year; taken as the year of the date of issue.",
    }


def _indicator(proposal: Proposal, topic: str, numeral: Numeral, period: str) -> Row:
    on_a_day = len(period) == len("2024-06-30") and not CHANGE.search(proposal.label)
    series = "duration" if numeral.unit in {"年", "天", "个月", "小时"} else "stock" if on_a_day else "flow"
    row = {"indicator": proposal.indicator, "topic": topic, "unit": proposal.unit, "series": series}
    words = {"label_zh": proposal.label, "label_en": TODO_EN}
    return row | words | {"definition_zh": TODO_ZH, "definition_en": TODO_EN}


def _section(part: Section) -> Row:
    known = part.number == 0 or not part.heading
    title_zh = "报头与引言" if part.number == 0 else "报送单位" if known else part.heading
    title_en = "Masthead and introduction" if part.number == 0 else "Distribution list" if known else TODO_EN
    bounds = {"section": str(part.number), "start": str(part.start), "end": str(part.end)}
    return bounds | {"title_zh": title_zh, "title_en": title_en, "actor_zh": "", "actor_en": ""}


def _measure_id(name: str, section: str) -> str:
    return f"{name}.m{int(section) + 1:02d}"


def _measure(name: str, section: str, heading: str) -> Row:
    row = {"measure": _measure_id(name, section), "section": section, "kind": "action", "partners": ""}
    label = PROPOSED + heading if heading else TODO_ZH
    words = {"label_zh": label, "label_en": TODO_EN, "description_zh": TODO_ZH, "description_en": TODO_EN}
    return row | {"acting": TODO, "serves": TODO} | words
