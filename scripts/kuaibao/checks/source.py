"""Takes a bulletin and its text and checks hash, offsets, sections, completeness, and own words."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kuaibao.checks.keys import is_within
from kuaibao.checks.tally import lines
from kuaibao.documents import Document, numerals, printed
from kuaibao.documents.headers import stated_units
from kuaibao.documents.plain import read_extracted, read_plain
from kuaibao.errors import Place, UsageError, visible
from kuaibao.figures import reading
from kuaibao.limits import NotOrdinaryError, content_of
from kuaibao.places import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kuaibao.checks.tally import Line, Tally
    from kuaibao.model import Package
    from kuaibao.reader import Numeral

NAMED = re.compile("《[^》]*》|“[^”]*”")
# More Chinese characters than this in a row, outside titles and quoted terms, are a sentence of the bulletin.
LONGEST_SHARED = 16
# So many characters tell an area from others: 龙陵 for 龙陵县, 楚雄 for 楚雄彝族自治州.
SHORT_NAME = 2
# What an editor may call an expression that reads as a figure, but is none.
SET_ASIDE = {"name", "other"}


def check_source(
    package: Package, codelists: Package, pages: Mapping[str, str], file: Path, tally: Tally
) -> None:
    """Verify the package against the text; our words may share names of organisations with the bulletin."""
    text = _text(package, file, tally)
    if text is None:
        return
    document = _document(text, str(package.bulletin.get("text_form", "plain")))
    wrong = _check_offsets(package, document, tally)
    _check_bounds(package, text, tally)
    _check_areas(package, codelists, text, tally)
    _check_complete(package, document, wrong, tally)
    names = (row["label_zh"] for row in codelists.rows("organisations"))
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "\n")
    _check_own_words(package, pages, re.sub(r"\s+", "", NAMED.sub("\n", text)), tally)


def _text(package: Package, file: Path, tally: Tally) -> str | None:
    """Give the text if it is there, is the recorded one, and is UTF-8."""
    place = Place(f"{package.path}/datapackage.json")
    if not tally.expect(file.is_file(), "source-missing", place, file=file.name):
        return None
    content = _content(file)
    digest, recorded = hashlib.sha256(content).hexdigest(), str(package.bulletin.get("text_sha256", ""))
    if not tally.expect(digest == recorded, "source-hash", place, digest, file=file.name):
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        tally.fail("source-encoding", place, file=file.name)
        return None


def _content(file: Path) -> bytes:
    """Read a text; raises UsageError where it is a link or a device, LimitError where it is too large."""
    try:
        return content_of(file, "document-megabytes")
    except NotOrdinaryError:
        raise _not_ordinary(file) from None


def _not_ordinary(file: Path) -> UsageError:
    name = visible(str(file))
    return UsageError(
        f"{name} 不是普通文件（是链接或设备），不读取；请放原文文件本身",
        f"{name} is no ordinary file (a link or a device) and is not read; put the text itself there",
    )


def _document(text: str, form: str) -> Document:
    """Read the text as the form says that it was read for the draft: plain, markdown or extracted."""
    return read_extracted(text) if form == "extracted" else read_plain(text, markdown=form == "markdown")


def _check_offsets(package: Package, document: Document, tally: Tally) -> set[str]:
    """Check each numeral's place, then its paragraph; give what was printed by those out of place."""
    starts = {row["section"]: int(row["start"]) for row in package.rows("sections")}
    own = Lines(document.text)
    wrong = set()
    for line in lines(package, "numerals", tally):
        row, start = line.row, int(line.row["start"])
        found = printed(document, start, int(row["end"]))
        if not line.expect(
            found == row["printed"], "source-offset", "start", value=row["printed"], found=found
        ):
            wrong.add(row["printed"])
            continue
        expected = str(own.paragraph(start, row["section"], starts[row["section"]]))
        line.expect(row["paragraph"] == expected, "source-paragraph", "paragraph", expected=expected)
    return wrong


def _check_bounds(package: Package, text: str, tally: Tally) -> None:
    """Check that sections begin with a line, and that the last one ends with the text."""
    sections = list(lines(package, "sections", tally))
    for line in sections:
        before = text[: int(line.row["start"])]
        line.expect(not before or before.endswith(("\n", "\r")), "source-section", "start")
    if sections:
        last = sections[-1]
        last.expect(int(last.row["end"]) == len(text), "source-end", "end", length=str(len(text)))


