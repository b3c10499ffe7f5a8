"""A text as it stands in, the same text without line breaks, blanks and odd widths out, with the way back."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from .lexicon import BEGINS_UNIT, SCALE, UNIT
from .page_marks import without_page_marks
from .wraps import is_wrapped

_FULL_WIDTH = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F) if chr(code) not in "!,;?\"'"}
_SAME = dict(zip("−﹣∶︰﹪﹝﹞○◯⒈⑴", "--::%〔〕〇〇①①", strict=True))
_TRADITIONAL = dict(
    zip(
        "萬億個兩負點餘幾陸貳壹贰叁叄柒捌玖佰仟俩間時紀週歲戶項條應號從樓臺張頁冊輛雙隻顆塊筆場處對種類級層圓錢約過數將長達減後門"
        "倆噸畝頃剛總職務員當環課題節輪隊組單勞動優產業書記統進",
        "万亿个两负点余几陆二一二三三七八九百千两间时纪周岁户项条应号从楼台张页册辆双只颗块笔场处对种类级层元钱约过数将长达减后门"
        "两吨亩顷刚总职务员当环课题节轮队组单劳动优产业书记统进",
        strict=True,
    )
)
_PLAIN = _FULL_WIDTH | _TRADITIONAL | _SAME
_FORMAL = {"肆": "四", "伍": "五", "陆": "六", "拾": "十"}
_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
# 肆 伍 陆 拾 are digits only in a number with a multiplier: not in 队伍, 大陆, 收拾.
_FORMAL_RUN = re.compile(
    rf"(?<![队入退落收捡大登内着海沿放])(?:[{_NUMERAL}]|分之|[肆伍陆拾](?![地续军路港取起])){{2,}}+"
)
_GAP = 3  # blanks that part two columns
_MULTIPLIER = re.compile("[十百千万亿拾]")
_WIDE_DIGITS = "０１２３４５６７８９"
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3})")

_BLANKS = re.compile(r"[\s\u200b\ufeff]++")
_BREAK = re.compile(r"[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:、|是)|[(〔\[][一二三四五六七八九十0-9]{1,3}[)〕\]]|第[一二三四五六七八九十0-9]{1,4}[章节条部编]"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[、.](?![0-9])"
    r"|[①-⓿]|[图表] ?[0-9]|附[件表图录]"
)
_NUMBERED = re.compile(rf"[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}[ \u3000]++(?!{SCALE}|[%余多])")  # 1.2 Title
_NUMBER_GOES_ON = re.compile(r"\.?[0-9][0-9.,]*+ ?(?:[%万亿千百十余多]|[^\x00-\u2e80，、。；：])")
# 资金 5 000 元, blanks between thousands, as in print; 附件 1 100 人 are two numbers.
_THOUSANDS_BEFORE = re.compile(
    r"(?:[\u4e00-\u9fff](?<![件表图录第章节号题])|[。；，、:()]) ?[1-9][0-9]{0,2}(?: [0-9]{3}){0,2}\Z"
)
_THOUSANDS_AFTER = re.compile(
    rf"[0-9]{{3}}(?: [0-9]{{3}}){{0,2}}(?:\.[0-9]+)?(?:(?=[\u4e00-\u9fff])| (?={SCALE}|{UNIT}))"
)
# 表 2 项目进展 is the label of a table with its title; 附件 3 份 counts.
_CAPTION_LABEL = re.compile(
    r"(?m)^[ \t\u3000]*(?:[图表]|附[件表图录]|专栏|案例) ?[0-9]{1,3}(?:[-.][0-9]{1,2})?\Z"
)
_CAPTION = re.compile(r"[ \u3000][^\n，。；、]{3,}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2} ?年")
_CLAUSE = re.compile("[，。；]")
_LABELLED = r"[^0-9,;，。；、\n]{1,12}[0-9][0-9.,]{0,12}[万亿]?"
_ROWS = re.compile(rf"{_LABELLED}\s{{1,4}}{_LABELLED}[^0-9,;，。；、\n]{{0,4}}(?:\n|$)")
_BEGINS_CLAUSE = re.compile(rf"[^\n]{{1,80}}?{_CLAUSE.pattern}")
_TAIL_DIGITS = re.compile(r"[0-9]{1,4}$")
_COLUMNS = re.compile(r"[0-9%][ \t\u3000]+[-+0-9.,%]+$")
_ONE_BLANK = " \u3000\xa0\u2009\u202f"
_END_OF_SENTENCE = frozenset("。！？；：:!?;…")


class Flat(NamedTuple):
    """`text` is what the grammar reads; `places` and `shifts` lead from its offsets to the original's."""

    text: str
    places: list[int]
    shifts: list[int]

    def origin(self, offset: int) -> int:
        """Return the offset in the original text of the character at this offset of the flat text."""
        return offset + self.shifts[bisect_right(self.places, offset)]


