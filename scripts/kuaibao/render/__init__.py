"""Takes the checked archive, the hand-written pages and what surrounds them; gives every page as Markdown."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from kuaibao.errors import LANGUAGES, DataError, Place, Problem
from kuaibao.render.blocks import Blocks
from kuaibao.render.edition import Edition
from kuaibao.render.embeds import embeds
from kuaibao.render.feed import FEED, feed
from kuaibao.render.generated import generated
from kuaibao.render.inspector import scripts
from kuaibao.render.macros import Macros

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.errors import Language
    from kuaibao.model import Archive

__all__ = ["Blocks", "Download", "Edition", "Surroundings", "render"]

SOURCE = ("short", "issuer", "series", "issue", "date")
TITLE = re.compile(r"\A---\n(?:.*\n)*?title: *(.+)\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A file to download: its path below the site, what is in it, and how large it is.

    `bulletin` names the dataset, '' for the catalogue of all. A file of one table counts its rows, one of
    all tables those of all; a file that holds no data but tells machines what they are has no tables.
    """

    bulletin: str
    path: str
    name: str
    title: Mapping[Language, str]
    format: Mapping[Language, str]
    tables: int
    rows: int
    size: int
    whole: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What pages tell that does not come from the packages.

    `outcome` lists (rule, times checked, problems); `commands` the command line as (name, its
    parameters as (options, key of the help)); `site_url` and `contact` come from mkdocs.yml. `texts`
    holds the bulletins' texts by id in a build for those who hold them; every page then says so.
    `heads` holds by page ('zh/data.md') the JSON-LD in its head; `links` by language the typed links of
    pages, by page or by the folder it is in ('' for all): relation, address and media type.
    `frozen` gives the files of released versions by path below the site, by package and
    version; `title` is the name of the site.
    `api` is the OpenAPI document of the API.
    """

    site_url: str
    contact: str
    downloads: Sequence[Download]
    outcome: Sequence[tuple[str, int, int]]
    commands: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    texts: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, Sequence[str]] = field(default_factory=dict)
    links: Mapping[Language, Mapping[str, Sequence[tuple[str, str, str]]]] = field(default_factory=dict)
    frozen: Mapping[tuple[str, str], Mapping[str, bytes]] = field(default_factory=dict)
    title: Mapping[Language, str] = field(default_factory=dict)
    api: Mapping[str, Any] = field(default_factory=dict)


def render(archive: Archive, pages: Mapping[str, str], surroundings: Surroundings) -> dict[str, str]:
    """Give every page of both languages, and the files of its charts: path below build/ -> Markdown or SVG.

    With them come the scripts that hold the cards of figures and what other pages may embed, which MkDocs
    copies as they are.

    Raises DataError where a page uses a macro that is not there, or in a way that it does not take.
    """
    rendered: dict[str, str] = {}
    for language in LANGUAGES:
        own = {
            path.removeprefix(f"{language}/"): text
            for path, text in pages.items()
            if path.startswith(f"{language}/")
        }
        for path, text in _language(archive, language, own, surroundings).items():
            rendered[f"{language}/{path}"] = text
    return rendered


def _language(
    archive: Archive, language: Language, own: Mapping[str, str], surroundings: Surroundings
) -> dict[str, str]:
    edition = Edition(
        archive=archive,
        language=language,
        site_url=surroundings.site_url,
        contact=surroundings.contact,
        texts=surroundings.texts,
    )
    blocks = Blocks(edition, {path: title(text) for path, text in own.items()})
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    written: dict[str, str] = {}
    problems: list[Problem] = []
    for path, text in sorted(own.items()):
        try:
            written[path] = _filled(environment, Macros(edition, blocks, path), text)
        except (TemplateError, LookupError, TypeError, ValueError) as error:
            problems.append(_problem(f"docs/{language}/{path}", error))
    if problems:
        raise DataError(problems)
    pages = generated(edition, blocks, surroundings, set(own)) | written
    told = {path: _with_bulletin(path, text, blocks) for path, text in pages.items()}
    told = {path: _telling(text, _head(path, language, surroundings)) for path, text in told.items()}
    told = {path: _as_private(text, edition) for path, text in told.items()}
    about = {FEED: feed(blocks, surroundings.title.get(language, ""))}
    return told | scripts(blocks) | edition.drawings | embeds(blocks) | about


def _filled(environment: SandboxedEnvironment, macros: Macros, text: str) -> str:
    bound: dict[str, Any] = macros.bound()
    return environment.from_string(text).render(bound)


def _with_bulletin(path: str, text: str, blocks: Blocks) -> str:
    """Tell the theme the bulletin to which a page belongs: its short name, and what to print as source."""
    folder, _, page = path.removeprefix("bulletins/").partition("/")
    if folder not in blocks.edition.archive.bulletins or not text.startswith("---\n"):
        return text
    facts = {key: Macros(blocks.edition, blocks, path).bulletin(folder, key) for key in SOURCE}
    crumbs = [] if page == "index.md" else [{"title": facts["short"], "url": f"bulletins/{folder}/"}]
    told = {"crumbs": crumbs, "source": blocks.edition.say("source_line", **facts)}
    return _telling(text, {key: value for key, value in told.items() if value})


def _head(path: str, language: Language, surroundings: Surroundings) -> dict[str, object]:
    """Give what the head of a page holds for machines: JSON-LD, and the links of the nearest folder."""
    links = surroundings.links.get(language, {})
    nearest = max((folder for folder in links if path.startswith(folder)), key=len, default="")
    told = {"json_ld": surroundings.heads.get(f"{language}/{path}"), "links": links.get(nearest)}
    return {key: value for key, value in told.items() if value}


def _as_private(text: str, edition: Edition) -> str:
    """Tell the theme that a site holds the bulletins' texts, so that it warns on every page."""
    return _telling(text, {"private": edition.say("private_note")}) if edition.texts else text


def _telling(text: str, told: Mapping[str, object]) -> str:
    """Add entries, if there are any, to the front matter of a page; JSON is YAML."""
    if not told:
        return text
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items())
    body = text.removeprefix("---\n") if text.startswith("---\n") else f"---\n{text}"
    return f"---\n{lines}{body}"


def _problem(path: str, error: Exception) -> Problem:
    """Say in which line of a page a macro is unknown or called with what it does not take."""
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == "<template>"]
    detail = f"{type(error).__name__}: {error}"
    return Problem("page-template", Place(path, lines[-1] if lines else None), params={"detail": detail})


def title(text: str) -> str:
    """Give the title in a page's front matter, '' where it has none."""
    found = TITLE.match(text)
    return found.group(1).strip().strip("\"'") if found else ""
