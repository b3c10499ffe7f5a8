"""The explorer's files: they hold the published table, whole and once, and scripts that run as they stand."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from built import ROOT, site, tree
from kuaibao.errors import UsageError
from kuaibao.explorer import figures, libraries, pack
from kuaibao.load import load
from kuaibao.site import LIBRARIES
from kuaibao.tables import published_fields, published_figures

if TYPE_CHECKING:
    from pathlib import Path

    from kuaibao.model import Row

ADDRESS = "https://site.invalid/"
COLUMNS = [(field["name"], field["type"]) for field in published_fields()]
NAMES = [name for name, _ in COLUMNS]
THEME = ROOT / "docs/theme"
SCRIPTS = [*sorted(THEME.glob("assets/javascripts/explorer*.js")), *sorted(THEME.glob("**/explorer/*.js"))]
# What WeChat's browser (Chromium 86) lacks, and what a strict content security policy forbids.
TOO_NEW = re.compile(
    r"\.at\(|structuredClone|Object\.hasOwn|\bthis\.#|^\s*#\w+\(|^\s*static \{|^await |findLast|\.toSorted"
    r"|\.group\(|innerHTML|eval\(",
    re.MULTILINE,
)
TOO_NEW_STYLE = re.compile(
    r":is\(|:where\(|:has\(|\binset:|aspect-ratio|color-mix|@container|@layer|@import|url\("
)


def unpacked(files: dict[str, bytes]) -> list[Row]:
    """Put the published table together from the explorer's files, as its script does."""
    loaded: dict[str, Any] = {name.removesuffix(".json"): json.loads(data) for name, data in files.items()}
    index, rows = loaded["index"], []
    for number, size in enumerate(index["parts"]):
        part, rest = loaded[f"rows.{number}"], loaded[f"rest.{number}"]
        rows += [unpacked_row(loaded, part, rest, row) for row in range(size)]
    assert len(rows) == index["count"]
    return rows


def unpacked_row(loaded: dict[str, Any], part: dict[str, Any], rest: dict[str, Any], row: int) -> Row:
    """Put a row together: what vocabularies settle, what stands in the part, and the addresses."""
    found = {
        name: cell(column, row) for name, column in (part | rest).items() if name not in pack.VOCABULARIES
    }
    for name in pack.VOCABULARIES:
        entry = part[name][row]
        for labels in (loaded["index"]["vocabularies"][name]["columns"], *both(loaded, name)):
            found |= {column: texts[entry] for column, texts in labels.items()}
    for name, pattern in loaded["index"]["addresses"].items():
        found[name] = pattern.replace("{bulletin}", found["bulletin"]).replace("{figure}", found["figure"])
    return {name: found[name] for name, _ in loaded["index"]["columns"]}


def both(loaded: dict[str, Any], name: str) -> list[dict[str, list[str]]]:
    """Give the labels of a vocabulary in both languages."""
    return [loaded[f"labels.{language}"][name] for language in ("zh", "en")]


def cell(column: Any, row: int) -> str:  # noqa: ANN401  # as it stands in JSON
    """Read a cell of a column: a list of texts, or words and the number of each row's word."""
    return str(column["words"][column["rows"][row]] if isinstance(column, dict) else column[row])


def published(root: Path) -> list[Row]:
    """Give the published table of all bulletins, the newest first."""
    archive = load(root)
    frames = [published_figures(package, archive, ADDRESS) for package in archive.bulletins.values()]
    return [
        dict(zip(NAMES, cells, strict=True)) for frame in frames[::-1] for cells in frame.to_numpy().tolist()
    ]


# --- data


def test_files_hold_the_published_table() -> None:
    """Every cell of the published table can be put together from the explorer's files."""
    packed = pack.packed(figures.rows(load(ROOT), ADDRESS), COLUMNS, ADDRESS)
    assert unpacked(packed) == published(ROOT)


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=4)


@given(st.lists(st.fixed_dictionaries({"printed": words, "area_zh": words, "note_en": words}), max_size=6))
def test_packing_loses_nothing(cells: list[Row]) -> None:
    """Whatever cells hold, rows come back as they were."""
    blank = {name for columns in pack.VOCABULARIES.values() for name in columns} | {*pack.SHOWN, *NAMES}
    rows = [
        dict.fromkeys(blank, "") | each | {"figure": f"a-001.1.{number:02}", "bulletin": "a-001"}
        for number, each in enumerate(cells)
    ]
    for row in rows:
        folder = f"bulletins/a-001/data/#{row['figure']}"
        row |= {"url_zh": f"{ADDRESS}{folder}", "url_en": f"{ADDRESS}en/{folder}"}
    expected = [{name: row[name] for name in NAMES} for row in rows]
    assert unpacked(pack.packed(rows, COLUMNS, ADDRESS)) == expected


