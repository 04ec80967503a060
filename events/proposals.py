"""A member proposes an event: a draft in the workflow, and its fate told by mail."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import WorkflowState

from site_cocagne.core.signals import telling_person

from .models import AgendaPage, EventMission, EventPage, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable

# The same proposal sent twice within this time is one: a double click, a page sent again.
TWICE = datetime.timedelta(minutes=10)


def agenda_for(language: str) -> AgendaPage | None:
    """Where proposals go: the agenda of this language, or else of the source language."""
    found = AgendaPage.objects.filter(locale__language_code__in=[language, settings.LANGUAGE_CODE])
    shown = found.filter(live=True).select_related("locale")
    by_language = {page.locale.language_code: page for page in shown}
    return by_language.get(language) or by_language.get(settings.LANGUAGE_CODE)


@transaction.atomic
def propose(
    event: Any, agenda: AgendaPage, user: Any, *, missions: Iterable[Any], note: str
) -> Proposal:
    """Put a new event under the agenda as a draft and into the workflow; tell who proposed it."""
    before = Proposal.objects.filter(
        user=user,
        title=event.title,
        start_date=event.start_date,
        created_at__gt=timezone.now() - TWICE,
    ).first()
    if before is not None:
        return before
    event.locale, event.owner, event.live = agenda.locale, user, False
    event.has_unpublished_changes = True
    event.mission_rows.set([EventMission(mission=mission) for mission in missions])
    agenda.add_child(instance=event)
    event.save_revision(user=user, log_action="wagtail.create")
    proposal = Proposal.objects.create(
        page=event, user=user, title=event.title, start_date=event.start_date, note=note
    )
    _into_workflow(event, user)
    tell(proposal)
    return proposal


@transaction.atomic
def amend(proposal: Proposal, event: Any, user: Any, *, missions: Iterable[Any], note: str) -> None:
    """The one who proposed it has changed what was sent back: read it again."""
    event.mission_rows.set([EventMission(mission=mission) for mission in missions])
    event.save(clean=False)
    event.save_revision(user=user, log_action=True)
    proposal.title, proposal.start_date, proposal.note = event.title, event.start_date, note
    proposal.fate, proposal.answer = Proposal.Fate.RECEIVED, ""
    proposal.save()
    _into_workflow(event, user)
    tell(proposal)


def _into_workflow(event: EventPage, user: Any) -> None:
    fresh = EventPage.objects.get(pk=event.pk)
    state = fresh.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    elif state is None and (workflow := fresh.get_workflow()) is not None:
        workflow.start(fresh, user)


# --- its fate -----------------------------------------------------------------------------------


def on_return(event: Any, comment: str) -> None:
    """Whoever reads it asks for changes."""
    for proposal in _open_of(event):
        proposal.meets(Proposal.Fate.RETURNED, comment)
        tell(proposal)


def on_publication(event: EventPage) -> None:
    for proposal in _open_of(event):
        proposal.meets(Proposal.Fate.PUBLISHED)
        tell(proposal)


def on_deletion(event: EventPage) -> None:
    """A draft deleted by any way is a proposal declined."""
    for proposal in _open_of(event):
        proposal.meets(Proposal.Fate.DECLINED)
        tell(proposal)


@transaction.atomic
def decline(proposal: Proposal, reason: str, user: Any) -> None:
    """Say no, with the reason; the draft is deleted."""
    page: Any = proposal.page
    proposal.meets(Proposal.Fate.DECLINED, reason)
    tell(proposal)
    if page is not None and not page.live:
        page.delete(user=user)


def _open_of(event: Any) -> list[Proposal]:
    return list(
        Proposal.objects.filter(page_id=event.pk, fate__in=Proposal.OPEN).select_related("user")
    )


def tell(proposal: Proposal) -> None:
    """A mail in French, through the outbox that loses none."""
    with translation.override(settings.LANGUAGE_CODE):
        base = settings.BASE_URL.rstrip("/")
        page = proposal.page
        text = render_to_string(
            f"emails/events/proposal_{proposal.fate}.txt",
            {
                "proposal": proposal,
                "name": proposal.user.get_short_name(),
                "page_url": page.full_url if page is not None else "",
                "mine_url": base + reverse("events_proposals"),
                "amend_url": base + reverse("events_proposal", args=[proposal.pk]),
            },
        )
    subject, _newline, body = text.strip().partition("\n")
    telling_person.send(
        Proposal, user=proposal.user, subject=" ".join(subject.split()), text=body.strip() + "\n"
    )
