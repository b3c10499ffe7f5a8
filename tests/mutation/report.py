"""Takes judged mutants and gives the table a kind, as Markdown or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mutation.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mutation.run import Mutant

HEAD = ("kind", "mutants", "rules", "with text", "with seal", "with release", "asked", "Frictionless")
NOTE = """\
Each column adds to the one before: `rules` of `kuaibao check` that look at meaning and form; `with text`,
when the bulletin's text is at hand; `with seal`, a hash over ledger, figures, measures and relations, which
notices a change without understanding it; `with release`, the comparison with the released version, which
does the same for every cell. `Frictionless` is what a validation of the same package by Frictionless alone
finds, of those that it was `asked` about. A bulletin whose text is not at hand is not held against it.
"""


class Line(NamedTuple):
    """What became of the mutants of a kind."""

    name: str
    mutants: int
    rules: int
    text: int
    seal: int
    release: int
    asked: int
    frictionless: int


def survivors(mutants: Sequence[Mutant]) -> list[Mutant]:
    """List what went wrong: corruptions that nobody noticed, and alarms at what says the same."""
    return [each for each in mutants if each.verdict.caught != KINDS[each.kind].changes_meaning]


def _line(name: str, mutants: Sequence[Mutant]) -> Line:
    found = [each.verdict for each in mutants]
    return Line(
        name,
        len(found),
        sum(each.rules for each in found),
        sum(each.rules or each.text for each in found),
        sum(each.rules or each.text or each.seal for each in found),
        sum(each.caught for each in found),
        sum(each.frictionless is not None for each in found),
        sum(each.frictionless is True for each in found),
    )


def lines(mutants: Sequence[Mutant]) -> list[Line]:
    """Count by kind; then all that change the meaning, and all that say the same."""
    kinds = [_line(kind.name, [each for each in mutants if each.kind == at]) for at, kind in enumerate(KINDS)]
    sums = [
        _line(name, [each for each in mutants if KINDS[each.kind].changes_meaning == meaning])
        for name, meaning in (("all that change the meaning", True), ("all that say the same", False))
    ]
    return [line for line in kinds if line.mutants] + sums


def as_markdown(mutants: Sequence[Mutant], seed: int) -> str:
    """Write a table, then whatever went wrong with the words that make it again."""
    rows = [HEAD, ("---",) + ("---:",) * (len(HEAD) - 1), *(tuple(map(str, line)) for line in lines(mutants))]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    wrong = [f"- {' · '.join(map(str, each.values()))}\n" for each in as_json(mutants, seed)["wrong"]]
    return f"Seed {seed}.\n\n{table}\n{NOTE}\n{len(wrong)} went wrong.\n{''.join(wrong)}"


def as_json(mutants: Sequence[Mutant], seed: int) -> dict[str, Any]:
    """Give the same for a program."""
    wrong = [
        {
            "kind": KINDS[each.kind].name,
            "bulletin": each.state.bulletin,
            "seed": each.seed,
            "files": each.files,
        }
        for each in survivors(mutants)
    ]
    return {"seed": seed, "kinds": [line._asdict() for line in lines(mutants)], "wrong": wrong}
