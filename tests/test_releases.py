"""`kuaibao release` works out the version, refuses what is not accounted for, and survives being killed."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from built import kuaibao
from kuaibao import site, versions
from kuaibao.errors import LANGUAGES, DataError, UsageError
from kuaibao.load import load
from kuaibao.opening import open_version
from kuaibao.releasing import release
from projects import Project, copy_good

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden" / "changelog.md"
DAY, LATER = date(2026, 11, 22), date(2026, 12, 1)
BOTH = ["codelists", "test-001"]
DESCRIPTOR = "datapackages/test-001/datapackage.json"


def snapshot(project: Project) -> dict[str, bytes]:
    """Read every file of the packages."""
    files = sorted(path for path in project.root.glob("datapackages/**/*") if path.is_file())
    return {path.relative_to(project.root).as_posix(): path.read_bytes() for path in files}


def again(project: Project) -> tuple[str, str]:
    """Release the bulletin once more; give the new version and why."""
    (done,) = release(project.root, ["test-001"], LATER)
    return done.new, done.why


# --- what a release writes


def test_first_release(project: Project) -> None:
    """The first version is 1.0.0: tables as they stand, sizes and hashes, and the code lists' version."""
    before = snapshot(project)
    done = release(project.root, BOTH, DAY)
    assert [(each.old, each.new, each.why) for each in done] == [("0.1.0", "1.0.0", "first")] * 2
    after = snapshot(project)
    tables = [path for path in before if path.endswith(".csv")]
    assert {path: after[path] for path in tables} == {path: before[path] for path in tables}
    frozen = "datapackages/test-001/releases/1.0.0/"
    assert after[f"{frozen}data/figures.csv"] == before["datapackages/test-001/data/figures.csv"]
    now, then = (json.loads(after[path]) for path in (DESCRIPTOR, f"{frozen}datapackage.json"))
    assert {key: now[key] for key in ("version", "created", "codelists_version")} == {
        "version": "1.0.0",
        "created": "2026-11-22T00:00:00Z",
        "codelists_version": "1.0.0",
    }
    assert [set(each) - {"bytes", "hash"} for each in then["resources"]] == [set(e) for e in now["resources"]]
    assert site.examined(project.root)[2].problems == []


def test_nothing_to_release(project: Project) -> None:
    """Where nothing differs, nothing is written."""
    before = snapshot(project.release())
    done = release(project.root, BOTH, LATER)
    assert [(each.new, each.why) for each in done] == [("1.0.0", ""), ("1.0.0", "")]
    assert snapshot(project) == before


def test_a_version_typed_by_hand_is_set_back(project: Project) -> None:
    """A number that nobody released is put back, and no version comes of it."""
    before = snapshot(project.release())
    project.edit_json("test-001", "version", value="2.0.0")
    assert again(project) == ("1.0.0", "")
    assert snapshot(project) == before


# --- the level


def add_table_text(project: Project) -> None:
    """Describe the package in other words."""
    project.edit_json("test-001", "title", value="青禾县治水工作的全部数据")


def license_anew(project: Project) -> None:
    """Publish under another licence."""
    project.edit_json("test-001", "licenses", 0, "name", value="CC0-1.0")


def add_measure(project: Project) -> None:
    """Add a measure."""
    project.add_measure()


LEVELS: dict[str, tuple[Callable[[Project], object], str]] = {
    "changed": (add_table_text, "1.0.1"),
    "form": (lambda p: p.exchange_rows("measures", 2, 3).seal(), "1.0.1"),
    "added": (add_measure, "1.1.0"),
    "removed": (lambda p: p.withdraw(), "2.0.0"),
    "licence": (license_anew, "2.0.0"),
}


@pytest.mark.parametrize("why", LEVELS)
def test_level(why: str, project: Project) -> None:
    """Words and form make a patch, rows a minor version, a withdrawal or a licence a major one."""
    change, number = LEVELS[why]
    change(project.release())
    assert again(project) == (number, why)


