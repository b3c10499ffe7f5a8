"""Counts what was checked and keeps what failed: the outcome of every rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kuaibao.errors import Problem, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kuaibao.errors import Place
    from kuaibao.model import Package, Row


@dataclass(slots=True)
class Tally:
    """Problems in the order in which they were found, and how often each rule was applied."""

    problems: list[Problem] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)

    def expect(self, ok: bool, code: str, place: Place, value: str = "", **params: str) -> bool:  # noqa: FBT001  # reads like assert
        """Count one application of a rule; keep a problem where it failed. Gives `ok` back."""
        if ok:
            self.checked[code] += 1
        else:
            self.fail(code, place, value, **params)
        return ok

    def fail(self, code: str, place: Place, value: str = "", **params: str) -> None:
        """Count one application of a rule that failed."""
        self.checked[code] += 1
        self.problems.append(Problem(code, place, value, params))

    def failed(self, code: str) -> int:
        """Count the problems under a rule."""
        return sum(problem.code == code for problem in self.problems)

    def outcome(self) -> list[tuple[str, int, int]]:
        """List (rule, times checked, problems) for every rule that was applied, in catalogue order."""
        return [(code, self.checked[code], self.failed(code)) for code in rules() if self.checked[code]]


@dataclass(frozen=True, slots=True)
class Line:
    """A row under check; it knows its place, so that a rule names only the column."""

    package: Package
    table: str
    index: int
    row: Row
    tally: Tally

    def expect(self, ok: bool, code: str, column: str, /, **params: str) -> bool:  # noqa: FBT001  # reads like assert
        """Count one application of a rule to a cell, whose value the problem shows."""
        if ok:
            self.tally.checked[code] += 1
        else:
            self.fail(code, column, **params)
        return ok

    def fail(self, code: str, column: str, /, **params: str) -> None:
        """Count one application of a rule to a cell that failed."""
        place = self.package.place(self.table, self.index, column)
        self.tally.fail(code, place, params.pop("value", self.row[column]), **params)


def lines(package: Package, table: str, tally: Tally) -> Iterator[Line]:
    """Go through a table, row by row."""
    for index, row in enumerate(package.rows(table)):
        yield Line(package, table, index, row, tally)
