"""How long what is kept, and how it goes. docs/decisions/consent.md gives the reasons.

============================================  =======================================
an asking that nobody confirmed               7 days, then no trace of it
confirmed, no sign of life                    3 years, then asked once; 30 days later erased
left or unreachable everywhere                3 years after the last sign of life, then erased
the trail of an erased address (no address)   5 years, then gone
a mail that was sent                          1 year
a report of the provider (its hash)           1 year
============================================  =======================================
"""

from __future__ import annotations

import datetime
import uuid

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from . import ledger
from .models import (
    ConsentEvent,
    ConsentText,
    Kind,
    Outgoing,
    ProviderReport,
    ProviderUpdate,
    SignupRequest,
    State,
    Subscriber,
    Subscription,
)

UNCONFIRMED = datetime.timedelta(days=7)
SILENT = datetime.timedelta(days=3 * 365)
ANSWER_WITHIN = datetime.timedelta(days=30)
TRAIL = datetime.timedelta(days=5 * 365)
SENT_MAIL = datetime.timedelta(days=365)


def purge(now: datetime.datetime | None = None) -> dict[str, int]:
    """Do what is due at ``now``; running it twice does nothing more. Gives counts by name."""
    now = now or timezone.now()
    return {
        "unconfirmed subscriptions": forget_unconfirmed(now),
        "silent subscribers asked": ask_the_silent(now),
        "silent subscribers erased": erase_the_silent(now),
        "old trails": forget_old_trails(now),
        "old mails": _old_mails(now),
        "old reports of the provider": _old_reports(now),
    }


def forget_unconfirmed(now: datetime.datetime) -> int:
    """Askings not confirmed in time vanish, with the address where that was all there was."""
    count = 0
    waiting = Subscription.objects.filter(state=State.WAITING, since__lt=now - UNCONFIRMED)
    for subscriber in Subscriber.objects.filter(Exists(waiting.filter(subscriber=OuterRef("pk")))):
        with transaction.atomic():
            count += _forget_waiting(subscriber, now)
    return count


def _forget_waiting(subscriber: Subscriber, now: datetime.datetime) -> int:
    Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    events = ledger.trail(subscriber)
    askings: dict[str, list[ConsentEvent]] = {}
    for event in events:
        if event.kind in (Kind.ASKED, Kind.SENT):
            askings.setdefault(event.list_key, []).append(event)
        elif event.list_key:
            askings.pop(event.list_key, None)
        else:
            askings.clear()
    rows = subscriber.subscriptions.filter(state=State.WAITING)
    # Somebody who asked again has seven days from then.
    old = [
        row
        for row in rows
        if all(event.at < now - UNCONFIRMED for event in askings.get(row.list_key, []))
    ]
    gone = [event.pk for row in old for event in askings.get(row.list_key, [])]
    ConsentEvent.objects.filter(pk__in=gone).forget()
    states = ledger.derive(event for event in events if event.pk not in set(gone))
    for row in old:
        if state := states.get(row.list_key):  # it had left before it asked again
            row.state = state
            row.save()
        else:
            row.delete()
    if not states:
        subscriber.delete()
    return len(old)


def ask_the_silent(now: datetime.datetime) -> int:
    """One mail to those who have been confirmed and silent for three years.

    Whose mail was given up, because no server took it, was not asked and is asked anew.
    """
    failed = Outgoing.objects.filter(
        purpose=Outgoing.Purpose.AGAIN, state=Outgoing.State.FAILED, created_at__lt=now
    )
    with transaction.atomic():
        Subscriber.objects.filter(pk__in=failed.values("subscriber")).update(asked_again_at=None)
        failed.delete()
    silent = Subscriber.objects.in_state(State.CONFIRMED).filter(
        seen_at__lt=now - SILENT, asked_again_at=None
    )
    count = 0
    for subscriber in silent:
        with transaction.atomic():
            Outgoing.objects.create(
                subscriber=subscriber,
                purpose=Outgoing.Purpose.AGAIN,
                language=subscriber.language,
                ask=uuid.uuid4(),
                not_before=now,
            )
            Subscriber.objects.filter(pk=subscriber.pk).update(asked_again_at=now)
        count += 1
    return count


def erase_the_silent(now: datetime.datetime) -> int:
    """Those who did not answer in time, and those who left three years ago.

    The time to answer begins when the mail has left (``mails.after``), not when it was queued: a
    provider that is down for a month must not cost anybody their subscription.
    """
    never_asked = Outgoing.objects.filter(
        subscriber=OuterRef("pk"), purpose=Outgoing.Purpose.AGAIN
    ).exclude(state=Outgoing.State.DONE)
    unanswered = Subscriber.objects.filter(asked_again_at__lt=now - ANSWER_WITHIN).exclude(
        Exists(never_asked)
    )
    present = Subscription.objects.filter(
        subscriber=OuterRef("pk"), state__in=[State.CONFIRMED, State.WAITING]
    )
    recent = Subscription.objects.filter(subscriber=OuterRef("pk"), since__gte=now - SILENT)
    gone = Subscriber.objects.filter(seen_at__lt=now - SILENT).exclude(Exists(present))
    due = unanswered | gone.exclude(Exists(recent))
    count = 0
    for subscriber in due.distinct():
        ledger.erase(subscriber, ConsentEvent.Source.RETENTION)
        count += 1
    return count


def forget_old_trails(now: datetime.datetime) -> int:
    """Trails that ended long ago, and texts that no line of the ledger refers to any more."""
    ended = ConsentEvent.objects.filter(kind=Kind.ERASED, at__lt=now - TRAIL)
    subjects = list(ended.values_list("subject", flat=True))
    count = ConsentEvent.objects.filter(subject__in=subjects).forget() if subjects else 0
    used = ConsentEvent.objects.filter(text=OuterRef("pk"))
    asked = SignupRequest.objects.filter(text=OuterRef("pk"))
    unused = ConsentText.objects.exclude(Exists(used)).exclude(Exists(asked))
    ids = list(unused.filter(first_used_at__lt=now - UNCONFIRMED).values_list("pk", flat=True))
    ConsentText.objects.filter(pk__in=ids).forget()
    return count


def _old_mails(now: datetime.datetime) -> int:
    old = Outgoing.objects.filter(
        state__in=[Outgoing.State.DONE, Outgoing.State.FAILED], created_at__lt=now - SENT_MAIL
    )
    return int(old.delete()[0])


def _old_reports(now: datetime.datetime) -> int:
    """Hashes of reports, and updates that the provider has refused for a year."""
    reports, _each = ProviderReport.objects.filter(at__lt=now - SENT_MAIL).delete()
    refused = ProviderUpdate.objects.filter(
        state=ProviderUpdate.State.FAILED, created_at__lt=now - SENT_MAIL
    )
    return int(reports) + int(refused.delete()[0])
