"""Takes a page as a template and gives its text and its calls of macros, held against what macros take."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import jinja2
from jinja2 import nodes

from kuaibao.errors import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kuaibao.checks.tally import Tally

# The signs that trim blanks; read over, so that the text keeps its lines.
TRIM = re.compile(r"(\{[{%#])[-+]|[-+]([}%#]\})")
# What stands between braces on a page that is no template; none goes on over the beginning of another.
BRACED = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{[%#](?:(?!\{[%#]).)*?[%#]\}", re.DOTALL)
REFERENCE = re.compile(r"\{([^{}]*)\}")
FACTS = ("date", "issue", "issuer", "series", "short", "title")


class Parameter(NamedTuple):
    """What a macro takes: which kind of thing, by its name alone or by its place, or not necessarily."""

    kind: str
    keyword: bool = False
    optional: bool = False


WORDS = {"title": Parameter("title", keyword=True), "finding": Parameter("finding", keyword=True)}
CHART = {"names": Parameter("figures"), **WORDS}
STEPS = {"steps": Parameter("steps"), **WORDS}
NOUN = Parameter("flag", keyword=True, optional=True)
BULLETIN = {"name": Parameter("bulletin")}
TABLE = {"bulletin": Parameter("bulletin"), "section": Parameter("section")}
# What a page may call and how; the renderer binds the same macros with the same parameters.
MACROS: Mapping[str, Mapping[str, Parameter]] = {
    "fig": {"name": Parameter("figure"), "noun": NOUN},
    "derived": {"name": Parameter("relation"), "noun": NOUN},
    "period": {"name": Parameter("figure")},
    "card": {"name": Parameter("figure")},
    "embedded": {"name": Parameter("figure")},
    "bars": CHART,
    "dots": {"names": Parameter("groups"), **WORDS},
    "slope": {
        "names": CHART["names"],
        "derived": Parameter("relation", keyword=True),
        **WORDS,
        "periods": Parameter("periods", keyword=True, optional=True),
    },
    "areas": CHART,
    "parts": {
        "relation": Parameter("relation"),
        **WORDS,
        "within": Parameter("relation", keyword=True, optional=True),
        "rest": Parameter("title", keyword=True, optional=True),
    },
    "shares": {"relations": Parameter("relations"), **WORDS},
    "grid": {"names": Parameter("cells"), "columns": Parameter("headings", keyword=True), **WORDS},
    "chain": STEPS,
    "stair": STEPS,
    "pairing": {
        "names": Parameter("figures"),
        "targets": Parameter("figures"),
        "via": Parameter("title", keyword=True),
        **WORDS,
    },
    "figures_table": TABLE,
    "measures_table": TABLE,
    "system_map": {"bulletin": Parameter("bulletin")},
    "bulletin": {"name": Parameter("bulletin"), "key": Parameter("fact")},
    "bulletin_facts": BULLETIN,
    "completeness": BULLETIN,
    "source_link": BULLETIN,
    "meter": BULLETIN,
    "citation": BULLETIN,
    "contact": {},
}
# How each macro is written, for whoever wrote it otherwise.
TOLD = 'title="…", finding="… {yncg-090.3.03} …"'
CHARTED = f'(["yncg-090.3.03", "yncg-090.3.05"], {TOLD})'
USAGE: Mapping[str, str] = {
    **{name: f'{name}("yncg-090.5.09")' for name in ("fig", "period", "card", "embedded")},
    **{name: f"{name}{CHARTED}" for name in ("bars", "dots", "areas")},
    "parts": f'parts("yncg-090.r01", within="yncg-090.r02", rest="…", {TOLD})',
    "shares": f'shares(["yncg-090.r08", "yncg-090.r09"], {TOLD})',
    "grid": f'grid({{"…": ["yncg-090.5.01", ""]}}, columns=["…", "…"], {TOLD})',
    **{
        name: f'{name}([["…", "…", ["yncg-090.5.16"]], ["…", "…", []]], {TOLD})'
        for name in ("chain", "stair")
    },
    "pairing": f'pairing(["yncg-090.2.01"], ["yncg-090.2.03"], via="…", {TOLD})',
    "derived": 'derived("yncg-090.r06")',
    "slope": 'slope(["yncg-090.5.08", "yncg-090.5.09"], derived="yncg-090.r06", title="…", finding="…")',
    **{name: f'{name}("yncg-090", 3)' for name in ("figures_table", "measures_table")},
    "bulletin": 'bulletin("yncg-090", "date")',
    **{
        name: f'{name}("yncg-090")'
        for name in ("system_map", "bulletin_facts", "completeness", "source_link", "meter", "citation")
    },
    "contact": "contact()",
}


def usage(macro: str) -> str:
    """Show how a macro is written on a page."""
    words = f" ({', '.join(FACTS)})" if macro == "bulletin" else ""
    return f"{{{{ {USAGE[macro]} }}}}{words}"


class Call(NamedTuple):
    """One well-formed call: the macro, its line, and what it is given."""

    macro: str
    line: int
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """A page parted into its text, at the same length, and its calls; `sound` where all are well formed."""

    text: str
    calls: list[Call] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)
    sound: bool = True


def template(path: str, text: str, tally: Tally) -> Template:
    """Read a page: text and comments, and between double braces nothing but calls with what they take."""
    place, environment = f"docs/{path}", jinja2.Environment(autoescape=True, keep_trailing_newline=True)
    try:
        tree, tokens = environment.parse(text), list(environment.lex(TRIM.sub(r"\1 \2", text)))
    except (jinja2.TemplateSyntaxError, RecursionError) as error:
        number = getattr(error, "lineno", None)  # none for brackets nested without end
        detail = "".join(text.split("\n")[number - 1 : number]).strip()[:80] if number else "((("
        tally.fail("page-template", Place(place, number), detail=detail)
        return Template(BRACED.sub(_dots, text), sound=False)
    tally.checked["page-template"] += 1
    plain = "".join(v if kind == "data" else re.sub(r"[^\n]", "·", v) for _, kind, v in tokens)
    written = _snippets(tokens)
    statements = [(line, code) for line, kind, code in written if kind != "variable"]
    for line, code in statements:
        tally.fail("page-call", Place(place, line), code, usage=usage("fig"))
    if statements:
        return Template(plain, sound=False)
    printed = [node for output in tree.find_all(nodes.Output) for node in output.nodes]
    expressions = [node for node in printed if not isinstance(node, nodes.TemplateData)]
    pairs = zip(expressions, written, strict=True)
    calls = [_call(node, place, line, code, tally) for node, (line, _, code) in pairs]
    good = [call for call in calls if call is not None]
    return Template(plain, good, [word for call in good for word in _words(call)], len(good) == len(calls))


def _dots(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "·", match.group())


def _snippets(tokens: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """List (line, kind, source) of everything between braces: kind is variable, block or raw; no comments."""
    number, inside, marked = 0, "", []
    for line, kind, value in tokens:
        if kind.endswith("_begin"):
            number, inside = number + 1, kind.removesuffix("_begin")
        if inside and inside != "comment":
            marked.append((number, line, inside, value))
        if kind.endswith("_end"):
            inside = ""
    grouped = [list(group) for _, group in groupby(marked, lambda token: token[0])]
    return [(group[0][1], group[0][2], "".join(token[3] for token in group)) for group in grouped]


def _call(node: nodes.Node, place: str, line: int, code: str, tally: Tally) -> Call | None:
    """Give a call whose macro exists and is given what it takes; else keep a problem."""
    name = _name(node)
    known, macros = name is None or name in MACROS, ", ".join(sorted(MACROS))
    if not tally.expect(known, "page-macro", Place(place, line), name or "", macros=macros):
        return None
    given = _given(node, MACROS[name]) if isinstance(node, nodes.Call) and name else None
    tally.expect(given is not None, "page-call", Place(place, line), code, usage=usage(name or "fig"))
    return Call(name, line, given) if name and given is not None else None


def _name(node: nodes.Node) -> str | None:
    """Name the macro of a call, or the bare name that stands in its place."""
    called = node.node if isinstance(node, nodes.Call) else node
    return called.name if isinstance(called, nodes.Name) else None


def _given(call: nodes.Call, parameters: Mapping[str, Parameter]) -> dict[str, Any] | None:
    """Bind what a call is given to the macro's parameters; None where it does not fit."""
    placed = [name for name, parameter in parameters.items() if not parameter.keyword]
    named = [(word.key, word.value) for word in call.kwargs]
    pairs = [*zip(placed, call.args, strict=False), *named]
    names = [name for name, _ in pairs]
    missing = {name for name, parameter in parameters.items() if not parameter.optional} - set(names)
    surplus = len(call.args) > len(placed) or len(set(names)) < len(names) or set(names) - set(parameters)
    if missing or surplus or call.dyn_args or call.dyn_kwargs:
        return None
    given = {name: _literal(value) for name, value in pairs}
    fits = all(FITS[parameters[name].kind](value) for name, value in given.items())
    return given if fits else None


