"""Takes what an editor handed back; makes what may be left: descriptions, definitions, short names.

A cell may be left with its mark or emptied; where it cannot be made yet, it is to do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kuaibao.errors import LANGUAGES
from kuaibao.model import TODO_EN, TODO_ZH, is_todo

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kuaibao.errors import Language

MARKS: Mapping[Language, str] = {"zh": TODO_ZH, "en": TODO_EN}
# What is made of the other facts where the editor leaves it to do.
MADE = {
    "description": "《{series_zh}》{issue_zh}中的全部数据，连同每个数字在原文中的位置。",
    "description_en": "{series_en}, {issue_en}: all figures, each with its place in the text.",
    "short_en": "{series_en}, no. {number}",
}


def explained(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Define or describe a row by its label where the editor gave a label and left the rest to do."""
    rows = table.copy()
    if rows.empty or f"{name}_zh" not in rows:
        return rows
    for language in LANGUAGES:
        label, text = rows[f"label_{language}"], rows[f"{name}_{language}"].replace("", MARKS[language])
        left = text.map(is_todo) & ~label.replace("", MARKS[language]).map(is_todo)
        rows[f"{name}_{language}"] = text.where(~left, label)
    return rows


def headed(measures: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """Name a measure in English as its section, where it has the section's Chinese name and is left to do."""
    names = zip(sections["section"], sections["title_zh"], strict=True)
    titles = dict(zip(names, sections["title_en"], strict=True))
    left = measures.assign(label_en=measures["label_en"].replace("", TODO_EN))
    columns = (left[name] for name in ("section", "label_zh", "label_en"))
    known = [
        titles.get((section, zh), en) if is_todo(en) else en for section, zh, en in zip(*columns, strict=True)
    ]
    return measures.assign(label_en=known)


def introduced(facts: Mapping[str, str]) -> dict[str, str]:
    """Make of series and issue what the editor left to do: the English short name and the descriptions."""
    found = {key: text or _mark(key) if key in MADE else text for key, text in facts.items()}
    given = {key: text for key, text in found.items() if not is_todo(text)}
    given["number"] = next(iter(re.findall(r"\d+", given.get("issue_en", ""))[::-1]), "")
    for key, sentence in MADE.items():
        needed = set(re.findall(r"{(\w+)}", sentence))
        if key in facts and key not in given and all(map(given.get, needed)):
            found[key] = sentence.format_map(given)
    return found


def _mark(key: str) -> str:
    return MARKS["en" if key.endswith("_en") else "zh"]
