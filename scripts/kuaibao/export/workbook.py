"""Takes a dataset and gives it as an Excel workbook: the tables with read-me, sources and dictionary."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import xlsxwriter  # type: ignore[import-untyped]

from kuaibao.export.about import DICTIONARY, about, dictionary, statement
from kuaibao.export.archive import repacked
from kuaibao.export.cells import Value, defused, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format as CellFormat  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from kuaibao.export.about import Entry
    from kuaibao.export.dataset import Dataset, Table

README, DICTIONARY_SHEET = "说明 Read me", "字典 Dictionary"
SHEETS = {"bulletins": "来源 Sources"}  # sheets that are not named after their table
NARROWEST, WIDEST = 8, 60
PRINTED = 200  # characters that are read on a page
LINE, MOST_LINES = 15, 27  # height of a line in points; a row can have 409 points
FIRST_DATE = date(1900, 3, 1)  # Excel takes 1900 for a leap year
LONGEST_AS_TEXT = 255  # older Excel shows longer cells of the format @ as ####
FORMATS: Mapping[str, Mapping[str, Any]] = {
    "heading": {"bold": True, "bg_color": "#E7EEF2", "bottom": 1, "valign": "top", "num_format": "@"},
    "label": {"bold": True, "valign": "top", "text_wrap": True},
    "text": {"valign": "top", "text_wrap": True, "num_format": "@"},
    "long": {"valign": "top", "text_wrap": True},
    "count": {"valign": "top", "num_format": "#,##0"},
    "plain": {"valign": "top"},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd"},
}


def xlsx_bytes(dataset: Dataset) -> bytes:
    """Write the workbook; text that a spreadsheet might evaluate is defused (see cells.defused).

    The main table comes first, as a journalist and `pandas.read_excel` expect; what explains it follows.
    """
    main, *others = dataset.tables
    sources = [table for table in others if table.name in SHEETS]
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties(_properties(dataset))
        formats = {name: book.add_format(dict(style)) for name, style in FORMATS.items()}
        _table_sheet(book, formats, main)
        _readme_sheet(book, formats, dataset)
        for table in sources:
            _table_sheet(book, formats, table)
        if not sources:
            titles = [(title,) for title in dataset.sources]
            _plain_sheet(book, formats, SHEETS["bulletins"], ("title",), titles)
        _plain_sheet(book, formats, DICTIONARY_SHEET, DICTIONARY, dictionary(dataset))
        for table in others:
            if table.name not in SHEETS:
                _table_sheet(book, formats, table)
    return repacked(buffer.getvalue())


def _properties(dataset: Dataset) -> dict[str, Any]:
    created = datetime.combine(date.fromisoformat(dataset.created), datetime.min.time(), UTC)
    return {
        "title": dataset.title_zh,
        "subject": dataset.title_en,
        "comments": f"{dataset.citation_zh}\n{dataset.citation_en}\n{dataset.licence.path}",
        "created": created,
    }


def sheet_name(table: Table) -> str:
    """Name the sheet of a table."""
    return SHEETS.get(table.name, table.name)


def _readme_sheet(book: Workbook, formats: Mapping[str, CellFormat], dataset: Dataset) -> None:
    sheet = book.add_worksheet(README)
    widths = (24, 70, 70)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, entry in enumerate(_entries(dataset)):
        _write(sheet, (row, 0), " ".join(entry.label.values()), formats["label"])
        for column, text in enumerate(entry.text.values(), start=1):
            _write(sheet, (row, column), text, formats["long"])
        _heighten(
            sheet, row, max(map(_lines, (" ".join(entry.label.values()), *entry.text.values()), widths))
        )
    _printed(sheet)


def _entries(dataset: Dataset) -> list[Entry]:
    return [
        *about(dataset),
        statement("headings"),
        statement("defused"),
        *(statement("tables", **_sizes(table)) for table in dataset.tables),
    ]


def _sizes(table: Table) -> dict[str, object]:
    return {
        "name": sheet_name(table),
        "title_zh": table.title_zh,
        "title_en": table.title_en,
        "rows": len(table.rows),
    }


def _table_sheet(book: Workbook, formats: Mapping[str, CellFormat], table: Table) -> None:
    sheet = book.add_worksheet(sheet_name(table))
    for position, field in enumerate(table.fields):
        _write(sheet, (0, position), field["name"], _heading(book, field.get("title", "")))
    values = list(rows(table))
    _fill(sheet, formats, [field["type"] for field in table.fields], values)
    shown = [f"{field.get('title', '')} {field['name']}" for field in table.fields]
    _finish(sheet, [shown, *values])


def _heading(book: Workbook, title: str) -> CellFormat:
    """Show the Chinese title before the column's name, while the cell holds the name alone."""
    shown = title.replace('"', "”")[:80]
    return book.add_format({**FORMATS["heading"], "num_format": f'"{shown} "@' if shown else "@"})


