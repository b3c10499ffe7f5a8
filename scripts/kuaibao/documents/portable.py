"""A PDF with a text layer in, its paragraphs and tables out, joined across lines and pages.

Lines that repeat in the margins and page numbers are left out. A line goes on in the next one where the next
word had no room left. Columns of text are read one after the other, notes at the foot of a page after the
paragraph that they interrupt. Numbers that stand beside one another, with rules or without, are a table.
"""

from __future__ import annotations

import io
import logging
import warnings
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.utils.exceptions import PdfminerException

from kuaibao.limits import MEGABYTE, LimitError, most

from .bounds import Budget, bounded
from .lines import Item, items_of
from .margins import without_margins
from .model import Document, compose
from .paragraphs import flow
from .problems import problem
from .ruled import MOST_RULES, find_tables
from .words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pdfplumber.page import Page

    from kuaibao.errors import Language

_LARGE_PICTURE = 0.5  # of the page: a scan, not a logo
_THICKEST = 3.0  # points of a rule
_MOST_UNMAPPED = 0.05  # of the characters

# What was not read as it is printed: in Chinese and English; {pages} are numbers of pages.
_IS_PICTURE = (
    "第 {pages} 页只有图片，没有文字层，未读；需要时请先做文字识别（OCR）",
    "page {pages}: a picture without text, not read; run text recognition (OCR) if needed",
)
_IS_DRAWING = (
    "第 {pages} 页线条太多，表格当作文字读；请对照原文核对表中的数",
    "page {pages}: too many lines, tables are read as text; check their numbers against the print",
)


class Sheet(NamedTuple):
    """What is printed on one page: lines and tables from the top down, and what could not be read of it."""

    width: float
    height: float
    items: list[Item]
    is_picture: bool
    is_drawing: bool
    unmapped: int
    characters: int


def read_portable(path: Path, content: bytes) -> Document:
    """Return the text of a PDF; raise UsageError where it is encrypted, damaged or without a text layer."""
    with _quiet():
        sheets = _sheets(path, content)
    characters = sum(sheet.characters for sheet in sheets)
    if not characters and any(sheet.is_picture for sheet in sheets):
        raise problem(path, "scanned")
    if sum(sheet.unmapped for sheet in sheets) > characters * _MOST_UNMAPPED:
        raise problem(path, "unmapped")
    pages = without_margins([(sheet.height, sheet.items) for sheet in sheets])
    return compose(flow(pages), _remarks(sheets))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's remarks about odd fonts and objects from the user's screen."""
    log = logging.getLogger("pdfminer")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)


def _sheets(path: Path, content: bytes) -> list[Sheet]:
    counts = (most(key) for key in ("pdf-page-marks", "pdf-marks", "pdf-steps"))
    budget = Budget(most("unpacked-megabytes") * MEGABYTE, *counts)
    sheets: list[Sheet] = []
    name = "broken"
    try:
        with bounded(budget), pdfplumber.open(io.BytesIO(content)) as pdf:
            pages = list(islice(PDFPage.create_pages(pdf.doc), most("pdf-pages") + 1))
            if len(pages) > most("pdf-pages"):
                budget.spent = "pdf-pages"
            else:
                sheets = [_sheet(page, budget) for page in pdf.pages]
    except PdfminerException as error:
        name = "locked" if error.args and isinstance(error.args[0], PDFPasswordIncorrect) else name
    except Exception:  # noqa: BLE001  # a damaged PDF makes pdfminer raise nearly anything
        sheets = []
    if budget.spent:
        raise LimitError(str(path), budget.spent)
    if not sheets:
        raise problem(path, name, form="pdf")
    return sheets


def _sheet(page: Page, budget: Budget) -> Sheet:
    """Read one page, then let go of what the library keeps of it."""
    budget.new_page()
    shown = page.filter(_is_print).dedupe_chars(tolerance=1, extra_attrs=("fontname", "size"))
    words = words_of(shown.chars)
    tables, loose = find_tables(shown, words)
    items = list(items_of(loose, tables))
    characters = [char["text"] for char in shown.chars if not char["text"].isspace()]
    sheet = Sheet(
        float(page.width),
        float(page.height),
        items,
        not characters and _is_picture(page),
        len(shown.edges) > MOST_RULES,
        sum(text.startswith("(cid:") or text == "\ufffd" for text in characters),
        len(characters),
    )
    page.close()
    return sheet


def _is_print(thing: dict[str, Any]) -> bool:
    """Tell text along the page and rules from watermarks across it and the shading of table rows."""
    if thing.get("object_type") == "rect":
        is_shade = thing.get("fill") and not thing.get("stroke")
        return not (is_shade and min(thing["width"], thing["height"]) > _THICKEST)
    return thing.get("object_type") != "char" or bool(thing.get("upright"))


def _is_picture(page: Page) -> bool:
    area = float(page.width) * float(page.height)
    return any(float(i["width"]) * float(i["height"]) > area * _LARGE_PICTURE for i in page.images)


def _remarks(sheets: list[Sheet]) -> list[dict[Language, str]]:
    found = (
        (_IS_PICTURE, [sheet.is_picture for sheet in sheets]),
        (_IS_DRAWING, [sheet.is_drawing for sheet in sheets]),
    )
    told: list[dict[Language, str]] = []
    for (chinese, english), holds in found:
        pages = ", ".join(str(number) for number, does in enumerate(holds, start=1) if does)
        if pages:
            told.append({"zh": chinese.format(pages=pages), "en": english.format(pages=pages)})
    return told
