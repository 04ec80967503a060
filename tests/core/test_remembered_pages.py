"""Pages and lists that visitors are given from memory: of now, as they are, and never to others."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from events.models import EventPage
from home.models import ContentPage, HomePage
from members.models import User
from site_cocagne.core import clock, generation, memo
from site_cocagne.core.blocks.remembered import LinkedPageBlock
from site_cocagne.core.cards import shown_picture
from site_cocagne.core.models.audience import Audience, Door
from tests import factories

pytestmark = pytest.mark.django_db

MORNING = datetime.datetime(2027, 3, 4, 8, 1, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _no_whole_pages(settings: Any) -> None:
    """What is under test stands behind the cache of whole pages."""
    settings.PAGE_CACHE = False


# --- the clock -----------------------------------------------------------------------------------


def test_what_is_over_leaves_lists_counts_and_home_at_once(home: HomePage, client: Client) -> None:
    agenda = factories.agenda(home)
    day = MORNING.date()
    with time_machine.travel(MORNING, tick=False) as now:
        factories.event(agenda, title="Ce matin", start_date=day, time_zone="Europe/Paris")
        factories.event(agenda, title="Demain", start_date=day + datetime.timedelta(days=1))
        # It is over with its day, at 23:00 UTC.
        for minutes, seen in ((0, 2), (14 * 60 + 58, 2), (1, 1)):
            now.shift(datetime.timedelta(minutes=minutes))
            shown = client.get(agenda.url).text
            assert ("Ce matin" in shown) is (seen == 2), now
            assert f"{seen} événement" in shown
            next_ones = EventPage.objects.next_for(AnonymousUser(), "fr", 5)
            assert len(next_ones) == seen


def test_a_clock_that_is_put_back_is_believed() -> None:
    with time_machine.travel(MORNING, tick=False) as now:
        later = clock.next_change()
        now.shift(datetime.timedelta(days=-3))
        assert clock.next_change() == later - datetime.timedelta(days=3)


def test_the_next_change_is_asked_once_in_a_period() -> None:
    with time_machine.travel(MORNING, tick=False):
        clock.next_change()
        with CaptureQueriesContext(connection) as captured:
            clock.next_change()
        assert not captured
        generation.begin()
        with CaptureQueriesContext(connection) as captured:
            clock.next_change()
        assert len(captured) == 1


# --- many at once --------------------------------------------------------------------------------


def test_of_many_only_the_unknown_are_asked_for() -> None:
    asked: list[list[int]] = []

    def make(keys: list[int]) -> dict[int, str]:
        asked.append(sorted(keys))
        return {key: f"n{key}" for key in keys if key != 9}

    assert memo.remember_each("n", [1, 2, 9], make) == {1: "n1", 2: "n2"}
    assert memo.remember_each("n", [2, 3, 9], make) == {2: "n2", 3: "n3"}
    assert asked == [[1, 2, 9], [3, 9]]  # what there is not may come
    generation.begin()
    assert memo.remember_each("n", [1], make) == {1: "n1"}
    assert asked[-1] == [1]


# --- pages that are asked for all day ------------------------------------------------------------


def test_a_page_from_memory_is_the_one_that_is_published(home: HomePage, client: Client) -> None:
    toolbox = factories.toolbox(home, title="Boîte à outils")
    address = toolbox.url
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert not [one for one in captured if "url_path" in one["sql"] and " IN (" in one["sql"]]
    toolbox.title = "Le coffre"
    toolbox.save_revision().publish()
    assert "Le coffre" in client.get(address).text
    toolbox.slug = "coffre"
    toolbox.save_revision().publish()
    assert client.get(address).status_code != 200
    toolbox = type(toolbox).objects.get()
    assert client.get(toolbox.url).status_code == 200
    toolbox.unpublish()
    assert client.get(toolbox.url).status_code == 404


def test_a_draft_is_not_in_it(home: HomePage, client: Client) -> None:
    toolbox = factories.toolbox(home, title="Boîte à outils")
    client.get(toolbox.url)
    toolbox.title = "Un brouillon"
    toolbox.save_revision()
    assert "Un brouillon" not in client.get(toolbox.url).text


def test_members_are_given_their_own_rows(home: HomePage, client: Client, adherent: User) -> None:
    agenda, toolbox = factories.agenda(home), factories.toolbox(home)
    reserved: dict[str, Any] = {"audience": Audience.MEMBERS, "door": Door.TEASER}
    factories.resource(toolbox, title="Réservée", **reserved)
    factories.event(agenda, title="Entre nous", city="Melle", **reserved)
    member = Client()
    member.force_login(adherent)
    for _turn in range(2):
        for page in (toolbox, agenda):
            assert "lock" in client.get(page.url).text.partition("<main")[2]
        assert "Melle" not in client.get(agenda.url).text
        assert "Melle" in member.get(agenda.url).text


# --- links ---------------------------------------------------------------------------------------


def as_read(pages: list[Page], *, by_visitor: bool) -> list[Any]:
    with generation.one_moment():
        moment = generation.moment()
        assert moment is not None
        moment.of_visitor = by_visitor
        return LinkedPageBlock().bulk_to_python([page.pk for page in pages])


def test_linked_pages_are_asked_for_once_by_visitors(home: HomePage) -> None:
    first, second = (factories.content(home, title=f"Page {n}") for n in (1, 2))
    found = as_read([second, first, second], by_visitor=True)
    assert [page.title for page in found] == ["Page 2", "Page 1", "Page 2"]
    assert found[0] is not found[2]
    with CaptureQueriesContext(connection) as captured:
        as_read([first, second], by_visitor=True)
    assert not captured
    first.title = "Autrement"
    first.save_revision().publish()
    assert as_read([first], by_visitor=True)[0].title == "Autrement"
    second.delete()
    assert as_read([second], by_visitor=True) == [None]


def test_editors_read_the_title_of_the_draft(home: HomePage) -> None:
    page: ContentPage = factories.content(home, title="Publiée")
    as_read([page], by_visitor=True)
    page.title = "En chantier"
    page.save_revision()
    assert as_read([page], by_visitor=False)[0].get_admin_display_title() == "En chantier"


# --- pictures ------------------------------------------------------------------------------------


def test_a_picture_is_printed_once_and_by_what_is_said_of_it_here() -> None:
    image = factories.image()
    first = shown_picture(image, "tall", "100vw")
    with CaptureQueriesContext(connection) as captured:
        assert shown_picture(image, "tall", "100vw") == first
    assert not captured
    assert 'fetchpriority="high"' in shown_picture(image, "tall", "100vw", eager=True)
    image.contextual_alt_text = "Vu d’ici"
    assert "Vu d’ici" in shown_picture(image, "tall", "100vw")
    assert shown_picture(None, "tall", "100vw") == ""


def test_a_picture_whose_file_was_away_comes_back_with_it() -> None:
    image = factories.image()
    storage, name = image.file.storage, image.file.name
    with storage.open(name) as kept:
        content = kept.read()
    storage.delete(name)
    assert "not-found" in shown_picture(image, "tall", "100vw")
    storage.save(name, ContentFile(content))
    assert "not-found" not in shown_picture(type(image).objects.get(), "tall", "100vw")
