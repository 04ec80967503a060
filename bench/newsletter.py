"""``python -m bench.newsletter``: the newsletter with a hundred thousand subscriptions.

Fills the database that DATABASE_URL names (an empty one, kept apart for this), then measures the
answer to a sign-up, the team's list, the export as a stream, the check of the derived states, and
ten thousand mails through the outbox to a server of mail on this machine, killed half-way.
"""

from __future__ import annotations

import argparse
import datetime
import logging
import os
import random
import resource
import socket
import statistics
import subprocess
import sys
import time
import uuid
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django

BATCH = 5000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.newsletter", description=__doc__)
    parser.add_argument("--subscribers", type=int, default=100_000)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--send", metavar="PORT", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cocagne.settings.dev")
    if options.send:  # a worker of its own process, to be killed
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{options.send}"
        django.setup()
        from newsletter import outbox

        outbox.run()
        return
    django.setup()
    from django.test.utils import override_settings

    warnings.filterwarnings("ignore", message="No directory at")
    for name in ("mail.log", "axes"):  # a line a mail, and a line a login
        logging.getLogger(name).setLevel(logging.WARNING)
    with override_settings(
        DEBUG=False, ALLOWED_HOSTS=["testserver", "localhost"], NEWSLETTER_SEND_IN_PROCESS=False
    ):
        prepare()
        fill(options.subscribers)
        for step in (sign_up, admin_list, export, derived):
            step()
        send(options.mails)


def row(name: str, value: str) -> None:
    print(f"{name:<52} {value}", flush=True)


def expect(found: int, wanted: int) -> None:
    if found != wanted:
        sys.exit(f"{found} where {wanted} was expected: nothing to measure.")


def prepare() -> None:
    """Tables, a site and its newsletter page, where they are not there yet."""
    import io

    from django.core.management import call_command
    from wagtail.models import Page

    from newsletter.models import NewsletterPage

    call_command("migrate", verbosity=0)
    call_command("bootstrap_site", stdout=io.StringIO())
    if not NewsletterPage.objects.exists():
        home = Page.objects.get(depth=2, locale__language_code="fr")
        page = NewsletterPage(
            title="La lettre",
            slug="newsletter",
            locale=home.locale,
            consent_text="<p>Une lettre par mois, que l’on quitte quand on veut.</p>",
        )
        home.add_child(instance=page)
        page.save_revision().publish()


def fill(wanted: int) -> None:
    """Subscribers with the trail of a confirmed sign-up, some of them gone since."""
    from django.db import connection, transaction
    from django.utils import timezone

    from newsletter.models import ConsentEvent, Kind, Subscriber, Subscription

    # What an earlier run left when it was stopped.
    Subscription.objects.filter(list_key__startswith="bench-").delete()
    chance, now = random.Random(7), timezone.now()  # noqa: S311 (the same data each time)
    start = time.perf_counter()
    for first in range(Subscriber.objects.count(), wanted, BATCH):
        people = [
            Subscriber(
                address=f"p{number}@exemple.fr",
                language="fr",
                created_at=now - datetime.timedelta(days=chance.randrange(1, 700)),
            )
            for number in range(first, min(first + BATCH, wanted))
        ]
        with transaction.atomic():
            people = Subscriber.objects.bulk_create(people)
            events, rows = [], []
            for each in people:
                kinds = [Kind.ASKED, Kind.SENT, Kind.CONFIRMED]
                if chance.random() < 0.2:
                    kinds.append(Kind.LEFT)
                ask, at = uuid.uuid4(), each.created_at
                events += [
                    ConsentEvent(
                        subject=each.uid,
                        kind=kind,
                        list_key="general",
                        at=at,
                        ask=ask,
                        language="fr",
                        source="form",
                    )
                    for kind in kinds
                ]
                state = "left" if kinds[-1] == Kind.LEFT else "confirmed"
                rows.append(
                    Subscription(subscriber=each, list_key="general", state=state, since=at)
                )
            ConsentEvent.objects.bulk_create(events)
            Subscription.objects.bulk_create(rows)
    with connection.cursor() as cursor:  # what the database does by itself within minutes
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    row(f"{Subscriber.objects.count()} subscribers", f"made in {since(start)}")


