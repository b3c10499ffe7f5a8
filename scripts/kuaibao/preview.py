"""Takes a root and serves the site with live reload, building it anew on every change."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from mkdocs.livereload import LiveReloadServer

from kuaibao import site
from kuaibao.errors import KuaibaoError
from kuaibao.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kuaibao.errors import Language

HOST = "127.0.0.1"
WATCHED = ("docs", "datapackages", "mkdocs.yml", "mkdocs.en.yml")


def serve(
    root: Path, commands: site.Commands, port: int, language: Language, show: Callable[[KuaibaoError], object]
) -> None:
    """Build and serve until interrupted; after a build that fails the last good site stays in view."""

    def build() -> None:
        try:
            site.build(root, commands)
        except KuaibaoError as error:
            show(error)

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    build()
    server = LiveReloadServer(builder=build, host=HOST, port=port, root=str(root / "site"))
    for name in WATCHED:
        server.watch(str(root / name))
    print(say("serving", language, address=server.url), flush=True)  # noqa: T201  # the one thing that it says
    try:
        server.serve()
    except KeyboardInterrupt:
        server.shutdown()
