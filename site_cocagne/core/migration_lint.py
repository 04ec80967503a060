"""Migrations that would lock a table or break the version that still runs while they do.

A new version migrates first and restarts its processes after: for some seconds the old programme
works on the new tables. What it cannot bear must be done in two versions, or with a word on how:
an attribute ``deploy`` of the migration says it to whoever puts it online, and silences this.

What was in no version that runs anywhere is not looked at: ``deploy/released_migrations.txt``
lists what was, and is written when a version is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

RELEASED = Path("deploy") / "released_migrations.txt"
NOTE = "deploy"


def released(text: str) -> set[tuple[str, str]]:
    """(app, migration) of each line; what follows # is for people."""
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return {(parts[0], parts[1]) for parts in lines if len(parts) == 2}


def own_migrations(root: Path) -> list[Migration]:
    """The project's own migrations, each after what it depends on."""
    graph = MigrationLoader(None)
    found: dict[tuple[str, str], Migration] = {}
    for leaf in graph.graph.leaf_nodes():
        for key in graph.graph.forwards_plan(leaf):
            found.setdefault(key, graph.graph.nodes[key])
    ours = {config.label for config in _own_apps(root)}
    return [migration for key, migration in found.items() if key[0] in ours]


def _own_apps(root: Path) -> Iterator[Any]:
    from django.apps import apps

    for config in apps.get_app_configs():
        path = Path(config.path)
        if path.is_relative_to(root) and ".venv" not in path.parts:
            yield config


def problems(
    migrations: Iterable[Migration], already: set[tuple[str, str]]
) -> list[tuple[str, str]]:
    """(migration, what is wrong) of those that no running version has, in their order.

    If an app was in no version at all, all of its tables are new: nothing can break.
    """
    known = {app for app, _name in already}
    found, fresh = [], set()
    for migration in migrations:
        key = (migration.app_label, migration.name)
        if migration.app_label not in known or key in already:
            continue
        for operation in migration.operations:
            if isinstance(operation, operations.CreateModel):
                fresh.add((migration.app_label, operation.name.lower()))
            words = risk(operation)
            table = getattr(operation, "model_name", getattr(operation, "name", "")) or ""
            if words and (migration.app_label, table.lower()) not in fresh:
                found.append((f"{key[0]}.{key[1]}", f"{operation.describe()}: {words}"))
    noted = {
        f"{migration.app_label}.{migration.name}"
        for migration in migrations
        if getattr(migration, NOTE, "")
    }
    return [(name, words) for name, words in found if name not in noted]


def risk(operation: Any) -> str:
    """Why ``operation`` is not done while an old version runs; empty where it can be."""
    for kind, judge in RISKS:
        if isinstance(operation, kind):
            return judge if isinstance(judge, str) else judge(operation)
    return ""


def _added(operation: Any) -> str:
    field = operation.field
    if field.many_to_many or field.null or field.db_default is not NOT_PROVIDED:
        return ""
    return "the running version leaves it empty, and cannot save any more: give it a db_default"


def _locks_writers(operation: Any) -> str:
    return "writing waits while it is made: use the concurrent operation of PostgreSQL"


Judge = str | Callable[[Any], str]
RISKS: tuple[tuple[type[Any] | tuple[type[Any], ...], Judge], ...] = (
    (
        (operations.RemoveField, operations.DeleteModel),
        "the running version still asks for it: leave it in one version, remove it in the next",
    ),
    (
        (operations.RenameField, operations.RenameModel, operations.AlterModelTable),
        "the running version knows the old name only: add, copy, and remove in the next version",
    ),
    (operations.AddField, _added),
    (
        operations.AlterField,
        "may write the whole table anew under a lock, or refuse what the running version writes",
    ),
    (operations.AddIndex, _locks_writers),
    (
        (operations.AddConstraint, operations.AlterUniqueTogether),
        "reads the whole table under a lock, and the running version may break it",
    ),
    ((operations.RunSQL, operations.RunPython), "say how long it takes and what it locks"),
)


def check(root: Path | None = None) -> list[tuple[str, str]]:
    root = root or settings.BASE_DIR
    file = root / RELEASED
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return problems(own_migrations(root), released(text))


def write_release(root: Path | None = None) -> int:
    """List everything that is there now; returns how many migrations."""
    root = root or settings.BASE_DIR
    rows = sorted((one.app_label, one.name) for one in own_migrations(root))
    head = "# Migrations of the versions that run somewhere: manage.py lint_migrations --release\n"
    (root / RELEASED).write_text(
        head + "".join(f"{app} {name}\n" for app, name in rows), encoding="utf-8"
    )
    return len(rows)
