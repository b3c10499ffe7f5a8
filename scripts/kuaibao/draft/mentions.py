"""Takes a text and the code list of areas; gives the area of a figure in prose, certain or as a proposal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.model import PROPOSED, TODO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kuaibao.model import Row

# The bulletin's own area: 全市, 我县.
WHOLE = re.compile("[全我本](?P<level>[省市州县区])(?!直|域旅)")
# A county that the code list lacks, where a clause begins or a number follows; in prose not every 区 is one.
NO_PLACE = (
    "(?!全|各|我|本|其中|[^县市区]*(?:[城超上夜集都]市|[县市区]区|[省区地州]市|市[州县]"
    "|[社园地小景校厂辖矿灾山郊库牧片发业范新街林能城战院]区))"
)
NAME = (
    r"[^\W\d_A-Za-z是由共命名成立为个把被将及等年月日第到从有在以了的对向和与给其经一二三四五六七八九十]"
    "{2,4}?"
)
UNLISTED = re.compile(
    NO_PLACE + NAME + "(?:县(?![级城域直乡属])|市(?![场民级政面值属直本域容])|区(?![域间块分别级]))"
)
OPENS = re.compile(r"(?:^|[，,；;：:。、\s（(年月日底末]|其中)$")
OTHERS = re.compile("其[余他它]各?(?:[县市区州](?![级直委]))+")
SHORT = re.compile("[县市区]$")
# What may stand between a place and its number, and what makes of a place no subject of its own.
BRINGS = re.compile("(?:有|共|为|达|约|近|各|的|分别)?")
TURNS = re.compile("(?:[比较占与和向对从到赴由为]|低于|高于|超过|来自|支持|帮助)$")
GROUPED = re.compile("(?:、|和|与|及|以及)")
OFFICES = re.compile("(?:总?工会|[县市区省州]?委|人民|政府|财政|[\u3400-\u9fff]{1,4}[局厅])")
DATED = re.compile(
    r"(?:[截至到在自从今去前本全第一二三四]|其中|目前|季度|[\d０-９]+|[年月日底末初—–－-]|以来|上半|下半|[，,：:\s])*"
)


class Mention(NamedTuple):
    """A place in a text: where it stands and its code ('' for the bulletin's own area, to do if unlisted)."""

    start: int
    end: int
    code: str


class Governing(NamedTuple):
    """The area of a figure, and the place in the phrase before it that is no part of what is counted."""

    area: str
    name: str = ""


class Mentions:
    """The places that a text names, with what is known of the areas."""

    def __init__(self, areas: Sequence[Row], whole: str) -> None:
        """Index the areas that are in use by name and short name; `whole` is the bulletin's area."""
        used = [row for row in areas if not row["valid_to"]]
        self.whole = whole
        self.codes = {SHORT.sub("", row["label_zh"]): row["area"] for row in used}
        self.codes |= {row["label_zh"]: row["area"] for row in used}
        own = next((row["label_zh"] for row in areas if row["area"] == whole), "")
        short = SHORT.sub("", own)
        names = sorted((name for name in self.codes if name != short), key=len, reverse=True)
        self._listed = re.compile("|".join(map(re.escape, names)) or "(?!)")
        self._level = own[-1:]

    def is_own(self, level: str) -> bool:
        """Tell whether 全市 or the like, by its last character, is the bulletin's area."""
        return not self._level or level == self._level

    def find(self, text: str) -> list[Mention]:
        """List the places of a text; 保山市昌宁县 is one, the last."""
        found = [
            Mention(*match.span(), self.whole if self.is_own(match["level"]) else TODO)
            for match in WHOLE.finditer(text)
            if not self._is_above(match["level"]) or OPENS.search(text[: match.start()])
        ]
        found += [Mention(*match.span(), self.codes[match[0]]) for match in self._listed.finditer(text)]
        found += [Mention(*match.span(), TODO) for match in OTHERS.finditer(text)]
        found += [
            Mention(*match.span(), TODO)
            for start in range(len(text))
            if OPENS.search(text[max(0, start - 2) : start]) and (match := UNLISTED.match(text, start))
            if not any(match.start() < each.end and each.start < match.end() for each in found)
        ]
        listed: list[Mention] = []
        for each in sorted(found):
            chained = listed and listed[-1].end >= each.start
            listed.append(each._replace(start=listed.pop().start) if chained else each)
        return listed

    def _is_above(self, level: str) -> bool:
        """Tell whether 全省 or the like is more than the bulletin's area: what one compares with."""
        return not self.is_own(level) and (level == "省" or (level in "市州" and self.whole[4:] != "00"))

    def of(self, before: str, sentence: str, at: int) -> Governing:
        """Find the area of the figure that starts at a place of a sentence.

        `before` is the text of the paragraph before that sentence. White is what stands right before the
        number or is the only place of the sentence and its subject; anything else is a proposal.
        """
        places = self.find(sentence)
        foreign = [each for each in places if each.code != self.whole]
        ahead = [each for each in places if each.end <= at]
        if not foreign:
            return Governing(self.whole) if places else self._unnamed(before)
        if not ahead:
            return Governing(PROPOSED + self.whole if self.whole != TODO else TODO)
        last = ahead[-1]
        name = sentence[last.start : last.end]
        if last.code == TODO or self._is_grouped(sentence, ahead):
            return Governing(TODO, name)
        is_certain = self._is_certain(sentence, places, last, at)
        return Governing(last.code if is_certain else PROPOSED + last.code, name)

    def _is_grouped(self, sentence: str, ahead: Sequence[Mention]) -> bool:
        """Tell whether the last place is told of together with the one before: 隆阳区、昌宁县."""
        return len(ahead) > 1 and bool(GROUPED.fullmatch(sentence[ahead[-2].end : ahead[-1].start]))

    def _unnamed(self, before: str) -> Governing:
        last = self.find(before)[-1:]
        if not last or last[0].code == self.whole:
            return Governing(self.whole)
        return Governing(last[0].code if last[0].code == TODO else PROPOSED + last[0].code)

    def _is_certain(self, sentence: str, places: Sequence[Mention], last: Mention, at: int) -> bool:
        """Tell whether a place is right before the number, or rules the sentence or its own clause alone."""
        ahead = sentence[: last.start]
        if TURNS.search(ahead) or sentence.startswith("等", last.end):
            return False
        if BRINGS.fullmatch(sentence[last.end : at]):
            return True
        if last.code == self.whole:
            return all(each.code == self.whole for each in places[: places.index(last)])
        is_named = SHORT.search(sentence[: last.end]) and not OFFICES.match(sentence, last.end)
        return bool(is_named and DATED.fullmatch(ahead)) and len(places) == 1
