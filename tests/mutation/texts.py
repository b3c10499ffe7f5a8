"""Takes a copy and changes words of its tables, and what its descriptors say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kuaibao.model import BULLETIN, CODELISTS
from mutation.cells import rewritten, with_digit

if TYPE_CHECKING:
    from random import Random

    from mutation.copy import Copy

LANGUAGES = ("zh", "en")


def _worded(rng: Random, copy: Copy) -> tuple[str, str]:
    """Choose a table and the stem of a pair of its columns, such as label."""
    pairs = [
        (table, name.removesuffix("_zh"))
        for table in (*BULLETIN, *CODELISTS)
        if len(copy.rows(table)) > 1
        for name in copy.rows(table)[0]
        if name.endswith("_zh") and f"{name[:-3]}_en" in copy.rows(table)[0]
    ]
    return rng.choice(pairs)


def label_emptied(rng: Random, copy: Copy) -> Copy | None:
    """Empty the words in one language."""
    table, stem = _worded(rng, copy)
    return rewritten(rng, copy, table, f"{stem}_{rng.choice(LANGUAGES)}", lambda _: "")


def pair_emptied(rng: Random, copy: Copy) -> Copy | None:
    """Empty the words in both languages."""
    table, stem = _worded(rng, copy)
    header, *rows = copy.rows(table)
    both = [header.index(f"{stem}_{language}") for language in LANGUAGES]
    row = rng.choice([row for row in rows if any(row[at] for at in both)] or [None])
    if row is None:
        return None
    for at in both:
        row[at] = ""
    return copy.put(table, [header, *rows])


def words_exchanged(rng: Random, copy: Copy) -> Copy | None:
    """Exchange the words of two rows."""
    table, stem = _worded(rng, copy)
    header, *rows = copy.rows(table)
    at = header.index(f"{stem}_{rng.choice(LANGUAGES)}")
    filled = [row for row in rows if row[at]]
    if len({row[at] for row in filled}) < 2:
        return None
    one, other = rng.sample(filled, 2)
    if one[at] == other[at]:
        return None
    one[at], other[at] = other[at], one[at]
    return copy.put(table, [header, *rows])


def number_typed(rng: Random, copy: Copy) -> Copy | None:
    """Type a number into words that should have none."""
    table, stem = _worded(rng, copy)
    if stem == "reason":
        return None
    number = str(rng.randrange(2, 9999))
    return rewritten(
        rng,
        copy,
        table,
        f"{stem}_{rng.choice(LANGUAGES)}",
        lambda value: f"{value} {number}" if value else None,
    )


def languages_exchanged(rng: Random, copy: Copy) -> Copy | None:
    """Write Chinese in the English column and English in the Chinese one."""
    table, stem = _worded(rng, copy)
    header, *rows = copy.rows(table)
    zh, en = (header.index(f"{stem}_{language}") for language in LANGUAGES)
    words = [row for row in rows if row[zh] != row[en] and row[zh]]
    if not words:
        return None
    row = rng.choice(words)
    row[zh], row[en] = row[en], row[zh]
    return copy.put(table, [header, *rows])


def _either(rng: Random, copy: Copy) -> str:
    return rng.choice((copy.bulletin, "codelists"))


def described_otherwise(rng: Random, copy: Copy) -> Copy:
    """Change a text of a descriptor, or of its account of the bulletin."""
    package = _either(rng, copy)

    def change(found: dict[str, Any]) -> None:
        texts = [(found, key) for key, value in found.items() if isinstance(value, str)]
        account = found.get("bulletin", {})
        texts += [(account, key) for key, value in account.items() if isinstance(value, str)]
        texts += [(entry, key) for part in ("licenses", "sources") for entry in found[part] for key in entry]
        at, key = rng.choice(texts)
        at[key] = with_digit(rng, at[key]) or f"{at[key]}x"

    return copy.put_descriptor(package, change)


def date_changed(rng: Random, copy: Copy) -> Copy:
    """Give a bulletin another date of issue."""

    def change(found: dict[str, Any]) -> None:
        issued = date.fromisoformat(found["bulletin"]["date"])
        found["bulletin"]["date"] = str(issued + timedelta(days=rng.choice((-365, -30, -1, 1, 30, 365))))

    return copy.put_descriptor(copy.bulletin, change)


def hash_changed(rng: Random, copy: Copy) -> Copy:
    """Change a digit of the hash of the text, or of the ledger's seal."""

    def change(found: dict[str, Any]) -> None:
        account = found["bulletin"]
        at, key = rng.choice([(account, "text_sha256"), (account.get("ledger", account), "sha256")])
        key = key if key in at else "text_sha256"
        at[key] = with_digit(rng, at[key])

    return copy.put_descriptor(copy.bulletin, change)


def entry_dropped(rng: Random, copy: Copy) -> Copy:
    """Leave an entry out of a descriptor."""
    package = _either(rng, copy)

    def change(found: dict[str, Any]) -> None:
        account = found.get("bulletin")
        at = rng.choice([found, *([account] if account else [])])
        del at[rng.choice(sorted(at))]

    return copy.put_descriptor(package, change)


def schema_changed(rng: Random, copy: Copy) -> Copy:
    """Change a type, a constraint or a key in the schema of a table."""
    package = _either(rng, copy)

    def change(found: dict[str, Any]) -> None:
        resource = rng.choice(found["resources"])
        field = rng.choice(resource["schema"]["fields"])
        choice = rng.randrange(3)
        if choice == 0:
            field["type"] = "any"
        elif choice == 1:
            field["constraints"] = {"required": not field.get("constraints", {}).get("required")}
        else:
            resource["schema"]["primaryKey"] = [field["name"], "x"]

    return copy.put_descriptor(package, change)
