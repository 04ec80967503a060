"""What is remembered: of one moment, until something changes, and never for somebody else."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from events.models import EventPage
from home.models import ContentPage, HomePage
from members.models import User
from site_cocagne.core import generation, memo, routing
from site_cocagne.core.cards import card
from site_cocagne.core.models.audience import Audience, Door
from tests import factories

pytestmark = pytest.mark.django_db


# --- one moment -------------------------------------------------------------------------------


def test_a_request_asks_once_which_generation_it_is_of(
    home: HomePage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = generation._ask

    def counted() -> str:
        asked.append(ask())
        return asked[-1]

    address = home.url
    monkeypatch.setattr(generation, "_ask", counted)
    client.get(address)
    assert len(asked) == 1


def test_what_changes_within_the_moment_is_seen_at_once() -> None:
    with generation.one_moment():
        before = generation.present()
        assert memo.hold("number", lambda: 1) == 1
        generation.begin()
        assert generation.present() != before
        assert memo.hold("number", lambda: 2) == 2
        assert memo.remember("number", lambda: 3) == 3


def test_what_others_change_is_seen_from_the_next_moment_on() -> None:
    with generation.one_moment():
        first = generation.present()
        with generation.one_moment():  # as another thread has its own
            generation.begin()
        assert generation.present() == first
    with generation.one_moment():
        assert generation.present() != first


# --- what is held in the memory of the process ---------------------------------------------------


def test_what_is_held_is_made_once_and_begins_anew_with_the_generation() -> None:
    made: list[int] = []

    def make() -> tuple[int, ...]:
        made.append(1)
        return ()

    assert memo.hold("empty", make) is memo.hold("empty", make)
    assert len(made) == 1
    generation.begin()
    memo.hold("empty", make)
    assert len(made) == 2


def test_what_is_held_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "MOST", 10)
    for number in range(35):
        memo.hold(f"page:{number}", lambda: "x")
    assert len(memo._held) <= 10


def test_pages_push_no_counter_of_attempts_out() -> None:
    caches["default"].set("attempts", 3)
    for number in range(4000):
        memo.remember(f"page:{number}", lambda: 1)
    assert caches["default"].get("attempts") == 3


# --- which site was asked ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sites",
    [
        [("localhost", 80, True)],
        [("un.example", 80, False), ("deux.example", 80, False)],
        [("un.example", 80, True), ("deux.example", 80, False)],
        [("un.example", 80, True), ("un.example", 8000, False), ("deux.example", 80, False)],
        [("un.example", 80, False), ("un.example", 8000, False), ("deux.example", 80, True)],
        [],
    ],
)
def test_the_site_is_the_one_that_wagtail_finds(
    home: HomePage, settings: Any, sites: list[tuple[str, int, bool]]
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    Site.objects.all().delete()
    for hostname, number, by_default in sites:
        Site.objects.create(
            hostname=hostname, port=number, is_default_site=by_default, root_page=home
        )
    for host in ("un.example", "un.example:8000", "un.example:9", "deux.example", "autre.example"):
        port = host.partition(":")[2] or "80"
        request, again = (
            RequestFactory().get("/", headers={"host": host}, SERVER_PORT=port) for _ in range(2)
        )
        assert routing.site_of(request) == Site._find_for_request(again), host


def test_a_site_that_moves_is_found_under_its_new_name(home: HomePage, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    site = Site.objects.get(is_default_site=True)
    request = RequestFactory().get("/")
    assert routing.site_of(request) == site
    site.site_name = "Le réseau"
    site.save()
    assert routing.site_of(RequestFactory().get("/")).site_name == "Le réseau"  # type: ignore[union-attr]


# --- what stands around a page --------------------------------------------------------------------


def below_a_section(home: HomePage) -> tuple[ContentPage, ContentPage]:
    section = factories.content(home, title="Une rubrique")
    return section, factories.content(section, title="Une page")


def test_the_breadcrumb_follows_a_section_that_is_renamed(home: HomePage, client: Client) -> None:
    section, page = below_a_section(home)
    assert "Une rubrique" in client.get(page.url).text
    section.title = "Un autre nom"
    section.save_revision().publish()
    shown = client.get(page.url).text
    assert "Un autre nom" in shown
    assert "Une rubrique" not in shown


def test_what_members_see_around_a_page_is_not_what_others_are_given(
    home: HomePage, client: Client, adherent: User
) -> None:
    section, page = below_a_section(home)
    section.audience, section.door = Audience.MEMBERS, Door.HIDDEN
    section.save_revision().publish()
    member = Client()
    member.force_login(adherent)
    for _turn in range(2):
        assert "Une rubrique" in member.get(page.url).text
        assert "Une rubrique" not in client.get(page.url).text


# --- cards ---------------------------------------------------------------------------------------


def test_a_card_is_written_once_for_all_who_see_the_same(home: HomePage) -> None:
    resource = factories.resource(factories.toolbox(home), title="Semer tôt")
    assert "Semer tôt" in card("resource", resource)
    with CaptureQueriesContext(connection) as captured:
        again = card("resource", resource)
    assert not captured
    assert "Semer tôt" in again
    resource.locked = True
    assert card("resource", resource) != again
    assert "<h2" in card("resource", resource, level=2)


def test_the_card_of_an_event_says_that_it_is_over_when_it_is(home: HomePage) -> None:
    day = datetime.date(2027, 3, 4)
    with time_machine.travel(datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)):
        event: EventPage = factories.event(factories.agenda(home), start_date=day)
        before = card("event", event)
    with time_machine.travel(datetime.datetime(2027, 3, 9, tzinfo=datetime.UTC)):
        after = card("event", event)
    assert "Terminé" not in before
    assert "Terminé" in after


def test_a_card_changes_with_its_page(home: HomePage, client: Client) -> None:
    toolbox = factories.toolbox(home)
    resource = factories.resource(toolbox, title="Semer tôt")
    assert "Semer tôt" in client.get(toolbox.url).text
    resource.title = "Semer tard"
    resource.save_revision().publish()
    shown = client.get(toolbox.url).text
    assert "Semer tard" in shown
    assert "Semer tôt" not in shown
