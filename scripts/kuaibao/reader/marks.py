"""A number in the flat text in, the mark it is part of out: enumerator, ordinal or issue number."""

from __future__ import annotations

import re

from .amounts import WORDS, read_amount
from .flat import is_guarded
from .lexicon import BEGINS_UNIT, SCALE, UNIT, by_last_character
from .model import Kind, Number, Reading
from .values import MOST_DIGITS, read_words

_ONES = "一二三四五六七八九十"
_OPENING = "(〔[【"
_ITEM_WORDS = re.compile(rf"[{_ONES}]{{1,3}}(?:是|、)")
_ITEM_VERBS = re.compile(rf"[{_ONES}]{{1,2}}[要靠则]")
_BRACKETED = re.compile(rf"(?:[{_ONES}]{{1,3}}|[0-9]{{1,2}})[)〕\]】]")
_BRACKETED_YEAR = re.compile(r"((?:19|20)[0-9]{2})[)〕\]】]")
_ITEM_DIGITS = re.compile(r"[0-9]{1,3}(?:[、.](?![0-9])|[.、](?=(?:19|20)[0-9]{2}年))")
_SECTION = re.compile(
    r"(?P<number>[1-9][0-9]?(?:\.[1-9][0-9]?){1,4})[ \t\u3000]*+"
    rf"(?!{SCALE}|[余多和与及至到比为])(?=[\u4e00-\u9fff])"
)
_DEEPEST_INDENT = 40
_LABEL_NUMBER = re.compile(rf"[0-9]{{1,3}}(?:[-.—][0-9]{{1,3}})?|[{_ONES}]{{1,2}}")
_LABELS = by_last_character(dict.fromkeys(("图", "表", "附件", "附表", "附图", "专栏", "附录", "案例"), ""))
_LABEL_GUARDS = {"图": "地意试企版力", "表": "代地列发仪手报填外课钟水电奖"}
_ISSUE = re.compile(r"[12][0-9]{3}[〕\])】](?:第)?(?P<number>[0-9]{1,5})号")
_AFTER_ISSUE = re.compile(r"$|[()》\s]|(?:19|20)[0-9]{2}年")
_ORDINAL = re.compile(
    rf"(?P<number>[0-9]{{1,9}}|{WORDS})(?:[-—–~～至到]第?(?P<last>[0-9]{{1,9}}|{WORDS}))?"
    rf"(?P<what>产业|季度|等奖|[期号级类批]|{UNIT})?"
)
_NOT_RANKED = ("%", "‰", "元", "倍", "个百分点")
_RANK = re.compile(
    rf"[{_ONES}特]{{1,3}}等(?:[奖功]|奖学金)|[{_ONES}0-9]{{1,2}}期(?=工程|项目|建设|厂房|改造)"
    rf"|二?十[{_ONES}]?届|(?<![了过续办开任])[{_ONES}0-9]{{1,2}}届(?=[{_ONES}]{{1,3}}[中次]|全国|[省市县州区]|人大|政协|全委)"
    rf"|[{_ONES}]{{1,3}}次(?=(?:、[{_ONES}]{{1,3}}次){{0,8}}(?:全会|全体会议|全委|委员))|(?:(?<=人大)|(?<=政协)|(?<=代会)|(?<=大会)|(?<=届))[{_ONES}]{{1,3}}次(?=会议|常)|[一二][期级类审线楼层](?![0-9])|[一二三四]产(?=业|$|[^值量出])"
    "|[三四]级(?=甲等|乙等|医院|以上|公路|响应|巡视员|调研员|主任科员|高级)"
)
_AFTER_RANKS = frozenset("等期届次级类审线楼层产")
_AFTER_ITEMS = ("，", ",", "、", "是", ":")
_RANK_NUMBER = re.compile(rf"[{_ONES}0-9]+")


def read_mark(text: str, at: int, floor: int, follow: str) -> Reading | None:
    """Return the enumerator, ordinal or issue number whose number begins at `at`, `follow` comes after it."""
    before = text[at - 1] if at else "\n"
    if before == "第" and at > floor:
        return _ordinal(text, at, floor)
    if "\u2460" <= text[at] < "\u2500":
        return Reading(at, at + 1, "enumerator")
    if before in _OPENING and at > floor and (bracketed := _bracketed(text, at)):
        return bracketed
    if before in _LABELS and (label := _label(text, at, floor)):
        return label
    if (before < "一" or before > "龥" or before == "其") and (item := _item(text, at, before)):
        return item
    return _rank(text, at) if follow in _AFTER_RANKS else None


