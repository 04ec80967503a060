"""Commands of the project."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from django.test import Client


def test_no_two_apps_have_a_command_of_the_same_name(root: Path) -> None:
    """Django would run the one of the app that comes first, and say nothing."""
    commands = [
        path.stem
        for folder in (*root.glob("*/management/commands"), *root.glob("*/*/management/commands"))
        if ".venv" not in folder.parts
        for path in folder.glob("[a-z]*.py")
    ]
    assert [name for name, count in Counter(commands).items() if count > 1] == []
    assert {"bootstrap_site", "sync_roles", "load_starter_content"} <= set(commands)


def test_no_api_is_served_or_kept_in_memory(root: Path, db: None) -> None:
    """Loaded for nobody, Wagtail's API costs each process 48 MB."""
    code = (
        "import sys, django; django.setup(); from django.urls import get_resolver;"
        "get_resolver().url_patterns; print({'ninja', 'openpyxl'} & set(sys.modules))"
    )
    printed = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == "set()"
    for address in ("/api/", "/api/v2/pages/", "/api/v3/pages/", "/admin/api/v3/pages/"):
        assert Client().get(address).status_code in (302, 404), address


def test_who_migrates_while_another_does_waits(db: None) -> None:
    """The lock is held while migrations run, by one connection, and given back."""
    from django.db import connection

    from site_cocagne.core.management.commands.migrate import LOCK, its_turn

    def holders() -> int:
        if connection.vendor != "postgresql":
            return 0
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                [LOCK],
            )
            return int(cursor.fetchone()[0])

    wanted = int(connection.vendor == "postgresql")
    with its_turn(connection):
        assert holders() == wanted
    assert holders() == 0
