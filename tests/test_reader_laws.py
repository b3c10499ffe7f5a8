"""Laws of the reader that hold for every text: spans, offsets, bounds, and time linear in length."""

from __future__ import annotations

import json
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuaibao.reader import Numeral, read

PIECES = (
    *"0123456789一二三两十百千万亿零〇半点第总期号年月日时个人元户件次%‰",
    *".,:：/-—～至到近约超余多以上下左右（）〔〕“”。，；、 　\n\f\t",
    "万元",
    "百分之",
    "分之",
    "数",
    "几",
    "个百分点",
    "不超过",
    "翻了",
    "番",
    "http://a.b/1",
    "GB/T ",
    "进一步",
    "２０２３",
    "萬",
    "拾",
    "廿",
    "块五",
    "又",
)
texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def check(text: str, numerals: list[Numeral]) -> None:
    """Assert what holds for any reading of any text."""
    end = 0
    for numeral in numerals:
        assert end <= numeral.start < numeral.end <= len(text)
        end = numeral.end
        assert numeral.printed
        assert "\n" not in numeral.printed
        for bound in (numeral.value_min, numeral.value_max, numeral.value):
            assert bound is None or isinstance(bound, int | Decimal | str)
        if numeral.value_min is not None and numeral.value_max is not None:
            assert numeral.value_min <= numeral.value_max
        json.dumps(numeral.to_json())


@given(texts)
@settings(max_examples=400, deadline=None)
def test_any_mixture_of_numeral_words(text: str) -> None:
    """Spans are in order, do not overlap, and lie within the text; intervals are not inside out."""
    check(text, read(text))


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text(text: str) -> None:
    """No text makes the reader fail."""
    check(text, read(text))


@given(st.integers(0, 10**15), st.sampled_from(["个", "人", "元", "万元", "%"]), texts)
def test_a_plain_count_is_found_after_a_full_stop(number: int, unit: str, before: str) -> None:
    """Whatever stands before, a count in a sentence of its own keeps its value."""
    numeral = read(f"{before}。\n共有 {number} {unit}。")[-1]
    scale = 10000 if unit == "万元" else 1
    assert (numeral.value, numeral.unit) == (number * scale, unit.removeprefix("万"))


@given(st.integers(0, 10**9), st.sampled_from(["\n", "\n\n", " \n", "\f", "\r\n"]))
def test_a_break_before_the_unit_changes_nothing_but_offsets(number: int, gap: str) -> None:
    """An amount broken over a line or page reads as the unbroken one."""
    whole, broken = read(f"投入资金 {number} 万元"), read(f"投入资金 {number} 万{gap}元")
    assert [n.value for n in broken] == [n.value for n in whole]
    assert broken[0].printed == whole[0].printed


@pytest.mark.parametrize(
    "piece", [*PIECES, *"一1", "1.", "1,", "1 ", "1—", "1至", "1:", "1、", "a1", "一\n", "1\n"]
)
def test_repetition_takes_linear_time(piece: str) -> None:
    """Eight times the text takes far less than 64 times the time."""
    short, long = (min(_seconds(piece * (size // len(piece))) for _ in range(3)) for size in (10_000, 80_000))
    assert long < 20 * max(short, 0.02)


def _seconds(text: str) -> float:
    start = time.process_time()
    check(text, read(text))
    return time.process_time() - start
