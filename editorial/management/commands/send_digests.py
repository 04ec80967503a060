"""The daily digest of messages, the weekly one of reviews; with nothing to say, nothing is sent."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from editorial.messages import gather_digests, send
from editorial.models import Message
from editorial.reviews import write_review_digests


class Command(BaseCommand):
    help = "Gather each person's messages of the day into one and send it; run it once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--weekly", action="store_true", help="also remind of pages past their review date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = gather_digests()
        if options["weekly"]:
            made += write_review_digests()
        sent, put_off = send(Message.objects.due().filter(kind=Message.Kind.DIGEST))
        self.stdout.write(f"{made} digests, {sent} sent, {put_off} put off.")
