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
TOWN = re.compile("(?P<town>[\u3400-\u9fff]{2,8}?(?:镇|乡|街道|社区|村))(?P<thing>.+)")
# What is made of the other facts where the editor leaves it to do.
MADE = {
    "description": "《{series_zh}》{issue_zh}中公布的全部数据，一行一个，"
    "写明指标、地区、时期、数值、修饰和单位，并记下每个数字在原文中的位置。",
    "description_en": "{series_en}, {issue_en}: all figures, with indicator, area, period, value, hedge "
    "and unit, and the place of each in the text.",
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


def crossed(indicators: pd.DataFrame) -> pd.DataFrame:
    """Give what towns have of the same things their English names and topics, as far as these are known.

    青石镇工会数 (Unions, Qingshi Town) and 白水镇会员数 (Members, Baishui Town) give 青石镇会员数; so does
    会员数 alone, the name of the total.
    """
    rows = indicators.copy()
    parts = [TOWN.fullmatch(label) for label in rows["label_zh"]]
    things, towns, topics = dict[str, str](), dict[str, str](), dict[str, str]()
    columns = (rows[name] for name in ("label_zh", "label_en", "topic"))
    for part, whole, label, topic in zip(parts, *columns, strict=True):
        thing, comma, town = label.rpartition(", ") if part else (label, "", "")
        _note(topics, part["thing"] if part else whole, topic)
        _note(things, part["thing"] if part else whole, thing)
        _note(towns, part["town"] if part else "", town if comma else "")
    rows["topic"] = [_known(topics, part, topic) for part, topic in zip(parts, rows["topic"], strict=True)]
    rows["label_en"] = [
        f"{things[part['thing']]}, {towns[part['town']]}"
        if part and _is_left(label) and part["thing"] in things and part["town"] in towns
        else label
        for part, label in zip(parts, rows["label_en"], strict=True)
    ]
    return rows


def _is_left(text: str) -> bool:
    return not text or is_todo(text)


def _note(known: dict[str, str], name: str, text: str) -> None:
    if not _is_left(text):
        known.setdefault(name, text)


def _known(topics: Mapping[str, str], part: re.Match[str] | None, topic: str) -> str:
    return topics.get(part["thing"], topic) if part and _is_left(topic) else topic


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
