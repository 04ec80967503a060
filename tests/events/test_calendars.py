"""What subscribers get, read back by another library and checked against the standard."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
import vobject
from django.core.cache import caches
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import calendars, feeds, pieces
from events.content_lines import fold
from events.models import AgendaPage, CalendarKey, CalendarRecord, EventPage
from members.models import User
from tests import factories
from tests.events import rfc5545

UTC = datetime.UTC
FEED = "/agenda/calendrier.ics"
NASTY = "Fête ; « récolte », \\ virgule,\r\nretour\nligne \U0001f955" + "é" * 60


def feed(client: Client, query: str = "", path: str = FEED) -> bytes:
    """The body of a feed, whose every line was checked."""
    response = client.get(path + query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    rfc5545.check(response.content)
    return bytes(response.content)


def read(body: bytes) -> list[Any]:
    """The events of a feed, as vobject reads them."""
    return list(vobject.readOne(body.decode()).contents.get("vevent", []))


def only(client: Client, query: str = "") -> Any:
    """The one event of a feed."""
    (found,) = read(feed(client, query))
    return found


def publish(event: EventPage, **fields: Any) -> EventPage:
    """Publish an event with these changes, as an editor does."""
    page = event.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


# --- one event ----------------------------------------------------------------------------------


def test_whole_days_end_on_the_day_after(client: Client, agenda: AgendaPage) -> None:
    first, last = datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)
    factories.event(agenda, start_date=first, end_date=last)
    found = only(client)
    assert found.dtstart.value == first
    assert found.dtend.value == datetime.date(2027, 1, 2)


def test_hours_are_those_of_the_zone_of_the_event(client: Client, agenda: AgendaPage) -> None:
    factories.event(
        agenda,
        start_date=datetime.date(2027, 3, 1),
        start_time=datetime.time(9),
        end_time=datetime.time(17, 30),
        time_zone="Indian/Reunion",
    )
    found = only(client)
    assert found.dtstart.value.astimezone(UTC) == datetime.datetime(2027, 3, 1, 5, tzinfo=UTC)
    assert found.dtend.value.astimezone(UTC) == datetime.datetime(2027, 3, 1, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "length"), [("2027-03-27", "2027-03-28", 7), ("2027-10-30", "2027-10-31", 9)]
)
def test_a_night_of_clock_change_lasts_what_it_lasts(
    client: Client, agenda: AgendaPage, first: str, last: str, length: int
) -> None:
    factories.event(
        agenda,
        start_date=datetime.date.fromisoformat(first),
        end_date=datetime.date.fromisoformat(last),
        start_time=datetime.time(22),
        end_time=datetime.time(6),
    )
    found = only(client)
    elapsed = found.dtend.value.astimezone(UTC) - found.dtstart.value.astimezone(UTC)
    assert elapsed == datetime.timedelta(hours=length)


def test_an_event_with_an_hour_of_start_alone_has_no_end(
    client: Client, agenda: AgendaPage
) -> None:
    factories.event(agenda, start_time=datetime.time(14))
    assert "dtend" not in only(client).contents


def test_a_zone_that_vanished_is_read_as_that_of_paris(client: Client, agenda: AgendaPage) -> None:
    event = factories.event(
        agenda, start_date=datetime.date(2027, 7, 1), start_time=datetime.time(9)
    )
    EventPage.objects.filter(pk=event.pk).update(time_zone="Mars/Olympus")
    moment = only(client).dtstart.value
    assert moment.astimezone(UTC) == datetime.datetime(2027, 7, 1, 7, tzinfo=UTC)


def test_hostile_words_come_back_as_they_were_written(client: Client, agenda: AgendaPage) -> None:
    factories.event(
        agenda,
        title=NASTY,
        summary=NASTY[:200],
        place="Ferme ; des \\ Champs, bâtiment 2",
        city="Vénissieux",
        postcode="69200",
        organiser="Les Jardins\r\nATTENDEE:mailto:faux@exemple.fr",
    )
    found = only(client)
    assert found.summary.value == " ".join(NASTY.split())
    assert found.location.value == "Ferme ; des \\ Champs, bâtiment 2, 69200 Vénissieux"
    assert "attendee" not in found.contents
    assert NASTY[:200].replace("\r\n", "\n") in found.description.value.replace("\r\n", "\n")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    title=st.text(min_size=1, max_size=255),
    words=st.text(max_size=5000),
    start=st.dates(),
    length=st.integers(0, 40),
    opens=st.none() | st.times(),
    closes=st.none() | st.times(),
    zone=st.sampled_from(["Europe/Paris", "America/Cayenne", "Indian/Mayotte", "Mars/Olympus"]),
    status=st.sampled_from(EventPage.Status.values),
)
def test_whatever_is_written_the_calendar_is_well_formed(  # noqa: PLR0917
    agenda: AgendaPage,
    title: str,
    words: str,
    start: datetime.date,
    length: int,
    opens: datetime.time | None,
    closes: datetime.time | None,
    zone: str,
    status: str,
) -> None:
    try:
        last = start + datetime.timedelta(days=length)
    except OverflowError:
        last = start
    event = EventPage(
        title=title,
        summary=words,
        place=words[:200],
        start_date=start,
        end_date=last,
        start_time=opens,
        end_time=closes,
        time_zone=zone,
        status=status,
        online_link=f"https://exemple.fr/{words[:60]}",
        locale=agenda.locale,
        path=f"{agenda.path}0001",
        depth=agenda.depth + 1,
        url_path=f"{agenda.url_path}evenement/",
    )
    event.settle_dates()
    body = calendars.calendar([event], name=title, address="https://exemple.fr/a.ics")
    read_back = rfc5545.check(body)
    assert len(read_back.all("VEVENT")) == 1
    assert len(read(body)) == 1
    assert unfolded(calendars.piece(event).body) == unfolded(by_the_library(event))


def by_the_library(event: EventPage) -> bytes:
    """The same event, its lines written by the icalendar library itself."""
    item = icalendar.Event()
    for name, value, more in calendars.properties(event, event.announced):
        item.add(name, icalendar.vText(value) if type(value) is str else value, more)
    return bytes(item.to_ical(sorted=False))


def unfolded(body: bytes) -> list[bytes]:
    return body.replace(b"\r\n ", b"").splitlines()


@given(words=st.text(st.sampled_from("aé\U0001f955\\n;"), max_size=300))
def test_a_line_is_folded_at_75_octets_and_neither_characters_nor_escapes_are_cut(
    words: str,
) -> None:
    line = f"SUMMARY:{icalendar.vText(words).to_ical().decode()}"
    parts = fold(line.encode()).split(b"\r\n ")
    assert b"".join(parts).decode() == line
    assert all(len(part) + (number > 0) <= 75 for number, part in enumerate(parts))
    for part in parts[:-1]:
        text = part.decode()  # whole characters
        assert (len(text) - len(text.rstrip("\\"))) % 2 == 0


def test_a_title_of_five_kilobytes_is_one_property(agenda: AgendaPage) -> None:
    title = ("Récolte ; « carottes », \U0001f955\r\nDTSTART:19700101\n" * 130)[:5000]
    event = factories.event(agenda)
    event.title = title
    body = calendars.calendar([event], name=title, address="https://exemple.fr/a.ics")
    rfc5545.check(body)
    (found,) = read(body)
    assert found.summary.value == " ".join(title.split())
    assert found.dtstart.value == event.start_date


def test_leap_day_and_the_night_of_new_year_are_told_as_they_are(
    client: Client, agenda: AgendaPage
) -> None:
    factories.event(agenda, title="Bissextile", start_date=datetime.date(2028, 2, 29))
    factories.event(
        agenda,
        title="Réveillon",
        start_date=datetime.date(2027, 12, 31),
        start_time=datetime.time(20),
        end_date=datetime.date(2028, 1, 1),
        end_time=datetime.time(2),
    )
    night, leap = read(feed(client))
    assert (leap.dtstart.value, "dtend" in leap.contents) == (datetime.date(2028, 2, 29), True)
    assert leap.dtend.value == datetime.date(2028, 3, 1)
    assert night.dtend.value - night.dtstart.value == datetime.timedelta(hours=6)
    for path in ("2027/12/", "2028/01/", "2028/02/", "2028/02/29/", "2027/12/31/", "2028/01/01/"):
        assert client.get(f"/agenda/{path}").status_code == 200
    assert client.get("/agenda/2027/02/29/").status_code == 404


def test_an_event_has_its_own_file(client: Client, agenda: AgendaPage) -> None:
    event = factories.event(agenda, slug="journee")
    response = client.get("/agenda/journee/evenement.ics")
    assert response.status_code == 200
    assert 'filename="journee.ics"' in response["Content-Disposition"]
    (found,) = read(response.content)
    assert found.uid.value == str(event.translation_key)
    rfc5545.check(response.content)


def test_a_translation_is_the_same_event_for_calendars(agenda: AgendaPage) -> None:
    event = factories.event(agenda)
    twin = EventPage(translation_key=event.translation_key, start_date=event.start_date)
    assert twin.translation_key == event.translation_key
    said = {name: value for name, value, _given in calendars.properties(event, event.announced)}
    assert said["UID"] == str(twin.translation_key)


# --- the life of an event -----------------------------------------------------------------------


def test_the_life_of_an_event_in_the_feed_of_a_subscriber(
    client: Client, agenda: AgendaPage
) -> None:
    with time_machine.travel(datetime.datetime(2027, 1, 4, 8, tzinfo=UTC), tick=False) as clock:
        event = factories.event(agenda, start_date=datetime.date(2027, 2, 1), place="Vaulx")
        uid = str(event.translation_key)

        def told() -> tuple[int, str, Any]:
            found = only(client)
            assert found.uid.value == uid
            return int(found.sequence.value), found.status.value, found.dtstart.value

        assert told() == (0, "CONFIRMED", datetime.date(2027, 2, 1))
        clock.shift(3600)
        event = publish(event, summary="Un mot de plus")
        assert told() == (0, "CONFIRMED", datetime.date(2027, 2, 1))
        assert only(client).contents["last-modified"][0].value == datetime.datetime(
            2027, 1, 4, 9, tzinfo=UTC
        )
        event = publish(event, place="Villeurbanne")
        assert told() == (1, "CONFIRMED", datetime.date(2027, 2, 1))
        event = publish(
            event,
            status="postponed",
            previous_date=datetime.date(2027, 2, 1),
            start_date=datetime.date(2027, 3, 1),
        )
        assert told() == (2, "CONFIRMED", datetime.date(2027, 3, 1))
        assert "1 février 2027" in only(client).description.value
        event = publish(event, status="cancelled", status_note="Gel tardif")
        assert told() == (3, "CANCELLED", datetime.date(2027, 3, 1))
        assert "Gel tardif" in only(client).description.value
        event = publish(event, status="confirmed", status_note="", previous_date=None)
        assert told() == (4, "CONFIRMED", datetime.date(2027, 3, 1))


def test_a_draft_tells_calendars_nothing(client: Client, agenda: AgendaPage) -> None:
    event = factories.event(agenda, place="Vaulx")
    draft = event.get_latest_revision_as_object()
    draft.place = "Ailleurs"
    draft.save_revision()
    assert only(client).location.value.startswith("Vaulx")
    assert only(client).sequence.value == "0"


def test_publishing_an_old_revision_again_raises_the_sequence_all_the_same(
    client: Client, agenda: AgendaPage
) -> None:
    event = factories.event(agenda, place="Vaulx", revision=True)
    first = event.latest_revision
    publish(event, place="Bron")
    first.publish()
    assert only(client).location.value.startswith("Vaulx")
    assert only(client).sequence.value == "2"


def test_postponed_without_a_new_date_is_tentative(client: Client, agenda: AgendaPage) -> None:
    factories.event(agenda, status="postponed")
    found = only(client)
    assert found.status.value == "TENTATIVE"
    assert found.summary.value.startswith("REPORTÉ")


def test_a_cancelled_event_stays_ninety_days(client: Client, agenda: AgendaPage) -> None:
    start = datetime.datetime(2027, 1, 4, 8, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        event = factories.event(agenda, start_date=datetime.date(2028, 1, 1))
        publish(event, status="cancelled", status_note="Gel")
    with time_machine.travel(start + datetime.timedelta(days=89, hours=23), tick=False):
        assert only(client).status.value == "CANCELLED"
    with time_machine.travel(start + datetime.timedelta(days=90), tick=False):
        assert read(feed(client)) == []


def test_a_second_publication_of_a_cancelled_event_does_not_prolong_it(
    client: Client, agenda: AgendaPage
) -> None:
    start = datetime.datetime(2027, 1, 4, 8, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        event = factories.event(agenda, start_date=datetime.date(2028, 1, 1), status="cancelled")
    with time_machine.travel(start + datetime.timedelta(days=80), tick=False):
        publish(event, status_note="Vraiment")
    assert CalendarRecord.objects.get(page=event).cancelled_at == start


# --- what a feed holds ---------------------------------------------------------------------------


def test_a_feed_follows_the_same_query_string_as_the_list(
    client: Client, agenda: AgendaPage
) -> None:
    mission = factories.mission("produire")
    factories.event(agenda, title="Visite", kind="visit", region="84", missions=(mission,))
    factories.event(agenda, title="Débat", kind="debate", region="84")
    factories.event(agenda, title="Webinaire", kind="webinar", region="11", format="online")

    def titles(query: str) -> set[str]:
        return {event.summary.value for event in read(feed(client, query))}

    assert titles("") == {"Visite", "Débat", "Webinaire"}
    assert titles("?region=84") == {"Visite", "Débat"}
    assert titles("?kind=visit&kind=webinar") == {"Visite", "Webinaire"}
    assert titles("?mission=produire") == {"Visite"}
    assert titles("?format=online&audience=public") == {"Webinaire"}
    assert titles("?kind=%27%3B--&region=%F0%9F%A5%95") == {"Visite", "Débat", "Webinaire"}


def test_a_reserved_event_is_in_no_public_feed_whoever_asks(
    client: Client, agenda: AgendaPage, adherent: User, superuser: User, logged_in: Any
) -> None:
    factories.event(agenda, title="Ouvert")
    factories.event(
        agenda,
        title="Cercle",
        audience="members",
        door="teaser",
        place="Secret",
        online_link="https://visio.exemple.fr/secret",
    )
    factories.event(agenda, title="Caché", audience="members", door="hidden")
    for reader in (client, logged_in(adherent), logged_in(superuser)):
        body = feed(reader, "?audience=members").decode() + feed(reader).decode()
        assert "Ouvert" in body
        for word in ("Cercle", "Caché", "Secret", "visio"):
            assert word not in body


def test_the_file_of_a_reserved_event_goes_through_the_door_of_its_page(
    client: Client, agenda: AgendaPage, adherent: User, ancien_adherent: User, logged_in: Any
) -> None:
    factories.event(agenda, slug="reserve", audience="members", place="Secret")
    address = "/agenda/reserve/evenement.ics"
    outside = client.get(address)
    assert outside.status_code == 302
    assert outside["Location"].startswith("/mon-espace/connexion/")
    assert client.head(address).status_code == 302
    assert client.get(address, HTTP_IF_NONE_MATCH="*").status_code == 302
    assert logged_in(ancien_adherent).get(address).status_code == 403
    inside = logged_in(adherent).get(address)
    assert b"Secret" in inside.content
    assert inside["Cache-Control"] == "private, no-store"


def test_an_unpublished_event_has_no_file(client: Client, agenda: AgendaPage) -> None:
    event = factories.event(agenda, slug="journee")
    event.unpublish()
    assert client.get("/agenda/journee/evenement.ics").status_code == 404
    assert read(feed(client)) == []


def test_a_feed_says_how_often_to_look_again_and_what_it_is_called(
    client: Client, agenda: AgendaPage
) -> None:
    read_back = rfc5545.check(feed(client, "?kind=visit"))
    assert read_back.value("REFRESH-INTERVAL") == "PT4H"
    assert "Visite apprenante" in read_back.value("NAME") or "isite" in read_back.value("NAME")


def test_a_feed_that_has_no_room_for_all_says_so(
    client: Client, agenda: AgendaPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon, _later = factories.event(agenda, in_days=3), factories.event(agenda, in_days=30)
    assert not rfc5545.check(feed(client)).values("DESCRIPTION")
    monkeypatch.setattr(feeds, "MAX_EVENTS", 1)
    body = feed(client)
    assert [each.uid.value for each in read(body)] == [str(soon.translation_key)]
    (words,) = rfc5545.check(body).values("DESCRIPTION")
    (shown,) = vobject.readOne(body.decode()).contents["x-wr-caldesc"]
    assert shown.value == words.replace("\\;", ";")


# --- 304 without building ---------------------------------------------------------------------


def test_a_calendar_that_has_it_already_is_told_so_without_anything_being_built(
    client: Client, agenda: AgendaPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.event(agenda)
    etag = client.get(FEED)["ETag"]

    def never(*args: Any, **kwargs: Any) -> bytes:
        raise AssertionError("The calendar was built.")

    pieces.forget()
    for name in ("piece", "assemble"):
        monkeypatch.setattr(calendars, name, never)
    response = client.get(FEED, HTTP_IF_NONE_MATCH=etag)
    assert response.status_code == 304
    assert response["ETag"] == etag
    assert response.content == b""


def test_every_change_that_is_told_changes_the_tag(client: Client, agenda: AgendaPage) -> None:
    event = factories.event(agenda)
    tags = [client.get(FEED)["ETag"]]
    event = publish(event, summary="Autre")
    tags.append(client.get(FEED)["ETag"])
    factories.event(agenda)
    tags.append(client.get(FEED)["ETag"])
    tags.append(client.get(FEED + "?kind=visit")["ETag"])
    event.unpublish()
    tags.append(client.get(FEED)["ETag"])
    assert len(set(tags)) == len(tags)


def test_the_last_day_to_register_ends_in_the_zone_of_the_event_and_changes_the_tag_once(
    client: Client, agenda: AgendaPage
) -> None:
    deadline = datetime.date(2027, 2, 3)
    with time_machine.travel(datetime.datetime(2027, 2, 1, 8, tzinfo=UTC), tick=False) as clock:
        factories.event(
            agenda,
            start_date=datetime.date(2027, 3, 1),
            time_zone="Indian/Reunion",
            registration_url="https://exemple.fr/inscription",
            registration_deadline=deadline,
        )
        first = client.get(FEED)
        assert "https://exemple.fr/inscription" in only(client).description.value
        clock.move_to(datetime.datetime(2027, 2, 3, 19, 59, tzinfo=UTC))  # 23:59 there
        assert client.get(FEED, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
        clock.move_to(datetime.datetime(2027, 2, 3, 20, tzinfo=UTC))
        after = client.get(FEED, HTTP_IF_NONE_MATCH=first["ETag"])
        assert after.status_code == 200
        assert "https://exemple.fr/inscription" not in only(client).description.value
        clock.move_to(datetime.datetime(2027, 2, 9, 8, tzinfo=UTC))
        assert client.get(FEED, HTTP_IF_NONE_MATCH=after["ETag"]).status_code == 304


def test_a_mission_of_another_name_is_told(client: Client, agenda: AgendaPage) -> None:
    mission = factories.mission(name="Semences")
    factories.event(agenda, missions=(mission,))
    first = client.get(FEED)
    assert b"Semences" in first.content
    mission.name = "Graines"
    mission.save()
    second = client.get(FEED, HTTP_IF_NONE_MATCH=first["ETag"])
    assert second.status_code == 200
    assert b"Graines" in second.content


def test_each_event_of_a_feed_has_the_address_of_its_page(
    client: Client, agenda: AgendaPage
) -> None:
    events = [factories.event(agenda, in_days=days) for days in (3, 4, 5)]
    addresses = [event.get_full_url() for event in events]
    assert [found.url.value for found in read(feed(client))] == addresses
    agenda.slug = "rendez-vous"
    agenda.save_revision().publish()
    moved = [event.full_url for event in EventPage.objects.order_by("starts_at")]
    assert moved != addresses
    there = feed(client, path="/rendez-vous/calendrier.ics")
    assert [found.url.value for found in read(there)] == moved


def test_the_same_feed_is_the_same_to_the_byte(client: Client, agenda: AgendaPage) -> None:
    factories.event(agenda, start_time=datetime.time(9))
    assert feed(client) == feed(client)


@pytest.mark.parametrize("path", [FEED, "/agenda/journee/evenement.ics"])
def test_a_calendar_costs_the_same_number_of_queries_whatever_it_holds(
    client: Client, agenda: AgendaPage, path: str, django_assert_max_num_queries: Any
) -> None:
    def forget() -> None:
        """What was kept costs nothing; here the making is counted."""
        for cache in caches.all():
            cache.clear()

    missions = [factories.mission() for _ in range(3)]
    factories.event(agenda, slug="journee", missions=tuple(missions))
    factories.event(agenda, missions=tuple(missions))
    client.get(path)
    forget()
    with django_assert_max_num_queries(12) as one:
        client.get(path)
    cost = len(one)
    for _ in range(8):
        factories.event(agenda, missions=tuple(missions))
    client.get(path)  # what a new event is given once
    forget()
    with django_assert_max_num_queries(cost):
        client.get(path)
    assert cost > 0


# --- the member's own ----------------------------------------------------------------------------


@pytest.fixture
def reserved(agenda: AgendaPage) -> EventPage:
    return factories.event(agenda, title="Réservé", audience="members", door="hidden")


def secret_address(user: User) -> str:
    return f"/mon-agenda/{CalendarKey.objects.renew(user).token}.ics"


def test_the_address_of_a_member_carries_reserved_events(
    client: Client, reserved: EventPage, adherent: User
) -> None:
    response = client.get(secret_address(adherent))
    rfc5545.check(response.content)
    assert [event.summary.value for event in read(response.content)] == ["Réservé"]
    assert response["Cache-Control"] == "private, no-store"


def test_the_address_ends_with_the_membership_on_the_day(
    client: Client, reserved: EventPage, adherent: User
) -> None:
    address = secret_address(adherent)
    etag = client.get(address)["ETag"]
    adherent.affiliations.update(ended_on="2020-01-01")
    response = client.get(address, HTTP_IF_NONE_MATCH=etag)
    assert response.status_code == 403
    assert "Réservé" not in response.content.decode()


def test_an_account_switched_off_reads_nothing(
    client: Client, reserved: EventPage, adherent: User
) -> None:
    address = secret_address(adherent)
    User.objects.filter(pk=adherent.pk).update(is_active=False)
    assert client.get(address).status_code == 403


def test_renewing_revokes_the_address_before(
    client: Client, reserved: EventPage, adherent: User
) -> None:
    before = secret_address(adherent)
    after = secret_address(adherent)
    assert client.get(before).status_code == 404
    assert client.get(after).status_code == 200


@pytest.mark.parametrize("token", ["x", "0" * 32, "é", "0" * 32 + ".forgée", ".", "a" * 3000])
def test_an_address_of_nobody_is_a_404(client: Client, db: None, token: str) -> None:
    assert client.get(f"/mon-agenda/{token}.ics").status_code == 404


def test_the_key_in_the_table_is_not_the_address(client: Client, adherent: User) -> None:
    key = CalendarKey.objects.renew(adherent)
    assert client.get(f"/mon-agenda/{key.key}.ics").status_code == 404


def test_a_member_makes_and_removes_the_address(adherent: User, logged_in: Any) -> None:
    browser = logged_in(adherent)
    assert browser.get("/mon-espace/calendrier/").status_code == 200
    browser.post("/mon-espace/calendrier/", {"action": "renew"})
    key = CalendarKey.objects.get(user=adherent)
    assert key.token in browser.get("/mon-espace/calendrier/").content.decode()
    browser.post("/mon-espace/calendrier/", {"action": "revoke"})
    assert not CalendarKey.objects.filter(user=adherent).exists()


def test_others_make_no_address(client: Client, sans_affiliation: User, logged_in: Any) -> None:
    assert client.get("/mon-espace/calendrier/").status_code == 302
    browser = logged_in(sans_affiliation)
    assert browser.post("/mon-espace/calendrier/", {"action": "renew"}).status_code == 403
    assert not CalendarKey.objects.exists()


def test_zones_of_the_choice_are_all_known() -> None:
    from events.dates import Zone

    assert {ZoneInfo(name).key for name in Zone.values} == set(Zone.values)
