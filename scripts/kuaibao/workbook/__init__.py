"""Takes a drafted bulletin and gives it as a workbook to edit in Excel or WPS; takes the workbook back."""

from kuaibao.workbook.opening import opened
from kuaibao.workbook.places import places
from kuaibao.workbook.reader import Edited, read
from kuaibao.workbook.writer import write

__all__ = ["Edited", "opened", "places", "read", "write"]
