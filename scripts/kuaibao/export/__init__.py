"""Takes a dataset (tables as text, with their schema) and gives its downloads as bytes, by file name."""

from kuaibao.export.dataset import Dataset, ForeignKey, Licence, Table
from kuaibao.export.formats import FORMATS, Format, files
from kuaibao.export.problems import ExportError

__all__ = ["FORMATS", "Dataset", "ExportError", "ForeignKey", "Format", "Licence", "Table", "files"]
