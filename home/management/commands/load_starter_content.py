"""Load the starter content, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from home.starter.loader import load


class Command(BaseCommand):
    help = (
        "Pages, resources, events, contacts and files to begin with; loading twice changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        load(lambda words: self.stdout.write(f"  {words}"))
