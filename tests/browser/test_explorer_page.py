"""The explorer as readers meet it: filters, search, order, addresses, downloads, keyboard, many rows."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from playwright.sync_api import expect

from axe import violations
from built import folder, served, site
from kuaibao.explorer import pack
from kuaibao.tables import published_fields
from weight import SHIFTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Route

    Opened = Callable[..., Page]

PREFIXES = {"zh": "", "en": "en/"}
FIELDS = {field["name"]: field["type"] for field in published_fields()}
MANY = 25_000
TALL, PLAIN = {"width": 1280, "height": 6000}, {"width": 1280, "height": 800}
languages = pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES.keys())


def published() -> list[dict[str, str]]:
    """Read the published figures, as they are downloaded from the data page."""
    with (site() / "downloads/yncg-090/figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def explore(opened: Opened, address: str, query: str = "", **options: object) -> Page:
    """Open the explorer, by default in a window that shows all rows, and wait until they are there."""
    page = opened(f"{address}explore/{query}", **({"viewport": TALL} | options))
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait until the explorer shows its rows."""
    expect(page.locator("#kb-explorer")).to_have_attribute("data-ready", "true")


def listed(page: Page) -> list[str]:
    """List the figures in the table, by the addresses that they lead to."""
    links = page.locator("#kb-explorer tbody a.fig")
    return [str(href).partition("#")[2] for href in links.evaluate_all("links => links.map(a => a.href)")]


def ids(**cells: str) -> list[str]:
    """List the published figures with these cells."""
    return [row["figure"] for row in published() if cells.items() <= row.items()]


def expect_count(page: Page, count: int) -> None:
    """Wait until the table holds so many rows and the line above it says so."""
    expect(page.locator("#kb-explorer table")).to_have_attribute("aria-rowcount", str(count + 1))
    assert str(count) in re.findall(r"\d+", page.locator("[data-part=count]").inner_text())


def expect_figures(page: Page, figures: list[str]) -> None:
    """Wait until the table is as long as a list of figures, and compare."""
    expect_count(page, len(figures))
    assert listed(page) == figures[: len(listed(page))]


# --- filters and search


@languages
@pytest.mark.parametrize("at", ["at_root", "at_path"])
def test_all_figures_are_listed_at_first(
    opened: Opened, prefix: str, at: str, request: pytest.FixtureRequest
) -> None:
    """Every figure is there, in the order of the print, and leads to its permanent address."""
    address = request.getfixturevalue(at) + prefix
    page = explore(opened, address)
    expect_figures(page, ids())
    first = page.locator("#kb-explorer tbody tr").first
    assert first.get_attribute("aria-rowindex") == "2"
    expected = f"{address}bulletins/yncg-090/data/#{ids()[0]}"
    assert first.locator("a").evaluate("a => a.href") == expected
    page.goto(expected)
    expect(page.locator(f'[id="{ids()[0]}"]')).to_be_in_viewport()


FILTERS = [
    ("section", "yncg-090.3", {"section": "3"}),
    ("indicator", "industrial_workers", {"indicator": "industrial_workers"}),
    ("area", "530523", {"area": "530523"}),
    ("unit", "enterprise", {"unit": "enterprise"}),
    ("hedge", "at_least", {"qualifier": "at_least"}),
    ("period", "unstated", {"period": ""}),
]


@languages
def test_filters_filter(opened: Opened, at_path: str, prefix: str) -> None:
    """Each filter keeps the rows that the published table has for it, and its options say how many."""
    page = explore(opened, at_path + prefix)
    for name, value, cells in FILTERS:
        expected = ids(**cells)
        select = page.locator(f"select[name={name}]")
        option = select.locator(f'option[value="{value}"]')
        expect(option).to_contain_text(re.compile(rf"[（(]{len(expected)}[）)]"))
        select.select_option(value)
        expect_figures(page, expected)
        page.locator("[data-part=chips] button").first.click()
        expect_figures(page, ids())


def test_period_keeps_every_span_that_touches_a_year(opened: Opened, at_path: str) -> None:
    """A year keeps days and years within it, and spans that touch it."""
    page = explore(opened, at_path, "?period=2022")
    expected = [row["figure"] for row in published() if touches(row["period"], "2022")]
    expect_figures(page, expected)


