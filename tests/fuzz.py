"""Feeds hostile input to what reads files, minute after minute; a crash, a hang or a blow-up is a finding.

`python tests/fuzz.py [--minutes 10] [--seed 1] [TARGET ...]`: hypothesis makes the input anew in each round,
from the seed of the round, which is printed; it shrinks what fails. The input of a finding is saved below
tests/findings/, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import test_render
import test_workbook
from kuaibao import documents, versions, workbook
from kuaibao.checks import check
from kuaibao.documents.plain import read_extracted, read_plain
from kuaibao.errors import LANGUAGES, KuaibaoError, Problem
from kuaibao.handwritten import pages, publication
from kuaibao.load import load
from kuaibao.opening import open_version
from kuaibao.publish import published
from kuaibao.render import render
from projects import PACKAGES, Project, copy_good

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    Edit = tuple[str, float, bytes]

HERE = Path(__file__).parent
FINDINGS = HERE / "findings"
EXAMPLES, PATIENCE, MEMORY = 50, 20, 3_000_000_000  # a round; seconds for one input; bytes of address space

# What is likely to break something: markup, numbers, signs of formats, characters that few programs expect.
WORDS = [
    *(
        "<script>t()</script>",
        "<img src=x onerror=t()>",
        "{{ 1 }}",
        "{% raw %}",
        "|",
        "`",
        "](",
        "&lt;",
        "-->",
    ),
    *(
        "=1+1",
        "+1",
        "@SUM(1)",
        "\u202e",
        "\u2066",
        "\u200b",
        "\ufeff",
        "\x00",
        "\ud7ff",
        "\U0010ffff",
        "א",
        "ﷺ",
    ),
    *(
        "9" * 400,
        "-0",
        "1e999",
        "NaN",
        "０１２",
        "万亿",
        "近百分之一百",
        "十二分之三",
        "第一",
        "……",
        "2023-02-30",
    ),
    *(
        '"',
        "'",
        ",",
        "\n",
        "\r",
        "\t",
        ";",
        "\\",
        "/",
        "../",
        "[",
        "]",
        "{",
        "}",
        ":",
        "null",
        "\u3000",
        "个",
        "％",
    ),
]
texts = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=30).map("".join)
numbers = st.text(
    "一二三四五六七八九十百千万亿零两几多余近约超0123456789.,，、—-%‰％个人元亩年月日至到比第第之分半 \t\n",
    max_size=200,
)
pieces = st.sampled_from([word.encode("utf-8", "surrogatepass") for word in WORDS]) | st.binary(max_size=9)
edits = st.lists(
    st.tuples(st.sampled_from(["put", "over", "cut", "twice", "flip"]), st.floats(0, 1), pieces), max_size=8
)


def spoiled(content: bytes, changes: list[Edit]) -> bytes:
    """Apply edits to bytes, each at its place, from 0 (the beginning) to 1 (the end)."""
    for kind, place, piece in changes:
        at, size = int(place * len(content)), len(piece)
        if kind == "put":
            content = content[:at] + piece + content[at:]
        elif kind == "over":
            content = content[:at] + piece + content[at + size :]
        elif kind == "cut":
            content = content[:at] + content[at + size**2 :]
        elif kind == "twice":
            content = content[:at] + content[max(0, at - size**2) :]
        elif at < len(content):
            content = content[:at] + bytes([content[at] ^ (1 << size % 8)]) + content[at + 1 :]
    return content


def spoiled_zip(content: bytes, changes: list[Edit], member: float, *, inside: bool) -> bytes:
    """Apply edits to a member of a zip, or to the zip itself."""
    if not inside:
        return spoiled(content, changes)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        entries = old.namelist()
        chosen = entries[min(int(member * len(entries)), len(entries) - 1)]
        for name in entries:
            new.writestr(name, spoiled(old.read(name), changes) if name == chosen else old.read(name))
    return made.getvalue()


zips = st.tuples(edits, st.floats(0, 1), st.booleans())


@cache
def _project() -> Project:
    """Copy the good project once; each input writes what it changes anew."""
    return copy_good(Path(tempfile.mkdtemp(prefix="kuaibao-fuzz-")))


@contextmanager
def _changed(path: str, content: bytes) -> Iterator[Project]:
    """Put other content into a file of the project for the time of the context."""
    file = _project().root / path
    before = file.read_bytes()
    file.write_bytes(content)
    try:
        yield _project()
    finally:
        file.write_bytes(before)


def _told(problems: list[Problem]) -> None:
    for problem in problems:
        for language in LANGUAGES:
            problem.text(language).encode("utf-8")  # what is told can be shown


def _checked(path: str, content: bytes) -> None:
    with _changed(path, content) as project:
        _told(project.problems())


def read_text(text: str) -> bytes:
    """Read a text in each of the ways."""
    for document in (read_plain(text), read_plain(text, markdown=True), read_extracted(text)):
        for numeral in documents.numerals(document):
            assert 0 <= numeral.start < numeral.end <= len(text)
            json.dumps(numeral.to_json(), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


DOCUMENTS = [
    path
    for path in sorted((HERE / "documents").iterdir())
    if path.suffix in {".docx", ".pdf", ".html", ".md", ".txt"}
]


def read_document(path: Path, change: tuple[list[Edit], float, bool]) -> bytes:
    """Read a damaged document."""
    content = path.read_bytes()
    is_zip = path.suffix == ".docx"
    content = (
        spoiled_zip(content, change[0], change[1], inside=change[2])
        if is_zip
        else spoiled(content, change[0])
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path.name
        file.write_bytes(content)
        documents.numerals(documents.extract(file))
    return content


def load_descriptor(changes: list[Edit], keys: list[int], value: object) -> bytes:
    """Load a damaged descriptor, its text or one of its values."""
    path = "datapackages/test-001/datapackage.json"
    content = spoiled((PACKAGES / "good" / path).read_bytes(), changes)
    if not changes:
        whole = json.loads(content)
        at, name = whole, list(whole)[keys[0] % len(whole)] if keys else "name"
        for key in keys[1:]:
            inner = at[name]
            if not isinstance(inner, dict | list) or not inner:
                break
            at, name = inner, (list(inner)[key % len(inner)] if isinstance(inner, dict) else key % len(inner))
        at[name] = value
        content = json.dumps(whole).encode()
    _checked(path, content)
    return content


TABLES = sorted(
    path.relative_to(PACKAGES / "good").as_posix() for path in PACKAGES.glob("good/datapackages/*/data/*.csv")
)
PAGES = sorted(
    path.relative_to(PACKAGES / "good").as_posix() for path in PACKAGES.glob("good/docs/*/**/*.md")
)


def check_table(path: str, changes: list[Edit]) -> bytes:
    """Check a project with a damaged table."""
    content = spoiled((PACKAGES / "good" / path).read_bytes(), changes)
    _checked(path, content)
    return content


def check_page(path: str, changes: list[Edit]) -> bytes:
    """Check a project with a damaged page."""
    content = spoiled((PACKAGES / "good" / path).read_bytes(), changes)
    _checked(path, content)
    return content


COLUMNS = [
    *(("measures", "label"), ("measures", "description"), ("sections", "title"), ("sections", "actor")),
    *(("indicators", "label"), ("indicators", "definition"), ("topics", "label"), ("units", "label")),
    *(("organisations", "label"), ("areas", "label"), ("figures", "note"), ("relations", "label")),
    *(("relations", "note"), ("corrections", "reason"), ("numerals", "reason"), ("terms", "label")),
]


@cache
def _tags() -> int:
    return sum(text.count("<script") + text.count("<img") for text in test_render.good().values())


def render_cells(column: tuple[str, str], language: str, text: str) -> bytes:
    """Render and export hostile cells: as many elements that load or run as with harmless ones."""
    table, name = column[0], f"{column[1]}_{language}"
    project = _project()
    before = project.csv(table).read_bytes()
    try:
        project.change_rows(table, lambda rows: _fill(rows, name, text))
        archive = load(project.root)
    finally:
        project.csv(table).write_bytes(before)
    if not check(archive, pages(project.root)).problems:
        made = render(archive, pages(project.root), test_render.surroundings())
        assert sum(page.count("<script") + page.count("<img") for page in made.values()) == _tags()
        published(archive, publication(project.root))
    return text.encode("utf-8", "surrogatepass")


def _fill(rows: list[list[str]], name: str, text: str) -> None:
    for row in rows[1:]:
        at = rows[0].index(name)
        row[at] = f"{row[at]} {text}".strip() if row[at] else ""


def take_workbook(change: tuple[list[Edit], float, bool]) -> bytes:
    """Take a damaged workbook back."""
    content = spoiled_zip(test_workbook.written(), change[0], change[1], inside=change[2])
    _told(workbook.read(content, "a.xlsx", test_workbook.tables(), test_workbook.listed()).problems)
    return content


@cache
def _version() -> bytes:
    made = io.BytesIO()
    folder = PACKAGES / "good" / "datapackages" / "test-001"
    with zipfile.ZipFile(made, "w") as archive:
        for file in [folder / "datapackage.json", *sorted(folder.glob("data/*.csv"))]:
            archive.writestr(file.relative_to(folder).as_posix(), file.read_bytes())
    return made.getvalue()


def compare_versions(change: tuple[list[Edit], float, bool]) -> bytes:
    """Compare a damaged zip with the package from which it was made, and write each form of it."""
    content = spoiled_zip(_version(), change[0], change[1], inside=change[2])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.zip"
        file.write_bytes(content)
        changes = versions.compare(
            open_version(file), open_version(_project().root / "datapackages/test-001")
        )
        for form in versions.FORMS:
            for language in LANGUAGES:
                versions.report(changes, form, language).encode("utf-8", "surrogatepass")
    return content


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
TARGETS: dict[str, tuple[Callable[..., bytes], tuple[st.SearchStrategy[object], ...]]] = {
    "reader": (read_text, (texts | numbers,)),
    "documents": (read_document, (st.sampled_from(DOCUMENTS), zips)),
    "descriptor": (load_descriptor, (st.just([]) | edits, st.lists(st.integers(0, 50), max_size=6), values)),
    "tables": (check_table, (st.sampled_from(TABLES), edits)),
    "pages": (check_page, (st.sampled_from(PAGES), edits)),
    "render": (render_cells, (st.sampled_from(COLUMNS), st.sampled_from(LANGUAGES), texts)),
    "workbook": (take_workbook, (zips,)),
    "versions": (compare_versions, (zips,)),
}


class HangError(Exception):
    """An input took longer than anyone would wait."""


def _late(_: int, frame: FrameType | None) -> None:
    raise HangError(frame)


def _tried(target: str, given_values: tuple[object, ...]) -> None:
    """Feed one input; an error that is told as a message is what should come of it."""
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        TARGETS[target][0](*given_values)
    except KuaibaoError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _round(target: str, number: int) -> BaseException | None:
    """Try a round of inputs; give what came of one that is a finding, which hypothesis has shrunk."""
    last: list[tuple[object, ...]] = []

    def one(given_values: tuple[object, ...]) -> None:
        last[:] = [given_values]
        _tried(target, given_values)

    phases = (Phase.generate, Phase.shrink)
    limits = settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=phases,
        suppress_health_check=list(HealthCheck), derandomize=False,
    )  # fmt: skip
    try:
        seed(number)(limits(given(st.tuples(*TARGETS[target][1]))(one)))()
    except BaseException as error:  # whatever is no message is a finding
        if isinstance(error, KeyboardInterrupt):
            raise
        _save(target, number, last[0] if last else (), error)
        return error
    return None


def _save(target: str, number: int, given_values: tuple[object, ...], error: BaseException) -> None:
    FINDINGS.mkdir(exist_ok=True)
    told = "".join(traceback.format_exception(error))
    (FINDINGS / f"{target}-{number}.txt").write_text(f"{given_values!r}\n\n{told}", encoding="utf-8")


def fuzz(target: str, minutes: float, first: int) -> int:
    """Try inputs for so many minutes; give the number of findings."""
    signal.signal(signal.SIGALRM, _late)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    end, number, findings = time.monotonic() + 60 * minutes, first, 0
    while time.monotonic() < end:
        found = _round(target, number)
        if found is not None:
            findings += 1
            sys.stdout.write(f"{target}: seed {number}: {type(found).__name__}: {str(found)[:200]}\n")
            sys.stdout.flush()
        number += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    tried = (number - first) * EXAMPLES
    seeds = f"seeds {first} to {number - 1}"
    sys.stdout.write(f"{target}: {tried} inputs, {seeds}, {findings} findings, peak {peak} MB\n")
    return findings


def main() -> int:
    """Run each target in a process of its own, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], default=[])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    failed = 0
    for target in asked.targets or TARGETS:
        child = os.fork()
        if not child:
            os._exit(min(1, fuzz(target, asked.minutes, asked.seed)))
        failed += os.waitpid(child, 0)[1] != 0
    return min(1, failed)


if __name__ == "__main__":
    sys.exit(main())
