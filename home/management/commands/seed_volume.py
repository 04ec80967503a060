"""Fill the site with made-up pages and members, for measuring. Never on a site that people use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.volume import seed_events
from members.volume import seed_members
from resources.volume import seed_resources

STEP = 1000


class Command(BaseCommand):
    help = "Add so many made-up resources, events and members (development settings only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--resources", type=int, default=0)
        parser.add_argument("--events", type=int, default=0)
        parser.add_argument("--members", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION_ACCOUNTS:
            raise CommandError("Made-up content is for the development settings.")
        seeds = {"resources": seed_resources, "events": seed_events, "members": seed_members}
        for name, seed in seeds.items():
            wanted, made = options[name], 0
            while made < wanted:
                made += seed(min(STEP, wanted - made))
                self.stdout.write(f"{made} of {wanted} {name}")
