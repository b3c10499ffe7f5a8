"""A digit in the flat text in, the token that is no quantity out: telephone, URL, standard, 5G, 1+N."""

from __future__ import annotations

import re

from .amounts import read_amount
from .lexicon import LATIN
from .model import Kind, Reading

_TOKEN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_/@%?=&#+~:.-]*[A-Za-z0-9/])?")
_JOINTS = "/._-@=&?%#:+"
_TOKEN_CHARACTERS = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + _JOINTS + "~"
)
_ADDRESS = re.compile("[/@?]")
_FIGURE_UNITS = ("%", "‰", "元", "美元", "个百分点", "倍")
_LONGEST_LEFT = 200
_LONGEST_NAME = 8  # PM2.5, ISO9001; longer ones are codes
_STANDARD = re.compile(r"[A-Z][A-Z/]+[.]? $")
_LABELLED = re.compile(
    r"(?:代码|编码|邮编|编号|电话|热线|传真|手机|账号|证号|号码|微信|QQ|代号|登记号|版次|唯一号|分类号|书号|刊号|ICP备|安备)"
    r"(?:为|是)?:? ?[(]?$"
)
CODE_LABEL_ENDS = frozenset("码编话线真机号信次备Q:为是(")
_NUMBER_TOKEN = re.compile(r"[0-9][0-9.]*(?:[-—][0-9]+)*")
_OTHER = re.compile(
    r"1[3-9][0-9]{9}(?![0-9个人元万亿户件项%])|0[0-9]{2,3}-[0-9]{7,8}(?![0-9])|400-?[0-9]{3,4}-?[0-9]{3,4}(?![0-9])|[0-9]{16,}+"
    r"|0[0-9]{1,2}版|(?:[0-9]++(?:\.[0-9]++)?[×x])?10[⁰¹²³⁴-⁹]++"
    r"|[0-9]++(?:\.[0-9]++){2,}+|[0-9]++(?:-[0-9]++){2,}+"
)
_NAME = re.compile(
    r"[0-9]+(?:[+×xX][0-9]+)*[+×xX](?:[0-9]+|[A-Z](?![A-Za-z]))(?!\.[0-9])(?:小时)?|[0-9]{1,2}[·•][0-9]{1,2}(?![0-9])"
    r"|[05-9]0后|[0-9]{2,4}强(?![度化制调降对烈势])|(?<=[“「])[0-9]{3,5}(?=[”」])"
    r"|[0-9]{3,5}(?=”?(?:职工|服务)*热线)|(?:11[09]|12[02]|12[0-9]{3}|985|211)(?=报警|急救|指挥中心|平台|工程|高校)"
    r"|[0-9]{3}(?=国道|省道|线(?:公路|道路|改))"
    r"|[0-9]{1,4}号(?!文|令|公告|通知|[0-9])"
    rf"|[0-9]+(?:\.[0-9]+)?(?!{LATIN})[A-Za-z][A-Za-z0-9]*"
)
_DOCUMENT = re.compile(
    r"(?:19|20)[0-9]{2}[\[〔(](?P<in_year>[0-9]{1,5})[\]〕)]号|(?P<number>[0-9]{1,5})号(?=文|令|公告|通知)"
)


def read_code(text: str, at: int, floor: int) -> Reading | None:
    """Return the telephone number, code or digit name that begins at `at`."""
    before = text[at - 1] if at > floor else ""
    if match := _OTHER.match(text, at):
        return Reading(*match.span(), "other")
    if match := _NAME.match(text, at):
        return Reading(*match.span(), "name")
    if match := _DOCUMENT.match(text, at):
        return Reading(*match.span(), "issue_number", int(match["number"] or match["in_year"]))
    if before in CODE_LABEL_ENDS and _LABELLED.search(text[max(floor, at - 8) : at]):
        return _labelled(text, at)
    return None


def _labelled(text: str, at: int) -> Reading | None:
    """Read the number after 电话 or 编号; 接听热线 1200 多个 counts."""
    match, amount = _NUMBER_TOKEN.match(text, at), read_amount(text, at)
    if match is None or amount is None or amount.unit or amount.scale > 1 or amount.qualifier != "exact":
        return None
    return Reading(at, match.end(), "other")


def read_token(text: str, at: int, floor: int) -> Reading | None:
    """Read a digit joined to Latin letters on its left: PM2.5, GB/T 2260, a URL or an address."""
    before = text[at - 1] if at > floor else "中"
    if not before.isascii():
        return None
    if before == " ":
        return _standard(text, at, floor)
    if not _joins(text, at, floor, before):
        return None
    start = _token_start(text, at, floor)
    if before in "=:" and not _ADDRESS.search(text[start:at]):
        return None
    match = _TOKEN.match(text, at)
    end = match.end() if match else at + 1
    kind: Kind = "other" if end - start > _LONGEST_NAME or "/" in text[start:end] else "name"
    return Reading(start, end, kind)


def _joins(text: str, at: int, floor: int, before: str) -> bool:
    """Tell whether the digit continues a Latin token; in GDP5.2% it does not, the number has a unit."""
    if before.isalpha():
        amount = read_amount(text, at)
        return amount is None or (amount.scale == 1 and amount.unit not in _FIGURE_UNITS)
    earlier = text[at - 2] if at - 2 >= floor else ""
    return before in _JOINTS and earlier.isascii() and (earlier.isalpha() or earlier == "/")


def _token_start(text: str, at: int, floor: int) -> int:
    start = at
    while start > max(floor, at - _LONGEST_LEFT) and text[start - 1] in _TOKEN_CHARACTERS:
        start -= 1
    while not text[start].isalnum():
        start += 1
    return start


def _standard(text: str, at: int, floor: int) -> Reading | None:
    prefix = _STANDARD.search(text[max(floor, at - 10) : at])
    number = _NUMBER_TOKEN.match(text, at)
    if not prefix or not number:
        return None
    return Reading(at - len(prefix[0]), number.end(), "other")
