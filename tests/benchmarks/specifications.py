"""Takes the specifications of Recognizers-Text and counts how far a recogniser agrees with their results.

Each expected result of the specifications is counted as agreed (an overlapping span has its value), as
differing by convention, or as wrong. A convention is counted only if the reader gives a reading of its own
there that follows from it, or the specification's text has the form that the convention leaves out:

- date: the result is digits within a date or time of day that the reader gives as one numeral;
- name: one number word alone (一, 五), or a short run without unit, that the reader gives as a name;
- dozen: 打 is multiplied out there (五十打 is 600), here it is no unit and the number word a name;
- notation: powers and computer notation (2^5, 1e10, 40k, 2.5 M);
- discount: 折 after two digits is per cent there (75 折), here the printed number; 半折, 对折 are words here;
- currency word: a currency without a number;
- range: an end of a range (5-20%) that the reader gives as one numeral with both ends;
- code: a part of a digit group with several points that the reader gives as no quantity;
- blanks: the text has two or more blanks within, and agrees when they are closed up.

Everything else is wrong, whatever the reason. The peer is judged by the same rules; of its readings only
spans and values are known, so only the rules on form (notation, currency word, blanks) can apply to it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from peer import Span, number

from kuaibao.reader import Numeral, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MODELS = {
    "number": "Number_Chinese_NumberModel.json",
    "percentage": "Number_Chinese_PercentModel.json",
    "ordinal": "Number_Chinese_OrdinalModel.json",
    "currency": "NumberWithUnit_Chinese_CurrencyModel.json",
    "dimension": "NumberWithUnit_Chinese_DimensionModel.json",
}
SHARES: dict[str, int | Decimal] = {"成": 10, "折": 10, "‰": Decimal("0.1"), "‱": Decimal("0.01")}
NOTATION = re.compile(r"\^|[0-9]e[+-]?[0-9]|[0-9] ?[kmgt](?![a-z])", re.IGNORECASE)
NUMERAL = re.compile("[0-9零一二两三四五六七八九十百千万亿半]")
BLANKS = re.compile(r"\s{2,}")
WORDS = frozenset("一二三四五六七八九十两叁")


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


def score(
    recognise: Callable[[str, str], list[Span]], model: str, cases: list[dict[str, Any]]
) -> list[tuple[str, str]]:
    """Return a verdict (agreed, wrong or the name of a convention) and a line for each expected result."""
    verdicts = []
    for case in cases:
        spans = recognise(case["Input"], model)
        for result in case["Results"]:
            want = number(result["Resolution"].get("value"))
            verdict = "agreed"
            if not any(_agrees(span, result, want) for span in spans):
                verdict = _convention(recognise, model, case["Input"], result, want)
            verdicts.append((verdict, f"{case['Input'][:40]!r}: {result['Text']} = {want}"))
    return verdicts


def _convention(
    recognise: Callable[[str, str], list[Span]],
    model: str,
    text: str,
    result: dict[str, Any],
    want: float | None,
) -> str:
    """Return the convention by which the result differs, or `wrong`."""
    printed = unicodedata.normalize("NFKC", result["Text"])
    if NOTATION.search(printed):
        return "notation"
    if want is None and not NUMERAL.search(printed):
        return "currency word"
    if BLANKS.search(printed) and _agrees_closed(recognise, model, printed, want):
        return "blanks"
    return _convention_of_ours(text, result, printed, want) if recognise is ours else "wrong"


def _agrees_closed(
    recognise: Callable[[str, str], list[Span]], model: str, printed: str, want: float | None
) -> bool:
    closed = BLANKS.sub("", printed).replace(" ", "")
    whole = {"Start": 0, "End": len(closed) - 1}
    return any(_agrees(span, whole, want) for span in recognise(closed, model))


def _convention_of_ours(text: str, result: dict[str, Any], printed: str, want: float | None) -> str:
    found = [item for item in read(text) if item.start <= result["End"] and item.end > result["Start"]]
    kinds = {item.kind for item in found}
    if kinds == {"date"} and printed.isdigit():
        return "date"
    if kinds == {"other"} and printed.isdigit() and found[0].printed.count(".") > 1:
        return "code"
    if any(want in _ends(item) for item in found if item.qualifier == "range"):
        return "range"
    if printed.endswith("折") and (kinds <= {"name"} or _is_tenth(found, want)):
        return "discount"
    if printed[-1] == "打" and kinds == {"name"}:
        return "dozen"
    return "name" if kinds == {"name"} and printed in WORDS else "wrong"


def _ends(item: Numeral) -> set[float]:
    return {float(end) for end in (item.value_min, item.value_max) if end is not None}


def _is_tenth(found: list[Numeral], want: float | None) -> bool:
    """Tell whether 75 折 is read as 75 with the printed unit, where the specification wants 75 %."""
    return any(item.unit == "折" and isinstance(item.value, int) and item.value == want for item in found)


def _agrees(span: Span, result: dict[str, Any], want: float | None) -> bool:
    start, end, value = span
    if start > result["End"] or end <= result["Start"] or value is None or want is None:
        return False
    return abs(value - want) <= 1e-5 * max(1, abs(want))


def cases_of(folder: Path, model: str) -> list[dict[str, Any]]:
    """Return the cases of a model, without those that the peer's Python edition does not take."""
    cases: list[dict[str, Any]] = json.loads((folder / MODELS[model]).read_text(encoding="utf-8-sig"))
    return [case for case in cases if "python" not in case.get("NotSupported", "")]


def summary(model: str, title: str, verdicts: list[tuple[str, str]]) -> str:
    """Say in one line how many agreed, differed by convention (with kinds) and were wrong."""
    counts = Counter(verdict for verdict, _ in verdicts)
    kinds = {kind: count for kind, count in sorted(counts.items()) if kind not in ("agreed", "wrong")}
    listed = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    return (
        f"{model:12} {title:17} {len(verdicts):4} expected: {counts['agreed']:4} agreed, "
        f"{sum(kinds.values()):3} by convention, {counts['wrong']:3} wrong"
        + (f" ({listed})" if listed else "")
    )