def _check_areas(package: Package, codelists: Package, text: str, tally: Tally) -> None:
    """Check that the text names the areas of figures that lie within the bulletin's own."""
    areas = {row["area"]: row for row in codelists.rows("areas")}
    own = str(package.bulletin.get("area", ""))
    for line in lines(package, "figures", tally):
        area = areas.get(line.row["area"])
        if area is not None and is_within(line.row["area"], own) and not line.row["note_zh"]:
            labels = {key: area[key] for key in ("label_zh", "label_en")}
            line.expect(area["label_zh"][:SHORT_NAME] in text, "source-area", "area", **labels)


def _check_complete(package: Package, document: Document, wrong: set[str], tally: Tally) -> None:
    """Check that the ledger has every numeral of the text, and a figure's whole print, hedge and unit too."""
    rows = {
        (int(line.row["start"]), int(line.row["end"])): line for line in lines(package, "numerals", tally)
    }
    kinds = {span: line.row["kind"] for span, line in rows.items()}
    place = package.place("numerals")
    for numeral in numerals(document):
        if numeral.printed in wrong:
            continue  # told as source-offset
        over = [span for span in kinds if span[0] < numeral.end and numeral.start < span[1]]
        if over == [(numeral.start, numeral.end)]:
            _check_kind(rows[over[0]], numeral.kind)
            _check_header_unit(rows[over[0]], numeral, document)
        where = {"start": str(numeral.start), "end": str(numeral.end)}
        tally.expect(bool(over), "source-complete", place, numeral.printed, **where)
        if any(kinds[span] == "figure" for span in over):
            whole = over == [(numeral.start, numeral.end)]
            tally.expect(
                whole, "source-whole", place, _printed(over, document), whole=numeral.printed, **where
            )


def _check_kind(line: Line, kind: str) -> None:
    """Check a kind against the reading of the text.

    What reads as a figure may be set aside as a name or as something else, with a reason; what does not
    may be called a figure, for then its print is read by itself (figure-reading).
    """
    own = line.row["kind"]
    free = own == "figure" or (kind == "figure" and own in SET_ASIDE)
    line.expect(free or own == kind, "source-kind", "kind", printed=line.row["printed"], expected=kind)


def _check_header_unit(line: Line, numeral: Numeral, document: Document) -> None:
    """Check that a bare number has the unit that its table gives it, and that no other number has one.

    Where a line above the table states several units (单位：个、万元), it is one of these; where the reader
    finds none, it is one that stands in the headers or above the table.
    """
    bare, own = reading(line.row["printed"]), line.row["header_unit"]
    if line.row["kind"] != "figure" or bare is None or bare.unit:
        return  # told as figure-reading or as figure-header-unit
    at = bisect_right(document.stretches, numeral.start, key=lambda stretch: stretch.start) - 1
    stretch = document.stretches[at]
    expected = [stretch.unit] if stretch.unit and numeral.unit else stated_units(stretch.named)
    ok = own in expected if expected else not own or own in stretch.named or own == stretch.unit
    zh, en = (" 或 ".join(expected) or "空", " or ".join(expected) or "empty")
    printed_as = line.row["printed"]
    line.expect(ok, "source-header-unit", "header_unit", printed=printed_as, expected_zh=zh, expected_en=en)


def _printed(spans: Iterable[tuple[int, int]], document: Document) -> str:
    return ", ".join(printed(document, start, end) for start, end in spans)


def _check_own_words(package: Package, pages: Mapping[str, str], text: str, tally: Tally) -> None:
    known = {text[i : i + LONGEST_SHARED + 1] for i in range(len(text) - LONGEST_SHARED)}
    for table, frame in package.tables.items():
        columns = [name for name in frame.columns if name.endswith("_zh")]
        for line in lines(package, table, tally):
            for column in columns:
                copied = shared(line.row[column], known)
                line.expect(not copied, "source-copied", column, value=copied)
    for path, page in pages.items():
        for number, own in enumerate(page.splitlines(), start=1):
            copied = shared(own, known)
            tally.expect(not copied, "source-copied", Place(f"docs/{path}", number), copied)


def shared(own: str, known: set[str]) -> str:
    """Give the first run of our words that also stands in the bulletin, '' for none; names may be shared."""
    for part in NAMED.split(re.sub(r"\s", "", own)):
        for i in range(len(part) - LONGEST_SHARED):
            if part[i : i + LONGEST_SHARED + 1] in known:
                return part[i : i + LONGEST_SHARED + 1]
    return ""
