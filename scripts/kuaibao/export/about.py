"""Takes a dataset and gives what is written about it: entries, data dictionary, readme, licence note."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kuaibao.errors import LANGUAGES
from kuaibao.export.wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.errors import Language
    from kuaibao.export.dataset import Dataset, Table

DICTIONARY = (
    *("table", "column", "type", "key", "codelist", "unit"),
    *("title_zh", "title_en", "description_zh", "description_en"),
)


class Entry(NamedTuple):
    """A labelled statement about a dataset, in both languages."""

    label: Mapping[Language, str]
    text: Mapping[Language, str]


def about(dataset: Dataset) -> list[Entry]:
    """List title, contents, notice, source, licence, citation, version, address and how to read the data."""
    entries = [
        _entry("title", zh=dataset.title_zh, en=dataset.title_en),
        _entry("description", zh=dataset.description_zh, en=dataset.description_en),
        statement("unofficial"),
        *(_entry("source", zh=source, en=source) for source in dataset.sources),
        statement("licence", **dataset.licence._asdict()),
        _entry("citation", zh=dataset.citation_zh, en=dataset.citation_en),
        statement("version", version=dataset.version, created=dataset.created),
        _entry("url", zh=dataset.url, en=dataset.url),
        statement("missing"),
    ]
    return [*entries, statement("hedges")] if _hedged(dataset) else entries


def statement(key: str, **values: object) -> Entry:
    """Give a statement of the catalogue with its label."""
    return _entry(key, **{language: say(key, language, **values) for language in LANGUAGES})


def dictionary(dataset: Dataset) -> list[tuple[str, ...]]:
    """List every column of every table, as rows of DICTIONARY."""
    return [
        (table.name, *_column(field, key))
        for table in dataset.tables
        for field, key in zip(table.fields, _keys(table), strict=True)
    ]


def readme(dataset: Dataset) -> str:
    """Write the readme of the archive, Chinese first."""
    entries = [*about(dataset), statement("contents"), statement("excel", name=dataset.name)]
    parts = ["\n\n".join(f"{e.label[lang]}\n{e.text[lang]}" for e in entries) for lang in LANGUAGES]
    return f"\n\n{'=' * 40}\n\n".join(parts) + "\n"


def licence_note(dataset: Dataset) -> str:
    """Write the licence note of the archive, Chinese first."""
    entry = statement("licence", **dataset.licence._asdict())
    return "".join(
        f"{entry.text[language]}\n{citation}\n\n"
        for language, citation in zip(LANGUAGES, (dataset.citation_zh, dataset.citation_en), strict=True)
    )


def _entry(key: str, **text: str) -> Entry:
    label: dict[Language, str] = {language: say(f"label-{key}", language) for language in LANGUAGES}
    return Entry(label, {language: text[language] for language in LANGUAGES})


def _hedged(dataset: Dataset) -> bool:
    return any("qualifier" in table.columns for table in dataset.tables)


def _column(field: Mapping[str, str], key: str) -> tuple[str, ...]:
    words = ("title", "title_en", "description", "description_en")
    return (
        *(field["name"], field["type"], key),
        *(field.get(name, "") for name in ("codelist", "unit", *words)),
    )


def _keys(table: Table) -> list[str]:
    """Say for each column whether it is a primary key or refers to another table."""
    referring = {
        column: f"{key.table}.{other}"
        for key in table.foreign_keys
        for column, other in zip(key.columns, key.keys, strict=True)
    }
    return ["primary" if name in table.primary_key else referring.get(name, "") for name in table.columns]
