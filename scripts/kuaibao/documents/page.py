"""The tree of a web page in, the elements that hold its title and its article out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.html

from .superscripts import is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_WECHAT_TITLE, _WECHAT_BODY = "activity-name", "js_content"
_ASIDE = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "footer",
        "aside",
        "svg",
        "canvas",
        "iframe",
        "object",
        "video",
        "audio",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "datalist",
        "dialog",
        "math",
        "rt",
        "rp",
        "del",
        "s",
        "strike",
    ]
)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|foot|footer|breadcrumb|crumbs?|sidebar|share|pager|pagination|comments?|related"
    r"|copyright|toolbar|qrcode|friendlink|links?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_ROWS = frozenset(("table", "tbody", "thead", "tr"))
_MOST = 0.8  # of the text outside of links: the one child that holds it is where the article goes on
_SIDE = 0.3  # more than that is no menu, whatever it is called


def is_left_out(element: HtmlElement) -> bool:
    """Tell whether an element shows nothing, or nothing of the article."""
    return (
        not isinstance(element.tag, str)
        or element.tag in _ASIDE
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style", "")) is not None
        or _is_mark(element)
    )


def _is_mark(element: HtmlElement) -> bool:
    """Tell a superscript that refers to a note, which would be read as digits of the number before it."""
    if element.tag != "sup":
        return False
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        text = parent.text if parent is not None else ""
    else:
        text = (before.text_content() if isinstance(before.tag, str) else "") + (before.tail or "")
    return is_mark(element.text_content(), text or "")


def find_article(root: HtmlElement) -> list[HtmlElement]:
    """Return the title, where it stands outside of the article, and the article, free of menus.

    Takes what is left out from the tree. The body of a WeChat article counts as shown: it is hidden until
    a script has run.
    """
    body = root.find(".//body")
    top = root if body is None else body
    wechat = _by_id(top, _WECHAT_BODY)
    if wechat is not None:
        wechat.attrib.pop("style", None)
        title = _by_id(top, _WECHAT_TITLE)
        _prune(wechat)
        return [*([title] if title is not None else []), wechat]
    title = _own_title(root)
    _prune(top)
    _prune_menus(top)
    article = _descend(_only(top))
    return [*_outside(title, article), article]


def _by_id(top: HtmlElement, name: str) -> HtmlElement | None:
    return next((element for element in top.iter() if element.get("id") == name), None)


def _prune(top: HtmlElement) -> None:
    for element in [element for element in top.iterdescendants() if is_left_out(element)]:
        _drop(element)


def _drop(element: HtmlElement) -> None:
    """Take an element with all in it from the tree; the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def _prune_menus(top: HtmlElement) -> None:
    weights = _weights(top)
    most = weights[top] * _SIDE
    for element in list(top.iterdescendants()):
        names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
        if (_NAMED.search(names) and weights.get(element, 0) <= most) or (
            element.tag == "header" and weights.get(element, 0) <= most and element.find(".//h1") is None
        ):
            _drop(element)


def _weights(top: HtmlElement) -> dict[HtmlElement, int]:
    """Count the characters outside of links in each element, from the innermost out."""
    weights: dict[HtmlElement, int] = {}
    for element in reversed(list(top.iter())):
        own = 0 if element.tag == "a" else _length(element.text)
        inner = 0 if element.tag == "a" else sum(weights[child] + _length(child.tail) for child in element)
        weights[element] = own + inner
    return weights


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0


def _only(top: HtmlElement) -> HtmlElement:
    """Return the page's one <main> or <article>, else the whole."""
    for tag in ("main", "article"):
        found = list(top.iter(tag))
        if len(found) == 1:
            return found[0]
    return top


def _descend(top: HtmlElement) -> HtmlElement:
    """Go inwards while one child holds nearly all of the text; a table of data or a paragraph stays whole."""
    weights = _weights(top)
    goal = weights[top] * _MOST
    whole = top
    while goal:
        inner = [child for child in top if weights[child] >= goal and child.tag not in ("p", "span")]
        if not inner:
            break
        top = inner[0]
        if top.tag not in _ROWS:
            whole = top
    return whole


def _own_title(root: HtmlElement) -> HtmlElement | None:
    """Return the page's heading, else an element with the title that a content system wrote into <meta>."""
    headings = [element for element in root.iter("h1") if element.text_content().strip()]
    if len(headings) == 1:
        return headings[0]
    stated = (
        meta.get("content", "")
        for meta in root.iter("meta")
        if meta.get("name", "").lower() == "articletitle"
    )
    title = next(stated, "")
    if not title:
        return None
    element = lxml.html.Element("h1")
    element.text = title
    return element


def _outside(title: HtmlElement | None, article: HtmlElement) -> Iterator[HtmlElement]:
    if title is None or any(element is title for element in article.iter("h1")):
        return
    words = "".join(title.text_content().split())
    if words not in "".join(article.text_content().split())[: 4 * len(words) + 200]:
        yield title