def flatten(text: str) -> Flat:
    """Drop the blanks that mean nothing to a number: soft breaks and gaps beside a Chinese character."""
    plain = _simplify(text)
    pieces: list[str] = []
    places: list[int] = []
    shifts = [0]
    kept = 0
    for match in _BLANKS.finditer(plain):
        start, end = match.span()
        # The common case, one blank beside a Chinese character, is settled here for speed.
        single = end - start == 1 and plain[start] == " " and 0 < start < end < len(plain)
        beside = single and (
            plain[start - 1] > "\x7f" or (plain[end] > "\x7f" and not plain[start - 1].isdigit())
        )
        if beside or _is_soft(plain, start, end):
            pieces.append(plain[kept:start])
            places.append(start - shifts[-1])
            shifts.append(shifts[-1] + end - start)
            kept = end
    pieces.append(plain[kept:])
    return Flat("".join(pieces), places, shifts)


def printed(text: str, start: int, end: int) -> str:
    """Return the slice without its line and page breaks, the blanks around them, and page numbers."""
    piece = text[start:end]
    if piece.isprintable():  # no break in it: the common case, settled for speed
        return piece
    return _BLANKS.sub(_keep_gap, without_page_marks(piece)[0]) if _BREAK.search(piece) else piece


def is_guarded(text: str, at: int, characters: str) -> bool:
    """Tell whether the character before `at` is one of these; at the text's beginning there is none."""
    return at > 0 and text[at - 1] in characters


def _keep_gap(match: re.Match[str]) -> str:
    return "" if _BREAK.search(match[0]) else match[0]


def _simplify(text: str) -> str:
    """Map full-width, traditional and formal characters one to one, so that offsets stay."""
    characters = set(text)
    if "，" in characters and not characters.isdisjoint(_WIDE_DIGITS):
        text = _WIDE_COMMA.sub(",", text)
    for odd in _PLAIN.keys() & characters:
        text = text.replace(odd, _PLAIN[odd])
    if _FORMAL.keys() & characters:
        text = _FORMAL_RUN.sub(_informal, text)
    return text


def _informal(match: re.Match[str]) -> str:
    run = match[0]
    return "".join(_FORMAL.get(character, character) for character in run) if _MULTIPLIER.search(run) else run


def _is_soft(text: str, start: int, end: int) -> bool:
    if not start or end == len(text):
        return False
    before, after = text[start - 1], text[end]
    if end - start == 1 and text[start] in _ONE_BLANK:
        if before.isdigit() and after.isdigit():
            return _THOUSANDS_BEFORE.search(text, max(0, start - 16), start) is not None and (
                _THOUSANDS_AFTER.match(text, end) is not None
            )
        if before.isdigit() and after > "\x7f" and _is_label(text, start):
            return False
        return before > "\x7f" or after > "\x7f" or after == "%"
    if _BREAK.search(text, start, end):
        return _is_soft_break(text, start, end, before, after)
    return end - start < _GAP and (before > "\x7f") != (after > "\x7f") and "\t" not in text[start:end]


def _is_label(text: str, end: int) -> bool:
    """Tell whether the label of a table or an annex ends here, with its title behind the blank."""
    is_label = _CAPTION_LABEL.search(text, max(0, end - 16), end) is not None
    return is_label and _CAPTION.match(text, end) is not None


def _is_soft_break(text: str, start: int, end: int, before: str, after: str) -> bool:
    if before in _END_OF_SENTENCE or _is_item(text, end):
        return False
    before_digit, after_digit = before in "0123456789.,", after in "0123456789."
    if (before_digit or _MULTIPLIER.match(before)) and _are_apart(text, start, end, is_digit=after_digit):
        return False
    if not before_digit:
        return not (before.isascii() and before.isalnum() and after.isascii())
    line = text[max(_line_start(text, start), start - 80) : start]
    if _COLUMNS.search(line):
        return False
    if after_digit:
        return _digits_go_on(text, line, end)
    return after > "\u2e7f" or after in "%)"


def _are_apart(text: str, end: int, start: int, *, is_digit: bool) -> bool:
    """Tell a number at the end of a line from what begins the next one: 共 12⏎3 家, 职工 5⏎人均 3 元.

    Two lines are rows of a list where each is a label with a number. Digits go on with digits only where
    one of the lines holds a clause (专项资金 1,2⏎00 万元，) or the first is as long as lines usually are.
    """
    begin = max(_line_start(text, end), end - 80)
    if not is_digit:
        return _ROWS.match(text, begin) is not None
    line = text[begin:end]
    return not (_CLAUSE.search(line) or _BEGINS_CLAUSE.match(text, start) or is_wrapped(line, text))


def _is_item(text: str, at: int) -> bool:
    """Tell whether an item of a list begins here; 1.2 before a unit is a number."""
    if _ITEM.match(text, at):
        return True
    numbered = _NUMBERED.match(text, at)
    return numbered is not None and not BEGINS_UNIT.match(text, numbered.end())


def _line_start(text: str, end: int) -> int:
    return max(text.rfind("\n", max(0, end - 80), end), text.rfind("\f", max(0, end - 80), end)) + 1


def _digits_go_on(text: str, line: str, end: int) -> bool:
    """Tell whether digits at a line's end and the next line's beginning are one number."""
    if not _NUMBER_GOES_ON.match(text, end) or not any(character > "\u2e7f" for character in line):
        return False
    tail = _TAIL_DIGITS.search(line)
    if _YEAR.match(text, end):
        return False
    if tail and (years := re.match(r"[0-9]{1,3} ?年", text[end : end + 5])):
        return _YEAR.match(tail[0] + years[0]) is not None
    return not re.search(r"[0-9]-[0-9]+$", line)
