"""The provider's copy, told over HTTP by a local server that answers well, badly or not at all."""

from __future__ import annotations

import datetime
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from newsletter import brevo, ledger, outbox, replica, retention
from newsletter.models import (
    ConsentEvent,
    Kind,
    Outgoing,
    ProviderReport,
    ProviderUpdate,
    State,
    Subscriber,
    Subscription,
)
from site_cocagne.settings.base import mail_settings
from site_cocagne.settings.environment import read_environment

pytestmark = pytest.mark.django_db

SECRET = "a-secret-of-the-webhook-that-is-long-enough"
REPORTS = "/newsletter/rapports/"
NOT_THERE: Any = (404, {}, b'{"code":"document_not_found","message":"Contact does not exist"}')


@dataclass
class FakeBrevo:
    """Contacts as Brevo keeps them; ``answers`` are given first, one a request."""

    url: str = ""
    contacts: dict[str, set[int]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    answers: list[Any] = field(default_factory=list)
    mails: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, method: str, path: str, said: dict[str, Any]) -> Any:
        self.asked.append((method, path))
        if self.answers:
            return self.answers.pop(0)
        if path.endswith("/smtp/email"):
            self.mails.append(said)
            return (201, {}, b'{"messageId": "<1@smtp-relay.example>"}')
        if method == "POST":
            self.contacts.setdefault(said["email"], set()).update(said["listIds"])
            return (201, {}, b'{"id": 1}')
        address = unquote(path.partition("?")[0].rpartition("/")[2])
        if address not in self.contacts:
            return NOT_THERE
        if method == "DELETE":
            del self.contacts[address]
        else:
            self.contacts[address] -= set(said["unlinkListIds"])
        return (204, {}, b"")


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[HTTPServer, list[FakeBrevo]]]:
    now: list[FakeBrevo] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            said = json.loads(self.rfile.read(length) or b"{}")
            now[-1].keys.add(str(self.headers["api-key"]))
            answer = now[-1].answer(self.command, self.path, said)
            if isinstance(answer, bytes):  # whatever comes, HTTP or not
                self.wfile.write(answer)
                self.close_connection = True
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 (the library's names)

        def log_message(self, *args: Any) -> None:
            return None

    running = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield running, now
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def provider(server: tuple[HTTPServer, list[FakeBrevo]], settings: Any) -> FakeBrevo:
    made = FakeBrevo(url=f"http://127.0.0.1:{server[0].server_address[1]}/v3")
    server[1].append(made)
    settings.NEWSLETTER_PROVIDER = "brevo"
    settings.BREVO_API_KEY, settings.BREVO_API_URL = "key-of-the-test", made.url
    settings.BREVO_LISTS = {"general": 3, "produire": 4}
    settings.NEWSLETTER_WEBHOOK_SECRET = SECRET
    return made


def reader(address: str = "lea+jardin@exemple.fr", *lists: str) -> Subscriber:
    made: Subscriber = Subscriber.objects.create(address=address, language="fr")
    ledger.record(made, Kind.CHANGED, lists or ["general"], source=ConsentEvent.Source.LINK)
    return made


def test_without_a_provider_nothing_is_queued(settings: Any) -> None:
    settings.NEWSLETTER_PROVIDER = ""
    reader()
    assert ProviderUpdate.objects.count() == replica.run() == 0


def test_the_copy_follows_what_is_read_and_an_address_that_leaves_is_taken_away(
    provider: FakeBrevo,
) -> None:
    lea = reader("lea+jardin@exemple.fr", "general", "produire")
    outbox.run()
    assert provider.contacts == {"lea+jardin@exemple.fr": {3, 4}}
    ledger.record(lea, Kind.LEFT, ["produire"], source=ConsentEvent.Source.LINK)
    outbox.run()
    assert provider.contacts == {"lea+jardin@exemple.fr": {3}}
    ledger.record(lea, Kind.LEFT, ["general"], source=ConsentEvent.Source.LINK)
    outbox.run()
    assert provider.contacts == {}
    assert ProviderUpdate.objects.count() == 0
    assert provider.keys == {"key-of-the-test"}


def test_an_address_that_only_asked_is_told_to_nobody(provider: FakeBrevo) -> None:
    made = Subscriber.objects.create(address="lea@exemple.fr", language="fr")
    ledger.record(made, Kind.ASKED, ["general"], source=ConsentEvent.Source.FORM)
    outbox.run()
    assert provider.asked == []


def test_an_erased_address_is_erased_there_too(provider: FakeBrevo) -> None:
    lea = reader()
    outbox.run()
    ledger.erase(lea, ConsentEvent.Source.LINK)
    outbox.run()
    assert provider.contacts == {}
    assert ProviderUpdate.objects.count() == 0


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param((500, {}, b"<h1>Internal error</h1>"), id="500"),
        pytest.param((429, {}, b'{"code":"too_many_requests"}'), id="429"),
        pytest.param((401, {}, b'{"code":"unauthorized"}'), id="key taken away"),
        pytest.param((200, {}, b"<html>Welcome to the hotel</html>"), id="page of a proxy"),
        pytest.param((302, {"Location": "http://127.0.0.1:1/"}, b""), id="redirected"),
        pytest.param((404, {}, b"not json \xff"), id="404 of somebody else"),
        pytest.param(b"\x00\xffgarbage\r\n\r\n", id="garbage"),
        pytest.param(b"HTTP/1.1 204", id="half a line"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_provider_in_trouble_loses_nothing_and_is_told_later(
    provider: FakeBrevo, bad: Any
) -> None:
    reader()
    provider.answers = [bad]
    outbox.run()
    row = ProviderUpdate.objects.get()
    assert (row.state, row.attempts, bool(row.last_error)) == ("queued", 1, True)
    outbox.run()
    assert len(provider.asked) == 1  # not before its time
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=2), tick=False):
        outbox.run()
    assert provider.contacts == {"lea+jardin@exemple.fr": {3}}
    assert ProviderUpdate.objects.count() == 0


