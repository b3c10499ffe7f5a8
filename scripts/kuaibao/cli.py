"""The command line: composes the stages, says what happened in the user's language, sets the exit code."""

from __future__ import annotations

import datetime as dt
import io
import json
import locale
import os
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuaibao.errors import DataError, KuaibaoError, Language, UsageError
from kuaibao.telling import (
    as_csv,
    as_tabs,
    tell_error,
    tell_fine,
    tell_kept,
    tell_pending,
    tell_problems,
    tell_released,
    tell_unbuilt,
    tell_verified,
)
from kuaibao.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kuaibao.checks import Tally


def system_language() -> Language:
    """Tell the user's language from the locale: Chinese for zh locales, otherwise English."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((found for found in names if found), locale.getlocale()[0] or "")
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def _asked_language(arguments: Sequence[str]) -> Language:
    """Find --lang before typer runs, since the help is in the user's language too."""
    found = re.search(r"(?:^|\0)--lang[=\0](zh|en)(?:\0|$)", "\0".join(arguments))
    if found is None:
        return system_language()
    return "zh" if found.group(1) == "zh" else "en"


SPOKEN = _asked_language(sys.argv[1:])


class Lang(StrEnum):
    """The languages of messages."""

    zh = "zh"
    en = "en"


class CheckFormat(StrEnum):
    """The forms of a check's outcome."""

    text = "text"
    json = "json"
    github = "github"


class ReadFormat(StrEnum):
    """The forms of a list of numerals."""

    table = "table"
    json = "json"
    csv = "csv"


class DiffFormat(StrEnum):
    """The forms of a difference."""

    text = "text"
    json = "json"
    html = "html"
    markdown = "markdown"


Root = Annotated[Path, typer.Option("--root", help=say("opt_root", SPOKEN), file_okay=False)]
Spoken = Annotated[Lang, typer.Option("--lang", help=say("opt_lang", SPOKEN))]
Sources = Annotated[Path | None, typer.Option("--sources", help=say("opt_sources", SPOKEN), file_okay=False)]
HERE, LANG = Path(), Lang(SPOKEN)

