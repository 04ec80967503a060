"""Backups: one archive with the database, both stores of files, and a manifest of what is in it."""

from __future__ import annotations

from .archive import ArchiveError, Manifest, read_manifest
from .elsewhere import SCHEME, copy_there, fetch
from .restoring import restore
from .saving import save

__all__ = [
    "SCHEME",
    "ArchiveError",
    "Manifest",
    "copy_there",
    "fetch",
    "read_manifest",
    "restore",
    "save",
]
