"""A saved web page in, the text of its article out: without menus, scripts, footers and what is hidden.

Title and body of a WeChat article are taken where WeChat puts them; elsewhere the article is the innermost
element that holds nearly all text outside of links, with the page's own title before it. Inline elements
never part a text: a number in several spans stays one. Each block element is a paragraph, <br> a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.etree
import lxml.html

from kuaibao.limits import LimitError, most

from .model import Document, compose
from .page import find_article
from .problems import problem
from .web_blocks import blocks

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = 4096
_UNREAD = ("script", "style")
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)|<\?xml[^>]*encoding=[\"']([A-Za-z0-9_-]+)",
    re.IGNORECASE,
)
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# GBK is a part of GB18030, and pages that say gb2312 use it too.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "utf8": "utf-8"}


def read_web(path: Path, content: bytes) -> Document:
    """Return the article's text; raise UsageError where the page breaks its charset, or is empty."""
    text = _decode(path, content).replace("\0", "")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    if text.count("<") > 2 * most("markup-tags"):  # one that opens and one that closes
        raise LimitError(str(path), "markup-tags")
    try:
        root = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(huge_tree=True))
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        raise problem(path, "no_text") from None
    length = sum(
        len(each.text or "") + len(each.tail or "") for each in root.iter() if each.tag not in _UNREAD
    )
    if length > most("document-characters"):
        raise LimitError(str(path), "document-characters", f"{length:,}")
    return compose(block for element in find_article(root) for block in blocks(element))


def _decode(path: Path, content: bytes) -> str:
    """Decode by byte order mark, else as UTF-8, by the declared charset or as GB18030, whichever fits first.

    UTF-8 comes first for it fits no other text of any length, while GB18030 reads most UTF-8 as other words.
    """
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _strict(path, content, [encoding])
    match = _CHARSET.search(content[:_HEAD])
    declared = (match[1] or match[2]).decode("ascii").lower() if match else ""
    declared = _WIDER.get(declared, declared)
    return _strict(path, content, ["utf-8", declared or "utf-8", "gb18030"], declared)


def _strict(path: Path, content: bytes, encodings: list[str], declared: str = "") -> str:
    lines: dict[str, int] = {}
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeError as error:
            lines[encoding] = content[: getattr(error, "start", 0)].count(b"\n") + 1
        except LookupError:
            continue
    stated = declared if declared in lines else encodings[0]
    raise problem(path, "charset", charset=stated, line=lines[stated])
