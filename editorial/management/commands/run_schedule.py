"""The job of every minute: scheduled pages, waiting messages, tasks of dead workers, alarms."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from editorial.messages import send
from editorial.models import Message
from editorial.schedule import publish_due
from editorial.state import tell
from site_cocagne.core.tasks import carry_out_later, tidy


class Command(BaseCommand):
    help = (
        "Publish and take down what is scheduled, send waiting messages and alarms, give back the "
        "tasks of dead workers; every minute."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        publish_due()
        sent, put_off = send(Message.objects.due())
        carry_out_later()
        again = tidy()
        tell()
        self.stdout.write(
            f"Schedule carried out; {sent} messages sent, {put_off} put off; "
            f"{again} tasks given back."
        )
