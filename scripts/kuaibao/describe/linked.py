"""Takes nodes of linked data, written as compact JSON-LD, and gives them as JSON-LD or as Turtle."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kuaibao.describe.facts import TAGS
from kuaibao.errors import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kuaibao.errors import Language

# A node is a mapping of prefixed names to values; a value is text, a reference, a literal with language
# or type, a node without @id (a blank node), or a list of those.
Node = dict[str, Any]

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
IN_ADDRESSES = "%/:#?=&;@+$,!*'()~[]-._"


def ref(address: str) -> Node:
    """Refer to a thing by its address."""
    return {"@id": quote(address, safe=IN_ADDRESSES)}


def texts(words: Mapping[Language, str]) -> list[Node]:
    """Write text in both languages, Chinese first; what is empty is left out."""
    return [{"@value": words[lang], "@language": TAGS[lang]} for lang in LANGUAGES if words.get(lang)]


def typed(text: object, kind: str) -> Node:
    """Write a literal of an XML Schema type."""
    return {"@value": str(text), "@type": f"xsd:{kind}"}


def dated(text: str) -> Node:
    """Write a year, month or day with the type of its precision."""
    return typed(text, {4: "gYear", 7: "gYearMonth"}.get(len(text), "date"))


def json_bytes(document: object) -> bytes:
    """Write a JSON document, UTF-8, indented by two."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def json_ld(nodes: Sequence[Node]) -> bytes:
    """Write nodes as one JSON-LD document that loads nothing else."""
    return json_bytes({"@context": PREFIXES, "@graph": list(nodes)})


def turtle(nodes: Iterable[Node]) -> bytes:
    """Write nodes as Turtle, a block a node."""
    head = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    return (head + "".join(f"\n<{node['@id']}> {_properties(node, 1)} .\n" for node in nodes)).encode()


def _properties(node: Node, depth: int) -> str:
    break_ = " ;\n" + "    " * depth
    return break_.join(
        f"{'a' if name == '@type' else name} {', '.join(_values(name, value, depth))}"
        for name, value in node.items()
        if name != "@id"
    )


def _values(name: str, value: Any, depth: int) -> list[str]:  # noqa: ANN401  # JSON
    values = value if isinstance(value, list) else [value]
    return values if name == "@type" else [_value(each, depth) for each in values]


def _value(value: str | Node, depth: int) -> str:
    match value:
        case str():
            return _quoted(value)
        case {"@value": text, "@language": tag}:
            return f"{_quoted(text)}@{tag}"
        case {"@value": text, "@type": kind}:
            return f"{_quoted(text)}^^{kind}"
        case {"@id": address}:
            return f"<{address}>"
        case _:
            return f"[ {_properties(value, depth + 1)} ]"


def _quoted(text: str) -> str:
    # JSON's escapes are Turtle's as well; Turtle wants no others.
    return json.dumps(text, ensure_ascii=False)
