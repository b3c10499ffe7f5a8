"""Takes a root and gives the finished site: checks, renders, exports, runs MkDocs and Pagefind, replaces site/."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kuaibao.checks import Tally, check
from kuaibao.errors import LANGUAGES, DataError, UsageError
from kuaibao.load import load
from kuaibao.publish import downloads
from kuaibao.render import Surroundings, render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.errors import Language
    from kuaibao.model import Archive

Commands = "Sequence[tuple[str, Sequence[tuple[str, str]]]]"
CONFIGURATION: Mapping[Language, str] = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}


def pages(root: Path) -> dict[str, str]:
    """Read the hand-written pages below docs/, and the list of fixed names: path below docs/ -> text."""
    docs = root / "docs"
    files = [path for language in LANGUAGES for path in sorted((docs / language).rglob("*.md"))]
    files += [path for path in [docs / "fixed-names.txt"] if path.is_file()]
    return {path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8") for path in files}


def configuration(root: Path) -> Mapping[str, Any]:
    """Read mkdocs.yml; raise UsageError where it is missing or broken."""
    try:
        loaded: dict[str, Any] = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
        return {"site_url": loaded["site_url"], "contact": loaded["extra"]["contact"]}
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise UsageError(
            f"{root / 'mkdocs.yml'} 缺少或读不了（{error}）；其中要有 site_url 和 extra.contact",
            f"{root / 'mkdocs.yml'} is missing or cannot be read ({error}); it must hold site_url and extra.contact",
        ) from None


def checked(root: Path, sources: Path | None = None) -> tuple[Archive, dict[str, str], Tally]:
    """Load and check everything; raise DataError with all problems."""
    archive, written = load(root), pages(root)
    tally = check(archive, written, sources)
    if tally.problems:
        raise DataError(tally.problems)
    return archive, written, tally


def build(root: Path, commands: Commands) -> Path:
    """Build the whole site and put it in place of site/; on any failure the old one stays as it was.

    Raises DataError for problems of data or pages, UsageError where MkDocs or Pagefind fails.
    """
    archive, written, tally = checked(root)
    settings = configuration(root)
    content, described = downloads(archive, settings["site_url"])
    surroundings = Surroundings(downloads=described, outcome=tally.outcome(), commands=commands, **settings)
    rendered = render(archive, written, surroundings)
    _write(root / "build", rendered, content)
    with tempfile.TemporaryDirectory(dir=root / "build", prefix="site-") as folder:
        new = Path(folder) / "site"
        _generate(root, new, _epoch(archive))
        _run([sys.executable, "-m", "pagefind", "--site", str(new), "--quiet"], root, {})
        _replace(new, root / "site")
    return root / "site"


def _write(build: Path, rendered: Mapping[str, str], content: Mapping[str, bytes]) -> None:
    if build.exists():
        shutil.rmtree(build)
    encoded = {path: text.encode("utf-8") for path, text in rendered.items()}
    for path, data in (encoded | {f"zh/{path}": data for path, data in content.items()}).items():
        target = build / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _epoch(archive: Archive) -> str:
    """Date the build by the newest package, so that it does not depend on the clock."""
    newest = max(str(package.descriptor["created"]) for package in archive.packages())
    return str(int(datetime.fromisoformat(newest).astimezone(UTC).timestamp()))


def _generate(root: Path, new: Path, epoch: str) -> None:
    environment = {"SOURCE_DATE_EPOCH": epoch, "NO_MKDOCS_2_WARNING": "1"}
    english = new.parent / "en"
    folders: Mapping[Language, Path] = {"zh": new, "en": english}
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda language: _mkdocs(root, language, folders[language], environment), LANGUAGES))
    english.rename(new / "en")


def _mkdocs(root: Path, language: Language, folder: Path, environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    _run([*command, "-f", CONFIGURATION[language], "-d", str(folder)], root, environment)


def _run(command: Sequence[str], root: Path, environment: Mapping[str, str]) -> None:
    done = subprocess.run(  # noqa: S603  # our own commands, no shell
        command, cwd=root, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise UsageError(f"{command[2]} 没有成功：\n{said}", f"{command[2]} failed:\n{said}")


def _replace(new: Path, site: Path) -> None:
    """Put the new site in place by renaming, so that no half-written site is ever there."""
    old = new.parent / "old"
    if site.exists():
        site.rename(old)
    new.rename(site)


def count(site: Path) -> tuple[int, int]:
    """Count the pages and the files of a site."""
    files = [path for path in site.rglob("*") if path.is_file()]
    return sum(path.suffix == ".html" for path in files), len(files)


def as_json(tally: Tally) -> str:
    """Write the outcome of a check for a program: problems with place, code and both languages."""
    problems = [
        {
            "code": problem.code,
            "path": problem.place.path,
            "row": problem.place.row,
            "column": problem.place.column,
            "value": problem.value,
            "zh": problem.text("zh"),
            "en": problem.text("en"),
        }
        for problem in tally.problems
    ]
    return json.dumps({"checked": dict(tally.checked), "problems": problems}, ensure_ascii=False, indent=2)
