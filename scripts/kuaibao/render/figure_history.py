"""Takes an edition and gives the history of its figures: corrections as read, and what was withdrawn."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kuaibao import summary, wording
from kuaibao.history import releases
from kuaibao.model import Interval, Quantity, field_names, schema
from kuaibao.render.reworded import Rewordings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.history import Release
    from kuaibao.model import Row, Version
    from kuaibao.render.edition import Edition
    from kuaibao.versions import Kind

WITHDRAWN = "figure"  # the column of a correction that takes the whole figure back
# The columns that together say how much: a change of one changes how the figure reads.
AMOUNT = ("value", "value_end", "qualifier", WITHDRAWN)
PERIOD = ("period", "period_basis")
TABLES = ("numerals", "figures")  # whose columns corrections name: what was printed, and the figure
CHINESE = ("printed", "header_unit", "note_zh", "reason_zh")
CODES = {"indicator": "indicators", "area": "areas", "unit": "units"}


class Correction(NamedTuple):
    """A correction as read: its row, the label of its figure, the title of its column, its version."""

    row: Row
    label: str
    column: str
    old: str
    new: str
    version: Version | None

    @property
    def is_chinese(self) -> bool:
        """Tell whether old and new are Chinese in every edition, as what was printed is."""
        return self.row["column"] in CHINESE


class Withdrawn(NamedTuple):
    """A figure that was taken back: as it last read and was printed, the last version with it, and why."""

    id: str
    label: str
    text: str
    printed: str
    last: Version
    why: Correction
    corrections: list[Correction]


class Touched(NamedTuple):
    """A figure that a version added, removed or changed: its label, how it reads, its address."""

    kind: Kind
    label: str
    text: str
    address: str


class FigureHistory:
    """The history of the figures of one edition."""

    def __init__(self, edition: Edition) -> None:
        """Bind the history to an edition."""
        self.edition = edition

    @cached_property
    def releases(self) -> Mapping[str, list[Release]]:
        """The releases of every package, oldest first."""
        return {package.name: releases(package) for package in self.edition.archive.packages()}

    @cached_property
    def rewordings(self) -> Rewordings:
        """The changes of labels and definitions."""
        return Rewordings(self.edition.archive, self.releases)

    @cached_property
    def _came_with(self) -> Mapping[str, Version]:
        """The version that each correction came with."""
        return {
            row["correction"]: release.version
            for found in self.releases.values()
            for release in found
            for row in release.corrections
        }

    @cached_property
    def _published(self) -> Mapping[str, list[tuple[Version, dict[str, Row]]]]:
        """The figures of every release of a bulletin by id, newest first."""
        packages = self.edition.archive.bulletins.values()
        return {
            package.name: [(version, _rows(version, "figure")) for version in reversed(package.releases)]
            for package in packages
        }

    def is_known(self, name: str) -> bool:
        """Tell whether there is a history of a figure: a release that holds it, or a correction."""
        return name in self.edition.corrections or self._was_published(name)

    def unchanged_since(self, name: str) -> Version | None:
        """Give the first of the versions since which a figure stands as it does; None where none holds it."""
        current, since = self.edition.figures[name].row, None
        reworded = {each.version and each.version.number for each in self.rewordings.of(name)}
        for version, figures in self._published[_bulletin(name)] if None not in reworded else ():
            if name not in figures or _differ(current, figures[name]):
                break
            since = version
            if version.number in reworded:
                break
        return since

    def correction(self, name: str) -> Correction:
        """Give a correction by its id."""
        return self._by_id[name]

    @cached_property
    def _by_id(self) -> Mapping[str, Correction]:
        return {each.row["correction"]: each for name in self.edition.corrections for each in self.of(name)}

    def of(self, name: str) -> list[Correction]:
        """List the corrections of a figure, oldest first, each as it read before and after."""
        row = self._row(name)
        told: list[Correction] = []
        for correction in reversed(self.edition.corrections.get(name, [])):
            cell = correction["column"]
            after = row if cell == WITHDRAWN else {**row, cell: correction["new"]}
            row = row if cell == WITHDRAWN else {**row, cell: correction["old"]}
            told.insert(0, self._told(correction, row, after))
        return told

    def corrected(self, name: str) -> str:
        """Give the day on which a figure of a released package was corrected last; '' where it never was."""
        released = self.edition.archive.bulletins[_bulletin(name)].releases
        found = self.edition.corrections.get(name, []) if released else []
        return max((row["date"] for row in found), default="")

    def _row(self, name: str) -> Row:
        """Give a figure as it stands, else as it was last published, else blank."""
        if name in self.edition.figures:
            return self.edition.figures[name].row
        blank = {**dict.fromkeys(field_names("figures"), ""), "figure": name}
        return self._last(name)[1] if self._was_published(name) else blank

    def _last(self, name: str) -> tuple[Version, Row]:
        """Find the version that held a figure last; raises KeyError where none did."""
        for version, figures in self._published[_bulletin(name)]:
            if name in figures:
                return version, figures[name]
        raise KeyError(name)

    def touched(self, release: Release) -> list[Touched]:
        """List the figures that a version added, removed or changed; of a first version, all."""
        rows = _rows(release.version, "figure")
        kinds: dict[str, Kind] = dict.fromkeys(rows, "added")
        if release.before is not None:
            rows = _rows(release.before, "figure") | rows
            kinds = {change.key: change.kind for change in release.changes if change.table == "figures"}
        return [self._touched(kind, rows[name]) for name, kind in kinds.items()]

    def _touched(self, kind: Kind, row: Row) -> Touched:
        edition, name = self.edition, row["figure"]
        package = edition.archive.bulletins[_bulletin(name)]
        address = summary.address(package, edition.site_url, edition.language, name)
        return Touched(kind, self._text("indicator", row), self._text("value", row), address)

    def withdrawn(self, bulletin: str) -> list[Withdrawn]:
        """List the published figures of a bulletin that were taken back, by id."""
        rows = self.edition.archive.bulletins[bulletin].rows("corrections")
        gone = sorted({row["figure"] for row in rows if row["column"] == WITHDRAWN} - {*self.edition.figures})
        return [self._withdrawn(name) for name in gone if self._was_published(name)]

    def _was_published(self, name: str) -> bool:
        return any(name in figures for _, figures in self._published[_bulletin(name)])

    def _withdrawn(self, name: str) -> Withdrawn:
        version, row = self._last(name)
        printed = _rows(version, "numeral").get(row["numeral"], {}).get("printed", "")
        corrections = self.of(name)
        why = next(each for each in reversed(corrections) if each.row["column"] == WITHDRAWN)
        text, label = self._text("value", row), self._text("indicator", row)
        return Withdrawn(name, label, text, printed, version, why, corrections)

    def _told(self, correction: Row, before: Row, after: Row) -> Correction:
        column = correction["column"]
        fields = {field["name"]: field for table in TABLES for field in schema(table)["fields"]}
        title = fields[column]["title" if self.edition.language == "zh" else "title_en"]
        old = self._text(column, before)
        new = self.edition.say("withdrawn") if column == WITHDRAWN else self._text(column, after)
        if old == new:  # as they read they do not show what changed
            old, new = correction["old"], correction["new"]
        came_with = self._came_with.get(correction["correction"])
        label = self._text("indicator", after)
        return Correction(correction, label, str(title), old, new, came_with)

    def _text(self, column: str, row: Row) -> str:
        """Write a cell as the site shows it; a cell that has no such reading stands as it is."""
        try:
            return self._words(column, row) or self.edition.say("none")
        except (LookupError, ValueError, ArithmeticError):
            return row[column]

    def _words(self, column: str, row: Row) -> str:
        edition, bulletin = self.edition, _bulletin(row["figure"])
        if column in AMOUNT:
            unit = edition.code("units", row["unit"])
            return wording.quantity(_amount(row), unit, edition.language)
        if column in PERIOD:
            return wording.period(row, edition.issued(bulletin), edition.language)
        if column == "measure":
            return edition.of(edition.measures[row[column]], "label")
        return edition.label(CODES[column], row[column]) if column in CODES else row[column]


def _bulletin(name: str) -> str:
    return name.partition(".")[0]


def _rows(version: Version, key: str) -> dict[str, Row]:
    """Give the figures or the numerals of a version by their id."""
    return {row[key]: row for row in version.tables.get(f"{key}s", ())}


def _differ(current: Row, released: Row) -> bool:
    """Tell whether two rows of a figure differ in more than their notes."""
    shared = current.keys() & released.keys() - {"note_zh", "note_en"}
    return any(current[column] != released[column] for column in shared)


def _amount(row: Row) -> Quantity:
    """Read how much a row says; the interval, which rests on the print, is left open."""
    return Quantity(
        value=Decimal(row["value"]),
        value_end=Decimal(row["value_end"]) if row["value_end"] else None,
        interval=Interval(low=None, high=None),
        qualifier=row["qualifier"],
        unit=row["unit"],
    )
