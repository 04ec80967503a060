"""Workers of their own process, killed by the system in the middle of a letter, then resumed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.databases import own_database

ROOT = Path(__file__).resolve().parents[2]
READERS = 120

FILL = f"""
from django.utils import timezone
from wagtail.models import Locale, Page
from newsletter.models import LetterPage, Sending, Subscriber, Subscription
letter = LetterPage(title="Lettre", slug="lettre", locale=Locale.objects.get(language_code="fr"))
Page.objects.get(depth=1).add_child(instance=letter)
people = Subscriber.objects.bulk_create(
    Subscriber(address=f"p{{number}}@exemple.fr", language="fr") for number in range({READERS})
)
Subscription.objects.bulk_create(
    Subscription(subscriber=each, list_key="general", state="confirmed", since=timezone.now())
    for each in people
)
Sending.objects.create(
    letter=letter, lists=["general"], language="fr", subject="Lettre", html="<p>Oui</p>", text="Oui"
)
"""
TELL = """
import json
from newsletter.models import Outgoing
print(json.dumps(list(Outgoing.objects.values_list("state", "subscriber__address"))))
"""


@dataclass
class Mailbox:
    """Keeps what it answered for; kills whoever is sending at the moments it was told."""

    kills: dict[int, str]  # by the number of mails kept: at which command of the next one
    to: Counter[str] = field(default_factory=Counter)
    killed: list[str] = field(default_factory=list)
    worker: subprocess.Popen[str] | None = None

    def _kill(self, at: str) -> None:
        if self.worker is not None and self.kills.get(self.to.total()) == at:
            del self.kills[self.to.total()]
            self.worker.kill()
            self.worker.wait()
            self.killed.append(at)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self._kill("when the reader is named")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self._kill("when the mail has arrived, before the answer")
        self.to.update(envelope.rcpt_tos)
        return "250 Kept"


@pytest.fixture
def mail_server() -> Iterator[Callable[[dict[int, str]], tuple[Mailbox, int]]]:
    running: list[Controller] = []

    def start(kills: dict[int, str]) -> tuple[Mailbox, int]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        box = Mailbox(kills)
        server = Controller(box, hostname="127.0.0.1", port=port, server_hostname="localhost")
        server.start()
        running.append(server)
        return box, port

    yield start
    for server in running:
        server.stop()


def test_a_letter_whose_workers_are_killed_is_resumed_with_none_lost_and_none_twice(
    db: None,
    tmp_path: Path,
    pytestconfig: pytest.Config,
    mail_server: Callable[[dict[int, str]], tuple[Mailbox, int]],
) -> None:
    cache = pytestconfig.cache
    assert cache is not None
    named, arrived = "when the reader is named", "when the mail has arrived, before the answer"
    box, port = mail_server({31: named, 77: arrived})
    with own_database(tmp_path, cache.mkdir("databases")) as url:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "site_cocagne.settings.dev",
            "DATABASE_URL": url,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "NEWSLETTER_PROVIDER": "",
            "PYTHONWARNINGS": "ignore",
        }

        def manage(*arguments: str) -> subprocess.Popen[str]:
            return subprocess.Popen(  # noqa: S603 (our own command)
                [sys.executable, "manage.py", *arguments],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )

        def shell(code: str) -> str:
            running = manage("shell", "--no-imports", "-c", code)
            said, wrong = running.communicate(timeout=120)
            assert running.returncode == 0, wrong
            return said

        shell(FILL)
        for _time in range(3):
            box.worker = manage("send_newsletter", "--resume")
            _said, wrong = box.worker.communicate(timeout=120)
            assert box.worker.returncode in (0, -9), wrong
        states = [(state, address) for state, address in json.loads(shell(TELL))]

    assert box.killed == [named, arrived]
    assert set(box.to.values()) == {1}  # none twice
    assert len(states) == READERS
    assert Counter(state for state, _address in states) == {"done": READERS - 1, "doubt": 1}
    doubtful = {address for state, address in states if state == "doubt"}
    everybody = {f"p{number}@exemple.fr" for number in range(READERS)}
    assert set(box.to) | doubtful == everybody  # none lost
    # What is in doubt had all but certainly arrived: here it had.
    assert set(box.to) == everybody
