"""How the site is: one list of findings, for the readiness address, the admin, alarms and figures.

A finding says in plain words what is so and what a person must do about it. Apps add their own
through ``reporting_health``.
"""

from __future__ import annotations

import datetime
import enum
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks_db.models import DBTaskResult

from .signals import reporting_health

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
# Free space under which uploads are about to fail, and under which somebody should look.
DISK_FULL, DISK_LOW = 200 * MEGABYTE, 2048 * MEGABYTE
BACKUP_OLD = datetime.timedelta(days=2)


class State(enum.StrEnum):
    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``advice``: what a person must do; empty where nothing."""

    name: str
    label: str
    state: State
    words: str
    advice: str = ""
    # What a curve shows: seconds, bytes, a number.
    value: float | None = None

    @property
    def is_good(self) -> bool:
        return self.state == State.GOOD


def findings() -> list[Finding]:
    """Everything that is looked at, in the order a person reads it."""
    found = [database()]
    if not found[0].is_good:
        return [*found, cache(), *disks()]
    found += [migrations(), cache(), *disks(), *backups(), tasks()]
    answers: list[tuple[Any, Any]] = reporting_health.send_robust(None)
    for receiver, answer in answers:
        if isinstance(answer, Exception):
            name = getattr(receiver, "__name__", "check")
            logger.error("The check %s failed: %s", name, type(answer).__name__)
            found.append(
                Finding(name, name, State.BAD, _("This could not be looked at."), str(TELL_SUPPORT))
            )
        else:
            found += answer
    return found


TELL_SUPPORT = gettext_lazy("Tell whoever looks after the server.")


# --- what the site stands on ------------------------------------------------------------------


def database() -> Finding:
    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    label = _("Database")
    if _fails(ask):
        words = _("The database does not answer. Only pages kept in memory are shown.")
        return Finding("database", label, State.BAD, words, str(TELL_SUPPORT))
    return Finding("database", label, State.GOOD, _("It answers."))


def migrations() -> Finding:
    label = _("Version of the database")
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        words = _("It is older than the programme: a step of the last update is missing.")
        return Finding("migrations", label, State.BAD, words, str(TELL_SUPPORT), len(pending))
    return Finding("migrations", label, State.GOOD, _("It is that of the programme."), value=0)


def cache() -> Finding:
    label, word = _("Memory shared by the servers"), uuid4().hex
    store = caches["pages"]

    def ask() -> None:
        store.set("health", word, 30)
        if store.get("health") is None:
            raise OSError

    if _fails(ask):
        words = _("It does not answer. The site is slower; nothing is lost.")
        return Finding("cache", label, State.LOOK, words, str(TELL_SUPPORT))
    return Finding("cache", label, State.GOOD, _("It answers."))


def disks() -> Iterator[Finding]:
    """Folders that stand on one disk are looked at once."""
    seen: set[int] = set()
    for name, label, folder in (
        ("disk", _("Disk of the pictures"), settings.MEDIA_ROOT),
        ("private_disk", _("Disk of the documents"), settings.PRIVATE_MEDIA_ROOT),
    ):
        path = Path(folder)
        if not path.exists() or (device := path.stat().st_dev) in seen:
            continue
        seen.add(device)
        yield _disk(name, label, path)


def _disk(name: str, label: str, path: Path) -> Finding:
    free = shutil.disk_usage(path).free
    words = _("{gigabytes} GB are free.").format(gigabytes=round(free / 1024 / MEGABYTE, 1))
    if not os.access(path, os.W_OK):
        words = _("The site may not write there: no file can be uploaded.")
        return Finding(name, label, State.BAD, words, str(TELL_SUPPORT), free)
    if free < DISK_FULL:
        return Finding(name, label, State.BAD, words, _("Make room: uploads will fail."), free)
    if free < DISK_LOW:
        return Finding(name, label, State.LOOK, words, _("Make room before it is full."), free)
    return Finding(name, label, State.GOOD, words, value=free)


def backups() -> Iterator[Finding]:
    """The age of the newest archive, where a folder of backups is named."""
    if settings.BACKUP_FOLDER is None:
        return
    label = _("Backups")
    newest = max(
        (path.stat().st_mtime for path in settings.BACKUP_FOLDER.glob("cocagne-*.tar*")), default=0
    )
    if not newest:
        yield Finding("backup", label, State.BAD, _("There is none."), str(TELL_SUPPORT))
        return
    age = timezone.now() - datetime.datetime.fromtimestamp(newest, datetime.UTC)
    words = ngettext(
        "The last one is {number} hour old.", "The last one is {number} hours old.", _hours(age)
    ).format(number=_hours(age))
    late = age > BACKUP_OLD
    yield Finding(
        "backup",
        label,
        State.BAD if late else State.GOOD,
        words,
        _("Find out why the nightly backup does not run.") if late else "",
        age.total_seconds(),
    )


def tasks() -> Finding:
    """The queue of work in the database, empty where none is put there."""
    waiting = DBTaskResult.objects.ready().filter(backend_name="default")
    oldest = waiting.aggregate(oldest=Min("enqueued_at"))["oldest"]
    return queue("tasks", _("Work in the background"), waiting.count(), oldest)


def _hours(age: datetime.timedelta) -> int:
    return int(age.total_seconds() // 3600)


def _fails(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except (DatabaseError, OSError) as error:
        logger.warning("Looked for in vain: %s", type(error).__name__)
        return True
    return False


def queue(name: str, label: str, waiting: int, oldest: datetime.datetime | None) -> Finding:
    """A queue of work: good while its oldest row is younger than half an hour."""
    words = ngettext("{number} waits.", "{number} wait.", waiting).format(number=waiting)
    age = (timezone.now() - oldest) if oldest is not None else datetime.timedelta()
    late = age > LATE
    if late:
        minutes = int(age.total_seconds() // 60)
        words += " " + ngettext(
            "The oldest one since {number} minute.",
            "The oldest one since {number} minutes.",
            minutes,
        ).format(number=minutes)
    return Finding(
        name,
        label,
        State.BAD if late else State.GOOD,
        words,
        _("See whether its worker runs, and whether the mail server answers.") if late else "",
        max(age.total_seconds(), 0),
    )


LATE = datetime.timedelta(minutes=30)