def touches(period: str, year: str) -> bool:
    """Tell whether a period begins before the end of a year and ends after its beginning."""
    first, _, last = period.partition("/")
    return bool(period) and first[:4] <= year <= (last or first)[:4]


def test_filters_narrow_one_another(opened: Opened, at_path: str) -> None:
    """Filters hold together; options without a row are left out."""
    page = explore(opened, at_path, "?section=yncg-090.5&unit=person")
    expect_figures(page, ids(section="5", unit="person"))
    offered = page.locator("select[name=area] option").evaluate_all("found => found.map(o => o.value)")
    assert set(offered) == {
        "",
        *(r["area"] for r in published() if r["section"] == "5" and r["unit"] == "person"),
    }


SEARCHES = [
    ("", "石斛", lambda row: "石斛" in row["indicator_zh"] + row["measure_zh"] + row["printed"]),
    ("", "17.71万", lambda row: row["value"] == "177100"),
    ("", "龙陵 合作社", lambda row: "合作社" in row["indicator_zh"]),
    ("", "530523", lambda row: row["area"] == "530523"),
    ("en/", "dendrobium", lambda row: "dendrobium" in (row["indicator_en"] + row["measure_en"]).lower()),
    ("en/", "177,100", lambda row: row["value"] == "177100"),
    ("en/", "石斛", lambda row: "石斛" in row["indicator_zh"] + row["measure_zh"] + row["printed"]),
    ("", "14668700", lambda row: row["figure"] == "yncg-090.2.09"),
    ("en/", "14,668,700", lambda row: row["figure"] == "yncg-090.2.09"),
    ("en/", "yncg-090.5.09", lambda row: row["figure"] == "yncg-090.5.09"),
    ("en/", "xylophone", lambda _: False),
]


@pytest.mark.parametrize(("prefix", "words", "test"), SEARCHES, ids=lambda value: str(value)[:14])
def test_search_finds(
    opened: Opened, at_path: str, prefix: str, words: str, test: Callable[[dict[str, str]], bool]
) -> None:
    """Words of either language, numbers in either form, codes and ids find their rows, and no others."""
    page = explore(opened, at_path + prefix)
    page.locator("input[name=q]").fill(words)
    expected = [row["figure"] for row in published() if test(row)]
    expect_count(page, len(expected))
    assert listed(page) == expected
    expect(page.locator("[data-part=empty]")).to_be_visible(visible=not expected)


# --- order


def interval(row: dict[str, str]) -> tuple[float, float]:
    """Give the interval of a row."""
    low, high = row["value_min"], row["value_max"]
    return float(low) if low else float("-inf"), float(high) if high else float("inf")


def ordered(unit: str, sign: int) -> list[str]:
    """Order the rows of a unit as the explorer promises: closed intervals, half-open ones, unknown ones."""
    rows = [row for row in published() if row["unit"] == unit]

    def key(row: dict[str, str]) -> tuple[float, ...]:
        low, high = interval(row)
        known = [end for end in (low, high) if abs(end) != float("inf")]
        if len(known) == 2:
            return (0, sign * low, sign * high) if sign > 0 else (0, sign * high, sign * low)
        return (1, sign * known[0], sign * (low > float("-inf"))) if known else (2,)

    return [row["figure"] for row in sorted(rows, key=key)]


def test_order_by_value_wants_one_unit(opened: Opened, at_path: str) -> None:
    """Without a unit no order by value is offered, and the page says why."""
    page = explore(opened, at_path + "en/")
    values = page.locator("select[name=sort] option[value$=value]")
    expect(page.locator("[data-part=sort-note]")).to_be_visible()
    assert [values.nth(place).is_disabled() for place in range(2)] == [True, True]
    page.locator("select[name=unit]").select_option("person")
    expect(values.first).to_be_enabled()
    expect(page.locator("[data-part=sort-note]")).to_be_hidden()
    page.locator("select[name=sort]").select_option("-value")
    assert "sort=-value" in page.url
    page.locator("select[name=unit]").select_option("")
    expect(page).to_have_url(f"{at_path}en/explore/")


