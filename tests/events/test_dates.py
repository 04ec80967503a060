"""The rules of dates, over random events, zones and days."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import dates
from events.models import AgendaPage, EventPage
from tests import factories

UTC = datetime.UTC
PARIS = "Europe/Paris"

days = st.dates()
near_days = st.dates(datetime.date(2024, 1, 1), datetime.date(2029, 12, 31))
hours = st.none() | st.times().map(lambda hour: hour.replace(microsecond=0))
zones = st.sampled_from([*dates.Zone.values, "Mars/Olympus", ""])


@given(start=days, end=st.none() | days, opens=hours, closes=hours, zone=zones)
def test_a_span_is_always_in_order(
    start: datetime.date,
    end: datetime.date | None,
    opens: datetime.time | None,
    closes: datetime.time | None,
    zone: str,
) -> None:
    when = dates.span(start, end, opens, closes, zone)
    assert when.starts_at <= when.ends_at <= when.over_at
    assert {moment.tzinfo for moment in (when.starts_at, when.ends_at, when.over_at)} == {UTC}


@given(start=near_days, length=st.integers(0, 400), opens=hours, zone=zones)
def test_an_event_is_over_at_the_midnight_after_its_last_day_in_its_own_zone(
    start: datetime.date, length: int, opens: datetime.time | None, zone: str
) -> None:
    last = start + datetime.timedelta(days=length)
    when = dates.span(start, last, opens, None, zone)
    local = when.over_at.astimezone(dates.zone_named(zone))
    assert (local.date(), local.time()) == (last + datetime.timedelta(days=1), datetime.time())


@given(
    start=near_days,
    length=st.integers(0, 60),
    opens=st.times(),
    closes=st.times(),
    zone=st.sampled_from(dates.Zone.values),
)
def test_hours_that_the_form_accepts_are_kept_to_the_minute(
    start: datetime.date,
    length: int,
    opens: datetime.time,
    closes: datetime.time,
    zone: str,
) -> None:
    last = start + datetime.timedelta(days=length)
    refused = (
        dates.is_skipped(start, opens, zone)
        or dates.is_skipped(last, closes, zone)
        or dates.ends_before_it_starts(start, last, opens, closes, zone)
    )
    if refused:
        return
    when = dates.span(start, last, opens, closes, zone)
    tz = ZoneInfo(zone)
    assert when.starts_at.astimezone(tz).replace(tzinfo=None) == datetime.datetime.combine(
        start, opens
    )
    assert when.ends_at.astimezone(tz).replace(tzinfo=None) == datetime.datetime.combine(
        last, closes
    )
    assert when.starts_at < when.ends_at


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    start=near_days,
    length=st.integers(0, 90),
    opens=hours,
    closes=hours,
    zone=zones,
    offset=st.integers(-100, 100),
    minute=st.integers(0, 1439),
)
def test_upcoming_and_past_are_exact_complements_at_any_moment(  # noqa: PLR0917
    one_event: EventPage,
    start: datetime.date,
    length: int,
    opens: datetime.time | None,
    closes: datetime.time | None,
    zone: str,
    offset: int,
    minute: int,
) -> None:
    one_event.start_date, one_event.end_date = start, start + datetime.timedelta(days=length)
    one_event.start_time, one_event.end_time = opens, closes
    one_event.time_zone = zone
    one_event.save(clean=False)
    now = datetime.datetime.combine(start, datetime.time(), UTC) + datetime.timedelta(
        days=offset, minutes=minute
    )
    with time_machine.travel(now, tick=False):
        upcoming = EventPage.objects.upcoming().filter(pk=one_event.pk).exists()
        past = EventPage.objects.past().filter(pk=one_event.pk).exists()
        is_over = one_event.is_over
    today_there = now.astimezone(dates.zone_named(zone)).date()
    assert upcoming is not past
    assert past is is_over
    assert upcoming is (today_there <= one_event.end_date)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(start=near_days, length=st.integers(0, 400), day=near_days)
def test_an_event_is_between_two_days_exactly_when_one_of_its_days_is(
    one_event: EventPage, start: datetime.date, length: int, day: datetime.date
) -> None:
    one_event.start_date, one_event.end_date = start, start + datetime.timedelta(days=length)
    one_event.start_time = one_event.end_time = None
    one_event.save(clean=False)
    found = EventPage.objects.between(day, day).filter(pk=one_event.pk).exists()
    assert found is (start <= day <= one_event.end_date)


@pytest.fixture
def one_event(agenda: AgendaPage) -> EventPage:
    return factories.event(agenda)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "skipped"),
    [
        ("2027-03-28", "02:30", PARIS, True),
        ("2027-03-28", "01:59", PARIS, False),
        ("2027-03-28", "03:00", PARIS, False),
        ("2027-10-31", "02:30", PARIS, False),
        ("2027-03-28", "02:30", "America/Guadeloupe", False),
    ],
)
def test_the_hour_that_the_clock_change_skips_is_known(
    day: str, hour: str, zone: str, skipped: bool
) -> None:
    found = dates.is_skipped(
        datetime.date.fromisoformat(day), datetime.time.fromisoformat(hour), zone
    )
    assert found is skipped


def test_the_night_of_the_clock_change_is_an_hour_shorter_or_longer() -> None:
    night = (datetime.time(22), datetime.time(6), PARIS)
    saturday = datetime.timedelta(days=1)
    spring = datetime.date(2027, 3, 27)
    autumn = datetime.date(2027, 10, 30)
    short = dates.span(spring, spring + saturday, *night)
    long = dates.span(autumn, autumn + saturday, *night)
    assert short.ends_at - short.starts_at == datetime.timedelta(hours=7)
    assert long.ends_at - long.starts_at == datetime.timedelta(hours=9)


def test_leap_day_and_new_year_are_days_like_others() -> None:
    leap = dates.span(datetime.date(2028, 2, 29), None, None, None, PARIS)
    assert leap.over_at - leap.starts_at == datetime.timedelta(days=1)
    eve = dates.span(
        datetime.date(2027, 12, 31), datetime.date(2028, 1, 1), datetime.time(20), None, PARIS
    )
    assert eve.over_at == datetime.datetime(2028, 1, 1, 23, tzinfo=UTC)


def test_the_first_and_last_days_of_the_calendar_have_a_span() -> None:
    for zone in dates.Zone.values:
        for day in (datetime.date.min, datetime.date.max):
            when = dates.span(day, day, datetime.time(), datetime.time(23, 59), zone)
            assert when.starts_at <= when.ends_at <= when.over_at


def test_an_event_that_ends_today_is_upcoming_all_day_in_its_own_zone(agenda: AgendaPage) -> None:
    event = factories.event(
        agenda, start_date=datetime.date(2027, 5, 1), time_zone="America/Martinique"
    )
    # Four in the morning of the second in Paris is still the first of May over there.
    with time_machine.travel(datetime.datetime(2027, 5, 2, 3, 59, tzinfo=UTC), tick=False):
        assert list(EventPage.objects.upcoming()) == [event]
        assert not EventPage.objects.past().exists()
    with time_machine.travel(datetime.datetime(2027, 5, 2, 4, 0, tzinfo=UTC), tick=False):
        assert not EventPage.objects.upcoming().exists()
        assert list(EventPage.objects.past()) == [event]


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"end_date": datetime.date(2027, 4, 30)}, "end_date"),
        ({"start_time": datetime.time(14), "end_time": datetime.time(13)}, "end_time"),
        ({"start_time": datetime.time(14), "end_time": datetime.time(14)}, "end_time"),
        ({"end_time": datetime.time(14)}, "start_time"),
        ({"registration_deadline": datetime.date(2027, 5, 2)}, "registration_deadline"),
        ({"previous_date": datetime.date(2027, 5, 1)}, "previous_date"),
        ({"time_zone": ""}, "time_zone"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"latitude": 48}, "longitude"),
        ({"longitude": 2}, "latitude"),
        ({"latitude": 91, "longitude": 2}, "latitude"),
        (
            {"start_date": datetime.date(2027, 3, 28), "start_time": datetime.time(2, 30)},
            "start_time",
        ),
    ],
)
def test_a_contradiction_is_refused_beside_the_field(
    agenda: AgendaPage, fields: dict, refused: str
) -> None:
    event = EventPage(
        **{"title": "Journée", "slug": "journee", "start_date": datetime.date(2027, 5, 1), **fields}
    )
    event.locale = agenda.locale
    event.path, event.depth = f"{agenda.path}0001", agenda.depth + 1
    with pytest.raises(ValidationError) as error:
        event.full_clean(exclude=["content_type", "translation_key"])
    assert set(error.value.message_dict) == {refused}


def test_a_draft_without_a_date_is_in_no_list_and_its_preview_opens(agenda: AgendaPage) -> None:
    draft = factories.add_page(agenda, EventPage, title="Brouillon", live=False)
    assert not EventPage.objects.upcoming().exists()
    assert not EventPage.objects.past().exists()
    response = draft.make_preview_request(preview_mode=draft.default_preview_mode)
    assert response.status_code == 200
