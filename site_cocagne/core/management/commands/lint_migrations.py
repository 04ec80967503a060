"""Refuse migrations that lock or break the running version without a word on how."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from site_cocagne.core import migration_lint


class Command(BaseCommand):
    help = "Refuse migrations that lock a table or break the running version without a note."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--release",
            action="store_true",
            help="list all present migrations as those of a version that runs",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["release"]:
            count = migration_lint.write_release()
            self.stdout.write(f"{count} migrations listed in {migration_lint.RELEASED}.")
            return
        found = migration_lint.check()
        for name, words in found:
            self.stderr.write(f"{name}: {words}")
        if found:
            raise CommandError(
                "Do it in two versions, or say in the migration how it is put online: "
                f'{migration_lint.NOTE} = "…"'
            )
        self.stdout.write("No migration locks or breaks the running version without saying so.")
