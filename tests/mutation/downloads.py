"""Takes the downloads of a package, corrupts one at a time, and tells if manifest and checksums notice."""

from __future__ import annotations

import io
import sqlite3
import zipfile
import zlib
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

import describing
from kuaibao import manifest
from kuaibao.describe import catalogue_disagreements, disagreements
from mutation.cells import with_digit
from mutation.run import in_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HEAD = ("downloads", "mutants", "kuaibao verify", "checksums of the catalogue")
BULLETIN = describing.GOOD
# What goes wrong with a file that no longer reads as what it is.
BROKEN = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    zipfile.BadZipFile,
    zlib.error,
    yaml.YAMLError,
    EOFError,
    NotImplementedError,
)


class Tried(NamedTuple):
    """A corrupted download: the kind, the file, and who noticed."""

    kind: str
    name: str
    by_manifest: bool
    by_checksums: bool


def bit_flipped(rng: Random, name: str, content: bytes) -> bytes:  # noqa: ARG001  # as its kin
    """Turn one bit round."""
    changed = bytearray(content)
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut_short(rng: Random, name: str, content: bytes) -> bytes:  # noqa: ARG001  # as its kin
    """Lose the end of a file."""
    return content[: rng.randrange(len(content))]


def cell_replaced(rng: Random, name: str, content: bytes) -> bytes | None:
    """Change a digit of what a file says, and write it as its format is written."""
    kind = Path(name).suffix
    if kind in {".xlsx", ".zip"}:
        return _in_archive(rng, content)
    if kind == ".sqlite":
        return _in_database(rng, content)
    if kind == ".parquet":
        return _in_parquet(rng, content)
    text = with_digit(rng, content.decode("utf-8"))
    return None if text is None else text.encode("utf-8")


def _in_archive(rng: Random, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    texts = [name for name, inside in members.items() if any(byte in inside for byte in b"123456789")]
    name = rng.choice(texts)
    members[name] = (with_digit(rng, members[name].decode("utf-8")) or "").encode("utf-8")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, inside in members.items():
            archive.writestr(path, inside)
    return stream.getvalue()


def _in_database(rng: Random, content: bytes) -> bytes:
    database = sqlite3.connect(":memory:")
    database.deserialize(content)
    row = rng.choice(database.execute("select rowid from figures").fetchall())
    database.execute("update figures set value = value + 1 where rowid = ?", row)
    database.commit()
    changed: bytes = database.serialize()
    database.close()
    return changed


def _in_parquet(rng: Random, content: bytes) -> bytes | None:
    table = pq.read_table(pa.BufferReader(content))
    if not table.num_rows:
        return None
    gone = rng.randrange(table.num_rows)
    stream = io.BytesIO()
    pq.write_table(pa.concat_tables([table.slice(0, gone), table.slice(gone + 1)]), stream)
    return stream.getvalue()


KINDS: tuple[tuple[str, Callable[[Random, str, bytes], bytes | None]], ...] = (
    ("bit flipped", bit_flipped),
    ("file cut short", cut_short),
    ("cell replaced or row dropped", cell_replaced),
)


def tried(seed: int, count: int) -> list[Tried]:
    """Corrupt downloads `count` times, by turns; each is put back before the next."""
    files = describing.published(BULLETIN)
    rng = Random(seed)  # noqa: S311  # repeatable
    jobs = [(kind, make, name) for kind, make in KINDS for name in files]
    found = []
    with in_memory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        manifest.write_manifest(Path(folder))
        for at in range(count):
            kind, make, name = jobs[at % len(jobs)]
            changed = make(rng, name, files[name])
            if changed is not None and changed != files[name]:
                others = {**files, name: changed}
                found.append(Tried(kind, name, _is_seen(Path(folder), name, others), _disagrees(others)))
                (Path(folder) / name).write_bytes(files[name])
    return found


def _is_seen(folder: Path, name: str, files: Mapping[str, bytes]) -> bool:
    """Tell whether the manifest names the one file that was changed, and no other."""
    (folder / name).write_bytes(files[name])
    return manifest.verify(str(folder)).findings == (manifest.Finding(name, "changed"),)


def _disagrees(files: Mapping[str, bytes]) -> bool:
    """Tell whether what describes a package to machines notices: sizes, hashes, and what repeats another."""
    facts = describing.facts(BULLETIN)
    try:
        own = disagreements(facts, files, describing.pages(BULLETIN))
        return bool(own or catalogue_disagreements([(facts, files)], describing.catalogue(BULLETIN)))
    except BROKEN:
        return True


def as_markdown(found: list[Tried]) -> str:
    """Write a table, a line a kind."""
    rows = [HEAD, ("---",) + ("---:",) * (len(HEAD) - 1)]
    for kind, _ in KINDS:
        own = [each for each in found if each.kind == kind]
        sums = (len(own), sum(each.by_manifest for each in own), sum(each.by_checksums for each in own))
        rows.append((kind, *map(str, sums)))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
