"""Compare the present states with the ledger they follow from."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsletter.ledger import disagreements


class Command(BaseCommand):
    help = "Says where the state of a subscription is not what the ledger of consent says."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for line in disagreements():
            self.stderr.write(line)
            count += 1
        if count:
            raise CommandError(f"{count} subscribers are not in the state the ledger says.")
        self.stdout.write("Every state is what the ledger says.")