@pytest.mark.parametrize(("sort", "sign"), [("value", 1), ("-value", -1)])
@pytest.mark.parametrize("unit", ["person", "enterprise", "item"])
def test_hedged_values_are_not_sorted_as_exact(
    opened: Opened, at_path: str, unit: str, sort: str, sign: int
) -> None:
    """Rows stand by their intervals; those without both ends come after a line, which the page explains."""
    page = explore(opened, at_path, f"?unit={unit}&sort={sort}")
    expected = ordered(unit, sign)
    expect_figures(page, expected)
    rows = {row["figure"]: row for row in published()}
    open_ends = [name for name in expected if not (rows[name]["value_min"] and rows[name]["value_max"])]
    edge = page.locator(".kb-explorer__edge a.fig")
    expect(edge).to_have_count(1 if open_ends else 0)
    note = page.locator("[data-part=order]").inner_text()
    assert (str(len(open_ends)) in note) == bool(open_ends)


# --- the address


@languages
def test_address_holds_the_view(opened: Opened, at_path: str, prefix: str) -> None:
    """What is chosen stands in the address; the address alone, and Back and Forward, bring it again."""
    page = explore(opened, at_path + prefix)
    page.locator("select[name=unit]").select_option("person")
    page.locator("select[name=sort]").select_option("-value")
    page.locator("input[name=q]").fill("工人")
    expect(page).to_have_url(re.compile(r"explore/\?q=.*&unit=person&sort=-value$"))
    expect(page.locator("[data-part=chips] li")).to_have_count(3)
    shared, seen = page.url, listed(page)
    page.go_back()
    expect(page.locator("input[name=q]")).to_have_value("")
    expect_count(page, len(ids(unit="person")))
    page.go_forward()
    expect(page.locator("input[name=q]")).to_have_value("工人")
    other = opened(shared, viewport=TALL)
    ready(other)
    expect_count(other, len(seen))
    assert listed(other) == seen
    assert other.locator("select[name=sort]").input_value() == "-value"


def test_unknown_values_in_the_address_are_told(opened: Opened, at_path: str) -> None:
    """What the address asks for and nobody knows is named and left out; strange parameters are let be."""
    query = "?unit=parsec&topic=__proto__&sort=value&section=%3Cscript%3E&area=530523&from=timeline"
    page = explore(opened, at_path, query)
    expect_figures(page, ids(area="530523"))
    notice = page.locator("[data-part=notice]").inner_text()
    for part in ("unit=parsec", "topic=__proto__", "sort=value", "section=<script>"):
        assert part in notice
    assert "timeline" not in notice
    page.locator("[data-part=chips] button").first.click()
    expect(page).to_have_url(f"{at_path}explore/?from=timeline")


def test_language_switch_keeps_the_view(opened: Opened, at_path: str) -> None:
    """The other language shows the same view."""
    page = explore(opened, at_path, "?unit=person&sort=value")
    seen = listed(page)
    page.locator("header a[hreflang]").click()
    expect(page).to_have_url(f"{at_path}en/explore/?unit=person&sort=value")
    ready(page)
    assert listed(page) == seen


# --- scrolling


def scroll_by_wheel(page: Page) -> None:
    """Turn the wheel down by steps and by leaps, and up again."""
    page.mouse.move(180, 400)
    for turn in [300] * 12 + [3000, 30_000] + [-300] * 12:
        page.mouse.wheel(0, turn)
        page.wait_for_timeout(40)


def scroll_by_keys(page: Page) -> None:
    """Go through the page by its keys."""
    for key in ["PageDown"] * 5 + ["End"] + ["PageUp"] * 5 + ["Home"]:
        page.keyboard.press(key)
        page.wait_for_timeout(200)


VIEWS = [("at_path", ""), ("at_path", "?unit=person&topic=x"), ("many", ""), ("many", "?unit=unit_3")]