def _literal(node: nodes.Node) -> object:
    """Give a text, number, truth, list or table of texts as written; None for anything else."""
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.List):
        return [_literal(item) for item in node.items]
    if isinstance(node, nodes.Dict):
        return {str(_literal(pair.key)): _literal(pair.value) for pair in node.items}
    return None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


def _is_step(value: object) -> bool:
    """Tell whether this is a step of a diagram: a name, words that may be '', and a list of figures."""
    if not isinstance(value, list) or len(value) != len(("name", "words", "figures")):
        return False
    name, words, figures = value
    return _is_text(name) and isinstance(words, str) and "{" not in name + words and _are_texts(figures)


def _is_row(value: object) -> bool:
    """Tell whether this is a row of a grid: figures, '' for an empty cell."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


FITS: Mapping[str, Any] = {
    **dict.fromkeys(("figure", "relation", "bulletin", "finding"), _is_text),
    "title": lambda value: _is_text(value) and "{" not in value,
    **dict.fromkeys(("figures", "relations", "headings"), _are_texts),
    "groups": lambda value: (
        _are_texts(value) or (isinstance(value, dict) and all(_are_texts(group) for group in value.values()))
    ),
    "cells": lambda value: isinstance(value, dict) and all(_is_row(row) for row in value.values()),
    "steps": lambda value: isinstance(value, list) and all(_is_step(step) for step in value),
    "flag": lambda value: isinstance(value, bool),
    "section": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "fact": lambda value: value in FACTS,
    "periods": lambda value: isinstance(value, dict) and all(_is_text(item) for item in value.values()),
}


def _words(call: Call) -> Iterator[tuple[int, str]]:
    """List the texts of a call that a reader meets, with the line."""
    for name, parameter in MACROS[call.macro].items():
        value = call.given.get(name)
        if value and parameter.kind in TEXTS:
            yield from ((call.line, text) for text in TEXTS[parameter.kind](value))


# The texts within what a parameter of a kind is given, and the ids within it.
TEXTS: Mapping[str, Callable[[Any], list[str]]] = {
    "title": lambda value: [value],
    "finding": lambda value: [REFERENCE.sub("·", value)],
    "headings": list,
    "periods": lambda value: list(value.values()),
    "groups": lambda value: list(value) if isinstance(value, dict) else [],
    "cells": list,
    "steps": lambda value: [text for name, words, _ in value for text in (name, words)],
}
IDS: Mapping[str, tuple[str, Callable[[Any], list[str]]]] = {
    **{kind: (kind, lambda value: [value]) for kind in ("figure", "relation", "bulletin")},
    "figures": ("figure", list),
    "relations": ("relation", list),
    "periods": ("period", list),
    "finding": ("any", REFERENCE.findall),
    "groups": (
        "figure",
        lambda value: (
            [name for group in value.values() for name in group] if isinstance(value, dict) else value
        ),
    ),
    "cells": ("figure", lambda value: [name for row in value.values() for name in row if name]),
    "steps": ("figure", lambda value: [name for *_, names in value for name in names]),
}


def named(call: Call) -> Iterator[tuple[str, str]]:
    """List what a call names: (kind, id), where a kind is figure, relation, period, bulletin or any."""
    for name, parameter in MACROS[call.macro].items():
        value = call.given.get(name)
        if value and parameter.kind in IDS:
            kind, ids = IDS[parameter.kind]
            yield from ((kind, found) for found in ids(value))