def test_a_correction_is_a_patch(project: Project) -> None:
    """A corrected cell and its entry make a patch."""
    project.release().correct(6, "measure", "test-001.m02", "test-001.m01")
    assert again(project) == ("1.0.1", "changed")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"type": "string"', '"type": "any"', "schema"),
        ('"required": true', '"required": false', "schema"),
        ('"name": "note_en"', '"name": "remark_en"', "schema"),
        ('"title_en": "Figures"', '"title_en": "All figures"', "changed"),
        ('"name": "corrections"', '"name": "errata"', "removed"),
    ],
)
def test_level_of_a_descriptor(old: str, new: str, why: str, project: Project, tmp_path: Path) -> None:
    """Types, constraints and columns are the schema; titles are words; a table that goes is removed."""
    before = shutil.copytree(project.folder("figures"), tmp_path / "before")
    project.replace(DESCRIPTOR, old, new)
    if old == '"name": "note_en"':
        for table in ("figures", "relations"):
            project.change_rows(
                table, lambda rows: rows[0].__setitem__(rows[0].index("note_en"), "remark_en")
            )
    found = versions.compare(open_version(before), open_version(project.folder("figures")))
    assert versions.reason(versions.of_substance(found)) == why


# --- refusals


def test_problems_refuse_a_release(project: Project) -> None:
    """A figure that changed without an entry in corrections is not released."""
    project.release().edit_csv("figures", 6, "measure", "test-001.m01")
    before = snapshot(project)
    with pytest.raises(DataError) as error:
        release(project.root, BOTH, LATER)
    assert [problem.code for problem in error.value.problems] == ["release-correction"]
    assert snapshot(project) == before


LISTS = {
    "zh": "datapackages/codelists/datapackage.json：代码表还没有发布，或有没发布的改动。改法：先写 "
    "kuaibao release codelists，或一起发布：kuaibao release codelists test-001。[release-codelists]",
    "en": "datapackages/codelists/datapackage.json: the code lists have no release or changes that are not "
    "released. To mend it: run kuaibao release codelists first, or release both: "
    "kuaibao release codelists test-001. [release-codelists]",
}


@pytest.mark.parametrize("released", [False, True])
def test_code_lists_come_first(project: Project, *, released: bool) -> None:
    """A bulletin is not released with code lists that are not, be it that they were never or have changed."""
    if released:
        project.release().edit_csv("topics", 2, "label_en", "Waters")
    with pytest.raises(DataError) as error:
        release(project.root, ["test-001"], LATER)
    (problem,) = error.value.problems
    assert {language: problem.text(language) for language in LANGUAGES} == LISTS
    assert [each.name for each in release(project.root, ["test-001", "codelists"], LATER)] == BOTH


def test_a_release_does_not_go_back_in_time(project: Project) -> None:
    """A day before the last release is wrong usage."""
    add_measure(project.release("2026-12-01"))
    with pytest.raises(UsageError, match=r"2026-12-01，新版本不能早于它"):
        release(project.root, ["test-001"], DAY)


