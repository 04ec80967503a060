"""Backups: one archive with the database, both stores of files, and a manifest of what is in it."""

from __future__ import annotations

from .archive import ArchiveError, Manifest, read_manifest
from .restoring import restore
from .saving import save

__all__ = ["ArchiveError", "Manifest", "read_manifest", "restore", "save"]
