"""Putting a backup into an empty place."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.cache import cache
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from . import database
from .archive import DATABASE, STORES, ArchiveError, Manifest, opened, read_manifest
from .saving import files_of


def restore(archive: Path, *, identity: str = "", say: Callable[[str], None]) -> Manifest:
    """Check the whole archive, then put it into this site's empty database and stores.

    Raises ``ArchiveError`` before anything is touched where the archive is damaged or foreign,
    was made on another kind of database or by a newer version, or where the place is not empty;
    and after, where what was put back is not what the manifest counts.
    """
    with (
        tempfile.TemporaryDirectory(prefix="cocagne-restore-") as scratch,
        opened(archive, Path(scratch), identity) as clear,
    ):
        say("Reading the archive …")
        manifest = read_manifest(clear)
        refuse_unfit(manifest)
        say(f"{len(manifest.members)} members, each as the manifest says.")
        put_back(clear, Path(scratch), say)
    check(manifest)
    cache.clear()
    return manifest


def refuse_unfit(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise ArchiveError(
            f"The backup is of {manifest.vendor}, DATABASE_URL names {connection.vendor}."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise ArchiveError(f"The backup is of a newer version of the site: it has {newer[0]}.")
    if not database.is_empty():
        raise ArchiveError("The database holds pages or accounts: restore goes into an empty one.")
    for alias in STORES:
        if (name := next(files_of(storages[alias]), None)) is not None:
            raise ArchiveError(f"The store “{alias}” is not empty: it holds {name}.")


def put_back(archive: Path, scratch: Path, say: Callable[[str], None]) -> None:
    with tarfile.open(archive) as tar:
        for item in tar:
            content = tar.extractfile(item)
            if content is None:
                continue
            alias, _slash, name = item.name.partition("/")
            if item.name == DATABASE:
                say("The database …")
                dump = scratch / DATABASE
                with dump.open("wb") as target:
                    shutil.copyfileobj(content, target)
                database.load(dump)
            elif alias in STORES:
                stored = storages[alias].save(name, File(content))
                if stored != name:
                    raise ArchiveError(f"{name} was stored under another name: {stored}.")


def check(manifest: Manifest) -> None:
    """Is everything there? Tables that a newer version adds to are not compared."""
    with connection.cursor() as cursor:
        counts = database.count_rows(cursor)
    if sorted(manifest.migrations) == database.migrations():
        for table, number in manifest.rows.items():
            if counts.get(table) != number:
                raise ArchiveError(f"{table} has {counts.get(table)} rows instead of {number}.")
    for alias in STORES:
        wanted = sum(name.startswith(f"{alias}/") for name in manifest.members)
        found = sum(1 for _name in files_of(storages[alias]))
        if found != wanted:
            raise ArchiveError(f"The store “{alias}” has {found} files instead of {wanted}.")
