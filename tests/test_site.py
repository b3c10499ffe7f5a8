"""The built site: whole, closed in itself, the same everywhere; and a failed build that changes nothing."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from built import INPUTS, PAGE_TYPES, ROOT, copy, folder, kuaibao, parsed, project, site, tree, unreleased

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

BASE = "http://site.invalid/"
FETCHED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "form": "action", "source": "src"}
# Relations of <link> that name an address and fetch nothing.
NAMING = {"canonical", "alternate", "license", "next", "prev", "describedby", "cite-as", "type"} | {
    "service-desc",
    "version-history",
}
CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


def pages() -> dict[str, str]:
    """Map the address of every page below the site to its file."""
    return {name.removesuffix("index.html"): name for name in parsed()}


def told() -> list[str]:
    """List the addresses of what readers read: not the page of errors, not what other sites embed."""
    alone = {"404.html", "en/404.html"}
    return sorted(
        path for path in pages() if path not in alone and not path.startswith(("embed/", "en/embed/"))
    )


# --- two languages


def test_every_page_type_is_there() -> None:
    """The addresses that the site promises exist in both languages."""
    promised = {prefix + path for prefix in ("", "en/") for path in PAGE_TYPES}
    assert promised - pages().keys() == set()


def test_every_page_has_its_counterpart() -> None:
    """Chinese and English pages stand at the same paths."""
    english = {path.removeprefix("en/") for path in pages() if path.startswith("en/")}
    chinese = {path for path in pages() if not path.startswith("en/")}
    assert chinese == english


def test_counterparts_name_each_other() -> None:
    """The head of each page names both versions and itself, under the public address."""
    address = re.search(r"^site_url: (.+)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert address
    for path in told():
        links = [e.attributes for e in parsed()[pages()[path]].all("link")]
        found = {link["hreflang"]: link["href"] for link in links if "hreflang" in link}
        plain = path.removeprefix("en/")
        expected = {"zh-Hans": plain, "en": f"en/{plain}", "x-default": plain}
        assert found == {tag: address[1] + where for tag, where in expected.items()}, path
        assert [link["href"] for link in links if link["rel"] == "canonical"] == [address[1] + path]


def test_counterparts_link_to_each_other() -> None:
    """On each page a visible link leads to the same page in the other language."""
    for path in told():
        is_english = path.startswith("en/")
        switches = [e for e in parsed()[pages()[path]].all("a") if "hreflang" in e.attributes]
        counterpart = path.removeprefix("en/") if is_english else f"en/{path}"
        found = [(e.attributes["hreflang"], urljoin(BASE + path, e.attributes["href"])) for e in switches]
        assert found == [("zh-Hans" if is_english else "en", BASE + counterpart)], path
        assert switches[0].text.strip(), path


def test_pages_say_their_language() -> None:
    """The language of a page is that of its folder."""
    for path, name in pages().items():
        expected = "en" if path.startswith("en/") else "zh-Hans"
        assert parsed()[name].all("html")[0].attributes["lang"] == expected, path


# --- links


@cache
def ids(name: str) -> frozenset[str]:
    """Give the ids of a page."""
    return frozenset(parsed()[name].ids())


def test_every_internal_link_resolves() -> None:
    """Each link within the site leads to a file of the site, and each anchor to an id on that page."""
    broken = [
        f"{path}: {tag} {target}"
        for path, name in pages().items()
        for tag, target in own_targets(path, name)
        if not resolves(target)
    ]
    assert broken == []


def own_targets(path: str, name: str) -> list[tuple[str, str]]:
    """List the addresses within the site that a page names, made absolute."""
    base = BASE + ("" if path.endswith("404.html") else path)
    found = []
    for element in parsed()[name].elements:
        for attribute in ("href", "src", "action", "poster", "data-src"):
            if attribute in element.attributes:
                target = urljoin(base, element.attributes[attribute])
                if target.startswith(BASE):
                    found.append((element.tag, target))
    return found


def resolves(target: str) -> bool:
    """Tell whether an address leads to a file and, if it has one, to an anchor."""
    parts = urlsplit(target)
    path = unquote(parts.path).removeprefix("/")
    name = pages().get(path, path)
    if not (site() / name).is_file():
        return False
    return not parts.fragment or unquote(parts.fragment) in ids(name)


def test_ids_are_unique() -> None:
    """No page uses an id twice."""
    twice = {
        name: [each for each, count in Counter(page.ids()).items() if count > 1]
        for name, page in parsed().items()
    }
    assert {name: found for name, found in twice.items() if found} == {}


def test_every_figure_has_a_card() -> None:
    """The permanent address of each figure and relation is there in both languages."""
    for table, key in (("figures", "figure"), ("relations", "relation")):
        rows = package_rows("yncg-090", table)
        for prefix in ("", "en/"):
            missing = {row[key] for row in rows} - ids(f"{prefix}bulletins/yncg-090/data/index.html")
            assert missing == set()


# --- no other host


def test_pages_fetch_nothing_from_other_hosts() -> None:
    """No style, script, picture, frame or form names another host; links to read on may."""
    foreign = [
        f"{name}: {element.tag} {value}"
        for name, page in parsed().items()
        for element in page.elements
        for attribute, value in element.attributes.items()
        if is_fetched(element.tag, attribute, element.attributes) and is_foreign(value)
    ]
    assert foreign == []


def is_fetched(tag: str, attribute: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether a browser fetches what an attribute names."""
    if tag == "link" and NAMING & set(attributes.get("rel", "").split()):
        return False
    return FETCHED.get(tag) == attribute or attribute in {"srcset", "poster", "formaction", "data"}


