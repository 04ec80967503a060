"""What is no matter of words is the same in every language, at once."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
import vobject
from django.test import Client
from wagtail.models import Locale

from events.models import AgendaPage, CalendarRecord, EventPage
from home.models import HomePage
from tests import factories

UTC = datetime.UTC


def in_english(page: Any, **fields: Any) -> Any:
    copy = page.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return type(page)._default_manager.get(pk=copy.pk)


@pytest.fixture
def both(home: HomePage, agenda: AgendaPage) -> AgendaPage:
    """The agenda in French, under which the tests work, and in English."""
    in_english(home)
    in_english(agenda)
    return agenda


@pytest.fixture
def twins(both: AgendaPage) -> Any:
    """A French event and its English translation, both online, on the 4th of January 2027."""
    with time_machine.travel(datetime.datetime(2027, 1, 4, 8, tzinfo=UTC), tick=False) as clock:
        source = factories.event(
            both,
            title="Visite",
            slug="visite",
            start_date=datetime.date(2027, 2, 10),
            place="Ferme",
            city="Vaulx",
        )
        twin = in_english(source, title="Visit")
        clock.shift(3600)
        yield source, twin


def publish(event: EventPage, **changes: Any) -> EventPage:
    fresh = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


def told(client: Client, language: str = "") -> Any:
    (event,) = list(
        vobject.readOne(
            client.get(f"{language}/agenda/calendrier.ics").content.decode()
        ).vevent_list
    )
    return event


def test_a_cancellation_is_in_every_language_at_once(client: Client, twins: Any) -> None:
    source, twin = twins
    etag = client.get("/en/agenda/calendrier.ics")["ETag"]
    publish(source, status="cancelled", status_note="Gel tardif")
    assert client.get("/en/agenda/calendrier.ics", HTTP_IF_NONE_MATCH=etag).status_code == 200
    english = told(client, "/en")
    assert english.status.value == "CANCELLED"
    assert english.uid.value == told(client).uid.value
    assert english.sequence.value == told(client).sequence.value == "1"
    assert "Cancelled" in client.get("/en/agenda/").content.decode()
    page = client.get(twin.url).content.decode()
    assert "This event is cancelled." in page
    assert "Gel tardif" not in page  # words are the translation's own
    publish(source, status="confirmed", status_note="")
    assert told(client, "/en").status.value == "CONFIRMED"


def test_a_move_is_in_every_month_and_the_words_stay(client: Client, twins: Any) -> None:
    source, twin = twins
    publish(
        source,
        title="Visite de mars",
        status="postponed",
        previous_date=datetime.date(2027, 2, 10),
        start_date=datetime.date(2027, 3, 2),
    )
    assert client.get("/en/agenda/2027/03/").content.decode().count("Visit<") == 1
    assert told(client, "/en").dtstart.value == datetime.date(2027, 3, 2)
    fresh = EventPage.objects.get(pk=twin.pk)
    assert (fresh.title, fresh.last_date) == ("Visit", datetime.date(2027, 3, 2))


def test_an_older_draft_of_a_translation_does_not_bring_the_old_date_back(
    client: Client, twins: Any
) -> None:
    source, twin = twins
    draft = EventPage.objects.get(pk=twin.pk).get_latest_revision_as_object()
    draft.title = "A visit"
    revision = draft.save_revision()
    publish(source, status="cancelled", status_note="Gel")
    revision.publish()
    fresh = EventPage.objects.get(pk=twin.pk)
    assert (fresh.title, fresh.status) == ("A visit", "cancelled")
    assert told(client, "/en").status.value == "CANCELLED"


def test_a_translation_changes_nothing_of_its_source(twins: Any) -> None:
    source, twin = twins
    publish(twin, status="cancelled", status_note="Frost", start_date=datetime.date(2027, 5, 1))
    for event in (source, twin):
        fresh = EventPage.objects.get(pk=event.pk)
        assert (fresh.status, fresh.start_date) == ("confirmed", datetime.date(2027, 2, 10))


def test_a_translation_made_late_begins_where_calendars_are(both: AgendaPage) -> None:
    source = factories.event(both)
    for place in ("Ici", "Là"):
        source = publish(source, place=place)
    twin = in_english(source)
    assert CalendarRecord.objects.get(page_id=twin.pk).sequence == 2
