"""What operators see: readiness, state of the site, figures, log lines, the read-only switch."""

from __future__ import annotations

import datetime
import io
import json
import logging
import os
import shutil
import smtplib
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_redis.cache import RedisCache

from editorial.models import Heartbeat, Message
from editorial.state import tell
from home.models import HomePage
from members.models import User
from site_cocagne.core import caches as shared
from site_cocagne.core import generation, health, logs
from site_cocagne.settings import sentry, stores
from tests import factories

pytestmark = pytest.mark.django_db

STATE = "/admin/bureau/etat/"
TOKEN = "a-token-of-more-than-24-characters"
Browser = Callable[[User], Client]


def of(name: str) -> health.Finding:
    return next(finding for finding in health.findings() if finding.name == name)


def nobody_answers(*args: Any, **kwargs: Any) -> Any:
    raise DatabaseError("password=secret")


# --- readiness ----------------------------------------------------------------------------------


def test_without_database_the_site_is_alive_and_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "cursor", nobody_answers)
    assert client.get("/sante/").status_code == 200
    answer = client.get("/sante/pret/")
    assert (answer.status_code, answer.json()) == (503, {"status": "no database"})


def test_a_missing_migration_makes_it_unready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: [("x", False)])
    answer = client.get("/sante/pret/")
    assert (answer.status_code, answer.json()) == (503, {"status": "migrations missing"})


def test_a_cache_that_is_away_is_said_and_stops_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LocMemCache, "get", lambda self, key, *args, **kwargs: None)
    answer = client.get("/sante/pret/")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert "cache" in answer.json()["look"]


def test_a_check_that_breaks_is_a_finding_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Message.objects, "stuck", nobody_answers)
    found = [finding for finding in health.findings() if finding.state == health.State.BAD]
    assert [finding.name for finding in found] == ["look"]


# --- state of the site ----------------------------------------------------------------------------


def test_the_state_of_the_site_is_said_in_plain_french(
    superuser: User, logged_in: Browser, settings: Any, tmp_path: Path
) -> None:
    settings.BACKUP_FOLDER = tmp_path
    page = logged_in(superuser).get(STATE).content.decode()
    assert "État du site" in page
    assert "Sauvegardes" in page
    assert "Il n’y en a aucune." in page
    old = tmp_path / "cocagne-20260101-000000.tar"
    old.touch()
    days_ago = timezone.now().timestamp() - 3 * 24 * 3600
    os.utime(old, (days_ago, days_ago))
    assert of("backup").state == health.State.BAD
    (tmp_path / "cocagne-20260104-000000.tar.age").touch()
    assert of("backup").is_good


def test_only_those_who_look_after_the_site_see_its_state(
    redactrice: User, logged_in: Browser
) -> None:
    assert logged_in(redactrice).get(STATE).status_code in {302, 403}
    assert Client().get(STATE).status_code == 302


def test_a_queue_that_stands_still_is_bad_after_half_an_hour(adherent: User) -> None:
    row = Message.objects.create(
        recipient=adherent, kind=Message.Kind.PUBLISHED, subject="s", text="t", html="h"
    )
    assert of("messages").is_good
    row.created_at = timezone.now() - datetime.timedelta(minutes=45)
    row.save()
    found = of("messages")
    assert found.state == health.State.BAD
    assert found.value == pytest.approx(45 * 60, abs=60)


