"""Making a backup."""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

from django.core.files.storage import Storage, storages
from django.db import connection

from . import database
from .archive import CHUNK, DATABASE, MANIFEST, STORES, Hashing, Manifest, encryption, run

PREFIX = "cocagne-"


def save(folder: Path, *, key: str = "", keep: int = 0, say: Callable[[str], None]) -> Path:
    """Write one archive into ``folder`` and return its path.

    ``key`` encrypts it (age or GPG); ``keep`` leaves that many newest ones and removes older
    ones, once the new one stands. Nothing half made is left under the name of a backup.
    """
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.now(UTC)
    name = f"{PREFIX}{moment:%Y%m%d-%H%M%S}.tar"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as scratch:
        clear = Path(scratch) / name
        write(clear, Path(scratch), moment, say)
        finished = encrypt(clear, key) if key else clear
        target = folder / finished.name
        finished.chmod(0o600)
        finished.rename(target)
    if keep:
        for old in sorted(folder.glob(f"{PREFIX}*.tar*"), reverse=True)[keep:]:
            old.unlink()
            say(f"Removed {old.name}.")
    return target


def write(target: Path, scratch: Path, moment: datetime, say: Callable[[str], None]) -> None:
    dump = scratch / DATABASE
    say("The database …")
    rows = database.dump(dump)
    manifest = Manifest(
        made_at=moment.isoformat(timespec="seconds"),
        vendor=connection.vendor,
        migrations=database.migrations(),
        rows=rows,
    )
    with tarfile.open(target, "w") as tar:
        with dump.open("rb") as content:
            add(tar, manifest, DATABASE, content, dump.stat().st_size)
        for alias in STORES:
            store = storages[alias]
            count = 0
            for name in files_of(store):
                with store.open(name) as content:
                    add(
                        tar,
                        manifest,
                        f"{alias}/{name}",
                        cast("IO[bytes]", content),
                        store.size(name),
                    )
                count += 1
                if count % 500 == 0:
                    say(f"Files of “{alias}”: {count} …")
            say(f"Files of “{alias}”: {count}.")
        text = manifest.as_json()
        tar.addfile(member(MANIFEST, len(text)), io.BytesIO(text))


def add(tar: tarfile.TarFile, manifest: Manifest, name: str, content: IO[bytes], size: int) -> None:
    hashing = Hashing(content)
    tar.addfile(member(name, size), cast("IO[bytes]", hashing))
    manifest.members[name] = (hashing.size, hashing.digest.hexdigest())


def member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def files_of(store: Storage, folder: str = "") -> Iterator[str]:
    """The names of all files of a store, whatever it stands on, in order.

    Names with a dot in front are the running site's own notes, and no content.
    """
    try:
        folders, names = store.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(names):
        if name.startswith("."):
            continue
        yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        yield from files_of(store, f"{folder}/{name}" if folder else name)


def encrypt(clear: Path, key: str) -> Path:
    command = encryption(key)
    target = clear.with_name(f"{clear.name}.{command[0]}")
    with clear.open("rb", buffering=CHUNK) as source, target.open("wb") as out:
        run(command, stdin=source, stdout=out)
    clear.unlink()
    return target
