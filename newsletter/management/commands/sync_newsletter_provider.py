"""Give the provider everybody who reads something."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsletter import providers, replica


class Command(BaseCommand):
    help = (
        "Queues every confirmed subscription for the mail provider: once when it is new, or when "
        "its copy is lost. `send_newsletter` then tells it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not providers.current().is_remote:
            raise CommandError("NEWSLETTER_PROVIDER names no provider: there is nobody to tell.")
        self.stdout.write(f"{replica.queue_everybody()} addresses queued.")
