"""Takes two versions of a package and gives what differs, cell by cell, as data and in words."""

from kuaibao.versions.compare import Cell, Change, compare
from kuaibao.versions.report import FORMS, report

__all__ = ["FORMS", "Cell", "Change", "compare", "report"]
