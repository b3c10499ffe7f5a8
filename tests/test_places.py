"""A numeral's paragraph is the number of its line within its section."""

from __future__ import annotations

from kuaibao.places import Lines

TEXT = "刊名\n\n第 1 期\n\n一、标题\n第一行 3 个\n\n   \n第二行 5 个\n"


def test_masthead_counts_from_one() -> None:
    """Section 0 has no heading: its first line is line 1."""
    assert Lines(TEXT).paragraph(TEXT.index("第 1 期"), "0", 0) == 2


def test_heading_is_line_zero() -> None:
    """A section's heading is line 0, blank lines are not counted."""
    start = TEXT.index("一、")
    lines = Lines(TEXT)
    found = [lines.paragraph(TEXT.index(word), "1", start) for word in ("一、", "3 个", "5 个")]
    assert found == [0, 1, 2]
