"""Events as iCalendar objects (RFC 5545; REFRESH-INTERVAL, NAME and CONFERENCE of RFC 7986).

The text is the same whenever nothing changed: DTSTAMP is the moment of publication, which is
what the standard asks of an object without METHOD (3.8.7.2), and never the clock.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import icalendar
from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import dates
from .content_lines import content_line

if TYPE_CHECKING:
    from .models import EventPage

PRODUCT = "-//Reseau Cocagne//Agenda//FR"
# How often a calendar is asked to look again; many look less often, whatever they are told.
REFRESH = datetime.timedelta(hours=4)
# Changes of the clock are written down as far as this; rules beyond are nobody's knowledge.
LAST_YEAR = 2060
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")


# Name, value (of the icalendar library, or a word as it stands), parameters beside its own.
Property = tuple[str, Any, dict[str, str]]


@dataclass(frozen=True)
class Piece:
    """An event written out, and the zone and years whose changes of the clock it needs."""

    body: bytes
    zone: str
    years: tuple[int, int]


def piece(event: EventPage) -> Piece:
    """An event that has a date, as it stands in any calendar of its language."""
    when = event.announced
    zone = when.zone if when.starts is not None else ""
    said = properties(event, when)
    lines = [content_line(name, value, **given) for name, value, given in said]
    body = b"".join([b"BEGIN:VEVENT\r\n", *lines, b"END:VEVENT\r\n"])
    return Piece(body, zone, (when.first.year, when.last.year))


def calendar(events: Iterable[EventPage], *, name: str, address: str) -> bytes:
    """A calendar with these events, in their order. ``address`` is where it is read from."""
    shown = [piece(event) for event in events if event.start_date is not None]
    return assemble(shown, name=name, address=address)


def assemble(pieces: Sequence[Piece], *, name: str, address: str, note: str = "") -> bytes:
    """Pieces put together under a head of their own. ``note``: what must be said of the whole."""
    cal = icalendar.Calendar()
    cal.add("prodid", PRODUCT)
    cal.add("version", "2.0")
    cal.add("calscale", "GREGORIAN")
    title = _one_line(name)
    cal.add("name", icalendar.vText(title))
    cal.add("x-wr-calname", icalendar.vText(title))
    if note:
        cal.add("description", icalendar.vText(_one_line(note)))
        cal.add("x-wr-caldesc", icalendar.vText(_one_line(note)))
    cal.add("x-wr-timezone", dates.DEFAULT_ZONE)
    cal.add("source", _uri(address), parameters={"VALUE": "URI"})
    cal.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    cal.add("x-published-ttl", REFRESH)
    head = bytes(cal.to_ical(sorted=False))
    end = head.rindex(b"END:VCALENDAR")
    return b"".join([head[:end], *_zones(pieces), *(each.body for each in pieces), head[end:]])


def properties(event: EventPage, when: dates.Announced) -> Iterator[Property]:
    """What is said of an event, in order. Its UID is that of all its translations."""
    published = _stamp(event)
    stamp = f"{published.year:04}{published:%m%dT%H%M%SZ}"
    yield "UID", str(event.translation_key), {}
    yield "DTSTAMP", stamp, {}
    yield "LAST-MODIFIED", stamp, {}
    yield "SEQUENCE", str(sequence_of(event)), {}
    yield from _dates(when)
    yield "STATUS", _status(event), {}
    yield "TRANSP", "OPAQUE" if event.takes_place else "TRANSPARENT", {}
    yield "SUMMARY", icalendar.vText(summary(event)), {}
    address = page_address(event)
    yield "DESCRIPTION", icalendar.vText(description(event, address)), {}
    if where := location(event):
        yield "LOCATION", icalendar.vText(where), {}
    if event.latitude is not None and event.longitude is not None:
        yield "GEO", icalendar.vGeo((float(event.latitude), float(event.longitude))), {}
    yield "CATEGORIES", icalendar.vCategory([_one_line(kind_words(event)), *_missions(event)]), {}
    if event.organiser:
        yield "CONTACT", icalendar.vText(_one_line(event.organiser)), {}
    yield "URL", icalendar.vUri(_uri(address)), {}
    if event.online_link and event.takes_place:
        given = {"VALUE": "URI", "FEATURE": "VIDEO"}
        yield "CONFERENCE", icalendar.vUri(_uri(event.online_link)), given


def kind_words(event: EventPage) -> str:
    """The kind in words. Django's own ``get_kind_display`` costs ten times as much."""
    try:
        return str(event.Kind(event.kind).label)
    except ValueError:  # a kind that is no more
        return str(event.kind)


def sequence_of(event: EventPage) -> int:
    """How often date, place or status changed since the first publication."""
    if hasattr(event, "told_sequence"):
        return int(event.told_sequence)
    record = getattr(event, "calendar_record", None)
    return int(record.sequence) if record else 0


def summary(event: EventPage) -> str:
    """The title; many calendars show no status, so that a title says what it must."""
    title = _one_line(event.title)
    if event.is_cancelled:
        return pgettext("calendar title", "CANCELLED: {title}").format(title=title)
    if event.awaits_new_date:
        return pgettext("calendar title", "POSTPONED: {title}").format(title=title)
    if event.status == event.Status.FULL:
        return pgettext("calendar title", "{title} (full)").format(title=title)
    return title


