"""The ready-made workflows and forms fit their hosts' schemas, and the difference of a change is listed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from projects import ROOT

if TYPE_CHECKING:
    from pathlib import Path

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = [ROOT / ".github" / "ISSUE_TEMPLATE" / name for name in ("figure.yml", "problem.yml")]


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.gitlab-ci", [ROOT / ".gitlab-ci.yml"]),
    ],
)
def test_automation_fits_the_schema_of_its_host(schema: str, files: list[Path]) -> None:
    """Each file is what its host reads."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert files
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit(workflow: Path) -> None:
    """What others wrote runs in the very state that was looked at."""
    used = re.findall(r"uses: (\S+)", workflow.read_text(encoding="utf-8"))
    assert used
    assert [action for action in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action)] == []


def test_a_change_of_data_is_listed_cell_by_cell(tmp_path: Path) -> None:
    """The summary of a pull request names the cell, before and after; new and lost packages are named."""
    root = _repository(tmp_path)
    packages = root / "datapackages"
    figures = packages / "test-001" / "data" / "figures.csv"
    content = figures.read_text(encoding="utf-8")
    row = content.splitlines()[1]
    figures.write_text(content.replace(row, row.replace("exact", "nearly")), encoding="utf-8")
    shutil.copytree(packages / "test-001", packages / "test-002")
    (packages / "codelists").rename(tmp_path / "codelists")
    listed = _run(root, "bash", ".ci/differences", "HEAD")
    assert f"| {row.partition(',')[0].replace('-', '&#45;').replace('.', '&#46;')} |" in listed
    assert "| exact | nearly |" in listed
    assert "datapackages/test-002\n新的数据包 / a new package" in listed
    assert "## datapackages/codelists\n不见了 / gone" in listed


RELEASED = "datapackages/test-001/releases/1.0.0"


def test_released_files_stay(tmp_path: Path) -> None:
    """The gate passes another version and other files, and names what was changed, renamed or removed."""
    root = _repository(tmp_path)
    shutil.copytree(root / "datapackages/test-001/data", root / RELEASED / "data")
    _commit(root, "released")
    first = root / RELEASED / "data"
    shutil.copytree(root / RELEASED, root / "datapackages/test-001/releases/1.0.1")
    (root / "datapackages/test-001/data/figures.csv").write_text("other\n", encoding="utf-8")
    _commit(root, "another version")
    assert _gate(root, "HEAD~1") == (0, [])
    (first / "figures.csv").write_text("other\n", encoding="utf-8")
    (first / "measures.csv").rename(first / "others.csv")
    (first / "sections.csv").unlink()
    _commit(root, "tampered")
    names = ["M\tfigures.csv", "D\tmeasures.csv", "D\tsections.csv"]
    told = [name.replace("\t", f"\t{RELEASED}/data/") for name in names]
    assert _gate(root, "HEAD~2") == (1, told)
    shutil.rmtree(root / "datapackages" / "test-001")
    assert len(_gate(root, "HEAD~1")[1]) == 2 * 6
    assert _gate(root, "0" * 40)[0] > 1


def _gate(root: Path, commit: str) -> tuple[int, list[str]]:
    """Run the gate; gives its exit code and the files that it names."""
    command = ["bash", ".ci/frozen", commit]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, encoding="utf-8")
    return done.returncode, [line for line in done.stdout.splitlines() if "\t" in line]


@pytest.mark.parametrize("path", [".github/workflows/check.yml", ".gitlab-ci.yml"])
def test_released_files_are_a_gate(path: str) -> None:
    """Both hosts run the gate before anything else is checked, and its failure is theirs."""
    text = (ROOT / path).read_text(encoding="utf-8")
    gate = """if git cat-file -e "$BEFORE^{commit}"; then bash .ci/frozen "$BEFORE"; fi"""
    assert text.index(gate) < text.index("make check")
    assert "continue-on-error" not in text
    assert "allow_failure" not in text


def _commit(root: Path, message: str) -> None:
    _run(root, "git", "add", ".")
    _run(root, "git", "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "-m", message)


def _repository(folder: Path) -> Path:
    """Give a repository with the good project, in which the command line of this environment is found."""
    root = folder / "project"
    shutil.copytree(ROOT / "tests" / "packages" / "good", root)
    shutil.copytree(ROOT / ".ci", root / ".ci")
    binaries = root / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "kuaibao").write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "from kuaibao.cli import main; main()" "$@"\n', encoding="utf-8"
    )
    (binaries / "kuaibao").chmod(0o755)
    (root / ".gitignore").write_text(".venv\n", encoding="utf-8")
    _run(root, "git", "init", "--quiet")
    _commit(root, "first")
    return root


def _run(root: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout
