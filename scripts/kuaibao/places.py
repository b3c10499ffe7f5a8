"""Takes a bulletin's text and tells places in it: which line of its section a character stands on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Lines:
    """The lines of a text that hold more than blanks."""

    def __init__(self, text: str) -> None:
        """Find where each line begins."""
        self.starts: list[int] = []
        at = 0
        for line in text.split("\n"):
            if line.strip():
                self.starts.append(at)
            at += len(line) + 1

    def paragraph(self, offset: int, section: str, start: int) -> int:
        """Count the lines of a section up to an offset; the heading of a section is line 0.

        Section 0, the masthead, has no heading, so that its first line is 1.
        """
        inside = bisect_right(self.starts, offset) - bisect_left(self.starts, start)
        return inside - (section != "0")
