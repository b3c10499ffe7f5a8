"""The command line: exit codes, messages in both languages, forms of output; never a stack trace."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from built import KUAIBAO, copy, folder, kuaibao, unreleased

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TEXT = "全市产业工人由 13.87 万人增至 17.71 万人，近 400 名劳模受表彰，补缴 1,234 元。\n"
PRINTED = ["13.87 万人", "17.71 万人", "近 400 名", "1,234 元"]
ENGLISH, CHINESE = {"LC_ALL": "en_GB.UTF-8"}, {"LC_ALL": "zh_CN.UTF-8"}


@pytest.fixture(scope="session")
def good() -> Path:
    """Copy the project, as it is."""
    return copy(folder() / "good")


@pytest.fixture(scope="session")
def bad() -> Path:
    """Copy the project, with one wrong number and one wrong page."""
    root = unreleased(copy(folder() / "bad"))
    table = root / "datapackages/yncg-090/data/figures.csv"
    rows = table.read_text(encoding="utf-8")
    table.write_text(rows.replace(",implied,19,,", ",implied,18,,", 1), encoding="utf-8")
    (root / "docs/en/about.md").unlink()
    return root


def run(
    *arguments: str,
    code: int,
    root: Path | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command that ends with this exit code, and without a stack trace."""
    done = kuaibao(*arguments, root=root, env=env, cwd=cwd)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done


# --- check


def test_check_of_good_data(good: Path) -> None:
    """Good data give exit code 0, what was checked, and what was not."""
    said = run("check", root=good, code=0).stdout.splitlines()
    assert said[0].startswith("yncg-090: ")
    assert said[-2] == "Not held against the texts: name their folder with --sources."
    assert said[-1].startswith("No problems: ")
    assert said[-1].endswith(" checks over 2 packages.")


def test_check_speaks_chinese(good: Path) -> None:
    """In a Chinese locale, or with --lang zh, messages are Chinese."""
    by_locale = run("check", root=good, code=0, env=CHINESE)
    by_option = run("check", "--lang", "zh", root=good, code=0, env=ENGLISH)
    assert by_locale.stdout == by_option.stdout
    assert by_locale.stdout.splitlines()[-1].startswith("没有问题：核对 ")


def test_check_lists_all_problems(bad: Path) -> None:
    """Bad data give exit code 1 and one line a problem: place, value, expectation, remedy, code."""
    said = run("check", root=bad, code=1).stdout.splitlines()
    value = 'datapackages/yncg-090/data/figures.csv, row 2, column G (value): "18"; '
    assert next(line for line in said if line.startswith(value)).endswith("[figure-value]")
    assert next(line for line in said if line.startswith("docs/en/about.md: ")).endswith("[page-pair]")
    assert said[-1] == f"Problems found: {len(said) - 1}."


def test_check_lists_problems_in_chinese(bad: Path) -> None:
    """The same in Chinese."""
    said = run("check", "--lang=zh", root=bad, code=1).stdout.splitlines()
    value = "datapackages/yncg-090/data/figures.csv 第 2 行 G 列（value）：“18”，"
    assert next(line for line in said if line.startswith(value)).endswith("。[figure-value]")
    assert said[-1] == f"共 {len(said) - 1} 个问题。"


def test_check_as_json(good: Path, bad: Path) -> None:
    """JSON holds the counts of every rule, and each problem with place, code and both languages."""
    fine = json.loads(run("check", "--format", "json", root=good, code=0).stdout)
    assert fine["problems"] == []
    assert fine["checked"]["figure-value"] > 0
    found = json.loads(run("check", "--format", "json", root=bad, code=1).stdout)["problems"]
    problem = next(each for each in found if each["code"] == "figure-value")
    assert list(problem) == ["code", "path", "row", "column", "value", "zh", "en"]
    path = "datapackages/yncg-090/data/figures.csv"
    assert [problem[key] for key in ("path", "row", "column", "value")] == [path, 2, "value", "18"]
    assert "改法" in problem["zh"]
    assert "To mend it" in problem["en"]


def test_check_for_github(bad: Path) -> None:
    """The form for GitHub's runners is one annotation a line."""
    said = run("check", "--format", "github", root=bad, code=1).stdout.splitlines()
    figures = "::error file=datapackages/yncg-090/data/figures.csv,line=2,title=figure-value::"
    assert [line for line in said if line.startswith(figures)]
    assert all(line.startswith("::error file=") for line in said[:-1])


def test_check_of_one_package(bad: Path) -> None:
    """With names, only the code lists and these packages are checked: pages and others do not matter."""
    said = run("check", "codelists", root=bad, code=0).stdout
    assert said.splitlines()[-1].endswith(" checks over 1 packages.")
    said = run("check", "yncg-090", root=bad, code=1).stdout
    assert "[figure-value]" in said
    assert "docs/" not in said


def test_check_of_the_code_lists_alone(good: Path, tmp_path: Path) -> None:
    """Their problems are listed as in a check of everything."""
    root = tmp_path / "root"
    shutil.copytree(good, root)
    topics = root / "datapackages" / "codelists" / "data" / "topics.csv"
    topics.write_text(topics.read_text(encoding="utf-8").replace(",", ", ", 7), encoding="utf-8")
    assert "topics.csv, row " in run("check", "codelists", root=root, code=1).stdout


