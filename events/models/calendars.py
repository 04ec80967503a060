"""What subscribers of a calendar were last told of an event, and the secret address of a member.

The record of an event stands in a table of its own: a revision holds all columns of a page,
and publishing an old one would set the sequence back.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .event import EventPage

# What a subscriber must be told of: when, where, and whether it takes place.
TOLD = (
    *("start_date", "start_time", "end_date", "end_time", "time_zone"),
    *("format", "place", "address", "postcode", "city", "region", "online_link"),
    "status",
)
SALT = "events.calendar"


def fingerprint(event: EventPage) -> str:
    """A digest of date, place and status of an event."""
    told = [str(getattr(event, name) or "") for name in TOLD]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class CalendarRecordManager(models.Manager["CalendarRecord"]):
    def tell(self, event: EventPage, now: datetime.datetime | None = None) -> CalendarRecord:
        """Note what a publication tells calendars; the sequence rises where it matters."""
        moment = now or timezone.now()
        current = fingerprint(event)
        with transaction.atomic():
            record, new = self.select_for_update().get_or_create(
                page=event, defaults={"fingerprint": current}
            )
            if not new and record.fingerprint != current:
                record.sequence += 1
                record.fingerprint = current
            # A translation has the same UID: whoever follows both must not see it go back.
            record.sequence = max(record.sequence, self._highest(event))
            if event.status != "cancelled":
                record.cancelled_at = None
            elif record.cancelled_at is None:
                record.cancelled_at = moment
            record.save()
        return record

    def _highest(self, event: EventPage) -> int:
        """The sequence that calendars of any language know of this event."""
        kin = self.filter(page__translation_key=event.translation_key)
        return kin.aggregate(highest=models.Max("sequence"))["highest"] or 0


class CalendarRecord(models.Model):
    """What calendars were last told of an event: its SEQUENCE, and since when it is cancelled."""

    page = models.OneToOneField(
        "events.EventPage", on_delete=models.CASCADE, related_name="calendar_record"
    )
    sequence = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarRecordManager()

    def __str__(self) -> str:
        return f"{self.page_id}: {self.sequence}"


def _new_key() -> str:
    return secrets.token_hex(16)


class CalendarKeyManager(models.Manager["CalendarKey"]):
    def renew(self, user: Any) -> CalendarKey:
        """A new address for ``user``; the one before leads nowhere from now on."""
        key, _new = self.update_or_create(
            user=user, defaults={"key": _new_key(), "created_at": timezone.now()}
        )
        return key

    def read(self, token: str) -> CalendarKey | None:
        """The key that a token was made of, with its user; None where it is none of ours."""
        try:
            key = signing.Signer(salt=SALT, sep=".").unsign(token)
        except signing.BadSignature:
            return None
        return self.select_related("user").filter(key=key).first()


class CalendarKey(models.Model):
    """The secret address of a member's own calendar.

    The address is a random key with our signature: who reads the table alone cannot make it.
    Deleting or renewing the row revokes it; and it shows nothing once the person is no member.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key"
    )
    key = models.CharField(max_length=32, unique=True, default=_new_key)
    created_at = models.DateTimeField(_("made on"), default=timezone.now)

    objects = CalendarKeyManager()

    def __str__(self) -> str:
        return str(self.user)

    @property
    def token(self) -> str:
        """What stands in the address."""
        return signing.Signer(salt=SALT, sep=".").sign(self.key)
