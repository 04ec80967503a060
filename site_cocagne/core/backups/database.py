"""Dump and load of the two databases, by their own tools."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from .archive import ArchiveError, run


def migrations() -> list[str]:
    """The migrations that the database has, as ``app.name``."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def count_rows(cursor: Any) -> dict[str, int]:
    """How many rows each table holds; what Django does not manage (indexes of text) left out."""
    counts = {}
    for table in sorted(connection.introspection.django_table_names(only_existing=True)):
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        counts[table] = cursor.fetchone()[0]
    return counts


def dump(target: Path) -> dict[str, int]:
    """A consistent copy in one file while the site goes on, and the rows of that very copy."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            return count_rows(copy.cursor())
    # The tool looks at the moment that this transaction looks at.
    with transaction.atomic(), connection.cursor() as cursor, access() as arguments:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = f"--snapshot={cursor.fetchone()[0]}"
        counts = count_rows(cursor)
        options = ["--format=custom", "--no-owner", snapshot, "--file", str(target)]
        run(["pg_dump", *arguments, *options])
    return counts


def is_empty() -> bool:
    """Is there no table, or no page and no account in it?"""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in {"members_user", "wagtailcore_revision"} & tables:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 (two names of ours)
            if cursor.fetchone()[0]:
                return False
    return True


def load(source: Path) -> None:
    """Put the dump in the place of what the empty database holds, then bring it up to date."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
    else:
        connection.close()
        with access() as arguments:
            options = ["--clean", "--if-exists", "--no-owner", "--single-transaction"]
            run(["pg_restore", *arguments, *options, str(source)])
    connection.close()
    call_command("migrate", verbosity=0)


@contextmanager
def access() -> Iterator[list[str]]:
    """What PostgreSQL's tools need to reach the database; the password by the environment."""
    settings: dict[str, Any] = connection.settings_dict
    if not settings["NAME"]:
        raise ArchiveError("DATABASE_URL names no database.")
    arguments = ["--dbname", settings["NAME"]]
    for option, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if settings.get(key):
            arguments += [option, str(settings[key])]
    before = os.environ.get("PGPASSWORD")
    if settings.get("PASSWORD"):
        os.environ["PGPASSWORD"] = settings["PASSWORD"]
    try:
        yield ["--no-password", *arguments]
    finally:
        os.environ.pop("PGPASSWORD", None)
        if before is not None:
            os.environ["PGPASSWORD"] = before
