"""Scheduled publishing: run every minute, with a heartbeat."""

from __future__ import annotations

import datetime

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from .models import Heartbeat

SCHEDULED_PUBLISHING = "publish_scheduled"
LATE_AFTER = datetime.timedelta(minutes=5)


def publish_due() -> None:
    """What is due goes up or down; then the heart beats, which it does not when that fails."""
    call_command("publish_scheduled")
    Heartbeat.beat(SCHEDULED_PUBLISHING)


def is_late() -> bool:
    """Is something kept waiting? The answer of the readiness address.

    A machine that has just been set up has no heartbeat yet, and must be let in; when a page has
    waited for its moment in vain it is late, whether the schedule ever ran or not.
    """
    if Heartbeat.objects.filter(name=SCHEDULED_PUBLISHING).exists():
        return Heartbeat.late(SCHEDULED_PUBLISHING, LATE_AFTER)
    then = timezone.now() - LATE_AFTER
    return (
        Page.objects.filter(live=True, expire_at__lt=then).exists()
        or Revision.objects.filter(approved_go_live_at__lt=then).exists()
    )
