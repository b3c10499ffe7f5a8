"""A file in, its text and the numerals in it out: txt, md, html, docx and pdf with a text layer.

What a file gives as text is said at each form's module: `plain`, `web`, `word`, `portable`. In extracted
text a paragraph is a block, blocks are parted by a blank line; a table is one block with a row a line and
a tab between cells; a line break within a paragraph is one line feed.
"""

from .extract import extract
from .model import Document, Stretch
from .numerals import numerals, printed

__all__ = ["Document", "Stretch", "extract", "numerals", "printed"]
