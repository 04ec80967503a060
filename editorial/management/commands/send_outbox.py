"""Send the messages of the editorial desk that wait, and try those again that failed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from editorial.messages import send
from editorial.models import Message


class Command(BaseCommand):
    help = "Send what waits in the outbox of the editorial desk; run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, put_off = send(Message.objects.due())
        stuck = Message.objects.stuck().count()
        self.stdout.write(f"{sent} sent, {put_off} put off, {stuck} given up.")
