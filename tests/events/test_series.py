"""Dates of a repeated event: made in one go, changed and cancelled together, never published so."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import dates, series
from events.models import AgendaPage, EventFile, EventPage, SeriesDate
from events.recurrence import NoSuchDayError, Rhythm, days_after, days_written
from members.models import User
from tests import factories

UTC = datetime.UTC
PARIS = "Europe/Paris"
TODAY = datetime.datetime(2027, 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def in_january() -> Any:
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def atelier(in_january: Any, agenda: AgendaPage) -> EventPage:
    """An announced event of an evening, on a Tuesday."""
    return factories.event(
        agenda,
        title="Atelier",
        slug="atelier",
        summary="Un soir par semaine.",
        start_date=datetime.date(2027, 3, 9),
        start_time=datetime.time(18, 30),
        end_time=datetime.time(20),
        registration_deadline=datetime.date(2027, 3, 8),
        missions=(factories.mission("produire"),),
    )


def address(event: EventPage) -> str:
    return reverse("events_series", args=[event.pk])


def make(browser: Client, event: EventPage, **fields: Any) -> Any:
    data = {f"dates-{name}": value for name, value in fields.items()}
    return browser.post(address(event), {"action": "dates", **data})


def others(event: EventPage) -> list[Any]:
    return [page for page in SeriesDate.objects.events_with(event) if page.pk != event.pk]


def faults(answer: Any, form: str) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return dict(answer.context["forms"][form].errors)


# --- the days -----------------------------------------------------------------------------------


def test_the_second_tuesday_stays_the_second_tuesday() -> None:
    found = days_after(datetime.date(2027, 3, 9), Rhythm.SAME_WEEKDAY, 3)
    assert [str(day) for day in found] == ["2027-04-13", "2027-05-11", "2027-06-08"]


def test_a_month_goes_over_the_new_year() -> None:
    found = days_after(datetime.date(2027, 11, 15), Rhythm.SAME_DAY, 3)
    assert [str(day) for day in found] == ["2027-12-15", "2028-01-15", "2028-02-15"]


@pytest.mark.parametrize(
    ("first", "rhythm", "month"),
    [
        ("2027-01-31", Rhythm.SAME_DAY, "2027-02"),
        ("2027-11-30", Rhythm.SAME_DAY, "2028-02"),
        ("2027-03-30", Rhythm.SAME_WEEKDAY, "2027-04"),
    ],
)
def test_a_month_without_such_a_day_is_named_and_none_is_made_up(
    first: str, rhythm: str, month: str
) -> None:
    with pytest.raises(NoSuchDayError, match=month):
        days_after(datetime.date.fromisoformat(first), rhythm, 12)


def test_leap_day_comes_in_leap_years() -> None:
    assert days_after(datetime.date(2028, 1, 29), Rhythm.SAME_DAY, 1) == [
        datetime.date(2028, 2, 29)
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    first=st.dates(datetime.date(2024, 1, 1), datetime.date(2030, 1, 1)),
    rhythm=st.sampled_from(Rhythm.values[:-1]),
    count=st.integers(1, 59),
)
def test_days_of_a_rhythm_come_later_each_and_on_the_same_weekday_or_number(
    first: datetime.date, rhythm: str, count: int
) -> None:
    try:
        found = days_after(first, rhythm, count)
    except NoSuchDayError:
        assert first.day > 28
        return
    assert len(found) == count
    assert found == sorted(set(found))
    assert found[0] > first
    if rhythm == Rhythm.SAME_DAY:
        assert {day.day for day in found} == {first.day}
    else:
        assert {day.weekday() for day in found} == {first.weekday()}


def test_days_are_read_as_people_write_them() -> None:
    days, wrong = days_written("31/12/2027, 2027-03-02;\n 1.4.2027 2027-03-02 demain 31/02/2027 0")
    assert [str(day) for day in days] == ["2027-03-02", "2027-04-01", "2027-12-31"]
    assert wrong == ["demain", "31/02/2027", "0"]


# --- making them --------------------------------------------------------------------------------


def test_the_dates_of_a_series_are_drafts_with_the_same_local_hours(
    atelier: EventPage, redactrice: User, logged_in: Any
) -> None:
    answer = make(logged_in(redactrice), atelier, rhythm="weekly", count="4")
    assert answer.status_code == 302
    made = others(atelier)
    assert [str(page.start_date) for page in made] == [
        *("2027-03-16", "2027-03-23", "2027-03-30", "2027-04-06"),
    ]
    # The clocks change on the 28th of March: an hour less in UTC, the same on the wall.
    assert {page.starts_at.hour for page in made[:2]} == {17}
    assert {page.starts_at.hour for page in made[2:]} == {16}
    paris = dates.zone_named(PARIS)
    assert {page.starts_at.astimezone(paris).time() for page in made} == {datetime.time(18, 30)}
    for page in made:
        assert not page.live
        assert page.latest_revision.user == redactrice
        assert page.start_date - page.registration_deadline == datetime.timedelta(days=1)
        assert [row.mission.slug for row in page.mission_rows.all()] == ["produire"]
    assert made[0].slug == "atelier-2027-03-16"
    assert len({page.translation_key for page in [atelier, *made]}) == 5


def test_dates_made_for_review_are_in_the_workflow_and_not_online(
    atelier: EventPage, validatrice: User, logged_in: Any
) -> None:
    make(logged_in(validatrice), atelier, rhythm="same_day", count="2", submit="on")
    for page in others(atelier):
        assert page.workflow_in_progress
        assert not page.live
        state = page.current_workflow_task_state
        approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        logged_in(validatrice).post(approve, {"comment": ""})
        assert not EventPage.objects.get(pk=page.pk).live  # her own


def test_a_copy_of_a_cancelled_or_past_event_starts_afresh(
    agenda: AgendaPage, in_january: Any, redactrice: User, logged_in: Any
) -> None:
    event = factories.event(
        agenda,
        start_date=datetime.date(2026, 12, 1),
        end_date=datetime.date(2026, 12, 3),
        status="cancelled",
        status_note="Gel",
        report=[("paragraph", "<p>Le compte rendu.</p>")],
    )
    make(logged_in(redactrice), event, rhythm="chosen", days="30/12/2027")
    (page,) = others(event)
    assert (page.status, page.status_note, len(page.report)) == ("confirmed", "", 0)
    assert page.end_date == datetime.date(2028, 1, 1)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"rhythm": "weekly"}, "count", "Dites combien"),
        ({"rhythm": "weekly", "count": "0"}, "count", "1"),
        ({"rhythm": "weekly", "count": "60"}, "count", "59"),
        ({"rhythm": "weekly", "count": "1e3"}, "count", "entier"),
        ({"rhythm": "yearly", "count": "2"}, "rhythm", "yearly"),
        ({"rhythm": "chosen"}, "days", "jours"),
        ({"rhythm": "chosen", "days": "demain 2027-02-30"}, "days", "demain, 2027-02-30"),
        ({"rhythm": "chosen", "days": "2027-01-09"}, "days", "passé"),
        ({"rhythm": "chosen", "days": "2027-03-09"}, "days", "déjà"),
        ({"rhythm": "chosen", "days": "2027-04-01 2027-03-09"}, "days", "9 mars 2027"),
        ({"rhythm": "chosen", "days": "x" * 2001}, "days", "2000"),
        ({"rhythm": "chosen", "days": "2027-04-01\x00"}, "days", ""),
    ],
)
def test_what_cannot_be_made_is_said_beside_the_field_and_nothing_is_made(
    atelier: EventPage, redactrice: User, logged_in: Any, fields: dict, field: str, words: str
) -> None:
    answer = make(logged_in(redactrice), atelier, **fields)
    found = faults(answer, "dates")
    assert list(found) == [field]
    assert words in str(found)
    assert EventPage.objects.count() == 1


def test_an_hour_that_the_clock_change_skips_is_refused_for_its_day(
    atelier: EventPage, redactrice: User, logged_in: Any
) -> None:
    factories_event = EventPage.objects.get(pk=atelier.pk)
    factories_event.start_time, factories_event.end_time = datetime.time(2, 30), None
    factories_event.save_revision().publish()
    answer = make(logged_in(redactrice), atelier, rhythm="chosen", days="27/3/2027 28/3/2027")
    assert "28 mars 2027" in str(faults(answer, "dates"))
    assert EventPage.objects.count() == 1


def test_a_series_has_sixty_dates_at_most(
    atelier: EventPage, redactrice: User, logged_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "MAX_DATES", 4)
    browser = logged_in(redactrice)
    make(browser, atelier, rhythm="weekly", count="2")
    assert len(others(atelier)) == 2
    assert "4" in str(faults(make(browser, atelier, rhythm="weekly", count="2"), "dates"))
    make(browser, atelier, rhythm="weekly", count="1")
    assert [str(page.start_date) for page in others(atelier)][-1] == "2027-03-30"


def test_what_the_gate_of_quality_keeps_back_leaves_nothing_half_made(
    agenda: AgendaPage, in_january: Any, redactrice: User, logged_in: Any
) -> None:
    event = factories.event(agenda, summary="", start_date=datetime.date(2027, 3, 9))
    answer = make(logged_in(redactrice), event, rhythm="weekly", count="2", submit="on")
    assert "__all__" in faults(answer, "dates")
    assert EventPage.objects.count() == 1
    assert not SeriesDate.objects.exists()


def test_an_event_without_a_date_makes_no_series(
    agenda: AgendaPage, redactrice: User, logged_in: Any
) -> None:
    draft = factories.add_page(agenda, EventPage, title="Brouillon", live=False)
    answer = make(logged_in(redactrice), draft, rhythm="weekly", count="2")
    assert "premier jour" in str(faults(answer, "dates"))


@pytest.mark.parametrize("name", ["adherent", "sans_affiliation"])
def test_nobody_else_reaches_the_screen(
    atelier: EventPage, name: str, logged_in: Any, request: Any
) -> None:
    browser = logged_in(request.getfixturevalue(name))
    assert browser.get(address(atelier)).status_code in {302, 403}
    make(browser, atelier, rhythm="weekly", count="2")
    assert EventPage.objects.count() == 1


# --- changed together ---------------------------------------------------------------------------


@pytest.fixture
def serie(atelier: EventPage, redactrice: User) -> list[EventPage]:
    """The event and two further dates, all published."""
    days = [datetime.date(2027, 3, 16), datetime.date(2027, 3, 23)]
    for page in series.make_dates(atelier, days, redactrice, submit=False):
        page.get_latest_revision().publish()
    return list(SeriesDate.objects.events_with(atelier))


def draft_of(event: EventPage) -> Any:
    return EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()


def together(browser: Client, event: EventPage, action: str, **fields: Any) -> Any:
    data = {f"{action}-{name}": value for name, value in fields.items()}
    return browser.post(address(event), {"action": action, **data})


@pytest.mark.parametrize(
    ("scope", "cancelled"), [("this", [1]), ("following", [1, 2]), ("all", [0, 1, 2])]
)
def test_dates_are_cancelled_alone_or_together_by_drafts_in_the_workflow(
    serie: list[EventPage], redactrice: User, logged_in: Any, scope: str, cancelled: list[int]
) -> None:
    answer = together(
        logged_in(redactrice), serie[1], "cancel", scope=scope, reason="Gel tardif", submit="on"
    )
    assert answer.status_code == 302
    for number, event in enumerate(serie):
        fresh = EventPage.objects.get(pk=event.pk)
        assert fresh.status == "confirmed"  # nothing is online before it is approved
        assert fresh.workflow_in_progress is (number in cancelled)
        assert draft_of(event).is_cancelled is (number in cancelled)


def test_dates_that_are_over_stay_as_they_were(
    serie: list[EventPage], redactrice: User, logged_in: Any, in_january: Any
) -> None:
    in_january.move_to(datetime.datetime(2027, 3, 20, tzinfo=UTC))
    together(logged_in(redactrice), serie[1], "cancel", scope="all", reason="Gel")
    assert [draft_of(event).is_cancelled for event in serie] == [False, False, True]


def test_a_cancellation_without_a_reason_is_refused(
    serie: list[EventPage], redactrice: User, logged_in: Any
) -> None:
    answer = together(logged_in(redactrice), serie[0], "cancel", scope="all", reason=" ")
    assert list(faults(answer, "cancel")) == ["reason"]
    assert not draft_of(serie[0]).is_cancelled


def test_a_change_is_carried_over_to_the_following_dates_and_their_days_stay(
    serie: list[EventPage], redactrice: User, logged_in: Any
) -> None:
    draft = draft_of(serie[1])
    draft.title, draft.place, draft.start_time = "Atelier du soir", "Ferme", datetime.time(19)
    draft.file_rows = [EventFile(document=factories.document(), label="Plan")]
    draft.save_revision(user=redactrice)
    together(
        logged_in(redactrice),
        serie[1],
        "carry",
        scope="following",
        parts=["words", "place", "hours", "files"],
    )
    first, last = draft_of(serie[0]), draft_of(serie[2])
    assert (first.title, first.place) == ("Atelier", "")
    assert (last.title, last.place, last.start_time) == (
        "Atelier du soir", "Ferme", datetime.time(19),
    )  # fmt: skip
    assert last.start_date == datetime.date(2027, 3, 23)
    assert [row.label for row in last.file_rows.all()] == ["Plan"]
    assert [row.mission.slug for row in last.mission_rows.all()] == ["produire"]
    assert EventPage.objects.get(pk=serie[2].pk).title == "Atelier"  # online as before


def test_only_what_was_chosen_is_carried_over(
    serie: list[EventPage], redactrice: User, logged_in: Any
) -> None:
    draft = draft_of(serie[0])
    draft.title, draft.price = "Autre titre", "5 €"
    draft.save_revision(user=redactrice)
    together(logged_in(redactrice), serie[0], "carry", scope="all", parts=["organisation"])
    assert [draft_of(event).price for event in serie] == ["5 €"] * 3
    assert draft_of(serie[1]).title == "Atelier"


def test_a_change_that_one_date_does_not_bear_changes_none(
    serie: list[EventPage], redactrice: User, logged_in: Any
) -> None:
    """The last date falls on the night in which the clocks change."""
    draft = draft_of(serie[2])
    draft.start_date, draft.registration_deadline = datetime.date(2027, 3, 28), None
    draft.save_revision().publish()
    source = draft_of(serie[0])
    source.start_time, source.end_time = datetime.time(2, 30), datetime.time(5)
    source.save_revision(user=redactrice)
    answer = together(logged_in(redactrice), serie[0], "carry", scope="all", parts=["hours"])
    assert "28 mars 2027" in str(faults(answer, "carry"))
    assert draft_of(serie[1]).start_time == datetime.time(18, 30)


def test_a_date_under_review_by_others_keeps_all_as_they_are(
    serie: list[EventPage], redactrice: User, logged_in: Any
) -> None:
    browser = logged_in(redactrice)
    together(browser, serie[2], "cancel", scope="this", reason="Gel", submit="on")
    answer = together(browser, serie[0], "cancel", scope="all", reason="Tempête")
    assert "23 mars 2027" in str(faults(answer, "cancel"))
    assert not draft_of(serie[0]).is_cancelled


def test_nothing_is_written_where_nothing_changes(
    serie: list[EventPage], redactrice: User, logged_in: Any
) -> None:
    before = [event.latest_revision_id for event in serie]
    together(
        logged_in(redactrice), serie[0], "carry", scope="all", parts=["words", "place", "files"]
    )
    assert [EventPage.objects.get(pk=e.pk).latest_revision_id for e in serie] == before


def test_dates_are_approved_together_and_never_by_who_wrote_them(
    atelier: EventPage, redactrice: User, validatrice: User, logged_in: Any
) -> None:
    writer, reader = logged_in(redactrice), logged_in(validatrice)
    make(writer, atelier, rhythm="weekly", count="2", submit="on")
    together(writer, atelier, "approve", scope="all")
    assert [page.live for page in others(atelier)] == [False, False]
    own = draft_of(others(atelier)[0])
    own.price = "Gratuit"
    own.save_revision(user=validatrice)
    together(reader, atelier, "approve", scope="all")
    assert [page.live for page in others(atelier)] == [False, True]


def test_the_screen_costs_the_same_for_any_number_of_dates(
    atelier: EventPage, superuser: User, logged_in: Any, django_assert_max_num_queries: Any
) -> None:
    browser = logged_in(superuser)

    def cost(limit: int) -> int:
        browser.get(address(atelier))
        with django_assert_max_num_queries(limit) as seen:
            browser.get(address(atelier))
        return len(seen)

    series.make_dates(atelier, [datetime.date(2027, 4, 1)], superuser, submit=False)
    few = cost(60)
    days = [datetime.date(2027, 4, day) for day in (2, 3, 4, 5)]
    series.make_dates(atelier, days, superuser, submit=False)
    assert cost(few) <= few
