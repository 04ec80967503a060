"""The form of an archive: a tar whose last member is the manifest.

``database`` is the dump; ``default/…`` and ``private/…`` are the files of the two stores;
``manifest.json`` comes last, so that an archive that was cut short has none. It names every
member with its size (bytes) and SHA-256, the rows of every table, and the migrations.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

FORMAT = 1
SITE = "site_cocagne"
MANIFEST = "manifest.json"
DATABASE = "database"
STORES = ("default", "private")
CHUNK = 1024 * 1024  # bytes


class ArchiveError(Exception):
    """An archive that cannot be trusted, or cannot be put where it should go: says why."""


@dataclass
class Manifest:
    made_at: str  # ISO 8601, UTC
    vendor: str  # of the database: ``sqlite`` or ``postgresql``
    migrations: list[str]  # ``app.name``, sorted
    rows: dict[str, int]  # by table
    members: dict[str, tuple[int, str]] = field(default_factory=dict)  # name: (bytes, SHA-256)
    format: int = FORMAT
    site: str = SITE

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()


@dataclass
class Hashing:
    """A file that is read through, counted and hashed on its way."""

    source: IO[bytes]
    size: int = 0

    def __post_init__(self) -> None:
        self.digest = hashlib.sha256()

    def read(self, amount: int = CHUNK) -> bytes:
        chunk = self.source.read(amount)
        self.size += len(chunk)
        self.digest.update(chunk)
        return chunk


def read_manifest(archive: Path) -> Manifest:
    """Read ``archive`` to its end and compare every byte with its manifest.

    Raises ``ArchiveError`` for one that is cut short, damaged, foreign, of a newer format, or
    holds a member that its manifest does not name.
    """
    found: dict[str, tuple[int, str]] = {}
    text = b""
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None or not is_safe(member.name):
                    raise ArchiveError(f"“{member.name}” has no place in an archive of this site.")
                if member.name == MANIFEST:
                    text = content.read()
                    continue
                hashing = Hashing(content)
                while hashing.read():
                    pass
                found[member.name] = (hashing.size, hashing.digest.hexdigest())
    except (tarfile.TarError, OSError, EOFError) as error:
        raise ArchiveError(f"The archive cannot be read: {error}.") from error
    manifest = parse(text)
    for name in manifest.members.keys() | found.keys():
        if found.get(name) != manifest.members.get(name):
            raise ArchiveError(f"“{name}” is not what the manifest says: the archive is damaged.")
    return manifest


def is_safe(name: str) -> bool:
    """Does the name stay inside the archive's own places?"""
    parts = PurePosixPath(name).parts
    if name in (MANIFEST, DATABASE):
        return True
    return len(parts) > 1 and parts[0] in STORES and ".." not in parts


def parse(text: bytes) -> Manifest:
    if not text:
        raise ArchiveError("The archive has no manifest: it was cut short, or is no backup.")
    try:
        values = json.loads(text)
        site, number = values["site"], values["format"]
        members = {name: (size, digest) for name, (size, digest) in values["members"].items()}
        manifest = Manifest(**{**values, "members": members})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveError("The manifest cannot be read: this is no backup of the site.") from error
    if site != SITE:
        raise ArchiveError(f"This is a backup of “{site}”, not of this site.")
    if number > FORMAT:
        raise ArchiveError("The archive was made by a newer version of the site.")
    return manifest


# --- encryption -------------------------------------------------------------------------------


def encryption(key: str) -> list[str]:
    """The command that encrypts standard input for ``key``: age's (``age1…``) or GPG's."""
    if key.startswith("age1"):
        return ["age", "--encrypt", "--recipient", key]
    return ["gpg", "--batch", "--yes", "--trust-model", "always", "--encrypt", "--recipient", key]


@contextmanager
def opened(archive: Path, folder: Path, identity: str = "") -> Iterator[Path]:
    """The archive in clear: itself, or what age or GPG make of it, in ``folder`` for a while."""
    if archive.suffix not in (".age", ".gpg"):
        yield archive
        return
    clear = folder / archive.stem
    command = ["gpg", "--batch", "--yes", "--output", str(clear), "--decrypt", str(archive)]
    if archive.suffix == ".age":
        command = ["age", "--decrypt", "--identity", identity, "--output", str(clear), str(archive)]
    try:
        run(command)
        yield clear
    finally:
        clear.unlink(missing_ok=True)


def run(
    command: list[str], stdin: IO[bytes] | None = None, stdout: IO[bytes] | None = None
) -> None:
    """Run a tool of the machine; ``ArchiveError`` in its own words where it fails."""
    if shutil.which(command[0]) is None:
        raise ArchiveError(f"{command[0]} is needed for this and is not installed.")
    done = subprocess.run(  # noqa: S603 (our own command lines)
        command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, check=False
    )
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise ArchiveError(f"{command[0]} failed: {said[-1] if said else done.returncode}.")
