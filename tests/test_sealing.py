"""Sealing and checking some bulletins while others are not finished, or their texts are not at hand."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from built import kuaibao
from kuaibao.desk import start
from kuaibao.errors import DataError
from kuaibao.model import TODO
from kuaibao.sealing import seal, seal_each

if TYPE_CHECKING:
    from pathlib import Path

    from projects import Project

OTHER = "lhgh-007"
TEXT = (
    "工会简报\n\n2024 年第 7 期\n\n2024 年 5 月 8 日\n\n青石县工会今年的工作\n\n2023 年，新建桥梁 36 座。\n"
)


@pytest.fixture
def drafted(project: Project) -> Path:
    """Give a project with a finished bulletin that is not sealed, and another's draft."""
    project.edit_json("test-001", "bulletin", "ledger")
    (project.root / "bulletin.txt").write_text(TEXT, encoding="utf-8")
    start(project.root, project.root / "bulletin.txt", OTHER, "")
    return project.root


def test_a_text_that_is_not_there(drafted: Path) -> None:
    """A bulletin whose text is at hand is sealed although that of another is not, which is told."""
    done = kuaibao("check", "--sources", "sources", "--seal", "--lang", "en", root=drafted, cwd=drafted)
    told = done.stdout.splitlines()
    assert told[0].startswith("The ledger of test-001 is sealed: ")
    assert told[1] == f"{OTHER} was not sealed: its text, {OTHER}.txt, is not in sources."
    assert done.returncode == 1


def test_a_text_that_does_not_agree(drafted: Path) -> None:
    """A bulletin with problems is not sealed, and does not keep others from being sealed."""
    shutil.copy(drafted / "drafts" / f"{OTHER}.txt", drafted / "sources")
    done = seal_each(drafted, drafted / "sources", ())
    assert ([name for name, _ in done.sealed], done.without_text, done.amiss) == (["test-001"], [], [OTHER])
    with pytest.raises(DataError):
        seal(drafted, drafted / "sources", [OTHER])


def test_check_of_one_bulletin(drafted: Path) -> None:
    """What another bulletin alone brought to the code lists is no problem of the one that is checked."""
    seal(drafted, drafted / "sources", ["test-001"])
    done = kuaibao("check", "test-001", "--format", "json", root=drafted, cwd=drafted)
    assert (done.returncode, json.loads(done.stdout)["problems"]) == (0, [])
    rest = kuaibao("check", OTHER, "--format", "json", root=drafted, cwd=drafted)
    assert {"codelists", OTHER} == {
        each["path"].split("/")[1] for each in json.loads(rest.stdout)["problems"] if each["code"] == TODO
    }
