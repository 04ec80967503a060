"""``manage.py restore``: a backup into an empty place."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_cocagne.core.backups import SCHEME, ArchiveError, fetch, restore


class Command(BaseCommand):
    help = "Check an archive made by backup, and put it into an empty database and empty stores."
    # There may be no table yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", help="a file, or s3://BUCKET/FOLDER/ARCHIVE")
        parser.add_argument("--identity", default="", help="the file with age's private key")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="cocagne-fetched-") as scratch:
                named: str = options["archive"]
                archive = fetch(named, Path(scratch)) if named.startswith(SCHEME) else Path(named)
                manifest = restore(archive, identity=options["identity"], say=self.stdout.write)
        except (ArchiveError, OSError) as error:
            raise CommandError(str(error)) from error
        rows, files = sum(manifest.rows.values()), len(manifest.members) - 1
        self.stdout.write(f"Put back: {rows} rows, {files} files, as of {manifest.made_at}.")
