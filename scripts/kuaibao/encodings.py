"""The bytes of a text in, its encoding out; for what is no UTF-8, what it looks like and where it begins."""

from __future__ import annotations

import codecs

# What a file that is no UTF-8 looks like, in Chinese and English.
LOOKS = {
    "gb18030": (
        "像是 GBK（GB18030，中文 Windows 上的 Excel 和记事本常用）",
        "it looks like GBK (GB18030), which Excel and Notepad use on a Chinese Windows",
    ),
    "utf-16": (
        "像是 UTF-16（Excel 的“Unicode 文本”和旧记事本的“Unicode”用它）",
        "it looks like UTF-16, Excel's Unicode Text and Unicode in older versions of Notepad",
    ),
    "": ("有认不出的字符", "some characters cannot be read"),
}


def encoding_of(content: bytes) -> str:
    """Return utf-8, utf-8-sig, utf-16 or gb18030, whichever fits, and '' where none does.

    UTF-8 comes first for it fits hardly any text in GB18030; a null is no character of either of them.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in content:
        return "utf-16" if _fits(content, "utf-16-le") else ""
    found = next((name for name in ("utf-8", "gb18030") if _fits(content, name)), "")
    return "utf-8-sig" if found == "utf-8" and content.startswith(codecs.BOM_UTF8) else found


def first_bad_line(content: bytes) -> int:
    """Return the number, from 1, of the first line that is no UTF-8, 1 where only nulls are at fault."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return content.count(b"\n", 0, error.start) + 1
    return 1


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
