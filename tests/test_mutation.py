"""Corruptions are noticed: a small sample here, thousands with `make mutate`."""

from __future__ import annotations

import pytest

from mutation.kinds import KINDS
from mutation.report import as_json, as_markdown, lines, survivors
from mutation.run import Mutant, make, mutants, states

GOOD = states(None)[-1]


@pytest.fixture(scope="module")
def made() -> list[Mutant]:
    """Judge one mutant of each kind of the good project."""
    return mutants([GOOD], 1, len(KINDS), processes=1)


def test_every_corruption_is_noticed(made: list[Mutant]) -> None:
    """What changes the meaning is caught, and nothing is said of what does not."""
    assert survivors(made) == []
    assert len(made) > len(KINDS) - 3  # the good project has nothing for the few others


def test_hashes_are_told_apart(made: list[Mutant]) -> None:
    """The table says how much each of rules, text, seal and release adds."""
    meaning = lines(made)[-2]
    assert 0 < meaning.rules < meaning.text < meaning.release == meaning.mutants
    assert meaning.asked == meaning.mutants
    assert 0 < meaning.frictionless < meaning.rules


def test_same_seed_same_mutants() -> None:
    """A mutant can be made again from its seed."""
    for kind in range(len(KINDS)):
        assert make(GOOD, kind, "7") == make(GOOD, kind, "7")


def test_a_survivor_is_reported(made: list[Mutant]) -> None:
    """A corruption that nobody noticed is named with what makes it again."""
    verdict = made[0].verdict._replace(rules=False, text=False, seal=False, release=False)
    lost = made[0]._replace(verdict=verdict)
    assert as_json([lost], 1)["wrong"] == [
        {"kind": "digit changed", "bulletin": "test-001", "seed": "1:0", "files": lost.files}
    ]
    assert "1 went wrong.\n- digit changed · test-001 · 1:0 · " in as_markdown([lost], 1)
