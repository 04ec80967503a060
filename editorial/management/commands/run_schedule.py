"""The job of every minute: scheduled pages, then waiting messages."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from editorial.messages import send
from editorial.models import Message
from editorial.schedule import publish_due


class Command(BaseCommand):
    help = "Publish and take down what is scheduled, then send waiting messages; every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        publish_due()
        sent, put_off = send(Message.objects.due())
        self.stdout.write(f"Schedule carried out; {sent} messages sent, {put_off} put off.")
