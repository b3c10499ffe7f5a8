"""Takes a copy and changes the form of its files: headers, encodings, bytes, and what says nothing."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from kuaibao.model import BULLETIN, CODELISTS
from mutation.cells import ORDERED, rewritten

if TYPE_CHECKING:
    from random import Random

    from mutation.copy import Copy

TABLES = (*BULLETIN, *CODELISTS)
INVISIBLE = ("\u200b", "\ufeff", "\u202e", "\u00ad", " ", "\u2028")


def column_renamed(rng: Random, copy: Copy) -> Copy:
    """Give a column another name."""
    table = rng.choice(TABLES)
    rows = copy.rows(table)
    at = rng.randrange(len(rows[0]))
    rows[0][at] = rng.choice((rows[0][at].upper(), rows[0][at] + "s", "", rows[0][at][:-1]))
    return copy.put(table, rows)


def headers_exchanged(rng: Random, copy: Copy) -> Copy:
    """Exchange the names of two columns and leave the cells."""
    table = rng.choice(TABLES)
    rows = copy.rows(table)
    one, other = rng.sample(range(len(rows[0])), 2)
    rows[0][one], rows[0][other] = rows[0][other], rows[0][one]
    return copy.put(table, rows)


def column_dropped(rng: Random, copy: Copy) -> Copy:
    """Leave a column out."""
    table = rng.choice(TABLES)
    rows = copy.rows(table)
    at = rng.randrange(len(rows[0]))
    return copy.put(table, [row[:at] + row[at + 1 :] for row in rows])


def encoding_changed(rng: Random, copy: Copy) -> Copy | None:
    """Save a file as Excel or an old editor does."""
    table = rng.choice((*TABLES, copy.bulletin, "codelists"))
    text, encoding = (
        copy.files[copy.path(table)].decode("utf-8"),
        rng.choice(("gb18030", "utf-16", "utf-8-sig")),
    )
    return None if text.isascii() and encoding == "gb18030" else copy.put_bytes(table, text.encode(encoding))


def cut_short(rng: Random, copy: Copy) -> Copy:
    """Lose the end of a file, as when a disk was full."""
    table = rng.choice((*TABLES, copy.bulletin, "codelists"))
    content = copy.files[copy.path(table)]
    return copy.put_bytes(table, content[: rng.randrange(len(content) - 1)])


def byte_changed(rng: Random, copy: Copy) -> Copy | None:
    """Change a byte that is a digit or a letter into another."""
    table = rng.choice(TABLES)
    content = bytearray(copy.files[copy.path(table)])
    at = rng.randrange(len(content))
    if not chr(content[at]).isalnum() or content[at] > 127:  # a byte of a Chinese character
        return None
    content[at] = ord(rng.choice("0123456789abcdefghijklmnopqrstuvwxyz".replace(chr(content[at]), "")))
    return copy.put_bytes(table, bytes(content))


def invisible_added(rng: Random, copy: Copy) -> Copy | None:
    """Add a character that nobody sees to a cell."""
    table = rng.choice([table for table in TABLES if len(copy.rows(table)) > 1])
    column, mark = rng.choice(copy.rows(table)[0]), rng.choice(INVISIBLE)
    return rewritten(
        rng, copy, table, column, lambda value: rng.choice((value + mark, mark + value)) if value else None
    )


def rows_shuffled(rng: Random, copy: Copy) -> Copy | None:
    """Put the rows of a table that has no order into another one."""
    table = rng.choice([table for table in TABLES if table not in ORDERED])
    header, *rows = copy.rows(table)
    mixed = rng.sample(rows, len(rows))
    return copy.put(table, [header, *mixed]) if mixed != rows else None


def windows_ends(rng: Random, copy: Copy) -> Copy:
    """End the lines as Windows does."""
    table = rng.choice(TABLES)
    return copy.put_bytes(table, copy.files[copy.path(table)].replace(b"\n", b"\r\n"))


def all_quoted(rng: Random, copy: Copy) -> Copy:
    """Put every cell in quotes."""
    table = rng.choice(TABLES)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(copy.rows(table))
    return copy.put_bytes(table, text.getvalue().encode("utf-8"))


def no_last_end(rng: Random, copy: Copy) -> Copy:
    """Leave out the line end of the last line."""
    table = rng.choice(TABLES)
    return copy.put_bytes(table, copy.files[copy.path(table)].removesuffix(b"\n"))


def descriptor_respaced(rng: Random, copy: Copy) -> Copy:
    """Write a descriptor with other blanks, another order and other escapes."""
    package = rng.choice((copy.bulletin, "codelists"))
    found = copy.descriptor(package)
    mixed = {key: found[key] for key in rng.sample(sorted(found), len(found))}
    return copy.put_bytes(package, json.dumps(mixed, ensure_ascii=rng.random() < 0.5).encode())
