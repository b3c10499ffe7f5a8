"""Numbers, hedges, periods and intervals in words, in Chinese and English, without losing a digit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaibao import wording
from kuaibao.model import Interval, Quantity
from kuaibao.reader import read

if TYPE_CHECKING:
    from kuaibao.model import Row

NUMBERS = st.one_of(
    st.integers(0, 10**12).map(Decimal),
    st.decimals(0, 10**9, places=2),
    st.builds(lambda digits, zeros: Decimal(digits).scaleb(zeros), st.integers(1, 9999), st.integers(-2, 8)),
)
SIZES = {"million": 10**6, "billion": 10**9}


def unit(name: str, zh: str, singular: str, plural: str, kind: str = "count") -> Row:
    """Make a row of the units."""
    return {"unit": name, "kind": kind, "symbol_zh": zh, "singular_en": singular, "plural_en": plural}


PERSON = unit("person", "人", "person", "people")
ITEM = unit("item", "项", "", "")
PERCENT = unit("percent", "%", "%", "%", "ratio")
POINT = unit("percentage_point", "个百分点", "percentage point", "percentage points", "ratio")


def quantity(
    value: str,
    qualifier: str = "exact",
    low: str | None = None,
    high: str | None = None,
    end: str | None = None,
) -> Quantity:
    """Make a quantity; open ends are None."""
    low_, high_, upper = (None if number is None else Decimal(number) for number in (low, high, end))
    interval = Interval(low=low_, high=high_)
    return Quantity(value=Decimal(value), value_end=upper, interval=interval, qualifier=qualifier, unit="")


def read_english(text: str) -> Decimal:
    """Read an English number back: 1,234.5, 270 million, −3."""
    number, _, size = text.replace("−", "-").replace(",", "").partition(" ")
    return Decimal(number) * SIZES.get(size, 1)


@given(NUMBERS, st.booleans())
def test_english_keeps_every_digit(value: Decimal, negative: bool) -> None:  # noqa: FBT001  # drawn by hypothesis
    """Reading the English form back gives the number."""
    signed = -value if negative else value
    assert read_english(wording.number(signed, "en")) == signed


@given(NUMBERS)
def test_chinese_keeps_every_digit(value: Decimal) -> None:
    """The reader of bulletins reads the Chinese form back as the number."""
    (numeral,) = read(f"共{wording.number(value, 'zh')} 人")
    assert numeral.value == value


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("0", "0", "0"),
        ("36", "36", "36"),
        ("1234.5", "1234.5", "1,234.5"),
        ("12345", "12345", "12,345"),
        ("177100", "17.71 万", "177,100"),
        ("100000", "10 万", "100,000"),
        ("16668700", "1666.87 万", "16.6687 million"),
        ("270000000", "2.7 亿", "270 million"),
        ("1E+9", "10 亿", "1 billion"),
        ("-2.10", "−2.1", "−2.1"),
    ],
)
def test_number(value: str, zh: str, en: str) -> None:
    """Large numbers use 万 and 亿, or million and billion, where they read well."""
    assert (wording.number(Decimal(value), "zh"), wording.number(Decimal(value), "en")) == (zh, en)


@pytest.mark.parametrize(
    ("amount", "of", "zh", "en"),
    [
        (quantity("36"), PERSON, "36 人", "36 people"),
        (quantity("1"), PERSON, "1 人", "1 person"),
        (quantity("177100"), PERSON, "17.71 万人", "177,100 people"),
        (quantity("400", "nearly"), PERSON, "近 400 人", "nearly 400 people"),
        (quantity("100", "at_least"), ITEM, "100 项以上", "at least 100"),
        (quantity("30", "at_most"), PERSON, "至多 30 人", "at most 30 people"),
        (quantity("30", "about"), PERSON, "约 30 人", "about 30 people"),
        (quantity("3", "range", end="5"), PERSON, "3—5 人", "3–5 people"),
        (quantity("1", "range", end="3"), PERSON, "1—3 人", "1–3 people"),
        (quantity("12.3"), PERCENT, "12.3%", "12.3%"),
        (quantity("2.1"), POINT, "2.1 个百分点", "2.1 percentage points"),
    ],
)
def test_quantity(amount: Quantity, of: Row, zh: str, en: str) -> None:
    """A quantity is written with its hedge and its unit."""
    assert (wording.quantity(amount, of, "zh"), wording.quantity(amount, of, "en")) == (zh, en)


def test_quantity_without_noun() -> None:
    """Without its noun a count is bare; a ratio keeps its unit."""
    assert wording.quantity(quantity("400", "nearly"), PERSON, "en", noun=False) == "nearly 400"
    assert wording.quantity(quantity("12.3"), PERCENT, "zh", noun=False) == "12.3%"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (quantity("27.657", "exact", "27.6", "27.75"), "27.7"),
        (quantity("27.657", "exact", "27", "28.3"), "28"),
        (quantity("154407.368", "exact", "153900", "154900"), "154000"),
        (quantity("38400", "exact", "38300", "38500"), "38400"),
        (quantity("16668700", "exact", "16618650", "16718750"), "16700000"),
        (quantity("0.0333", "exact", "0.0333", "0.0333"), "0.033"),
        (quantity("5", "exact", "5", "5"), "5"),
        (quantity("200100", "at_least", "195100"), "195100"),
        (quantity("12.3456", "at_least", "12.3456"), "12.3"),
        (quantity("12.3456", "at_most", None, "12.3456"), "12.4"),
        (quantity("12.3456", "about"), "12.4"),
    ],
)
def test_rounded(amount: Quantity, shown: str) -> None:
    """A derived number has no more digits than its interval supports; a bound is rounded to the safe side."""
    assert wording.plain(wording.rounded(amount).value) == shown


def test_rounded_range() -> None:
    """A derived range is widened to the digits shown, never narrowed."""
    found = wording.rounded(quantity("3.14159", "range", "3.14159", "5.55555", end="5.55555"))
    assert (found.value, found.value_end) == (Decimal("3.1"), Decimal("5.6"))
    assert wording.derived(found, PERSON, "en") == "3.1–5.6 people"


@given(st.decimals(1, 10**6, places=3), st.decimals(0, 10**6, places=3))
def test_rounding_stays_near(value: Decimal, margin: Decimal) -> None:
    """Rounding moves a number by no more than half a tenth, or five times the margin of its interval."""
    amount = quantity(str(value), "exact", str(value - margin), str(value + margin))
    moved = abs(wording.rounded(amount).value - value)
    assert moved <= max(Decimal("0.05"), margin * 5)


@pytest.mark.parametrize(
    ("iso", "zh", "en"),
    [
        ("2023", "2023 年", "2023"),
        ("2023-06", "2023 年 6 月", "June 2023"),
        ("2023-06-20", "2023 年 6 月 20 日", "20 June 2023"),
    ],
)
def test_date(iso: str, zh: str, en: str) -> None:
    """A date is written as far as it is known."""
    assert (wording.date(iso, "zh"), wording.date(iso, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("period", "basis", "zh", "en"),
    [
        ("2022", "stated", "2022 年", "2022"),
        ("2023-06-20", "implied", "2023 年 6 月 20 日（推定）", "20 June 2023 (implied)"),
        ("2020/2023", "stated", "2020 年—2023 年", "2020 to 2023"),
        ("2025", "planned", "2025 年（计划）", "2025 (planned)"),
        ("", "planned", "计划（未说明时期）", "planned, period not stated"),
        ("", "unstated", "未说明（不晚于 2024 年 5 月 8 日）", "not stated (not after 8 May 2024)"),
    ],
)
def test_period(period: str, basis: str, zh: str, en: str) -> None:
    """A period says on what it rests; an unstated one is bounded by the date of issue."""
    row = {"period": period, "period_basis": basis}
    found = [wording.period(row, "2024-05-08", "zh"), wording.period(row, "2024-05-08", "en")]
    assert found == [zh, en]


@pytest.mark.parametrize(
    ("low", "high", "of", "zh", "en"),
    [
        ("19", "19", PERSON, "确数，没有修饰或舍入", "exact, neither hedged nor rounded"),
        ("5000", None, PERSON, "5000 人及以上，上限未知", "at least 5,000 people; no upper bound is known"),
        ("100", None, ITEM, "100 项及以上，上限未知", "at least 100; no upper bound is known"),
        (
            "265000000",
            "275000000",
            PERSON,
            "265,000,000 至 275,000,000 人",
            "265,000,000 to 275,000,000 people",
        ),
        (None, "400", PERSON, "400 人及以下，下限未知", "at most 400 people; no lower bound is known"),
        ("-0.75", "-0.65", POINT, "-0.75 至 -0.65 个百分点", "-0.75 to -0.65 percentage points"),
        (None, None, PERSON, "未知", "not known"),
    ],
)
def test_interval(low: str | None, high: str | None, of: Row, zh: str, en: str) -> None:
    """An interval is said with both ends as they are, signs and all."""
    amount = quantity("1", "exact", low, high)
    assert [wording.interval(amount, of, "zh"), wording.interval(amount, of, "en")] == [zh, en]


def test_words() -> None:
    """The catalogue has every word in both languages, with the same placeholders."""
    assert wording.words("zh").keys() == wording.words("en").keys()
    assert wording.say("hedge_nearly", "zh", text="400") == "近 400"
