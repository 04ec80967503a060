"""The weekly mail of new resources: written when it leaves, ended by one click.

Each shelf is taken (committed), its mail handed over, then what was told is noted. Two runs at
once never write to one person twice. A run that was killed leaves a shelf taken: the next run
goes on with it after ``LEASE``, and nothing new is lost; if it was killed in the very moment
between the server's yes and the note, that one mail comes twice, under one Message-ID.
"""

from __future__ import annotations

import datetime
import logging
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from site_cocagne.core import access

from .shelf import Shelf

logger = logging.getLogger(__name__)

WEEK = datetime.timedelta(days=7)
SLACK = datetime.timedelta(hours=6)  # a timer that comes a little early this week
LEASE = datetime.timedelta(minutes=15)
MOST = 20  # resources named in one mail; the shelf shows the rest
SALT = "resources.shelf"
MAX_TOKEN = 200


def stop_token(shelf: Shelf) -> str:
    """For the link that ends the mail; it never gets too old."""
    return signing.dumps(shelf.uid.hex, salt=SALT)


def read_token(token: str) -> Shelf | None:
    """Whose link it is; None for one that is damaged or forged."""
    if len(token) > MAX_TOKEN:
        return None
    try:
        uid = uuid.UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    return Shelf.objects.filter(uid=uid).first()


def send_due(now: datetime.datetime | None = None) -> tuple[int, int]:
    """Write to those whose week is over: (mails sent, mails that no server took)."""
    now = now or timezone.now()
    sent = failed = 0
    for shelf in _due(now):
        message = write(shelf, now)
        if message is None:  # nothing new, or no member any more: asked again next time
            Shelf.objects.filter(pk=shelf.pk).update(taken_at=None)
            continue
        try:
            message.send()
        except Exception as error:  # noqa: BLE001 (any failure of any mail backend)
            logger.warning("A shelf mail could not be sent: %s", type(error).__name__)
            Shelf.objects.filter(pk=shelf.pk).update(taken_at=None)
            failed += 1
            continue
        Shelf.objects.filter(pk=shelf.pk).update(taken_at=None, told_until=now, mailed_at=now)
        sent += 1
    return sent, failed


def _due(now: datetime.datetime) -> Iterator[Shelf]:
    """Shelves whose mail is due, each taken so that no other run has it."""
    free = Q(taken_at__isnull=True) | Q(taken_at__lt=now - LEASE)
    week_over = Q(mailed_at__isnull=True) | Q(mailed_at__lte=now - WEEK + SLACK)
    waiting = Shelf.objects.filter(free & week_over, weekly=True, user__is_active=True)
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        if waiting.filter(pk=pk).update(taken_at=now):
            yield Shelf.objects.select_related("user").get(pk=pk)


def write(shelf: Shelf, now: datetime.datetime) -> EmailMessage | None:
    """The mail, in the person's language; None where there is nothing to tell.

    Only what they may read in full today is named, and only members are written to.
    """
    if not access.is_member(shelf.user):
        return None
    since = shelf.told_until or now - WEEK
    with translation.override(shelf.language):
        found = list(shelf.new_resources(since).filter(first_published_at__lte=now)[: MOST + 1])
        if not found:
            return None
        stop = settings.BASE_URL + reverse("shelf_stop", args=[stop_token(shelf)])
        context: dict[str, Any] = {
            "resources": [(page, page.get_kind_display(), page.full_url) for page in found[:MOST]],
            "more": len(found) > MOST,
            "shelf": settings.BASE_URL + reverse("shelf"),
            "stop": stop,
            "site_name": settings.WAGTAIL_SITE_NAME,
        }
        count = min(len(found), MOST)
        subject = ngettext("%d new resource for you", "%d new resources for you", count) % count
        body = render_to_string("emails/resources/shelf.txt", context).strip() + "\n"
    domain = settings.BASE_URL.rpartition("/")[2].partition(":")[0]
    return EmailMessage(
        subject=subject,
        body=body,
        to=[shelf.user.email],
        headers={
            "Message-ID": f"<shelf.{shelf.uid.hex}.{since:%Y%m%d%H%M%S}@{domain}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