def _ordinal(text: str, at: int, floor: int) -> Reading | None:
    match = _ORDINAL.match(text, at)
    if match is None:
        return None
    total = at - 2 >= floor and text[at - 2] == "总"
    start, unit = at - 1 - total, match["what"] or ""
    kind: Kind = "issue_number" if total or _is_issue(text, start, match) else "ordinal"
    first = _value(match["number"])
    if not match["last"]:
        return Reading(start, match.end(), kind, first, unit=unit)
    last = _value(match["last"])
    if first is None or last is None or first >= last or unit in ("", *_NOT_RANKED):
        return Reading(start, match.end("number"), kind, first)
    return Reading(start, match.end(), kind, None, first, last, unit, "range")


def _is_issue(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell the number of a periodical or an order from the third of several."""
    if match["what"] == "号":
        return True
    return (
        match["what"] == "期"
        and match["number"].isascii()
        and (_AFTER_ISSUE.match(text, match.end()) is not None or is_guarded(text, start, "年"))
    )


def _bracketed(text: str, at: int) -> Reading | None:
    if issue := _ISSUE.match(text, at):
        return Reading(at - 1, issue.end(), "issue_number", int(issue["number"]))
    if year := _BRACKETED_YEAR.match(text, at):
        return Reading(at, year.end(1), "date", year[1])
    if item := _BRACKETED.match(text, at):
        return Reading(at - 1, item.end(), "enumerator", _value(item[0][:-1]))
    return None


def _label(text: str, at: int, floor: int) -> Reading | None:
    """Read 图 1, 表 2-1, 附件 3; 代表 2 人 and 附件 3 份 count something."""
    for word in _LABELS[text[at - 1]]:
        start = at - len(word)
        if (
            start >= floor
            and text.startswith(word, start)
            and not is_guarded(text, start, _LABEL_GUARDS.get(word, ""))
        ):
            amount = read_amount(text, at)
            number = _LABEL_NUMBER.match(text, at)
            if number and amount and not amount.unit and amount.scale == 1:
                return Reading(
                    start, number.end(), "enumerator", _value(number[0]) if number[0].isalnum() else None
                )
    return None


def _item(text: str, at: int, before: str) -> Reading | None:
    """Read 一是, 一、, 1. and 1.1 where a clause or a line begins."""
    if before == "其":
        is_item = text[at] in _ONES and text[at + 1 : at + 2] in _AFTER_ITEMS
        return Reading(at - 1, at + 1, "enumerator", _value(text[at])) if is_item else None
    if text[at] in _ONES:
        match = _ITEM_WORDS.match(text, at) if before != "、" else None
        if match and match[0][-1] == "、" and before in "，,":
            return None
        match = match or (_ITEM_VERBS.match(text, at) if not before.isalnum() else None)
        return Reading(*match.span(), "enumerator", _value(match[0][:-1])) if match else None
    if not (before.isspace() or before in "。；;:"):
        return None
    if match := _ITEM_DIGITS.match(text, at):
        return Reading(*match.span(), "enumerator", int(match[0][:-1]))
    return _section(text, at)


def _section(text: str, at: int) -> Reading | None:
    match = _SECTION.match(text, at)
    if match is None or BEGINS_UNIT.match(text, match.end()) or not _begins_line(text, at):
        return None
    return Reading(*match.span("number"), "enumerator")


def _begins_line(text: str, at: int) -> bool:
    return not text[max(0, at - _DEEPEST_INDENT) : at].rstrip(" \t\u3000").rpartition("\n")[2]


def _rank(text: str, at: int) -> Reading | None:
    match = _RANK.match(text, at)
    if match is None:
        return None
    number = _RANK_NUMBER.match(match[0])
    return Reading(*match.span(), "ordinal", _value(number[0]) if number else None, unit=match[0][-1])


def _value(text: str) -> Number | None:
    if text.isascii():
        return int(text) if len(text) <= MOST_DIGITS else None
    return read_words(text)
