"""What runs by the clock: one table, and which of it is due.

When a job last began is kept in the database, so that a machine that was off catches up once, and
of several clocks one alone runs a job. A clock that jumps back, a little, runs nothing twice; one
that was far ahead is believed again as soon as it is right.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import Heartbeat

MONDAY = 0


@dataclass(frozen=True)
class Job:
    """A command of ``manage.py``, and when it runs: an hour of the site's day, or every minute."""

    name: str
    arguments: tuple[str, ...]
    at: datetime.time | None = None
    weekday: int | None = None  # Monday is 0; None: every day

    @property
    def key(self) -> str:
        """The name of its heartbeat."""
        return f"clock: {self.name}"

    @property
    def period(self) -> datetime.timedelta:
        """From one moment to the next, the night included on which the clocks go back."""
        if self.at is None:
            return datetime.timedelta(minutes=1)
        return datetime.timedelta(days=1 if self.weekday is None else 7, hours=1)

    def last_due(self, now: datetime.datetime) -> datetime.datetime:
        """The latest moment, not after ``now``, at which it should have begun."""
        if self.at is None:
            return now.replace(second=0, microsecond=0)
        zone = timezone.get_default_timezone()
        day = now.astimezone(zone).date()
        for back in range(8):
            then = day - datetime.timedelta(days=back)
            moment = datetime.datetime.combine(then, self.at, tzinfo=zone)
            if moment <= now and self.weekday in (None, then.weekday()):
                return moment
        raise AssertionError("a week has every day")


def jobs() -> list[Job]:
    """Every job; the backup where the settings say to which folder."""
    found = [
        Job("schedule", ("run_schedule",)),
        Job("checks", ("run_checks",), datetime.time(2, 30)),
        Job("purge", ("purge_personal_data",), datetime.time(3)),
        Job("audit", ("audit_access",), datetime.time(4), MONDAY),
        Job("weekly digests", ("send_digests", "--weekly"), datetime.time(6, 30), MONDAY),
        Job("digests", ("send_digests",), datetime.time(7)),
        Job("shelf", ("send_shelf_mails",), datetime.time(7, 30)),
        Job("reminders", ("send_membership_reminders",), datetime.time(8)),
    ]
    if settings.BACKUP_FOLDER is not None:
        saved: tuple[str, ...] = ("backup", str(settings.BACKUP_FOLDER), "--keep", "14")
        if settings.BACKUP_COPY_TO:
            saved += ("--copy-to", settings.BACKUP_COPY_TO)
        found.append(Job("backup", saved, datetime.time(1, 30)))
    return found


def claim(job: Job, now: datetime.datetime) -> bool:
    """Is the job due, and ours? Whoever writes its heartbeat first has it.

    One that never ran waits for its next moment: a site that is set up in the afternoon does not
    begin with everything at once.
    """
    last = Heartbeat.objects.filter(name=job.key).values_list("beat_at", flat=True).first()
    if last is None:
        try:
            with transaction.atomic():
                Heartbeat.objects.create(name=job.key, beat_at=now)
        except IntegrityError:  # another clock was faster
            return False
        return job.at is None
    if last > now + job.period:
        # The clock was far ahead, and is right again: that heartbeat would stop the job for long.
        Heartbeat.objects.filter(name=job.key, beat_at=last).update(beat_at=now)
        return False
    if last >= job.last_due(now):
        return False
    mine = Heartbeat.objects.filter(name=job.key, beat_at=last).update(beat_at=now)
    return bool(mine)
