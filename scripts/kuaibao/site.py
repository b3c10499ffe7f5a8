"""Takes a root and gives the site: checks, renders, exports, runs MkDocs, indexes, puts it in place."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kuaibao import api
from kuaibao.checks import Tally, check, chosen
from kuaibao.errors import DataError, Place, Problem, UsageError
from kuaibao.explorer import files as explorer_files
from kuaibao.generator import generate
from kuaibao.handwritten import pages, publication
from kuaibao.load import load
from kuaibao.manifest import write_manifest
from kuaibao.pending import check_pending
from kuaibao.publish import published
from kuaibao.render import Surroundings, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kuaibao.model import Archive, Package

Commands: TypeAlias = "Sequence[tuple[str, Sequence[tuple[str, str]]]]"
# Where make lets npm install scripts: in the environment, beside the Python packages.
LIBRARIES = Path(sys.prefix) / "share" / "kuaibao"
# The site to publish, and the one for those who hold the bulletins' texts, which nobody else may see.
PUBLIC, WITH_SOURCES = "site", "site-with-sources"


def package_names(root: Path) -> list[str]:
    """Name the packages below a root: the folders in datapackages/ that are not hidden."""
    folder = root / "datapackages"
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path.name for path in found if path.is_dir() and not path.name.startswith("."))


def examined(
    root: Path, sources: Path | None = None, names: Sequence[str] = ()
) -> tuple[Archive, dict[str, str], Tally]:
    """Load and check everything; with `names`, the code lists and these packages with their pages alone.

    Raises DataError where a package cannot be read as tables.
    """
    if (root / "mkdocs.yml").is_file():
        publication(root)
    archive, written = load(root), pages(root)
    tally = check(archive, written, sources, names)
    return chosen(archive, names) if names else archive, written, tally


def _checked(root: Path, sources: Path | None, *, preview: bool) -> tuple[Archive, dict[str, str], Tally]:
    """Load and check everything; raise DataError with all problems. Only a preview may be unreleased."""
    archive, written, tally = examined(root, sources)
    if not (preview or tally.problems):
        check_pending(archive, tally)
    if tally.problems:
        raise DataError(tally.problems)
    return archive, written, tally


def build(root: Path, commands: Commands, sources: Path | None = None, *, preview: bool = False) -> Path:
    """Build the whole site and put it in place of site/; on any failure the old one stays as it was.

    A package that has releases is built as it was released, unless this is a `preview`.
    With `sources` the site shows the bulletins' texts. Such a site never stands in site/ but in
    site-with-sources/, says on every page that it must not be published, and leaves nothing in build/.

    Raises DataError for problems of data or pages, GeneratorError where MkDocs fails,
    UsageError where a file cannot be read or written.
    """
    described = publication(root)
    archive, written, tally = _checked(root, sources, preview=preview)
    public = published(archive, described)
    answers = api.files(archive, public.datasets, described)
    content = public.content | answers | explorer_files(archive, described.url, LIBRARIES)
    surroundings = Surroundings(
        site_url=described.url,
        contact=described.contact,
        downloads=public.listed,
        heads=public.heads,
        links=public.links,
        frozen=public.frozen,
        title=described.title,
        api=json.loads(answers[api.DESCRIPTION]),
        outcome=tally.outcome(),
        commands=commands,
        texts={} if sources is None else _texts(archive, sources),
    )
    rendered = render(archive, written, surroundings)
    site = root / (PUBLIC if sources is None else WITH_SOURCES)
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise _no_folder(site)
    try:
        with alone(root):
            try:
                _write(root / "build", rendered, content)
                return _publish(root, site, _epoch(archive))
            finally:
                if sources is not None:
                    shutil.rmtree(root / "build", ignore_errors=True)
    except OSError as error:
        raise _unwritable(error) from None


def _texts(archive: Archive, sources: Path) -> dict[str, str]:
    """Read the bulletins' texts by id, with their line ends as they are; the check has found them all."""
    return {name: (sources / f"{name}.txt").read_bytes().decode("utf-8") for name in archive.bulletins}


def _no_folder(site: Path) -> UsageError:
    return UsageError(
        f"{site} 不是普通文件夹，不会替换；请先移走它",
        f"{site} is no ordinary folder and is not replaced; move it away first",
    )


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Let one build or release at a time work below a root; raise UsageError where another is under way."""
    folder = os.open(root, os.O_RDONLY) if sys.platform != "win32" else None
    try:
        if folder is not None:
            _lock(folder)
        yield
    except BlockingIOError:
        raise _busy(root) from None
    finally:
        if folder is not None:
            os.close(folder)


def _lock(folder: int) -> None:
    """Hold an open folder alone until it is closed or the process ends; Windows has no such lock."""
    import fcntl  # noqa: PLC0415  # not there on Windows

    fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _busy(root: Path) -> UsageError:
    return UsageError(
        f"{root} 里另一次生成或发布还在进行；等它结束再试",
        f"another build or release is under way in {root}; try again when it has ended",
    )


def _unwritable(error: OSError) -> UsageError:
    return UsageError(
        f"读写 {error.filename} 时出错：{error.strerror}", f"{error.filename}: {error.strerror}"
    )


def _publish(root: Path, site: Path, epoch: str) -> Path:
    with tempfile.TemporaryDirectory(dir=root / "build", prefix="site-") as folder:
        new = Path(folder) / "site"
        generate(root, new, epoch)
        write_manifest(new)
        _replace(new, site)
    return site


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
    return str(int(max(_created(package) for package in archive.packages()).timestamp()))


def _created(package: Package) -> datetime:
    written = str(package.descriptor["created"])
    try:
        created = datetime.fromisoformat(written)
    except ValueError:
        place = Place(f"{package.path}/datapackage.json")
        params = {"key": "created", "expected": "YYYY-MM-DDThh:mm:ssZ"}
        raise DataError([Problem("descriptor-value", place, written, params)]) from None
    return created if created.tzinfo else created.replace(tzinfo=UTC)


def _replace(new: Path, site: Path) -> None:
    """Put the new site in place by renaming, so that no half-written site is ever there."""
    old = new.parent / "old"
    if site.exists():
        site.rename(old)
    try:
        new.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise


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
