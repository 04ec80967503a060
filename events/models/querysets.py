"""What a list of events is asked for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Max, Min, Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import PageManager

from site_cocagne.core.models import SitePageQuerySet

if TYPE_CHECKING:
    from .event import EventPage

# How long a calendar keeps what is over, and what was cancelled.
DAYS_KEPT = 90

CALENDAR_COLUMNS = (
    *("title", "translation_key", "locale", "slug", "url_path", "path", "depth", "content_type"),
    *("last_published_at", "latest_revision_created_at", "summary", "status", "status_note"),
    *("start_date", "end_date", "start_time", "end_time", "time_zone", "starts_at", "over_at"),
    *("previous_date", "kind", "format", "place", "address", "postcode", "city", "region"),
    *("latitude", "longitude", "online_link", "organiser", "price", "access_needs"),
    *("registration_url", "registration_email", "registration_deadline"),
)


@dataclass(frozen=True)
class Extent:
    """The first and the last day of a list, and how many of it were counted."""

    first: datetime.date
    last: datetime.date
    total: int


class EventQuerySet(SitePageQuerySet):
    """Events in the words of an agenda. ``upcoming`` and ``past`` are exact complements.

    Both leave out what has no date: a draft that was never published with one.
    """

    def upcoming(self, on: datetime.date | None = None) -> EventQuerySet:
        """Events not over yet, soonest first: now, or at the beginning of the day ``on``.

        An event that ends today is upcoming all day, in its own zone.
        """
        return self.filter(over_at__gt=_moment(on)).order_by("starts_at", "pk")

    def past(self, on: datetime.date | None = None) -> EventQuerySet:
        """Events that are over, latest first."""
        return self.filter(over_at__lte=_moment(on)).order_by("-starts_at", "-pk")

    def between(self, first: datetime.date, last: datetime.date) -> EventQuerySet:
        """Events of which a day, in their own zone, falls between these days, both counted in."""
        return self.filter(last_date__gte=first, start_date__lte=last).order_by("starts_at", "pk")

    def extent(
        self,
        counted: Q | None = None,
        between: tuple[datetime.date, datetime.date] | tuple[()] = (),
    ) -> Extent | None:
        """The first and the last day on which something takes place; None where nothing does.

        In the same query ``total`` counts the events that meet ``counted`` ``between`` two days.
        """
        meets = counted if counted is not None else Q()
        if between:
            meets &= Q(last_date__gte=between[0], start_date__lte=between[1])
        found = self.order_by().aggregate(
            first=Min("start_date"), last=Max("last_date"), total=Count("pk", filter=meets)
        )
        return None if found["first"] is None else Extent(**found)

    def in_calendars(self, now: datetime.datetime | None = None) -> EventQuerySet:
        """What calendars carry: what comes, and what was over or cancelled not long ago."""
        since = (now or timezone.now()) - datetime.timedelta(days=DAYS_KEPT)
        forgotten = Q(status="cancelled") & Q(told_at__lte=since)
        return (
            self.annotate(
                told_at=Coalesce("calendar_record__cancelled_at", "last_published_at"),
                told_sequence=Coalesce("calendar_record__sequence", 0),
            )
            .filter(over_at__gt=since)
            .exclude(forgotten)
            .order_by("starts_at", "pk")
        )

    def for_calendars(self) -> list[EventPage]:
        """What a calendar writes of each event, and no other column (two queries).

        The missions come as names, ``mission_names``: rows and missions as objects would cost as
        much again as the events.
        """
        from .event import EventMission

        events = list(self.only(*CALENDAR_COLUMNS))
        rows = EventMission.objects.filter(page__in=[event.pk for event in events])
        names: dict[int, list[str]] = {}
        for page, name in rows.order_by("sort_order").values_list("page", "mission__name"):
            names.setdefault(page, []).append(name)
        for event in events:
            event.mission_names = names.get(event.pk, [])
        return events

    def for_rows(self) -> EventQuerySet:
        """Events without their stories, for what prints neither programme nor report."""
        return self.defer("body", "report")

    def for_missions(self, slugs: list[str]) -> EventQuerySet:
        """Events of any of these missions."""
        from .event import EventMission

        return self.filter(
            pk__in=EventMission.objects.filter(mission__slug__in=slugs).values("page_id")
        )

    def with_labels(self) -> EventQuerySet:
        """Missions of each event at once (one query for any number)."""
        from .event import EventMission

        return self.prefetch_related(
            Prefetch("mission_rows", EventMission.objects.select_related("mission"))
        )

    def settle_last_dates(self) -> int:
        """Write ``last_date`` where bulk creation left it out; the number of rows written."""
        return self.filter(last_date__isnull=True, start_date__isnull=False).update(
            last_date=Coalesce(F("end_date"), F("start_date"))
        )


def _moment(on: datetime.date | None) -> datetime.datetime:
    if on is None:
        return timezone.now()
    return timezone.make_aware(datetime.datetime.combine(on, datetime.time()))


EventManager = PageManager.from_queryset(EventQuerySet)
