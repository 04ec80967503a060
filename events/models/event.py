"""An event of the network, and its rows."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from site_cocagne.core.blocks import StoryBlock
from site_cocagne.core.fields import StoryField
from site_cocagne.core.memo import remember
from site_cocagne.core.models import (
    AudienceMixin,
    BasePage,
    Contact,
    MissionRow,
    SiteDocument,
)
from site_cocagne.core.regions import Region

from .. import dates
from ..forms import EventForm
from .querysets import EventManager

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Worked out from days, hours and zone: never typed, never translated.
DATE_FIELDS = ("start_date", "end_date", "start_time", "end_time", "time_zone")


class EventPage(RoutablePageMixin, AudienceMixin, BasePage):
    """An event of the network: when, where, for whom, and whether it still takes place."""

    parent_page_types: ClassVar[list[str]] = ["events.AgendaPage"]
    subpage_types: ClassVar[list[str]] = []
    served_with: ClassVar[tuple[str, ...]] = (*BasePage.served_with, "contact")
    page_description = _("A meeting, a visit, a training course, a webinar, a debate…")
    heading_above: ClassVar[dict[str, int]] = {"body": 2, "report": 2}  # "Programme", "Afterwards"

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
    last_date = models.DateField(null=True, editable=False)

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
        _("postponed from"),
        null=True,
        blank=True,
        help_text=_(
            "The first day as announced. Left empty: noted when the new day is published; as "
            "long as there is none, readers are told that it is not known yet."
        ),
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
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
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
    base_form_class = EventForm

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
                *DATE_FIELDS,
                *("starts_at", "ends_at", "over_at", "last_date"),
                *("kind", "status", "previous_date", "format"),
                *("address", "postcode", "city", "region", "latitude", "longitude"),
            )
        ),
        *AudienceMixin.audience_translatable_fields,
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
            models.Index(fields=["start_date", "last_date"], name="event_by_first_day"),
            models.Index(
                fields=["last_date", "start_date"],
                name="event_of_several_days",
                condition=models.Q(last_date__gt=models.F("start_date")),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if errors := self.contradictions():
            raise ValidationError(errors)

    def contradictions(self) -> dict[str, Any]:
        """What does not go together, by the field at which it is said."""
        return {**self._date_errors(), **self._other_errors()}

    def _date_errors(self) -> dict[str, Any]:
        if self.start_date is None:
            return {}
        if self.end_date and self.end_date < self.start_date:
            return {"end_date": _("The last day comes before the first.")}
        last = self.end_date or self.start_date
        for name, day in (("start_time", self.start_date), ("end_time", last)):
            hour = getattr(self, name)
            if hour and dates.is_skipped(day, hour, self.time_zone):
                return {name: _("That night the clock change leaves this hour out.")}
        if dates.ends_before_it_starts(*self.date_parts()):
            return {"end_time": _("The event ends before it starts.")}
        return {}

    def _other_errors(self) -> dict[str, Any]:
        errors: dict[str, Any] = {}
        last = self.end_date or self.start_date
        if self.end_time and not self.start_time:
            errors["start_time"] = _("An hour of end needs an hour of start.")
        if self.registration_deadline and last and self.registration_deadline > last:
            errors["registration_deadline"] = _("Registration closes after the event.")
        if self.start_date and self.previous_date == self.start_date:
            errors["previous_date"] = _("This is the new date: give the one first announced.")
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            errors[missing] = _("Latitude and longitude go together.")
        return errors

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.settle_dates()
        super().save(*args, **kwargs)

    def date_parts(self) -> tuple[Any, ...]:
        """Days, hours and zone, as ``dates.span`` takes them."""
        return tuple(getattr(self, name) for name in DATE_FIELDS)

    @property
    def announced(self) -> dates.Announced:
        """The dates as calendars are told them; asked of events that have one."""
        return dates.announced(*self.date_parts())

    def settle_dates(self) -> None:
        """Work out the instants from the local days and hours; a draft may have none."""
        if self.start_date is None:
            self.starts_at = self.ends_at = self.over_at = self.last_date = None
            return
        when = dates.span(*self.date_parts())
        self.starts_at, self.ends_at, self.over_at = when.starts_at, when.ends_at, when.over_at
        self.last_date = max(self.end_date or self.start_date, self.start_date)

    @property
    def is_over(self) -> bool:
        """Is it past, by the same rule as ``EventQuerySet.past``?"""
        return self.over_at is not None and self.over_at <= timezone.now()

    @property
    def card_state(self) -> str:
        """What a card says besides what is written: that the event is over."""
        return "over" if self.is_over else ""

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def awaits_new_date(self) -> bool:
        """Postponed, and the new day is not known: ``start_date`` is the one that fell through."""
        return self.status == self.Status.POSTPONED and self.previous_date is None

    @property
    def takes_place(self) -> bool:
        """Does it take place on the day that is announced?"""
        return not (self.is_cancelled or self.awaits_new_date)

    @property
    def is_off(self) -> bool:
        """Is the day that is shown no day to come to any more?"""
        return self.is_over or not self.takes_place

    @property
    def announced_for(self) -> datetime.date | None:
        """The day first announced, for an event that was postponed."""
        if self.status != self.Status.POSTPONED:
            return None
        return self.previous_date or self.start_date

    @property
    def registration_is_open(self) -> bool:
        """Up to the end of the last day to register, in the event's own zone."""
        if self.is_over or not self.takes_place or self.status == self.Status.FULL:
            return False
        if not (self.registration_url or self.registration_email):
            return False
        return dates.still_open(self.registration_deadline, self.time_zone, timezone.now())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .. import links, structured

        context = super().get_context(request, *args, **kwargs)
        if getattr(request, "is_preview", False):  # a draft: nothing of it may be remembered
            rows = self.get_rows()
        else:
            rows = remember(f"event:{self.pk}", self.get_rows)
        return {
            **context,
            **rows,
            "calendar_links": links.for_event(self, request),
            "following": links.following(self, request),
            "structured": structured.event_data(self),
        }

    def get_rows(self) -> dict[str, Any]:
        """What stands in rows of this page, the same for all who may read it (two queries)."""
        return {
            "missions": [row.mission for row in self.mission_rows.select_related("mission")],
            "files": list(self.file_rows.select_related("document")),
        }

    @path("evenement.ics/")
    def as_calendar(self, request: HttpRequest) -> HttpResponse:
        """This event for a calendar. It goes through the door of the page (``check_page``)."""
        from .. import feeds

        return feeds.of_event(self, request)


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
