"""An announced event is not taken away in silence."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from events.models import AgendaPage, EventPage
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


@pytest.mark.parametrize("fields", [{"in_days": -3}, {"status": "cancelled", "status_note": "Gel"}])
def test_nothing_is_asked_of_what_is_over_or_cancelled(
    agenda: AgendaPage, superuser: User, logged_in: Any, fields: dict
) -> None:
    event = factories.event(agenda, **fields)
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
