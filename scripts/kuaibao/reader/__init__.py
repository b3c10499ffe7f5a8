"""Chinese text in, every quantity expression out with its value, interval, unit and hedge."""

from .flat import printed
from .model import Numeral
from .scan import read
from .table import read_table

__all__ = ["Numeral", "printed", "read", "read_table"]
