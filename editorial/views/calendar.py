"""The desk's calendar: a month or a list in the admin, and a feed at a secret address."""

from __future__ import annotations

import datetime
from typing import Any

import icalendar
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import desk
from ..desk.calendar import days_of, month_of, next_month, previous_month
from ..models import DeskKey
from ..models.sharing import new_key
from .filters import RIGHT, DeskFilter, first_of_month, require_desk, without

# A month with more is shown in part, and says so.
A_MONTH = 500
IN_A_CELL = 4
A_FEED = 1000


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month as a grid or as a list; month, form and filter are in the address."""
    require_desk(request.user)
    form = DeskFilter(request.user, request.GET)
    first = first_of_month(request.GET)
    listing = desk.planned(request.user, form.chosen(), slice(0, A_MONTH), month_of(first))
    days = days_of(first, listing.rows)
    as_list = request.GET.get("vue") == "liste"
    context = {
        "heading": _("Calendar"),
        "icon": "calendar-alt",
        "form": form,
        "kept": {"mois": f"{first:%Y-%m}", **({"vue": "liste"} if as_list else {})},
        "first": first,
        "before": f"{previous_month(first):%Y-%m}",
        "after": f"{next_month(first):%Y-%m}",
        "today": timezone.localdate(),
        "days": [day for day in days if day.rows] if as_list else days,
        "weekdays": days[:7],
        "as_list": as_list,
        "in_a_cell": IN_A_CELL,
        "count": listing.count,
        "more": listing.count - len(listing.rows),
        "query": without(request.GET, "mois", "vue"),
    }
    return render(request, "editorial/calendar.html", context)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What goes up or down, and events, as its owner's rights allow at this moment.

    A revoked address, and one whose owner has left the team, is no address.
    """
    key = DeskKey.objects.select_related("user").filter(token=token).first()
    if key is None or not key.user.is_active or not key.user.has_perm(RIGHT):
        raise Http404
    rows = desk.planned(key.user, desk.Chosen(), slice(0, A_FEED)).rows
    return HttpResponse(
        as_calendar(rows),
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"},
    )


def as_calendar(rows: list[desk.Row]) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Réseau Cocagne//Bureau éditorial//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Editorial desk"))
    for row in rows:
        if not isinstance(row.when, datetime.datetime):
            continue
        event = icalendar.Event()
        moment = row.when.astimezone(datetime.UTC)
        event.add("uid", f"{row.page.pk}-{moment:%Y%m%dT%H%M%S}-bureau@reseaucocagne")
        event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
        event.add("dtstart", moment)
        event.add("summary", f"{row.title} – {row.note}")
        edit = reverse("wagtailadmin_pages:edit", args=[row.page.pk])
        event.add("url", f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{edit}")
        calendar.add_component(event)
    return calendar.to_ical()


@require_POST
def key(request: HttpRequest) -> HttpResponse:
    """Make a new address, which ends the old one, or end it for good."""
    user: Any = request.user
    require_desk(user)
    if request.POST.get("action") == "revoke":
        DeskKey.objects.filter(user=user).delete()
    else:
        DeskKey.objects.update_or_create(user=user, defaults={"token": new_key()})
    return redirect(reverse("editorial:desk") + "#agenda")
