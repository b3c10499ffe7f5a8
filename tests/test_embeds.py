"""What other sites embed: a page and a picture of each chart and figure, with source line, and inert data."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from markupsafe import escape

from built import GOOD, Page, folder, parse
from kuaibao.charts import Caption, Mark, bars, shares
from kuaibao.errors import LANGUAGES
from kuaibao.handwritten import pages, publication
from kuaibao.load import load
from kuaibao.render import Blocks, Edition, Surroundings, render
from kuaibao.render.frames import frame
from kuaibao.render.pictures import Pictures
from projects import copy_good
from released import CORRECTED, VERSIONS, WITHDRAWN, with_past

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.errors import Language
    from kuaibao.model import Archive

TEXT = "{http://www.w3.org/2000/svg}text"
HOSTILE = "<script>alert(1)</script> \" ' & {{ 7*7 }} </title><img src=x onerror=alert(1)>"
SITE = publication(GOOD).url
PREFIX: Mapping[Language, str] = {"zh": "", "en": "en/"}
in_both = pytest.mark.parametrize("language", LANGUAGES)


def rendered(archive: Archive, **more: Any) -> dict[str, str]:  # noqa: ANN401  # as Surroundings takes it
    """Render the small project from an archive."""
    around = Surroundings(downloads=[], outcome=[], commands=[], site_url=SITE, contact="", **more)
    return render(archive, pages(archive.root), around)


@cache
def good() -> Mapping[str, str]:
    """Render the small project as it is."""
    return rendered(load(GOOD))


def figures() -> dict[str, dict[str, str]]:
    """Read the figures of the small project: id -> row."""
    return {row["figure"]: row for row in load(GOOD).bulletins["test-001"].rows("figures")}


def charts(files: Mapping[str, str], language: Language) -> dict[str, Page]:
    """Parse the pages of charts by the chart's name."""
    found = re.compile(rf"{language}/embed/charts/([^/]+)/index\.html")
    named = {match[1]: text for path, text in files.items() if (match := found.fullmatch(path))}
    return {name: parse(text) for name, text in named.items()}


def figure_page(files: Mapping[str, str], language: Language) -> Page:
    """Parse the page of the figures of the small bulletin."""
    return parse(files[f"{language}/embed/test-001/index.html"])


def words_of(svg: str) -> str:
    """Read the words of a picture, its lines joined."""
    return "".join(node.text or "" for node in ET.fromstring(svg).iter(TEXT)).replace(" ", "")  # noqa: S314


def source(language: Language) -> list[str]:
    """List what a source line tells: issuer, series, issue, licence, that it is unofficial."""
    archive = load(GOOD)
    bulletin = archive.bulletins["test-001"]
    issuers = {row["organisation"]: row for row in archive.codelists.rows("organisations")}
    told = [bulletin.bulletin[f"{key}_{language}"] for key in ("series", "issue")]
    unofficial = {"zh": "非官方", "en": "Unofficial"}[language]
    licence = bulletin.descriptor["licenses"][0]["name"]
    year = bulletin.bulletin["date"][:4]
    return [issuers[bulletin.bulletin["issuer"]][f"label_{language}"], *told, year, licence, unofficial]


# --- all are there


@in_both
def test_every_chart_on_a_page_has_a_page_and_a_picture(language: Language) -> None:
    """The charts that pages show are those that can be embedded, under the same names."""
    shown = {
        name
        for path, text in good().items()
        if path.startswith(f"{language}/") and path.endswith(".md")
        for name in re.findall(r'<figure class="kb-chart [^"]*" id="([^"]+)"', text)
    }
    assert shown
    assert charts(good(), language).keys() == shown
    assert {name for name in shown if f"{language}/embed/charts/{name}.svg" in good()} == shown


@in_both
def test_every_figure_has_a_card_and_a_picture(language: Language) -> None:
    """Each figure stands on the page of its bulletin, is listed there, and has an SVG file."""
    page = figure_page(good(), language)
    assert [e.attributes["id"] for e in page.all("article")] == list(figures())
    listed = [e.attributes["href"] for e in page.all("a") if e.attributes["href"].startswith("#")]
    assert listed == [f"#{name}" for name in figures()]
    assert [name for name in figures() if f"{language}/embed/test-001/{name}.svg" not in good()] == []


