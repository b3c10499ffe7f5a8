"""Takes the facts of all datasets and gives what their DCAT-AP catalogue refers to, each with its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.describe.linked import ref, texts
from kuaibao.describe.wording import both
from kuaibao.errors import LANGUAGES
from kuaibao.export import FORMATS
from kuaibao.model import contributor_anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kuaibao.describe.facts import Facts, Publication
    from kuaibao.describe.linked import Node
    from kuaibao.errors import Language
    from kuaibao.export import Format

AUTHORITY = "http://publications.europa.eu/resource/authority/"
# The bulletins are issued by government bodies, whatever they report on; their topics say the rest.
THEMES, THEME = f"{AUTHORITY}data-theme", f"{AUTHORITY}data-theme/GOVE"
LANGUAGE_IDS: dict[Language, str] = {"zh": f"{AUTHORITY}language/ZHO", "en": f"{AUTHORITY}language/ENG"}
PUBLIC, STABLE = f"{AUTHORITY}access-right/PUBLIC", f"{AUTHORITY}planned-availability/STABLE"
# The EU's file types by format of the downloads; it has none for SQLite.
FILE_TYPES = {key: f"{AUTHORITY}file-type/{key.upper()}" for key in ("csv", "json", "xlsx", "parquet", "zip")}
IRREGULAR = f"{AUTHORITY}frequency/IRREG"  # bulletins and corrections come when they come
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
DESCRIPTOR_TYPES = f"{MEDIA_TYPES}application/json", FILE_TYPES["json"]  # of datapackage.json
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
LICENCE_TYPES = {"CC-BY-4.0": "http://purl.org/adms/licencetype/Attribution"}  # by SPDX identifier
PROFILE = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/"
CSVW_STANDARD = "https://www.w3.org/TR/tabular-metadata/"


def agent_id(site: Publication, name: str) -> str:
    """Identify someone who made or publishes data."""
    return f"{site.url}data/#{contributor_anchor(name)}"


def topics_id(site: Publication) -> str:
    """Identify the project's own list of topics by its download."""
    return f"{site.downloads}codelists/topics.csv"


def topic_id(site: Publication, code: str) -> str:
    """Identify a topic of that list."""
    return f"{topics_id(site)}#{code}"


def media_type_id(form: Format) -> str:
    """Identify a media type by IANA's registry."""
    return MEDIA_TYPES + form.media_type


def file_type_id(form: Format) -> str:
    """Identify a file type by the EU's list, or by IANA's where that has none."""
    return FILE_TYPES.get(form.key, media_type_id(form))


def shared(datasets: Sequence[Facts]) -> list[Node]:
    """Declare everything that the catalogue refers to, once, in order of the identifiers."""
    declared = {node["@id"]: node for facts in datasets for node in _declared(facts)}
    return [declared[name] for name in sorted(declared)]


def _declared(facts: Facts) -> Iterator[Node]:
    site = facts.publication
    for name in {facts.publisher, *facts.creators}:
        yield _thing(agent_id(site, name), "foaf:Agent") | {"foaf:name": name}
    yield from _things("dct:LinguisticSystem", LANGUAGE_IDS.values())
    yield from _things("dct:Standard", (PROFILE, CSVW_STANDARD, facts.dataset.descriptor["$schema"]))
    for form in FORMATS:
        yield ref(media_type_id(form)) | {"@type": ["dct:MediaType", "dct:MediaTypeOrExtent"]}
    yield from _things("dct:MediaTypeOrExtent", FILE_TYPES.values())
    yield from _things("foaf:Document", (site.url, *facts.pages.values()))
    yield _thing(PUBLIC, "dct:RightsStatement") | {"rdfs:label": texts(both("public"))}
    yield _thing(IRREGULAR, "dct:Frequency") | {"rdfs:label": texts(both("irregular"))}
    yield _thing(SHA256, "spdx:ChecksumAlgorithm")
    yield from _licence(facts)
    yield from _concepts(facts)


def _licence(facts: Facts) -> Iterator[Node]:
    licence = facts.dataset.licence
    node = _thing(licence.path, "dct:LicenseDocument") | {"dct:title": licence.title}
    kind = LICENCE_TYPES.get(licence.name)
    yield node | ({"dct:type": ref(kind)} if kind else {})
    if kind:
        yield _concept(kind, "attribution")


def _concepts(facts: Facts) -> Iterator[Node]:
    site = facts.publication
    yield _concept(STABLE, "stable")
    yield _concept(THEME, "theme") | {"skos:inScheme": ref(THEMES)}
    yield _thing(THEMES, "skos:ConceptScheme") | {"dct:title": texts(both("themes"))}
    yield _thing(topics_id(site), "skos:ConceptScheme") | {"dct:title": texts(both("topics"))}
    for topic in facts.topics:
        node = _thing(topic_id(site, topic.code), "skos:Concept") | {"skos:prefLabel": texts(topic.label)}
        yield node | {"skos:notation": topic.code, "skos:inScheme": ref(topics_id(site))}


def _concept(address: str, key: str) -> Node:
    return _thing(address, "skos:Concept") | {"skos:prefLabel": texts(both(key))}


def _things(kind: str, addresses: Iterable[str]) -> Iterator[Node]:
    return (_thing(address, kind) for address in addresses)


def _thing(address: str, kind: str) -> Node:
    return ref(address) | {"@type": kind}


def languages() -> list[Node]:
    """Refer to Chinese and English."""
    return [ref(LANGUAGE_IDS[language]) for language in LANGUAGES]
