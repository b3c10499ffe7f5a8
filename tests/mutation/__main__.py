"""Takes a seed and a number on the command line and prints what share of corruptions was caught, by kind.

Run `make mutate`, or `python -m mutation --help` with scripts and tests on the path. The exit code is 1 where
a corruption that changes the meaning was caught by nothing, or where an equivalent one raised an alarm.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from mutation import downloads
from mutation.report import as_json, as_markdown, survivors
from mutation.run import mutants, states

SEED, COUNT = 20230620, 2400


def main(arguments: list[str]) -> int:
    """Run and report; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--sources", type=Path, default=os.environ.get("KUAIBAO_SOURCES") or None)
    parser.add_argument("--drafts", action="store_true", help="bulletins without seal and release")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    made = mutants(states(chosen.sources, is_released=not chosen.drafts), chosen.seed, chosen.count)
    files = downloads.tried(chosen.seed, chosen.count // 8)
    unseen = [each for each in files if not each.by_manifest]
    if chosen.json:
        result = as_json(made, chosen.seed) | {"downloads": [each._asdict() for each in files]}
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(f"{as_markdown(made, chosen.seed)}\n{downloads.as_markdown(files)}")
    return 1 if unseen or (survivors(made) and not chosen.drafts) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
