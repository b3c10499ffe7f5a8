"""What cannot be read in, the one message that says so out: which file, what is wrong, how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.errors import UsageError, visible

if TYPE_CHECKING:
    from pathlib import Path

SUPPORTED = "txt, md, html, docx, pdf"

# What is wrong and what to do about it, in Chinese and English; {…} are filled in.
_MESSAGES = {
    "missing": ("没有这个文件；请检查路径和文件名", "there is no such file; check the path and the name"),
    "folder": ("是文件夹，不是文件；请指明其中的一个文件", "is a folder, not a file; name a file in it"),
    "unopened": (
        "打不开：{why}；如果正在别的程序中打开，请先关闭，再检查文件的权限",
        "cannot be opened: {why}; close other programs that use it and check its permissions",
    ),
    "special": (
        "不是普通文件（是设备、管道之类），不读取；请指明一个普通文件",
        "is no ordinary file (a device or a pipe, say) and is not read; name an ordinary file",
    ),
    "empty": ("是空文件；请检查是否保存成功", "is empty; check whether it was saved"),
    "no_text": (
        "里没有文字；请检查是不是选错了文件",
        "holds no text; check whether it is the right file",
    ),
    "unknown": (
        "的格式不支持；请另存为下列格式之一：{supported}",
        "is of a kind that is not supported; save it as one of: {supported}",
    ),
    "other": (
        "其实是{what_zh}；请另存为下列格式之一：{supported}",
        "is really {what_en}; save it as one of: {supported}",
    ),
    "old_word": (
        "是旧的 Word 或 WPS 格式（.doc、.wps）；请用 Word 或 WPS 打开，另存为 .docx",
        "is in an old Word or WPS format (.doc, .wps); open it in Word or WPS and save it as .docx",
    ),
    "locked": (
        "有密码；请打开后取消密码，再保存",
        "is locked with a password; open it, take the password away and save it again",
    ),
    "broken": (
        "已损坏，或没有下载完整；请重新下载，或用原来的程序打开后另存为 {form}",
        "is damaged or was not downloaded completely; fetch it again, or open and save it as {form}",
    ),
    "strict": (
        "是“严格 Open XML”格式；请用 Word 或 WPS 打开，另存为普通的 docx",
        "is in the Strict Open XML format; open it in Word or WPS and save it as an ordinary docx",
    ),
    "scanned": (
        "只有图片，没有文字层（多半是扫描件）；请先做文字识别（OCR），或使用原来的 docx",
        "has pictures but no text (it is probably a scan); run text recognition (OCR) first, or use the docx",
    ),
    "unmapped": (
        "的字体没有文字编码，读出来的不是文字；请先做文字识别（OCR），或使用原来的 docx",
        "has fonts that do not say which characters they draw; run text recognition (OCR), or use the docx",
    ),
    "encoding": (
        "第 {line} 行起不是 UTF-8，{seems_zh}；请用记事本或 WPS 打开，另存为 UTF-8 编码",
        "is not UTF-8 from line {line} on, {seems_en}; open it in Notepad or WPS, save it as UTF-8",
    ),
    "charset": (
        "声明的编码 {charset} 与内容不符，第 {line} 行读不出来；请用浏览器打开后重新保存，或另存为 txt",
        "cannot be read as {charset}, its charset, from line {line} on; save it from a browser, or as txt",
    ),
}


def problem(path: Path, name: str, **details: object) -> UsageError:
    """Return the error of this name, with the file before it and the details filled in."""
    zh, en = _MESSAGES[name]
    filled = {"supported": SUPPORTED, **details}
    file = visible(str(path))
    return UsageError(f"{file} {zh.format_map(filled)}", f"{file} {en.format_map(filled)}")
