"""Takes the hand-written pages and checks languages, what they cite and load, and numbers typed by hand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kuaibao.checks.calls import Known, check_call, expect_known
from kuaibao.checks.letters import hiding
from kuaibao.checks.links import check_foreign, check_links, generated_pages
from kuaibao.checks.macros import named, template
from kuaibao.checks.prose import blanker, spoken, typed, without_code
from kuaibao.errors import LANGUAGES, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kuaibao.checks.macros import Template
    from kuaibao.checks.tally import Tally
    from kuaibao.model import Archive

FIXED_NAMES = "fixed-names.txt"
# An id of a figure or relation in the target of a link.
ID = re.compile(r"[a-z]{2,8}-[0-9]{3,}\.(?:[0-9]+\.[0-9]{2,}|r[0-9]{2,})")


# Where a part of a page begins, in Markdown or HTML; both languages have the same parts.
PART = re.compile(r"^##+ |<h[2-6]\b|<li\b|^- ", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A page below docs/: as a template, and its text without code and macros."""

    path: str
    template: Template
    text: str

    def cited(self) -> Counter[str]:
        """Count how often the page cites each figure and relation in its macros."""
        return Counter(name for (_, name), times in self.cited_in_parts().items() for _ in range(times))

    def cited_in_parts(self) -> Counter[tuple[int, str]]:
        """Count the citations in each part of the page: under each heading, in each item of a list."""
        kinds, starts = (
            {"figure", "relation", "any"},
            [_line(self.text, m.start()) for m in PART.finditer(self.text)],
        )
        return Counter(
            (bisect_right(starts, call.line), name)
            for call in self.template.calls
            for kind, name in named(call)
            if kind in kinds
        )

    def linked(self) -> Iterator[tuple[str, int]]:
        """List the ids that the page writes outside macros, with the line."""
        yield from ((found.group(), _line(self.text, found.start())) for found in ID.finditer(self.text))


def check_pages(
    archive: Archive, pages: Mapping[str, str], tally: Tally, *, sound: bool = True, names: Sequence[str] = ()
) -> None:
    """Check every page; `pages` maps 'zh/index.md' to its text and 'fixed-names.txt' to the list of names.

    Where not all packages are `sound`, references to them are not looked up: what they name may be broken.
    With `names`, only the pages of these bulletins are checked; the archive and the other pages stand behind.
    """
    blank = blanker(fixed_names(pages.get(FIXED_NAMES, "")), archive.bulletins)
    written = {path: text for path, text in pages.items() if path != FIXED_NAMES}
    chosen = {path: text for path, text in written.items() if not names or is_of(path, names)}
    if not names and (archive.root / "mkdocs.yml").is_file():  # an office may keep packages without a site
        _check_home(pages, tally)
    read = [_check_page(path, text, written, blank, tally) for path, text in chosen.items()]
    if sound:
        _check_data(read, written, archive, names, tally)


def fixed_names(text: str) -> list[str]:
    """Read the list of fixed names, which have letters: one a line, '#' begins a comment; longest first."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    return sorted((line for line in lines if re.search(r"[^\W\d_]", line)), key=len, reverse=True)


def is_of(path: str, names: Sequence[str]) -> bool:
    """Tell whether a page ('zh/bulletins/yncg-090/1.md') is of one of these bulletins."""
    return any(path.partition("/")[2].startswith(f"bulletins/{name}/") for name in names)


def _check_home(pages: Mapping[str, str], tally: Tally) -> None:
    missing = [language for language in LANGUAGES if f"{language}/index.md" not in pages]
    if len(missing) == len(LANGUAGES):  # where one is there, the rule on pairs tells
        for language in missing:
            tally.fail("page-home", Place(f"docs/{language}/index.md"))
    tally.checked["page-home"] += not missing


def _check_page(
    path: str, text: str, pages: Mapping[str, str], blank: Callable[[str], str], tally: Tally
) -> Page:
    """Check what can be told without the data."""
    language, _, rest = path.partition("/")
    other = f"{'en' if language == 'zh' else 'zh'}/{rest}"
    tally.expect(other in pages, "page-pair", Place(f"docs/{other}"), other=f"docs/{path}")
    read = template(path, text, tally)
    page = Page(path, read, without_code(read.text))
    check_foreign(path, page.text, tally)
    for at in hiding(text):
        tally.fail("page-letters", Place(f"docs/{path}", _line(text, at)), text[at])
    tally.checked["page-letters"] += 1
    found = [(line + 1, word) for line, word in typed(spoken(page.text), language, blank)]
    for line, words in read.words:
        found += [(line, word) for _, word in typed(words, language, blank)]
    _tell(path, found, tally)
    return page


def _tell(path: str, found: list[tuple[int, str]], tally: Tally) -> None:
    by_line: dict[int, list[str]] = {}
    for line, word in sorted(found, key=lambda pair: pair[0]):
        by_line.setdefault(line, []).append(word)
    tally.checked["page-digit"] += not by_line
    for line, words in by_line.items():
        place = Place(f"docs/{path}", line)
        tally.fail("page-digit", place, ", ".join(words), names=f"docs/{FIXED_NAMES}")


def _check_data(
    read: list[Page], pages: Mapping[str, str], archive: Archive, names: Sequence[str], tally: Tally
) -> None:
    """Check what pages cite and link to against the packages, and that they leave nothing out."""
    known, generated = Known(archive), generated_pages(archive)
    texts = {path: without_code(text) for path, text in pages.items()} | {p.path: p.text for p in read}
    for page in read:
        for call in page.template.calls:
            check_call(call, page.path, known, tally)
        for name, line in page.linked():
            expect_known(name, "any", Place(f"docs/{page.path}", line), known, tally)
        check_links(page.path, texts, generated, tally)
    if all(page.template.sound for page in read):
        _check_same({page.path: page.cited_in_parts() for page in read}, tally)
        told = {page.path: {*page.cited(), *(name for name, _ in page.linked())} for page in read}
        _check_told(archive, told, names, tally)


def _check_told(archive: Archive, cited: Mapping[str, set[str]], names: Sequence[str], tally: Tally) -> None:
    """Check that the pages of a bulletin, where it has any, cite each of its figures, in both languages."""
    for package in archive.bulletins.values():
        for language in LANGUAGES if not names or package.name in names else ():
            folder = f"{language}/bulletins/{package.name}/"
            pages = [ids for path, ids in cited.items() if path.startswith(folder)]
            for index, row in enumerate(package.rows("figures") if pages else []):
                told = any(row["figure"] in page for page in pages)
                place = package.place("figures", index, "figure")
                tally.expect(told, "page-untold", place, row["figure"], folder=f"docs/{folder}")


def _check_same(cited: Mapping[str, Counter[tuple[int, str]]], tally: Tally) -> None:
    """Check that each part of a page cites the same in both languages, where nothing else is wrong."""
    faulty = {problem.place.path.removeprefix("docs/") for problem in tally.problems}
    for path, ours in cited.items():
        other = f"en/{path.removeprefix('zh/')}"
        if path.startswith("zh/") and other in cited and faulty.isdisjoint({path, other}):
            theirs = cited[other]
            for part, name in sorted({*ours, *theirs}):
                here, there = ours[part, name], theirs[part, name]
                counts = {"other": f"docs/{other}", "here": str(here), "there": str(there)}
                same = here == there
                tally.expect(same, "page-citations", Place(f"docs/{path}"), name, **counts)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