def test_a_provider_that_says_how_long_to_wait_is_left_alone_so_long(provider: FakeBrevo) -> None:
    reader()
    provider.answers = [(429, {"x-sib-ratelimit-reset": "1800"}, b"{}")]
    outbox.run()
    wait = ProviderUpdate.objects.get().not_before - timezone.now()
    assert datetime.timedelta(minutes=29) < wait <= datetime.timedelta(minutes=30)


def test_a_provider_that_accepts_and_never_answers_is_left_after_a_time_out(
    provider: FakeBrevo, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brevo, "TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.BREVO_API_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/v3"
        reader()
        outbox.run()
    assert "TimeoutError" in ProviderUpdate.objects.get().last_error


def test_a_provider_that_is_down_delays_nobody_and_is_asked_for_ever(
    provider: FakeBrevo, settings: Any
) -> None:
    settings.BREVO_API_URL = "http://127.0.0.1:1/v3"
    for number in range(5):
        reader(f"p{number}@exemple.fr")
    start = timezone.now()
    for day in range(30):
        with time_machine.travel(start + datetime.timedelta(days=day), tick=False):
            outbox.run()
    assert ProviderUpdate.objects.filter(state="queued").count() == 5
    settings.BREVO_API_URL = provider.url
    with time_machine.travel(start + datetime.timedelta(days=40), tick=False):
        outbox.run()
    assert len(provider.contacts) == 5


def test_an_update_that_is_refused_as_it_is_stays_to_be_seen_and_holds_up_no_other(
    provider: FakeBrevo,
) -> None:
    reader("a@exemple.fr")
    reader("b@exemple.fr")
    provider.answers = [(400, {}, b'{"code":"invalid_parameter","message":"list 3"}')]
    outbox.run()
    assert ProviderUpdate.objects.get().last_error == "400 invalid_parameter"
    assert provider.contacts == {"b@exemple.fr": {3}}


def test_what_happens_while_the_provider_is_being_told_is_told_next(
    provider: FakeBrevo, monkeypatch: pytest.MonkeyPatch
) -> None:
    lea = reader()
    real = brevo.Brevo.put

    def slow(self: Any, address: str, lists: list[str]) -> None:
        monkeypatch.setattr(brevo.Brevo, "put", real)
        ledger.record(lea, Kind.LEFT, ["general"], source=ConsentEvent.Source.LINK)
        real(self, address, lists)

    monkeypatch.setattr(brevo.Brevo, "put", slow)
    outbox.run()
    assert provider.contacts == {}
    assert ProviderUpdate.objects.count() == 0


def test_a_worker_killed_while_telling_is_replaced(
    provider: FakeBrevo, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        pass

    reader()
    with monkeypatch.context() as patch:
        patch.setattr(replica, "_finish", lambda row: (_ for _ in ()).throw(KilledError))
        with pytest.raises(KilledError):
            replica.run()
    assert replica.run() == 0
    assert replica.run(timezone.now() + datetime.timedelta(minutes=11)) == 1
    assert ProviderUpdate.objects.count() == 0


# --- what the provider reports -------------------------------------------------------------------


def report(event: str = "hard_bounce", **more: Any) -> dict[str, Any]:
    return {
        "event": event,
        "email": "Lea+jardin@exemple.fr",
        "id": 12,
        "camp_id": 7,
        "ts_event": int(timezone.now().timestamp()),
        "reason": "unknown\x00user",
        **more,
    }


def post(content: Any, secret: str = SECRET) -> int:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    client = Client(enforce_csrf_checks=True, headers=headers)
    return client.post(REPORTS, body, content_type="application/json").status_code


def state() -> str:
    return str(Subscription.objects.get(list_key="general").state)


@pytest.mark.parametrize(
    ("event", "after"),
    [
        ("hard_bounce", State.BOUNCED),
        ("spam", State.LEFT),
        ("unsubscribe", State.LEFT),
        ("opened", State.CONFIRMED),
        ("soft_bounce", State.CONFIRMED),
    ],
)
def test_a_report_becomes_a_line_of_the_ledger_once(
    provider: FakeBrevo, event: str, after: str
) -> None:
    reader()
    said = report(event)
    assert [post(said), post(said), post([said, said])] == [204, 204, 204]
    assert state() == after
    lines = ConsentEvent.objects.filter(source=ConsentEvent.Source.PROVIDER)
    assert lines.count() == (0 if after == State.CONFIRMED else 1)
    assert list(ledger.disagreements()) == []


def test_a_departure_from_one_list_is_from_that_letter_alone(provider: FakeBrevo) -> None:
    reader("lea+jardin@exemple.fr", "general", "produire")
    post(report("unsubscribe", list_id=[4]))
    assert state() == State.CONFIRMED
    assert Subscription.objects.get(list_key="produire").state == State.LEFT


def test_an_old_report_does_not_undo_a_younger_consent(provider: FakeBrevo) -> None:
    reader()
    hour_ago = int(timezone.now().timestamp()) - 3600
    assert post(report("unsubscribe", ts_event=hour_ago)) == 204
    assert state() == State.CONFIRMED


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "é"])
def test_a_report_without_the_secret_is_refused(provider: FakeBrevo, secret: str) -> None:
    reader()
    assert post(report(), secret) == 401
    assert state() == State.CONFIRMED
    assert ProviderReport.objects.count() == 0


