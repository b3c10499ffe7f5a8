"""Takes the folder in which npm installed packages and gives the few scripts that the explorer loads.

`make` installs them from package-lock.json beside the Python packages; none is copied into the tree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kuaibao.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Package -> its folder of scripts, and those that are needed (a module with what it imports).
NEEDED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "@tanstack/virtual-core": (
        "dist/esm",
        ("index.js", "ios-gesture.js", "lazy-measurements.js", "scroll-classifier.js", "utils.js"),
    ),
    "fflate": ("esm", ("browser.js",)),
}
LICENCE = "LICENSE"
SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=.*")
# Scripts for bundlers ask for the environment; a browser has none.
ENVIRONMENT = "process.env.NODE_ENV"


def scripts(folder: Path) -> dict[str, bytes]:
    """Read the scripts and their licences: path below explore/scripts/ -> bytes.

    Raises UsageError where a file is not there, with what installs it.
    """
    found = {}
    for package, (inside, names) in NEEDED.items():
        home, own = folder / "node_modules" / package, package.rpartition("/")[2]
        for name in names:
            found[f"{own}/{name}"] = _ready(_text(home / inside / name, package)).encode()
        found[f"{own}/{LICENCE}.txt"] = _text(home / LICENCE, package).encode()
    return found


def _ready(script: str) -> str:
    """Make a module run as it stands: no source map that is not there, no environment of a bundler."""
    return SOURCE_MAP.sub("", script).replace(ENVIRONMENT, '"production"')


def _text(file: Path, package: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise _missing(file, package, error) from None


def _missing(file: Path, package: str, error: OSError) -> UsageError:
    return UsageError(
        f"缺少脚本包 {package} 的文件 {file}（{error.strerror}）；用 make site 生成，它会先装好脚本包",
        f"{file} of the script package {package} is missing ({error.strerror}); build with make site, which"
        " installs the script packages first",
    )
