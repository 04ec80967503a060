"""A real SMTP server: mails received, parsed, clicked and left; a worker killed at any moment."""

from __future__ import annotations

import email
import re
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.http import HttpResponse
from django.test import Client

from newsletter import ledger, letters, outbox, transport
from newsletter.models import (
    ConsentEvent,
    Kind,
    LetterPage,
    NewsletterPage,
    Outgoing,
    Sending,
    State,
    Subscriber,
    Subscription,
)
from tests import factories

pytestmark = pytest.mark.django_db


class Mailbox:
    """Keeps what a server of mail keeps: what it has answered for with 250."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.greeted = 0
        self.patience = 1000  # mails of one connection, after which it hangs up

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's name)
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.greeted += 1
        session.host_name, session.mails = hostname, 0
        return responses

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name)
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        session.mails += 1
        if session.mails > self.patience:
            return "421 Too many mails in one connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        assert envelope.rcpt_tos == [message["To"]]
        self.received.append(message)
        return "250 Kept"

    def to(self) -> Counter[str]:
        return Counter(str(message["To"]) for message in self.received)


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=port, server_hostname="localhost")
    server.start()
    settings.EMAIL_BACKEND = transport.SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()


def body(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def link_in(message: EmailMessage, name: str) -> str:
    found = re.search(rf"http://testserver(/newsletter/{name}/\S+)", body(message))
    assert found
    return found.group(1).rstrip(">")


def test_from_the_form_to_confirmed_to_gone_by_the_mails_received(
    mailbox: Mailbox, sign_up: Callable[..., HttpResponse]
) -> None:
    sign_up("lea@exemple.fr")
    outbox.run()
    [message] = mailbox.received
    assert message["To"] == "lea@exemple.fr"
    assert message["Subject"] == "Confirmez votre abonnement"
    assert "Réseau Cocagne" in str(message["From"])
    Client().get(link_in(message, "confirmer"))
    assert Subscription.objects.get().state == State.WAITING
    Client().post(link_in(message, "confirmer"))
    assert Subscription.objects.get().state == State.CONFIRMED
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = str(message["List-Unsubscribe"]).strip(" <>").removeprefix("http://testserver")
    Client().post(leave, {"List-Unsubscribe": "One-Click"})
    assert Subscription.objects.get().state == State.LEFT


def test_a_mail_has_text_and_html_and_tracks_nothing(
    mailbox: Mailbox, sign_up: Callable[..., HttpResponse]
) -> None:
    sign_up("lea@exemple.fr")
    outbox.run()
    [message] = mailbox.received
    assert "confirmer" in body(message)
    html = body(message, "html")
    assert "<img" not in html
    addresses = re.findall(r'href="([^"]+)"', html)
    assert addresses
    assert all(address.startswith("http://testserver/") for address in addresses)


def test_an_address_that_the_server_refuses_for_good_is_written_to_no_more(
    mailbox: Mailbox, sign_up: Callable[..., HttpResponse]
) -> None:
    mailbox.answers["lea@exemple.fr"] = "550 5.1.1 No such user"
    sign_up("lea@exemple.fr")
    outbox.run()
    assert Subscription.objects.get().state == State.BOUNCED
    assert "No such user" in ConsentEvent.objects.get(kind=Kind.BOUNCED).detail
    assert Outgoing.objects.get().state == Outgoing.State.FAILED


def test_a_server_that_is_busy_is_asked_again_later(
    mailbox: Mailbox, sign_up: Callable[..., HttpResponse]
) -> None:
    import datetime

    import time_machine
    from django.utils import timezone

    mailbox.answers["lea@exemple.fr"] = "451 Busy"
    sign_up("lea@exemple.fr")
    outbox.run()
    row = Outgoing.objects.get()
    assert (row.state, row.attempts) == (Outgoing.State.QUEUED, 1)
    mailbox.answers.clear()
    outbox.run()
    assert mailbox.received == []
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=2), tick=False):
        outbox.run()
    assert mailbox.to() == {"lea@exemple.fr": 1}


def test_a_server_that_is_down_loses_nothing(
    settings: Any, sign_up: Callable[..., HttpResponse]
) -> None:
    settings.EMAIL_BACKEND = transport.SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert sign_up("lea@exemple.fr").status_code == 302
    outbox.run()
    row = Outgoing.objects.get()
    assert row.state == Outgoing.State.QUEUED
    assert "refused" in row.last_error


class KilledError(BaseException):
    """The worker is gone: nothing after it runs, as after SIGKILL."""


READERS = 12


@pytest.fixture
def sending(newsletter_page: NewsletterPage) -> Sending:
    for number in range(READERS):
        made = Subscriber.objects.create(address=f"p{number}@exemple.fr", language="fr")
        ledger.record(made, Kind.CHANGED, ["general"], source=ConsentEvent.Source.LINK)
    letter: LetterPage = factories.add_page(newsletter_page, LetterPage, title="Lettre de mai")
    return letters.start(letter, ["general"], None)


def kill_at(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, call: int, *, after: bool
) -> None:
    """The next run dies at the ``call``-th call of a function, before it or just after it."""
    real, count = getattr(module, name), 0

    def dying(*args: Any, **kwargs: Any) -> Any:
        nonlocal count
        count += 1
        if count == call and not after:
            raise KilledError
        answer = real(*args, **kwargs)
        if count == call:
            raise KilledError
        return answer

    monkeypatch.setattr(module, name, dying)


@pytest.mark.parametrize("call", [1, READERS])
@pytest.mark.parametrize(
    ("module", "name", "after"),
    [
        (outbox, "hand_over", False),  # taken, not begun
        (transport.MarkingSMTP, "mail", False),  # connected
        (transport.MarkingSMTP, "rcpt", True),  # the reader named
        (outbox, "settle", False),  # the server has it, nobody wrote so
        (outbox, "settle", True),  # written down
    ],
)
def test_a_letter_whose_worker_is_killed_reaches_everybody_once(
    mailbox: Mailbox,
    sending: Sending,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
    after: bool,
    call: int,
) -> None:
    with monkeypatch.context() as patch:
        kill_at(patch, module, name, call, after=after)
        with pytest.raises(KilledError):
            outbox.run()
    from django.utils import timezone

    outbox.recover(timezone.now(), lease=-outbox.LEASE)
    outbox.run()
    assert mailbox.to() == {f"p{number}@exemple.fr": 1 for number in range(READERS)}
    assert not Outgoing.objects.filter(state=Outgoing.State.QUEUED).exists()


def test_a_line_that_breaks_before_the_answer_leaves_a_letter_in_doubt_and_sends_it_once(
    mailbox: Mailbox, sending: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    import smtplib

    real = transport.MarkingSMTP.data
    broken: list[bool] = []

    def breaking(self: Any, message: Any) -> Any:
        answer = real(self, message)
        if not broken:
            broken.append(True)
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return answer

    monkeypatch.setattr(transport.MarkingSMTP, "data", breaking)
    outbox.run()
    outbox.run()
    assert mailbox.to() == {f"p{number}@exemple.fr": 1 for number in range(READERS)}
    assert Outgoing.objects.filter(state=Outgoing.State.DOUBT).count() == 1
    assert sum(letters.progress([sending])[sending.pk].values()) == READERS


def test_two_workers_share_the_outbox_and_nobody_gets_it_twice(
    mailbox: Mailbox, sending: Sending
) -> None:
    letters.fill()
    first, second = outbox.take("a"), outbox.take("b")
    assert {row.pk for row in first}.isdisjoint({row.pk for row in second})
    with transport.Line() as line:
        for row in (*first, *first, *second):  # even told twice, it sends what is still its own
            outbox.hand_over(row, line)
    assert mailbox.to() == {f"p{number}@exemple.fr": 1 for number in range(READERS)}


def test_a_batch_needs_one_connection_and_one_that_hangs_up_is_called_again(
    mailbox: Mailbox, sending: Sending
) -> None:
    mailbox.answers["p3@exemple.fr"] = "550 5.1.1 No such user"
    outbox.run()
    assert mailbox.greeted == 1
    assert sum(mailbox.to().values()) == READERS - 1
    again = letters.start(sending.letter, ["general"], None, again=True)
    mailbox.patience = 5
    outbox.run()
    assert letters.progress([again]) == {again.pk: {Outgoing.State.DONE: READERS - 1}}
    assert set(mailbox.to().values()) == {2}
    assert mailbox.greeted == 1 + 3
    assert not Outgoing.objects.filter(attempts__gt=1).exists()
