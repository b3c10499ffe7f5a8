"""Takes the sections of a bulletin and its issuer; gives rows of sections and of measures, one a section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.draft.english import heading as in_english
from kuaibao.draft.figures import measure_id
from kuaibao.model import PROPOSED, TODO, TODO_EN, TODO_ZH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.draft.sections import Section
    from kuaibao.model import Row

GENERAL = "总体情况"
GROUP = "group"


def section_row(part: Section) -> Row:
    """Describe a section; the English of its heading is to do, unless every word of it is known."""
    bounds = {"section": str(part.number), "start": str(part.start), "end": str(part.end)}
    return bounds | _titles(part) | {"actor_zh": "", "actor_en": ""}


def _titles(part: Section) -> Row:
    if part.number == 0:
        return {"title_zh": "报头与引言", "title_en": "Masthead and introduction"}
    if not part.heading:
        return {"title_zh": "报送单位", "title_en": "Distribution list"}
    known = in_english(part.heading)
    return {"title_zh": part.heading, "title_en": PROPOSED + known if known else TODO_EN}


def measure_row(name: str, part: Section, text: str, issuer: str, organisations: Sequence[Row]) -> Row:
    """Propose a section's measure: its heading, done by the issuer for those whom it names most often."""
    row = {"measure": measure_id(name, str(part.number)), "section": str(part.number), "kind": "action"}
    known = in_english(part.heading or GENERAL)
    words = {
        "label_zh": PROPOSED + (part.heading or GENERAL),
        "label_en": PROPOSED + known if known else TODO_EN,
        "description_zh": TODO_ZH,
        "description_en": TODO_EN,
    }
    serves = _served(text[part.start : part.end], organisations)
    return row | {"acting": issuer, "partners": "", "serves": serves} | words


def _served(text: str, organisations: Sequence[Row]) -> str:
    """Find the group of people, or the enterprises, that a text names most often."""
    groups = [row for row in organisations if row["type"] == GROUP or row["label_zh"] == "企业"]
    counts = {row["organisation"]: text.count(row["label_zh"]) for row in groups}
    most = max(counts.values(), default=0)
    first = [key for key, count in counts.items() if count == most]
    return PROPOSED + first[0] if most else TODO
