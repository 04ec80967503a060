"""Answers with a calendar: for a page, for a filter, for a member.

What a feed answers with is known by a light query (keys, publications, sequences, whether one may
still register): its ETag is made of that, and a calendar that has it already is told so without
anything being built.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from site_cocagne.core import access

from . import calendars, pieces
from .dates import still_open
from .filters import AgendaFilter

if TYPE_CHECKING:
    from .models import AgendaPage, EventPage, EventQuerySet

MEDIA_TYPE = "text/calendar; charset=utf-8"
# Raised when what is written of an event changes, so that nobody keeps the old text.
VERSION = 1
MAX_EVENTS = 1000
OPEN_TO_ALL = "public, max-age=900"
FOR_ONE = "private, no-store"


def of_event(event: EventPage, request: HttpRequest) -> HttpResponse:
    """The calendar of one event, for somebody whom its page lets in."""
    name = event.title
    reserved = access.is_reserved(event)
    body = calendars.calendar([event], name=name, address=_here(request))
    return _answer(
        request,
        etag=_etag([body.decode()]),
        build=lambda: body,
        cache_control=FOR_ONE if reserved else OPEN_TO_ALL,
        filename=f"{event.slug}.ics",
    )


def of_agenda(agenda: AgendaPage, request: HttpRequest) -> HttpResponse:
    """Public events under the agenda, narrowed by the query string: the same for everybody."""
    from .models import EventPage

    chosen = AgendaFilter(request.GET, language_code=agenda.locale.language_code)
    events = access.visible_to(AnonymousUser(), EventPage.objects.child_of(agenda))
    words = [str(chip["label"]) for chip in chosen.chips()]
    name = " – ".join([settings.WAGTAIL_SITE_NAME, agenda.title, *words])
    return _list(request, chosen.narrow(events), name, OPEN_TO_ALL)


def of_member(user: Any, request: HttpRequest) -> HttpResponse:
    """All events a member may read, reserved ones with them, in the language of the address."""
    from .models import EventPage

    events = EventPage.objects.in_language(get_language() or settings.LANGUAGE_CODE)
    name = _("{site} – my agenda").format(site=settings.WAGTAIL_SITE_NAME)
    return _list(request, access.visible_to(user, events), name, FOR_ONE)


def _list(
    request: HttpRequest, events: EventQuerySet, name: str, cache_control: str
) -> HttpResponse:
    kept = events.in_calendars()
    rows = kept.values_list(
        *("pk", "last_published_at", "told_sequence", "url_path"),
        *("over_at", "registration_deadline", "time_zone"),
    )
    now = timezone.now()
    # What comes goes before what is over, where not all of it has room.
    found = list(rows.filter(over_at__gt=now)[:MAX_EVENTS])
    if room := MAX_EVENTS - len(found):
        found += rows.filter(over_at__lte=now).order_by("-over_at", "-pk")[:room]
    # Whether one may still register is written too, and changes by itself.
    state = [
        (*told, over_at > now and still_open(deadline, zone, now))
        for *told, over_at, deadline, zone in found
    ]

    def build() -> bytes:
        written = pieces.of_rows(state, lambda keys: kept.filter(pk__in=keys).for_calendars())
        note = _full() if len(state) == MAX_EVENTS else ""
        return calendars.assemble(written, name=name, address=_here(request), note=note)

    etag = _etag([state, name, *pieces.mission_names()])
    return _answer(request, etag=etag, build=build, cache_control=cache_control)


def _full() -> str:
    words = _(
        "This calendar holds the next {number} events at most; a filter in the agenda gives a "
        "calendar with room for what is missing."
    )
    return words.format(number=number_format(MAX_EVENTS, use_l10n=True, force_grouping=True))


def _answer(
    request: HttpRequest,
    *,
    etag: str,
    build: Any,
    cache_control: str,
    filename: str = "",
) -> HttpResponse:
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(build(), content_type=MEDIA_TYPE)
        if filename:
            response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["ETag"] = etag
    response["Cache-Control"] = cache_control
    response["X-Robots-Tag"] = "noindex"
    return response


def _etag(state: Sequence[Any]) -> str:
    text = json.dumps([VERSION, settings.BASE_URL, *state], default=str)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _here(request: HttpRequest) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{request.get_full_path()}"