@pytest.mark.parametrize(("at", "query"), VIEWS)
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_on_its_own(
    opened: Opened, request: pytest.FixtureRequest, at: str, query: str, width: int
) -> None:
    """Rows and what is around them stay where they are while others are loaded, come and go."""
    address = request.getfixturevalue(at)
    page = opened(f"{address}about/", viewport={"width": width, "height": 800})
    page.context.add_init_script(SHIFTS)
    page.goto(f"{address}explore/{query}")
    ready(page)
    scroll_by_wheel(page)
    scroll_by_keys(page)
    page.wait_for_timeout(200)
    assert page.evaluate("window.moved") < 0.01


def test_home_leads_to_the_top(opened: Opened, many: str) -> None:
    """From the end Home leads to the very top, however high the rows that are passed turn out."""
    page = explore(opened, many, viewport={"width": 360, "height": 800})
    page.keyboard.press("End")
    page.wait_for_function("window.scrollY > 100000")
    page.keyboard.press("Home")
    page.wait_for_function("window.scrollY === 0")


# --- downloads


def saved(page: Page, kind: str) -> bytes:
    """Click a download of what is listed, and read the file."""
    with page.expect_download() as waiting:
        page.locator(f"[data-save={kind}]").click()
    assert waiting.value.suggested_filename == f"kuaibao-figures.{kind}"
    return Path(waiting.value.path()).read_bytes()


@languages
def test_csv_of_everything_is_the_published_file(opened: Opened, at_path: str, prefix: str) -> None:
    """With nothing chosen the CSV is, byte for byte, the one of the data page."""
    page = explore(opened, at_path + prefix)
    assert saved(page, "csv") == (site() / "downloads/yncg-090/figures.csv").read_bytes()


@languages
def test_downloads_hold_what_is_listed(opened: Opened, at_path: str, prefix: str) -> None:
    """CSV and workbook hold the listed rows in their order, with all columns of the published table."""
    page = explore(opened, at_path + prefix, "?unit=person&sort=-value&q=工人")
    rows = {row["figure"]: row for row in published()}
    expected = [rows[name] for name in listed(page)]
    assert len(expected) > 3
    text = saved(page, "csv").decode("utf-8")
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == expected
    book = openpyxl.load_workbook(io.BytesIO(saved(page, "xlsx")))
    head, *found = list(book["figures"].iter_rows(values_only=True))
    assert head == tuple(FIELDS)
    assert [dict(zip(FIELDS, map(shown, row), strict=True)) for row in found] == expected
    for name, cell in zip(FIELDS, found[0], strict=True):
        assert cell is None or isinstance(cell, (int, float)) == (FIELDS[name] in {"number", "integer"}), name
    about = [str(cell) for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]
    assert page.url in about
    assert book["figures"].freeze_panes == "A2"


def shown(value: object) -> str:
    """Write a cell of a workbook as a CSV does."""
    if hasattr(value, "date"):
        return str(value.date())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


# --- every reader


@languages
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_explorer_breaks_no_rule_of_accessibility(
    opened: Opened, at_path: str, prefix: str, scheme: str, width: int
) -> None:
    """axe-core finds nothing against WCAG 2.2 A and AA and its best practices; nothing scrolls sideways."""
    options: dict[str, Any] = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = explore(opened, at_path + prefix, "?unit=person&sort=-value&topic=x", **options)
    if width < 720:
        page.locator("[data-part=toggle]").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_long_word_stays_in_the_page(opened: Opened, at_path: str) -> None:
    """A word of sixty letters in the address makes no phone's page scroll sideways."""
    page = explore(opened, at_path, f"?q={'w' * 60}&unit={'w' * 60}", viewport={"width": 360, "height": 800})
    expect(page.locator("[data-part=chips] button")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_rows_keep_their_meaning_on_a_phone(opened: Opened, at_path: str) -> None:
    """As cards, rows stay rows of a table to those who hear them."""
    page = explore(opened, at_path + "en/", viewport={"width": 360, "height": 800})
    row = page.get_by_role("row", name=re.compile("Departments in the leading group"))
    expect(row.get_by_role("rowheader")).to_contain_text("Departments in the leading group")
    assert row.get_by_role("cell").count() == 5
    expect(page.get_by_role("columnheader", name="As printed")).to_have_count(1)


def test_keyboard_reaches_rows_and_takes_chips_away(opened: Opened, at_path: str) -> None:
    """Chips and figures can be reached and used by keyboard; without a chip the count has the focus."""
    page = explore(opened, at_path, "?unit=person&hedge=exact")
    chip = page.locator("[data-part=chips] button").first
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=count]")).to_be_focused()
    page.locator("[data-save=csv]").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#kb-explorer tbody a.fig").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#kb-explorer tbody a.fig").nth(1)).to_be_focused()


