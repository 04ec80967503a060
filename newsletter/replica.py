"""Keeping the provider's copy up to date, from a queue in the database.

The ledger queues an address in the transaction of its event; a worker tells the provider what is
true then. A provider that is down delays, and loses nothing: it is asked again for as long as it
takes, less and less often.
"""

from __future__ import annotations

import datetime
import logging
import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from . import providers
from .brevo import RefusedError, TryLaterError
from .models import ProviderUpdate, State, Subscriber

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=10)
FIRST_WAIT = datetime.timedelta(minutes=1)
LONGEST_WAIT = datetime.timedelta(hours=6)

Step = ProviderUpdate.State


def queue(address: str) -> None:
    """The copy of this address may be out of date. Nothing to do where nobody holds a copy."""
    if not providers.current().is_remote:
        return
    while True:
        row, made = ProviderUpdate.objects.get_or_create(address=address)
        if made or _ask_again(row):
            return


def _ask_again(row: ProviderUpdate) -> bool:
    """One more reason. False when a worker has finished with the row in between."""
    same = ProviderUpdate.objects.filter(pk=row.pk)
    # A worker that is at it now keeps it, so that one address is told in one order.
    waiting = same.exclude(state=Step.TAKEN).update(
        state=Step.QUEUED, generation=F("generation") + 1, attempts=0, not_before=timezone.now()
    )
    return bool(waiting or same.update(generation=F("generation") + 1))


def queue_everybody() -> int:
    """Everybody who reads something: for a provider that is new, or has lost its copy."""
    count = 0
    readers = Subscriber.objects.in_state(State.CONFIRMED).order_by("pk")
    for address in readers.values_list("address", flat=True).iterator(chunk_size=2000):
        queue(address)
        count += 1
    return count


def run(now: datetime.datetime | None = None) -> int:
    """Tell the provider what is due. Gives the number of addresses it knows of now.

    The first sign that it is down, or wants peace, ends the round: the rest can wait as well.
    """
    provider = providers.current()
    if not provider.is_remote:
        return 0
    now = now or timezone.now()
    dead = ProviderUpdate.objects.filter(state=Step.TAKEN, taken_at__lt=now - LEASE)
    dead.update(state=Step.QUEUED, taken_by="", taken_at=None)
    worker, done = uuid.uuid4().hex, 0
    while (row := _take(worker, now)) is not None:
        try:
            _tell(provider, row.address)
        except TryLaterError as error:
            _postpone(row, str(error), error.wait)
            break
        except RefusedError as error:
            logger.warning("The provider refuses an update: %s", error)
            _leave(row, Step.FAILED, str(error))
        else:
            done += 1
            _finish(row)
    return done


def _take(worker: str, now: datetime.datetime) -> ProviderUpdate | None:
    with transaction.atomic():
        due = ProviderUpdate.objects.filter(state=Step.QUEUED, not_before__lte=now)
        row = due.select_for_update(skip_locked=True).order_by("not_before", "pk").first()
        if row is not None:
            row.state, row.taken_by, row.taken_at = Step.TAKEN, worker, timezone.now()
            row.save(update_fields=["state", "taken_by", "taken_at"])
    return row


def _tell(provider: providers.Provider, address: str) -> None:
    subscriber = Subscriber.objects.filter(address=address).first()
    lists: list[str] = []
    if subscriber is not None:
        rows = subscriber.subscriptions.filter(state=State.CONFIRMED)
        lists = list(rows.values_list("list_key", flat=True))
    if lists:
        provider.put(address, lists)
    else:
        provider.take_away(address)


def _finish(row: ProviderUpdate) -> None:
    ours = ProviderUpdate.objects.filter(pk=row.pk, taken_by=row.taken_by)
    if not ours.filter(generation=row.generation).delete()[0]:
        # Something happened while the provider was being told: once more.
        ours.update(state=Step.QUEUED, taken_by="", taken_at=None, attempts=0)


def _postpone(row: ProviderUpdate, error: str, asked: int | None) -> None:
    wait = min(FIRST_WAIT * 2 ** min(row.attempts, 12), LONGEST_WAIT)
    wait = max(wait, datetime.timedelta(seconds=asked or 0))
    logger.warning("The provider cannot be told, attempt %s: %s", row.attempts + 1, error[:200])
    _leave(row, Step.QUEUED, error, not_before=timezone.now() + wait)


def _leave(row: ProviderUpdate, state: str, error: str, **more: datetime.datetime) -> None:
    ProviderUpdate.objects.filter(pk=row.pk, taken_by=row.taken_by).update(
        state=state,
        # It stops at what its column holds; the wait has long stopped growing.
        attempts=min(row.attempts + 1, 32000),
        # Of what came over the line, only what every database takes.
        last_error="".join(each if each.isprintable() else " " for each in error)[:300],
        taken_by="",
        taken_at=None,
        **more,
    )
