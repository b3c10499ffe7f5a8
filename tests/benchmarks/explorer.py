"""Measures the explorer with many rows in a real browser: first view, filters, search, scrolling, downloads.

    .venv/bin/python tests/benchmarks/explorer.py SITE [ROWS]

SITE is a built site; it is copied, and the figures of the copy are replaced by made-up ones (100,000 rows).
"""

from __future__ import annotations

import gzip
import json
import random
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from playwright.sync_api import sync_playwright

from built import served
from conftest import SWITCHES, find_browser
from kuaibao.explorer.pack import packed
from kuaibao.tables import published_fields

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from kuaibao.model import Row

COLUMNS = [(field["name"], field["type"]) for field in published_fields()]
BULLETIN = 200  # figures in a bulletin
KINDS = ("exact", "exact", "exact", "about", "nearly", "at_least", "at_most", "range")
# Times the work from a change to the first frame that shows its result.
TIMED = """async ({ selector, value }) => {
  const field = document.querySelector(selector);
  const text = (name) => document.querySelector(`[data-part=${name}]`).textContent;
  const now = () => text("count") + text("order");
  const old = now(), start = performance.now();
  field.value = value;
  field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
  while (now() === old && performance.now() - start < 9000) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return Math.round(performance.now() - start);
}"""
SCROLL = """async () => {
  const gaps = [];
  let last = performance.now();
  for (let step = 0; step < 120; step++) {
    window.scrollBy(0, 400);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  }
  gaps.sort((a, b) => a - b);
  return [gaps[60], gaps[113], gaps[119]].map(Math.round);
}"""


def made_up(count: int) -> list[Row]:
    """Make rows of figures up: bulletins of 200, 300 indicators, 130 areas, 20 units."""
    chance = random.Random(1)  # noqa: S311  # the same rows every time
    return [_row(number, chance) for number in range(count)]


def _row(number: int, chance: random.Random) -> Row:
    bulletin, section = f"made-{number // BULLETIN + 1:03}", number % BULLETIN // 40 + 1
    indicator, area, unit = chance.randrange(300), chance.randrange(130), chance.randrange(20)
    kind, value, year = chance.choice(KINDS), chance.randrange(1, 1_000_000), 2014 + chance.randrange(10)
    measure = f"{bulletin}.m{chance.randrange(40):02}"
    low = "" if kind in {"nearly", "at_most"} else str(value)
    high = "" if kind == "at_least" else str(value)
    row = dict.fromkeys((name for name, _ in COLUMNS), "")
    row |= {
        "figure": f"{bulletin}.{section}.{number % 40 + 1:02}",
        "bulletin": bulletin,
        "section": str(section),
    }
    row |= {"issued": f"{year}-06-20", "section_zh": f"第{section}部分", "section_en": f"Section {section}"}
    row |= {"bulletin_name_zh": f"快报{bulletin}", "bulletin_name_en": f"Bulletin {bulletin}"}
    row |= {"indicator": f"indicator_{indicator}", "topic": f"topic_{indicator % 12}"}
    row |= {"indicator_zh": f"产业工人指标{indicator}", "indicator_en": f"Indicator of workers {indicator}"}
    row |= {"topic_zh": f"主题{indicator % 12}", "topic_en": f"Topic {indicator % 12}"}
    row |= {"area": f"53{area:04}", "area_zh": f"第{area}县", "area_en": f"County {area}"}
    row |= {"period": str(year), "period_basis": "stated", "years": str(year)}
    row |= {"when_zh": f"{year} 年", "when_en": str(year), "value": str(value)}
    row |= {"unit": f"unit_{unit}", "unit_zh": f"单位{unit}", "unit_en": f"Unit {unit}"}
    row |= {"qualifier": kind, "qualifier_zh": f"修饰 {kind}", "qualifier_en": kind}
    row |= {
        "value_min": low,
        "value_max": high,
        "printed": f"{value} 个",
        "numeral": f"{bulletin}.n{number % BULLETIN:03}",
    }
    row |= {"text_zh": f"{value} 单位{unit}", "text_en": f"{value:,} unit {unit}", "measure": measure}
    row |= {"measure_zh": f"措施{measure}", "measure_en": f"Measure {measure}", "paragraph": "1"}
    row |= {"start": str(number % 900), "end": str(number % 900 + 6)}
    return row | {
        "note_zh": f"说明{number % 500}，未写时点，按发文日计。",
        "note_en": f"Note {number % 500}, as at the date.",
    }


def measure(site: Path, count: int) -> dict[str, object]:
    """Measure a site whose figures are replaced by `count` made-up ones; times in ms, sizes in bytes."""
    files = packed(made_up(count), COLUMNS, "https://site.invalid/")
    shutil.rmtree(site / "explore/figures")
    for name, content in files.items():
        target = site / "explore/figures" / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
    first = ("index.json", "labels.zh.json", "rows.0.json")
    found: dict[str, object] = {"first data, gzip": sum(len(gzip.compress(files[name])) for name in first)}
    found["all data, gzip"] = sum(len(gzip.compress(content)) for content in files.values())
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(SWITCHES))
        found |= _browsed(browser.new_page(), f"{address}/explore/")
        browser.close()
    return found


def _browsed(page: Page, address: str) -> dict[str, object]:
    page.set_default_timeout(120_000)
    page.goto(address)
    page.wait_for_selector("#kb-explorer[data-ready]")
    found: dict[str, object] = {"first rows": page.evaluate("Math.round(performance.now())")}

    def timed(selector: str, value: str) -> int:
        return int(page.evaluate(TIMED, {"selector": selector, "value": value}))

    found["first filter, with loading"] = timed("[name=unit]", "unit_3")
    found["sort"] = timed("[name=sort]", "-value")
    found["filter by topic"] = timed("[name=topic]", "topic_3")
    page.goto(address)
    page.wait_for_selector("#kb-explorer[data-ready]")
    found["first search, with loading"] = timed("[name=q]", "产业工人指标7")
    found["search"] = timed("[name=q]", "产业工人指标71 第9县")
    found["search, any row"] = timed("[name=q]", "12345")
    found["back to all"] = timed("[name=q]", "")
    found["filter by area"] = timed("[name=area]", "530009")
    found["and back"] = timed("[name=area]", "")
    found["scroll, ms a frame: median, 95 %, worst"] = page.evaluate(SCROLL)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(500)
    found["last row"] = page.locator("tbody tr").last.get_attribute("aria-rowindex")
    page.evaluate("window.scrollTo(0, 0)")
    for kind in ("csv", "xlsx"):
        start = page.evaluate("performance.now()")
        with page.expect_download() as waiting:
            page.click(f"[data-save={kind}]")
        waiting.value.path()
        found[f"all rows as {kind}"] = round(page.evaluate("performance.now()") - start)
    return found


def main() -> None:
    """Print the measurements of a copy of a site."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "site"
        shutil.copytree(sys.argv[1], copy)
        print(json.dumps(measure(copy, count), indent=2, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
