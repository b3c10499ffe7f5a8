"""Takes texts with tables of their numerals and measures how far a reading agrees with them.

A table has a row for each numeral of the text beside it, with the columns COLUMNS; empty cells are not
claimed. `start` and `end` are 0-based code-point offsets, all else is as the reader gives it.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from kuaibao.reader import Numeral, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from peer import Span

COLUMNS = (
    *("start", "end", "printed", "kind", "value", "value_min", "value_max"),
    *("unit", "qualifier", "parts", "direction"),
)
Row = dict[str, str]


@dataclass
class Score:
    """Counts of what was expected and of what agreed, and a line for each that did not."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, *, agrees: bool, row: Mapping[str, str], given: object = "") -> None:
        """Count one thing expected of a row, and note it where it does not agree."""
        self.counts[f"{name} of"] += 1
        self.counts[name] += agrees
        if not agrees:
            self.misses.append(
                f"{row['printed']} ({row['kind']}): {name} {row.get(name, '')!r}, given {given!r}"
            )

    def share(self, name: str) -> str:
        """Return the share that agreed in per cent, a dash where nothing was measured."""
        of = self.counts[f"{name} of"]
        return f"{100 * self.counts[name] / of:6.2f} %" if of else "       –"


def rows_of(path: Path) -> list[Row]:
    """Return the annotated numerals of a text, in reading order."""
    with path.with_suffix(".tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def row_of(numeral: Numeral) -> Row:
    """Return a numeral as a row of a table."""
    row = numeral.to_json()
    return {column: "" if row.get(column) is None else str(row[column]) for column in COLUMNS}


def write(path: Path) -> None:
    """Write the table of a text from what the reader gives, for review by eye."""
    rows = ["\t".join(row_of(numeral).values()) for numeral in read(path.read_text(encoding="utf-8"))]
    path.with_suffix(".tsv").write_text("\n".join(["\t".join(COLUMNS), *rows, ""]), encoding="utf-8")


def score_reader(path: Path, score: Score) -> None:
    """Add what the reader gives for a text: found, real spans, figure or not, value, unit, hedge."""
    numerals, rows = read(path.read_text(encoding="utf-8")), rows_of(path)
    for row in rows:
        given = _nearest(row, numerals)
        score.add("found", agrees=given is not None, row=row)
        is_figure = row["kind"] == "figure"
        if given is not None:
            score.add("kind", agrees=(given.kind == "figure") == is_figure, row=row, given=given.kind)
        if is_figure:
            _score_figure(row, given, score)
    _count_spans(((n.start, n.end, n.printed) for n in numerals), rows, score)


def _score_figure(row: Row, given: Numeral | None, score: Score) -> None:
    """Value (of a range both ends), unit and hedge; what was not found is wrong in all three."""
    ends = ("value_min", "value_max") if row["qualifier"] == "range" else ("value",)
    found = [None if given is None else getattr(given, end) for end in ends]
    same = given is not None and [_number(row[end]) for end in ends] == found
    score.add("value", agrees=same, row=row, given=found)
    for name in ("unit", "qualifier"):
        cell = getattr(given, name, None)
        score.add(name, agrees=cell == row[name], row=row, given=cell)


def score_spans(path: Path, recognise: Callable[[str], list[Span]], score: Score) -> None:
    """Add what a recogniser without hedges and kinds gives: found, real spans, value of figures."""
    spans, rows = recognise(path.read_text(encoding="utf-8")), rows_of(path)
    for row in rows:
        over = [value for start, end, value in spans if start < int(row["end"]) and end > int(row["start"])]
        score.add("found", agrees=bool(over), row=row)
        if row["kind"] == "figure":
            want = _number(row["value"]) if row["value"] else None
            agrees = any(
                v is not None and want is not None and abs(v - float(want)) <= abs(v) * 1e-5 for v in over
            )
            score.add("value", agrees=agrees, row=row, given=over)
    _count_spans(((start, end, "") for start, end, _ in spans), rows, score)


def _count_spans(spans: Iterable[tuple[int, int, str]], rows: list[Row], score: Score) -> None:
    """Count the spans given, and those of them that are a numeral."""
    bounds = [(int(row["start"]), int(row["end"])) for row in rows]
    for start, end, printed in spans:
        agrees = any(first < end and start < last for first, last in bounds)
        score.add("numeral", agrees=agrees, row={"printed": printed, "kind": "no numeral"})


def _nearest(row: Row, numerals: list[Numeral]) -> Numeral | None:
    """Return the numeral that shares most characters with a row's span."""
    start, end = int(row["start"]), int(row["end"])
    over = [
        (min(end, n.end) - max(start, n.start), -n.start, n)
        for n in numerals
        if n.start < end and n.end > start
    ]
    return max(over, key=lambda each: each[:2])[2] if over else None


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None
