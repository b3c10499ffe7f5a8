"""Takes a root and serves the site with live reload, building it anew on every change."""

from __future__ import annotations

import logging
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.livereload import LiveReloadServer

from kuaibao import site
from kuaibao.errors import KuaibaoError, UsageError
from kuaibao.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from kuaibao.errors import Language

HOST = "127.0.0.1"
WATCHED = ("docs", "datapackages", "mkdocs.yml", "mkdocs.en.yml")


class Server(LiveReloadServer):
    """MkDocs' server with live reload, which says its address when it listens."""

    language: Language = "zh"

    def server_activate(self) -> None:
        """Listen, and only then tell the address."""
        super().server_activate()
        print(say("serving", self.language, address=self.url), flush=True)  # noqa: T201  # all that it says


def serve(
    root: Path, commands: site.Commands, port: int, language: Language, show: Callable[[KuaibaoError], object]
) -> None:
    """Build and serve until interrupted; after a build that fails the last good site stays in view.

    Raises UsageError where the port is taken.
    """

    def build() -> None:
        try:
            site.build(root, commands, preview=True)
        except KuaibaoError as error:
            show(error)

    _expect_free(port)
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    build()
    server = Server(builder=build, host=HOST, port=port, root=str(root / "site"))
    server.language = language
    for path in filter(Path.exists, (root / name for name in WATCHED)):
        server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]  # MkDocs 1.6 does not annotate it
    except KeyboardInterrupt:
        server.shutdown()


def _expect_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise _taken(port, error) from None


def _taken(port: int, error: OSError) -> UsageError:
    return UsageError(
        f"端口 {port} 用不了（{error.strerror}）；请用 --port 换一个",
        f"port {port} cannot be used ({error.strerror}); choose another with --port",
    )
