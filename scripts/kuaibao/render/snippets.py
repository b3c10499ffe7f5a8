"""Takes an edition and gives what a reader copies to load the downloads: code by name of its tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from kuaibao import wording
from kuaibao.model import EVERYTHING
from kuaibao.render.blocks import environment
from kuaibao.tables import published_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.render.edition import Edition

SNIPPETS: Mapping[str, str] = {
    "pandas": "pandas.py",
    "r": "r.R",
    "powerquery": "powerquery.m",
    "duckdb": "duckdb.sql",
    "sqlite": "sqlite.sql",
    "frictionless": "frictionless.py",
}
# Types of Table Schema in Power Query's language; a CSV is text until it is told.
TYPES = {
    "integer": "Int64.Type",
    "number": "type number",
    "date": "type date",
    "year": "Int64.Type",
}


def snippets(edition: Edition) -> dict[str, str]:
    """Write the code for the published figures of all bulletins, with the site's own addresses."""
    templates = environment("snippets")
    values = {
        "w": wording.words(edition.language),
        "lang": edition.language,
        "folder": f"{edition.site_url}downloads/{EVERYTHING}/",
        "word": edition.say("snippet_word"),
        "fields": published_fields(),
        "types": TYPES,
    }
    filled = {key: templates.get_template(f"{name}.j2").render(values) for key, name in SNIPPETS.items()}
    return {key: Markup(code).unescape() for key, code in filled.items()}  # noqa: S704  # read as text again
