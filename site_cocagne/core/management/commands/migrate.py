"""``manage.py migrate``, one at a time: two machines that start a version together take turns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Any number, as long as it stays the same: the database knows the lock by it.
LOCK = 5_602_671


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with its_turn(connections[options["database"]]):
            super().handle(*args, **options)


@contextmanager
def its_turn(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Wait until nobody else migrates this PostgreSQL database. SQLite has one machine alone.

    The lock goes with the connection: a process that is killed holds nobody up.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
