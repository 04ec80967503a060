"""An announced event is not taken away in silence."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import AgendaPage, CalendarRecord, EventPage
from events.wagtail_hooks import CONFIRMED
from members.models import User
from tests import factories

LINKS_SEEN = "editorial_links_seen"  # the question before it: who links there


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_the_admin_asks_before_an_announced_event_is_taken_away(
    agenda: AgendaPage, superuser: User, logged_in: Any, action: str
) -> None:
    event = factories.event(agenda, title="Journée")
    address = reverse(f"wagtailadmin_pages:{action}", args=[event.pk])
    browser = logged_in(superuser)
    asked = browser.post(address)
    assert "Journée" in asked.content.decode()
    assert CONFIRMED in asked.content.decode()
    assert EventPage.objects.get(pk=event.pk).live
    browser.post(address, {CONFIRMED: "1", LINKS_SEEN: "1"})
    assert not EventPage.objects.filter(pk=event.pk, live=True).exists()


def test_the_admin_asks_before_a_cancellation_is_taken_away_that_calendars_still_tell(
    agenda: AgendaPage, superuser: User, logged_in: Any
) -> None:
    event = factories.event(agenda, status="cancelled", status_note="Gel")
    address = reverse("wagtailadmin_pages:unpublish", args=[event.pk])
    browser = logged_in(superuser)
    asked = browser.post(address)
    assert "90 jours" in asked.content.decode(), asked
    assert EventPage.objects.get(pk=event.pk).live
    browser.post(address, {CONFIRMED: "1", LINKS_SEEN: "1"})
    assert not EventPage.objects.get(pk=event.pk).live


@pytest.mark.parametrize("cancelled_long_ago", [True, False])
def test_nothing_is_asked_of_what_is_over_or_was_cancelled_long_ago(
    agenda: AgendaPage, superuser: User, logged_in: Any, cancelled_long_ago: bool
) -> None:
    if cancelled_long_ago:
        event = factories.event(agenda, status="cancelled", status_note="Gel")
        long_ago = timezone.now() - datetime.timedelta(days=91)
        CalendarRecord.objects.filter(page=event).update(cancelled_at=long_ago)
    else:
        event = factories.event(agenda, in_days=-3)
    address = reverse("wagtailadmin_pages:unpublish", args=[event.pk])
    logged_in(superuser).post(address, {LINKS_SEEN: "1"})
    assert not EventPage.objects.get(pk=event.pk).live


def test_announced_events_are_not_taken_away_in_bulk(
    agenda: AgendaPage, superuser: User, logged_in: Any
) -> None:
    event = factories.event(agenda)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    answer = logged_in(superuser).post(f"{address}?next=/admin/&id={event.pk}")
    assert answer.status_code == 302
    assert EventPage.objects.get(pk=event.pk).live


def test_an_event_without_a_summary_is_kept_back_at_submission(
    agenda: AgendaPage, redactrice: User, logged_in: Any
) -> None:
    event = factories.event(agenda, title="Journée", live=False)
    form = EventPage.get_edit_handler().get_form_class()
    fields = form(instance=event, for_user=redactrice).initial
    data = {name: value for name, value in fields.items() if value is not None}
    for rows in ("mission_rows", "file_rows", "comments"):
        data |= {f"{rows}-TOTAL_FORMS": 0, f"{rows}-INITIAL_FORMS": 0}
    data |= {"body-count": 0, "report-count": 0, "action-submit": "1"}
    answer = logged_in(redactrice).post(reverse("wagtailadmin_pages:edit", args=[event.pk]), data)
    assert "summary" in answer.context["form"].errors
    assert not EventPage.objects.get(pk=event.pk).workflow_in_progress
