"""Documentation as a contract: what is documented exists, and what exists is documented."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from built import ROOT, kuaibao, parsed, site
from kuaibao.cli import commands
from kuaibao.errors import LANGUAGES, Language, rules
from kuaibao.model import BULLETIN, CODELISTS, schema
from kuaibao.render.snippets import SNIPPETS
from kuaibao.wording import words

if TYPE_CHECKING:
    from pathlib import Path

PREFIX = {"zh": "", "en": "en/"}
READMES = ("README.md", "README.zh.md")
TARGETS = ("site", "serve", "check", "test", "lint")
SCHEMA_KEYS = ("fields", "primaryKey", "missingValues", "foreignKeys")
CODE = ROOT / "scripts" / "kuaibao"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
in_both = pytest.mark.parametrize("language", LANGUAGES)


def text_of(path: str, language: Language) -> str:
    """Give the text of a page."""
    return parsed()[f"{PREFIX[language]}{path}index.html"].all("article")[0].text


# --- commands


@in_both
def test_commands_page_lists_every_command(language: Language) -> None:
    """Each command and option stands on the commands page, with its help in the page's language."""
    text = text_of("guide/commands/", language)
    for name, parameters in commands():
        assert f"kuaibao {name}" in text
        assert words(language)[f"cmd_{name}"] in text
        for option, key in parameters:
            assert option in text
            assert words(language)[key] in text


@in_both
def test_commands_page_lists_nothing_else(language: Language) -> None:
    """No command stands on the page that is not there."""
    found = re.findall(r"kuaibao (\w+)", text_of("guide/commands/", language))
    assert set(found) - {name for name, _ in commands()} == set()


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_every_command(readme: str) -> None:
    """Both READMEs name each command, and no command that is not there."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [name for name, _ in commands() if not re.search(rf"`(?:kuaibao )?{name}\b", text)] == []
    named = re.findall(r"`(?:\.venv/bin/)?kuaibao (\w+)", text)
    assert set(named) - {name for name, _ in commands()} == set()


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_the_targets_of_make(readme: str) -> None:
    """Both READMEs name the targets that people and CI use, and no target that is not there."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):.*##", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", text))
    assert set(TARGETS) - targets == set()
    assert set(TARGETS) - named == set()
    in_code = re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)
    assert set(in_code) - targets == set()


