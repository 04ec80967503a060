"""What the provider reports: bounces, complaints, departures. Each becomes a line of the ledger.

Brevo signs no report: it sends the secret that was given to it with the webhook, as
``Authorization: Bearer``. Without that secret nothing is read. The same report twice, and one
about what happened before the present state began, change nothing.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from . import ledger
from .addresses import normalise_address
from .models import ConsentEvent, Kind, ProviderReport, State, Subscriber

MAX_REPORTS = 1000  # in one post

# In Brevo's words, of campaigns and of single mails. What else it reports (opened, clicked,
# delivered …) is not asked for, and not kept where it comes.
KINDS = {
    "hard_bounce": Kind.BOUNCED,
    "invalid_email": Kind.BOUNCED,
    "blocked": Kind.BOUNCED,
    "spam": Kind.LEFT,
    "complaint": Kind.LEFT,
    "unsubscribe": Kind.LEFT,
    "unsubscribed": Kind.LEFT,
}
# What makes two posts the same report.
IDENTITY = ("event", "email", "ts_event", "ts", "date", "camp_id", "message-id", "list_id")


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Take a post of the provider. 204 once everything of it is written down."""
    secret = settings.NEWSLETTER_WEBHOOK_SECRET
    if not secret:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given.encode(), f"Bearer {secret}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    reports = said if isinstance(said, list) else [said]
    if len(reports) > MAX_REPORTS or not all(isinstance(each, dict) for each in reports):
        return HttpResponse(status=400)
    for report in reports:
        take(report)
    return HttpResponse(status=204)


@transaction.atomic
def take(report: dict[str, Any]) -> bool:
    """Write one report into the ledger. False: known already, or nothing to write."""
    kind = KINDS.get(str(report.get("event")))
    if kind is None:
        return False
    try:
        address = normalise_address(str(report.get("email", "")))
    except ValidationError:
        return False
    identity = json.dumps([str(report.get(name)) for name in IDENTITY])
    digest = salted_hmac("newsletter.report", identity, algorithm="sha256").hexdigest()
    _row, is_new = ProviderReport.objects.get_or_create(digest=digest)
    subscriber = Subscriber.objects.select_for_update().filter(address=address).first()
    if not is_new or subscriber is None:
        return False
    lists = _concerned(report, kind, subscriber)
    if lists:
        ledger.record(
            subscriber,
            kind,
            lists,
            source=ConsentEvent.Source.PROVIDER,
            detail=_one_line(f"{report['event']} {report.get('reason') or ''}"),
        )
    return bool(lists)


def _one_line(text: str) -> str:
    """Words of somebody else, without what no column and no screen takes."""
    return "".join(each if each.isprintable() else " " for each in text).strip()[:500]


def _concerned(report: dict[str, Any], kind: Kind, subscriber: Subscriber) -> list[str]:
    """The lists that a report is about, of those in a state that is not younger than it."""
    rows = subscriber.subscriptions.filter(state__in=[State.WAITING, State.CONFIRMED])
    if (happened := _moment(report)) is not None:
        rows = rows.filter(since__lt=happened + datetime.timedelta(seconds=1))
    if kind == Kind.LEFT and str(report["event"]).startswith("unsubscribe"):
        numbers = report.get("list_id")
        named = {str(each) for each in (numbers if isinstance(numbers, list) else [numbers])}
        keys = [key for key, number in settings.BREVO_LISTS.items() if str(number) in named]
        if keys:
            rows = rows.filter(list_key__in=keys)
    return sorted(rows.values_list("list_key", flat=True))


def _moment(report: dict[str, Any]) -> datetime.datetime | None:
    """When it happened, as far as the report says so in seconds of UTC."""
    said = report.get("ts_event")
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    try:
        happened = datetime.datetime.fromtimestamp(said, tz=datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return min(happened, timezone.now())
