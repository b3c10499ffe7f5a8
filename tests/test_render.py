"""Rendering: golden Markdown of generated pages, macros, addresses, and data that is never read as markup.

`python tests/test_render.py` writes the golden files anew.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import markdown  # type: ignore[import-untyped]  # it ships no types
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from built import ROOT, parse
from kuaibao.errors import LANGUAGES, DataError
from kuaibao.handwritten import pages, publication
from kuaibao.load import load
from kuaibao.render import Surroundings, render
from kuaibao.render.edition import link, url
from kuaibao.render.macros import inert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.errors import Language

TESTS = Path(__file__).parent
GOOD = TESTS / "packages" / "good"
GOLDEN = TESTS / "golden" / "render"
GOLDEN_PAGES = (
    "bulletins/test-001/1.md",
    "bulletins/test-001/data.md",
    "bulletins/test-001/ledger.md",
    "bulletins/test-001/map.md",
    "indicators/index.md",
    "indicators/water_quality.md",
)
TELLING = ("bulletins/test-001/index.md", "index.md")
TELLING = ("bulletins/test-001/index.md", "index.md")
in_both = pytest.mark.parametrize("language", LANGUAGES)


def surroundings() -> Surroundings:
    """Say what surrounds the small project."""
    site = publication(GOOD)
    return Surroundings(site_url=site.url, contact=site.contact, downloads=[], outcome=[], commands=[])


def rendered(written: Mapping[str, str]) -> dict[str, str]:
    """Render the small project with these pages."""
    return render(load(GOOD), written, surroundings())


@cache
def good() -> Mapping[str, str]:
    """Render the small project as it is."""
    return rendered(pages(GOOD))


def filled(text: str, language: Language = "en", page: str = "bulletins/test-001/1.md") -> str:
    """Render a page of the small project that holds this text."""
    return rendered(pages(GOOD) | {f"{language}/{page}": text})[f"{language}/{page}"]


# --- generated pages


@in_both
@pytest.mark.parametrize("page", GOLDEN_PAGES)
def test_generated_pages(page: str, language: Language) -> None:
    """Each kind of generated page, word for word."""
    path = f"{language}/{page}"
    assert good()[path] == (GOLDEN / path).read_text(encoding="utf-8")


def test_both_languages_have_the_same_pages() -> None:
    """Every page is rendered in both languages."""
    chinese, english = ({p.partition("/")[2] for p in good() if p.startswith(tag)} for tag in ("zh/", "en/"))
    assert chinese == english


def test_rendering_twice_gives_the_same() -> None:
    """Rendering keeps nothing from one time to the next."""
    assert rendered(pages(GOOD)) == good()


def test_a_written_page_goes_before_a_generated_one() -> None:
    """Where somebody wrote a page, it is not generated."""
    assert filled("Written.") == "Written."


def test_cards_lead_back_to_every_page_that_tells_a_figure() -> None:
    """The card of a figure links each place where it is told, by the title of that page."""
    card = (
        good()["en/bulletins/test-001/data.md"].partition('id="test-001.1.02"')[2].partition("</article>")[0]
    )
    back = re.findall(r'<a class="kb-back" href="([^"]+)">([^<]+)</a>', card)
    titles = [re.findall(r"^title: (.+)$", pages(GOOD)[f"en/{page}"], re.MULTILINE)[0] for page in TELLING]
    addresses = [f"{up}#cite-test-001.1.02" for up in ("../", "../../../")]
    assert back == [(where, title) for where, title in zip(addresses, titles, strict=True)]


def test_a_bulletin_leads_to_its_text_where_the_site_holds_it() -> None:
    """The macro gives a link to the text of a bulletin, and nothing where the site is built without."""
    page = {"en/bulletins/test-001/index.md": '{{ source_link("test-001") }}'}
    text = (GOOD.parent / "sources" / "test-001.txt").read_text(encoding="utf-8")
    told = render(load(GOOD), page, replace(surroundings(), texts={"test-001": text}))
    assert '<a class="kb-btn" href="source/">Text</a>' in told["en/bulletins/test-001/index.md"]
    assert "source/" not in rendered(page)["en/bulletins/test-001/index.md"]


def test_meter_is_drawn_from_the_ledger() -> None:
    """The bar of a ledger is as long as its numerals, and parted where the figures end."""
    kinds = [row["kind"] for row in load(GOOD).bulletins["test-001"].rows("numerals")]
    figures, others = kinds.count("figure"), len(kinds) - kinds.count("figure")
    page = parse(good()["en/bulletins/test-001/ledger.md"])
    assert page.all("svg")[0].attributes["viewbox"] == f"0 0 {len(kinds)} 1"
    assert [bar.attributes["width"] for bar in page.all("rect")] == [str(figures), str(others)]


# --- macros


FIGURES = [
    ("test-001.1.02", "36 条", "36 rivers", "36", "36"),
    ("test-001.1.05", "近 400 人", "nearly 400 people", "近 400", "nearly 400"),
    ("test-001.1.06", "100 吨以上", "at least 100 tonnes", "100以上", "at least 100"),
    ("test-001.1.07", "2.7 亿元", "270 million yuan", "2.7 亿", "270 million"),
    ("test-001.1.08", "3—5 人", "3–5 people", "3—5", "3–5"),
    ("test-001.2.02", "92.5%", "92.5%", "92.5%", "92.5%"),
    ("test-001.2.04", "16 万人", "160,000 people", "16 万", "160,000"),
]


@pytest.mark.parametrize(("name", "zh", "en", "zh_bare", "en_bare"), FIGURES, ids=[f[0] for f in FIGURES])
def test_fig(name: str, zh: str, en: str, zh_bare: str, en_bare: str) -> None:
    """A figure is a link with its hedge in words; without its noun it is the number with its hedge."""
    for language, full, bare in (("zh", zh, zh_bare), ("en", en, en_bare)):
        text = f'{{{{ fig("{name}") }}}}|{{{{ fig("{name}", noun=False) }}}}'
        first, second = filled(text, "zh" if language == "zh" else "en").split("|")
        assert [parse(part).all("a")[0].text for part in (first, second)] == [full, bare]
        link = parse(first).all("a")[0].attributes
        assert link["href"] == f"../data/#{name}"
        assert link["class"].split()[0] == "fig"


def test_fig_is_an_anchor_once_a_page() -> None:
    """The first citation of a figure on a page can be linked to; the others have no id."""
    found = parse(filled('{{ fig("test-001.1.02") }} {{ fig("test-001.1.02") }}')).all("a")
    assert [link.attributes.get("id") for link in found] == ["cite-test-001.1.02", None]


@pytest.mark.parametrize(
    ("name", "hedge"), [("1.02", "exact"), ("1.05", "nearly"), ("1.06", "at_least"), ("1.08", "range")]
)
def test_fig_shows_its_hedge(name: str, hedge: str) -> None:
    """The class of a figure tells how it is hedged."""
    assert (
        parse(filled(f'{{{{ fig("test-001.{name}") }}}}')).all("a")[0].attributes["class"]
        == f"fig fig--{hedge}"
    )


@pytest.mark.parametrize(
    ("language", "full", "bare"),
    [("zh", "28%（推算）", "28%（推算）"), ("en", "28% (derived)", "28% (derived)")],
)
def test_derived(language: Language, full: str, bare: str) -> None:
    """A derived number says so; a percentage keeps its sign without the noun."""
    text = '{{ derived("test-001.r02") }}|{{ derived("test-001.r02", noun=False) }}'
    found = parse(filled(text, language)).all("a")
    assert [link.text for link in found] == [full, bare]
    assert [link.attributes["class"] for link in found] == ["fig fig--derived"] * 2
    assert found[0].attributes["href"] == "../data/#test-001.r02"


FAULTS = {
    '{{ fig("test-001.9.99") }}': "KeyError: 'test-001.9.99'",
    '{{ derived("test-001.r99") }}': "KeyError: 'test-001.r99'",
    '{{ figure("test-001.1.02") }}': "UndefinedError: 'figure' is undefined",
    '{{ bulletin("test-002", "date") }}': "KeyError: 'test-002'",
    '{{ bulletin("test-001", "colour") }}': "KeyError: 'colour_en'",
    '{{ figures_table("test-002", 1) }}': "",
    '{{ bars(["test-001.1.02"]) }}': "TypeError: ",
    "{{ fig.__globals__ }}": "SecurityError: ",
    '{{ bars(["x"], title="t", finding="f") }}': "KeyError: 'x'",
    '{{ slope(["test-001.1.02"], derived="test-001.r02", title="t", finding="f") }}': "",
    '{{ bars(["test-001.1.02"], title="t", finding="{test-001.9.99}") }}': "KeyError: 'test-001.9.99'",
}


@pytest.mark.parametrize("text", FAULTS)
def test_unknown_names_are_problems_of_the_page(text: str) -> None:
    """Whatever a macro cannot do is a problem with page and line."""
    with pytest.raises(DataError) as caught:
        filled(f"First line.\n\n{text}\n")
    problem = caught.value.problems[0]
    assert (problem.code, problem.place.path, problem.place.row) == (
        "page-template",
        "docs/en/bulletins/test-001/1.md",
        3,
    )
    assert FAULTS[text] in problem.text("en")


def test_all_faults_of_a_language_come_at_once() -> None:
    """Every page with a fault is named."""
    written = pages(GOOD) | {"zh/a.md": "{{ x }}", "zh/b.md": "{{ y }}"}
    with pytest.raises(DataError) as caught:
        rendered(written)
    assert [problem.place.path for problem in caught.value.problems] == ["docs/zh/a.md", "docs/zh/b.md"]


# --- addresses


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.md", ""),
        ("data.md", "data/"),
        ("a/index.md", "a/"),
        ("a/b.md", "a/b/"),
        ("a/reindex.md", "a/reindex/"),
    ],
)
def test_url(path: str, expected: str) -> None:
    """A page stands at the folder of its name, an index at the folder that holds it."""
    assert url(path) == expected


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("index.md", "", "./"),
        ("index.md", "data/", "data/"),
        ("data.md", "", "../"),
        ("a/b.md", "a/c/#x", "../c/#x"),
        ("a/b.md", "a/b/#x", "#x"),
        ("a/b.md", "a/b/", "./"),
        ("a/index.md", "a/b/", "b/"),
    ],
)
def test_link(page: str, target: str, expected: str) -> None:
    """Links are relative, so that the site works below any address."""
    assert link(page, target) == expected


parts = st.lists(st.sampled_from(["a", "b", "c-1", "index"]), max_size=4)


@given(parts, parts, st.sampled_from(["", "#id", "#a.1.02"]))
def test_links_lead_to_their_target(page: list[str], target: list[str], anchor: str) -> None:
    """Followed from the page's address, a link leads to its target, wherever both stand."""
    path = "/".join([*page, "x.md"])
    goal = "".join(f"{part}/" for part in target) + anchor
    base = "https://example.org/kuaibao/"
    assert urljoin(base + url(path), link(path, goal)) == base + goal


