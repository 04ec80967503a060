"""The dates of an event: local days and hours in its own zone, and the instants they make."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

DEFAULT_ZONE = "Europe/Paris"
MIDNIGHT = datetime.time()


class Zone(models.TextChoices):
    """Time zones of the French regions, by their name in the IANA database."""

    PARIS = "Europe/Paris", _("Metropolitan France")
    GUADELOUPE = "America/Guadeloupe", "Guadeloupe"
    MARTINIQUE = "America/Martinique", "Martinique"
    GUYANE = "America/Cayenne", "Guyane"
    REUNION = "Indian/Reunion", "La Réunion"
    MAYOTTE = "Indian/Mayotte", "Mayotte"


@cache
def zone_named(name: str) -> ZoneInfo:
    """The zone of that name; Europe/Paris when the name is unknown (a zone that vanished)."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(DEFAULT_ZONE)


def still_open(deadline: datetime.date | None, zone: str, now: datetime.datetime) -> bool:
    """Is the last day to register, in the event's own zone, not over yet? None: no such day."""
    return deadline is None or deadline >= now.astimezone(zone_named(zone)).date()


@dataclass(frozen=True)
class Span:
    """When an event takes place, as instants in UTC.

    ``starts_at`` never comes after ``ends_at``, nor ``ends_at`` after ``over_at``. An event
    without hours goes from midnight to the midnight after its last day. ``over_at`` is the
    midnight, in the event's own zone, after its last day: up to then the event is upcoming,
    from then on it is past.
    """

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    over_at: datetime.datetime


@dataclass(frozen=True)
class Announced:
    """The dates as they are announced to calendars: days, and hours in the event's own zone.

    ``starts`` is None for whole days; ``ends`` is None where no hour of end is known.
    """

    first: datetime.date
    last: datetime.date
    zone: str
    starts: datetime.datetime | None
    ends: datetime.datetime | None

    @property
    def day_after(self) -> datetime.date:
        """The day after the last; the last itself where the calendar has no more."""
        if self.last == datetime.date.max:
            return self.last
        return self.last + datetime.timedelta(days=1)


def announced(
    start_date: datetime.date,
    end_date: datetime.date | None,
    start_time: datetime.time | None,
    end_time: datetime.time | None,
    zone: str,
) -> Announced:
    """What calendars are told of an event given in local days and hours."""
    tz = zone_named(zone)
    last = max(end_date or start_date, start_date)
    if start_time is None:
        return Announced(start_date, last, tz.key, None, None)
    when = span(start_date, end_date, start_time, end_time, zone)
    known = end_time is not None or last != start_date
    ends = when.ends_at.astimezone(tz) if known and when.ends_at > when.starts_at else None
    return Announced(start_date, last, tz.key, when.starts_at.astimezone(tz), ends)


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
    repeats is read as ``zoneinfo`` reads ``fold=0``, which is what RFC 5545 (3.3.5) asks for.
    An end that comes before its start (a draft, an import) is moved to the start.
    """
    tz = zone_named(zone)
    last_day = max(end_date or start_date, start_date)
    starts_at = _instant(start_date, start_time or MIDNIGHT, tz)
    over_at = max(_midnight_after(last_day, tz), starts_at)
    if start_time is None or end_time is None:
        ends_at = over_at
    else:
        ends_at = min(max(_instant(last_day, end_time, tz), starts_at), over_at)
    return Span(starts_at, ends_at, over_at)


def ends_before_it_starts(
    start_date: datetime.date,
    end_date: datetime.date | None,
    start_time: datetime.time | None,
    end_time: datetime.time | None,
    zone: str,
) -> bool:
    """Do the hours give an end that is not after the start, as instants of that zone?"""
    if start_time is None or end_time is None:
        return False
    tz = zone_named(zone)
    end = _instant(end_date or start_date, end_time, tz)
    return end <= _instant(start_date, start_time, tz)


def is_skipped(day: datetime.date, hour: datetime.time, zone: str) -> bool:
    """Does the clock change leave this hour out, on that day in that zone?"""
    tz = zone_named(zone)
    local = _instant(day, hour, tz).astimezone(tz)
    return local.time().replace(fold=0) != hour.replace(fold=0)


def _instant(day: datetime.date, hour: datetime.time, tz: ZoneInfo) -> datetime.datetime:
    local = datetime.datetime.combine(day, hour.replace(tzinfo=None, fold=0), tz)
    try:
        return local.astimezone(datetime.UTC)
    except OverflowError:  # the first and last hours of the calendar, years 1 and 9999
        return local.replace(tzinfo=datetime.UTC)


def _midnight_after(day: datetime.date, tz: ZoneInfo) -> datetime.datetime:
    try:
        return _instant(day + datetime.timedelta(days=1), MIDNIGHT, tz)
    except OverflowError:  # the last day of the calendar, year 9999
        return datetime.datetime.combine(day, datetime.time.max, datetime.UTC)
