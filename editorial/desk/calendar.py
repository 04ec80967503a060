"""What goes up, what comes down, what takes place: as one list in the order of time."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from .common import EVERYTHING, Chosen, Listing, Row, columns, take

SOON = datetime.timedelta(days=30)
OF_EVENT = (
    *("live", "starts_at", "start_time", "format", "place", "city", "online_link"),
    *("registration_url", "registration_email", "contact", "organiser"),
)


@dataclass(frozen=True)
class Period:
    """From a moment on; until another, where there is one."""

    since: datetime.datetime
    until: datetime.datetime | None = None

    def over(self, name: str) -> Q:
        """Rows whose moment ``name`` lies in the period."""
        inside = Q(**{f"{name}__gte": self.since})
        return inside & Q(**{f"{name}__lt": self.until}) if self.until else inside


def planned(
    user: Any, chosen: Chosen, part: slice = EVERYTHING, period: Period | None = None
) -> Listing:
    """What goes up, what comes down, and events: in the order of time, from now on."""
    period = period or Period(timezone.now())
    upto = slice(0, part.stop)
    rows: list[Row] = []
    count = 0
    for kind in (going_up, going_down, taking_place):
        found = kind(user, chosen, period, upto)
        rows += found.rows
        count += found.count
    rows.sort(key=lambda row: row.when or timezone.now())
    return Listing(rows[part], count)


def going_up(user: Any, chosen: Chosen, period: Period, part: slice) -> Listing:
    """Approved, and online at their moment; one that should be online already stays on top."""
    revisions = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    if period.until is not None:
        revisions = revisions.filter(period.over("approved_go_live_at"))
    revisions = chosen.of_person(revisions, "user")
    plans = {
        int(pk): (moment, user_id)
        for pk, moment, user_id in revisions.values_list(
            "object_id", "approved_go_live_at", "user_id"
        )
    }
    pages = chosen.pages(user).filter(pk__in=plans).select_related("locale", "owner")
    pages = pages.only(*columns("owner"))
    found = sorted(pages, key=lambda page: plans[page.pk][0])
    rows = [
        Row(page, who=str(page.owner or ""), when=plans[page.pk][0], note=_("goes online"))
        for page in found[part]
    ]
    return Listing(rows, len(found))


def going_down(user: Any, chosen: Chosen, period: Period, part: slice) -> Listing:
    down = (
        chosen.of_person(chosen.pages(user), "owner")
        .filter(period.over("expire_at"), live=True)
        .select_related("locale", "owner")
        .only("expire_at", *columns("owner"))
        .order_by("expire_at")
    )
    pages, count = take(down, part)
    note = _("is taken offline")
    rows = [Row(page, who=str(page.owner or ""), when=page.expire_at, note=note) for page in pages]
    return Listing(rows, count)


def taking_place(user: Any, chosen: Chosen, period: Period, part: slice) -> Listing:
    """Events that begin in the period; without an end of it, those that are not over."""
    begins = period.over("starts_at") if period.until else Q(over_at__gt=period.since)
    events, count = take(events_of(user, chosen).filter(begins).order_by("starts_at", "pk"), part)
    rows = [
        Row(
            event,
            who=str(event.owner or ""),
            when=event.starts_at,
            whole_day=event.start_time is None,
            note=_("takes place") if event.live else _("takes place, not online yet"),
        )
        for event in events
    ]
    return Listing(rows, count)


def events_of(user: Any, chosen: Chosen) -> QuerySet[Any]:
    """Events as rows show them, with what is asked when something is missing."""
    events: Any = apps.get_model("events", "EventPage")
    mine = chosen.of_person(chosen.pages(user, events), "owner")
    return mine.select_related("locale", "owner").only(*OF_EVENT, *columns("owner"))


def incomplete_events(user: Any, chosen: Chosen, part: slice = EVERYTHING) -> Listing:
    """Events of the coming month without a place, a link or a contact."""
    nowhere = Q(format__in=["onsite", "hybrid"], place="", city="")
    unreachable = Q(format__in=["online", "hybrid"], online_link="", registration_url="")
    unanswered = Q(contact__isnull=True, organiser="", registration_email="")
    now = timezone.now()
    lacking = (
        events_of(user, chosen)
        .filter(nowhere | unreachable | unanswered, over_at__gt=now, starts_at__lt=now + SOON)
        .exclude(status="cancelled")
        .order_by("starts_at", "pk")
    )
    events, count = take(lacking, part)
    return Listing(
        [
            Row(
                event,
                who=str(event.owner or ""),
                when=event.starts_at,
                whole_day=event.start_time is None,
                note=what_lacks(event),
            )
            for event in events
        ],
        count,
    )


def what_lacks(event: Any) -> str:
    lacking = []
    if event.format in {"onsite", "hybrid"} and not (event.place or event.city):
        lacking.append(_("no place"))
    if event.format in {"online", "hybrid"} and not (event.online_link or event.registration_url):
        lacking.append(_("no link"))
    if not (event.contact_id or event.organiser or event.registration_email):
        lacking.append(_("nobody to ask"))
    return ", ".join(lacking)


# --- a month ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    """A day of the grid; days of the neighbouring months only fill up the weeks."""

    date: datetime.date
    in_month: bool
    rows: list[Row]


def month_of(first: datetime.date) -> Period:
    """From the first midnight of a month to that of the next, in the time of the site."""
    return Period(midnight(first), midnight(next_month(first)))


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def next_month(first: datetime.date) -> datetime.date:
    return (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def previous_month(first: datetime.date) -> datetime.date:
    return (first - datetime.timedelta(days=1)).replace(day=1)


def days_of(first: datetime.date, rows: list[Row]) -> list[Day]:
    """The whole weeks, from Monday on, that hold the month."""
    by_day: dict[datetime.date, list[Row]] = {}
    for row in rows:
        if isinstance(row.when, datetime.datetime):
            by_day.setdefault(timezone.localdate(row.when), []).append(row)
    last = next_month(first) - datetime.timedelta(days=1)
    day = first - datetime.timedelta(days=first.weekday())
    found = []
    while day <= last or day.weekday():
        in_month = day.month == first.month
        found.append(Day(day, in_month, by_day.get(day, []) if in_month else []))
        day += datetime.timedelta(days=1)
    return found
