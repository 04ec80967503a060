"""Which events were made as the dates of one: a tie beside the pages, in no revision of theirs."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from .event import EventPage


class SeriesDateManager(models.Manager["SeriesDate"]):
    def series_of(self, event: EventPage) -> uuid.UUID:
        """The series of an event; it becomes the first of one where it has none."""
        row, _new = self.get_or_create(page_id=event.pk)
        return row.series

    def events_with(self, event: EventPage) -> Any:
        """All dates of the series of ``event``, itself among them, soonest first."""
        from .event import EventPage

        mine = self.filter(page_id=event.pk).values("series")
        found = EventPage.objects.filter(
            models.Q(series_date__series__in=mine) | models.Q(pk=event.pk)
        )
        return found.distinct().order_by("starts_at", "pk")


class SeriesDate(models.Model):
    """One date of a series. Each stays a page of its own, with its own life."""

    page = models.OneToOneField(
        "events.EventPage", on_delete=models.CASCADE, related_name="series_date"
    )
    series = models.UUIDField(default=uuid.uuid4, db_index=True)

    objects = SeriesDateManager()

    def __str__(self) -> str:
        return f"{self.series}: {self.page_id}"
