"""The agenda: list, months, archive, filter; the same events everywhere, and the same for all."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from events import months
from events.models import AgendaPage, EventPage
from members.models import User
from site_cocagne.core.regions import Region
from tests import factories

UTC = datetime.UTC
NOT_UNDERSTOOD = "n’a pas été compris"


def soup(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html5lib")


def titles(page: Any) -> list[str]:
    return [link.get_text(strip=True) for link in page.select(".card__title a")]


# --- the list ---------------------------------------------------


def test_what_comes_stands_under_its_months_soonest_first(
    client: Client, agenda: AgendaPage
) -> None:
    with time_machine.travel(datetime.datetime(2027, 1, 10, 12, tzinfo=UTC), tick=False):
        for title, day in (
            ("Mars", "2027-03-02"),
            ("Janvier", "2027-01-20"),
            ("Hier", "2027-01-09"),
        ):
            factories.event(agenda, title=title, start_date=datetime.date.fromisoformat(day))
        page = soup(client, "/agenda/")
        assert titles(page) == ["Janvier", "Mars"]
        headings = [each.get_text(strip=True) for each in page.select("h3.month")]
        assert headings == ["Janvier 2027", "Mars 2027"]
        assert titles(soup(client, "/agenda/?period=past")) == ["Hier"]


def test_an_event_that_spans_months_stands_in_each_from_now_on(db: None) -> None:
    def event(first: str, last: str) -> EventPage:
        page = EventPage(
            start_date=datetime.date.fromisoformat(first),
            end_date=datetime.date.fromisoformat(last),
        )
        page.settle_dates()
        return page

    long, short = event("2026-11-15", "2027-03-10"), event("2027-02-01", "2027-02-01")
    found = months.by_month([long, short], datetime.date(2027, 1, 10))
    assert found == [
        (months.Month(2027, 1), [long]),
        (months.Month(2027, 2), [long, short]),
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=%00", "\ufffd"), ("kind[]=visit", ""), ("region=" + "9" * 5000, "9" * 60 + "…"),
        ("period=demain", "demain"), ("page=-1", "-1"), ("page=1e9", "1e9"),
        ("mission=%F0%9F%A5%95&mission=%27%20OR%201=1--", "🥕, ' OR 1=1--"),
        ("when=soon&when=soon&when=hier", "hier"),
        ("format=" + "&format=".join(map(str, range(300))), "0, 1, 2"),
        ("audience=%C0%AF", "\ufffd"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["", "calendrier.ics", "{month}"])
def test_a_hostile_filter_is_left_aside_and_said(
    client: Client, agenda: AgendaPage, query: str, said: str, path: str
) -> None:
    day = timezone.localdate() + datetime.timedelta(days=7)
    factories.event(agenda, title="Toujours là", start_date=day)
    here = path.format(month=months.Month.of(day).path)
    answer = client.get(f"/agenda/{here}?{query}")
    assert answer.status_code == 200
    assert "Toujours là" in answer.content.decode()
    if path == "" or (path == "{month}" and "page=" not in query):  # a month has no pages
        page = BeautifulSoup(answer.content, "html5lib")
        spoken = [each.get_text() for each in page.select(".alert") if NOT_UNDERSTOOD in each.text]
        assert len(spoken) == bool(said)
        assert all(said in each for each in spoken)


# --- months, days, years ----------------------------------------


@pytest.fixture
def on_10_january(agenda: AgendaPage) -> Any:
    """Three events; today is the 10th of January 2027."""
    with time_machine.travel(datetime.datetime(2027, 1, 10, 12, tzinfo=UTC), tick=False) as clock:
        factories.event(agenda, title="Passé", start_date=datetime.date(2026, 11, 3))
        factories.event(
            agenda,
            title="Long",
            start_date=datetime.date(2026, 12, 28),
            end_date=datetime.date(2027, 2, 2),
        )
        factories.event(
            agenda,
            title="Soir",
            start_date=datetime.date(2027, 1, 31),
            start_time=datetime.time(23),
            end_date=datetime.date(2027, 2, 1),
            end_time=datetime.time(1),
        )
        yield clock


def cells(page: Any) -> dict[str, list[str]]:
    """Titles in the table of a month, by day."""
    found = {}
    for cell in page.select("td.month-day"):
        links = [link.get_text(" ", strip=True) for link in cell.select("a.month-event")]
        if links:
            found[cell.select_one("time")["datetime"]] = links
    return found


def test_a_month_shows_each_event_on_each_of_its_days(client: Client, on_10_january: Any) -> None:
    january = cells(soup(client, "/agenda/2027/01/"))
    assert len(january) == 31
    assert january["2027-01-31"] == ["Long", "23\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 Soir"]
    february = cells(soup(client, "/agenda/2027/02/"))
    assert february == {"2027-02-01": ["Long", "Soir"], "2027-02-02": ["Long"]}
    december = cells(soup(client, "/agenda/2026/12/"))
    assert list(december) == [f"2026-12-{day}" for day in (28, 29, 30, 31)]


@pytest.mark.parametrize(
    "path",
    [
        "2026/10/", "2027/03/", "0/1/", "0000/01/", "1/1/", "9999/12/", "10000/1/", "2027/13/",
        "2027/0/", "2027/2/30/", "2027/2/0/", "99999999999999999999/1/", "archives/0/",
        "archives/2025/", "archives/9999/", "archives/2027/", "-2027/1/", "2027/",
    ],
)  # fmt: skip
def test_what_is_far_from_the_data_has_no_address(
    client: Client, on_10_january: Any, path: str
) -> None:
    assert client.get(f"/agenda/{path}").status_code == 404


def test_a_walk_over_all_links_ends_and_meets_no_404(client: Client, on_10_january: Any) -> None:
    seen: set[str] = set()
    waiting = [("/agenda/", "")]
    while waiting:
        address, source = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        assert len(seen) < 200
        assert client.get(address).status_code == 200, (address, source)
        for link in soup(client, address).select("main a[href]"):
            href = str(link["href"])
            if href.startswith("?"):
                href = address.split("?")[0] + href
            if href.startswith("/agenda/") and not href.endswith(".ics"):
                waiting.append((href, address))
    assert "/agenda/2026/11/" in seen
    assert "/agenda/2027/02/" in seen
    assert "/agenda/archives/2026/" in seen


def test_a_month_keeps_the_filter(client: Client, agenda: AgendaPage) -> None:
    day = timezone.localdate()
    factories.event(agenda, title="Visite", kind="visit", in_days=0)
    factories.event(agenda, title="Débat", kind="debate", in_days=0)
    page = soup(client, f"/agenda/{months.Month.of(day).path}?kind=visit")
    assert cells(page) == {day.isoformat(): ["Visite"]}


def test_a_full_day_says_how_many_more_and_its_page_shows_them_all(
    client: Client, agenda: AgendaPage
) -> None:
    day = timezone.localdate()
    for number in range(5):
        factories.event(agenda, title=f"Atelier {number}", in_days=0)
    page = soup(client, f"/agenda/{months.Month.of(day).path}")
    assert len(cells(page)[day.isoformat()]) == 3
    assert "et 2 autres" in page.get_text(" ")
    assert len(titles(soup(client, f"/agenda/{day:%Y/%m/%d}/"))) == 5


def test_a_hidden_event_gives_no_month_an_address(
    client: Client, agenda: AgendaPage, adherent: User, logged_in: Any
) -> None:
    far = timezone.localdate() + datetime.timedelta(days=400)
    factories.event(agenda, in_days=400, audience="members", door="hidden")
    path = f"/agenda/{months.Month.of(far).path}"
    assert client.get(path).status_code == 404
    assert logged_in(adherent).get(path).status_code == 200


def test_a_teaser_shows_neither_hour_nor_place_in_the_month(
    client: Client, agenda: AgendaPage
) -> None:
    factories.event(
        agenda,
        title="Cercle",
        in_days=0,
        audience="members",
        city="Secret",
        start_time=datetime.time(14, 7),
    )
    for path in ("", months.Month.of(timezone.localdate()).path):
        body = client.get(f"/agenda/{path}").content.decode()
        assert "Cercle" in body
        assert "Secret" not in body
    assert "14:07" not in body


def test_every_month_has_whole_weeks_from_monday() -> None:
    for year in (2027, 2028, 2032):
        for number in range(1, 13):
            month = months.Month(year, number)
            table = months.table(month, [], month.first, lambda keys: []).weeks
            assert {len(week) for week in table} == {7}
            assert {week[0].date.weekday() for week in table} == {0}
            inside = [day.date for week in table for day in week if day.inside]
            assert (inside[0], inside[-1]) == (month.first, month.last)
            assert month.next().previous() == month


# --- the page of an event ---------------------------------------


def structured(page: Any) -> Any:
    block = page.select_one('script[type="application/ld+json"]')
    return json.loads(block.string) if block else None


def test_structured_data_says_when_where_and_whether(client: Client, agenda: AgendaPage) -> None:
    factories.event(
        agenda,
        slug="journee",
        title="Journée </script><b>",
        start_date=datetime.date(2027, 7, 1),
        start_time=datetime.time(9),
        end_time=datetime.time(17),
        status="postponed",
        previous_date=datetime.date(2027, 6, 1),
        format="hybrid",
        place="Ferme",
        city="Vénissieux",
        online_link="https://visio.exemple.fr/x",
    )
    data = structured(soup(client, "/agenda/journee/"))
    assert data["name"] == "Journée </script><b>"
    assert data["startDate"] == "2027-07-01T09:00:00+02:00"
    assert data["endDate"] == "2027-07-01T17:00:00+02:00"
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["previousStartDate"] == "2027-06-01"
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("confirmed", "EventScheduled"),
        ("full", "EventScheduled"),
        ("cancelled", "EventCancelled"),
        ("postponed", "EventPostponed"),
    ],
)
def test_structured_data_is_honest_about_the_status(
    client: Client, agenda: AgendaPage, status: str, word: str
) -> None:
    factories.event(agenda, slug="journee", status=status)
    data = structured(soup(client, "/agenda/journee/"))
    assert data["eventStatus"] == f"https://schema.org/{word}"


def test_a_reserved_event_has_no_structured_data_even_for_a_member(
    agenda: AgendaPage, adherent: User, logged_in: Any
) -> None:
    factories.event(agenda, slug="reserve", audience="members")
    assert structured(soup(logged_in(adherent), "/agenda/reserve/")) is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "cancelled", "status_note": "Gel tardif"}, ["annulé", "Gel tardif"]),
        (
            {"status": "postponed", "previous_date": datetime.date(2027, 6, 1)},
            ["d’abord annoncé", "1 juin 2027"],
        ),
        ({"status": "postponed"}, ["n’est pas encore connue", "1 juillet 2027"]),
        ({"status": "full"}, ["Complet"]),
    ],
)
def test_the_page_says_the_status_at_once(
    client: Client, agenda: AgendaPage, fields: dict, words: list[str]
) -> None:
    factories.event(agenda, slug="journee", start_date=datetime.date(2027, 7, 1), **fields)
    page = soup(client, "/agenda/journee/")
    text = page.get_text(" ", strip=True).replace("1er", "1")
    for word in words:
        assert word in text
    # A day that no longer holds is struck out, on the page and in the list.
    holds = fields["status"] == "full" or "previous_date" in fields
    for shown in (page.select_one(".event__when"), soup(client, "/agenda/").select_one(".card")):
        assert (shown.select_one("s") is None) is holds


def test_afterwards_the_report_with_its_replay_and_files_takes_the_place_of_the_way_in(
    client: Client, agenda: AgendaPage
) -> None:
    recording = factories.document("replay.mp3", title="Enregistrement")
    sheet = factories.document(title="Fiche de synthèse")
    factories.event(
        agenda,
        slug="journee",
        start_date=datetime.date(2027, 1, 12),
        online_link="https://visio.exemple.fr/salle",
        format="online",
        report=[
            ("paragraph", "<p>Trente personnes sont venues.</p>"),
            ("recording", {"recording": recording, "caption": "L’échange, à réécouter"}),
            ("documents", {"documents": [sheet]}),
        ],
    )

    def seen() -> tuple[str, list[str], list[str]]:
        page = soup(client, "/agenda/journee/")
        afterwards = page.select_one("section[aria-labelledby=apres]")
        links = [str(each["href"]) for each in page.select("main a[href]")]
        if afterwards is None:
            return "", [], links
        sources = [str(each["src"]) for each in afterwards.select("audio[src], source[src]")]
        return afterwards.get_text(" ", strip=True), sources, links

    words, sources, links = seen()
    assert (words, sources) == ("", [])
    assert "https://visio.exemple.fr/salle" in links
    with time_machine.travel(datetime.datetime(2027, 1, 13, 12, tzinfo=UTC)):
        words, sources, links = seen()
        assert "Trente personnes" in words
        assert "à réécouter" in words
        assert "Fiche de synthèse" in words
        assert sources == [recording.url]
        assert sheet.url in links
        assert "https://visio.exemple.fr/salle" not in links
        assert not any("evenement.ics" in each for each in links)
        # It stays in the archive, and no list of what comes shows it.
        assert titles(soup(client, "/agenda/archives/2027/")) != []
        assert titles(soup(client, "/agenda/")) == []


def test_from_an_event_one_comes_to_the_subscription_for_its_kind(
    client: Client, agenda: AgendaPage
) -> None:
    factories.event(agenda, slug="journee", kind="visit")
    (link,) = soup(client, "/agenda/journee/").select("aside a[href$='#s-abonner']")
    page = soup(client, str(link["href"]))
    box = page.select_one("details #s-abonner")
    assert box is not None
    assert [str(each["href"]).partition("?")[2] for each in box.select("a.button, a.address")][
        ::2
    ] == ["kind=visit", "kind=visit"]
    assert "Google Agenda une à deux fois par jour" in box.get_text(" ")


def test_web_calendars_get_the_same_hours(client: Client, agenda: AgendaPage) -> None:
    factories.event(
        agenda,
        slug="journee",
        start_date=datetime.date(2027, 7, 1),
        start_time=datetime.time(9),
        end_time=datetime.time(17),
        time_zone="Indian/Reunion",
    )
    page = soup(client, "/agenda/journee/")
    links = [str(link["href"]) for link in page.select("aside details a[href]")]
    assert links[0] == "/agenda/journee/evenement.ics"
    assert "dates=20270701T090000%2F20270701T170000" in links[1]
    assert "ctz=Indian%2FReunion" in links[1]
    assert "startdt=2027-07-01T09%3A00%3A00%2B04%3A00" in links[2]


def test_what_does_not_take_place_is_put_in_no_calendar(client: Client, agenda: AgendaPage) -> None:
    factories.event(agenda, slug="journee", status="cancelled", status_note="Gel")
    page = soup(client, "/agenda/journee/")
    assert not page.select("a[href*='calendar']")
    assert not page.select("a[href$='.ics']")


def test_a_zone_that_vanished_and_a_missing_date_break_no_page(
    client: Client, agenda: AgendaPage
) -> None:
    gone = factories.event(agenda, slug="zone", in_days=0, start_time=datetime.time(9))
    EventPage.objects.filter(pk=gone.pk).update(time_zone="Mars/Olympus")
    blank = factories.event(agenda, slug="sans-date", title="Un jour")
    nothing = dict.fromkeys(("start_date", "last_date", "starts_at", "ends_at", "over_at"))
    EventPage.objects.filter(pk=blank.pk).update(**nothing)
    today = timezone.localdate()
    for path in (
        *("", "?period=past", "zone/", "zone/evenement.ics", "sans-date/", "calendrier.ics"),
        *("sans-date/evenement.ics", months.Month.of(today).path, f"{today:%Y/%m/%d}/"),
    ):
        assert client.get(f"/agenda/{path}").status_code == 200, path
    assert "Un jour" not in client.get("/agenda/").content.decode()


# --- constant queries -------------------------------------------


@pytest.mark.parametrize("view", ["", "?period=past", "{month}", "{day}", "archives/{year}/"])
def test_a_list_costs_at_most_twelve_queries_whatever_it_holds(
    client: Client, agenda: AgendaPage, view: str, django_assert_max_num_queries: Any
) -> None:
    today = timezone.localdate()
    missions = tuple(factories.mission() for _ in range(2))

    def fill(count: int) -> None:
        for _ in range(count):
            factories.event(agenda, in_days=0, missions=missions)
            factories.event(agenda, in_days=-1, missions=missions)

    fill(1)
    yesterday = today - datetime.timedelta(days=1)
    path = view.format(
        month=months.Month.of(today).path, day=f"{today:%Y/%m/%d}/", year=yesterday.year
    )
    client.get(f"/agenda/{path}")
    with django_assert_max_num_queries(12) as few:
        client.get(f"/agenda/{path}")
    count = len(few)
    fill(12)
    client.get(f"/agenda/{path}")
    with django_assert_max_num_queries(count):
        client.get(f"/agenda/{path}")


# --- the map of regions -----------------------------------------


def on_the_map(page: Any) -> dict[str, tuple[int, str]]:
    """Number and address of each region that the map leads to, by its name."""
    found = {}
    for link in page.select(".region-map a"):
        name, _colon, rest = link["aria-label"].rpartition("\u00a0: ")
        found[name] = (int(rest.split()[0]), str(link["href"]))
    return found


def test_each_number_of_the_map_is_that_of_the_list_it_leads_to(
    client: Client, agenda: AgendaPage
) -> None:
    for number in range(9):
        factories.event(
            agenda,
            kind=["visit", "debate"][number % 2],
            region=["84", "11", "04", ""][number % 4],
            audience="members" if number > 6 else "public",
            door="hidden" if number > 7 else "teaser",
        )
    for query in ("", "?kind=visit", "?region=84", "?kind=visit&region=84&region=11"):
        page = soup(client, f"/agenda/{query}")
        regions = on_the_map(page)
        assert regions
        for name, (count, address) in regions.items():
            if "region=" not in address:
                continue  # the one that is chosen alone: it leads back to all
            other = soup(client, address)
            assert int(other.select_one("#resultats").get_text().split()[0]) == count, name


def test_the_list_of_regions_says_everything_the_map_says(
    client: Client, agenda: AgendaPage
) -> None:
    for region in ("84", "84", "02"):
        factories.event(agenda, region=region)
    page = soup(client, "/agenda/")
    words = {
        box["value"]: int(box.find_parent("label").select_one("[aria-hidden]").get_text())
        for box in page.select("#regions input")
    }
    drawn = {name: count for name, (count, _address) in on_the_map(page).items()}
    assert drawn == {Region(code).label: count for code, count in words.items() if count}
    assert drawn == {"Auvergne-Rhône-Alpes": 2, "Martinique": 1}
    assert len(page.select(".region-map polygon")) == len(words) == len(Region)


def test_the_region_that_is_chosen_alone_leads_back_to_all(
    client: Client, agenda: AgendaPage
) -> None:
    factories.event(agenda, region="84", kind="visit")
    (link,) = soup(client, "/agenda/?region=84&kind=visit").select(".region--chosen")
    assert link["href"] == "/agenda/?kind=visit"
    assert link["aria-current"] == "true"
