"""Measure the reader on annotated texts and on the specifications of Recognizers-Text, beside that package.

    PYTHONPATH=scripts python tests/benchmarks/accuracy.py [--specifications FOLDER] [--texts FOLDER]

The texts beside this file are written for the purpose in the manner of work reports, communiqués and
trade-union bulletins, each with a table of its numerals. The tables of nine (brief, cityyear, county,
nation, town, township, village, weekly, yearly) were made by hand before the reader saw the texts; those of
the others were written by the reader (--write) and corrected by eye. All have been tuned for since:
agreement is expected, and only texts that the reader has not seen tell how good it is. --texts measures any
folder of such texts with tables, --misses lists what differs. The peer runs where ms-recognizers-text-suite
is installed (pip install ms-recognizers-text-suite, best in an environment of its own beside this one); it
knows neither kinds nor hedges, and its units have names of their own.
"""

# ruff: noqa: T201 (a benchmark prints its findings)
from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import annotated
import peer
import specifications

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = Path(__file__).parent / "texts"
MEASURES = ("found", "numeral", "kind", "value", "unit", "qualifier")
HEADINGS = ("found", "real spans", "figure/not", "value", "unit", "hedge")


def print_texts(folder: Path, *, misses: bool) -> None:
    """Print a line for each reader with its shares over all texts of a folder."""
    paths = [path for path in sorted(folder.glob("*.txt")) if path.with_suffix(".tsv").is_file()]
    rows = [row for path in paths for row in annotated.rows_of(path)]
    figures = sum(row["kind"] == "figure" for row in rows)
    print(f"{len(paths)} texts, {len(rows)} numerals, {figures} figures")
    print(f"{'':17}", *(f"{heading:>11}" for heading in HEADINGS))
    for title, score_text in scorers():
        score = annotated.Score()
        for path in paths:
            score_text(path, score)
        print(f"{title:17}", *(f"{score.share(name):>11}" for name in MEASURES))
        if misses and title == "kuaibao":
            print(*score.misses, sep="\n")


def scorers() -> list[tuple[str, Callable[[Path, annotated.Score], None]]]:
    """Return the reader, and the peer where it is installed, each as a function that scores a text."""
    found: list[tuple[str, Callable[[Path, annotated.Score], None]]] = [("kuaibao", annotated.score_reader)]
    if recognise := peer.recogniser():
        spans = partial(all_models, recognise)
        found.append(("recognizers-text", lambda path, score: annotated.score_spans(path, spans, score)))
    return found


def all_models(recognise: Callable[[str, str], list[peer.Span]], text: str) -> list[peer.Span]:
    """Return the spans of all the peer's models together."""
    return [span for model in peer.MODELS for span in recognise(text, model)]


def print_specifications(folder: Path, *, misses: bool) -> None:
    """Print for each model of the specifications how both readers agree."""
    readers = [("kuaibao", specifications.ours), ("recognizers-text", peer.recogniser())]
    for model in specifications.MODELS:
        for title, recognise in readers:
            if recognise:
                cases = specifications.cases_of(folder, model)
                verdicts = specifications.score(recognise, model, cases)
                print(specifications.summary(model, title, verdicts))
                differing = [f"   {verdict}: {line}" for verdict, line in verdicts if verdict != "agreed"]
                print(*differing, sep="\n", end="\n" if differing else "") if misses else None


def main() -> None:
    """Print accuracy on annotated texts and on the specifications."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--specifications", type=Path)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    for path in arguments.texts.glob("*.txt") if arguments.write else ():
        annotated.write(path)
    print_texts(arguments.texts, misses=arguments.misses)
    if arguments.specifications:
        print_specifications(arguments.specifications, misses=arguments.misses)


if __name__ == "__main__":
    main()