app = typer.Typer(
    help=say("cli", SPOKEN), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.command(help=say("cmd_build", SPOKEN))
def build(sources: Sources = None, root: Root = HERE, lang: Spoken = LANG) -> None:
    """Check, render, export and build the site."""
    from kuaibao import site  # noqa: PLC0415  # the command line answers before pandas is loaded
    from kuaibao.handwritten import publication  # noqa: PLC0415  # as above

    try:
        built = site.build(root.resolve(), commands(), sources)
    except DataError as error:
        tell_unbuilt(error, root.resolve(), lang.value)
        raise typer.Exit(1) from None
    published = publication(root.resolve())
    if "example.org" in published.url + published.contact:
        typer.echo(say("placeholder", lang.value))
    pages, files = site.count(built)
    typer.echo(say("build_done", lang.value, path=built.name + "/", pages=pages, files=files))
    if sources is not None:
        typer.echo(say("private_note", lang.value))


@app.command(help=say("cmd_serve", SPOKEN))
def serve(
    root: Root = HERE,
    port: Annotated[int, typer.Option("--port", help=say("opt_port", SPOKEN), min=1, max=65535)] = 8000,
    lang: Spoken = LANG,
) -> None:
    """Preview the site and build it anew whenever something changes."""
    from kuaibao import preview  # noqa: PLC0415  # as above

    preview.serve(root.resolve(), commands(), port, lang.value, lambda error: tell_kept(error, lang.value))


@app.command(help=say("cmd_check", SPOKEN))
def check(  # noqa: PLR0913, PLR0917  # each is an option of its own
    packages: Annotated[list[str] | None, typer.Argument(help=say("opt_packages", SPOKEN))] = None,
    sources: Sources = None,
    seal: Annotated[bool, typer.Option("--seal", help=say("opt_seal", SPOKEN))] = False,  # noqa: FBT002  # a flag
    form: Annotated[CheckFormat, typer.Option("--format", help=say("opt_format", SPOKEN))] = CheckFormat.text,
    root: Root = HERE,
    lang: Spoken = LANG,
) -> None:
    """Apply every rule and list all problems; with --seal, first seal the ledgers that agree."""
    from kuaibao import site  # noqa: PLC0415  # as above
    from kuaibao.checks import Tally  # noqa: PLC0415  # as above

    if seal:
        _seal(root, sources, packages or (), lang.value)
    archive = None
    try:
        _known(packages, site.package_names(root))
        archive, _, tally = site.examined(root.resolve(), sources, packages or ())
        _narrow(tally, root.resolve(), packages or ())
    except DataError as error:
        tally = Tally(problems=list(error.problems))
    if form is CheckFormat.json:
        typer.echo(site.as_json(tally))
    elif tally.problems or archive is None:
        tell_problems(tally.problems, lang.value, annotated=form is CheckFormat.github)
    else:
        tell_fine(tally, archive, sources, lang.value)
    raise typer.Exit(1 if tally.problems else 0)


def _seal(root: Path, sources: Path | None, names: Sequence[str], language: Language) -> None:
    from kuaibao.sealing import seal_each  # noqa: PLC0415  # as above

    if sources is None:
        raise _no_sources()
    done = seal_each(root.resolve(), sources, names)
    for name, numerals in done.sealed:
        typer.echo(say("sealed", language, name=name, numerals=numerals))
    for name in done.without_text:
        typer.echo(say("unsealed_text", language, name=name, folder=sources))
    for name in done.amiss:
        typer.echo(say("unsealed_amiss", language, name=name))


def _narrow(tally: Tally, root: Path, names: Sequence[str]) -> None:
    """Leave out of a check of some bulletins what only others brought to the code lists."""
    from kuaibao.desk import DRAFTS  # noqa: PLC0415  # as above
    from kuaibao.load import load  # noqa: PLC0415  # as above
    from kuaibao.unfinished import concerning  # noqa: PLC0415  # as above

    if tally.problems:
        tally.problems = concerning(tally.problems, load(root), names, root / DRAFTS)


def _no_sources() -> UsageError:
    return UsageError(
        "封存要对照原文：请用 --sources 指明文件夹",
        "sealing needs the texts: name their folder with --sources",
    )


def _known(packages: Sequence[str] | None, names: Sequence[str]) -> None:
    for name in packages or ():
        if names and name not in names:
            raise _no_package(name, names)


def _no_package(name: str, names: Sequence[str]) -> UsageError:
    return UsageError(
        f"没有数据包 {name}；有 {'、'.join(names)}", f"no package {name}; there are {', '.join(names)}"
    )


@app.command(help=say("cmd_release", SPOKEN))
def release(
    names: Annotated[list[str], typer.Argument(help=say("opt_names", SPOKEN))],
    date: Annotated[str, typer.Option("--date", help=say("opt_date", SPOKEN))] = "",
    root: Root = HERE,
    lang: Spoken = LANG,
) -> None:
    """Freeze the next version of packages; the only command that reads the clock, for the day."""
    from kuaibao import site  # noqa: PLC0415  # as above
    from kuaibao.load import load  # noqa: PLC0415  # as above
    from kuaibao.releasing import release as freeze  # noqa: PLC0415  # as above

    _known(names, site.package_names(root))
    tell_released(freeze(root.resolve(), names, _day(date)), lang.value)
    tell_pending(load(root.resolve()), lang.value)


def _day(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written or f"{dt.datetime.now().astimezone():%Y-%m-%d}")
    except ValueError:
        raise _no_day(written) from None


def _no_day(written: str) -> UsageError:
    return UsageError(
        f"--date 的“{written}”不是日期；写成 2026-11-22 的样子",
        f'"{written}" is no date for --date; write one like 2026-11-22',
    )


@app.command(help=say("cmd_diff", SPOKEN))
def diff(
    old: Annotated[Path, typer.Argument(help=say("opt_old", SPOKEN))],
    new: Annotated[Path, typer.Argument(help=say("opt_new", SPOKEN))],
    form: Annotated[DiffFormat, typer.Option("--format", help=say("opt_format", SPOKEN))] = DiffFormat.text,
    lang: Spoken = LANG,
) -> None:
    """List every cell that differs between two versions of a package; the exit code is 0 either way."""
    from kuaibao import versions  # noqa: PLC0415  # as above
    from kuaibao.opening import open_version  # noqa: PLC0415  # as above

    changes = versions.compare(open_version(old), open_version(new))
    typer.echo(versions.report(changes, form.value, lang.value), nl=False)


@app.command(help=say("cmd_verify", SPOKEN))
def verify(
    where: Annotated[str, typer.Argument(help=say("opt_where", SPOKEN))],
    lang: Spoken = LANG,
) -> None:
    """Hold a published copy against its manifest; the exit code is 1 where anything differs."""
    from kuaibao import manifest  # noqa: PLC0415  # as above

    def told(done: int, files: int) -> None:
        if sys.stderr.isatty():
            progress = say("verify_progress", lang.value, done=done, files=files)
            typer.echo("\r" + progress, err=True, nl=done == files)

    found = manifest.verify(where, told)
    tell_verified(found, where, lang.value)
    raise typer.Exit(1 if found.findings else 0)


@app.command(help=say("cmd_read", SPOKEN))
def read(
    file: Annotated[Path, typer.Argument(help=say("opt_file", SPOKEN))],
    form: Annotated[ReadFormat, typer.Option("--format", help=say("opt_format", SPOKEN))] = ReadFormat.table,
    text: Annotated[Path | None, typer.Option("--text", help=say("opt_text", SPOKEN), dir_okay=False)] = None,
    lang: Spoken = LANG,
) -> None:
    """List every numeral expression of a file; with --text, save the text in which offsets count."""
    from kuaibao import documents  # noqa: PLC0415  # as above

    document = documents.extract(file)
    for remark in document.remarks:
        typer.echo(remark[lang.value], err=True)
    if text is not None:
        text.write_bytes(document.text.encode("utf-8"))
    rows = [numeral.to_json() for numeral in documents.numerals(document)]
    if form is ReadFormat.json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    names = ("start", "end", "printed", "value", "value_min", "value_max", "unit", "qualifier", "kind")
    table = [names, *([str("" if row[name] is None else row[name]) for name in names] for row in rows)]
    typer.echo(as_csv(table) if form is ReadFormat.csv else as_tabs(table), nl=False)


def _unreadable(file: Path, error: OSError) -> UsageError:
    return UsageError(f"读不了 {file}：{error.strerror}", f"cannot read {file}: {error.strerror}")


@app.command(help=say("cmd_draft", SPOKEN))
def draft(  # noqa: PLR0913, PLR0917  # each is an option of its own
    file: Annotated[Path | None, typer.Argument(help=say("opt_bulletin", SPOKEN))] = None,
    name: Annotated[str, typer.Option("--id", help=say("opt_id", SPOKEN))] = "",
    area: Annotated[str, typer.Option("--area", help=say("opt_area", SPOKEN))] = "",
    workbook: Annotated[Path | None, typer.Option("--from-xlsx", help=say("opt_from-xlsx", SPOKEN))] = None,
    given_up: Annotated[str, typer.Option("--discard", help=say("opt_discard", SPOKEN))] = "",
    root: Root = HERE,
    lang: Spoken = LANG,
) -> None:
    """Draft a package and its workbook from a bulletin, take the workbook back, or discard the draft."""
    from kuaibao import desk  # noqa: PLC0415  # as above

    chosen = [file is not None, workbook is not None, bool(given_up)]
    if chosen.count(True) != 1 or bool(file) != bool(name) or (area and not file):
        raise _how_to_draft()
    if given_up:
        _discard(root.resolve(), given_up, lang.value)
    elif workbook is not None:
        taken = desk.take_back(root.resolve(), workbook)
        typer.echo(say("draft_taken", lang.value, folder=taken.folder.name))
        if taken.is_open:
            typer.echo(say("draft_open", lang.value, file=workbook.name))
        for sheet in taken.strange:
            typer.echo(say("draft_left", lang.value, sheet=sheet))
        _finish(root.resolve(), workbook, lang.value)
    elif file is not None:
        made = desk.start(root.resolve(), file, name, area)
        for remark in made.remarks:
            typer.echo(remark[lang.value], err=True)
        book = f"{desk.DRAFTS}/{name}.xlsx"
        typer.echo(
            say("draft_made", lang.value, name=name, book=book, numerals=made.numerals, figures=made.figures)
        )


def _discard(root: Path, name: str, language: Language) -> None:
    from kuaibao.discard import discard  # noqa: PLC0415  # as above

    gone = discard(root, name)
    for path in gone.paths:
        typer.echo(say("draft_removed", language, path=path))
    for table, rows in gone.rows.items():
        typer.echo(say("draft_unlisted", language, table=table, rows=rows))
    typer.echo(say("draft_discarded", language, name=name))


def _finish(root: Path, workbook: Path, language: Language) -> None:
    """Seal a package that was taken back, or list what is left by cells of its workbook."""
    from kuaibao.feedback import finish  # noqa: PLC0415  # as above

    done = finish(root, workbook)
    for name, numerals in done.sealed:
        typer.echo(say("sealed", language, name=name, numerals=numerals))
    if done.problems:
        tell_problems(done.problems, language)
    for name, cells in done.others.items():
        typer.echo(say("draft_other", language, name=name, cells=cells))
    if done.problems:
        raise typer.Exit(1)


def _how_to_draft() -> UsageError:
    return UsageError(
        "写法：kuaibao draft 文件 --id yncg-091，或 kuaibao draft --from-xlsx drafts/yncg-091.xlsx，"
        "或 kuaibao draft --discard yncg-091",
        "write kuaibao draft FILE --id yncg-091, or kuaibao draft --from-xlsx drafts/yncg-091.xlsx, "
        "or kuaibao draft --discard yncg-091",
    )


def commands() -> list[tuple[str, list[tuple[str, str]]]]:
    """List the command line itself: (command, its parameters as (name, key of its help))."""
    group = typer.main.get_command(app)
    found = getattr(group, "commands", {})
    return [(name, [_parameter(each) for each in command.params]) for name, command in found.items()]


def _parameter(parameter: object) -> tuple[str, str]:
    options = list(getattr(parameter, "opts", []))
    name = options[0].lstrip("-")
    shown = options[0] if options[0].startswith("-") else name.upper()
    return shown, f"opt_{name}"


def main(run: Callable[[], object] = app) -> None:
    """Run the command line; every foreseen error is a message, never a stack trace."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a character shows its code
            stream.reconfigure(errors="backslashreplace")
    try:
        run()
    except KuaibaoError as error:
        sys.exit(tell_error(error, SPOKEN))
    except OSError as error:
        sys.exit(tell_error(_unreadable(Path(error.filename or ""), error), SPOKEN))
