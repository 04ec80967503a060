"""The agenda and its events."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from site_cocagne.core import access
from site_cocagne.core.blocks import StoryBlock
from site_cocagne.core.fields import StoryField
from site_cocagne.core.listing import paginate
from site_cocagne.core.models import (
    AudienceMixin,
    BasePage,
    Contact,
    MissionRow,
    SiteDocument,
    SitePageQuerySet,
)
from site_cocagne.core.regions import Region

from . import dates
from .filters import AgendaFilter

if TYPE_CHECKING:
    from django.http import HttpRequest


class EventQuerySet(SitePageQuerySet):
    """What a list of events is asked for. ``upcoming`` and ``past`` are exact complements."""

    def upcoming(self, on: datetime.date | None = None) -> EventQuerySet:
        """Events not over yet, soonest first: now, or at the beginning of the day ``on``.

        An event that ends today is upcoming all day, in its own zone.
        """
        return self.filter(over_at__gt=_moment(on)).order_by("starts_at", "pk")

    def past(self, on: datetime.date | None = None) -> EventQuerySet:
        """Events that are over, latest first."""
        return self.filter(over_at__lte=_moment(on)).order_by("-starts_at", "-pk")

    def between(self, first: datetime.date, last: datetime.date) -> EventQuerySet:
        """Events of which a day falls between these days, both counted in."""
        return self.filter(
            Q(end_date__gte=first) | Q(end_date__isnull=True, start_date__gte=first),
            start_date__lte=last,
        ).order_by("starts_at", "pk")

    def for_missions(self, slugs: list[str]) -> EventQuerySet:
        """Events of any of these missions."""
        return self.filter(
            pk__in=EventMission.objects.filter(mission__slug__in=slugs).values("page_id")
        )

    def with_labels(self) -> EventQuerySet:
        """Missions of each event at once (one query for any number)."""
        return self.prefetch_related(
            Prefetch("mission_rows", EventMission.objects.select_related("mission"))
        )


def _moment(on: datetime.date | None) -> datetime.datetime:
    if on is None:
        return timezone.now()
    return timezone.make_aware(datetime.datetime.combine(on, datetime.time()))


EventManager = PageManager.from_queryset(EventQuerySet)


class AgendaPage(BasePage):
    """The agenda: what comes, and what was."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]
    page_description = _("The list of all events with its filter. One a language.")
    max_count_per_parent = 1
    per_page = 12

    class Meta:
        verbose_name = _("agenda")

    def get_events(self, user: Any) -> EventQuerySet:
        """Events under this page that ``user`` may see, or see the door of."""
        events: EventQuerySet = access.visible_to(
            user, EventPage.objects.child_of(self), doors=True
        )
        return events

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        chosen = AgendaFilter(request.GET, language_code=self.locale.language_code)
        events = chosen.apply(self.get_events(request.user))
        page = paginate(events.for_cards().with_labels(), request, self.per_page)
        for event in page.object_list:
            event.locked = access.is_locked_for(request.user, event)
        return {**context, "filter": chosen, "results": page, "past": chosen.past}


