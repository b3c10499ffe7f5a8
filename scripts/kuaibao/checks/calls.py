"""Takes the calls of macros on a page and holds what they name and draw against the data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kuaibao.checks.macros import named, usage
from kuaibao.errors import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.checks.macros import Call
    from kuaibao.checks.tally import Tally
    from kuaibao.model import Archive, Package, Row

WHOLE = re.compile(r"[0-9]{1,9}(?:\.0+)?")
MOST_DOTS = 300  # as many as the renderer draws
LEAST = {"slope": 2, "shares": 1, "chain": 2, "stair": 2}
RELATIONS = {"relation": "sum", "within": "subset", "relations": "share"}  # kinds that parameters ask for
COUNTED = ("dots", "grid")  # charts of one dot a thing
MIXED = (
    *COUNTED,
    "chain",
    "stair",
    "pairing",
    "parts",
    "shares",
)  # not drawn on one scale, or held by relations


@dataclass(frozen=True)
class Known:
    """What calls may name: figures and relations by id, the bulletins with their sections, kinds of units."""

    archive: Archive

    @cached_property
    def figures(self) -> Mapping[str, Row]:
        """Every figure by id."""
        return {row["figure"]: row for package in self._packages() for row in package.rows("figures")}

    @cached_property
    def relations(self) -> Mapping[str, Row]:
        """Every relation by id."""
        return {row["relation"]: row for package in self._packages() for row in package.rows("relations")}

    @cached_property
    def withdrawn(self) -> set[str]:
        """The figures that corrections have withdrawn."""
        rows = (row for package in self._packages() for row in package.rows("corrections"))
        return {row["figure"] for row in rows if row["column"] == "figure"} - set(self.figures)

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Kind of every unit: count, money, time, measure, ratio."""
        return {row["unit"]: row["kind"] for row in self.archive.codelists.rows("units")}

    def sections(self, bulletin: str) -> list[str]:
        """List the numbers of a bulletin's sections."""
        return [row["section"] for row in self.archive.bulletins[bulletin].rows("sections")]

    @cached_property
    def kinds_of_ids(self) -> Mapping[str, set[str]]:
        """The ids by what a macro may ask for; 'any' is a figure or a relation."""
        figures, relations, bulletins = set(self.figures), set(self.relations), set(self.archive.bulletins)
        kinds = {"figure": figures, "period": figures, "relation": relations, "bulletin": bulletins}
        return kinds | {"any": figures | relations, "everything": figures | relations | bulletins}

    def terms(self, relation: str) -> list[str]:
        """List the figures of a relation: its terms, and the result where there is one."""
        row = self.relations[relation]
        return [*row["terms"].split(), *([row["result"]] if row["result"] else [])]

    def related(self, names: list[str]) -> set[str]:
        """Give figures with all relations that one of them stands in, and all figures of these."""
        found = set(names)
        for name, row in self.relations.items():
            terms = {*row["terms"].split(), row["result"]} - {""}
            found |= {name, *terms} if terms & set(names) else set()
        return found

    def _packages(self) -> list[Package]:
        return list(self.archive.bulletins.values())


def expect_known(name: str, kind: str, place: Place, known: Known, tally: Tally) -> bool:
    """Check that an id which a page cites exists; one that was withdrawn is told as such."""
    if name in known.withdrawn:
        tally.fail("page-withdrawn", place, name)
        return False
    return tally.expect(name in known.kinds_of_ids[kind], "page-figure", place, name)


def check_call(call: Call, path: str, known: Known, tally: Tally) -> None:
    """Check that what a call names exists and is of the kind that its macro takes, and its chart."""
    place, before = Place(f"docs/{path}", call.line), len(tally.problems)
    for kind, name in named(call):
        if expect_known(name, "everything", place, known, tally):
            params = {"macro": call.macro, "usage": usage(call.macro)}
            tally.expect(name in known.kinds_of_ids[kind], "page-kind", place, name, **params)
    if len(tally.problems) == before:
        _check_relations(call, place, known, tally)
    if len(tally.problems) > before:
        return
    if "section" in call.given:
        _check_section(call, place, known, tally)
    if "finding" in call.given:
        _check_chart(call, place, known, tally)


def _check_relations(call: Call, place: Place, known: Known, tally: Tally) -> None:
    """Check that parts are drawn by a sum and its place in a whole, and shares by shares."""
    for key, kind in RELATIONS.items():
        given = call.given.get(key, [])
        for name in [given] if isinstance(given, str) else given:
            fits = known.relations[name]["kind"] == kind
            tally.expect(fits, "page-kind", place, name, macro=call.macro, usage=usage(call.macro))


def _check_section(call: Call, place: Place, known: Known, tally: Tally) -> None:
    bulletin, section = call.given["bulletin"], str(call.given["section"])
    sections = known.sections(bulletin)
    params = {"bulletin": bulletin, "sections": ", ".join(sections)}
    tally.expect(section in sections, "page-section", place, section, **params)


def _check_chart(call: Call, place: Place, known: Known, tally: Tally) -> None:
    macro, names = call.macro, [name for kind, name in named(call) if kind == "figure"]
    given = call.given.get("steps", call.given.get("relations", names))
    least = LEAST.get(macro, 0 if "relation" in call.given else 1)
    tally.expect(len(given) >= least, "page-chart", place, str(len(given)), macro=macro, least=str(least))
    if macro in COUNTED:
        for name in names:
            dotted = _is_dotted(known.figures[name], known)
            tally.expect(dotted, "page-dots", place, name, most=str(MOST_DOTS))
    if macro not in MIXED:
        units = Counter(known.figures[name]["unit"] for name in names)
        tally.expect(len(units) <= 1, "page-mixed-units", place, ", ".join(units), macro=macro)
    _check_finding(call, names, place, known, tally)


def _check_finding(call: Call, names: list[str], place: Place, known: Known, tally: Tally) -> None:
    """Check that a chart's words cite what it draws, or what stands in a relation with that."""
    drawn = [name for kind, name in named(call) if kind == "relation" and not names]
    related = known.related([*names, *(term for name in drawn for term in known.terms(name))])
    for kind, name in named(call):
        ours = name in (names if kind == "period" else related)
        tally.expect(ours, "page-finding", place, name, macro=call.macro)


def _is_dotted(row: Row, known: Known) -> bool:
    """Tell whether a figure is a count that dots can show, one dot a thing."""
    ends = [end for end in (row["value"], row["value_end"]) if end]
    whole = all(WHOLE.fullmatch(end) and float(end) <= MOST_DOTS for end in ends)
    return whole and bool(ends) and known.kinds.get(row["unit"]) == "count"
