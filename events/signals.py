"""What follows from a publication: calendars are told."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from .models import CalendarRecord, EventPage


@receiver(page_published, sender=EventPage, dispatch_uid="events.tell_calendars")
def tell_calendars(instance: EventPage, **kwargs: Any) -> None:
    """Each publication is noted; the sequence rises when date, place or status changed."""
    CalendarRecord.objects.tell(instance)