def is_foreign(address: str) -> bool:
    """Tell whether an address names a host."""
    return bool(urlsplit(address.strip()).netloc)


def test_styles_fetch_nothing_from_other_hosts() -> None:
    """Neither style sheets nor styles within pages fetch from another host, and what they name exists."""
    styles = {path.relative_to(site()).as_posix(): path.read_text("utf-8") for path in site().rglob("*.css")}
    for name, page in parsed().items():
        inline = [e.attributes.get("style", "") for e in page.elements] + [e.text for e in page.all("style")]
        styles[name] = "\n".join(inline)
    for name, text in styles.items():
        for match in CSS_URL.finditer(text):
            target = match[1] or match[2]
            assert not is_foreign(target), f"{name}: {target}"
            if not target.startswith(("data:", "#")):
                assert resolves(urljoin(BASE + name, target)), f"{name}: {target}"


# --- the same everywhere


@cache
def elsewhere() -> Path:
    """Build a second time: in another folder, zone, language and hash order, over an old site."""
    other = copy(folder() / "a deeper 文件夹" / "project")
    (other / "site").mkdir()
    (other / "site" / "old.html").write_text("old", encoding="utf-8")
    env = {
        "TZ": "America/New_York",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "2",
        "SOURCE_DATE_EPOCH": "1",
    }
    done = kuaibao("build", root=other, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return other


def test_builds_are_byte_identical() -> None:
    """Folder, time zone, language, hash seed and the site before leave no trace in the site."""
    first, second = tree(site()), tree(elsewhere() / "site")
    assert sorted(first) == sorted(second)
    assert [name for name, content in first.items() if content != second[name]] == []


def test_build_writes_nothing_but_site_and_build() -> None:
    """A build leaves every other file of the folder as it is, and adds none."""
    after = {
        name: content
        for name, content in tree(elsewhere()).items()
        if not name.startswith(("site/", "build/"))
    }
    assert after == {name: content for name, content in tree(project()).items() if name in after}
    assert {name.partition("/")[0] for name in after} == set(INPUTS)


def test_no_file_tells_where_it_was_built() -> None:
    """No file of the site holds the folder of the build."""
    place = str(project()).encode()
    assert [name for name, content in tree(site()).items() if place in content] == []


# --- a failed build


def remove_descriptor(root: Path) -> None:
    """Take a package's descriptor away."""
    (root / "datapackages/yncg-090/datapackage.json").unlink()


def save_as_gbk(root: Path) -> None:
    """Save a table as Excel does on a Chinese Windows."""
    table = root / "datapackages/yncg-090/data/measures.csv"
    table.write_bytes(table.read_text(encoding="utf-8").encode("gb18030"))


def cite_unknown_figure(root: Path) -> None:
    """Cite a figure that is not in the data."""
    append(root / "docs/zh/about.md", '{{ fig("yncg-090.5.99") }}')


def misspell_macro(root: Path) -> None:
    """Call a macro that is not there, and cite a figure by a name that is no id."""
    append(root / "docs/en/about.md", '{{ figure("yncg-090.5.09") }}')
    append(root / "docs/en/index.md", '{{ fig("workers") }}')


def type_a_digit(root: Path) -> None:
    """Type a number into a narrative."""
    append(root / "docs/en/about.md", "There were 177,100 workers.")


def drop_a_page(root: Path) -> None:
    """Leave a page in one language only."""
    (root / "docs/en/about.md").unlink()


def drop_a_label(root: Path) -> None:
    """Leave an indicator without its English label."""
    table = root / "datapackages/codelists/data/indicators.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["label_en"] = ""
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def break_page_template(root: Path) -> None:
    """Leave a reference in a page unclosed."""
    append(root / "docs/zh/about.md", '{{ fig("yncg-090.5.09" }}')


def break_theme_template(root: Path) -> None:
    """Break a template of the theme."""
    append(root / "docs/theme/main.html", "{% nothing %}")


def link_nowhere(root: Path) -> None:
    """Link to a page and to an anchor that are not there."""
    append(root / "docs/en/about.md", "[there](nowhere.md) [here](index.md#nowhere)")


def save_page_as_gbk(root: Path) -> None:
    """Save a page in another encoding than UTF-8."""
    page = root / "docs/zh/about.md"
    page.write_bytes(page.read_text(encoding="utf-8").encode("gb18030"))


def break_configuration(root: Path) -> None:
    """Leave the site without its address."""
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(text.replace("site_url:", "site_address:"), encoding="utf-8")


def append(path: Path, text: str) -> None:
    """Add a paragraph to a page."""
    path.write_text(path.read_text(encoding="utf-8") + f"\n\n{text}\n", encoding="utf-8")


FAILURES: dict[Callable[[Path], None], tuple[int, tuple[str, ...]]] = {
    remove_descriptor: (1, ("datapackages/yncg-090/datapackage.json", "[descriptor-missing]")),
    save_as_gbk: (1, ("datapackages/yncg-090/data/measures.csv, row 2", "GB18030", "[csv-encoding]")),
    cite_unknown_figure: (1, ("docs/zh/about.md, line", '"yncg-090.5.99"', "[page-figure]")),
    misspell_macro: (1, ("docs/en/about.md, line", "figure", "docs/en/index.md, line", "workers")),
    type_a_digit: (1, ("docs/en/about.md, line", '"177,100"', "[page-digit]")),
    drop_a_page: (1, ("docs/en/about.md", "docs/zh/about.md", "[page-pair]")),
    drop_a_label: (1, ("datapackages/codelists/data/indicators.csv, row 2, column F (label_en)",)),
    break_page_template: (1, ("docs/zh/about.md, line", "[page-template]")),
    break_theme_template: (1, ('docs/theme/main.html", line', "nothing")),
    link_nowhere: (1, ("docs/en/about.md", "nowhere.md", "index.md#nowhere")),
    save_page_as_gbk: (2, ("docs/zh/about.md", "UTF-8")),
    break_configuration: (2, ("mkdocs.yml", "site_url")),
}


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.__name__)
def test_failed_build_keeps_the_old_site(failure: Callable[[Path], None], tmp_path: Path) -> None:
    """Whatever is wrong: the old site stays as it was, and the message names file and place."""
    root = unreleased(copy(tmp_path / "project"))
    shutil.copytree(site() / "about", root / "site" / "about")
    (root / "site" / "old.bin").write_bytes(bytes(range(256)))
    before = tree(root / "site")
    failure(root)
    done = kuaibao("build", root=root)
    code, said = FAILURES[failure]
    assert (done.returncode, done.stdout) == (code, "")
    assert [part for part in said if part not in done.stderr] == [], done.stderr
    assert "Traceback" not in done.stderr
    assert tree(root / "site") == before
    assert list((root / "build").glob("site-*")) == []