def since(start: float) -> str:
    return f"{time.perf_counter() - start:.1f} s"


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of what is done inside."""
    from django.db import connection

    queries: list[str] = []

    def count(execute: Any, *arguments: Any) -> Any:
        queries.append(arguments[0])
        return execute(*arguments)

    with connection.execute_wrapper(count):
        yield queries


def measured(work: Callable[[], Any], times: int = 7) -> tuple[float, int]:
    """Median milliseconds, and the queries of one run."""
    work()
    with counted() as queries:
        work()
    taken = []
    for _time in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), len(queries)


def sign_up() -> None:
    from django.core.cache import cache
    from django.test import Client

    from newsletter import guard
    from newsletter.models import SignupRequest

    guard.TOKEN_NOT_BEFORE = datetime.timedelta(seconds=-1)
    token = guard.form_token()
    for address in ("nouvelle@exemple.fr", "p5@exemple.fr"):

        def post(address: str = address) -> None:
            cache.clear()
            answer = Client().post(
                "/newsletter/inscription/", {"email": address, "token": token, "short": "1"}
            )
            expect(answer.status_code, 302)

        taken, queries = measured(post)
        row(f"sign-up, {address}", f"{taken:.0f} ms, {queries} queries")
    SignupRequest.objects.all().delete()


def administrator() -> Any:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    user, _made = get_user_model().objects.get_or_create(
        email="bench@exemple.fr", defaults={"is_superuser": True, "is_staff": True}
    )
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def admin_list() -> None:
    from django.urls import reverse

    client, address = administrator(), reverse("newsletter_admin:index")
    for query in ("", "?p=1500", "?q=p4242", "?state=left", "?state=confirmed&letter=general"):

        def get(query: str = query) -> None:
            expect(client.get(address + query).status_code, 200)

        taken, queries = measured(get, times=3)
        row(f"list of subscriptions {query}", f"{taken:.0f} ms, {queries} queries")


def export() -> None:
    from django.urls import reverse

    client = administrator()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    answer = client.post(reverse("newsletter_admin:export"))
    lines, first = 0, None
    with counted() as queries:
        for part in answer.streaming_content:
            lines += part.count(b"\n")
            if first is None and lines > 1:
                first = since(start)
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    found = f"{lines} lines in {since(start)}, the first after {first}"
    row("export", f"{found}, {len(queries)} statement, {more} MB more")


def derived() -> None:
    from newsletter.ledger import disagreements

    start = time.perf_counter()
    with counted() as queries:
        wrong = sum(1 for _each in disagreements())
    found = f"{since(start)}, {len(queries)} statements, {wrong} wrong"
    row("every state compared with the ledger", found)


class Mailbox:
    """Counts what it answered for."""

    def __init__(self) -> None:
        self.to: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.to.update(envelope.rcpt_tos)
        return "250 Kept"


def send(count: int) -> None:
    """A letter to ``count`` readers by a worker that is killed half-way and begun again."""
    from aiosmtpd.controller import Controller
    from django.utils import timezone

    from newsletter import outbox
    from newsletter.models import LetterPage, Outgoing, Sending, Subscriber, Subscription

    letter = LetterPage.objects.first() or _a_letter()
    Sending.objects.all().delete()
    key = f"bench-{uuid.uuid4().hex[:8]}"
    ids = list(Subscriber.objects.order_by("pk").values_list("pk", flat=True)[:count])
    Subscription.objects.bulk_create(
        Subscription(subscriber_id=pk, list_key=key, state="confirmed", since=timezone.now())
        for pk in ids
    )
    Sending.objects.create(
        letter=letter,
        lists=[key],
        language="fr",
        subject="Bench",
        html="<p>Une lettre</p>" * 100,
        text="Une lettre\n" * 100,
    )
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port, server_hostname="localhost")
    server.start()
    start = time.perf_counter()
    worker = _worker(port)
    while sum(box.to.values()) < len(ids) // 2 and worker.poll() is None:
        time.sleep(0.01)
    worker.kill()
    worker.wait()
    killed_at = sum(box.to.values())
    outbox.recover(timezone.now(), lease=-outbox.LEASE)
    expect(_worker(port).wait(), 0)
    taken = time.perf_counter() - start
    server.stop()
    readers = Outgoing.objects.filter(sending__lists=[key])
    doubt = readers.filter(state=Outgoing.State.DOUBT)
    addresses, doubtful = (
        set(found.values_list("subscriber__address", flat=True)) for found in (readers, doubt)
    )
    twice = sum(1 for number in box.to.values() if number > 1)
    row(
        f"{len(ids)} mails, killed after {killed_at}",
        f"{taken:.1f} s, {len(box.to)} arrived, {twice} twice, {len(doubtful)} in doubt "
        f"({len(doubtful & set(box.to))} of them arrived), "
        f"{len(addresses - set(box.to) - doubtful)} lost",
    )
    Subscription.objects.filter(list_key=key).delete()


def _worker(port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "bench.newsletter", "--send", str(port)])


def _a_letter() -> Any:
    from newsletter.models import LetterPage, NewsletterPage

    parent = NewsletterPage.objects.all()[0]
    letter = LetterPage(title="Bench", locale=parent.locale)
    parent.add_child(instance=letter)
    return letter


if __name__ == "__main__":
    main()
