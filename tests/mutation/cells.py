"""Takes a copy and changes what cells say: values, units, hedges, periods, areas, keys, whole rows."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kuaibao.model import BULLETIN, CODELISTS, schema
from kuaibao.wording import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from mutation.copy import Copy

# Tables whose rows stand in the order of the text.
ORDERED = ("figures", "numerals", "sections")
DIGITS = "0123456789"


def rewritten(
    rng: Random, copy: Copy, table: str, column: str, change: Callable[[str], str | None]
) -> Copy | None:
    """Change a random cell of a column in which there is something to change."""
    places = list(enumerate(copy.column(table, column), start=1))
    rng.shuffle(places)
    for row, value in places:
        new = change(value)
        if new is not None and new != value:
            return copy.put_cell(table, row, column, new)
    return None


def _number(rng: Random, copy: Copy, change: Callable[[str], str | None]) -> Copy | None:
    column = "value_end" if rng.random() < 0.1 else "value"  # ranges are few
    return rewritten(
        rng, copy, "figures", column, lambda value: _another(value, change(value)) if value else None
    )


def _another(old: str, new: str | None) -> str | None:
    """Leave out what is the same number."""
    return new if new is not None and Decimal(new) != Decimal(old) else None


def digit_changed(rng: Random, copy: Copy) -> Copy | None:
    """Replace a digit of a value."""
    return _number(rng, copy, lambda value: with_digit(rng, value))


def with_digit(rng: Random, text: str) -> str | None:
    """Replace a random digit by another."""
    places = [place for place, character in enumerate(text) if character in DIGITS]
    if not places:
        return None
    place = rng.choice(places)
    new = rng.choice([digit for digit in DIGITS if digit != text[place]])
    return text[:place] + new + text[place + 1 :]


def digits_swapped(rng: Random, copy: Copy) -> Copy | None:
    """Exchange two neighbouring digits of a value."""
    return _number(rng, copy, lambda value: swapped(rng, value))


def swapped(rng: Random, text: str) -> str | None:
    """Exchange two neighbouring digits that differ."""
    pairs = [at for at in range(len(text) - 1) if _differ(text[at], text[at + 1])]
    if not pairs:
        return None
    at = rng.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _differ(one: str, other: str) -> bool:
    return one in DIGITS and other in DIGITS and one != other


def factor_ten(rng: Random, copy: Copy) -> Copy | None:
    """Multiply or divide a value by ten."""
    factor = rng.choice((Decimal(10), Decimal("0.1")))
    return _number(rng, copy, lambda value: plain(Decimal(value) * factor))


def point_lost(rng: Random, copy: Copy) -> Copy | None:
    """Take the decimal point out of a value."""
    return _number(rng, copy, lambda value: value.replace(".", "") if "." in value else None)


def multiplier_changed(rng: Random, copy: Copy) -> Copy | None:
    """Write 万 for 亿 or 亿 for 万 in a print, or the value that would follow."""
    if rng.random() < 0.5:
        factor = rng.choice((Decimal(10_000), Decimal("0.0001")))
        return _number(rng, copy, lambda value: plain(Decimal(value) * factor))
    other = str.maketrans("万亿", "亿万")
    return rewritten(rng, copy, "numerals", "printed", lambda printed: printed.translate(other))


def sign_changed(rng: Random, copy: Copy) -> Copy | None:
    """Change the sign of a value."""
    return _number(rng, copy, lambda value: plain(-Decimal(value)))


def _to_another(rng: Random, copy: Copy, table: str, column: str, codes: Sequence[str]) -> Copy | None:
    return rewritten(
        rng,
        copy,
        table,
        column,
        lambda value: rng.choice([code for code in codes if code != value] or [value]),
    )


def unit_changed(rng: Random, copy: Copy) -> Copy | None:
    """Give a figure another unit of the list."""
    return _to_another(rng, copy, "figures", "unit", copy.column("units", "unit"))


def hedge_changed(rng: Random, copy: Copy) -> Copy | None:
    """Give a figure another hedge."""
    return _to_another(rng, copy, "figures", "qualifier", _enum("figures", "qualifier"))


def _enum(table: str, column: str) -> list[str]:
    field = next(field for field in schema(table)["fields"] if field["name"] == column)
    return list(field["constraints"]["enum"])


def period_changed(rng: Random, copy: Copy) -> Copy | None:
    """Give a figure another period: of another figure, or a year before."""
    known = sorted({*copy.column("figures", "period")} - {""})

    def change(value: str) -> str | None:
        before = f"{int(value[:4]) - 1}{value[4:]}" if value else None
        return rng.choice([period for period in (*known, before) if period and period != value])

    return rewritten(rng, copy, "figures", "period", change)


def basis_changed(rng: Random, copy: Copy) -> Copy | None:
    """Say that a period is stated, implied, unstated or planned where it is not."""
    return _to_another(rng, copy, "figures", "period_basis", _enum("figures", "period_basis"))


def area_changed(rng: Random, copy: Copy) -> Copy | None:
    """Give a figure another area of the list."""
    return _to_another(rng, copy, "figures", "area", copy.column("areas", "area"))


def indicator_changed(rng: Random, copy: Copy) -> Copy | None:
    """Give a figure another indicator of the same unit."""
    units = dict(zip(copy.column("indicators", "indicator"), copy.column("indicators", "unit"), strict=True))

    def change(value: str) -> str | None:
        alike = [name for name, unit in units.items() if unit == units[value] and name != value]
        return rng.choice(alike) if alike else None

    return rewritten(rng, copy, "figures", "indicator", change)


def indicator_and_unit_changed(rng: Random, copy: Copy) -> Copy | None:
    """Give a figure another indicator with its unit."""
    rows = copy.rows("figures")
    pairs = list(zip(copy.column("indicators", "indicator"), copy.column("indicators", "unit"), strict=True))
    row = rng.choice(rows[1:])
    at, unit = rows[0].index("indicator"), rows[0].index("unit")
    others = [pair for pair in pairs if pair[1] != row[unit]]
    if not others:
        return None
    row[at], row[unit] = rng.choice(others)
    return copy.put("figures", rows)


def measure_changed(rng: Random, copy: Copy) -> Copy | None:
    """Give a figure to another measure, of the same section where there is one."""
    return _to_another(rng, copy, "figures", "measure", copy.column("measures", "measure"))


def figures_exchanged(rng: Random, copy: Copy) -> Copy | None:
    """Exchange all that two figures say, but for their ids and numerals."""
    rows = copy.rows("figures")
    one, other = rng.sample(range(1, len(rows)), 2)
    if rows[one][2:] == rows[other][2:]:
        return None
    rows[one][2:], rows[other][2:] = rows[other][2:], rows[one][2:]
    return copy.put("figures", rows)


def _filled(copy: Copy, tables: Sequence[str]) -> list[str]:
    return [table for table in tables if len(copy.rows(table)) > 1]


def row_dropped(rng: Random, copy: Copy) -> Copy:
    """Leave a row out of a table."""
    table = rng.choice(_filled(copy, (*BULLETIN, *CODELISTS)))
    rows = copy.rows(table)
    del rows[rng.randrange(1, len(rows))]
    return copy.put(table, rows)


def row_doubled(rng: Random, copy: Copy) -> Copy:
    """Write a row twice."""
    table = rng.choice(_filled(copy, (*BULLETIN, *CODELISTS)))
    rows = copy.rows(table)
    at = rng.randrange(1, len(rows))
    rows.insert(at, list(rows[at]))
    return copy.put(table, rows)


def row_cloned(rng: Random, copy: Copy) -> Copy:
    """Write a row twice, the second time under an id that is free."""
    table = rng.choice(_filled(copy, BULLETIN))
    rows = copy.rows(table)
    row = list(rng.choice(rows[1:]))
    used = {each[0] for each in rows}
    row[0] = next(
        name for name in map(row[0][:-2].__add__, map("{:02d}".format, range(1, 999))) if name not in used
    )
    return copy.put(table, [*rows, row])


def row_moved(rng: Random, copy: Copy) -> Copy | None:
    """Move a row of a table that follows the text."""
    table = rng.choice(_filled(copy, ORDERED))
    rows = copy.rows(table)
    if len(rows) < 3:  # two rows and the header
        return None
    one, other = rng.sample(range(1, len(rows)), 2)
    rows.insert(other, rows.pop(one))
    return copy.put(table, rows)


def _keys(table: str) -> list[str]:
    described = schema(table)
    coded = [field["name"] for field in described["fields"] if field.get("codelist") in CODELISTS]
    return coded + [key["fields"][0] for key in described.get("foreignKeys", ())]


def key_dangling(rng: Random, copy: Copy) -> Copy | None:
    """Let a key name nothing."""
    table = rng.choice([table for table in _filled(copy, (*BULLETIN, *CODELISTS)) if _keys(table)])
    column = rng.choice(_keys(table))
    return rewritten(
        rng, copy, table, column, lambda value: with_digit(rng, value) or f"{value}_x" if value else None
    )


def code_changed(rng: Random, copy: Copy) -> Copy | None:
    """Put another valid code into a measure, a relation or a code list."""
    choices = [
        (table, field)
        for table in _filled(copy, ("measures", "relations", *CODELISTS[:-1]))
        for field in schema(table)["fields"]
        if field.get("codelist") or field["name"] in {"parent", "section"}
    ]
    table, field = rng.choice(choices)
    name, constraints = field["name"], field.get("constraints", {})
    codelist = {"parent": "areas", "section": "sections"}.get(name, str(field.get("codelist", "")))
    codes = constraints.get("enum") or copy.column(codelist, schema(codelist)["primaryKey"][0])
    return _to_another(rng, copy, table, name, codes)


def relation_changed(rng: Random, copy: Copy) -> Copy | None:
    """Exchange the terms of a relation, or replace one of them or the result by another figure."""
    known = copy.column("figures", "figure")

    def change(value: str) -> str | None:
        parts = value.split()
        if not parts:
            return None
        parts[rng.randrange(len(parts))] = rng.choice(known)
        return " ".join(parts) if sorted(parts) != sorted(value.split()) else None

    return rewritten(rng, copy, "relations", rng.choice(("terms", "result")), change)


def years_changed(rng: Random, copy: Copy) -> Copy | None:
    """Change from or to when an area is valid."""
    column = rng.choice(("valid_from", "valid_to"))
    return rewritten(rng, copy, "areas", column, lambda _: str(rng.randrange(1950, 2030)))


def printed_units_changed(rng: Random, copy: Copy) -> Copy | None:
    """Take a printed form from a unit."""

    def change(value: str) -> str | None:
        forms = value.split()
        if not forms:
            return None
        forms.pop(rng.randrange(len(forms)))
        return " ".join(forms)

    return rewritten(rng, copy, "units", "printed", change)


def correction_changed(rng: Random, copy: Copy) -> Copy | None:
    """Change what a correction says was there before, or is there now."""
    column = rng.choice(("old", "new"))
    return rewritten(
        rng, copy, "corrections", column, lambda value: with_digit(rng, value) if _is_number(value) else None
    )


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False
