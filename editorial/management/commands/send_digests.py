"""The daily digest of messages; with nothing to say, nothing is sent."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from editorial.messages import gather_digests, send
from editorial.models import Message


class Command(BaseCommand):
    help = "Gather each person's messages of the day into one and send it; run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        made = gather_digests()
        sent, put_off = send(Message.objects.due().filter(kind=Message.Kind.DIGEST))
        self.stdout.write(f"{made} digests, {sent} sent, {put_off} put off.")