# --- downloads


def package_rows(package: str, table: str) -> list[dict[str, str]]:
    """Read a table of a package in the project."""
    return rows_of(ROOT / "datapackages" / package / "data" / f"{table}.csv")


def rows_of(file: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


TABLES = [
    (folder.name, table.stem)
    for folder in sorted((ROOT / "datapackages").iterdir())
    for table in sorted((folder / "data").glob("*.csv"))
]


@pytest.mark.parametrize(("package", "table"), TABLES)
def test_downloads_equal_the_package(package: str, table: str) -> None:
    """Each table to download has the rows of the package, cell by cell; figures have more columns."""
    own = package_rows(package, table)
    published = rows_of(site() / "downloads" / package / f"{table}.csv")
    assert [{name: row[name] for name in own[0]} for row in published] == own if own else published == []


@pytest.mark.parametrize(("package", "table"), TABLES)
def test_json_equals_csv(package: str, table: str) -> None:
    """JSON has the rows of the CSV; numbers are numbers and empty cells are null."""
    folder = site() / "downloads" / package
    loaded = json.loads((folder / f"{table}.json").read_text(encoding="utf-8"))
    rows = loaded if isinstance(loaded, list) else loaded["rows"]
    published = rows_of(folder / f"{table}.csv")
    assert len(rows) == len(published)
    for found, expected in zip(rows, published, strict=True):
        assert {name: "" if value is None else value for name, value in found.items()} == {
            name: type(found[name])(value) if isinstance(found[name], (int, float)) else value
            for name, value in expected.items()
        }


def test_every_file_of_a_download_is_linked() -> None:
    """The pages of data and versions link every file of downloads, in both languages, or its descriptor."""
    files = tree(site() / "downloads")
    packages = [path for path in files if path.endswith("/datapackage.json")]
    held = {
        f"{path.removesuffix('datapackage.json')}{resource['path']}"
        for path in packages
        for resource in json.loads(files[path])["resources"]
    }
    for prefix in ("", "en/"):
        linking = [f"{prefix}data/", f"{prefix}bulletins/yncg-090/data/"]
        linking += [f"{prefix}data/codelists/versions/", f"{prefix}bulletins/yncg-090/versions/"]
        linked = {target for path in linking for _, target in own_targets(path, f"{path}index.html")}
        assert {f"{BASE}downloads/{name}" for name in files.keys() - held} - linked == set()


# --- narrative


MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
ALLOWED = re.compile(
    r"```.*?```|`[^`\n]*`|\]\([^)\n]*\)|</?h[1-6]\b|(?:href|id|class|src|width|height)=\"[^\"]*\""
    r"|\{ *[#.][^}\n]*\}|^\d{1,2}\.(?= )",
    re.DOTALL | re.MULTILINE,
)
REFERENCE = re.compile(r"[a-z]+-[0-9]+(?:\.[a-z]?[0-9]+)*")
NARRATIVE = sorted(path for language in ("zh", "en") for path in (ROOT / "docs" / language).rglob("*.md"))


@pytest.mark.parametrize("path", NARRATIVE, ids=lambda path: path.relative_to(ROOT / "docs").as_posix())
def test_narrative_holds_no_digit(path: Path) -> None:
    """A digit stands in no hand-written page but in references, code, targets of links and fixed names."""
    names = (ROOT / "docs/fixed-names.txt").read_text(encoding="utf-8").splitlines()
    text = REFERENCE.sub("", path.read_text(encoding="utf-8"))
    spoken = " ".join(" ".join(re.findall(r'"([^"]*)"', macro)) for macro in MACRO.findall(text))
    prose = ALLOWED.sub("", MACRO.sub("", text)) + spoken
    for name in filter(None, names):
        prose = prose.replace(name, "")
    assert re.findall(r".{0,20}\d.{0,20}", prose) == []