def test_a_failure_says_what_is_released(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a folder cannot be put in place, what came before is released; the next run does the rest."""
    undisturbed, renamed, left = _undisturbed(project), Path.rename, [1]

    def full(self: Path, target: Path) -> Path:
        if left.pop() if left else False:
            return renamed(self, target)
        raise OSError(28, "No space left on device", str(target))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", full)
        told = r"No space left on device；已发布：codelists 1\.0\.0；没有发布：test-001 1\.0\.0"
        with pytest.raises(UsageError, match=told):
            release(project.root, BOTH, DAY)
    assert site.examined(project.root)[2].problems == []
    assert [each.why for each in release(project.root, BOTH, DAY)] == ["", "first"]
    assert snapshot(project) == undisturbed


def _undisturbed(project: Project) -> dict[str, bytes]:
    """Release a copy of the project; gives its files."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Project(Path(shutil.copytree(project.root, Path(folder) / "copy")))
        release(copy.root, BOTH, DAY)
        return snapshot(copy)


# --- a release that is killed

KILLED = """
import os, shutil, signal, sys
from datetime import date
from pathlib import Path
from kuaibao.releasing import release

def die_at(step, root):
    left = [step]
    def watch(event, arguments):
        if event in {"os.mkdir", "os.rename"} and str(arguments[0]).startswith(str(root)):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)

base, folder = map(Path, sys.argv[1:3])
for step in range(1, 1000):
    root = Path(shutil.copytree(base, folder / str(step)))
    child = os.fork()
    if not child:
        die_at(step, root / "datapackages")
        release(root, sys.argv[4:], date.fromisoformat(sys.argv[3]))
        os._exit(0)
    if not os.waitpid(child, 0)[1]:
        break
"""


def half_done(project: Project, folder: Path) -> list[Project]:
    """Release copies of a project, each killed before another step that writes; the last one is whole."""
    command = [sys.executable, "-c", KILLED, str(project.root), str(folder), LATER.isoformat(), *BOTH]
    subprocess.run(command, check=True, timeout=300)
    return [Project(path) for path in sorted(folder.iterdir(), key=lambda path: int(path.name))]


@pytest.mark.parametrize("again", [False, True])
def test_a_killed_release_is_healed(project: Project, tmp_path: Path, *, again: bool) -> None:
    """Killed anywhere, it is named or leaves nothing wrong; the next gives what an undisturbed one gives."""
    if again:
        project.release().edit_csv("topics", 2, "label_en", "Waters")
        project.correct(6, "measure", "test-001.m02", "test-001.m01")
    *states, whole = half_done(project, tmp_path / "killed")
    undisturbed, seen = snapshot(whole), dict[tuple[bytes, ...], set[str]]()
    for state in states:
        files = snapshot(state)
        visible = tuple(files[path] for path in files if "/.release-" not in path)
        if visible not in seen:
            problems = site.examined(state.root)[2].problems
            assert all("kuaibao release" in problem.text("zh") for problem in problems)
            seen[visible] = {problem.code for problem in problems}
        release(state.root, BOTH, LATER)
        assert snapshot(state) == undisturbed
        assert sorted(path.name for path in (state.root / "datapackages").iterdir()) == BOTH
    named = [codes for codes in seen.values() if codes]
    assert named == [{"release-interrupted"}, {"release-changelog"}] * 2
    assert len(states) >= 20


def test_what_was_mended_is_said(project: Project) -> None:
    """Descriptor and changelog that are not those of the last release are written anew, and that is said."""
    before = snapshot(project.release())
    project.edit_json("test-001", "version", value="0.1.0")
    (project.folder("figures") / "CHANGELOG.md").write_text("other\n", encoding="utf-8")
    done = kuaibao("release", "codelists", "--lang", "en", root=project.root)
    assert done.stdout == (
        "codelists: nothing differs from its release 1.0.0; no new version.\n"
        "test-001: nothing differs from its release 1.0.0; no new version. datapackage.json, CHANGELOG.md "
        "did not agree with it, since a release was interrupted or someone edited by hand; "
        "that has been written anew.\n"
    )
    assert snapshot(project) == before


def test_a_lost_release_is_not_released_again(project: Project) -> None:
    """A package that says that it was released, but has no release, gets no first one."""
    shutil.rmtree(project.release().folder("figures") / "releases")
    with pytest.raises(DataError) as error:
        release(project.root, BOTH, LATER)
    assert {problem.code for problem in error.value.problems} == {"release-none"}


def test_corrections_come_before_their_release(project: Project) -> None:
    """A correction that is dated after the day of its release is refused."""
    project.release().correct(6, "measure", "test-001.m02", "test-001.m01")
    with pytest.raises(DataError) as error:
        release(project.root, BOTH, date(2026, 11, 30))
    (problem,) = error.value.problems
    assert (problem.code, problem.value) == ("release-correction-date", "2026-12-01")


# --- the gate of the build


PENDING = {
    "zh": f"{DESCRIPTOR}：test-001 与发布版 1.0.0 不同：新增 1 行，删去 0 行，改动 0 行。改法：改完后写 "
    "kuaibao release test-001；预览用 kuaibao serve。[release-pending]",
    "en": f"{DESCRIPTOR}: test-001 differs from its release 1.0.0: rows added: 1, removed: 0, changed: 0. To "
    "mend it: when the changes are complete, run kuaibao release test-001; kuaibao serve shows a preview. "
    "[release-pending]",
}


def test_what_is_pending_is_not_built(project: Project) -> None:
    """A package that differs from its release is refused, with what differs; check says nothing of it."""
    add_measure(project.release())
    with pytest.raises(DataError) as error:
        site.build(project.root, [])
    (problem,) = error.value.problems
    assert {language: problem.text(language) for language in LANGUAGES} == PENDING
    assert site.examined(project.root)[2].problems == []


def test_the_form_of_files_is_pending(project: Project) -> None:
    """Rows in another order are released too, since the bytes are published."""
    project.release().exchange_rows("measures", 2, 3).seal()
    with pytest.raises(DataError, match="只有行的次序或文件的写法不同"):
        site.build(project.root, [])


# --- the changelog


def test_changelog(project: Project) -> None:
    """The changelog tells every version, newest first, in Chinese and then in English."""
    project.release().correct(6, "measure", "test-001.m02", "test-001.m01").release("2026-12-01")
    add_measure(project)
    project.edit_row("figures", 7, note_zh="毛重 `kg` | <b>。", note_en="Gross weight, `kg` | <b>.")
    project.withdraw("test-001.c03").release("2026-12-02")
    written = (project.folder("figures") / "CHANGELOG.md").read_text(encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8")


# --- the command


def test_command(project: Project) -> None:
    """The command says version, reason, counts and place; exit codes are 0, 1 and 2."""
    (project.root / "sources").rename(project.root / "texts")
    done = kuaibao("release", *BOTH, "--date", "2026-11-22", "--lang", "en", root=project.root)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            f"{name}: 0.1.0 → 1.0.0. The first release. Frozen in datapackages/{name}/releases/1.0.0/"
            for name in BOTH
        ],
    )
    done = kuaibao("release", "test-001", "--date", "2026-11-22", "--lang", "zh", root=project.root)
    assert done.stdout == "test-001：与发布版 1.0.0 没有不同，不发布新版本。\n"
    project.edit_csv("figures", 6, "measure", "test-001.m01")
    assert kuaibao("release", "test-001", root=project.root).returncode == 1
    for wrong in (["test-002"], ["test-001", "--date", "1.12.2026"]):
        assert kuaibao("release", *wrong, root=project.root).returncode == 2, wrong


