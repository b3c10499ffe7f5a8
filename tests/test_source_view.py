"""The site for those who hold the texts: each numeral at its place, linked both ways; nothing in public."""

from __future__ import annotations

import gzip
import re
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest

from built import ROOT, kuaibao, parse, project, small, tree
from kuaibao.load import load
from kuaibao.render.source import parted
from projects import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from built import Page
    from kuaibao.model import Row

TEXT = (PACKAGES / "sources" / "test-001.txt").read_text(encoding="utf-8")
CHINESE = re.compile("[\u4e00-\u9fff]")
NAMED = re.compile("《[^》]*》|“[^”]*”")
languages = pytest.mark.parametrize("prefix", ["", "en/"])


@cache
def built() -> Path:
    """Build the small project twice: first for the public, then for those who hold its text."""
    root = small()
    shutil.copytree(PACKAGES / "sources", root / "sources")
    for arguments in ((), ("--sources", str(root / "sources"))):
        done = kuaibao("build", *arguments, root=root)
        assert done.returncode == 0, done.stdout + done.stderr
    return root


def page(prefix: str, path: str) -> Page:
    """Parse a page of the site that shows the texts."""
    file = built() / "site-with-sources" / prefix / "bulletins" / "test-001" / path / "index.html"
    return parse(file.read_text(encoding="utf-8"))


def rows(table: str) -> list[Row]:
    """Read a table of the small bulletin."""
    return load(built()).bulletins["test-001"].rows(table)


# --- the lines of a text


def test_lines_are_those_of_the_ledger() -> None:
    """Each line has the number under which the ledger counts it, and all of its text."""
    found = parted(TEXT, rows("sections"), rows("numerals"))
    lines = {
        (section["section"], line.number): "".join(piece.text for piece in line.pieces)
        for section, own in found
        for line in own
    }
    assert sorted(lines.values()) == sorted(filter(None, map(str.strip, TEXT.split("\n"))))
    assert lines["0", 1] == "青禾工作简报"
    assert lines["1", 0] == "一、治河"
    for row in rows("numerals"):
        assert row["printed"][:3] in lines[row["section"], int(row["paragraph"])]


def test_a_numeral_over_a_line_end_has_two_pieces() -> None:
    """2.7 亿 at the end of a line and 元 at the beginning of the next are one numeral."""
    found = parted(TEXT, rows("sections"), rows("numerals"))
    pieces = [piece for _, lines in found for line in lines for piece in line.pieces]
    parts = [(p.text, p.first) for p in pieces if p.numeral and p.numeral["numeral"] == "test-001.n012"]
    assert parts == [("2.7 亿", True), ("元", False)]


# --- the view


@languages
def test_every_numeral_is_marked_by_kind(prefix: str) -> None:
    """The text has each numeral of the ledger, in order, marked with its kind."""
    marks = [e for e in page(prefix, "source").all("a") if "kb-mark" in e.attributes.get("class", "")]
    begun = [e for e in marks if "id" in e.attributes]
    assert [e.attributes["id"] for e in begun] == [row["numeral"] for row in rows("numerals")]
    assert [e.attributes["class"].split()[1] for e in begun] == [
        f"kb-mark--{row['kind']}" for row in rows("numerals")
    ]
    assert [("data-kind" in e.attributes) for e in begun] == [
        row["kind"] != "figure" for row in rows("numerals")
    ]


@languages
def test_sentence_and_row_lead_to_each_other(prefix: str) -> None:
    """A figure in the text leads to its card, any other numeral to its row; both lead back to it."""
    marks = {
        e.attributes["id"]: e.attributes["href"]
        for e in page(prefix, "source").all("a")
        if "id" in e.attributes
    }
    figures = {row["numeral"]: row["figure"] for row in rows("figures")}
    for row in rows("numerals"):
        name = row["numeral"]
        assert marks[name] == (f"../data/#{figures[name]}" if name in figures else f"../ledger/#{name}")
    back = {e.attributes.get("href", "") for e in page(prefix, "data").all("a")}
    assert {f"../source/#{name}" for name in figures} <= back
    back = {e.attributes.get("href", "") for e in page(prefix, "ledger").all("a")}
    assert {f"../source/#{row['numeral']}" for row in rows("numerals")} <= back


