"""A superscript and what stands before it in, out whether it is the mark of a note, or how it is written.

A mark is not read, for its digits would be taken for the end of the number before it.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"\s*(?:[\[［〔(（]?[0-9]{1,2}[\])）］〕]?|[①-⑳*]+|注\s*[0-9]*)\s*")
_POWER = re.compile(r"(?:[A-Za-z]|(?<![0-9.,])10)\s*$")

_LENGTH = re.compile(r"(?<![A-Za-z])[cdhkm]?m\s*$")
_TEN = re.compile(r"(?<![0-9.,])10\s*$")
_SHORT = re.compile("[23]")
_EXPONENT = re.compile("[-−]?[0-9]{1,2}")
_RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")


def is_mark(superscript: str, before: str) -> bool:
    """Tell the mark of a note from a power, as the 2 of km² and the 4 of 10⁴."""
    return _MARK.fullmatch(superscript) is not None and _POWER.search(before) is None


def written(superscript: str, before: str) -> str:
    """Return a superscript as text: m² and 10⁴ with raised digits, anything else as it is."""
    raised = superscript.strip()
    for base, power in ((_LENGTH, _SHORT), (_TEN, _EXPONENT)):
        if base.search(before) and power.fullmatch(raised):
            return raised.translate(_RAISED)
    return superscript
