"""The command line: composes the stages, says what happened in the user's language, and sets the exit code."""

from __future__ import annotations

import json
import locale
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuaibao.errors import LANGUAGES, DataError, KuaibaoError, Language, UsageError
from kuaibao.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kuaibao.checks import Tally
    from kuaibao.errors import Problem


def system_language() -> Language:
    """Tell the user's language from the locale: Chinese for zh locales, otherwise English."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((found for found in names if found), locale.getlocale()[0] or "")
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def _asked_language(arguments: Sequence[str]) -> Language:
    """Find --lang before typer runs, since the help is in the user's language too."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else argument if before == "--lang" else ""
        if value in LANGUAGES:
            return "zh" if value == "zh" else "en"
    return system_language()


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


Root = Annotated[Path, typer.Option("--root", help=say("opt_root", SPOKEN), file_okay=False)]
Spoken = Annotated[Lang, typer.Option("--lang", help=say("opt_lang", SPOKEN))]
Sources = Annotated[Path | None, typer.Option("--sources", help=say("opt_sources", SPOKEN), file_okay=False)]
HERE, LANG = Path(), Lang(SPOKEN)

app = typer.Typer(help=say("cli", SPOKEN), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command(help=say("cmd_build", SPOKEN))
def build(root: Root = HERE, lang: Spoken = LANG) -> None:
    """Check, render, export and build the site."""
    from kuaibao import site  # noqa: PLC0415  # the command line answers before pandas is loaded

    built = site.build(root.resolve(), commands())
    pages, files = site.count(built)
    typer.echo(say("build_done", lang.value, path=built.name + "/", pages=pages, files=files))


@app.command(help=say("cmd_serve", SPOKEN))
def serve(
    root: Root = HERE,
    port: Annotated[int, typer.Option("--port", help=say("opt_port", SPOKEN))] = 8000,
    lang: Spoken = LANG,
) -> None:
    """Preview the site and build it anew whenever something changes."""
    from kuaibao import preview  # noqa: PLC0415  # as above

    preview.serve(root.resolve(), commands(), port, lang.value, lambda error: _show(error, lang.value))


@app.command(help=say("cmd_check", SPOKEN))
def check(
    packages: Annotated[list[str] | None, typer.Argument(help=say("opt_packages", SPOKEN))] = None,
    sources: Sources = None,
    form: Annotated[CheckFormat, typer.Option("--format", help=say("opt_format", SPOKEN))] = CheckFormat.text,
    root: Root = HERE,
    lang: Spoken = LANG,
) -> None:
    """Apply every rule and list all problems."""
    from kuaibao import site  # noqa: PLC0415  # as above
    from kuaibao.checks import Tally  # noqa: PLC0415  # as above

    try:
        archive, _, tally = site.checked(root.resolve(), sources)
    except DataError as error:
        tally = Tally(problems=_of(packages, error.problems))
    else:
        _known(packages, [package.name for package in archive.packages()])
    if form is CheckFormat.json:
        typer.echo(site.as_json(tally))
    elif tally.problems:
        _list(tally.problems, form, lang.value)
    else:
        _fine(tally, root.resolve(), sources, lang.value)
    raise typer.Exit(1 if tally.problems else 0)


def _of(packages: Sequence[str] | None, problems: Sequence[Problem]) -> list[Problem]:
    folders = tuple(f"datapackages/{name}/" for name in packages or ())
    return [problem for problem in problems if not folders or problem.place.path.startswith(folders)]


def _known(packages: Sequence[str] | None, names: Sequence[str]) -> None:
    for name in packages or ():
        if name not in names:
            raise UsageError(f"没有数据包 {name}；有 {'、'.join(names)}", f"no package {name}; there are {', '.join(names)}")


def _list(problems: Sequence[Problem], form: CheckFormat, language: Language) -> None:
    for problem in problems:
        if form is CheckFormat.github:
            text = problem.text(language).replace("%", "%25").replace("\n", "%0A")
            typer.echo(f"::error file={problem.place.path},line={problem.place.row or 1},title={problem.code}::{text}")
        else:
            typer.echo(problem.text(language))
    typer.echo(say("check_failed", language, count=len(problems)))


def _fine(tally: Tally, root: Path, sources: Path | None, language: Language) -> None:
    from kuaibao.load import load  # noqa: PLC0415  # as above
    from kuaibao.render import Blocks, Edition  # noqa: PLC0415  # as above

    archive = load(root)
    edition = Edition(archive=archive, language=language, site_url="", contact="")
    for name in archive.bulletins:
        typer.echo(say("check_ledger", language, name=name, text=Blocks(edition).completeness(name)))
    if sources is None:
        typer.echo(say("check_no_sources", language))
    typer.echo(say("check_fine", language, checked=tally.checked.total(), packages=len(archive.packages())))


@app.command(help=say("cmd_read", SPOKEN))
def read(
    file: Annotated[Path, typer.Argument(help=say("opt_file", SPOKEN))],
    form: Annotated[ReadFormat, typer.Option("--format", help=say("opt_format", SPOKEN))] = ReadFormat.table,
    lang: Spoken = LANG,  # noqa: ARG001  # read before typer runs
) -> None:
    """List every numeral expression of a text."""
    from kuaibao.reader import read as read_text  # noqa: PLC0415  # as above

    rows = [numeral.to_json() for numeral in read_text(_text(file))]
    if form is ReadFormat.json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    names = ("start", "end", "printed", "value", "value_min", "value_max", "unit", "qualifier", "kind")
    table = [names, *([str("" if row[name] is None else row[name]) for name in names] for row in rows)]
    separator = "," if form is ReadFormat.csv else "\t"
    typer.echo("\n".join(separator.join(cells) for cells in table))


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise UsageError(f"读不了 {file}：{error.strerror}", f"cannot read {file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(
            f"{file} 不是 UTF-8 文本；请另存为 UTF-8 编码的 txt", f"{file} is no UTF-8 text; save it as txt, encoded in UTF-8"
        ) from None


def commands() -> list[tuple[str, list[tuple[str, str]]]]:
    """List the command line itself: (command, its parameters as (name, key of its help))."""
    group = typer.main.get_command(app)
    found = getattr(group, "commands", {})
    return [(name, [_parameter(parameter) for parameter in command.params]) for name, command in found.items()]


def _parameter(parameter: object) -> tuple[str, str]:
    options = list(getattr(parameter, "opts", []))
    name = options[0].lstrip("-")
    shown = options[0] if options[0].startswith("-") else name.upper()
    return shown, f"opt_{name}"


def _show(error: KuaibaoError, language: Language) -> int:
    if isinstance(error, DataError):
        for problem in error.problems:
            typer.echo(problem.text(language), err=True)
        typer.echo(say("check_failed", language, count=len(error.problems)) + say("build_kept", language), err=True)
        return 1
    typer.echo(error.text[language] if isinstance(error, UsageError) else str(error), err=True)
    return 2


def main(run: Callable[[], object] = app) -> None:
    """Run the command line; every foreseen error is a message, never a stack trace."""
    try:
        run()
    except KuaibaoError as error:
        sys.exit(_show(error, SPOKEN))
