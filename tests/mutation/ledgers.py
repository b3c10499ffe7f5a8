"""Takes a copy and changes its ledger: prints, places, kinds; alone, or together with the figure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kuaibao.figures import reading
from kuaibao.model import schema
from kuaibao.receipt import receipt
from kuaibao.wording import plain
from mutation.cells import rewritten, swapped, with_digit

if TYPE_CHECKING:
    from random import Random

    from mutation.copy import Copy

HEADER_UNITS = ("万元", "亿元", "万人", "元", "个", "万", "亿")


def print_changed(rng: Random, copy: Copy) -> Copy | None:
    """Change a digit, a hedge or a unit of what the ledger says was printed."""
    return rewritten(rng, copy, "numerals", "printed", lambda printed: _misprinted(rng, printed))


def _misprinted(rng: Random, printed: str) -> str | None:
    changes = [with_digit(rng, printed), swapped(rng, printed), printed[:-1] or None, printed + "多"]
    changes += [printed.removeprefix("近").strip(), f"近{printed}", printed.replace("多", "")]
    made = [new for new in changes if new and new != printed]
    return rng.choice(made) if made else None


def place_changed(rng: Random, copy: Copy) -> Copy | None:
    """Move both ends of a numeral by a few characters."""
    rows = copy.rows("numerals")
    row, step = rng.choice(rows[1:]), rng.choice((-3, -2, -1, 1, 2, 3))
    start, end = rows[0].index("start"), rows[0].index("end")
    if int(row[start]) + step < 0:
        return None
    row[start], row[end] = str(int(row[start]) + step), str(int(row[end]) + step)
    return copy.put("numerals", rows)


def boundary_moved(rng: Random, copy: Copy) -> Copy | None:
    """Move one end of a numeral or of a section."""
    table, column = rng.choice(("numerals", "sections")), rng.choice(("start", "end"))
    step = rng.choice((-5, -2, -1, 1, 2, 5))
    return rewritten(rng, copy, table, column, lambda value: str(max(0, int(value) + step)))


def paragraph_changed(rng: Random, copy: Copy) -> Copy | None:
    """Put a numeral into another paragraph or section."""
    column = rng.choice(("paragraph", "section"))
    return rewritten(
        rng, copy, "numerals", column, lambda value: str(max(0, int(value) + rng.choice((-1, 1))))
    )


def kind_changed(rng: Random, copy: Copy) -> Copy | None:
    """Call a numeral something else."""
    field = next(field for field in schema("numerals")["fields"] if field["name"] == "kind")
    kinds = field["constraints"]["enum"]
    return rewritten(
        rng, copy, "numerals", "kind", lambda value: rng.choice([k for k in kinds if k != value])
    )


def header_unit_changed(rng: Random, copy: Copy) -> Copy | None:
    """Add, change or take away the unit of a header."""
    units = [*HEADER_UNITS, ""]
    return rewritten(
        rng,
        copy,
        "numerals",
        "header_unit",
        lambda value: rng.choice([unit for unit in units if unit != value]),
    )


def altered_together(rng: Random, copy: Copy) -> Copy | None:
    """Change a print and let the figure say what the changed print says, as one who covers his tracks."""
    header, *rows = copy.rows("figures")
    numerals = {row[0]: row for row in copy.rows("numerals")}
    printed, unit = (copy.rows("numerals")[0].index(name) for name in ("printed", "header_unit"))
    row = rng.choice(rows)
    old = numerals[row[header.index("numeral")]][printed]
    new = (
        with_digit(rng, old)
        if rng.random() < 0.7
        else re.sub("[万亿]", lambda m: "亿万"["万亿".index(m[0])], old)
    )
    read = reading(new, numerals[row[header.index("numeral")]][unit]) if new and new != old else None
    if new is None or read is None or read.kind != "figure":
        return None
    value = read.value_min if read.qualifier == "range" else read.value
    if not isinstance(value, (int, Decimal)):
        return None
    row[header.index("value")], row[header.index("qualifier")] = plain(Decimal(value)), read.qualifier
    row[header.index("value_end")] = plain(Decimal(read.value_max or 0)) if read.qualifier == "range" else ""
    at = list(numerals).index(row[header.index("numeral")])
    return copy.put("figures", [header, *rows]).put_cell("numerals", at, "printed", new)


def altered_and_sealed(rng: Random, copy: Copy) -> Copy | None:
    """Change ledger and figure together and renew the seal, as `check --sources --seal` never would."""
    changed = altered_together(rng, copy)
    if changed is None or "ledger" not in copy.descriptor(copy.bulletin)["bulletin"]:
        return None
    return resealed(changed)


def resealed(copy: Copy) -> Copy:
    """Give a copy the seal that fits it."""
    from mutation.judge import package_of  # noqa: PLC0415  # the judge needs a copy

    found = receipt(package_of(copy))
    return copy.put_descriptor(copy.bulletin, lambda described: described["bulletin"].update(ledger=found))


def set_aside(rng: Random, copy: Copy) -> Copy | None:
    """Hide a figure: drop its row and set its numeral aside with a reason."""
    header, *rows = copy.rows("figures")
    named = {
        part
        for column in ("terms", "result")
        for cell in copy.column("relations", column)
        for part in cell.split()
    }
    free = [row for row in rows if row[0] not in named | {*copy.column("corrections", "figure")}]
    if not free:
        return None
    gone = rng.choice(free)
    at = copy.column("numerals", "numeral").index(gone[header.index("numeral")]) + 1
    hidden = copy.put("figures", [header, *(row for row in rows if row is not gone)])
    for column, value in (("kind", "other"), ("reason_zh", "不是数据"), ("reason_en", "Not a figure")):
        hidden = hidden.put_cell("numerals", at, column, value)
    return hidden
