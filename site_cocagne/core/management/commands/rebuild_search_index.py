"""Writes the index of the search anew, and can go on where it was stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from site_cocagne.core.models import SearchEntry
from site_cocagne.core.search import entries
from site_cocagne.core.signals import rebuilding_index

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Writes the entries of all published pages and documents. What is written is found at "
        "once; stopped, it goes on with --after and the last number it printed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--after", type=int, default=0, help="go on after this page")
        parser.add_argument("--batch", type=int, default=entries.BATCH, help="pages in one go")

    def handle(self, *args: Any, **options: Any) -> None:
        for last in entries.rebuild(after=options["after"], batch=max(1, options["batch"])):
            self.stdout.write(f"done up to page {last}")
        for _receiver, sentence in rebuilding_index.send(type(self)):
            self.stdout.write(str(sentence))
        self.stdout.write(f"The index holds {SearchEntry.objects.count()} entries.")
