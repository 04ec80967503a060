"""``manage.py audit_access``: everything reserved, asked for as an outsider over every surface."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.audit.asking import Outsider
from home.audit.walk import Walk
from members.models import AuditRun

MOST_KEPT = 500  # leaks of one run that the table keeps


class Command(BaseCommand):
    help = (
        "Ask for everything reserved as nobody in particular and as an account without "
        "affiliation; print each leak, note the run for the editorial desk, exit 1 on a leak. "
        "It changes nothing and can be stopped and run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        walks: list[Walk] = []
        try:
            for logged_in in (False, True):
                walk = Walk(Outsider(logged_in=logged_in), self.tell)
                walks.append(walk)
                walk.run()
        except KeyboardInterrupt as stopped:
            checks = sum(walk.checks for walk in walks)
            message = f"Stopped after {checks} checks; this run is not noted. Run it again."
            raise CommandError(message, returncode=130) from stopped
        checks = sum(walk.checks for walk in walks)
        leaks = [leak for walk in walks for leak in walk.leaks]
        AuditRun.objects.create(checks=checks, leaks=leaks[:MOST_KEPT])
        self.tell(f"{checks} checks, {len(leaks)} leaks.")
        if leaks:
            raise CommandError(f"{len(leaks)} leaks: see above.")

    def tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
