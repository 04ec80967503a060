"""The month of the desk, its filters on every list, and the report of review dates."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Page, PageLogEntry

from editorial.models import ExternalLink, Finding, Heartbeat, Review
from home.models import HomePage
from members.models import User
from site_cocagne import roles
from site_cocagne.core.models import Mission
from tests import factories

Browser = Callable[[User], Client]
DESK = "/admin/bureau/"
CALENDAR = f"{DESK}calendrier/"
REPORT = f"{DESK}verifications/"
NOON = "2026-03-10 12:00+01:00"


def on(answer: Any, day: int) -> list[str]:
    """What the calendar shows on a day of its month."""
    (found,) = [d for d in answer.context["days"] if d.in_month and d.date.day == day]
    return [f"{row.title} – {row.note}" for row in found.rows]


@pytest.fixture
def mars(home: HomePage) -> Page:
    """March: a page that leaves on the 20th, one that comes on the 31st, an event on the 29th."""
    with time_machine.travel(NOON, tick=False):
        at = timezone.localtime().replace
        factories.content(home, title="Part", summary="S.", expire_at=at(day=20))
        page = factories.content(home, title="Vient", summary="S.", live=False)
        page.go_live_at = at(day=31, hour=23, minute=30)
        page.save_revision().publish()
        agenda = factories.agenda(home)
        day = datetime.date(2026, 3, 29)  # the night the clock changes
        factories.event(agenda, title="Visite", start_date=day)
    return page


def test_the_month_shows_what_comes_leaves_and_takes_place(
    mars: Page, validatrice: User, logged_in: Browser
) -> None:
    browser = logged_in(validatrice)
    with time_machine.travel(NOON, tick=False):
        for answer in (browser.get(CALENDAR), browser.get(f"{CALENDAR}?mois=2026-03")):
            assert on(answer, 20) == ["Part – retrait"]
            assert on(answer, 29) == ["Visite – a lieu"]
            assert on(answer, 31) == ["Vient – mise en ligne"]
            assert answer.context["days"][0].date.weekday() == 0
        rows = browser.get(f"{CALENDAR}?mois=2026-03&vue=liste").context["days"]
        assert [day.date.day for day in rows] == [20, 29, 31]
        assert browser.get(f"{CALENDAR}?mois=2026-04").context["count"] == 0
        for nonsense in ("2026-13", "mars", "0001-01", "99999-01", "%00"):
            assert browser.get(f"{CALENDAR}?mois={nonsense}").context["count"] == 3


def test_the_month_costs_the_same_however_full_it_is(
    mars: Page, home: HomePage, validatrice: User, logged_in: Browser
) -> None:
    browser = logged_in(validatrice)
    with time_machine.travel(NOON, tick=False):
        browser.get(CALENDAR)
        with CaptureQueriesContext(connection) as few:
            browser.get(CALENDAR)
        agenda: Any = home.get_children().get(slug="agenda").specific
        for day in range(11, 21):
            factories.event(agenda, start_date=datetime.date(2026, 3, day))
        browser.get(CALENDAR)
        with CaptureQueriesContext(connection) as many:
            assert browser.get(CALENDAR).context["count"] == 13
    assert len(many) == len(few)


def test_a_schedule_that_never_ran_is_red_on_the_desk(
    validatrice: User, logged_in: Browser, client: Client, home: HomePage
) -> None:
    answer = logged_in(validatrice).get(DESK)
    assert answer.context["late"]
    assert "n’a jamais tourné" in answer.content.decode()
    # A machine that has just started is ready; one that let a planned page wait is not.
    assert client.get("/sante/pret/").status_code == 200
    late = timezone.now() - datetime.timedelta(minutes=6)
    factories.content(home, summary="S.", expire_at=timezone.now() + datetime.timedelta(hours=1))
    Page.objects.filter(expire_at__isnull=False).update(expire_at=late)
    assert client.get("/sante/pret/").json()["late"] == ["scheduled_publishing"]
    Heartbeat.beat("publish_scheduled")
    assert client.get("/sante/pret/").status_code == 200


def titles(browser: Client, query: str) -> dict[str, list[str]]:
    lists = browser.get(f"{DESK}?{query}").context["lists"]
    return {each["name"]: [row.title for row in each["rows"]] for each in lists}


def test_section_mission_and_person_narrow_every_list(
    home: HomePage, mission: Mission, redactrice: User, validatrice: User, logged_in: Browser
) -> None:
    """Two pages alike in every list but for section, mission and whose they are."""
    redactrice.first_name, redactrice.last_name = "Élise", "Martin"
    redactrice.save()
    toolbox = factories.toolbox(home)
    mine = factories.resource(toolbox, title="Une", missions=(mission,), owner=redactrice)
    other = factories.content(home, title="Deux", owner=validatrice)
    link = ExternalLink.objects.create(
        url="https://a.example/", first_failed_on="2026-01-01", last_failed_on="2026-01-02"
    )
    link.pages.set([mine, other])
    later = timezone.now() + datetime.timedelta(days=2)
    for page in (mine, other):
        Finding.objects.create(page=page, kind="quality", message="Une faute")
        Review.objects.filter(page=page).update(due_on="2020-01-01", owner=page.owner)
        Page.objects.filter(pk=page.pk).update(expire_at=later)
    browser = logged_in(validatrice)
    for query in (f"section={toolbox.pk}", "mission=produire", "personne=martin+redac"):
        if query.startswith("personne"):
            User.objects.filter(pk=redactrice.pk).update(email="redac@exemple.fr")
        found = titles(browser, query)
        for name in ("agenda", "revoir", "liens", "qualite"):
            assert found[name] == ["Une"], (query, name)


def test_findings_of_other_sections_are_not_shown(
    home: HomePage, marque: Any, responsable_marque: User, validatrice: User, logged_in: Browser
) -> None:
    marque.save_revision().publish()
    for page in (marque, factories.content(home, title="Ailleurs")):
        for kind in Finding.Kind.values:
            Finding.objects.create(page=page, kind=kind, message="Une faute")
    found = titles(logged_in(responsable_marque), "")
    assert found["qualite"] == found["liens"] == ["Kit de la marque"]
    assert len(titles(logged_in(validatrice), "")["qualite"]) == 2


def test_a_list_too_long_for_the_desk_has_pages_of_its_own(
    home: HomePage, validatrice: User, logged_in: Browser
) -> None:
    page = factories.content(home)
    findings = [Finding(page=page, kind="quality", message=f"Faute {n}") for n in range(53)]
    Finding.objects.bulk_create(findings)
    browser = logged_in(validatrice)
    lists = browser.get(DESK).context["lists"]
    (short,) = [each for each in lists if each["name"] == "qualite"]
    assert (len(short["rows"]), short["count"], short["more"]) == (10, 53, 43)
    for number, shown in ((1, 50), (2, 3), (99, 0), ("x", 50)):
        answer = browser.get(f"{DESK}?liste=qualite&p={number}")
        assert len(answer.context["lists"][0]["rows"]) == shown
    assert len(browser.get(f"{DESK}?liste=rien").context["lists"]) == 9
    assert len(browser.get(f"{DESK}qualite.csv").content.decode().splitlines()) == 54


# --- review dates -------------------------------------------------------------------------------


def test_the_report_of_review_dates_is_filtered_and_runs_no_formula(
    home: HomePage, redactrice: User, validatrice: User, logged_in: Browser
) -> None:
    today = timezone.localdate()
    for title, days in (("=1+1", -3), ("Bientôt", 10), ("Plus tard", 200)):
        page = factories.content(home, title=title)
        due = today + datetime.timedelta(days=days)
        Review.objects.filter(page=page).update(due_on=due, owner=redactrice)
    browser = logged_in(validatrice)
    for query, shown in (
        ("etat=passe", ["=1+1"]),
        ("etat=bientot", ["Bientôt"]),
        ("etat=autre", ["=1+1", "Bientôt", "Plus tard"]),
        (f"personne={redactrice.email}&etat=passe", ["=1+1"]),
        ("personne=personne-dautre", []),
        ("langue=en", []),
    ):
        answer = browser.get(f"{REPORT}?{query}")
        assert [row.title for row, _review in answer.context["rows"]] == shown
    text = browser.get(f"{REPORT}export.csv?etat=passe").content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("'=1+1;")
    assert len(text.splitlines()) == 2
    book = load_workbook(io.BytesIO(browser.get(f"{REPORT}export.xlsx").content))
    assert book.worksheets[0]["A2"].value == "'=1+1"
    assert PageLogEntry.objects.filter(action="editorial.export").count() == 2


def test_owner_deputy_and_interval_are_set_on_a_screen_of_their_own(
    home: HomePage, redactrice: User, in_role: Any, adherent: User, logged_in: Browser
) -> None:
    page = factories.content(home)
    deputy = in_role(roles.WRITER)
    address = f"{DESK}pages/{page.pk}/suivi/"
    browser = logged_in(redactrice)
    for wrong, field in (
        ({"owner": adherent.pk}, "owner"),
        ({"owner": deputy.pk, "deputy": deputy.pk}, "deputy"),
        ({"months": 0}, "months"),
        ({"months": "x"}, "months"),
    ):
        assert field in browser.post(address, wrong).context["form"].errors
    browser.post(address, {"owner": redactrice.pk, "deputy": deputy.pk, "months": 3})
    review = Review.objects.get(page=page)
    assert (review.owner, review.deputy, review.months) == (redactrice, deputy, 3)
    assert review.due_on
    assert review.due_on < timezone.localdate() + datetime.timedelta(days=93)
    assert PageLogEntry.objects.filter(page=page.pk, action="editorial.care").exists()


def test_a_public_page_says_when_it_was_verified_last(
    home: HomePage, redactrice: User, logged_in: Browser, client: Client
) -> None:
    page = factories.content(home, summary="S.")
    with time_machine.travel("2026-05-02 12:00+02:00"):
        logged_in(redactrice).post(f"{DESK}pages/{page.pk}/verifie/")
    text = client.get(page.get_url()).content.decode()
    assert '<time datetime="2026-05-02">2 mai 2026</time>' in text
