"""``manage.py backup``: one archive with everything that would be missed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_cocagne.core.backups import ArchiveError, copy_there, save


class Command(BaseCommand):
    help = "Save the database and both stores of files into one archive."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where the archive goes")
        parser.add_argument(
            "--recipient", default="", help="encrypt for this key: age1…, or a key of GPG's"
        )
        parser.add_argument(
            "--keep", type=int, default=0, help="how many archives stay in the folder (0: all)"
        )

        parser.add_argument(
            "--copy-to",
            default="",
            metavar="s3://BUCKET/FOLDER",
            help="copy the archive there as well; --keep holds there too",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 0:
            raise CommandError("--keep takes a number from 0 on.")
        try:
            archive = save(
                options["folder"],
                key=options["recipient"],
                keep=options["keep"],
                say=self.stdout.write,
            )
        except (ArchiveError, OSError) as error:
            raise CommandError(f"There is no backup: {error}") from error
        self.stdout.write(f"{archive}: {archive.stat().st_size / 1024 / 1024:.1f} MB.")
        if not options["copy_to"]:
            return
        try:
            there = copy_there(
                archive, options["copy_to"], keep=options["keep"], say=self.stdout.write
            )
        except ArchiveError as error:
            raise CommandError(f"The backup stands here, but not elsewhere: {error}") from error
        self.stdout.write(f"{there}: copied.")
