"""Takes the columns of a sheet and gives it its looks: formats, widths, headings, lists and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from kuaibao.errors import LANGUAGES
from kuaibao.model import PROPOSED
from kuaibao.workbook.layout import OPTIONS, columns, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from kuaibao.workbook.layout import Column

    Area = tuple[int, int, int, int]  # first row and column, last row and column, from 0

STEPS = 5
ADDITIONS = 20  # rows of a sheet of additions that its list shows
SPARE = 200  # rows below the last that have lists and colours too
LONGEST_AS_TEXT = 255  # older Excel shows longer cells of the format @ as ####
LINE, MOST_LINES = 15, 10  # points
GREY = "#F2F2F2"
FORMATS: Mapping[str, Mapping[str, Any]] = {
    "heading": {"bold": True, "bg_color": "#E7EEF2", "bottom": 1, "valign": "top", "text_wrap": True},
    "heading-extra": {"bold": True, "bg_color": "#D9D9D9", "bottom": 1, "valign": "top", "text_wrap": True},
    "step": {"valign": "top"},
    "text": {"valign": "top", "text_wrap": True, "num_format": "@"},
    "long": {"valign": "top", "text_wrap": True},
    "number": {"valign": "top"},
    "extra": {
        "valign": "top",
        "text_wrap": True,
        "bg_color": GREY,
        "font_color": "#595959",
        "border": 1,
        "border_color": "#D9D9D9",
    },
}
TO_DO = {"bg_color": "#FFE0B2", "font_color": "#7A3E00"}  # 7.0:1
WIDTHS = {"key": 18, "sentence": 48, "printed": 14, "value": 44, "explanation": 60, "several": 34}


class Book:
    """A workbook that is being written, with its formats and its lists."""

    def __init__(
        self, workbook: Workbook, lists: Mapping[str, Mapping[str, str]], proposed: Mapping[str, int]
    ) -> None:
        """Add the formats to the workbook.

        `lists` gives the entry of each code, by list; `proposed` the number of rows with which a sheet of
        additions begins.
        """
        self.workbook = workbook
        self.lists = lists
        self.proposed = proposed
        self.formats = {name: workbook.add_format(dict(style)) for name, style in FORMATS.items()}
        self.to_do = workbook.add_format(TO_DO)

    def drop_down(self, sheet: Worksheet, area: Area, column: Column) -> None:
        """Offer the column's list in an area, if there is one; another text is possible after a warning."""
        if not self.lists.get(column.options):
            return
        position = list(self.lists).index(column.options)
        first = _cell(1, position)
        spare = ADDITIONS if column.options in self.proposed else 0
        last = _cell(len(self.lists[column.options]) + spare, position)
        source = f"'{OPTIONS}'!{first}:{last}"
        if spare:  # as long as there are entries: the rest is kept for rows to come
            source = f"OFFSET('{OPTIONS}'!{first},0,0,SUMPRODUCT(--(LEN({source})>0)),1)"
        sheet.data_validation(*area, _validation(f"={source}", column))

    def mark_to_do(self, sheet: Worksheet, area: Area) -> None:
        """Colour the cells of an area that begin with todo, to do or 待办."""
        first = _cell(area[0], area[1], fixed=False)
        start = f"LOWER(LEFT(TRIM({first}),5))"
        formula = f'=OR(LEFT({start},2)="待办",LEFT({start},4)="todo",{start}="to do")'
        sheet.conditional_format(*area, {"type": "formula", "criteria": formula, "format": self.to_do})


def style_of(column: Column, text: str) -> str:
    """Name the format of a cell."""
    if column.extra:
        return "extra"
    if column.number and not column.options:
        return "number"
    return "text" if len(text) < LONGEST_AS_TEXT else "long"


def headings(book: Book, sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    """Write the headings, each with what its column means, and set the widths and formats."""
    sheet.set_row(row, 32)
    for position, column in enumerate(columns):
        style = book.formats["heading-extra" if column.extra else "heading"]
        sheet.write_string(row, position, f"{column.title}\n{column.name}", style)
        note = "\n".join(column.description[language] for language in LANGUAGES)
        sheet.write_comment(row, position, note, {"author": "", "width": 260, "height": 96})
        below = None if column.extra else book.formats[style_of(column, "")]
        sheet.set_column(position, position, width(column), below)


def finish(book: Book, sheet: Worksheet, columns: Sequence[Column], *, rows: int, frozen: int) -> None:
    """Freeze the heading, and add filter, lists and colours, some rows further than the data."""
    last = rows + SPARE
    for position, column in enumerate(columns):
        book.drop_down(sheet, (1, position, last, position), column)
        if not column.extra:
            book.mark_to_do(sheet, (1, position, last, position))
    sheet.freeze_panes(1, frozen)
    sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    sheet.repeat_rows(0)
    printed(sheet)


def printed(sheet: Worksheet) -> None:
    """Print a sheet on A4, as wide as the paper."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def fit(sheet: Worksheet, row: int, lines: int) -> None:
    """Make a row as high as its text; one line is left to the program, which then fits what is typed."""
    if lines > 1:
        sheet.set_row(row, LINE * min(lines, MOST_LINES))


def lines_of(text: str, column: Column) -> int:
    """Count the lines that a text fills in its column; Chinese characters are two wide."""
    wide = (sum(2 if east_asian_width(c) in "WF" else 1 for c in line) for line in text.splitlines())
    return sum(max(1, -(-each // (width(column) - 1))) for each in wide)


def _validation(source: str, column: Column) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": phrase("unlisted-title", "zh"),
        "error_message": "\n".join(phrase("unlisted-message", language) for language in LANGUAGES),
        "show_error": not column.several,
    }


def width(column: Column) -> int:
    """Give the width of a column, in characters."""
    if column.number:
        return 14
    if column.name in WIDTHS:
        return WIDTHS[column.name]
    if column.several:
        return WIDTHS["several"]
    return 30 if column.options else 18 if column.code else 36


def added_entry(table: str, row: int) -> str:
    """Write the formula that gives the entry of a row of a sheet of additions: code, blank, label."""
    label = next(at for at, column in enumerate(columns(table)) if column.name == "label_zh")
    key, words = (f"{table}!{_cell(row, at, fixed=False)}" for at in (0, label))
    return f'=IF({key}="","",{key}&" "&SUBSTITUTE({words},"{PROPOSED}",""))'


def _cell(row: int, column: int, *, fixed: bool = True) -> str:
    address: str = xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)
    return address