def test_languages_have_the_same_files() -> None:
    """What can be embedded in one language can be in the other."""
    found = {
        language: {path[3:] for path in good() if path.startswith(f"{language}/embed/")}
        for language in LANGUAGES
    }
    assert found["zh"] == found["en"]


def test_an_indicators_chart_is_named_after_the_indicator() -> None:
    """A chart that grows with new figures keeps its address, whatever shape it takes."""
    edition = Edition(archive=load(GOOD), language="en", site_url=SITE, contact="")
    pictures = Pictures(edition, Blocks(edition), "indicators/water_quality.md")
    first, second = [f for f in edition.figures.values() if f.row["indicator"] == "water_quality"]
    for several in ([first, second], [first, second] * 5):
        edition.charts.clear()
        pictures.of_indicator(several, "Water")
        assert list(edition.charts) == ["indicator-water_quality"]


# --- the source line


@in_both
def test_every_page_and_picture_says_where_it_is_from(language: Language) -> None:
    """Bulletin, issuer, date, licence and “unofficial” stand under each; pages link the licence."""
    embedded = [*charts(good(), language).values(), figure_page(good(), language)]
    for page in embedded:
        line = page.all("footer")[0].text
        assert [part for part in source(language) if part not in line] == []
        assert "license" in page.one("rel", "license noopener").attributes["rel"]
    drawn = {
        path: text
        for path, text in good().items()
        if path.startswith(f"{language}/embed/") and path.endswith(".svg")
    }
    for path, svg in drawn.items():
        told = words_of(svg)
        assert [part for part in source(language) if part.replace(" ", "") not in told] == [], path


@in_both
def test_every_page_and_picture_gives_its_permanent_address(language: Language) -> None:
    """A link leads to where figure or chart stand on the site, in a tab of its own; pictures print it."""
    data = f"{SITE}{PREFIX[language]}bulletins/test-001/data/"
    page = figure_page(good(), language)
    for name in figures():
        link = page.one("href", f"{data}#{name}").attributes
        assert (link["target"], link["rel"]) == ("_blank", "noopener")
        assert f"{data}#{name}" in words_of(good()[f"{language}/embed/test-001/{name}.svg"])
    for name, chart in charts(good(), language).items():
        address = chart.one("rel", "canonical").attributes["href"]
        assert address.startswith(f"{SITE}{PREFIX[language]}")
        assert address.endswith(f"/#{name}")
        assert chart.one("href", address)
        assert address in words_of(good()[f"{language}/embed/charts/{name}.svg"])


@in_both
def test_links_leave_the_frame(language: Language) -> None:
    """Every link but those from figure to figure is whole and opens a tab that cannot reach back."""
    for page in (*charts(good(), language).values(), figure_page(good(), language)):
        for link in page.all("a"):
            if not link.attributes["href"].startswith("#"):
                assert link.attributes["href"].startswith(("https://", "http://")), link
                assert link.attributes["target"] == "_blank"
                assert "noopener" in link.attributes["rel"].split()


@in_both
def test_pages_are_for_frames_alone(language: Language) -> None:
    """No script, no search engine, one language, a title, and style sheets of the own site."""
    for page in (*charts(good(), language).values(), figure_page(good(), language)):
        assert page.all("script") == page.all("iframe") == page.all("img") == []
        assert page.one("name", "robots").attributes["content"] == "noindex"
        assert page.all("html")[0].attributes["lang"] == {"zh": "zh-Hans", "en": "en"}[language]
        assert page.all("title")[0].text.strip()
        styles = [e.attributes["href"] for e in page.all("link") if e.attributes["rel"] == "stylesheet"]
        assert styles
        assert all(style.startswith("../") for style in styles)


# --- what is told


