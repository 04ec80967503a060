"""The ledger of consent: what can happen, what follows from it, and its only writer.

State of a list for an address, and what each event makes of it (anything else leaves it as it is):

============  =======================================================
asked         nothing, left, bounced, waiting → waiting
confirmed     waiting → confirmed
changed       anything → confirmed (through a signed link, or by import with proof)
left          anything known → left
bounced       waiting, confirmed → bounced
erased        anything → nothing
============  =======================================================

So asking again never weakens what is confirmed, and a confirmation without an asking does nothing.
"""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from . import replica
from .addresses import address_key, normalise_address
from .models import ConsentEvent, ConsentText, Kind, State, Subscriber, Subscription

Source = ConsentEvent.Source

AFTER: dict[Kind, dict[State | None, State | None]] = {
    Kind.ASKED: {
        None: State.WAITING,
        State.LEFT: State.WAITING,
        State.BOUNCED: State.WAITING,
    },
    Kind.SENT: {},
    Kind.CONFIRMED: {State.WAITING: State.CONFIRMED},
    Kind.CHANGED: dict.fromkeys((None, *State), State.CONFIRMED),
    Kind.LEFT: dict.fromkeys(State, State.LEFT),
    Kind.BOUNCED: dict.fromkeys((State.WAITING, State.CONFIRMED), State.BOUNCED),
    Kind.ERASED: dict.fromkeys(State),
}


def advance(state: State | None, kind: Kind) -> State | None:
    """The state of a list after one more event."""
    return AFTER[kind].get(state, state)


def derive(events: Iterable[ConsentEvent]) -> dict[str, State]:
    """The states that follow from the events of one subject, in their order, by list.

    An event without a list is about all lists known so far, or (``changed``) about none of them.
    """
    states: dict[str, State | None] = {}
    for event in events:
        kind = Kind(event.kind)
        for key in _touched(kind, [event.list_key], list(states)):
            states[key] = advance(states.get(key), kind)
    return {key: state for key, state in states.items() if state is not None}


def _touched(kind: Kind, named: list[str], known: list[str]) -> list[str]:
    """The lists an event is about: those it names, else all known ones, or (``changed``) none."""
    if any(named):
        return named
    return [] if kind == Kind.CHANGED else known


def keep_text(text: str, language: str) -> ConsentText:
    """The row of an exact text: made the first time, found by its hash afterwards."""
    digest = hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()
    kept, _made = ConsentText.objects.get_or_create(
        digest=digest, defaults={"language": language, "text": text}
    )
    return kept


@transaction.atomic
def record(
    subscriber: Subscriber,
    kind: Kind,
    lists: Iterable[str],
    *,
    source: ConsentEvent.Source,
    at: datetime.datetime | None = None,
    ask: uuid.UUID | None = None,
    text: ConsentText | None = None,
    **facts: Any,
) -> dict[str, State]:
    """Add one event a list, and bring the derived states up to it. Gives the states after it.

    ``facts``: ``page`` and ``detail`` of the event. The subscriber's row is locked first, so that
    two requests about one address follow one another.
    """
    at = at or timezone.now()
    keys = list(dict.fromkeys(lists))
    Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    rows = {row.list_key: row for row in Subscription.objects.filter(subscriber=subscriber)}
    ConsentEvent.objects.bulk_create(
        ConsentEvent(
            subject=subscriber.uid,
            kind=kind,
            list_key=key,
            at=at,
            ask=ask,
            text=text,
            language=subscriber.language,
            source=source,
            **facts,
        )
        for key in keys
    )
    for key in _touched(kind, keys, list(rows)):
        row = rows.get(key)
        before = State(row.state) if row else None
        after = advance(before, kind)
        if after is None or after == before:
            continue
        if row is None:
            rows[key] = Subscription(subscriber=subscriber, list_key=key, state=after, since=at)
        else:
            row.state, row.since = after, at
    _write(rows.values())
    if kind not in (Kind.ASKED, Kind.SENT):  # of these a provider knows nothing
        replica.queue(subscriber.address)
    return {key: State(row.state) for key, row in rows.items()}


def _write(rows: Iterable[Subscription]) -> None:
    for row in rows:
        row.save()


@transaction.atomic
def erase(subscriber: Subscriber, source: ConsentEvent.Source, detail: str = "") -> None:
    """Forget the address for good. Its trail stays without it, ended by a line with its key.

    The key lets the association answer a complaint about an address that it no longer holds,
    and keeps an import from bringing it back unnoticed.
    """
    Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    ConsentEvent.objects.create(
        subject=subscriber.uid,
        kind=Kind.ERASED,
        source=source,
        detail=detail,
        language=subscriber.language,
        address_key=address_key(subscriber.address),
    )
    replica.queue(subscriber.address)
    subscriber.delete()


def pending_asks(events: Iterable[ConsentEvent]) -> dict[str, dict[uuid.UUID, ConsentEvent]]:
    """By list, the askings that may still be confirmed: those since the last departure."""
    asks: dict[str, dict[uuid.UUID, ConsentEvent]] = {}
    for event in events:
        if event.kind == Kind.ASKED and event.ask:
            asks.setdefault(event.list_key, {})[event.ask] = event
        elif event.kind in (Kind.LEFT, Kind.BOUNCED, Kind.ERASED):
            if event.list_key:
                asks.pop(event.list_key, None)
            else:
                asks.clear()
    return asks


def trail(subscriber: Subscriber) -> list[ConsentEvent]:
    """Everything the ledger holds about a subscriber, in order (one query)."""
    events = ConsentEvent.objects.filter(subject=subscriber.uid)
    return list(events.select_related("text").order_by("pk"))


def erased(address: str) -> list[ConsentEvent]:
    """The last lines of trails that this address, typed in full, once had and that were erased."""
    try:
        key = address_key(normalise_address(address))
    except ValidationError:
        return []
    found = ConsentEvent.objects.filter(kind=Kind.ERASED, address_key=key)
    return list(found.order_by("-pk"))


def disagreements() -> Iterator[str]:
    """Where the derived states are not what the ledger says: nothing, unless somebody meddled.

    The ledger and the states are read as two streams in the order of their subjects, side by
    side: two statements and a few lines in memory, however many subscribers there are. A trail
    without a subscriber is that of an erased address, which has no state.
    """
    found = ConsentEvent.objects.order_by("subject", "pk")
    trails = groupby(found.iterator(chunk_size=2000), key=lambda event: event.subject)
    states = Subscriber.objects.order_by("uid").values_list(
        "uid", "subscriptions__list_key", "subscriptions__state"
    )
    ahead = next(trails, None)
    for uid, rows in groupby(states.iterator(chunk_size=2000), key=lambda row: row[0]):
        while ahead is not None and ahead[0] < uid:
            ahead = next(trails, None)
        derived = derive(ahead[1]) if ahead is not None and ahead[0] == uid else {}
        written = {key: State(state) for _uid, key, state in rows if key}
        if derived != written:
            yield f"{uid}: the ledger says {derived}, the state says {written}"