def test_diff_reads_a_release(project: Project) -> None:
    """Two versions are compared by the folders in which they stand."""
    add_measure(project.release())
    package = project.folder("figures")
    done = kuaibao("diff", str(package / "releases/1.0.0"), str(package), "--lang", "en")
    told = [line for line in done.stdout.splitlines() if line.startswith(("+", "~", "−"))]
    assert [line for line in told if " datapackage.json " not in line] == ["+ measures test-001.m04"]


# --- a law

CELLS = st.lists(
    st.tuples(
        st.sampled_from(["figures", "measures", "numerals", "relations", "corrections", "sections"]),
        st.integers(2, 17),
        st.integers(0, 12),
        st.sampled_from(["", "test-001.m01", "2022", "36", "Words", "文字", "exact", "test-001.1.01"]),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=30)
@given(edits=CELLS)
def test_an_edit_is_refused_or_told(edits: list[tuple[str, int, int, str]], base: Path) -> None:
    """After any edit a release is refused with named problems, or the difference to it is just the edit."""
    package = base / "datapackages" / "test-001"
    kept = {path: path.read_bytes() for path in base.glob("datapackages/**/*") if path.is_file()}
    before = open_version(package / "releases" / "1.0.0")
    try:
        for table, row, column, value in edits:
            edit(package / "data" / f"{table}.csv", row, column, value)
        found = load(base).bulletins["test-001"].version()
        expected = versions.of_substance(versions.compare(before, found))
        (done,) = release(base, ["test-001"], LATER)
        after = open_version(package / "releases" / done.new)
        assert versions.of_substance(versions.compare(before, after)) == expected
        assert bool(expected) == bool(done.why)
    except DataError:
        assert sorted(path.name for path in (package / "releases").iterdir()) == ["1.0.0"]
    finally:
        shutil.rmtree(package / "releases")
        for path, content in kept.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def edit(file: Path, row: int, column: int, value: str) -> None:
    """Put a value into a cell, where the table has one."""
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    if row <= len(rows) and column < len(rows[0]):
        rows[row - 1][column] = value
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8", newline="")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the good project, released."""
    return copy_good(tmp_path_factory.mktemp("released")).release().root