def test_where_no_secret_is_set_no_report_is_taken(provider: FakeBrevo, settings: Any) -> None:
    settings.NEWSLETTER_WEBHOOK_SECRET = ""
    assert post(report(), "") == 404
    assert Client().get(REPORTS).status_code == 405


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        ("word", 400),
        ([1, 2], 400),
        ({}, 204),
        ([], 204),
        (report(email=None), 204),
        (report(email="a@b.fr, c@d.fr\nBcc: e@f.fr"), 204),
        (report(email="inconnue@exemple.fr"), 204),
        (report(ts_event="soon", list_id={"a": 1}), 204),
        (report(ts_event=10**30), 204),
        (report("unsubscribe", list_id=[[4]]), 204),
    ],
)
def test_a_report_that_makes_no_sense_breaks_nothing(
    provider: FakeBrevo, content: Any, status: int
) -> None:
    reader()
    assert post(content) == status


def test_reports_and_refused_updates_are_forgotten_after_a_year(provider: FakeBrevo) -> None:
    reader()
    post(report())
    ProviderUpdate.objects.update(state="failed")
    later = timezone.now() + datetime.timedelta(days=366)
    assert retention.purge(later)["old reports of the provider"] == 2


# --- mail through the provider ------------------------------------------------------------------


@pytest.fixture
def mail_by_brevo(provider: FakeBrevo, settings: Any, monkeypatch: pytest.MonkeyPatch) -> FakeBrevo:
    """What ``EMAIL_URL=brevo://`` makes of the settings, read as the site reads them."""
    for name, value in (
        ("EMAIL_URL", "brevo://"),
        ("BREVO_API_KEY", "key-of-the-test"),
        ("BREVO_API_URL", provider.url),
    ):
        monkeypatch.setenv(name, value)
    for name, value in mail_settings(read_environment(development=True)).items():
        setattr(settings, name, value)
    settings.NEWSLETTER_PROVIDER = ""
    return provider


def test_with_brevo_as_mail_server_a_confirmation_leaves_over_http_with_its_headers(
    mail_by_brevo: FakeBrevo, sign_up: Callable[..., HttpResponse]
) -> None:
    sign_up("lea@exemple.fr")
    assert outbox.run() == 1
    [mail] = mail_by_brevo.mails
    assert mail["to"] == [{"email": "lea@exemple.fr"}]
    assert mail["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/newsletter/confirmer/" in mail["textContent"]
    assert "/newsletter/confirmer/" in mail["htmlContent"]
    assert mail_by_brevo.keys == {"key-of-the-test"}


@pytest.mark.parametrize("answer", [(500, {}, b"{}"), (429, {}, b"{}"), (201, {}, b"<html>"), b""])
def test_with_brevo_as_mail_server_one_in_trouble_loses_nothing(
    mail_by_brevo: FakeBrevo, sign_up: Callable[..., HttpResponse], answer: Any
) -> None:
    mail_by_brevo.answers.append(answer)
    sign_up("lea@exemple.fr")
    assert outbox.run() == 0
    row = Outgoing.objects.get()
    assert (row.state, row.attempts) == (Outgoing.State.QUEUED, 1)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=2), tick=False):
        assert outbox.run() == 1
    assert [mail["to"] for mail in mail_by_brevo.mails] == [[{"email": "lea@exemple.fr"}]]
