"""A superscript and what stands before it in, whether it is the mark of a note out.

A mark is not read, for its digits would be taken for the end of the number before it.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"\s*(?:[\[［〔(（]?[0-9]{1,2}[\])）］〕]?|[①-⑳*]+|注\s*[0-9]*)\s*")
_POWER = re.compile(r"(?:[A-Za-z]|(?<![0-9.,])10)\s*$")


def is_mark(superscript: str, before: str) -> bool:
    """Tell the mark of a note from a power, as the 2 of km² and the 4 of 10⁴."""
    return _MARK.fullmatch(superscript) is not None and _POWER.search(before) is None
