"""Test databases that cost their migrations once.

Running all migrations takes about half a minute, nearly all of it Django rebuilding its models step
by step. So they run once into a template, named after the content of every migration file, and each
test process starts from a copy of it. The copy is migrated again, which costs half a second and
runs what listens to ``post_migrate``: what the tests see is exactly what a fresh database would be.
``--create-db`` makes the template anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The test database of this process, in the place of pytest-django's own."""
    cache = request.config.cache
    assert cache is not None
    folder = cache.mkdir("databases")
    anew = request.config.getvalue("create_db")
    aliases: Any = {"default"}
    connection = connections["default"]
    copy = copy_on_sqlite if connection.vendor == "sqlite" else copy_on_postgresql
    with ExitStack() as held:
        with django_db_blocker.unblock():
            with one_process_at_a_time(folder):
                held.enter_context(copy(connection, folder, anew=anew))
            names = setup_databases(
                verbosity=0, interactive=False, keepdb=True, aliases=aliases, serialized_aliases=[]
            )
        yield
        with django_db_blocker.unblock():
            teardown_databases(names, verbosity=0)


@contextmanager
def one_process_at_a_time(folder: Path) -> Iterator[None]:
    """The first test process makes the template while the others wait for it."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fingerprint(connection: BaseDatabaseWrapper) -> str:
    """What the schema depends on: every migration of every app, ours and the libraries'."""
    digest = hashlib.sha256(connection.vendor.encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def migrate_into(connection: BaseDatabaseWrapper, name: str) -> None:
    """Run all migrations into a new database of this name, and leave the connection as it was."""
    settings: dict[str, Any] = connection.settings_dict
    name_before, test_name_before = settings["NAME"], settings["TEST"]["NAME"]
    settings["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    connection.creation.destroy_test_db(name_before, verbosity=0, keepdb=True)
    settings["TEST"]["NAME"] = test_name_before


@contextmanager
def copy_on_sqlite(connection: BaseDatabaseWrapper, folder: Path, *, anew: bool) -> Iterator[None]:
    """A copy of the template in memory, which lives as long as one connection to it is open."""
    template = folder / f"{fingerprint(connection)}.sqlite3"
    if anew or not template.exists():
        for old in folder.glob("*.sqlite3*"):
            old.unlink()
        unfinished = template.with_suffix(".sqlite3-unfinished")
        migrate_into(connection, str(unfinished))
        with closing(sqlite3.connect(unfinished)) as file:
            # Back from write-ahead logging, which a database in memory cannot have.
            file.execute("PRAGMA journal_mode=DELETE")
        unfinished.rename(template)
    creation: Any = connection.creation
    in_memory = creation._get_test_db_name()
    with closing(sqlite3.connect(in_memory, uri=True)) as holder:
        with closing(sqlite3.connect(template)) as source:
            source.backup(holder)
        yield


@contextmanager
def copy_on_postgresql(
    connection: BaseDatabaseWrapper, folder: Path, *, anew: bool
) -> Iterator[None]:
    """A copy made by the server, under the name of this process's test database."""
    del folder  # the server keeps the template
    creation: Any = connection.creation
    quote = connection.ops.quote_name
    prefix = f"template_{connection.settings_dict['NAME']}_"
    template = prefix + fingerprint(connection)
    with creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        present = {name for (name,) in cursor.fetchall()}
        for old in present if anew else present - {template}:
            cursor.execute(f"DROP DATABASE {quote(old)} WITH (FORCE)")
    if anew or template not in present:
        unfinished = f"{prefix}unfinished"
        migrate_into(connection, unfinished)
        connection.close_pool()  # type: ignore[attr-defined]  # it still holds the template
        with creation._nodb_cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {quote(unfinished)} RENAME TO {quote(template)}")
    connection.settings_dict["TEST"]["TEMPLATE"] = template  # for tests that need another copy
    own = quote(creation._get_test_db_name())
    with creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {own} TEMPLATE {quote(template)}")
    yield


@contextmanager
def own_database(folder: Path, template_folder: Path) -> Iterator[str]:
    """A database that other processes can open: a migrated one of this test's own, as a URL."""
    connection = connections["default"]
    settings: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        copied = folder / "own.sqlite3"
        copied.write_bytes((template_folder / f"{fingerprint(connection)}.sqlite3").read_bytes())
        yield f"sqlite:///{copied}"
        return
    creation: Any = connection.creation
    name = f"{settings['NAME']}_own"
    who, host = quote(settings["USER"]), settings["HOST"]
    template = settings["TEST"]["TEMPLATE"]
    with creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    secret = quote(settings["PASSWORD"], safe="")
    yield f"postgresql://{who}:{secret}@{host}:{settings['PORT'] or 5432}/{name}"
    with creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
