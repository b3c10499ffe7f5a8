"""Measure the reader on annotated texts and on the Recognizers-Text specifications, beside that package.

    PYTHONPATH=scripts python tests/benchmarks/accuracy.py [SPECIFICATIONS] [--misses] [--write]

The texts beside this file are written for the purpose in the manner of work reports, communiqués and
trade-union bulletins; each has a table of its numerals, checked by eye.
`--write` writes the tables anew, for review. SPECIFICATIONS is the folder with the package's JSON files.
The peer runs where it is installed.
"""

# ruff: noqa: T201 (a benchmark prints its findings)
from __future__ import annotations

import argparse
import csv
import importlib
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kuaibao.reader import Numeral, read

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = Path(__file__).parent / "texts"
COLUMNS = ("printed", "kind", "value", "value_min", "value_max", "unit", "qualifier", "parts", "direction")
MODELS = {
    "number": "Number_Chinese_NumberModel.json",
    "percentage": "Number_Chinese_PercentModel.json",
    "ordinal": "Number_Chinese_OrdinalModel.json",
    "currency": "NumberWithUnit_Chinese_CurrencyModel.json",
    "dimension": "NumberWithUnit_Chinese_DimensionModel.json",
}
SHARES: dict[str, int | Decimal] = {"成": 10, "折": 10, "‰": Decimal("0.1"), "‱": Decimal("0.01")}
Span = tuple[int, int, float | None]


def row_of(numeral: Numeral) -> dict[str, str]:
    """Return the columns of a numeral's table as text."""
    row = numeral.to_json()
    return {column: "" if row.get(column) is None else str(row[column]) for column in COLUMNS}


def expected(path: Path) -> list[dict[str, str]]:
    """Return the annotated numerals of a text, in reading order."""
    with path.with_suffix(".tsv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def write(path: Path) -> None:
    """Write the table of a text from what the reader gives, for review by eye."""
    rows = ["\t".join(row_of(numeral).values()) for numeral in read(path.read_text(encoding="utf-8"))]
    path.with_suffix(".tsv").write_text("\n".join(["\t".join(COLUMNS), *rows, ""]), encoding="utf-8")


def wrong_cells(path: Path) -> list[str]:
    """Return one line for each annotated cell that the reader gives otherwise, or for a row missing."""
    rows, wanted = [row_of(numeral) for numeral in read(path.read_text(encoding="utf-8"))], expected(path)
    if [row["printed"] for row in rows] != [row["printed"] for row in wanted]:
        return sorted({row["printed"] for row in rows} ^ {row["printed"] for row in wanted}) or ["order"]
    return [
        f"{want['printed']}: {column} is {row[column]!r}, not {want[column]!r}"
        for row, want in zip(rows, wanted, strict=True)
        for column in COLUMNS
        if row[column] != want[column]
    ]


def ours(text: str, model: str) -> list[Span]:
    """Return our readings as spans with the values that the specifications use (3 成 is 30 %)."""
    spans: list[Span] = []
    for numeral in read(text):
        value = numeral.value if numeral.value is not None else numeral.value_min
        if isinstance(value, str) or value is None:
            continue
        factor = SHARES.get(numeral.unit, 1) if model == "percentage" else 1
        spans.append((numeral.start, numeral.end, float(value * factor)))
    return spans


def peer() -> Callable[[str, str], list[Span]] | None:
    """Return the peer's recogniser in the same form, or None where it is not installed."""
    try:
        numbers = importlib.import_module("ms_recognizers_number")
        units = importlib.import_module("ms_recognizers_number_with_unit")
    except ImportError:
        return None
    culture = importlib.import_module("ms_recognizers_text").Culture.Chinese

    def recognise(text: str, model: str) -> list[Span]:
        module = units if model in ("currency", "dimension") else numbers
        found = getattr(module, f"recognize_{model}")(text, culture)
        return [(item.start, item.end + 1, number(item.resolution.get("value"))) for item in found]

    return recognise


def number(text: object) -> float | None:
    """Return a resolution's value as a number, a percentage without its sign."""
    try:
        return float(Decimal(str(text).rstrip("%")))
    except InvalidOperation:
        return None


def score(recognise: Callable[[str, str], list[Span]], model: str, cases: list[dict[str, Any]]) -> list[str]:
    """Return the expected results that no overlapping span gives with the same value."""
    misses = []
    for case in cases:
        spans = recognise(case["Input"], model)
        for result in case["Results"]:
            want = number(result["Resolution"].get("value"))
            if not any(_agrees(span, result, want) for span in spans):
                misses.append(f"{case['Input'][:40]!r}: {result['Text']} = {want}")
    return misses


def _agrees(span: Span, result: dict[str, Any], want: float | None) -> bool:
    start, end, value = span
    if start > result["End"] or end <= result["Start"] or value is None or want is None:
        return False
    return abs(value - want) <= 1e-5 * max(1, abs(want))


def main() -> None:
    """Print accuracy on the annotated texts and the specifications."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("specifications", nargs="?", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    for path in sorted(TEXTS.glob("*.txt")):
        if arguments.write:
            write(path)
        wrong = wrong_cells(path)
        print(
            f"{path.stem:12} {len(expected(path)):4} numerals, {len(wrong)} wrong", *wrong[:10], sep="\n   "
        )
    for model, name in MODELS.items() if arguments.specifications else ():
        cases = json.loads((arguments.specifications / name).read_text(encoding="utf-8-sig"))
        cases = [case for case in cases if "python" not in case.get("NotSupported", "")]
        total = sum(len(case["Results"]) for case in cases)
        for title, recognise in (("kuaibao", ours), ("recognizers-text", peer())):
            if recognise:
                misses = score(recognise, model, cases)
                print(f"{model:12} {title:17} {total - len(misses)}/{total}")
                print(*(misses if arguments.misses and recognise is ours else ()), sep="\n")


if __name__ == "__main__":
    main()
