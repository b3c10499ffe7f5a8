"""Takes a seed and a number of mutants; makes them, judges them in several processes, and counts."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, NamedTuple

from mutation.copy import Copy, copy_of
from mutation.judge import Bench, Verdict
from mutation.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

TESTS = Path(__file__).parents[1]
GOOD, OWN = TESTS / "packages" / "good", TESTS.parent
TRIES = 20
ASKED = 4  # Frictionless is asked of the first of so many mutants of a kind and bulletin
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder in memory, where the system has one


class State(NamedTuple):
    """A bulletin to corrupt: its project, the folder of its text, and whether it is sealed and released."""

    root: Path
    bulletin: str
    sources: Path | None
    is_released: bool = True

    def copy(self) -> Copy:
        """Read the bulletin; one that is not released has no seal either."""
        found = copy_of(self.root, self.bulletin)
        return found if self.is_released else found.unsealed()


class Mutant(NamedTuple):
    """One corruption: of what, of which kind, where, and who noticed."""

    state: State
    kind: int
    seed: str
    files: tuple[str, ...]
    verdict: Verdict


def states(sources: Path | None, *, is_released: bool = True) -> list[State]:
    """List the bulletins: those of the project, and the one written for the tests, whose text is at hand."""
    own = sorted(
        path.name for path in (OWN / "datapackages").iterdir() if (path / "data" / "figures.csv").is_file()
    )
    texts = [sources if sources and (sources / f"{name}.txt").is_file() else None for name in own]
    found = [State(OWN, name, text, is_released) for name, text in zip(own, texts, strict=True)]
    return [*found, State(GOOD, "test-001", TESTS / "packages" / "sources", is_released)]


def mutants(found: Sequence[State], seed: int, count: int, processes: int | None = None) -> list[Mutant]:
    """Make and judge `count` mutants, equally many of each kind and bulletin."""
    each = -(-count // (len(KINDS) * len(found)))
    jobs = [
        (state, kind, f"{seed}:{at}") for state in found for kind in range(len(KINDS)) for at in range(each)
    ]
    with in_memory() as folder:
        judged = partial(_mutant, folder)
        if processes == 1:
            made = list(map(judged, jobs))
        else:
            with ProcessPoolExecutor(processes or os.cpu_count()) as pool:
                made = list(pool.map(judged, jobs, chunksize=8))
    return [mutant for mutant in made if mutant is not None]


def make(state: State, kind: int, seed: str) -> Copy | None:
    """Make a mutant; None where a bulletin has nothing to corrupt in this way."""
    copy, rng = state.copy(), Random(f"{state.bulletin}:{KINDS[kind].name}:{seed}")  # noqa: S311  # repeatable
    for _ in range(TRIES):
        changed = KINDS[kind].make(rng, copy)
        if changed is not None and changed.changed(copy):
            return changed
    return None


def in_memory() -> TemporaryDirectory[str]:
    """Make a folder that is removed, in memory where the system has a place there."""
    return TemporaryDirectory(prefix="kuaibao-mutants-", dir=MEMORY if MEMORY.is_dir() else None)


def _mutant(folder: str, job: tuple[State, int, str]) -> Mutant | None:
    state, kind, seed = job
    changed = make(state, kind, seed)
    if changed is None:
        return None
    bench = _bench(folder, state)
    verdict = bench.judge(changed, ask_frictionless=int(seed.partition(":")[2]) % ASKED == 0)
    return Mutant(state, kind, seed, tuple(changed.changed(bench.copy)), verdict)


@cache
def _bench(folder: str, state: State) -> Bench:
    return Bench(Path(mkdtemp(dir=folder)), state.copy(), state.sources, is_released=state.is_released)
