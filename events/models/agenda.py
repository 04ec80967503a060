"""The agenda: a list, months, an archive, calendars, all by the same filter."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from site_cocagne.core import access
from site_cocagne.core.facets import Counts, Listing
from site_cocagne.core.listing import Rows, paginate
from site_cocagne.core.memo import for_now, remember
from site_cocagne.core.models import BasePage

from .. import feeds, links, months, region_map
from ..filters import AgendaFilter
from .event import EventPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from .querysets import EventQuerySet

T = TypeVar("T")
MOST_KEPT = 2  # choices


class AgendaPage(RoutablePageMixin, BasePage):
    """The agenda: what comes, what was, month by month and year by year."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]
    page_description = _("The list of all events with its filter. One a language.")
    max_count_per_parent = 1
    often_asked = True
    per_page = 12
    per_archive = 30

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    def get_events(self, user: Any) -> EventQuerySet:
        """Events under this page that ``user`` may see, or see the door of."""
        events: EventQuerySet = access.visible_to(
            user, EventPage.objects.child_of(self), doors=True
        )
        return events

    def get_filter(self, request: HttpRequest) -> AgendaFilter:
        return AgendaFilter(request.GET, language_code=self.locale.language_code)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "today": timezone.localdate()}

    # --- the list ---------------------------------------------------------------------------

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        """What comes by month, or what was; the counts beside the filter are those of the list."""
        chosen = self.get_filter(request)
        listing = self._listing(chosen, request)
        found = listing.page.object_list
        today = timezone.localdate()
        by_month = months.by_month(found, None if chosen.past else today)
        return self._answer(
            request,
            chosen,
            "events/agenda_page.html",
            {
                "listing": listing,
                "results": listing.page,
                "areas": region_map.areas(listing.groups["region"], chosen),
                "view_box": region_map.VIEW_BOX,
                "past": chosen.past,
                "by_month": by_month,
                "this_month": months.Month.of(today),
                # The archive of a year leads to all others: no query for them here.
                "years": sorted({month.year for month, _events in by_month}, reverse=True)
                if chosen.past
                else [],
            },
        )

    def _listing(self, chosen: AgendaFilter, request: HttpRequest) -> Listing:
        user = request.user

        def count() -> Counts:
            return chosen.counts(self.get_events(user))

        def ask(part: slice) -> list[Any]:
            return self._marked(chosen.apply(self.get_events(user).for_cards())[part], user)

        def rows(part: slice) -> list[Any]:
            key = f"rows:{part.start}:{chosen.query}"
            return self._for_now(key, lambda: ask(part), user, chosen)

        counts = self._for_now(f"counts:{chosen.query}", count, user, chosen)
        page = paginate(Rows(rows), request, self.per_page, counts.total)
        return Listing(chosen, counts, page)

    # --- months, days, years ------------------------------------------------------------------

    @path("<int:year>/<int:number>/")
    def month(self, request: HttpRequest, year: int, number: int) -> HttpResponse:
        """A month as a table; months beyond the first and the last event have no address."""
        asked = months.Month.asked(year, number)
        events, bounds = self._within_bounds(request, asked)
        chosen = self.get_filter(request)

        def ask() -> months.Table:
            found = chosen.narrow(events).between(asked.first, asked.last)
            return months.table(
                asked,
                list(found.values_list("pk", "start_date", "last_date")),
                timezone.localdate(),
                lambda keys: self._by_key(events, keys, request.user),
            )

        # Nothing of it changes within a day, but what is published.
        key = f"month:{asked.path}:{timezone.localdate()}:{chosen.query}"
        table = self._for_now(key, ask, request.user, chosen, keep=remember)
        before, after = bounds.neighbours(asked)
        return self._answer(
            request,
            chosen,
            "events/agenda_month.html",
            {
                "month": asked,
                "weeks": table.weeks,
                "total": table.total,
                "before": before,
                "after": after,
            },
        )

    @path("<int:year>/<int:number>/<int:day>/")
    def day(self, request: HttpRequest, year: int, number: int, day: int) -> HttpResponse:
        """All events of a day; one on which nothing takes place has no address."""
        asked = months.Month.asked(year, number)
        if not 1 <= day <= asked.last.day:
            raise Http404
        date = datetime.date(year, number, day)
        chosen = self.get_filter(request)
        found = chosen.narrow(self.get_events(request.user)).between(date, date)
        results = paginate(found.for_cards(), request, self.per_archive)
        if not results.paginator.count:
            raise Http404
        return self._answer(
            request,
            chosen,
            "events/agenda_day.html",
            {
                "month": asked,
                "day": date,
                "results": results,
                "events": self._marked(results.object_list, request.user),
            },
        )

    @path("archives/<int:year>/")
    def archive(self, request: HttpRequest, year: int) -> HttpResponse:
        """What was over in a year, latest first; a year without any has no address."""
        chosen = self.get_filter(request)
        past = self.get_events(request.user).past()
        days = (datetime.date(year, 1, 1), datetime.date(year, 12, 31)) if 1 <= year <= 9999 else ()
        extent = self._for_now(
            f"past:{year}:{chosen.query}",
            lambda: past.extent(counted=chosen.condition, between=days),
            request.user,
            chosen,
        )
        years = list(range(extent.last.year, extent.first.year - 1, -1)) if extent else []
        if extent is None or year not in years:
            raise Http404
        cards = chosen.narrow(past).between(*days).order_by("-starts_at", "-pk")
        results = paginate(cards.for_cards(), request, self.per_archive, extent.total)
        events = self._marked(results.object_list, request.user)
        return self._answer(
            request,
            chosen,
            "events/agenda_archive.html",
            {
                "year": year,
                "years": years,
                "results": results,
                "by_month": months.by_month(events),
            },
        )

    # --- calendars ------------------------------------------------------------------------------

    @path("calendrier.ics/")
    def as_calendar(self, request: HttpRequest) -> HttpResponse:
        """Public events for calendars, by the same query string as the list."""
        return feeds.of_agenda(self, request)

    # --- what they share ------------------------------------------------------------------------

    def _answer(
        self, request: HttpRequest, chosen: AgendaFilter, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        address = self.get_url(request) or ""
        return self.render(
            request,
            template=template,
            context_overrides={
                "filter": chosen,
                "agenda_url": address,
                "subscription": links.subscription(f"{address}calendrier.ics", chosen.facet_query),
                **context,
            },
        )

    def _within_bounds(
        self, request: HttpRequest, asked: months.Month
    ) -> tuple[EventQuerySet, months.Bounds]:
        events = self.get_events(request.user)
        extent = (
            events.extent()
            if request.user.is_authenticated
            else remember(f"agenda:extent:{self.pk}", events.extent)
        )
        bounds = months.Bounds.of(extent, timezone.localdate())
        if asked not in bounds:
            raise Http404
        return events, bounds

    def _for_now(
        self,
        key: str,
        count: Callable[[], T],
        user: Any,
        chosen: AgendaFilter,
        keep: Callable[[str, Callable[[], T]], T] = for_now,
    ) -> T:
        """What goes through every event, from memory where everybody is told the same.

        That of many choices is seldom asked for twice, and is not kept.
        """
        if user.is_authenticated or chosen.choice_count > MOST_KEPT:
            return count()
        return keep(f"agenda:{self.pk}:{key}", count)

    def _by_key(self, events: EventQuerySet, keys: set[int], user: Any) -> list[EventPage]:
        return self._marked(events.filter(pk__in=keys).for_names(), user) if keys else []

    @staticmethod
    def _marked(events: Any, user: Any) -> list[Any]:
        """The events as a list, each told whether only its door may be shown to ``user``."""
        found = list(events)
        for event in found:
            event.locked = access.is_locked_for(user, event)
        return found
