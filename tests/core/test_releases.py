"""Putting a version online: migrations that break the old one, and what is asked afterwards."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models
from django.db.migrations import Migration, operations
from django.test import Client

from home.models import HomePage
from site_cocagne.core import migration_lint
from site_cocagne.core.management.commands import smoke

BEFORE = {("garden", "0001_initial")}
TEXT = models.CharField(max_length=10)


def migration(*changes: Any, name: str = "0002_change", app: str = "garden", note: str = "") -> Any:
    made: Any = Migration(name, app)
    made.operations = list(changes)
    if note:
        made.deploy = note
    return made


def found(*changes: Any, **how: Any) -> list[str]:
    return [words for _name, words in migration_lint.problems([migration(*changes, **how)], BEFORE)]


BREAKING: tuple[tuple[str, Any], ...] = (
    ("still asks", operations.RemoveField("bed", "name")),
    ("still asks", operations.DeleteModel("Bed")),
    ("old name", operations.RenameField("bed", "name", "title")),
    ("leaves it empty", operations.AddField("bed", "name", TEXT)),
    ("under a lock", operations.AlterField("bed", "name", TEXT)),
    ("writing waits", operations.AddIndex("bed", models.Index(fields=["name"], name="by_name"))),
    ("say how long", operations.RunPython(operations.RunPython.noop)),
)


@pytest.mark.parametrize(("words", "change"), BREAKING, ids=[type(c[1]).__name__ for c in BREAKING])
def test_what_breaks_the_running_version_is_refused_without_a_note(words: str, change: Any) -> None:
    assert [words in problem for problem in found(change)] == [True]
    assert found(change, note="At night, in two steps.") == []


def test_what_the_running_version_does_not_notice_passes() -> None:
    new = operations.CreateModel("Plot", [("id", models.AutoField(primary_key=True))])
    assert found(new, operations.AddField("plot", "name", TEXT)) == []
    assert found(operations.AddField("bed", "name", models.CharField(null=True))) == []
    assert found(operations.AddField("bed", "size", models.IntegerField(db_default=0))) == []
    assert found(operations.RemoveField("bed", "name"), app="never_released") == []
    assert found(operations.RemoveField("bed", "name"), name="0001_initial") == []


@pytest.mark.django_db
def test_the_migrations_of_this_version_are_listed_and_pass(
    tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("lint_migrations", stdout=io.StringIO())
    listed = {(one.app_label, one.name) for one in migration_lint.own_migrations(_root())}
    assert ("core", "0001_initial") in listed
    assert not {app for app, _name in listed} & {"wagtailcore", "auth"}
    assert migration_lint.problems(migration_lint.own_migrations(_root()), listed) == []


def _root() -> Any:
    from django.conf import settings

    return settings.BASE_DIR


# --- smoke ----------------------------------------------------------------------------------------


@pytest.fixture
def asked(client: Client, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """``smoke`` asks the site of the test in the place of one behind a network."""
    addresses = []

    def ask(url: str) -> smoke.Answer:
        path = url.removeprefix("http://testserver")
        addresses.append(path)
        answer = client.get(path)
        headers = {name.lower(): value for name, value in answer.items()}
        return smoke.Answer(
            200 if path.startswith("/static/") else answer.status_code,
            headers,
            b"".join(answer).decode("utf-8", "replace"),
        )

    monkeypatch.setattr(smoke, "ask", ask)
    return addresses


@pytest.mark.django_db
def test_a_site_without_its_pages_fails_the_smoke_test(home: HomePage, asked: list[str]) -> None:
    errors = io.StringIO()
    with pytest.raises(CommandError, match="2 of the checks failed"):
        call_command("smoke", "http://testserver", stderr=errors)
    assert "/agenda/: 404 in the place of 200" in errors.getvalue()
    assert "/boite-a-outils/: 404" in errors.getvalue()


@pytest.mark.django_db
def test_a_site_that_is_well_passes_it(
    home: HomePage, toolbox: Any, agenda: Any, asked: list[str]
) -> None:
    out = io.StringIO()
    call_command("smoke", "http://testserver/", stdout=out)
    assert "answers as it should" in out.getvalue()
    assert {"/", "/sante/pret/", "/recherche/?q=jardin"} <= set(asked)


def test_a_site_that_nobody_serves_is_said_in_words() -> None:
    errors = io.StringIO()
    with pytest.raises(CommandError):
        call_command("smoke", "http://127.0.0.1:1", stderr=errors)
    assert "/: 0 in the place of 200" in errors.getvalue()
