"""Takes a built site and gives its manifest; takes a published copy and tells where it differs from its own.

The manifest is a file of lines `SHA-256  path`, the form of GNU coreutils: `sha256sum -c SHA256SUMS` reads
it too, wherever no Kuaibao is at hand. It lists every other file of the site; a hash fixes the size as well.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, NamedTuple, TypeAlias
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from kuaibao.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from http.client import HTTPMessage

NAME = "SHA256SUMS"
LARGEST = 200_000_000  # bytes of a file that is fetched
LARGEST_MANIFEST = 50_000_000
SECONDS = 30  # without an answer
AT_ONCE = 4
PIECE = 1 << 16
SCHEMES = ("http", "https")
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^\x00-\x1f\\]+)")
Fault: TypeAlias = Literal["missing", "changed", "foreign", "unread"]


class Finding(NamedTuple):
    """A file that is not as the manifest says, and why it could not be read, where it could not."""

    path: str
    fault: Fault
    why: str = ""


class Verified(NamedTuple):
    """What a copy was found to be: how many files its manifest lists, and what is wrong, in order of path."""

    files: int
    findings: tuple[Finding, ...]


def write_manifest(site: Path) -> None:
    """Write the manifest of all files of a site; the last step of a build."""
    sums = sorted((path, _digest((site / path).open("rb"))) for path in _files(site))
    text = "".join(f"{digest}  {path}\n" for path, digest in sums)
    (site / NAME).write_text(text, encoding="utf-8", newline="")


def _files(site: Path) -> Iterator[str]:
    for path in site.rglob("*"):
        if not path.is_dir() and path != site / NAME:
            yield path.relative_to(site).as_posix()


def _digest(stream: IO[bytes], limit: int | None = None) -> str:
    """Give the SHA-256 of a stream and close it; raise ValueError where it is longer than the limit."""
    digest, size = sha256(), 0
    with stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if limit is not None and size > limit:
                raise ValueError(f"> {limit} bytes")  # noqa: EM102, TRY003  # shown as it is
            digest.update(piece)
    return digest.hexdigest()


def verify(where: str, told: Callable[[int, int], None] = lambda *_: None) -> Verified:
    """Hold a folder or the site at an address against its manifest; `told` hears (files done, files).

    A server does not list its files: foreign ones are found in a folder alone. Nothing is fetched from
    another host. Raises UsageError where there is no manifest, or none that can be read.
    """
    if "://" in where:
        return _verify_address(where.rstrip("/") + "/", told)
    folder = Path(where)
    expected = _read(_manifest_in(folder), where)
    findings = []
    for done, (path, digest) in enumerate(expected.items(), start=1):
        findings.append(_in_folder(folder, path, digest))
        told(done, len(expected))
    foreign = [Finding(path, "foreign") for path in _files(folder) if path not in expected]
    return Verified(len(expected), tuple(sorted([*filter(None, findings), *foreign])))


def _manifest_in(folder: Path) -> bytes:
    try:
        return (folder / NAME).read_bytes()
    except OSError as error:
        raise _no_manifest(str(folder / NAME), error.strerror or "") from None


def _read(content: bytes, where: str) -> Mapping[str, str]:
    """Give path -> SHA-256; every path must stay below the site."""
    try:
        lines = content.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise _no_manifest(where, "UTF-8") from None
    matches = [_LINE.fullmatch(line) for line in lines]
    for number, match in enumerate(matches, start=1):
        if match is None or match[2].startswith("/") or ".." in match[2].split("/"):
            raise _no_manifest(where, f"{NAME}:{number}")
    found = {match[2]: match[1] for match in matches if match}
    if not found or len(found) < len(matches):
        raise _no_manifest(where, NAME)
    return found


def _no_manifest(where: str, why: str) -> UsageError:
    return UsageError(
        f"{where} 没有可用的清单 {NAME}（{why}）；清单由 kuaibao build 写在网站的最上层",
        f"{where} has no manifest {NAME} that can be used ({why}); kuaibao build writes it at its top",
    )


def _in_folder(folder: Path, path: str, digest: str) -> Finding | None:
    file = folder / path
    if not file.is_file():
        return Finding(path, "missing")
    try:
        found = _digest(file.open("rb"))
    except OSError as error:
        return Finding(path, "unread", error.strerror or "")
    return None if found == digest else Finding(path, "changed")


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect within the host, and no other."""

    def redirect_request(  # noqa: PLR0913, PLR0917  # as urllib calls it
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Refuse to leave the host or the web."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if new.hostname != old.hostname or new.scheme not in SCHEMES:
            raise HTTPError(newurl, code, "→ " + newurl, headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _verify_address(address: str, told: Callable[[int, int], None]) -> Verified:
    parts = urlsplit(address)
    if parts.scheme not in SCHEMES or not parts.hostname or parts.query or parts.fragment:
        raise _no_address(address)
    opener = build_opener(_SameHost)
    expected = _read(_fetched_manifest(opener, address), address)
    findings = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done, finding in enumerate(
            pool.map(lambda item: _at_address(opener, address, *item), expected.items()), start=1
        ):
            findings.append(finding)
            told(done, len(expected))
    return Verified(len(expected), tuple(sorted(filter(None, findings))))


def _no_address(address: str) -> UsageError:
    return UsageError(
        f"{address} 不是网站的地址；写成 https://example.org/kuaibao/ 的样子，或写文件夹",
        f"{address} is no address of a site; write it like https://example.org/kuaibao/, or name a folder",
    )


def _open(opener: OpenerDirector, url: str) -> IO[bytes]:
    request = Request(url, headers={"Accept-Encoding": "identity", "User-Agent": "kuaibao"})  # noqa: S310  # http or https
    stream: IO[bytes] = opener.open(request, timeout=SECONDS)
    return stream


def _fetched_manifest(opener: OpenerDirector, address: str) -> bytes:
    try:
        with _open(opener, address + NAME) as stream:
            content = stream.read(LARGEST_MANIFEST + 1)
    except (OSError, HTTPException) as error:
        raise _no_manifest(address, str(error)) from None
    if len(content) > LARGEST_MANIFEST:
        raise _no_manifest(address, f"> {LARGEST_MANIFEST} bytes")
    return content


def _at_address(opener: OpenerDirector, address: str, path: str, digest: str) -> Finding | None:
    try:
        found = _digest(_open(opener, address + quote(path)), LARGEST)
    except HTTPError as error:
        gone = error.code in {404, 410}
        return Finding(path, "missing") if gone else Finding(path, "unread", f"{error.code} {error.msg}")
    except (OSError, HTTPException, ValueError) as error:
        return Finding(path, "unread", str(error))
    return None if found == digest else Finding(path, "changed")
