"""Takes what is known of a bulletin and gives its datapackage.json, with what is left to do marked."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from kuaibao.model import BULLETIN, PROPOSED, TODO, TODO_EN, TODO_ZH, resource_schema, schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.draft.masthead import Masthead
    from kuaibao.reader import Numeral

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TITLES = ("title", "title_en", "description", "description_en")
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}


def descriptor(
    name: str, text: str, numerals: Sequence[Numeral], head: Masthead, codes: tuple[str, str]
) -> dict[str, Any]:
    """Describe a drafted package, of issuer and area; the date is the first full date of the text."""
    day = next((str(n.value) for n in numerals if n.kind == "date" and DAY.fullmatch(str(n.value))), TODO)
    issuer, area = codes
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        **{key: TODO_EN if key.endswith("_en") else TODO_ZH for key in TITLES},
        "title": _proposed(head.title),
        "version": "0.1.0",
        "created": f"{day}T00:00:00Z" if day != TODO else TODO,
        "keywords": [],
        "licenses": [LICENCE],
        "contributors": [{"title": "Kuaibao contributors", "roles": ["editor", "publisher"]}],
        "sources": [{"title": _proposed(_source(head, day))}],
        "bulletin": {
            "series_zh": _proposed(head.series),
            "series_en": TODO_EN,
            "issue_zh": head.issue or TODO_ZH,
            "issue_en": head.issue_en or TODO_EN,
            "short_zh": _proposed(_short(head)),
            "short_en": TODO_EN,
            "date": day,
            "issuer": issuer,
            "area": area,
            "text_sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
            "text_characters": len(text),
        },
        "resources": [resource(table) for table in BULLETIN],
    }


def _proposed(words: str) -> str:
    return PROPOSED + words if words else TODO_ZH


def _short(head: Masthead) -> str:
    """Shorten series and issue: 工会简报第 7 期, by the number overall where there is one."""
    number = re.findall(r"第 ?(\d+) ?期", head.issue)
    return f"{head.series}第 {number[-1]} 期" if head.series and number else ""


def _source(head: Masthead, day: str) -> str:
    return f"《{head.series}》{head.issue}，{day}" if head.series and head.issue and day != TODO else ""


def resource(table: str) -> dict[str, Any]:
    """Describe a table of a package, with its schema."""
    described = schema(table)
    texts = {key: described[key] for key in TITLES}
    form = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return {
        "name": table,
        "type": "table",
        "path": f"data/{table}.csv",
        **form,
        **texts,
        "schema": resource_schema(table),
    }
