"""A number word in the flat text in, the fixed word it is part of out: 进一步, 五一, 一盘棋, 千方百计."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from .flat import is_guarded
from .lexicon import NAMES, SILENT
from .model import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿兆廿卅")
_PATTERN = re.compile(
    r"一(?![百千万亿])([\u4e00-\u9fff])\1|[〇零一二三四五六七八九]{3,4}+(?=厂|信箱|部队|工程)|一[\u4e00-\u9fff]一[\u4e00-\u9fff](?!是)|[二两三四五六七八九]位一体|(?:二十[一二]?|十[四五六七八九])大(?!类|项|行|工|重|举|任|板|领|产|平)"
    r"|十[一二三四五六七八九]五(?![年个万亿千百项])|十分(?![之钟])|[一二三四五六七八九十]{1,2}中全会|千[^\s一个名人家户万亿多余元来][百万][\u4e00-\u9fff]"
    r"|二次(?=[\u4e00-\u9fff])(?![^，。；、]{0,6}会|全体|以上|以下|左右|[的和及或到至均为后])|一起(?![^，。；、]{0,8}(?:案|事故|纠纷|事件|投诉|诉讼|火灾|争议|信访))"
    r"|[一二三四五六七八九十百千万](?:[河里道沟桥塘坪湾岔江湖岭星角井营堡溪洞塔泉合元]|[家里]?[坝湾店铺])(?=(?:河?区|[村镇乡寨](?![民级])|街道|社区|水库))"
    r"|万[^\s个名人家户亿多余元来吨亩][一无千][\u4e00-\u9fff]|百[^\s个名人家户亿多余元来][百千][\u4e00-\u9fff]"
)
_PER = re.compile("[十百千万亿]{1,8}")
_LEVELS = re.compile("(?:[两三四五]|[一二三四五六七八九十百千万]{0,8}[百千万亿])级(?![甲乙以])")
_TIERS = frozenset("省市州盟县区旗乡镇村街社、组")
_QUOTED = re.compile(r"[“「『‘]([^“”「」『』‘’\n，。；]{1,12})[”」』’]|\"([^\"\n，。；]{1,12})\"")
_LONGEST_QUOTED = 8
_BEFORE_HEADER = ("", *"(/:,，位、 \u3000\t\n")
_COLUMN_GAP = tuple(" \u3000\t")
_AFTER_HEADER = ("", *")/,，;；、 \u3000\t\n")
_UNIT_HEADER = re.compile(
    "[万亿百千]{1,4}(?:人次|吨公里|平方公里|立方米|平方米|千瓦时|标箱|美元|公顷|公里|公斤|千瓦"
    "|元|吨|亩|人|户|株|头|只|台|件|辆|斤|克|袋|箱)"
)


def _index(words: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """List words and the place of their first numeral under it and the character after or before."""
    table: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        place = next((place for place, character in enumerate(word) if character in NUMERALS), -1)
        if place >= 0:
            key = word[place : place + 2] if place + 1 < len(word) else word[place - 1 :]
            table[key].append((place, word))
    return dict(table)


_NAMES = _index(NAMES)
_SILENT = _index(SILENT)


def find_quoted(text: str) -> list[tuple[int, int]]:
    """Return where short quoted passages begin and end."""
    return [match.span(match.lastindex or 0) for match in _QUOTED.finditer(text)]


def read_name(text: str, at: int, floor: int) -> Reading | None:
    """Return the fixed word around the number word at `at`."""
    word = _lookup(_NAMES, text, at, floor)
    if (match := _PATTERN.match(text, at)) and (word is None or match.end() - at > word[1] - word[0]):
        return Reading(*match.span(), "name")
    if word:
        return Reading(*word, "name")
    if is_guarded(text, at, "每") and (match := _PER.match(text, at)):
        return Reading(*match.span(), "name")
    if match := _LEVELS.match(text, at):
        start = at
        while start > floor and text[start - 1] in _TIERS:
            start -= 1
        return Reading(start, match.end(), "name")
    return None


def is_silent(text: str, at: int, floor: int) -> bool:
    """Tell whether the character is no numeral here: 零售, or the 万元 of a table header."""
    if _lookup(_SILENT, text, at, floor):
        return True
    if text[at] not in "万亿百千":
        return False
    header = _UNIT_HEADER.match(text, at)
    if header is None:
        return False
    after = text[header.end() : header.end() + 1]
    before = text[at - 1 : at]
    is_cell = before in _COLUMN_GAP and after.isdigit()
    return after == "/" or is_cell or (before in _BEFORE_HEADER and after in _AFTER_HEADER)


def read_quoted(at: int, quote: tuple[int, int]) -> Reading | None:
    """Return the rest of a short quotation, which names rather than counts: “五心”, “一窗通办”."""
    return Reading(at, quote[1], "name") if quote[1] - at <= _LONGEST_QUOTED else None


def read_unlisted(text: str, at: int) -> Reading:
    """Return a number word without a unit as the name it most likely begins (三农, 百姓)."""
    end = at + 1
    while end < len(text) and text[end] in NUMERALS:
        end += 1
    joined = end == at + 1 and "\u4e00" <= text[end : end + 1] <= "\u9fff"
    return Reading(at, end + joined, "name")


def _lookup(
    table: dict[str, list[tuple[int, str]]], text: str, at: int, floor: int
) -> tuple[int, int] | None:
    best: tuple[int, int] | None = None
    for key in (text[at : at + 2], text[at - 1 : at + 1]):
        for place, word in table.get(key, ()):
            start = at - place
            if start >= floor and text.startswith(word, start) and _is_better(start, word, best):
                best = (start, start + len(word))
    return best


def _is_better(start: int, word: str, best: tuple[int, int] | None) -> bool:
    """Tell whether a word is longer than the best one so far, or as long and earlier (统一举办: 统一)."""
    return best is None or (len(word), -start) > (best[1] - best[0], -best[0])
