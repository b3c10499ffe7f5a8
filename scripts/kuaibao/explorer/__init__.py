"""Takes the archive and gives what the explorer loads: published figures by column, and scripts from npm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.explorer.figures import rows
from kuaibao.explorer.libraries import scripts
from kuaibao.explorer.pack import packed
from kuaibao.tables import published_fields

if TYPE_CHECKING:
    from pathlib import Path

    from kuaibao.model import Archive

FOLDER = "explore"


def files(archive: Archive, site_url: str, libraries: Path) -> dict[str, bytes]:
    """Write the files below explore/: path below the site -> bytes.

    `libraries` is the folder with node_modules; raises UsageError where a script is not there.
    """
    columns = [(field["name"], field["type"]) for field in published_fields()]
    data = packed(rows(archive, site_url), columns, site_url)
    found = {f"figures/{name}": content for name, content in data.items()}
    found |= {f"scripts/{name}": content for name, content in scripts(libraries).items()}
    return {f"{FOLDER}/{name}": content for name, content in found.items()}