def test_a_disk_that_fills_is_said_before_it_is_full(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    Path(settings.PRIVATE_MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    for free, state in ((10**11, "good"), (10**9, "look"), (10**7, "bad")):
        usage = type("Usage", (), {"free": free})
        monkeypatch.setattr(shutil, "disk_usage", lambda path, found=usage: found)
        assert of("disk").state == state


def test_an_alarm_is_mailed_once_a_day_and_when_it_is_over(
    settings: Any, tmp_path: Path, mailoutbox: list[Any]
) -> None:
    settings.ALARM_EMAIL, settings.BACKUP_FOLDER = "technique@exemple.fr", tmp_path
    for _ in range(3):
        call_command("run_schedule", stdout=io.StringIO())
    assert [mail.to for mail in mailoutbox] == [["technique@exemple.fr"]]
    assert "Sauvegardes" in mailoutbox[0].body
    Heartbeat.objects.filter(name="alarm:backup").update(
        beat_at=timezone.now() - datetime.timedelta(hours=25)
    )
    assert tell() == 1
    (tmp_path / "cocagne-20260104-000000.tar").touch()
    assert (tell(), tell()) == (1, 0)
    assert len(mailoutbox) == 3
    assert "Sauvegardes" in mailoutbox[2].body


def test_an_alarm_that_could_not_leave_is_told_the_next_time(
    settings: Any, tmp_path: Path, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALARM_EMAIL, settings.BACKUP_FOLDER = "technique@exemple.fr", tmp_path

    def refuse(self: Any, **kwargs: Any) -> None:
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr("editorial.state.EmailMessage.send", refuse)
        assert tell() == 0
    assert tell() == 1


# --- figures --------------------------------------------------------------------------------------


def test_figures_are_for_whoever_holds_the_token(client: Client, settings: Any) -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}
    assert client.get("/sante/mesures/", headers=headers).status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/sante/mesures/").status_code == 404
    assert client.get("/sante/mesures/", headers={"authorization": "Bearer no"}).status_code == 404
    answer = client.get("/sante/mesures/", headers=headers)
    lines = answer.content.decode().splitlines()
    assert 'cocagne_good{check="database"} 1' in lines
    assert any(line.startswith('cocagne_value{check="messages"}') for line in lines)
    assert "no-cache" in answer["Cache-Control"]


# --- log lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "kept", "gone"),
    [
        ("Refused: jeanne@exemple.fr", "Refused: [mail]", "jeanne"),
        ("from 192.0.2.17 and 2001:db8::12af", "from [address] and [address]", "192.0"),
        ("Not Found: /recherche/?q=mon+nom", "Not Found: /recherche/?[query]", "nom"),
        ("/mon-espace/invitation/aB3dE5gH7jK9mN1pQ3sT5v/", "/mon-espace/invitation/[key]/", "aB3"),
        ("password=hunter2 failed", "password=[secret] failed", "hunter2"),
        ("/boite-a-outils/accueillir-une-nouvelle-equipe/", "accueillir-une-nouvelle-equipe", "?"),
        ("at 12:34:56", "at 12:34:56", "["),
    ],
)
def test_a_log_line_holds_nobodys_data(message: str, kept: str, gone: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s", (message,), None)
    line = json.loads(logs.JsonLines().format(record))
    assert kept in line["message"]
    assert gone not in line["message"]
    assert line["level"] == "WARNING"


def test_a_request_has_a_number_in_its_answer_and_its_line(
    client: Client, home: HomePage, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    caplog.set_level(logging.INFO, logger="site_cocagne.access")
    numbers = [client.get("/?x=1", headers={"x-request-id": "forged-number"})["X-Request-ID"]]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    numbers += [client.get("/", headers={"x-request-id": "of-our-nginx"})["X-Request-ID"]]
    numbers += [client.get("/", headers={"x-request-id": "bad\tone"})["X-Request-ID"]]
    assert numbers[1] == "of-our-nginx"
    assert all(len(number) == 32 for number in (numbers[0], numbers[2]))
    figures = [getattr(record, "figures", {}) for record in caplog.records]
    assert [line["path"] for line in figures if line] == ["/", "/", "/"]


def test_the_line_of_a_view_with_a_key_names_the_view(
    client: Client, home: HomePage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="site_cocagne.access")
    client.get(reverse("events_member_feed", args=["aB3" * 15]))
    lines = [record for record in caplog.records if record.name == "site_cocagne.access"]
    assert [getattr(record, "figures", {}).get("view") for record in lines] == [
        "events_member_feed"
    ]
    written = [logs.JsonLines().format(record) for record in caplog.records]
    assert "aB3aB3" not in "".join(written)


# --- the switch -----------------------------------------------------------------------------------


def test_read_only_lets_everybody_read_and_nobody_write(
    client: Client, superuser: User, logged_in: Browser, settings: Any, home: HomePage
) -> None:
    settings.READ_ONLY = True
    page = client.get("/")
    assert page.status_code == 200
    assert "rien ne peut être envoyé" in page.content.decode()
    browser = logged_in(superuser)
    admin = browser.get("/admin/").content.decode()
    assert "lecture seule" in admin
    for address in ("/mon-espace/connexion/", "/newsletter/inscription/", "/admin/pages/2/edit/"):
        answer = browser.post(address, {"title": "Autre"})
        assert (answer.status_code, answer["Retry-After"]) == (503, "300")
        assert "Lecture seule" in answer.content.decode()
    home.refresh_from_db()
    assert home.title != "Autre"


# --- Redis gone -----------------------------------------------------------------------------------


@pytest.fixture
def redis_gone(settings: Any) -> Any:
    """A port that nobody listens on."""
    settings.CACHES = stores.caches("redis://127.0.0.1:1/0")
    settings.PAGE_CACHE = True
    shared.absence.until, shared.absence.noticed = 0.0, False
    yield
    shared.absence.until, shared.absence.noticed = 0.0, False


def test_without_redis_pages_are_served_and_forms_work(
    redis_gone: None, client: Client, home: HomePage, adherent: User
) -> None:
    for _ in range(2):
        assert client.get("/").status_code == 200
        assert client.get("/plan-du-site/").status_code == 200
    factories.content(home, title="Parue sans Redis")
    assert "Parue sans Redis" in client.get("/plan-du-site/").content.decode()
    answer = client.post(
        "/mon-espace/connexion/", {"login": adherent.email, "password": factories.PASSWORD}
    )
    assert answer.status_code in {200, 302}
    assert client.get("/sante/pret/").json() == {"status": "ready", "look": ["cache"]}


def test_a_cache_that_is_back_has_to_forget_everything(
    redis_gone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    store: Any = caches["pages"]
    assert store.get("anything") is None
    assert shared.absence.noticed
    assert store.get("anything", 5) == 5  # left alone for a moment
    with pytest.raises(ValueError, match="does not answer"):
        store.incr("anything")
    begun: list[int] = []
    monkeypatch.setattr(RedisCache, "get", lambda self, key, *args, **kwargs: "before")
    monkeypatch.setattr(generation, "begin", lambda **kwargs: begun.append(1))
    shared.absence.until = 0.0
    assert store.get("anything") is None
    assert begun == [1]
    assert store.get("anything") == "before"


# --- errors told elsewhere ------------------------------------------------------------------------


def test_a_sentry_is_told_the_fault_and_nobodys_data(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setitem(sys.modules, "sentry_sdk", SimpleNamespace(init=given.update))
    sentry.report_to("https://key@sentry.example.org/1")
    assert given["send_default_pii"] is False
    assert given["include_local_variables"] is False
    event = {
        "request": {"method": "POST", "url": "/mon-espace/?k=1", "data": {"password": "secret"}},
        "user": {"id": 7, "ip_address": "203.0.113.7"},
        "breadcrumbs": {"values": [{"message": "SELECT"}]},
        "logentry": {"formatted": "mail to claire@exemple.fr"},
        "exception": {"values": [{"type": "ValueError", "value": "claire@exemple.fr, token=abc"}]},
    }
    told = str(given["before_send"](event, {}))
    assert "ValueError" in told
    for word in ("claire", "203.0.113.7", "secret'", "SELECT", "k=1", "abc"):
        assert word not in told


def test_a_sentry_without_its_library_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ImproperlyConfigured, match="sentry-sdk"):
        sentry.report_to("https://key@sentry.example.org/1")