class EventPage(AudienceMixin, BasePage):
    """An event of the network: when, where, for whom, and whether it still takes place."""

    parent_page_types: ClassVar[list[str]] = ["events.AgendaPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("A meeting, a visit, a training course, a webinar, a debate…")

    class Kind(models.TextChoices):
        REGIONAL = "regional", _("Regional meeting")
        VISIT = "visit", _("Learning visit")
        TRAINING = "training", _("Training course")
        TECHNICAL = "technical", _("Technical day")
        TSF = "tsf", _("TSF")
        WEBINAR = "webinar", _("Webinar")
        DEBATE = "debate", _("Debate")
        FORUM = "forum", _("Forum")
        CONFERENCE = "conference", _("Conference")

    class Format(models.TextChoices):
        ONSITE = "onsite", _("On site")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("On site and online")

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        FULL = "full", _("Full")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.REGIONAL)
    start_date = models.DateField(_("first day"), null=True)
    start_time = models.TimeField(
        _("from"), null=True, blank=True, help_text=_("Left empty: the event lasts whole days.")
    )
    end_date = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Left empty: the day it starts.")
    )
    end_time = models.TimeField(_("to"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        choices=dates.Zone.choices,
        default=dates.DEFAULT_ZONE,
        help_text=_("Days and hours above are those of this zone."),
    )
    # Worked out from the five above at each save; lists and calendars use these.
    starts_at = models.DateTimeField(null=True, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    over_at = models.DateTimeField(null=True, editable=False)

    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.CONFIRMED
    )
    status_note = models.CharField(
        _("about the status"),
        max_length=240,
        blank=True,
        help_text=_("Why it is cancelled, or what people who registered must do."),
    )
    previous_date = models.DateField(
        _("postponed from"), null=True, blank=True, help_text=_("The first day as announced.")
    )
    format = models.CharField(
        _("format"), max_length=8, choices=Format.choices, default=Format.ONSITE
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=3, choices=Region.choices, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    online_link = models.URLField(
        _("link to the online meeting"),
        max_length=500,
        blank=True,
        help_text=_("Shown only to those who may read this page in full."),
    )
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    price = models.CharField(_("price"), max_length=120, blank=True)
    access_needs = models.CharField(
        _("access for all"),
        max_length=300,
        blank=True,
        help_text=_("Wheelchair access, sign language, captions…"),
    )
    registration_url = models.URLField(_("registration address"), max_length=500, blank=True)
    registration_email = models.EmailField(_("or registration e-mail"), blank=True)
    registration_deadline = models.DateField(_("register before"), null=True, blank=True)
    body = StoryField(StoryBlock(), verbose_name=_("programme"), blank=True)
    report = StoryField(
        StoryBlock(),
        verbose_name=_("afterwards"),
        blank=True,
        help_text=_("Report, replay, documents: shown once the event is over."),
    )

    objects = EventManager()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("start_time")]),
                FieldRowPanel([FieldPanel("end_date"), FieldPanel("end_time")]),
                FieldPanel("time_zone"),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("status_note"), FieldPanel("previous_date")],
            heading=_("Status"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("format"),
                FieldPanel("place"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
                FieldPanel("region"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("online_link"),
                FieldPanel("access_needs"),
            ],
            heading=_("Where"),
        ),
        InlinePanel("mission_rows", label=_("Mission"), heading=_("Missions")),
        MultiFieldPanel(
            [
                FieldPanel("organiser"),
                FieldPanel("contact"),
                FieldPanel("price"),
                FieldPanel("registration_url"),
                FieldPanel("registration_email"),
                FieldPanel("registration_deadline"),
            ],
            heading=_("Organisation and registration"),
        ),
        FieldPanel("body"),
        InlinePanel("file_rows", label=_("File"), heading=_("Documents")),
        FieldPanel("report"),
        *AudienceMixin.audience_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *AudienceMixin.audience_search_fields,
        index.SearchField("body"),
        index.SearchField("city"),
        index.FilterField("kind"),
        index.FilterField("region"),
        index.FilterField("starts_at"),
        index.FilterField("over_at"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                *("kind", "start_date", "start_time", "end_date", "end_time", "time_zone"),
                *("starts_at", "ends_at", "over_at", "status", "previous_date", "format"),
                *("address", "postcode", "city", "region", "latitude", "longitude"),
            )
        ),
        SynchronizedField("audience"),
        SynchronizedField("door"),
        SynchronizedField("online_link"),
        SynchronizedField("organiser"),
        SynchronizedField("registration_url"),
        SynchronizedField("registration_email"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["over_at", "starts_at"], name="event_by_end"),
            models.Index(fields=["starts_at"], name="event_by_start"),
        ]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        last = self.end_date or self.start_date
        if self.start_date and self.end_date and self.end_date < self.start_date:
            errors["end_date"] = _("The last day comes before the first.")
        elif last == self.start_date and self.ends_before_it_starts():
            errors["end_time"] = _("The event ends before it starts.")
        if self.end_time and not self.start_time:
            errors["start_time"] = _("An hour of end needs an hour of start.")
        if self.registration_deadline and last and self.registration_deadline > last:
            errors["registration_deadline"] = _("Registration closes after the event.")
        if self.start_date and self.previous_date == self.start_date:
            errors["previous_date"] = _("This is the new date: give the one first announced.")
        if errors:
            raise ValidationError(errors)

    def ends_before_it_starts(self) -> bool:
        """For an event of one day: are its hours the wrong way round?"""
        if self.start_time is None or self.end_time is None:
            return False
        return self.end_time <= self.start_time

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.settle_dates()
        super().save(*args, **kwargs)

    def settle_dates(self) -> None:
        """Work out the instants from the local days and hours; a draft may have none."""
        if self.start_date is None:
            self.starts_at = self.ends_at = self.over_at = None
            return
        when = dates.span(
            self.start_date, self.end_date, self.start_time, self.end_time, self.time_zone
        )
        self.starts_at, self.ends_at, self.over_at = when.starts_at, when.ends_at, when.over_at

    @property
    def last_date(self) -> datetime.date | None:
        return self.end_date or self.start_date

    @property
    def is_over(self) -> bool:
        """Is it past, by the same rule as ``EventQuerySet.past``?"""
        return self.over_at is not None and self.over_at <= timezone.now()

    @property
    def takes_place(self) -> bool:
        return self.status != self.Status.CANCELLED

    @property
    def registration_is_open(self) -> bool:
        if self.is_over or self.status in {self.Status.CANCELLED, self.Status.FULL}:
            return False
        if not (self.registration_url or self.registration_email):
            return False
        return self.registration_deadline is None or (
            self.registration_deadline >= timezone.localdate()
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "missions": [row.mission for row in self.mission_rows.select_related("mission")],
            "files": list(self.file_rows.select_related("document")),
        }


class EventMission(MissionRow):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="mission_rows")


class EventFile(Orderable):
    """A document of an event: programme, sign-up sheet, slides."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="file_rows")
    document = models.ForeignKey(
        SiteDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(_("name of the file for readers"), max_length=160, blank=True)

    panels = [FieldPanel("document"), FieldPanel("label")]

    @property
    def words(self) -> str:
        return self.label or self.document.title
