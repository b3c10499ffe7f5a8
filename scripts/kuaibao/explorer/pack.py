"""Takes rows of figures and gives them as JSON by column: words that repeat stand once, rows come in parts.

index.json holds the number of rows, the columns of the published table, and the vocabularies: entries that
many rows share, each with the columns that it settles; columns in one language are in labels.<language>.json.
rows.<n>.json holds what is shown and searched, with the number of an entry for each vocabulary;
rest.<n>.json what only a download needs. Addresses are patterns over other columns.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from kuaibao.errors import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kuaibao.model import Row

    Vocabularies: TypeAlias = dict[str, dict[tuple[str, ...], int]]

FIRST, OTHERS = 200, 10_000  # rows in the first part, which a page waits for, and in each other
# The columns that an entry of a vocabulary settles, its code first.
VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    "section": (
        *("bulletin", "section", "issued", "section_zh", "section_en"),
        *("bulletin_name_zh", "bulletin_name_en"),
    ),
    "topic": ("topic", "topic_zh", "topic_en"),
    "indicator": ("indicator", "topic", "indicator_zh", "indicator_en"),
    "area": ("area", "area_zh", "area_en"),
    "period": ("period", "period_basis", "when_zh", "when_en", "years"),
    "unit": ("unit", "unit_zh", "unit_en"),
    "qualifier": ("qualifier", "qualifier_zh", "qualifier_en"),
}
SHOWN = (
    *("figure", "text_zh", "text_en", "value", "value_min", "value_max", "printed"),
    *("measure", "measure_zh", "measure_en"),
)
ADDRESSES = {
    "url_zh": "{}bulletins/{{bulletin}}/data/#{{figure}}",
    "url_en": "{}en/bulletins/{{bulletin}}/data/#{{figure}}",
}
SETTLED = {column for columns in VOCABULARIES.values() for column in columns}


def packed(rows: Sequence[Row], columns: Sequence[tuple[str, str]], site_url: str) -> dict[str, bytes]:
    """Write the files of the data, name -> JSON; `columns` are (name, type) of the published table."""
    sizes = list(_sizes(len(rows)))
    vocabularies = {name: _entries(name, rows) for name in VOCABULARIES}
    addresses = {name: pattern.format(site_url) for name, pattern in ADDRESSES.items()}
    index = {"count": len(rows), "parts": sizes, "columns": columns, "addresses": addresses}
    index["vocabularies"] = {name: _shared(name, vocabularies[name], rows) for name in VOCABULARIES}
    found: dict[str, object] = {"index": index}
    for language in LANGUAGES:
        found[f"labels.{language}"] = {
            name: _columns(name, vocabularies[name], f"_{language}") for name in VOCABULARIES
        }
    rest = [name for name, _ in columns if name not in {*SETTLED, *SHOWN, *ADDRESSES}]
    for number, part in enumerate(_parts(rows, sizes)):
        found[f"rows.{number}"] = _numbers(part, vocabularies) | {name: _column(name, part) for name in SHOWN}
        found[f"rest.{number}"] = {name: _column(name, part) for name in rest}
    return {f"{name}.json": _json(content) for name, content in found.items()}


def _sizes(count: int) -> Iterator[int]:
    """Give the number of rows of each part."""
    yield min(count, FIRST)
    for start in range(FIRST, count, OTHERS):
        yield min(count - start, OTHERS)


def _parts(rows: Sequence[Row], sizes: Iterable[int]) -> Iterator[Sequence[Row]]:
    start = 0
    for size in sizes:
        yield rows[start : start + size]
        start += size


def _entry(name: str, row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in VOCABULARIES[name])


def _entries(name: str, rows: Iterable[Row]) -> dict[tuple[str, ...], int]:
    """Give each distinct entry of a vocabulary its number, in the order of their first row."""
    found = dict.fromkeys(_entry(name, row) for row in rows)
    return {entry: number for number, entry in enumerate(found)}


def _shared(name: str, entries: Mapping[tuple[str, ...], int], rows: Sequence[Row]) -> dict[str, Any]:
    """Give the columns of a vocabulary that hold for every language, and how many rows have each entry."""
    counts = [0] * len(entries)
    for row in rows:
        counts[entries[_entry(name, row)]] += 1
    return {"columns": _columns(name, entries, ""), "counts": counts}


def _columns(name: str, entries: Iterable[tuple[str, ...]], ending: str) -> dict[str, list[str]]:
    """Give the columns of a vocabulary in one language (`_zh`), or those in none."""
    chosen = [
        (place, column)
        for place, column in enumerate(VOCABULARIES[name])
        if (column[-3:] == ending if ending else column[-3:] not in {f"_{each}" for each in LANGUAGES})
    ]
    return {column: [entry[place] for entry in entries] for place, column in chosen}


def _numbers(rows: Sequence[Row], vocabularies: Vocabularies) -> dict[str, object]:
    return {name: [entries[_entry(name, row)] for row in rows] for name, entries in vocabularies.items()}


def _column(name: str, rows: Sequence[Row]) -> object:
    """Write a column as a list, or, where words repeat, as the words and the number of each row's word."""
    texts = [row[name] for row in rows]
    words = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    if len(words) > len(texts) // 2:
        return texts
    return {"words": list(words), "rows": [words[text] for text in texts]}


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