@pytest.mark.parametrize("readme", READMES)
def test_files_that_the_readme_links_exist(readme: str) -> None:
    """Each relative link of a README leads to a file of the project."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)", text)
    missing = [
        t for t in targets if "://" not in t and not t.startswith("mailto:") and not (ROOT / t).exists()
    ]
    assert missing == []


@in_both
def test_help_is_in_the_language_asked_for(language: Language) -> None:
    """The help of each command says what the commands page says."""
    for name, _ in commands():
        done = kuaibao(name, "--help", "--lang", language, env={"COLUMNS": "400", "TERM": "dumb"})
        assert done.returncode == 0
        assert words(language)[f"cmd_{name}"] in done.stdout


# --- rules and model


@in_both
def test_rules_page_lists_every_rule(language: Language) -> None:
    """Each rule stands on the rules page under its code."""
    page = parsed()[f"{PREFIX[language]}guide/rules/index.html"]
    assert set(rules()) - set(page.ids()) == set()
    text = text_of("guide/rules/", language)
    assert [rule.code for rule in rules().values() if rule.title[language] not in text] == []


@in_both
def test_quality_page_lists_every_rule_that_was_applied(language: Language) -> None:
    """The quality page names rules by their code, and only rules that exist."""
    page = parsed()[f"{PREFIX[language]}quality/index.html"]
    named = {element.text for element in page.all("code")}
    assert named
    assert named - set(rules()) == set()


@in_both
def test_model_page_lists_every_field(language: Language) -> None:
    """Each table and field stands on the model page, with title and meaning."""
    text = text_of("guide/model/", language)
    title, description = ("title", "description") if language == "zh" else ("title_en", "description_en")
    for table in (*BULLETIN, *CODELISTS):
        assert f"{table}.csv" in text
        for field in schema(table)["fields"]:
            missing = [key for key in ("name", title, description) if field[key] not in text]
            assert missing == [], f"{table}.{field['name']}"


@in_both
def test_dictionary_lists_every_published_column(language: Language) -> None:
    """Each column of the table figures, as downloaded, stands on the page of downloads."""
    with (site() / "downloads/yncg-090/figures.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    page = parsed()[f"{PREFIX[language]}data/index.html"]
    assert set(columns) - {element.text for element in page.all("code")} == set()


def descriptors() -> list[Path]:
    """List the descriptors of the packages."""
    return sorted((ROOT / "datapackages").glob("*/datapackage.json"))


@pytest.mark.parametrize("path", descriptors(), ids=lambda path: path.parent.name)
def test_descriptors_hold_the_schemas(path: Path) -> None:
    """The schema of each resource is that of the data model, and every table is a resource."""
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    expected: dict[str, Any] = {
        table: {key: schema(table)[key] for key in SCHEMA_KEYS if key in schema(table)}
        for table in (CODELISTS if path.parent.name == "codelists" else BULLETIN)
    }
    assert {resource["name"]: resource["schema"] for resource in descriptor["resources"]} == expected


def test_every_schema_is_used() -> None:
    """There is a schema for every table and for the published figures, and no other."""
    names = {path.stem for path in (CODE / "schemas").glob("*.json")}
    assert names == {*BULLETIN, *CODELISTS, "bulletins", "published"}


# --- interface words


@cache
def sources() -> str:
    """Read all code and templates."""
    files = [*CODE.rglob("*.py"), *CODE.rglob("*.j2")]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


def composed() -> set[str]:
    """List the keys that code puts together from the data model, the rules and the command line."""
    fields = [
        field
        for name in (*BULLETIN, *CODELISTS, "bulletins", "published")
        for field in schema(name)["fields"]
    ]
    constraints = {
        name for field in fields for name, value in field["constraints"].items() if value is not False
    }
    bases = next(field for field in schema("figures")["fields"] if field["name"] == "period_basis")
    with (ROOT / "datapackages/codelists/data/terms.csv").open(encoding="utf-8", newline="") as file:
        qualifiers = [row["term"] for row in csv.DictReader(file) if row["list"] == "qualifier"]
    return {
        *(f"con_{name}" for name in constraints | {"codelist"}),
        *(f"type_{field['type']}" for field in fields),
        *(f"group_{rule.group}" for rule in rules().values()),
        *("tables_bulletin", "tables_codelists"),
        *(word for key in SNIPPETS for word in (f"use_{key}", f"use_{key}_lead")),
        *(f"period_{basis}" for basis in bases["constraints"]["enum"]),
        *(f"interval_{shape}" for shape in ("to", "from", "point", "closed")),
        *(f"hedge_{qualifier}" for qualifier in qualifiers),
        *(f"cmd_{name}" for name, _ in commands()),
        *(key for _, parameters in commands() for _, key in parameters),
    }


def test_every_word_is_used() -> None:
    """No interface word stands in the catalogue without a use."""
    named = set(re.findall(r"\bw\.(\w+)", sources())) | set(re.findall(r"\"(\w+)\"", sources()))
    assert set(words("zh")) - named - composed() == set()


def test_every_word_that_is_used_exists() -> None:
    """Code and templates name no word that the catalogue lacks."""
    templates = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((CODE / "templates").rglob("*.j2"))
    )
    code = [path for path in sorted(CODE.rglob("*.py")) if path.parent.name not in {"export", "reader"}]
    said = "\n".join(path.read_text(encoding="utf-8") for path in code) + templates
    named = set(re.findall(r"\bw\.(\w+)", templates)) | set(re.findall(r"\bsay\(\s*\"(\w+)\"\s*[,)]", said))
    assert (named | composed()) - set(words("zh")) == set()


def test_words_have_the_same_placeholders_in_both_languages() -> None:
    """A word takes the same values in Chinese and in English, and neither is empty."""
    for key, chinese in words("zh").items():
        english = words("en")[key]
        assert chinese, key
        assert english, key
        # A date, a count and a Chinese name may be left out where the other language needs no word for them.
        assert set(PLACEHOLDER.findall(chinese)) - {"created", "year", "series_zh"} == (
            set(PLACEHOLDER.findall(english)) - {"created", "year", "series_zh"}
        ), key
