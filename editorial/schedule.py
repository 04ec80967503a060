"""Scheduled publishing: run every minute, with a heartbeat."""

from __future__ import annotations

import datetime

from django.core.management import call_command

from .models import Heartbeat

SCHEDULED_PUBLISHING = "publish_scheduled"
LATE_AFTER = datetime.timedelta(minutes=5)


def publish_due() -> None:
    """What is due goes up or down; then the heart beats, which it does not when that fails."""
    call_command("publish_scheduled")
    Heartbeat.beat(SCHEDULED_PUBLISHING)
