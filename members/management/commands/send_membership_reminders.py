"""Remind gardens of the end of their membership: 30 and 7 days before, on the day, 15 after."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from members.chase import send_reminders


class Command(BaseCommand):
    help = (
        "Send the reminders of membership that are due; run it every morning. Each is sent once; "
        "what could not be sent is tried again by the next run, and the command exits with 1."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = send_reminders()
        self.stdout.write(f"{outcome.sent} reminders sent")
        for garden in outcome.alone:
            self.stdout.write(f"nobody to write to: {garden}")
        if outcome.failed:
            names = ", ".join(map(str, outcome.failed))
            raise CommandError(f"the mail server did not take the reminder of: {names}")
