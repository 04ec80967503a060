"""Signing up, confirming, changing, leaving: what each does, apart from how it is asked."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import normalize_newlines

from . import ledger, outbox
from .lists import Lists
from .models import (
    ConsentEvent,
    ConsentText,
    Kind,
    NewsletterPage,
    Outgoing,
    SignupRequest,
    State,
    Subscriber,
)
from .tokens import Token

Source = ConsentEvent.Source


def consent_shown(page: NewsletterPage, offered: Lists) -> str:
    """The exact words one agrees to on this page, letters offered included, as they are kept."""
    words = normalize_newlines(page.consent_text).strip()
    return "\n".join([words, "", *(f"[{key}] {text}" for key, text in offered.items())])


def ask(page: NewsletterPage, address: str, lists: Iterable[str], text: ConsentText) -> None:
    """Take a sign-up. Looks nothing up, so that it takes the same time for every address."""
    SignupRequest.objects.create(
        address=address,
        lists=list(lists),
        language=page.locale.language_code,
        text=text,
        page=f"{page.pk} {page.url_path}"[:255],
    )
    outbox.nudge()


def process_requests(limit: int = 500) -> int:
    """Write what was asked into the ledger and queue the mails. Gives how many were done."""
    done = 0
    while done < limit:
        with transaction.atomic():
            request = (
                SignupRequest.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("text")
                .first()
            )
            if request is None:
                break
            _process(request)
            request.delete()
        done += 1
    return done


def _process(request: SignupRequest) -> None:
    try:
        with transaction.atomic():
            subscriber, _made = Subscriber.objects.get_or_create(
                address=request.address, defaults={"language": request.language}
            )
    except IntegrityError:  # another worker made it between the look and the making
        subscriber = Subscriber.objects.get(address=request.address)
    identifier = uuid.uuid4()
    states = {row.list_key: row.state for row in subscriber.subscriptions.all()}
    if State.CONFIRMED not in states.values():
        subscriber.language = request.language
        subscriber.save(update_fields=["language"])
    ledger.record(
        subscriber,
        Kind.ASKED,
        request.lists,
        source=Source.FORM,
        at=request.at,
        ask=identifier,
        text=request.text,
        page=request.page,
    )
    known = all(states.get(key) == State.CONFIRMED for key in request.lists)
    outbox.queue_for_address(
        subscriber,
        Outgoing.Purpose.KNOWN if known else Outgoing.Purpose.CONFIRM,
        ask=identifier,
        lists=request.lists,
        language=request.language,
    )


def subscriber_of(token: Token) -> Subscriber | None:
    return Subscriber.objects.filter(uid=token.uid).first()


def confirmable(token: Token) -> list[str]:
    """The lists that this confirmation link would confirm now (empty: nothing to do)."""
    subscriber = subscriber_of(token)
    return list(_pending(subscriber, token)) if subscriber else []


def _pending(subscriber: Subscriber, token: Token) -> dict[str, ConsentEvent]:
    events = ledger.trail(subscriber)
    states = ledger.derive(events)
    return {
        key: asks[token.ask]
        for key, asks in ledger.pending_asks(events).items()
        if token.ask in asks and states.get(key) == State.WAITING
    }


@transaction.atomic
def confirm(token: Token) -> list[str] | None:
    """Confirm what the mail of this link was about. None when there is nobody any more.

    An empty list: it was done before, or left since; a link used twice does nothing more.
    """
    subscriber = Subscriber.objects.select_for_update().filter(uid=token.uid).first()
    if subscriber is None:
        return None
    pending = _pending(subscriber, token)
    for key, asked in pending.items():
        ledger.record(
            subscriber,
            Kind.CONFIRMED,
            [key],
            source=Source.LINK,
            ask=token.ask,
            text=asked.text,
            page=asked.page,
        )
    if pending:
        sign_of_life(subscriber)
    return list(pending)


def is_confirmed(subscriber: Subscriber) -> bool:
    return subscriber.subscriptions.filter(state=State.CONFIRMED).exists()


def sign_of_life(subscriber: Subscriber, at: datetime.datetime | None = None) -> None:
    """Remember that the reader acted: the time of keeping starts again."""
    subscriber.seen_at, subscriber.asked_again_at = at or timezone.now(), None
    subscriber.save(update_fields=["seen_at", "asked_again_at"])


@transaction.atomic
def change(
    subscriber: Subscriber, lists: Iterable[str], language: str, text: ConsentText, page: str = ""
) -> None:
    """Set the letters of somebody who came by a signed link: joins and leaves what differs."""
    wished = set(lists)
    have = {
        row.list_key
        for row in subscriber.subscriptions.select_for_update().filter(state=State.CONFIRMED)
    }
    if language != subscriber.language:
        subscriber.language = language
        subscriber.save(update_fields=["language"])
        ledger.record(subscriber, Kind.CHANGED, [""], source=Source.LINK, detail=language)
    if joined := sorted(wished - have):
        ledger.record(subscriber, Kind.CHANGED, joined, source=Source.LINK, text=text, page=page)
    if gone := sorted(have - wished):
        ledger.record(subscriber, Kind.LEFT, gone, source=Source.LINK)
    sign_of_life(subscriber)


@transaction.atomic
def leave(
    token: Token, source: ConsentEvent.Source = ConsentEvent.Source.ONE_CLICK, detail: str = ""
) -> bool:
    """Leave the lists of the token (all of them where it names none). Twice is once."""
    subscriber = Subscriber.objects.select_for_update().filter(uid=token.uid).first()
    if subscriber is None:
        return False
    rows = subscriber.subscriptions.exclude(state=State.LEFT)
    if token.lists:
        rows = rows.filter(list_key__in=token.lists)
    if keys := sorted(rows.values_list("list_key", flat=True)):
        ledger.record(subscriber, Kind.LEFT, keys, source=source, detail=detail)
    return True


def own_data(subscriber: Subscriber) -> dict[str, object]:
    """Everything held about a subscriber, for the person: plain values, ready for JSON."""
    return {
        "address": subscriber.address,
        "language": subscriber.language,
        "first_asked_on": subscriber.created_at.isoformat(),
        "last_sign_of_life": subscriber.seen_at.isoformat(),
        "letters": [
            {"letter": row.list_key, "state": row.state, "since": row.since.isoformat()}
            for row in subscriber.subscriptions.order_by("list_key")
        ],
        "events": [
            {
                "time": event.at.isoformat(),
                "event": event.kind,
                "letter": event.list_key,
                "how": event.source,
                "page": event.page,
                "detail": event.detail,
                "text_agreed_to": strip_tags(event.text.text) if event.text else "",
            }
            for event in ledger.trail(subscriber)
        ],
        "mails": [
            {"what": mail.purpose, "state": mail.state, "on": mail.created_at.isoformat()}
            for mail in subscriber.mails.order_by("pk")
        ],
    }