def test_rows_come_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first part is small, the others larger; together they hold all rows in order."""
    monkeypatch.setattr(pack, "FIRST", 5)
    monkeypatch.setattr(pack, "OTHERS", 20)
    packed = pack.packed(figures.rows(load(ROOT), ADDRESS), COLUMNS, ADDRESS)
    expected = published(ROOT)
    sizes = json.loads(packed["index.json"])["parts"]
    assert sizes[:2] == [5, 20]
    assert sum(sizes) == len(expected)
    assert unpacked(packed) == expected


def test_words_of_a_language_stand_in_its_file() -> None:
    """What holds for every language stands in the index, labels in the file of their language."""
    packed = pack.packed(figures.rows(load(ROOT), ADDRESS), COLUMNS, ADDRESS)
    for name, ending in (("index", ""), ("labels.zh", "zh"), ("labels.en", "en")):
        loaded = json.loads(packed[f"{name}.json"])
        for labels in loaded["vocabularies"].values() if name == "index" else loaded.values():
            columns = labels["columns"] if name == "index" else labels
            assert {column[-3:] in {"_zh", "_en"} and column[-2:] for column in columns} <= {ending or False}


def test_counts_are_those_of_the_rows() -> None:
    """Each entry of a vocabulary says how many rows have it."""
    rows = figures.rows(load(ROOT), ADDRESS)
    units = json.loads(pack.packed(rows, COLUMNS, ADDRESS)["index.json"])["vocabularies"]["unit"]
    found = dict(zip(units["columns"]["unit"], units["counts"], strict=True))
    assert found == {unit: sum(row["unit"] == unit for row in rows) for unit in found}


@pytest.mark.parametrize(
    ("period", "expected"),
    [("", []), ("2023", ["2023"]), ("2023-06-20", ["2023"]), ("2020/2022-03", ["2020", "2021", "2022"])],
)
def test_years_of_a_period(period: str, expected: list[str]) -> None:
    """A period belongs to every year that it touches; one that is not stated belongs to none."""
    assert figures.years(period) == expected


def test_data_stand_once_for_both_languages() -> None:
    """Both languages load the same files."""
    names = tree(site()).keys()
    assert "explore/figures/rows.0.json" in names
    assert [
        name for name in names if name.startswith("en/explore/") and not name.endswith("index.html")
    ] == []


# --- scripts


def test_scripts_run_as_they_stand() -> None:
    """Scripts from npm come with their licence, without source maps and a bundler's environment."""
    found = {name: data.decode() for name, data in libraries.scripts(LIBRARIES).items()}
    for package in libraries.NEEDED:
        assert "MIT" in found[f"{package.rpartition('/')[2]}/LICENSE.txt"]
    for name, text in found.items():
        assert "sourceMappingURL" not in text, name
        assert "process.env" not in text, name
        imported = re.findall(r"^import .* from \"\./([\w-]+\.js)\"", text, re.MULTILINE)
        assert {f"{name.partition('/')[0]}/{each}" for each in imported} <= found.keys(), name


def test_missing_scripts_are_told(tmp_path: Path) -> None:
    """Where npm has installed nothing, the message names the package and what installs it."""
    file = tmp_path / "node_modules/@tanstack/virtual-core/dist/esm/index.js"
    with pytest.raises(UsageError) as raised:
        libraries.scripts(tmp_path)
    assert raised.value.text == {
        "zh": f"缺少脚本包 @tanstack/virtual-core 的文件 {file}（No such file or directory）；"
        "用 make site 生成，它会先装好脚本包",
        "en": f"{file} of the script package @tanstack/virtual-core is missing (No such file or directory);"
        " build with make site, which installs the script packages first",
    }


def test_packages_are_locked() -> None:
    """Each package from npm is locked by version and hash, without the address of a registry."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    asked = lock.pop("")
    assert {
        f"node_modules/{name}" for name in asked["dependencies"] | asked["devDependencies"]
    } == lock.keys()
    assert asked["dependencies"].keys() == libraries.NEEDED.keys()
    for name, locked in lock.items():
        assert locked["integrity"].startswith("sha512-"), name
        assert "resolved" not in locked, name


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_suit_older_browsers(path: Path) -> None:
    """No script uses what Chromium 86 lacks, writes markup, or holds a word of Chinese."""
    text = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
    assert TOO_NEW.findall(text) == []
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []


def test_styles_suit_older_browsers() -> None:
    """The style sheet uses nothing that Chromium 86 lacks."""
    text = (THEME / "assets/stylesheets/explorer.css").read_text(encoding="utf-8")
    assert TOO_NEW_STYLE.findall(text) == []


# --- words


def test_every_word_of_the_explorer_is_used_and_there() -> None:
    """Scripts and template use each word of the configuration, and none that a language lacks."""
    zh, en = (interface(name) for name in ("mkdocs.yml", "mkdocs.en.yml"))
    assert zh.keys() == en.keys()
    for key, text in zh.items():
        assert set(re.findall(r"\[[A-Z]+\]", text)) == set(re.findall(r"\[[A-Z]+\]", en[key])), key
    template = (THEME / "partials/explorer.html").read_text(encoding="utf-8")
    code = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    used = set(re.findall(r"words\.explore_(\w+)", template)) | set(re.findall(r"\"(\w+)\"", code))
    fields = re.findall(r"for name in \[([^]]+)\]", template)
    named = {name for field in fields for name in re.findall(r"\"(\w+)\"", field)} | {"q"}
    used |= {f"{stem}_{name}" for stem in ("name", "col") for name in named}
    assert zh.keys() - used == set()
    said = set(re.findall(r"\bsay\(\"(\w+)\"[,)]", code)) | set(re.findall(r"words\.explore_(\w+)", template))
    assert said - zh.keys() == set()


def interface(name: str) -> dict[str, str]:
    """Read the words of the explorer in one language."""
    loaded = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))["extra"]["words"]
    return {key.removeprefix("explore_"): text for key, text in loaded.items() if key.startswith("explore_")}