def _plain_sheet(
    book: Workbook,
    formats: Mapping[str, CellFormat],
    name: str,
    columns: Sequence[str],
    texts: Sequence[tuple[str, ...]],
) -> None:
    """Write a sheet of text that is no table of the dataset."""
    sheet = book.add_worksheet(name)
    for position, column in enumerate(columns):
        _write(sheet, (0, position), column, formats["heading"])
    _fill(sheet, formats, ["string"] * len(columns), texts)
    _finish(sheet, [columns, *texts])


def _fill(
    sheet: Worksheet,
    formats: Mapping[str, CellFormat],
    kinds: Sequence[str],
    values: Sequence[Sequence[Value]],
) -> None:
    for row, cells in enumerate(values, start=1):
        for column, (value, kind) in enumerate(zip(cells, kinds, strict=True)):
            _cell(sheet, (row, column), value, formats[_style(value, kind)])


def _style(value: Value, kind: str) -> str:
    match value:
        case str():
            return "text" if len(value) < LONGEST_AS_TEXT else "long"
        case date():
            return "date"
        case int() if kind == "number":
            return "count"
        case _:
            return "plain"


def _cell(sheet: Worksheet, place: tuple[int, int], value: Value, style: CellFormat) -> None:
    match value:
        case None | "":
            return
        case date() if value >= FIRST_DATE:
            sheet.write_datetime(*place, value, style)
        case str() | date():
            _write(sheet, place, str(value), style)
        case _:
            sheet.write_number(*place, float(value), style)


def _write(sheet: Worksheet, place: tuple[int, int], text: str, style: CellFormat) -> None:
    sheet.write_string(*place, defused(text), style)


def _finish(sheet: Worksheet, shown: Sequence[Sequence[Value]]) -> None:
    """Freeze the heading, add the filter, fit the columns, and silence "number stored as text"."""
    last_row, last_column = len(shown) - 1, len(shown[0]) - 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, last_column)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
    lines = [1] * len(shown)
    widths = [_width(cells) for cells in zip(*shown, strict=True)]
    for column, (width, cells) in enumerate(zip(widths, zip(*shown, strict=True), strict=True)):
        sheet.set_column(column, column, width)
        if width == WIDEST:
            lines = list(map(max, lines, (_lines(cell, WIDEST) for cell in cells)))
    for row, count in enumerate(lines[1:], start=1):
        _heighten(sheet, row, count)
    sheet.repeat_columns(0)
    _printed(sheet, ceil(sum(widths) / PRINTED))


def _heighten(sheet: Worksheet, row: int, lines: int) -> None:
    """Make room for wrapped text: LibreOffice and WPS do not by themselves."""
    if lines > 1:
        sheet.set_row(row, LINE * min(lines, MOST_LINES))


def _lines(cell: Value, width: int) -> int:
    """Count the lines of a wrapped cell."""
    text = cell if isinstance(cell, str) else ""
    return sum(max(1, ceil(_cells_wide(line) / (width - 2))) for line in text.splitlines()) or 1


def _printed(sheet: Worksheet, pages: int = 1) -> None:
    """Print on A4, over as many pages as the columns need to be read."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(pages, 0)


def _width(cells: Sequence[Value]) -> int:
    """Fit a column to its longest line, in characters; two more for the filter's arrow."""
    lines = (line for cell in set(cells) if cell is not None for line in str(cell).splitlines())
    widest = max((_cells_wide(line[:WIDEST]) for line in lines), default=0)
    return min(max(widest + 2, NARROWEST), WIDEST)


def _cells_wide(text: str) -> int:
    """Count the characters' widths; Chinese characters take two."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
