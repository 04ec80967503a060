"""``manage.py send_shelf_mails``: new resources by mail, to the members who asked for it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from resources.shelf_mails import send_due


class Command(BaseCommand):
    help = (
        "Send the weekly mail of new resources to the members who asked for it and whose week "
        "is over. Run it once a day; a run that was stopped is gone on with by the next."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = send_due()
        self.stdout.write(f"{sent} sent, {failed} to be tried again.")
