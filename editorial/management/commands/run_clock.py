"""``manage.py run_clock``: every job at its time, each in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django.utils import timezone

from editorial.clock import Job, claim, jobs

LOOK_EVERY = 5  # seconds


class Command(BaseCommand):
    help = (
        "Run what runs by the clock, until it is stopped. Several may run, on several machines: "
        "each job is begun by one of them."
    )
    running: dict[str, subprocess.Popen[bytes]]
    stopped = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="begin what is due now, wait for it, and end"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.running = {}
        if options["once"]:
            self.begin_due()
            for child in self.running.values():
                child.wait()
            self.look()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        while not self.stopped:
            self.begin_due()
            # The connection would wait for hours beside a long job.
            connection.close()
            time.sleep(LOOK_EVERY)
            self.look()
        for child in self.running.values():
            child.terminate()
        for child in self.running.values():
            child.wait()

    def stop(self, *_signal: Any) -> None:
        self.stopped = True

    def begin_due(self) -> None:
        """A database that is away costs this look, not the clock."""
        try:
            for job in jobs():
                # One that still runs is not begun a second time; it is looked at again later.
                if job.name not in self.running and claim(job, timezone.now()):
                    self.begin(job)
        except DatabaseError as error:
            self.tell(f"The database does not answer: {error}")

    def begin(self, job: Job) -> None:
        if job.at is not None:
            self.tell(f"{job.name}: begun.")
        self.running[job.name] = subprocess.Popen(  # noqa: S603 (our own commands)
            [sys.executable, str(settings.BASE_DIR / "manage.py"), *job.arguments],
            stdin=subprocess.DEVNULL,
        )

    def look(self) -> None:
        """Say how those that have ended did."""
        for name, child in list(self.running.items()):
            status = child.poll()
            if status is None:
                continue
            del self.running[name]
            if status:
                self.tell(f"{name}: ended with status {status}.")

    def tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
