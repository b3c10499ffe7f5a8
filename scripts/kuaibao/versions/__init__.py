"""Takes two versions of a package and gives what differs, cell by cell, as data and in words."""

from kuaibao.versions.compare import Cell, Change, Kind, compare, recoded
from kuaibao.versions.level import FIRST, LEVELS, following, of_substance, reason
from kuaibao.versions.report import FORMS, counts, difference_name, report

__all__ = [
    "FIRST",
    "FORMS",
    "LEVELS",
    "Cell",
    "Change",
    "Kind",
    "compare",
    "counts",
    "difference_name",
    "following",
    "of_substance",
    "reason",
    "recoded",
    "report",
]