@in_both
def test_figures_are_told_as_on_the_site(language: Language) -> None:
    """Value with hedge and unit, interval, area and period are those of the data page, also in pictures."""
    edition = Edition(archive=load(GOOD), language=language, site_url=SITE, contact="")
    cards = {e.attributes["id"]: e.text for e in figure_page(good(), language).all("article")}
    for name, figure in edition.figures.items():
        told = [edition.figure_text(name), edition.interval(figure), edition.period(figure)]
        told += [edition.label("areas", figure.row["area"]), figure.numeral["printed"]]
        drawn = words_of(good()[f"{language}/embed/test-001/{name}.svg"])
        assert [part for part in told if part not in cards[name]] == []
        assert [part for part in told if part.replace(" ", "") not in drawn] == []
    assert any(figure.quantity.qualifier != "exact" for figure in edition.figures.values())


@in_both
def test_pictures_of_charts_tell_the_periods(language: Language) -> None:
    """The file of a chart of figures names every period that its table on the page names."""
    for name, page in charts(good(), language).items():
        told = words_of(good()[f"{language}/embed/charts/{name}.svg"])
        rows = re.findall(r"<td>([^<]*)</td></tr>", good_html(name, language))
        assert [period for period in rows if period.replace(" ", "") not in told] == [], page


def good_html(name: str, language: Language) -> str:
    """Give the HTML of the page of a chart."""
    return good()[f"{language}/embed/charts/{name}/index.html"]


def test_periods_of_marks() -> None:
    """One period of all is told once; of several, each with its marks; a number that follows has none."""
    first = Mark(
        label="A",
        text="1",
        value=Decimal(1),
        low=Decimal(1),
        high=Decimal(1),
        qualifier="exact",
        period="2022",
        href="",
    )
    second = replace(first, label="B", period="2023")
    follows = replace(first, label="C", period="—", qualifier="derived")
    words = Caption(title="T", finding="F", language="en")
    assert bars([first, replace(first, label="B")], words).periods == "Period: 2022"
    assert bars([first, second, replace(second, label="D")], words).periods == "Period: 2022: A; 2023: B, D"
    assert shares(first, [(replace(first, label="B"), follows)], words).periods == "Period: 2022"
    assert "Period: 2022: A; 2023: B" in bars([first, second], words).drawing


# --- what was corrected or withdrawn

CORRECTED_ON = {"zh": "2024 年 7 月 20 日更正", "en": "Corrected on 20 July 2024"}
GONE = {
    "zh": [
        "（已撤回）",
        "100 吨以上",
        "说的是目标",
        "2024 年 9 月 20 日",
        "2.0.0 版",
        "1.1.0 版（2024 年 9 月 1 日）",
    ],
    "en": [
        "(withdrawn)",
        "at least 100 tonnes",
        "It tells a goal",
        "20 September 2024",
        "version 2.0.0",
        "1 September 2024",
    ],
}


@cache
def past() -> Mapping[str, str]:
    """Render the small project with four releases."""
    return rendered(load(with_past(copy_good(folder())).root))


@in_both
def test_a_withdrawn_figure_stays_at_its_addresses(language: Language) -> None:
    """Page and picture strike its last value and say since when and why; the list marks it."""
    page, svg = figure_page(past(), language), past()[f"{language}/embed/test-001/{WITHDRAWN}.svg"]
    card, drawn = page.one("id", WITHDRAWN).text, words_of(svg)
    assert [said for said in GONE[language] if said not in card] == []
    assert [said for said in GONE[language] if said.replace(" ", "") not in drawn] == []
    assert GONE[language][1] in [e.text for e in page.all("del")]
    assert "line-through" in svg
    address = f"{SITE}{PREFIX[language]}bulletins/test-001/data/#{WITHDRAWN}"
    assert page.one("href", address)
    assert address in drawn
    assert GONE[language][0] in page.one("href", f"#{WITHDRAWN}").text
    assert len([path for path in past() if "line-through" in past()[path] and path.endswith(".svg")]) == 2


