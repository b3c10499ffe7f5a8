"""Takes the tables of a drafted bulletin and gives the workbook in which an editor finishes it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter  # type: ignore[import-untyped]

from kuaibao.errors import LANGUAGES, UsageError
from kuaibao.export.archive import repacked
from kuaibao.export.cells import defused
from kuaibao.export.problems import EXCEL_CELL, NOT_TEXT
from kuaibao.model import OPEN_LISTS
from kuaibao.workbook.cells import number_of, shown
from kuaibao.workbook.layout import (
    FACTS,
    OPTIONS,
    SHEETS,
    fact_column,
    fact_columns,
    key_of,
    option,
    phrase,
    shown_columns,
)
from kuaibao.workbook.style import (
    ADDITIONS,
    STEPS,
    Book,
    added_entry,
    finish,
    fit,
    headings,
    lines_of,
    printed,
    style_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from kuaibao.workbook.layout import Column

    Extras = Mapping[str, Sequence[str]]  # by column

# The tables whose rows other tables name, with the column that labels them.
LABELS = dict.fromkeys(("indicators", "measures", *OPEN_LISTS), "label_zh")
OWN = {**LABELS, "sections": "title_zh"}
CREATED = datetime(1980, 1, 1, tzinfo=UTC)


def write(
    tables: Mapping[str, pd.DataFrame],
    *,
    context: Mapping[str, Mapping[str, str]],
    choices: Mapping[str, Sequence[tuple[str, str]]],
    facts: Sequence[tuple[str, str, str]],
) -> bytes:
    """Write the workbook: the facts, a sheet a table, and the lists of the drop-downs.

    `tables` are frames of text by name, `context` gives for rows of a table the sentence in which
    their numeral stands, `choices` the (code, label) pairs of a list, to which the rows of the tables
    themselves are added, `facts` (key, value, how to fill it in). Raises UsageError where a text is
    longer than a cell holds, or is no text.
    """
    buffer = BytesIO()
    labels = _lists(tables, choices)
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED})
        book = Book(workbook, labels, {name: len(tables[name]) for name in OPEN_LISTS if name in tables})
        _facts(book, facts)
        for name in SHEETS:
            if name in tables:
                _table(book, name, tables[name], _extras(name, tables, context))
        _options(book)
    return repacked(buffer.getvalue())


def _lists(
    tables: Mapping[str, pd.DataFrame], choices: Mapping[str, Sequence[tuple[str, str]]]
) -> dict[str, dict[str, str]]:
    """Give the entry of each code, by list."""
    pairs = {name: dict(given) for name, given in choices.items()}
    for name, label in OWN.items():
        if name in tables:
            own = zip(tables[name][key_of(name)], tables[name][label], strict=True)
            pairs[name] = dict(own) | pairs.get(name, {})
    lists = {
        name: {key: option(key, label) for key, label in found.items() if key}
        for name, found in pairs.items()
    }
    return {name: entries for name, entries in lists.items() if entries}


def _extras(
    name: str, tables: Mapping[str, pd.DataFrame], context: Mapping[str, Mapping[str, str]]
) -> dict[str, list[str]]:
    """Give what the extra columns of a sheet show, row by row."""
    keys = tables[name][key_of(name)]
    found: dict[str, list[str]] = {}
    if name == "figures" and "numerals" in tables:
        ledger = tables["numerals"]
        slices = dict(zip(ledger["numeral"], ledger["printed"], strict=True))
        found["printed"] = [slices.get(numeral, "") for numeral in tables[name]["numeral"]]
    if name in context:
        found["sentence"] = [context[name].get(key, "") for key in keys]
    return found


def _table(book: Book, name: str, frame: pd.DataFrame, extras: Extras) -> None:
    sheet = book.workbook.add_worksheet(name)
    columns = shown_columns(name, extras)
    headings(book, sheet, 0, columns)
    lines = [0] * (len(frame) + 1)
    for position, column in enumerate(columns):
        texts = extras[column.name] if column.extra else frame[column.name]
        for number, text in enumerate(texts, start=1):
            lines[number] = max(lines[number], _cell(book, sheet, (number, position), text, column))
    for number, count in enumerate(lines):
        fit(sheet, number, count)
    finish(book, sheet, columns, rows=len(frame), frozen=2 if "printed" in extras else 1)


def _facts(book: Book, facts: Sequence[tuple[str, str, str]]) -> None:
    sheet = book.workbook.add_worksheet(FACTS)
    for number, step in enumerate(_steps()):
        sheet.write_string(number, 0, step, book.formats["step"])
    head, columns = 2 * STEPS, fact_columns()
    headings(book, sheet, head, columns)
    for number, fact in enumerate(facts, start=head + 1):
        value = fact_column(fact[0])
        described = (columns[0], value, columns[2])
        for position, (text, column) in enumerate(zip(fact, described, strict=True)):
            _cell(book, sheet, (number, position), text, column)
        book.drop_down(sheet, (number, 1, number, 1), value)
    book.mark_to_do(sheet, (head + 1, 1, head + len(facts) + 1, 1))
    printed(sheet)


def _steps() -> list[str]:
    """List the five steps in Chinese, then in English."""
    return [phrase(f"step-{number}", language) for language in LANGUAGES for number in range(1, STEPS + 1)]


def _options(book: Book) -> None:
    """Write the lists; one to which rows can be added shows those below the proposed ones as they come."""
    sheet = book.workbook.add_worksheet(OPTIONS)
    for position, (name, entries) in enumerate(book.lists.items()):
        sheet.write_string(0, position, name, book.formats["heading"])
        for number, entry in enumerate(entries.values(), start=1):
            sheet.write_string(number, position, _fitting(defused(entry)), book.formats["text"])
        for spare in range(1, ADDITIONS + 1) if name in book.proposed else ():
            formula = added_entry(name, book.proposed[name] + spare)
            sheet.write_formula(len(entries) + spare, position, formula, book.formats["long"], "")
    sheet.set_column(0, max(len(book.lists) - 1, 0), 28)
    sheet.freeze_panes(1, 0)


def _cell(book: Book, sheet: Worksheet, place: tuple[int, int], text: str, column: Column) -> int:
    """Write a cell; give the number of lines that it fills."""
    labels = book.lists.get(column.options, {})
    value = number_of(text) if column.number and text not in labels else None
    written = _fitting(shown(text, column, labels))
    style = book.formats[style_of(column, written)]
    if value is not None:
        sheet.write_number(*place, value, style)
    elif written:
        sheet.write_string(*place, written, style)
    else:
        sheet.write_blank(*place, None, style)
    return lines_of(written, column)


def _fitting(text: str) -> str:
    """Return a text that a cell holds; raise UsageError where it does not."""
    if NOT_TEXT.search(text) or len(text.encode("utf-16-le")) // 2 > EXCEL_CELL:
        raise _unfit(text[:20])
    return text


def _unfit(start: str) -> UsageError:
    return UsageError(
        f"“{start}…”写不进工作簿：超过 {EXCEL_CELL} 个字符，或有不是文字的字符；请先在 CSV 中改好",
        f'the text that begins "{start}" does not go into a workbook: it has more than {EXCEL_CELL} '
        "characters, or some that are no text; mend it in the CSV first",
    )