@pytest.mark.parametrize(
    ("env", "said"),
    [
        (ENGLISH, "no package yncg-999; there are codelists, yncg-090\n"),
        (CHINESE, "没有数据包 yncg-999；有 codelists、yncg-090\n"),
    ],
)
def test_check_of_an_unknown_package(good: Path, bad: Path, env: dict[str, str], said: str) -> None:
    """An unknown name is wrong usage, whether or not the data are good."""
    for root in (good, bad):
        assert run("check", "yncg-999", root=root, code=2, env=env).stderr == said


def test_check_of_unreadable_tables(good: Path, tmp_path: Path) -> None:
    """Where a table cannot be read, JSON still tells the problem, with exit code 1."""
    root = tmp_path / "root"
    shutil.copytree(good, root)
    (root / "datapackages/yncg-090/data/figures.csv").unlink()
    said = json.loads(run("check", "--format", "json", root=root, code=1).stdout)
    assert [problem["code"] for problem in said["problems"]] == ["table-missing"]


@pytest.mark.parametrize("command", ["check", "build"])
def test_missing_root(tmp_path: Path, command: str) -> None:
    """A root without packages is wrong usage; the message names the folder and the option."""
    for root in (tmp_path, tmp_path / "nowhere"):
        said = run(command, root=root, code=2).stderr
        assert str(root) in said


def test_root_is_the_current_folder_by_default(good: Path) -> None:
    """Without --root the current folder is the root."""
    run("check", "codelists", code=0, cwd=good)


# --- read


def written(path: Path, content: bytes) -> str:
    """Write a file, and give its path as an argument."""
    path.write_bytes(content)
    return str(path)


def test_read_as_json(tmp_path: Path) -> None:
    """Offsets count code points of the file, and slices at them give what was printed."""
    said = run("read", written(tmp_path / "a.txt", TEXT.encode()), "--format", "json", code=0).stdout
    rows = json.loads(said)
    assert [TEXT[row["start"] : row["end"]] for row in rows] == PRINTED
    assert [row["printed"] for row in rows] == PRINTED
    assert [(row["value"], row["unit"], row["qualifier"]) for row in rows[1:3]] == [
        (177100, "人", "exact"),
        (400, "名", "nearly"),
    ]


def test_read_as_csv(tmp_path: Path) -> None:
    """CSV keeps a numeral with a comma in one cell."""
    said = run("read", written(tmp_path / "a.txt", TEXT.encode()), "--format", "csv", code=0).stdout
    assert [row["printed"] for row in csv.DictReader(io.StringIO(said))] == PRINTED


def test_read_as_table(tmp_path: Path) -> None:
    """The table has one line a numeral, and its names first."""
    said = run("read", written(tmp_path / "a.txt", TEXT.encode()), code=0).stdout.splitlines()
    assert said[0].split("\t")[:3] == ["start", "end", "printed"]
    assert [line.split("\t")[2] for line in said[1:]] == PRINTED


@pytest.mark.parametrize(("language", "said"), [("zh", "是空文件"), ("en", "is empty")])
def test_read_of_an_empty_file(tmp_path: Path, language: str, said: str) -> None:
    """An empty file is unreadable input: nobody means to read one."""
    done = run("read", written(tmp_path / "a.txt", b""), "--lang", language, code=2)
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("language", "said"), [("zh", "像是 GBK"), ("en", "GBK")])
def test_read_of_a_gbk_file(tmp_path: Path, language: str, said: str) -> None:
    """A text in GBK is unreadable input; the message says what to do."""
    path = written(tmp_path / "a.txt", TEXT.encode("gb18030"))
    done = run("read", path, "--lang", language, code=2)
    assert said in done.stderr
    assert path in done.stderr


@pytest.mark.parametrize(("name", "said"), [("none.txt", "there is no such file"), ("", "is a folder")])
def test_read_of_what_is_no_file(tmp_path: Path, name: str, said: str) -> None:
    """A missing file and a folder are unreadable input."""
    assert said in run("read", str(tmp_path / name), code=2).stderr


def test_read_saves_the_text_in_which_offsets_count(tmp_path: Path) -> None:
    """With --text, the text that was read is saved; a txt file is its own text."""
    path, saved = written(tmp_path / "a.txt", TEXT.encode()), tmp_path / "saved.txt"
    run("read", path, "--text", str(saved), code=0)
    assert saved.read_bytes() == TEXT.encode()


def test_output_where_the_terminal_lacks_characters(tmp_path: Path) -> None:
    """A terminal that cannot show a character gets its code, not a stack trace."""
    path = written(tmp_path / "a.txt", TEXT.encode())
    said = run("read", path, code=0, env={"PYTHONIOENCODING": "latin-1"}).stdout
    assert "\\u4e07\\u4eba" in said


# --- usage


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing",),
        ("check", "--format", "xml"),
        ("check", "--lang", "fr"),
        ("read",),
        ("serve", "--port", "0"),
        ("build", "more"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    """Wrong usage has exit code 2 and says what is wrong."""
    assert run(*arguments, code=2).stderr


def test_command_line_starts_without_the_heavy_libraries() -> None:
    """The command line answers before pandas, Frictionless and MkDocs are loaded."""
    script = (
        "import sys, kuaibao.cli; print([m for m in ('pandas', 'frictionless', 'mkdocs', 'jinja2', 'pyarrow')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", env=os.environ, check=True
    )
    assert done.stdout == "[]\n"


def test_command_is_installed() -> None:
    """The environment has the command."""
    assert KUAIBAO.is_file()