@in_both
def test_a_corrected_figure_says_when_it_was_corrected(language: Language) -> None:
    """The frame leads to the history on the card; the picture tells the day; no other figure has either."""
    page, said = figure_page(past(), language), CORRECTED_ON[language]
    data = f"{SITE}{PREFIX[language]}bulletins/test-001/data/"
    assert page.one("href", f"{data}#{CORRECTED}-history").text == said
    assert parse(past()[f"{language}/bulletins/test-001/data.md"]).one("id", f"{CORRECTED}-history")
    assert [e.attributes["id"] for e in page.all("article") if said in e.text] == [CORRECTED]
    drawn = [
        path
        for path, text in past().items()
        if path.endswith(".svg") and said.replace(" ", "") in words_of(text)
    ]
    assert [path for path in drawn if path.startswith(language)] == [
        f"{language}/embed/test-001/{CORRECTED}.svg"
    ]


@in_both
def test_what_is_embedded_names_the_version_of_released_data(language: Language) -> None:
    """Source lines end with the newest version, in frames and pictures; of unreleased data they name none."""
    said = {"zh": "数据版本 ", "en": "data version "}[language]
    newest = f"{said}{list(VERSIONS)[-1]}"
    pages = [figure_page(past(), language), *charts(past(), language).values()]
    assert [page for page in pages if newest not in page.all("footer")[0].text] == []
    drawn = [path for path in past() if path.startswith(f"{language}/embed/") and path.endswith(".svg")]
    assert [path for path in drawn if newest.replace(" ", "") not in words_of(past()[path])] == []
    assert [path for path, text in good().items() if "/embed/" in path and said in text] == []


@in_both
def test_titles_of_frames_name_no_value(language: Language) -> None:
    """A title stays in the pages of others: it names indicator and bulletin, which a correction leaves."""
    edition = Edition(archive=load(GOOD), language=language, site_url=SITE, contact="")
    short = str(edition.archive.bulletins["test-001"].bulletin[f"short_{language}"])
    for name, figure in edition.figures.items():
        title = frame(edition, figure).title
        assert title == f"{edition.label('indicators', figure.row['indicator'])} · {short}"
        assert f'data-title="{escape(title)}"' in good()[f"{language}/bulletins/test-001/data.md"], name


# --- data is data


@in_both
def test_data_is_never_markup(language: Language) -> None:
    """Tags, quotes and template signs in labels, definitions and bulletins stay text."""
    files = rendered(hostile())
    embedded = {path: text for path, text in files.items() if path.startswith(f"{language}/embed/")}
    for path, text in embedded.items():
        if path.endswith(".svg"):
            tree = ET.fromstring(text)  # noqa: S314
            assert {node.tag.rpartition("}")[2] for node in tree.iter()}.isdisjoint({"script", "img"})
        elif path.endswith(".html"):
            page = parse(text)
            assert page.all("script") == page.all("img") == []
            assert {key for e in page.elements for key in e.attributes if key.startswith("on")} == set()
    assert escape(HOSTILE) in embedded[f"{language}/embed/test-001/index.html"]


def hostile() -> Archive:
    """Load the small project with hostile labels, definitions and bulletin."""
    archive = load(GOOD)
    indicators = archive.codelists.tables["indicators"].copy()
    for column in ("label_zh", "label_en", "definition_zh", "definition_en"):
        indicators[column] = HOSTILE
    codes = replace(archive.codelists, tables={**archive.codelists.tables, "indicators": indicators})
    package = archive.bulletins["test-001"]
    told = {**package.bulletin, "series_zh": HOSTILE, "series_en": HOSTILE}
    changed = replace(package, descriptor={**package.descriptor, "bulletin": told})
    return replace(archive, codelists=codes, bulletins={"test-001": changed})


def test_a_site_with_the_texts_says_so_in_frames_too() -> None:
    """Where the bulletins' texts are shown, what can be embedded bears the warning as every page does."""
    files = rendered(load(GOOD), texts={"test-001": "字" * 9999})
    for page in (*charts(files, "en").values(), figure_page(files, "en")):
        assert "do not publish" in page.one("class", "kb-embedded__private").text
