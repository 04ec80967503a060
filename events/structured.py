"""An event for search engines: schema.org ``Event`` as JSON-LD. Nothing of a reserved one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.html import _json_script_escapes  # type: ignore[attr-defined]
from django.utils.safestring import SafeString, mark_safe

from site_cocagne.core import access

from . import calendars

if TYPE_CHECKING:
    from .models import EventPage

SCHEMA = "https://schema.org"
MODES = {
    "onsite": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}


def event_data(event: EventPage) -> SafeString | None:
    """The data block of an event page, safe inside ``<script>``; None where none may stand."""
    if access.is_reserved(event) or event.start_date is None:
        return None
    text = json.dumps(_event(event), ensure_ascii=False, separators=(",", ":"))
    # A title may hold "</script>": escaped as Django's json_script does.
    return mark_safe(text.translate(_json_script_escapes))  # noqa: S308


def _event(event: EventPage) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": event.title,
        "url": calendars.page_address(event),
        "eventStatus": f"{SCHEMA}/{_status(event)}",
        "eventAttendanceMode": f"{SCHEMA}/{MODES[event.format]}",
        "inLanguage": event.locale.language_code,
        **_dates(event),
    }
    if event.summary:
        data["description"] = event.summary
    if where := _locations(event):
        data["location"] = where if len(where) > 1 else where[0]
    if event.organiser:
        data["organizer"] = {"@type": "Organization", "name": event.organiser}
    if event.registration_is_open and event.registration_url:
        data["offers"] = {
            "@type": "Offer",
            "url": event.registration_url,
            "availability": f"{SCHEMA}/InStock",
        }
    elif event.status == event.Status.FULL:
        data["offers"] = {"@type": "Offer", "availability": f"{SCHEMA}/SoldOut"}
    return data


def _status(event: EventPage) -> str:
    if event.is_cancelled:
        return "EventCancelled"
    if event.awaits_new_date:
        return "EventPostponed"
    return "EventRescheduled" if event.announced_for else "EventScheduled"


def _dates(event: EventPage) -> dict[str, str]:
    when = event.announced
    if when.starts is None:
        found = {"startDate": when.first.isoformat(), "endDate": when.last.isoformat()}
    else:
        found = {"startDate": when.starts.isoformat()}
        if when.ends is not None:
            found["endDate"] = when.ends.isoformat()
    if event.announced_for and not event.awaits_new_date:
        found["previousStartDate"] = event.announced_for.isoformat()
    return found


def _locations(event: EventPage) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if event.format != event.Format.ONLINE and calendars.location(event):
        address = {
            "@type": "PostalAddress",
            "streetAddress": event.address,
            "postalCode": event.postcode,
            "addressLocality": event.city,
            "addressRegion": event.get_region_display(),
            "addressCountry": "FR",
        }
        place: dict[str, Any] = {
            "@type": "Place",
            "name": event.place or event.city or event.get_region_display(),
            "address": {key: value for key, value in address.items() if value},
        }
        if event.latitude is not None and event.longitude is not None:
            place["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": float(event.latitude),
                "longitude": float(event.longitude),
            }
        found.append(place)
    if event.format != event.Format.ONSITE:
        url = event.online_link or calendars.page_address(event)
        found.append({"@type": "VirtualLocation", "url": url})
    return found
