"""Takes a root and gives what people wrote there: pages below docs/, and what MkDocs is told of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from kuaibao.describe import Publication
from kuaibao.errors import LANGUAGES, UsageError
from kuaibao.generator import CONFIGURATION
from kuaibao.limits import content_of
from kuaibao.publish import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def pages(root: Path) -> dict[str, str]:
    """Read the hand-written pages below docs/, and the list of fixed names: path below docs/ -> text.

    Raises UsageError where a page is not UTF-8 text; a BOM is left out.
    """
    docs = root / "docs"
    files = [path for language in LANGUAGES for path in sorted((docs / language).rglob("*.md"))]
    files = [path for path in files if not any(part.startswith(".") for part in path.relative_to(docs).parts)]
    files += [path for path in [docs / "fixed-names.txt"] if path.is_file()]
    return {path.relative_to(docs).as_posix(): _text(path) for path in files}


def publication(root: Path) -> Publication:
    """Read address (with a slash at its end) and contact of the site, and in either language what it is.

    Raises UsageError where a configuration is missing or broken.
    """
    read = {language: _settings(root / name) for language, name in CONFIGURATION.items()}
    url, contact = _required(root / CONFIGURATION["zh"], read["zh"])
    address = url.rstrip("/") + "/"
    title = {language: _words(found, "site_name") for language, found in read.items()}
    return Publication(
        url=address,
        downloads=f"{address}{FOLDER}/",
        title=title,
        description={key: _words(found, "site_description") or title[key] for key, found in read.items()},
        contact=contact,
    )


def _words(settings: Mapping[str, Any], key: str) -> str:
    """Give a text; anything else, which may be nested without end, is none."""
    found = settings.get(key, "")
    return found if isinstance(found, str) else ""


def _required(file: Path, settings: Mapping[str, Any]) -> tuple[str, str]:
    """Give site_url and extra.contact."""
    extra = settings.get("extra")
    found = {
        "site_url": settings.get("site_url"),
        "contact": extra.get("contact") if isinstance(extra, dict) else None,
    }
    for key, value in found.items():
        if not isinstance(value, str) or not value:
            raise _incomplete(file, key)
    return str(found["site_url"]), str(found["contact"])


def _settings(file: Path) -> Mapping[str, Any]:
    try:
        loaded = yaml.safe_load(_text(file))
    except RecursionError:
        raise _incomplete(file, "[[[") from None
    except (yaml.YAMLError, ValueError) as error:
        raise _incomplete(file, " ".join(str(error).split())) from None
    return loaded if isinstance(loaded, dict) else {}


def _text(path: Path) -> str:
    try:
        text = content_of(path, "page-megabytes").decode("utf-8-sig")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> UsageError:
    return UsageError(
        f"{path} 缺少或读不了（{error}）；应为 UTF-8 文本",
        f"{path} is missing or cannot be read ({error}); it should be UTF-8 text",
    )


def _incomplete(file: Path, why: str) -> UsageError:
    return UsageError(
        f"{file} 应为 YAML；mkdocs.yml 里要有 site_url 和 extra.contact（{why}）",
        f"{file} should be YAML; mkdocs.yml must hold site_url and extra.contact ({why})",
    )
