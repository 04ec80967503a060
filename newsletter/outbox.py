"""The outbox: mails wait in the database until a server has taken them.

A mail goes through *queued → taken → handing → done*. A worker takes some (committed), then for
each writes *handing* and hands it over. What a killed worker leaves behind: *taken* was never
handed over and is queued again; *handing* may have arrived. A letter is then set in doubt and
never sent a second time on its own; with SMTP the mark is set between the text and the dot that
ends it (``transport.py``), so that a letter in doubt has all but certainly arrived.
"""

from __future__ import annotations

import datetime
import logging
import threading
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone

from . import transport
from .models import Outgoing, Subscriber

logger = logging.getLogger(__name__)

State = Outgoing.State
Purpose = Outgoing.Purpose

BATCH = 50
LEASE = datetime.timedelta(minutes=10)  # after which a worker that holds a mail is taken for dead
MAX_ATTEMPTS = 9
FIRST_WAIT = datetime.timedelta(minutes=1)
LONGEST_WAIT = datetime.timedelta(hours=12)

# Of mails that a stranger can cause, to one address.
QUIET = datetime.timedelta(minutes=15)
MAX_A_DAY = 3

_running = threading.Lock()


def queue_for_address(
    subscriber: Subscriber,
    purpose: Outgoing.Purpose,
    *,
    ask: uuid.UUID,
    lists: Iterable[str],
    language: str,
) -> Outgoing | None:
    """Queue a mail that somebody asked for by typing an address, within that address's limits.

    Within a quarter of an hour of another it waits until that is over, one at a time; the fourth
    of a day is not written at all.
    """
    now = timezone.now()
    caused = Outgoing.objects.filter(
        subscriber=subscriber, purpose__in=[Purpose.CONFIRM, Purpose.KNOWN]
    )
    today = list(caused.filter(created_at__gt=now - datetime.timedelta(days=1)))
    if len(today) >= MAX_A_DAY:
        return None
    last = max((mail.done_at or mail.not_before for mail in today), default=None)
    if last is not None and last > now:
        return None  # one is already waiting for its time
    not_before = max(now, last + QUIET) if last is not None else now
    return Outgoing.objects.create(
        subscriber=subscriber,
        purpose=purpose,
        ask=ask,
        lists=list(lists),
        language=language,
        not_before=not_before,
    )


def nudge() -> None:
    """Send soon, without keeping the visitor waiting: in a thread, once this is committed.

    Off (``NEWSLETTER_SEND_IN_PROCESS = False``) where a worker runs ``send_newsletter`` instead.
    """
    if settings.NEWSLETTER_SEND_IN_PROCESS:
        transaction.on_commit(_start_thread)


def _start_thread() -> None:
    threading.Thread(target=_run_in_thread, name="newsletter-outbox", daemon=True).start()


def _run_in_thread() -> None:
    if not _running.acquire(blocking=False):
        return  # the one that runs will see the new rows, or the next nudge will
    try:
        close_old_connections()
        run()
    except Exception:
        logger.exception("The outbox stopped; what is in it stays there.")
    finally:
        _running.release()
        connection.close()


def run(now: datetime.datetime | None = None) -> int:
    """Process sign-ups and send what is due. Gives the number of mails handed over."""
    from . import replica
    from .letters import fill
    from .signup import process_requests

    recover(now)
    process_requests()
    fill()
    worker, sent = uuid.uuid4().hex, 0
    while batch := take(worker, now):
        with transport.Line() as line:
            for mail in batch:
                sent += hand_over(mail, line)
    replica.run(now)  # last: a provider that does not answer keeps no mail waiting
    return sent


def recover(now: datetime.datetime | None = None, lease: datetime.timedelta = LEASE) -> None:
    """Give back what dead workers held: see the module's first lines for what becomes of it."""
    dead = Outgoing.objects.filter(taken_at__lt=(now or timezone.now()) - lease)
    dead.filter(state=State.TAKEN).update(state=State.QUEUED, taken_by="", taken_at=None)
    handing = dead.filter(state=State.HANDING)
    handing.filter(purpose=Purpose.LETTER).update(state=State.DOUBT)
    # A confirmation that comes twice costs nobody anything; one that never comes does.
    handing.update(state=State.QUEUED, taken_by="", taken_at=None)


def take(worker: str, now: datetime.datetime | None = None) -> list[Outgoing]:
    """Take the next mails that are due, so that no other worker does."""
    with transaction.atomic():
        due = Outgoing.objects.filter(
            state=State.QUEUED, not_before__lte=now or timezone.now()
        ).order_by("not_before", "pk")
        ids = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        Outgoing.objects.filter(pk__in=ids).update(
            state=State.TAKEN, taken_by=worker, taken_at=timezone.now()
        )
    taken = Outgoing.objects.filter(pk__in=ids).select_related("subscriber", "sending")
    return list(taken.order_by("not_before", "pk"))


def hand_over(mail: Outgoing, line: transport.Line) -> bool:
    """Send one mail that was taken. True when a server has it now."""
    from . import mails

    handing = False

    def mark() -> None:
        nonlocal handing
        marked = Outgoing.objects.filter(pk=mail.pk, state=State.TAKEN).update(state=State.HANDING)
        if not marked:  # erased, or given to another worker, since it was taken
            raise transport.NoLongerOursError
        handing = True

    try:
        message = mails.write(mail)
        if message is None:
            settle(mail, State.DONE, error="nothing to send any more")
            return False
        line.send(message, mark)
    except transport.NoLongerOursError:
        line.close()
        return False
    except transport.RefusedError as error:
        settle(mail, State.FAILED, error=str(error))
        mails.refused(mail, str(error))
        return False
    except Exception as error:  # noqa: BLE001 (whatever went wrong, the mail is tried again)
        line.close()
        said = f"{type(error).__name__}: {error}"
        if handing and mail.purpose == Purpose.LETTER and not transport.was_answered(error):
            settle(mail, State.DOUBT, error=said)
        else:
            postpone(mail, said)
        return False
    settle(mail, State.DONE)
    mails.after(mail)
    return True


def settle(mail: Outgoing, state: Outgoing.State, error: str = "") -> None:
    Outgoing.objects.filter(pk=mail.pk).update(
        state=state, done_at=timezone.now(), last_error=error[:300], attempts=F("attempts") + 1
    )


def postpone(mail: Outgoing, error: str) -> None:
    """Try again after a wait that doubles each time; give up after ``MAX_ATTEMPTS``."""
    attempts = mail.attempts + 1
    logger.warning("A %s mail waits, attempt %s: %s", mail.purpose, attempts, error[:200])
    wait = min(FIRST_WAIT * 2 ** min(attempts - 1, 12), LONGEST_WAIT)
    Outgoing.objects.filter(pk=mail.pk).update(
        state=State.QUEUED if attempts < MAX_ATTEMPTS else State.FAILED,
        attempts=attempts,
        not_before=timezone.now() + wait,
        taken_by="",
        taken_at=None,
        last_error=error[:300],
    )
