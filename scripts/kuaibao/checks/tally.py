"""Counts what was checked and keeps what failed: the outcome of every rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kuaibao.errors import Problem, rules

if TYPE_CHECKING:
    from kuaibao.errors import Place


@dataclass(slots=True)
class Tally:
    """Problems in the order in which they were found, and how often each rule was applied."""

    problems: list[Problem] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)

    def expect(self, ok: bool, code: str, place: Place, value: str = "", **params: str) -> bool:  # noqa: FBT001  # reads like assert
        """Count one application of a rule; keep a problem where it failed. Gives `ok` back."""
        self.checked[code] += 1
        if not ok:
            self.problems.append(Problem(code, place, value, params))
        return ok

    def failed(self, code: str) -> int:
        """Count the problems under a rule."""
        return sum(problem.code == code for problem in self.problems)

    def outcome(self) -> list[tuple[str, int, int]]:
        """List (rule, times checked, problems) for every rule that was applied, in catalogue order."""
        return [(code, self.checked[code], self.failed(code)) for code in rules() if self.checked[code]]
