"""Addresses that put an event, or the whole agenda, into somebody's calendar."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from . import calendars, dates

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import EventPage

# Web calendars cut or refuse longer addresses.
MAX_DETAILS = 800
# The fragment of the subscription on a page of the agenda (parts/subscribe.html).
SUBSCRIBE = "s-abonner"


@dataclass(frozen=True)
class CalendarLink:
    """``words`` names the calendar, ``url`` puts the event into it."""

    words: str
    url: str


def for_event(event: EventPage, request: HttpRequest) -> list[CalendarLink]:
    """The file first, then the usual web calendars; nothing for what has no date to put."""
    if event.start_date is None or not event.takes_place or event.is_over:
        return []
    return [
        CalendarLink(_("File for any calendar (.ics)"), f"{event.get_url(request)}evenement.ics"),
        CalendarLink("Google Agenda", _google(event)),
        CalendarLink("Outlook.com", _outlook(event, "outlook.live.com")),
        CalendarLink("Microsoft 365", _outlook(event, "outlook.office.com")),
    ]


def following(event: EventPage, request: HttpRequest) -> str:
    """Where one subscribes to all events of this kind: the agenda stands right above its events."""
    agenda = event.get_url(request).rstrip("/").rpartition("/")[0]
    return f"{agenda}/?{urlencode({'kind': event.kind})}#{SUBSCRIBE}"


def subscription(path: str, query: str) -> dict[str, str]:
    """Addresses of a feed: ``webcal`` opens a calendar programme, ``https`` is to be copied."""
    base = urlsplit(settings.BASE_URL)
    rest = f"{base.netloc}{path}{'?' if query else ''}{query}"
    return {
        "webcal": f"webcal://{rest}",
        "https": f"{base.scheme}://{rest}",
        "google": "https://calendar.google.com/calendar/render?"
        + urlencode({"cid": f"webcal://{rest}"}),
    }


def _details(event: EventPage) -> str:
    words = calendars.description(event, "")
    address = calendars.page_address(event)
    return f"{words[:MAX_DETAILS]}\n{address}".strip()


def _bounds(starts: datetime.datetime, when: dates.Announced) -> list[datetime.datetime]:
    """Start and end in the event's own zone; one without an hour of end is shown for an hour."""
    if when.ends is not None:
        return [starts, when.ends]
    later = starts.astimezone(datetime.UTC) + datetime.timedelta(hours=1)
    return [starts, later.astimezone(starts.tzinfo)]


def _google(event: EventPage) -> str:
    when = event.announced
    if when.starts is None:
        period = f"{when.first:%Y%m%d}/{when.day_after:%Y%m%d}"
    else:
        period = "/".join(f"{each:%Y%m%dT%H%M%S}" for each in _bounds(when.starts, when))
    query = {
        "action": "TEMPLATE",
        "text": calendars.summary(event)[:200],
        "dates": period,
        "ctz": when.zone,
        "details": _details(event),
        "location": calendars.location(event),
    }
    return f"https://calendar.google.com/calendar/render?{urlencode(query)}"


def _outlook(event: EventPage, host: str) -> str:
    query = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": calendars.summary(event)[:200],
        "body": _details(event),
        "location": calendars.location(event),
    }
    when = event.announced
    if when.starts is None:
        query |= {
            "allday": "true",
            "startdt": when.first.isoformat(),
            "enddt": when.day_after.isoformat(),
        }
    else:
        start, end = _bounds(when.starts, when)
        query |= {"startdt": start.isoformat(), "enddt": end.isoformat()}
    return f"https://{host}/calendar/0/deeplink/compose?{urlencode(query)}"
