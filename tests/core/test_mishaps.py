"""A database that is away, a worker that died, a full disk; real ones in tests/production."""

from __future__ import annotations

import datetime
import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from psycopg_pool import PoolTimeout

from members.mails import deliver
from site_cocagne.core import away, health
from site_cocagne.core.search.reading import read_document
from site_cocagne.core.storages import WholeFiles
from site_cocagne.core.tasks import LOST_AFTER, MOST_WORKERS, tidy

pytestmark = pytest.mark.django_db

BACK_SOON = "Le site revient dans un instant"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    away.absence.until = 0.0


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def fails_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The site map's database question fails; gives who asked."""
    asked: list[str] = []

    def fail(*args: Any, **kwargs: Any) -> Any:
        asked.append("asked")
        raise error

    monkeypatch.setattr("site_cocagne.core.views.access.visible_to", fail)
    return asked


def no_connection() -> OperationalError:
    error = OperationalError("couldn't get a connection")
    error.__cause__ = PoolTimeout()
    return error


def test_a_database_that_is_away_is_said_and_not_asked_again_at_once(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = fails_with(no_connection(), monkeypatch)
    for _ in range(3):
        answer = visitor.get("/plan-du-site/")
        assert answer.status_code == 503
        assert BACK_SOON in answer.text
        assert answer["Retry-After"] == "5"
        assert answer["Cache-Control"] == "no-store"
    assert asked == ["asked"], "the others do not wait for a connection"
    assert visitor.get("/sante/").status_code == 200
    away.absence.until = 0.0
    visitor.get("/plan-du-site/")
    assert len(asked) == 2


def test_a_connection_that_breaks_once_turns_nobody_else_away(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = fails_with(OperationalError("server closed the connection"), monkeypatch)
    assert [visitor.get("/plan-du-site/").status_code for _ in range(2)] == [503, 503]
    assert len(asked) == 2


def test_a_fault_of_ours_is_no_database_that_is_away(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_with(ValueError("ours"), monkeypatch)
    answer = visitor.get("/plan-du-site/")
    assert answer.status_code == 500
    assert "L’arrosoir s’est renversé" in answer.text


# --- tasks ----------------------------------------------------------------------------------------


def running(*workers: str, since: datetime.timedelta) -> DBTaskResult[Any, Any]:
    return DBTaskResult.objects.create(
        args_kwargs={"args": [1], "kwargs": {}},
        task_path=read_document.module_path,
        backend_name="default",
        run_after=get_date_max(),
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - since,
        worker_ids=list(workers),
    )


def test_the_task_of_a_dead_worker_goes_back_and_that_of_a_living_one_stays() -> None:
    dead = running("one", since=2 * LOST_AFTER)
    alive = running("two", since=LOST_AFTER / 2)
    assert tidy() == 1
    dead.refresh_from_db()
    alive.refresh_from_db()
    assert (dead.status, alive.status) == ("READY", "RUNNING")


def test_a_task_that_ends_its_workers_is_given_up_and_old_results_are_forgotten() -> None:
    deadly = running(*"abc"[:MOST_WORKERS], since=2 * LOST_AFTER)
    assert tidy() == 0
    deadly.refresh_from_db()
    assert deadly.status == "FAILED"
    assert "AbandonedError" in deadly.exception_class_path
    DBTaskResult.objects.update(finished_at=timezone.now() - datetime.timedelta(days=2))
    tidy()
    assert not DBTaskResult.objects.exists()


def test_a_queue_nobody_works_on_is_told() -> None:
    task = running("one", since=2 * LOST_AFTER)
    tidy()
    old = timezone.now() - datetime.timedelta(hours=1)
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=old)
    finding = health.tasks()
    assert (finding.state, finding.value and finding.value > 3500) == (health.State.BAD, True)


# --- mail and files -------------------------------------------------------------------------------


def test_a_mail_waits_for_its_server_and_leaves_once(settings: Any) -> None:
    message = mail.EmailMessage("Objet", "Texte", to=["membre@exemple.fr"])
    settings.EMAIL_BACKEND = "tests.editorial.broken_mail.RefusesSend"
    deliver(message)
    waiting = DBTaskResult.objects.get()
    assert waiting.run_after > timezone.now()
    call_command("run_schedule")
    assert not mail.outbox
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    DBTaskResult.objects.update(run_after=timezone.now())
    for _ in range(2):
        call_command("run_schedule")
    assert [(each.subject, each.to) for each in mail.outbox] == [("Objet", ["membre@exemple.fr"])]


def test_no_half_of_a_file_stays_on_a_full_disk(tmp_path: Path) -> None:
    class Endless(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"half"
            raise OSError(errno.ENOSPC, "No space left on device")

    storage = WholeFiles(location=tmp_path)
    storage.save("there.txt", ContentFile(b"whole"))
    with pytest.raises(OSError, match="No space"):
        storage.save("new.txt", Endless(b""))
    assert [path.name for path in tmp_path.iterdir()] == ["there.txt"]
