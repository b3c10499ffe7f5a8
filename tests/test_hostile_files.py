"""Input that is meant to crash, to hang or to fill the memory comes to one message, at once and cheaply.

`python tests/test_hostile_files.py` writes golden/hostile.txt anew: what the command says of each attack.
"""

from __future__ import annotations

import stat
import sys
import tempfile
from pathlib import Path

import pytest

from attacks import ATTACKS
from kuaibao.limits import LimitError, NotOrdinaryError, bytes_of, content_of, limits, over
from projects import read_messages
from suffered import Outcome, command

GOLDEN = Path(__file__).parent / "golden" / "hostile.txt"
# What the slowest attack may take on a slow machine, and the largest, of which Python itself takes half.
MOST_SECONDS, MOST_MEGABYTES = 60, 500
LONGEST = 300


def told(outcome: Outcome, folder: Path) -> list[str]:
    """Give the exit code and, of a refusal, the first lines of what was said, without the folder's name."""
    if not outcome.code:
        return ["exit code 0"]
    lines = [line for line in outcome.said.replace(f"{folder}/", "").splitlines() if line.strip()]
    return [f"exit code {outcome.code}", *(" ".join(line[:LONGEST].split()) for line in lines[:2])]


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str, tmp_path: Path) -> None:
    """An attack gives the message recorded for it, or the outcome of a harmless file, within bounds."""
    outcome = command(ATTACKS[name](tmp_path))
    assert "Traceback" not in outcome.said
    assert told(outcome, tmp_path) == read_messages(GOLDEN)[name]
    assert outcome.seconds < MOST_SECONDS
    assert outcome.megabytes < MOST_MEGABYTES


def test_links_are_followed_only_where_the_user_names_them(tmp_path: Path) -> None:
    """A file of the project that is a link is not read, one that the user names is."""
    (tmp_path / "a").write_bytes(b"1")
    link = tmp_path / "b"
    link.symlink_to("a")
    assert bytes_of(link, "page-megabytes") == b"1"
    with pytest.raises(NotOrdinaryError):
        content_of(link, "page-megabytes")


def test_a_device_is_never_read() -> None:
    """A device would never end."""
    device = Path("/dev/zero")
    assert stat.S_ISCHR(device.stat().st_mode)
    for read in (bytes_of, content_of):
        with pytest.raises(NotOrdinaryError):
            read(device, "page-megabytes")


@pytest.mark.parametrize("key", limits())
def test_each_limit_says_value_and_remedy(key: str) -> None:
    """A file beyond a limit is told with the limit, what there was, and what to do, in both languages."""
    limit, said = limits()[key], LimitError("a\n.csv", key, "7").text
    assert said["zh"] == f"a⏎.csv：{over(key, '7')['over_zh']}，为安全起见不读取；请{limit.remedy['zh']}"
    assert f"{limit.most:,}" in said["en"]
    assert said["en"].startswith("a⏎.csv: more than ")
    assert said["en"].endswith(f"(it has 7), and is not read, to be safe; {limit.remedy['en']}")


def _renew() -> None:
    blocks = []
    for name, make in ATTACKS.items():
        with tempfile.TemporaryDirectory() as folder:
            outcome = command(make(Path(folder)))
            blocks.append("\n    ".join([name, *told(outcome, Path(folder))]))
    GOLDEN.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(_renew())
