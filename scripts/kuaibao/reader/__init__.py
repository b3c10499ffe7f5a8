"""Reader for Chinese quantity expressions: text in, every numeral with value, interval, unit and hedge out."""

from .model import Numeral
from .scan import read
from .table import read_table

__all__ = ["Numeral", "read", "read_table"]
