"""Measure characters a second and growth with length, beside Recognizers-Text where it is installed.

    PYTHONPATH=scripts python tests/benchmarks/speed.py [TEXT …]

Without arguments the annotated texts beside this file are read. Times are processor time on one core.
"""

# ruff: noqa: T201 (a benchmark prints its findings)
from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from peer import plain_numbers

from kuaibao.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = Path(__file__).parent / "texts"
ADVERSE = (
    "一",
    "1",
    "1.",
    "百",
    "万",
    "第",
    "（",
    "近",
    "1—",
    "1至",
    "一\n",
    "百分之",
    "〔2021〕",
    "又",
    "块五",
    "廿",
    ".五",
    "1廿",
    "三4",
    "\n- 1 -",
    " ",
    "\n",
)


def seconds(function: Callable[[str], object], text: str) -> float:
    """Return the best processor time of three runs."""
    times = []
    for _ in range(3):
        start = time.process_time()
        function(text)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print a line for each text, then growth from 100,000 to 800,000 characters of one piece repeated."""
    peers = {"kuaibao": read, "recognizers-text, plain numbers only": plain_numbers()}
    for path in map(Path, sys.argv[1:]) if sys.argv[1:] else sorted(TEXTS.glob("*.txt")):
        text = path.read_text(encoding="utf-8") * 20
        density = len(text) / max(1, len(read(text)))
        for title, function in peers.items():
            if function:
                rate = len(text) / seconds(function, text) / 1e6
                print(f"{path.stem:12} {density:5.1f} characters a numeral, {rate:5.2f} M/s, {title}")
    for piece in ADVERSE:
        short, long = (seconds(read, piece * (length // len(piece))) for length in (100_000, 800_000))
        print(f"{piece!r:12} 8 times the length takes {long / max(short, 1e-4):5.1f} times the time")


if __name__ == "__main__":
    main()
