"""What follows from what happens to an event: calendars, translations and proposers are told."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Min
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.models import Page, TaskState
from wagtail.signals import page_published, task_rejected

from site_cocagne.core.signals import asking_next_change, exporting_person, forgetting_person

from . import proposals, translations
from .models import CalendarRecord, EventPage, Proposal


@receiver(page_published, sender=EventPage, dispatch_uid="events.tell_calendars")
def tell_calendars(instance: EventPage, **kwargs: Any) -> None:
    """Each publication is noted; the sequence rises when date, place or status changed.

    Translations take the facts first, so that their calendars are told the same at once.
    """
    followers = translations.share_facts(instance)
    for event in (instance, *followers):
        CalendarRecord.objects.tell(event)


# --- proposals: their fate ------------------------------------------------------------------------


@receiver(page_published, sender=EventPage, dispatch_uid="events.proposal_published")
def tell_of_publication(instance: EventPage, **kwargs: Any) -> None:
    if instance.live:
        proposals.on_publication(instance)


@receiver(task_rejected, dispatch_uid="events.proposal_returned")
def tell_of_return(sender: Any, instance: TaskState, **kwargs: Any) -> None:
    page = instance.workflow_state.content_object
    if isinstance(page, Page):
        proposals.on_return(page, instance.comment)


@receiver(pre_delete, sender=EventPage, dispatch_uid="events.proposal_deleted")
def tell_of_deletion(sender: Any, instance: EventPage, **kwargs: Any) -> None:
    proposals.on_deletion(instance)


@receiver(exporting_person, dispatch_uid="events.export_proposals")
def export_proposals(sender: Any, user: Any, **kwargs: Any) -> dict[str, Any]:
    return {
        "event_proposals": [
            {
                "title": row.title,
                "date": row.start_date.isoformat(),
                "note": row.note,
                "fate": row.fate,
                "answer": row.answer,
                "proposed_at": row.created_at.isoformat(),
            }
            for row in Proposal.objects.filter(user=user)
        ]
    }


@receiver(forgetting_person, dispatch_uid="events.forget_proposals")
def forget_proposals(sender: Any, user: Any, **kwargs: Any) -> None:
    """The event stays; who proposed it is known no more."""
    Proposal.objects.filter(user=user).delete()


# --- what changes by the clock alone --------------------------------------------------------------


@receiver(asking_next_change, dispatch_uid="events.next_end")
def next_end(sender: Any, now: datetime.datetime, **kwargs: Any) -> datetime.datetime | None:
    """Lists and pages of events say another thing as soon as an event is over."""
    running = EventPage.objects.filter(live=True, over_at__gt=now)
    found: datetime.datetime | None = running.aggregate(first=Min("over_at"))["first"]
    return found