@languages
def test_without_scripts_a_message_leads_on(opened: Opened, at_path: str, prefix: str) -> None:
    """Without scripts the page says so, and leads to the bulletins and the downloads."""
    page = opened(f"{at_path}{prefix}explore/", java_script_enabled=False)
    expect(page.locator("#kb-explorer")).to_be_hidden()
    for target in ("bulletins/", "data/"):
        expect(page.locator(f'noscript a[href$="{target}"]')).to_be_visible()


def test_print_holds_every_row(opened: Opened, at_path: str) -> None:
    """A printed page has all rows, not those in view alone."""
    page = explore(opened, at_path, viewport=PLAIN)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert listed(page) == ids()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert len(listed(page)) < len(ids())


@languages
def test_from_a_disk_the_page_says_what_to_do(chromium: Browser, prefix: str) -> None:
    """Opened as a file the explorer cannot read its data: it says so at once and links the downloads."""
    page = chromium.new_page()
    page.goto((site() / prefix / "explore/index.html").as_uri())
    failed = page.locator("[data-part=failed]")
    expect(failed).to_contain_text("a file" if prefix else "直接打开文件")
    expect(page.locator("[data-part=progress]")).to_be_hidden()
    expect(page.locator("[data-part=form]")).to_be_hidden()
    failed.locator("a").last.click()
    page.wait_for_url((site() / prefix / "data/index.html").as_uri())
    page.close()


def test_page_runs_under_a_strict_policy(opened: Opened, at_path: str) -> None:
    """The explorer's own scripts, styles and downloads keep to a policy of the site's files alone."""
    page = opened(f"{at_path}about/", viewport=PLAIN)
    page.route(re.compile(r"/explore/\?"), restricted)
    page.goto(f"{at_path}explore/?unit=person&sort=value")
    ready(page)
    for kind in ("csv", "xlsx"):
        assert saved(page, kind)


def restricted(route: Route) -> None:
    """Answer with a page from which scripts within the page are taken, under a strict policy."""
    answer = route.fetch()
    body = re.sub(r"<script>.*?</script>", "", answer.text(), flags=re.DOTALL).replace(
        "<html", '<html class="js"'
    )
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"
    )
    route.fulfill(response=answer, body=body, headers=answer.headers | {"content-security-policy": policy})


# --- many rows


def made_up(count: int) -> list[dict[str, str]]:
    """Make rows of figures up."""
    names = {*FIELDS, *pack.SHOWN, *pack.SETTLED}
    rows = []
    for number in range(count):
        unit, value = number % 7, str(number)
        cells = {"bulletin": "made-001", "section": "1", "figure": f"made-001.1.{number:06}"}
        cells |= {"unit": f"unit_{unit}", "unit_zh": f"单位{unit}", "unit_en": f"unit {unit}"}
        cells |= {"value": value, "value_min": value, "value_max": value, "qualifier": "exact"}
        cells |= {"text_zh": f"{number} 个", "text_en": value, "printed": f"{number} 个"}
        cells |= {"years": "2023", "note_zh": "=1+1", "measure_zh": "长" * (number % 53)}
        rows.append(dict.fromkeys(names, "") | {"topic": "t", "indicator": "i", "area": "530500"} | cells)
    return rows


@pytest.fixture(scope="module")
def many() -> Iterator[str]:
    """Serve a site with many made-up figures, in several parts."""
    copy = folder() / "many"
    shutil.copytree(site(), copy)
    shutil.rmtree(copy / "explore/figures")
    (copy / "explore/figures").mkdir()
    columns = list(FIELDS.items())
    for name, content in pack.packed(made_up(MANY), columns, "https://site.invalid/").items():
        (copy / "explore/figures" / name).write_bytes(content)
    with served(copy) as address:
        yield f"{address}/"


