"""Takes the phrases beside a number and what was named before it; gives a label that says what is counted."""

from __future__ import annotations

import re
from typing import NamedTuple

from kuaibao.draft.english import is_verb, leading_noun, without_verb

HAN = re.compile("[\u3400-\u9fff]+")
LONGEST = 16
SHORT, SHORT_AFTER = 2, 6  # 组织 1200 多人参观 counts 组织参观
# What stands before a name: the rest of a date, a period, a whole area, a plan, an empty verb.
BEFORE = re.compile(
    "^(?:年?(?:[底末](?!层)|初(?![中级等]))|年内|年度|以来|多?来(?![访信电自源料宾])(?=..)|期间|全年|全[省市州县区](?=..)"
    "|计划|力争|争取|预计|确保|目标(?=..)|分别|共(?![青享同治富用识]|产党|建[工筑])(?=..)|[省市县区]财政(?:每年)?安排|每年安排|实现(?=..)|累计|先后|[和与](?!谐)|今年|去年|上一?年度?|前年|本年|[比较]?年初|[现共已]?有(?=..))"
)
COMPARED = re.compile(
    "(?:同比|相[比较]|[比较](?:上年|去年|上月|上期|年初)?(?:同期|同月)?[底末]?)(?=增|减|下|上|提|降)"
)
# What stands behind it: a verb that only brings the number, or words that belong to it.
BEHIND = re.compile(
    "(?:达到|达|突破|超过|[共合]计|共|为|的|由|从|每|(?<![户人亩])均|分别|稳定在|保持在|(?:提高|提升|上升|下降|降低|减少|增加|增长|发展|扩大|扩展|缩小|回升|攀升|跃升|恢复|调整)[到至]"
    "|[增升降提][加高低]?至|缩[短小]至|压缩至)$"
)
CHANGED = re.compile("(?<!改造)(?:增长|下降|上升|回落|提高|增加|减少|降低|提升|增减|同比|增幅|增速)$")
# A verb of change, its subject being before the number before: 发展壮大到.
VERBAL = re.compile("(?:[增减升降提扩缩攀跃回]|上升|下降|发展|壮大|恢复)[\u3400-\u9fff]{0,4}[到至为成]")
BESIDE = re.compile("^(?:高于|低于|超过|高出|领先)")
SHARE = re.compile("^占(?P<whole>..+?)(?:的?比重)?$")
MADE = re.compile("^(?:新?(?:建成|建立|设立|成立|引进|命名|评选|培育)|新建|建成|新增)")
CALLED = re.compile("^(?:吸引|组织|动员)$")
TAKING_PART = re.compile("^(?:参赛|参加|参与|参训)$")
PERCENT = {"%", "％"}
AVERAGES = {"户均", "人均", "亩均"}
TOWN = re.compile("(?:其中)?(?P<town>[\u3400-\u9fff]{1,6}(?:镇|乡|街道))")
PART, TOTAL = "其中", "总数"


class Named(NamedTuple):
    """A label, and the subject that a following 增长 or 其中 refers to."""

    label: str
    subject: str


def name(phrases: tuple[str, str], unit: str, before: Named) -> Named:
    """Name what a number counts, by the phrases beside it, its printed unit and what was named last."""
    words = _words(phrases, before) or _continued(before.subject, unit)
    whole, share = before.subject, SHARE.match(words)
    changed = CHANGED.search(words)
    if (part := TOWN.fullmatch(words)) and whole:
        return Named(f"{part['town']}{whole}", whole)
    if share and whole and whole != words:
        return Named(f"{whole}占{share['whole']}比重", whole)
    if changed:
        own = bare(words[: changed.start()].removeprefix(PART)) or whole
        ending = "增长率" if unit in PERCENT else "增减"
        return Named(f"{own}{ending}" if own else words, own)
    if words in AVERAGES and whole:
        words = f"{without_verb(whole)}{words}"
    elif is_verb(words) and whole and (whole.startswith(words) or not unit.endswith("元")):
        words += without_verb(whole)
    elif BESIDE.match(words) and whole:
        return Named(f"{whole}{words}", whole)
    elif words == TOTAL and whole:
        words = MADE.sub("", whole) + TOTAL
    elif words.startswith(PART):
        words = _part(words.removeprefix(PART), whole)
    return Named(words[-LONGEST:], words[-LONGEST:])


def _continued(subject: str, unit: str) -> str:
    """Take up what was named before, unless that is a rate and this is none: 建会率 92%、300 家."""
    return "" if subject.endswith("率") and unit not in PERCENT else subject


def _words(phrases: tuple[str, str], last: Named) -> str:
    """Take the phrase before the number or, where the number comes first, the one after it."""
    before, after = ("".join(HAN.findall(phrase)) for phrase in phrases)
    if CALLED.match(before) and TAKING_PART.match(after):
        return f"{after}人数"
    if len(before) == SHORT and 0 < len(after) <= SHORT_AFTER:
        return bare(before + after)
    if len(before) > 1:
        noun = leading_noun(before)
        done = before.removeprefix(noun)
        return bare(done if noun and last.label == f"{done}的{noun}" else before)
    noun = leading_noun(after)
    rest = after.removeprefix(noun)
    return f"{rest}的{noun}" if noun and rest else bare(after)


def bare(words: str) -> str:
    """Take from a phrase what does not name: 年底达到, 全县现有, 比上年."""
    words, then = COMPARED.sub("", words), ""
    while words != then:
        then, words = words, BEHIND.sub("", BEFORE.sub("", words))
    return "" if len(words) == 1 or VERBAL.fullmatch(words) else words


def _part(rest: str, whole: str) -> str:
    """Name a part by its whole: 市级 of 建成工作室 is 市级工作室, 工业企业 of 新引进企业 新引进工业企业."""
    made = MADE.match(whole)
    noun = whole[made.end() :] if made else whole
    if noun and noun[-2:] in rest:
        return (made[0] if made else "") + rest
    return (rest + noun)[:LONGEST] if len(rest) < len(TOTAL) + 2 else rest
