"""Runs the command line in a process that may take only so much memory and time; tells what it took.

Run as a program it measures every attack: python tests/suffered.py [word in the name ...]
"""

from __future__ import annotations

import contextlib
import io
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MEMORY = 4_000  # megabytes of address space
PATIENCE = 60  # seconds


class Outcome(NamedTuple):
    """What a command came to: exit code (negative: a signal), what it said, seconds, megabytes it took.

    The memory that the process held before it ran the command is not counted.
    """

    code: int
    said: str
    seconds: float
    megabytes: float


def suffered(run: Callable[[], object], memory: int = MEMORY, patience: int = PATIENCE) -> Outcome:
    """Run a function in a child process, within megabytes and seconds."""
    with tempfile.TemporaryFile() as said:
        start, held = time.monotonic(), _resident()
        child = os.fork()
        if not child:
            _run(run, said.fileno(), memory, patience)
        _, status, used = os.wait4(child, 0)
        seconds = time.monotonic() - start
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    return Outcome(os.waitstatus_to_exitcode(status), text, seconds, used.ru_maxrss / 1000 - held)


def _resident() -> float:
    """Tell how many megabytes this process holds; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.is_file() else []
    return sum(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS:"))


def _run(run: Callable[[], object], said: int, memory: int, patience: int) -> None:
    """Never return: end the child with the function's exit code, 70 where it crashed."""
    code = 70
    try:
        signal.alarm(patience)
        resource.setrlimit(resource.RLIMIT_AS, (memory * 1_000_000,) * 2)
        os.dup2(said, 1)
        os.dup2(said, 2)
        out = io.TextIOWrapper(os.fdopen(os.dup(said), "wb"), "utf-8")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                run()
                code = 0
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else 1
            except BaseException:  # noqa: BLE001  # a crash is what is looked for
                traceback.print_exc()
        out.flush()
    finally:
        os._exit(code)


def command(arguments: Sequence[str]) -> Outcome:
    """Run the command line."""
    from kuaibao import checks, desk, documents, site, versions  # noqa: F401, PLC0415  # loaded once, for all children
    from kuaibao.cli import app, main  # noqa: PLC0415  # as above

    return suffered(lambda: main(lambda: app(list(arguments), prog_name="kuaibao")))


def _tell(names: Sequence[str]) -> None:
    from attacks import ATTACKS  # noqa: PLC0415

    for name, make in ATTACKS.items():
        if names and not any(word in name for word in names):
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = command(make(Path(folder)))
        last = [line for line in found.said.splitlines() if line.strip()][-1:] or [""]
        took = f"{found.seconds:6.1f} s {found.megabytes:6.0f} MB"
        sys.stdout.write(f"{name:24} {found.code:4} {took}  {last[0][:150]}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _tell(sys.argv[1:])
