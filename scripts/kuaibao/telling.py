"""Takes outcomes, rows and errors and says them on the terminal, in Chinese or English."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import typer

from kuaibao.errors import DataError
from kuaibao.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kuaibao.checks import Tally
    from kuaibao.errors import KuaibaoError, Language, Problem
    from kuaibao.manifest import Verified
    from kuaibao.model import Archive
    from kuaibao.releasing import Released


def tell_problems(
    problems: Sequence[Problem], language: Language, *, annotated: bool = False, err: bool = False
) -> None:
    """List problems, one a line, and their number; annotated as GitHub's runners read them."""
    for problem in problems:
        typer.echo(_annotation(problem, language) if annotated else problem.text(language), err=err)
    typer.echo(say("check_failed", language, count=len(problems)), err=err)


def _annotation(problem: Problem, language: Language) -> str:
    """Write a problem as GitHub's runners read it: on one line, in which % stands for itself as %25."""
    text, place = _escaped(problem.text(language)), problem.place
    path = _escaped(place.path).replace(":", "%3A").replace(",", "%2C")
    return f"::error file={path},line={place.row or 1},title={problem.code}::{text}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def tell_fine(tally: Tally, archive: Archive, sources: Path | None, language: Language) -> None:
    """Say of each bulletin how complete its ledger is, and how much was checked without a problem."""
    from kuaibao.summary import completeness  # noqa: PLC0415  # not needed for most commands

    for name, package in archive.bulletins.items():
        typer.echo(say("check_ledger", language, name=name, text=completeness(package, language)))
    tell_pending(archive, language)
    if sources is None:
        typer.echo(say("check_no_sources", language))
    typer.echo(say("check_fine", language, checked=tally.checked.total(), packages=len(archive.packages())))


def tell_verified(found: Verified, where: str, language: Language) -> None:
    """Name every file in which a published copy differs from its manifest, or say that none does."""
    said = {
        "missing": say("verify_missing", language),
        "changed": say("verify_changed", language),
        "foreign": say("verify_foreign", language),
    }
    for finding in found.findings:
        fault = said.get(finding.fault) or say("verify_unread", language, why=finding.why)
        typer.echo(say("verify_finding", language, path=finding.path, fault=fault))
    if found.findings:
        typer.echo(say("verify_failed", language, count=len(found.findings), files=found.files))
    else:
        typer.echo(say("verify_fine", language, files=found.files))
    if "://" in where:
        typer.echo(say("verify_foreign_unseen", language))


def as_csv(table: Sequence[Sequence[str]]) -> str:
    """Write rows as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


def as_tabs(table: Sequence[Sequence[str]]) -> str:
    """Write rows with tabs between cells, each row on a line."""
    return "".join("\t".join(" ".join(cell.split()) for cell in cells) + "\n" for cells in table)


def tell_error(error: KuaibaoError, language: Language) -> int:
    """Say what went wrong; gives the exit code."""
    if isinstance(error, DataError):
        tell_problems(error.problems, language, err=True)
        return 1
    said = getattr(error, "text", {})
    typer.echo(said.get(language, str(error)), err=True)
    return int(getattr(error, "exit_code", 2))


def tell_unbuilt(error: DataError, root: Path, language: Language) -> None:
    """Show why a build failed; a draft that is not finished is named once."""
    from kuaibao import desk  # noqa: PLC0415  # not needed for most commands
    from kuaibao.unfinished import grouped  # noqa: PLC0415  # as above

    rest, waiting = grouped(error.problems, root, root / desk.DRAFTS)
    for name, cells in waiting.items():
        typer.echo(say("draft_waiting", language, name=name, cells=cells), err=True)
    if rest:
        tell_error(DataError(rest), language)
    typer.echo(say("build_kept", language), err=True)


def tell_released(outcomes: Sequence[Released], language: Language) -> None:
    """Say of each package which version it has now and why, or that nothing differed."""
    from kuaibao.changelog import because  # noqa: PLC0415  # not needed for most commands

    for found in outcomes:
        shown = {"name": found.name, "old": found.old, "new": found.new, "path": found.path}
        if not found.why:
            files = "、".join(found.mended) if language == "zh" else ", ".join(found.mended)
            key = "release_mended" if files else "release_same"
            typer.echo(say(key, language, files=files, **shown))
            continue
        why = because(found.why, found.counts, language)
        typer.echo(say("release_done", language, why=why, **shown))


def tell_pending(archive: Archive, language: Language) -> None:
    """Name every package that differs from its last release, with the command for it."""
    from kuaibao.pending import pending  # noqa: PLC0415  # not needed for most commands

    for package, names in pending(archive):
        values = {"name": package.name, "version": package.releases[-1].number, "names": names}
        typer.echo(say("check_pending", language, **values))


def tell_kept(error: KuaibaoError, language: Language) -> None:
    """Show why a build failed, and that the site is as it was."""
    tell_error(error, language)
    typer.echo(say("build_kept", language), err=True)