def description(event: EventPage, address: str) -> str:
    """Status, summary, price, registration and the address of the page, a line each."""
    lines = [status_words(event), event.status_note, event.summary]
    if event.online_link and event.takes_place:
        lines.append(_("Online: {link}").format(link=event.online_link))
    if event.price:
        lines.append(_("Price: {price}").format(price=event.price))
    if event.access_needs:
        lines.append(_("Access for all: {words}").format(words=event.access_needs))
    if event.registration_is_open:
        where = event.registration_url or event.registration_email
        lines.append(_("Registration: {where}").format(where=where))
    lines.append(address)
    return _clean("\n".join(line for line in lines if line))


def status_words(event: EventPage) -> str:
    """What must be known of the status, in a sentence; empty when all is as announced."""
    if event.is_cancelled:
        return _("This event is cancelled.")
    if event.status == event.Status.FULL:
        return _("This event is full.")
    day = event.announced_for
    if day is None:
        return ""
    words = date_format(day, "l j F Y")
    if event.awaits_new_date:
        return _(
            "Postponed: it was announced for {day}, and the new date is not known yet."
        ).format(day=words)
    return _("Postponed: it was first announced for {day}.").format(day=words)


def location(event: EventPage) -> str:
    """Place and address on one line; empty for an event that is online alone."""
    if event.format == event.Format.ONLINE:
        return ""
    town = f"{event.postcode} {event.city}".strip()
    parts = [event.place, event.address, town or event.get_region_display()]
    return ", ".join(_one_line(part) for part in parts if part)


def page_address(event: EventPage) -> str:
    """The absolute address of the page."""
    return settings.BASE_URL.rstrip("/") + path_of(event)


def path_of(event: EventPage) -> str:
    """The path of the page; empty for a draft that stands nowhere yet."""
    if (known := getattr(event, "known_path", None)) is not None:
        return str(known)
    parts = event.get_url_parts()
    return str(parts[2]) if parts else ""


def learn_paths(events: Iterable[EventPage]) -> None:
    """Note the path of each: Wagtail is asked once for all that stand side by side."""
    heads: dict[str, str] = {}
    for event in events:
        tail = f"{event.slug}/"
        beside = event.url_path.removesuffix(tail)
        if beside not in heads:
            path = path_of(event)
            if not path.endswith(f"/{tail}"):
                continue
            heads[beside] = path.removesuffix(tail)
        event.known_path = heads[beside] + tail


def _dates(when: dates.Announced) -> Iterator[Property]:
    """DTSTART and DTEND; of whole days DTEND is the day after the last."""
    if when.starts is None:
        yield "DTSTART", icalendar.vDate(when.first), {"VALUE": "DATE"}
        if when.day_after > when.first:
            yield "DTEND", icalendar.vDate(when.day_after), {"VALUE": "DATE"}
        return
    zone = {"TZID": when.zone}
    yield "DTSTART", _clock(when.starts), zone
    if when.ends is not None:
        yield "DTEND", _clock(when.ends), zone


def _clock(moment: datetime.datetime) -> icalendar.vDatetime:
    """What the clock shows. The library looks a zone up again for each line: it is said beside."""
    return icalendar.vDatetime(moment.replace(tzinfo=None))


def _status(event: EventPage) -> str:
    if event.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.awaits_new_date else "CONFIRMED"


def _stamp(event: EventPage) -> datetime.datetime:
    known = event.last_published_at or event.latest_revision_created_at or event.starts_at
    moment: datetime.datetime = known or datetime.datetime.fromtimestamp(0, datetime.UTC)
    return moment.astimezone(datetime.UTC)


def _missions(event: EventPage) -> list[str]:
    names = getattr(event, "mission_names", None)
    if names is None:
        names = [row.mission.name for row in event.mission_rows.all()]
    return [_one_line(name) for name in names]


def _one_line(words: Any) -> str:
    """Words of an editor without breaks and controls, which no text of a calendar may hold."""
    return " ".join(_clean(words).split())


def _clean(words: Any) -> str:
    """One kind of line break; other controls are left out (3.1: they are no text)."""
    if (text := str(words)).isprintable():  # most are: neither breaks nor controls
        return text
    unbroken = BREAKS.sub("\n", text)
    return CONTROLS.sub("", unbroken)


def _uri(address: str) -> str:
    return iri_to_uri(_one_line(address)).replace(" ", "%20")


def _zones(pieces: Sequence[Piece]) -> list[bytes]:
    """A VTIMEZONE for each zone in which an event has hours, over the years it needs."""
    years: dict[str, list[int]] = {}
    for each in pieces:
        if each.zone:
            years.setdefault(each.zone, []).extend(each.years)
    return [
        _zone(name, min(*found, LAST_YEAR), min(max(found), LAST_YEAR) + 1)
        for name, found in sorted(years.items())
    ]


@lru_cache(maxsize=64)
def _zone(name: str, first: int, last: int) -> bytes:
    zone = icalendar.Timezone.from_tzinfo(
        dates.zone_named(name),
        first_date=datetime.date(first, 1, 1),
        last_date=datetime.date(last, 12, 31),
    )
    return bytes(zone.to_ical(sorted=False))
