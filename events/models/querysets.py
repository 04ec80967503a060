"""What a list of events is asked for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Max, Min, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from wagtail.models import PageManager

from site_cocagne.core import access
from site_cocagne.core.memo import for_now
from site_cocagne.core.models import SitePageQuerySet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models.expressions import Combinable

    from .event import EventPage

# How long a calendar keeps what is over, and what was cancelled.
DAYS_KEPT = 90
A_DAY = datetime.timedelta(days=1)
# No bound is worked out beyond: the calendar ends at the years 1 and 9999.
EARLIEST, LATEST = datetime.date(2, 1, 1), datetime.date(9998, 12, 31)

CALENDAR_COLUMNS = (
    *("title", "translation_key", "locale", "slug", "url_path", "path", "depth", "content_type"),
    *("last_published_at", "latest_revision_created_at", "summary", "status", "status_note"),
    *("start_date", "end_date", "start_time", "end_time", "time_zone", "starts_at", "over_at"),
    *("previous_date", "kind", "format", "place", "address", "postcode", "city", "region"),
    *("latitude", "longitude", "online_link", "organiser", "price", "access_needs"),
    *("registration_url", "registration_email", "registration_deadline"),
)


NAME_COLUMNS = (
    *("title", "slug", "url_path", "path", "depth", "locale", "content_type"),
    *("start_date", "start_time", "status", "audience", "door", "exposure"),
)


def days_within(first: datetime.date, last: datetime.date) -> Q:
    """A day of the event falls between these days, both counted in.

    In two halves, of which each has its index: those that begin there, and the few that go on
    from before. Asked at once, every event that ends after ``first`` would be read.
    """
    return Q(start_date__gte=first, start_date__lte=last) | _goes_on_into(first)


def _goes_on_into(day: datetime.date) -> Q:
    return Q(last_date__gt=F("start_date"), last_date__gte=day, start_date__lt=day)


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
        now = _moment(on)
        going_on = Q(over_at__gt=now, starts_at__lte=now)
        return self.filter(
            over_at__gt=now, starts_at__gte=self._first_start(going_on, now)
        ).order_by("starts_at", "pk")

    def next_for(
        self, user: Any, language_code: str, count: int, missions: Sequence[str] = ()
    ) -> list[EventPage]:
        """The next events that ``user`` may see, or see the door of; for everybody from memory.

        Of any of these ``missions`` (slugs) where some are given. Each is told whether it is
        ``locked`` for ``user``.
        """

        def ask(user: Any) -> list[EventPage]:
            events = self.in_language(language_code)
            if missions:
                events = events.for_missions(list(missions))
            shown = access.visible_to(user, events, doors=True).upcoming().for_cards()
            found = list(shown[:count])
            for event in found:
                event.locked = access.is_locked_for(user, event)
            return found

        if user.is_authenticated:
            return ask(user)
        key = f"events:{language_code}:{count}:{','.join(missions)}"
        return for_now(key, lambda: ask(AnonymousUser()))

    def past(self, on: datetime.date | None = None) -> EventQuerySet:
        """Events that are over, latest first."""
        now = _moment(on)
        # What is over began before now: the order's index is entered there.
        return self.filter(over_at__lte=now, starts_at__lte=now).order_by("-starts_at", "-pk")

    def between(self, first: datetime.date, last: datetime.date) -> EventQuerySet:
        """Events of which a day, in their own zone, falls between these days, both counted in."""
        # A day of the calendar begins and ends elsewhere on the globe within a day of here.
        begin = _moment(max(first, EARLIEST)) - A_DAY
        end = _moment(min(last, LATEST)) + 2 * A_DAY
        return self.filter(
            days_within(first, last),
            starts_at__gte=self._first_start(_goes_on_into(first), begin),
            starts_at__lte=end,
        ).order_by("starts_at", "pk")

    def _first_start(self, going_on: Q, otherwise: datetime.datetime) -> Combinable:
        """When the first of these began, ``otherwise`` at the latest.

        As a bound of a list it says nothing new, but where to enter the index of its order:
        without it, everything that ever was is gone through.
        """
        # An expression, so that the database does not look for the least along that very index.
        began = Min(Coalesce("starts_at", "over_at"))
        one = self.model._default_manager.filter(going_on).order_by().values(one=Value(1))
        latest = Value(otherwise)
        return Least(Coalesce(Subquery(one.annotate(began=began).values("began")), latest), latest)

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
            meets &= days_within(*between)
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
        from ..calendars import learn_paths
        from .event import EventMission

        events = list(self.only(*CALENDAR_COLUMNS))
        rows = EventMission.objects.filter(page__in=[event.pk for event in events])
        names: dict[int, list[str]] = {}
        for page, name in rows.order_by("sort_order").values_list("page", "mission__name"):
            names.setdefault(page, []).append(name)
        for event in events:
            event.mission_names = names.get(event.pk, [])
        learn_paths(events)
        return events

    def for_rows(self) -> EventQuerySet:
        """Events without their stories, for what prints neither programme nor report."""
        return self.defer("body", "report")

    def for_names(self) -> EventQuerySet:
        """Events where nothing is shown but their name, their hour and whether they are off."""
        return self.only(*NAME_COLUMNS)

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