# --- data are not markup


def typeset(text: str) -> str:
    """Turn Markdown into HTML as the site does."""
    said = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    names = [name if isinstance(name, str) else next(iter(name)) for name in said]
    return str(markdown.markdown(text, extensions=names))


HOSTILE = (
    *(
        "<script>alert(1)</script>",
        "a|b",
        "`code`",
        "{{ fig }}",
        "{% raw %}",
        "*a*",
        "_b_",
        "**c**",
        "[x](y)",
    ),
    *("![x](y)", "<https://x.org>", "&amp;", "&#60;", "\\*", "# a", "## b {#c}", "- a", "+ a", "* a", "1. a"),
    *(
        "1) a",
        "> a",
        "!!! note",
        "---",
        "===",
        "~~~",
        "```",
        "***",
        "- - -",
        ": a",
        "[x]: y",
        "[^1]: y",
        "a {: #b }",
    ),
    *(
        "<b",
        "</div>",
        "<!-- a -->",
        "\u202eabc",
        "a\u2066b",
        "x | y\u3000z",
        "{#a}",
        "?a",
        "^a^",
        "~a~",
        "=a=",
    ),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_data_appear_as_typed(text: str) -> None:
    """What looks like HTML, Markdown or a template appears as it was typed, alone or within a line."""
    for before, after in (("", ""), ("a ", " b"), ("# ", ""), ("- ", ""), ("**", "**")):
        page = parse(typeset(f"{before}{inert(text)}{after}"))
        marks = {"# ": "h1", "- ": "li", "**": "strong"}.get(before, "p")
        framed = text if before in {"# ", "- ", "**"} else before + text + after
        assert page.all(marks)[0].text.strip() == framed.strip(), before
        assert {e.tag for e in page.elements} <= {"p", "h1", "ul", "li", "strong", "a"}


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).map(
        str.strip
    )
)
@example("- a")
def test_inert_data_are_one_paragraph_of_themselves(text: str) -> None:
    """Whatever is typed: one paragraph, which reads as it was typed."""
    if text:
        assert [(e.tag, e.text) for e in parse(typeset(str(inert(text)))).elements] == [("p", text)]


def write() -> None:
    """Write the golden files anew."""
    for language in LANGUAGES:
        for page in GOLDEN_PAGES:
            path = GOLDEN / language / page
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(good()[f"{language}/{page}"], encoding="utf-8")


if __name__ == "__main__":
    write()