def test_first_view_loads_the_first_part_alone(opened: Opened, many: str) -> None:
    """At first the vocabularies and the first part are fetched; a filter fetches the rest, once."""
    asked: list[str] = []
    page = explore(opened, many, viewport=PLAIN)
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    ready(page)
    expect_total(page, MANY)
    fetched = {name for name in map(name_of, asked) if name.endswith(".json")}
    assert fetched == {"index.json", "labels.zh.json", "rows.0.json"}
    page.locator("select[name=unit]").select_option("unit_3")
    expect_total(page, len(range(3, MANY, 7)))
    parts = [name for name in map(name_of, asked) if re.match(r"rows\.\d", name)]
    assert sorted(parts) == [f"rows.{number}.json" for number in range(4)]
    assert page.locator("#kb-explorer tbody tr").count() < 60


def name_of(url: str) -> str:
    """Give the name of a file in an address."""
    return url.partition("?")[0].rpartition("/")[2]


def expect_total(page: Page, count: int) -> None:
    """Wait until the table is so long."""
    expect(page.locator("#kb-explorer table")).to_have_attribute("aria-rowcount", str(count + 1))


def test_scrolling_loads_and_reaches_the_last_row(opened: Opened, many: str) -> None:
    """Scrolling to the end loads what is missing, and shows the last row."""
    page = explore(opened, many, viewport=PLAIN)
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    last = page.locator(f'tbody tr[aria-rowindex="{MANY + 1}"] a.fig')
    expect(last).to_have_attribute("href", re.compile(rf"#made-001\.1\.{MANY - 1:06}$"))
    assert page.locator("#kb-explorer tbody tr").count() < 60


def test_downloads_of_many_rows_are_whole(opened: Opened, many: str) -> None:
    """Downloads hold every listed row of every part; what a spreadsheet might evaluate is defused."""
    page = explore(opened, many, "?unit=unit_3&sort=-value")
    expected = [str(number) for number in range(3, MANY, 7)][::-1]
    rows = list(csv.DictReader(io.StringIO(saved(page, "csv").decode("utf-8"), newline="")))
    assert [row["value"] for row in rows] == expected
    assert {row["note_zh"] for row in rows} == {"'=1+1"}
    book = openpyxl.load_workbook(io.BytesIO(saved(page, "xlsx")), read_only=True)
    head, *found = list(book["figures"].iter_rows(values_only=True))
    assert [str(row[head.index("value")]) for row in found] == expected
    assert {row[head.index("note_zh")] for row in found} == {"'=1+1"}
    book.close()


def test_a_part_that_does_not_load_is_told(chromium: Any, many: str) -> None:  # noqa: ANN401  # playwright's Browser
    """Where a part is missing the page says so and leads on; trying again loads it."""
    page = chromium.new_page()
    page.goto(f"{many}explore/")
    ready(page)
    page.route("**/rows.2.json", lambda route: route.abort())
    page.locator("select[name=unit]").select_option("unit_3")
    expect(page.locator("[data-part=failed]")).to_be_visible()
    page.unroute("**/rows.2.json")
    page.locator("select[name=unit]").select_option("unit_4")
    expect_total(page, len(range(4, MANY, 7)))
    expect(page.locator("[data-part=failed]")).to_be_hidden()
    page.close()


def test_words_of_data_are_text(opened: Opened) -> None:
    """Labels are data: markup in them appears as typed."""
    copy = folder() / "hostile"
    shutil.copytree(site(), copy)
    labels = copy / "explore/figures/labels.zh.json"
    loaded = json.loads(labels.read_text(encoding="utf-8"))
    hostile = "<img src=x onerror=window.hacked=1>"
    loaded["indicator"]["indicator_zh"][0] = hostile
    labels.write_text(json.dumps(loaded), encoding="utf-8")
    with served(copy) as address:
        page = explore(opened, f"{address}/")
        expect(page.locator("#kb-explorer tbody th").first).to_contain_text(hostile)
        assert page.evaluate("window.hacked === undefined")
