"""Keeps the interface's French catalogues in step with the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from site_cocagne.core import catalogue_checks, catalogues

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Puts new strings of the interface into the French catalogues and takes disappeared ones "
        "out. With --check, changes nothing and fails where a catalogue is incomplete or wrong."
    )
    # It must work while the code is being written.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--check", action="store_true", help="only say what is wrong")
        what.add_argument("--compile", action="store_true", help="only compile what is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self.check_catalogues()
            elif options["compile"]:
                self.compile_catalogues()
            else:
                self.update_catalogues()
        except catalogues.UnreadableSourceError as error:
            raise CommandError(str(error)) from error

    def check_catalogues(self) -> None:
        problems = catalogue_checks.problems()
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            message = f"The French catalogues have {len(problems)} faults."
            raise CommandError(message)
        self.stdout.write("The French catalogues are complete.")

    def update_catalogues(self) -> None:
        for catalogue in catalogues.catalogues():
            if catalogues.update(catalogue):
                path = catalogue.path.relative_to(catalogues.ROOT)
                empty = sum(
                    catalogues.is_empty(entry) for entry in catalogues.read_po(catalogue.path)
                )
                self.stdout.write(f"{path}: updated, {empty} to translate")
        self.compile_catalogues()

    def compile_catalogues(self) -> None:
        for path in catalogues.compile_outdated():
            self.stdout.write(f"{path.relative_to(catalogues.ROOT)}: compiled")
