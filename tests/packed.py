"""Serves a folder on this machine as a web server does: with gzip for text and lasting connections."""

from __future__ import annotations

import gzip
import http.server
import io
import threading
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from built import _Quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".txt")


class _Packed(_Quiet):
    protocol_version = "HTTP/1.1"

    def send_head(self) -> BinaryIO | None:  # type: ignore[override]
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.split("?")[0].endswith("/") else path
        if path.suffix not in TEXT or not path.is_file():
            return super().send_head()  # type: ignore[return-value]
        body = packed(path)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(path)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


@cache
def packed(path: Path) -> bytes:
    """Compress a file as a server does."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve a folder; gives its address with a slash at the end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Packed, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