def test_every_page_warns() -> None:
    """Each page of the site with texts tells people and search engines that it is not for the public."""
    found = sorted((built() / "site-with-sources").rglob("index.html"))
    assert len(found) > 20
    for file in found:
        html = file.read_text(encoding="utf-8")
        assert '<meta name="robots" content="noindex">' in html, file
        assert 'class="kb-private"' in html or 'class="kb-embedded__private"' in html, file


# --- never in public


def told(folder: Path) -> Iterator[tuple[str, str]]:
    """Read every file of a site as text without blanks, those of the search index unpacked."""
    for name, content in tree(folder).items():
        unpacked = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        yield name, re.sub(r"\s+|<[^>]*>", "", unpacked.decode("utf-8", errors="ignore"))


def clauses(text: str, least: int) -> set[str]:
    """List what a text says between two marks of punctuation, where that has so many Chinese characters.

    Titles and quoted terms are names, which our own words may share.
    """
    parts = (re.sub(r"\s+", "", part) for part in re.split("[，。；：！？、\n]", NAMED.sub("\n", text)))
    return {part for part in parts if len(CHINESE.findall(part)) >= least}


def copied(folder: Path, wanted: set[str]) -> list[tuple[str, str]]:
    """List the clauses that stand in files of a site."""
    assert wanted
    return [(name, clause) for name, said in told(folder) for clause in wanted if clause in said]


def test_public_site_holds_no_sentence_of_a_text() -> None:
    """What the bulletin says stands in no file of site/, and in the source view of the other site alone."""
    wanted = clauses(TEXT.partition("清水入湖")[2], 8)  # what the masthead says, pages may say too
    assert copied(built() / "site", wanted) == []
    found = {name for name, _ in copied(built() / "site-with-sources", wanted)}
    pages = {name for name in found if name.endswith(".html")}
    assert pages == {f"{prefix}bulletins/test-001/source/index.html" for prefix in ("", "en/")}
    assert not (built() / "site" / "bulletins" / "test-001" / "source").exists()


def test_public_site_is_the_same_before_and_after() -> None:
    """A build with texts leaves site/ alone and no working files; the next public one is free of them."""
    before = tree(built() / "site")
    assert not (built() / "build").exists()
    done = kuaibao("build", root=built())
    assert done.returncode == 0, done.stderr
    assert tree(built() / "site") == before
    html = b"".join(content for name, content in before.items() if name.endswith(".html"))
    assert b"kb-private" not in html
    assert b"/source/" not in html


def test_text_that_does_not_agree_builds_nothing() -> None:
    """Where a text is not the recorded one, neither site changes."""
    root = built()
    changed = root / "changed"
    shutil.copytree(root / "sources", changed, dirs_exist_ok=True)
    (changed / "test-001.txt").write_text(TEXT + "。", encoding="utf-8")
    before = tree(root / "site-with-sources")
    done = kuaibao("build", "--sources", str(changed), root=root)
    assert (done.returncode, done.stdout) == (1, "")
    assert "source-hash" in done.stderr
    assert tree(root / "site-with-sources") == before


def test_both_sites_are_kept_out_of_the_repository() -> None:
    """Neither site can be committed by accident."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"site/", "site-with-sources/", "build/"} <= set(ignored)


def test_first_bulletin_is_not_in_its_public_site(sources: Path) -> None:
    """No clause of the first bulletin stands in any file of its public site, but names."""
    text = (sources / "yncg-090.txt").read_text(encoding="utf-8")
    for row in load(ROOT).codelists.rows("organisations"):
        text = text.replace(row["label_zh"], "\n")
    assert copied(project() / "site", clauses(text, 14)) == []
