"""Takes the Markdown in build/ and gives a whole site in a folder: MkDocs for both languages, and search."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from kuaibao.errors import LANGUAGES, UsageError
from kuaibao.finder import Passage, passages, search_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kuaibao.errors import Language

CONFIGURATION: Mapping[Language, str] = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}


class GeneratorError(UsageError):
    """MkDocs does not take the pages; the exit code is that of a problem with pages."""

    exit_code = 1

    def __init__(self, name: str, said: str) -> None:
        """Keep the name of the program with what it said."""
        super().__init__(f"{name}：没有成功\n{said}", f"{name}: failed\n{said}")


def generate(root: Path, new: Path, epoch: str) -> None:
    """Build both languages below a root into the folder `new`, with their search; `epoch` dates the pages.

    Raises GeneratorError where MkDocs does not take a page, or a page loads from another host.
    """
    environment = {"SOURCE_DATE_EPOCH": epoch, "NO_MKDOCS_2_WARNING": "1"}
    english = new.parent / "en"
    folders: Mapping[Language, Path] = {"zh": new, "en": english}
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda language: _mkdocs(root, language, folders[language], environment), LANGUAGES))
    english.rename(new / "en")
    _prune(new)
    _check_hosts(new)
    _index(new)


def _mkdocs(root: Path, language: Language, folder: Path, environment: Mapping[str, str]) -> None:
    # No --quiet: it keeps the warnings from being counted, and --strict fails on those that are counted.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    _run([*command, "-f", CONFIGURATION[language], "-d", str(folder)], root, environment, f"docs/{language}")


def _prune(new: Path) -> None:
    """Take out what Material brings and no page loads: its script, and source maps."""
    for assets in (new / "assets", new / "en" / "assets"):
        for path in (*assets.rglob("*.map"), *assets.glob("javascripts/bundle.*.js")):
            path.unlink()
        for folder in ("lunr", "workers"):
            shutil.rmtree(assets / "javascripts" / folder, ignore_errors=True)


# What a page loads by itself; links to follow, and those in a head that tell addresses, load nothing.
LOADS = re.compile(
    r"<(?:script|img|iframe|source|video|audio|form|object|embed|link(?=[^>]*stylesheet))\b[^>]*?"
    r"\b(?:src|href|action|data)\s*=\s*[\"']?\s*((?:https?:)?//[^\s\"'>]+)",
    re.IGNORECASE,
)


def _check_hosts(new: Path) -> None:
    """Raise GeneratorError where a built page loads anything from another host, whatever brought it in."""
    found = {
        f"{path.relative_to(new).as_posix()}: {match[1]}"
        for path in sorted(new.rglob("*.html"))
        for match in LOADS.finditer(path.read_text(encoding="utf-8"))
    }
    if found:
        raise _foreign(sorted(found)[:10])


def _foreign(found: Sequence[str]) -> GeneratorError:
    said = "这些网页要从别的主机载入内容 / these pages load from another host:"
    return GeneratorError("mkdocs.yml, docs/theme", "\n".join([said, *found]))


def _index(new: Path) -> None:
    """Write the search of both languages beside their search pages."""
    chinese, english = _built(new), _built(new / "en")
    for folder, own, others in ((new, chinese, english), (new / "en", english, chinese)):
        for name, script in search_files(own, others).items():
            target = folder / "search" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(script, encoding="utf-8", newline="\n")


def _built(folder: Path) -> dict[str, list[Passage]]:
    """Cut the built pages of a language: path of the page's folder below the language's -> passages."""
    found = {path.parent.relative_to(folder): path for path in folder.rglob("index.html")}
    own = {path: file for path, file in found.items() if path.parts[:1] != ("en",)}
    named = {path.as_posix().strip("."): file.read_text(encoding="utf-8") for path, file in own.items()}
    return {path: passages(path, page) for path, page in named.items()}


def _run(command: Sequence[str], root: Path, environment: Mapping[str, str], place: str = "") -> None:
    done = subprocess.run(  # noqa: S603  # our own commands, no shell
        command,
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise GeneratorError(f"{command[2]} {place}".strip(), _said(done.stderr + done.stdout, place))


def _said(output: str, place: str) -> str:
    """Keep what matters of an output: warnings and errors with their files; of a trace its last place."""
    lines = [line.rstrip() for line in output.splitlines() if not line.startswith("INFO")]
    before, trace = lines, [number for number, line in enumerate(lines) if line.startswith("Traceback")]
    if trace:
        files = [
            line.strip() for line in lines if line.startswith('  File "') and "site-packages" not in line
        ]
        before = [*lines[: trace[0]], *files[-1:], lines[-1]]
    text = "\n".join(line for line in before if line)
    return text.replace("Doc file '", f"Doc file '{place}/")
