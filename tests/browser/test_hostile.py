"""Labels and notes are data: in a real browser they appear as typed, and nothing in them runs."""

from __future__ import annotations

import csv
import json
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest

from built import GOOD, kuaibao, served, small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

# No digit, since notes hold none; each language its own, since each column holds its language.
HOSTILE = (
    '<script>window.hacked = true</script> <img src=x onerror="window.hacked = true"> | `tick` '
    "{{ fig }} {% raw %} *star* _under_ **bold** [x](y) ![x](y) {: #id } &amp; &lt; # hash ~~gone~~ "
    "\"both\" 'one' \\back </div> <!-- -->"
)
TYPED = {"zh": f"中文 {HOSTILE}", "en": f"English {HOSTILE}"}
COLUMNS = {
    "codelists/data/indicators.csv": ("label", "definition"),
    "codelists/data/topics.csv": ("label", "definition"),
    "codelists/data/organisations.csv": ("label",),
    "codelists/data/units.csv": ("label",),
    "test-001/data/measures.csv": ("label", "description"),
    "test-001/data/sections.csv": ("title", "actor"),
    "test-001/data/figures.csv": ("note",),
    "test-001/data/relations.csv": ("label", "note"),
    "test-001/data/numerals.csv": ("reason",),
}
PAGES = (
    *(
        "bulletins/test-001/1/",
        "bulletins/test-001/data/",
        "bulletins/test-001/ledger/",
        "bulletins/test-001/map/",
    ),
    *("bulletins/", "indicators/", "indicators/water_quality/", "data/", "quality/"),
)


@cache
def hostile() -> Path:
    """Build the small project in the site's own theme, with hostile words in every column of words."""
    root = small()
    for name, stems in COLUMNS.items():
        poison(root / "datapackages" / name, stems)
    entitle(root / "datapackages" / "test-001" / "datapackage.json")
    done = kuaibao("build", root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def poison(table: Path, stems: tuple[str, ...]) -> None:
    """Put hostile words into columns, wherever they hold something; no two rows have the same."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        row |= {
            f"{stem}_{language}": f"{text} {'x' * number}".rstrip()
            for stem in stems
            for language, text in TYPED.items()
            if row[f"{stem}_{language}"]
        }
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def entitle(path: Path) -> None:
    """Put hostile words into a descriptor."""
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for key in ("title", "description"):
        descriptor |= {key: TYPED["zh"], f"{key}_en": TYPED["en"]}
    for key in ("series", "short", "issue"):
        descriptor["bulletin"] |= {f"{key}_{language}": text for language, text in TYPED.items()}
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the hostile site."""
    with served(hostile()) as found:
        yield f"{found}/"


@pytest.mark.parametrize("language", TYPED)
def test_hostile_words_appear_as_typed_and_never_run(
    opened: Callable[..., Page], address: str, language: str
) -> None:
    """On every kind of page hostile words are text: they are read as typed, and no script of theirs runs."""
    prefix = "" if language == "zh" else "en/"
    page = opened(address + prefix)
    for path in PAGES:
        page.goto(address + prefix + path)
        assert page.evaluate("window.hacked === undefined"), path
        foreign = "img[src=x], article script:not([src$='charts.js']), article #id"
        assert page.locator(foreign).count() == 0, path
        text = page.locator("body").evaluate("body => body.textContent")
        if path != "quality/":
            assert TYPED[language] in text, path
    page.goto(f"{address}{prefix}indicators/water_quality/")
    assert page.locator("h1").inner_text().strip().startswith(TYPED[language])
    assert page.title().startswith(TYPED[language])
    described = page.locator("meta[name=description]").get_attribute("content") or ""
    assert TYPED[language] in described


@pytest.mark.parametrize("language", TYPED)
def test_hostile_words_can_be_found(opened: Callable[..., Page], address: str, language: str) -> None:
    """Results of a search show hostile words as text, too."""
    prefix = "" if language == "zh" else "en/"
    page = opened(f"{address}{prefix}search/?q=hacked")
    page.locator("#kb-finder li").first.wait_for()
    assert page.evaluate("window.hacked === undefined")
    assert page.locator("#kb-finder img[src=x], #kb-finder script").count() == 0


def test_directional_marks_do_not_get_in(tmp_path: Path) -> None:
    """A label with a control that turns the direction of writing is a problem of the data."""
    root = tmp_path / "root"
    shutil.copytree(GOOD, root)
    table = root / "datapackages/codelists/data/indicators.csv"
    table.write_text(table.read_text("utf-8").replace("Townships", "Town\u202eships", 1), encoding="utf-8")
    done = kuaibao("check", root=root)
    assert done.returncode == 1
    assert "indicators.csv, row 2, column F (label_en)" in done.stdout
