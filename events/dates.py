"""The dates of an event: local days and hours in its own zone, and the instants they make."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

DEFAULT_ZONE = "Europe/Paris"


class Zone(models.TextChoices):
    """Time zones of the French regions, by their name in the IANA database."""

    PARIS = "Europe/Paris", _("Metropolitan France")
    GUADELOUPE = "America/Guadeloupe", "Guadeloupe"
    MARTINIQUE = "America/Martinique", "Martinique"
    GUYANE = "America/Cayenne", "Guyane"
    REUNION = "Indian/Reunion", "La Réunion"
    MAYOTTE = "Indian/Mayotte", "Mayotte"


def zone_named(name: str) -> ZoneInfo:
    """The zone of that name; Europe/Paris when the name is unknown (a zone that vanished)."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(DEFAULT_ZONE)


@dataclass(frozen=True)
class Span:
    """When an event takes place, as instants.

    ``starts_at`` and ``ends_at`` are aware; an event without hours goes from midnight to the
    midnight after its last day. ``over_at`` is the midnight, in the event's own zone, after
    its last day: up to then the event is upcoming, from then on it is past.
    """

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    over_at: datetime.datetime


def span(
    start_date: datetime.date,
    end_date: datetime.date | None,
    start_time: datetime.time | None,
    end_time: datetime.time | None,
    zone: str,
) -> Span:
    """The instants of an event given in local days and hours.

    Without ``end_date`` it ends on the day it starts; without ``start_time`` it lasts whole
    days; without ``end_time`` it ends at midnight. An hour that the clock change skips or
    repeats is read as ``zoneinfo`` reads ``fold=0``.
    """
    tz = zone_named(zone)
    last_day = max(end_date or start_date, start_date)
    try:
        day_after = last_day + datetime.timedelta(days=1)
    except OverflowError:  # the last day of the calendar, year 9999
        day_after = last_day
    over_at = datetime.datetime.combine(day_after, datetime.time(), tz)
    starts_at = datetime.datetime.combine(start_date, start_time or datetime.time(), tz)
    if start_time is None or end_time is None:
        ends_at = over_at
    else:
        ends_at = datetime.datetime.combine(last_day, end_time, tz)
    utc = datetime.UTC
    return Span(starts_at.astimezone(utc), ends_at.astimezone(utc), over_at.astimezone(utc))
