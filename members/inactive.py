"""Accounts nobody uses any more: their owner is warned, then they are anonymised."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from . import mails
from .models import User
from .personal_data import anonymise

if TYPE_CHECKING:
    from django.db.models import QuerySet

KEPT = datetime.timedelta(days=3 * 365)
NOTICE = datetime.timedelta(days=30)


def end_inactive(now: datetime.datetime | None = None) -> dict[str, int]:
    """Warn and anonymise; how many of each, by name. Asked twice, the second call finds nothing.

    Somebody is warned thirty days before the three years are over, and nobody is anonymised
    sooner than thirty days after a warning that left. Logging in makes the warning void.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    gone = unused(now - KEPT).filter(
        Q(warned_of_purge_on__lte=today - NOTICE, warned_of_purge_on__gte=F("seen_at__date"))
        # Closed by the team: its owner could do nothing about a warning.
        | Q(is_active=False)
    )
    ended = 0
    for user in list(gone):
        anonymise(user)
        ended += 1
    warned = sum(_warn(user, today) for user in list(_to_warn(now)))
    return {"inactive accounts warned": warned, "inactive accounts anonymised": ended}


def unused(since: datetime.datetime) -> QuerySet[User]:
    """Accounts not logged in to since then. Who has a role is kept: the team ends roles first."""
    return (
        User.objects.filter(anonymised_on__isnull=True, is_superuser=False)
        .filter(groups__isnull=True, user_permissions__isnull=True)
        .annotate(seen_at=Coalesce("last_login", "date_joined"))
        .filter(seen_at__lt=since)
        .order_by("pk")
    )


def _to_warn(now: datetime.datetime) -> QuerySet[User]:
    return unused(now - KEPT + NOTICE).filter(
        Q(warned_of_purge_on__isnull=True) | Q(warned_of_purge_on__lt=F("seen_at__date")),
        is_active=True,
    )


def _warn(user: User, today: datetime.date) -> bool:
    """The warning counts only if it left; else the next night tries again."""
    link = f"{settings.BASE_URL}{reverse('account_login')}"
    if not mails.send("inactive_account", user.email, {"day": today + NOTICE, "link": link}):
        return False
    user.warned_of_purge_on = today
    user.save(update_fields=["warned_of_purge_on"])
    return True
