"""Send the newsletter's mails that are due."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from newsletter import outbox


class Command(BaseCommand):
    help = (
        "Sends what is due in the outbox of the newsletter, resuming what a killed worker left. "
        "Several may run at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--loop",
            type=int,
            nargs="?",
            const=20,
            metavar="SECONDS",
            help="go on for ever, looking again after this many seconds (20)",
        )
        parser.add_argument(
            "--resume",
            action="store_true",
            help="take back at once what other workers hold: only when none is running",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["resume"]:
            outbox.recover(timezone.now(), lease=-outbox.LEASE)
        while True:
            sent = outbox.run()
            if sent or not options["loop"]:
                self.stdout.write(f"{sent} sent.")
            if not options["loop"]:
                return
            time.sleep(options["loop"])
