"""Takes the changes between two versions and gives them as text, JSON, HTML or a Markdown comment."""

from __future__ import annotations

import json
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from kuaibao.errors import LANGUAGES
from kuaibao.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kuaibao.errors import Language
    from kuaibao.model import Version
    from kuaibao.versions.compare import Cell, Change, Titles

_SIGNS = {"added": "+", "removed": "−", "changed": "~"}
_KINDS = {"added": "diff_added", "removed": "diff_removed", "changed": "diff_changed"}
_LANG = {"zh": "zh-Hans", "en": "en"}
_HEAD = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.6 system-ui, sans-serif; margin: 1rem }}
h1 {{ font-size: 1.25rem }}
div {{ overflow-x: auto }}
table {{ border-collapse: collapse; margin-block: 1rem }}
caption {{ font-weight: bold; text-align: start }}
th, td {{ border: 1px solid; padding: .25rem .5rem; text-align: start; vertical-align: top }}
</style>
</head>
<body>"""
_ESCAPED = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]<>()#+-.!|~&@:"}


def report(changes: Sequence[Change], form: str, language: Language) -> str:
    """Write the changes in one of FORMS; every form ends with a line break and holds every cell."""
    return FORMS[form](changes, language)


def difference_name(old: Version) -> str:
    """Name the file, among those of a newer version, that holds what differs from an old one."""
    return f"changes-from-{old.number}.json"


def _text(changes: Sequence[Change], language: Language) -> str:
    lines = [say("diff_count", language, **counts(changes))] if changes else [say("diff_same", language)]
    for change in changes:
        lines.append(f"{_SIGNS[change.kind]} {change.table} {change.key}")
        lines += [
            f"    {_title(cell.titles, language)}{say('colon', language)}{_passage(change, cell)}"
            for cell in change.cells
        ]
    return "\n".join(lines) + "\n"


def _json(changes: Sequence[Change], _language: Language) -> str:
    rows = [
        {
            "table": change.table,
            "key": change.key,
            "change": change.kind,
            "cells": [{"column": cell.column, "old": cell.old, "new": cell.new} for cell in change.cells],
        }
        for change in changes
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _markdown(changes: Sequence[Change], language: Language) -> str:
    if not changes:
        return say("diff_same", language) + "\n"
    parts = [say("diff_count", language, **counts(changes))]
    for (_, titles), group in groupby(changes, key=lambda change: (change.table, change.titles)):
        head = "| " + " | ".join(_head(language)) + " |\n| --- | --- | --- | --- | --- |"
        rows = ("| " + " | ".join(map(_inert, cells)) + " |" for cells in _table(group, language))
        parts.append(f"**{_inert(_title(titles, language))}**\n\n" + "\n".join((head, *rows)))
    return "\n\n".join(parts) + "\n"


def _html(changes: Sequence[Change], language: Language) -> str:
    """Write a page of its own: a sentence, and a table for each table that differs."""
    said = say("diff_count", language, **counts(changes)) if changes else say("diff_same", language)
    parts = [_HEAD.format(language=_LANG[language], title=escape(said)), f"<h1>{escape(said)}</h1>"]
    for (_, titles), group in groupby(changes, key=lambda change: (change.table, change.titles)):
        head = "".join(f'<th scope="col">{escape(word)}</th>' for word in _head(language))
        rows = "".join(_html_row(cells) for cells in _table(group, language))
        title = escape(_title(titles, language))
        parts.append(
            f'<div role="region" tabindex="0" aria-label="{title}"><table>'
            f"<caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )
    return "\n".join((*parts, "</body>", "</html>")) + "\n"


def _html_row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _table(changes: Iterator[Change], language: Language) -> Iterator[tuple[str, str, str, str, str]]:
    """Give one row a cell: what happened to its row, the key, the column, the text before and after."""
    for change in changes:
        kind = say(_KINDS[change.kind], language)
        for cell in change.cells:
            yield kind, change.key, _title(cell.titles, language), cell.old, cell.new


def _head(language: Language) -> list[str]:
    return [say(key, language) for key in ("diff_change", "diff_key", "diff_column", "diff_old", "diff_new")]


def counts(changes: Sequence[Change]) -> dict[str, int]:
    """Count the rows that were added, removed and changed, and the cells that differ."""
    return {
        **{kind: sum(change.kind == kind for change in changes) for kind in _SIGNS},
        "cells": sum(len(change.cells) for change in changes),
    }


def _title(titles: Titles, language: Language) -> str:
    return titles[LANGUAGES.index(language)]


def _passage(change: Change, cell: Cell) -> str:
    """Write what a cell was and is, as JSON strings, so that blanks and line breaks show."""
    texts = {"added": (cell.new,), "removed": (cell.old,), "changed": (cell.old, cell.new)}[change.kind]
    return " → ".join(json.dumps(text, ensure_ascii=False) for text in texts)


def _inert(text: str) -> str:
    """Escape text so that Markdown shows it as typed and calls nobody."""
    return text.translate(_ESCAPED).replace("\n", "<br>")


FORMS: Mapping[str, Callable[[Sequence[Change], Language], str]] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "markdown": _markdown,
}
