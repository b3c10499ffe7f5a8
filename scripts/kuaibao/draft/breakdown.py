"""Takes the cell of a table; gives what it counts and for which area, by its headers and the caption."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.draft.grid import BRACKETED
from kuaibao.model import PROPOSED, TODO, is_todo

if TYPE_CHECKING:
    from kuaibao.draft.grid import Cell
    from kuaibao.draft.mentions import Mentions

TOTAL = re.compile("[合总共小]计|总数|(?:全(?P<level>[省市州县区]))(?:合计|总计|总数)?")
# A county or city that the code list lacks; towns, and offices of the whole, have no code of six digits.
UNLISTED = re.compile("(?!全|城|本)[\u3400-\u9fff]{2,6}(?:[县市]|(?<![社园地小景校厂辖矿片发业范新])区)")
TOWN = re.compile(
    "[\u3400-\u9fff]{1,8}(?:镇|乡|街道|街道办|办事处|社区|村|村委会)|[省市州县区](?:直|本级)[\u3400-\u9fff]{0,6}"
)
SUBTOTAL = "小计"
OF_WHICH = re.compile("^其中[:：]?")
# Captions: a part of the places only, and what stands around the thing that a table counts.
SOME = re.compile("(?:部分|主要|重点|有关|相关)[\u3400-\u9fff、]{0,4}?(?:[县市区乡镇村]|街道|单位|企业)")
NUMBER = re.compile(r"^\s*附?表\s*[\d一二三四五六七八九十.\-－—]*\s*[：:．.、]?")
DATE = re.compile(r"\d{4}[\s年]*(?:[—–－~～至到-]+\s*\d{4}\s*)?年?[度底末]?|[\d\s]+月份?|[上下]半年")
BEFORE = re.compile(
    "^(?:[全我本][省市州县区]|(?:各|分|部分|主要|重点|有关|相关)(?:[县市区州乡镇村、和及]|街道|社区|单位|地)+|的)"
)
BEHIND = re.compile("(?:完成|基本|建设|工作)?(?:情况|一览|统计|汇总|明细|对比)*表?$")
# A header that names nothing by itself.
BARE = re.compile(
    "(?:同比|比上年)?(?:增减|增长|增幅|增速|同比|增加|减少|占比|比重)(?:率|数|额|量)?|[户人家个次件场]数|数[量值]|金额|[合总]计"
)
LONGEST = 16


class Part(NamedTuple):
    """What a cell counts, its area, and whether that is of one of the areas rather than of a town."""

    label: str
    area: str
    is_area: bool = True


class Breakdown:
    """The areas that the cells of tables are about."""

    def __init__(self, mentions: Mentions) -> None:
        """Take the areas by name, and the one that the bulletin is about."""
        self.mentions = mentions

    def of(self, cell: Cell) -> Part | None:
        """Part a cell that is broken down by area or town, by rows or by columns; None for any other."""
        names = (cell.row_name, cell.column_name)
        for area, label in (names, names[::-1]):
            name = OF_WHICH.sub("", re.sub(r"\s+", "", area))
            counted = self._counted(cell.caption, label)
            if name and (code := self._code(name, cell.caption)):
                return Part(counted, code)
            if TOWN.fullmatch(name):
                return self._of_town(name, counted, cell.caption)
        return None

    def _of_town(self, name: str, counted: str, caption: str) -> Part:
        """Part what a town has, with the area of the county that its row names too: 隆阳区板桥镇."""
        county = next((each for each in self.mentions.find(name) if not each.start), None)
        if county is None:
            return Part(name + counted, self.whole(caption), is_area=False)
        return Part(name[county.end :] + counted, county.code, is_area=False)

    def whole(self, caption: str) -> str:
        """Give the area of a whole table, the bulletin's unless the caption names another."""
        places = {each.code for each in self.mentions.find(caption)}
        if not places:
            return self.mentions.whole
        return places.pop() if len(places) == 1 else TODO

    def _code(self, name: str, caption: str) -> str:
        if total := TOTAL.fullmatch(name):
            is_own = not total["level"] or self.mentions.is_own(total["level"])
            is_whole = is_own and name != SUBTOTAL and not SOME.search(caption)
            return self.whole(caption) if is_whole else TODO
        return self.mentions.codes.get(name, TODO if UNLISTED.fullmatch(name) else "")

    def _counted(self, caption: str, label: str) -> str:
        """Name what is counted by the other header or, where that says too little, by the caption."""
        own = self._thing(label)
        return self._thing(caption) + own if not own or BARE.fullmatch(own) else own

    def _thing(self, caption: str) -> str:
        words = DATE.sub("", NUMBER.sub("", BRACKETED.sub("", caption)))
        words = "".join(re.findall("[\u3400-\u9fff、]+", words.partition("单位")[0] or words))
        for place in reversed(self.mentions.find(words)):
            words = words[: place.start] + words[place.end :]
        then = ""
        while then != words:
            then, words = words, BEFORE.sub("", words)
        return BEHIND.sub("", words)[:LONGEST] if len(words) > 1 else ""


def proposed(area: str) -> str:
    """Mark an area as a proposal."""
    return area if is_todo(area) else PROPOSED + area
