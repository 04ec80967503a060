"""The member's shelf: what is kept, what is new, and the weekly mail with its one-click end."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import personal_data
from members.models import Affiliation, User
from resources import shelf_mails
from resources.models import ResourcePage, ToolboxPage
from resources.shelf import Favourite, Shelf, missions_of
from site_cocagne.core.models import Audience, Door, Mission
from tests import factories

pytestmark = pytest.mark.django_db

LAST_WEEK = datetime.timedelta(days=8)


@pytest.fixture
def grow(home: Any) -> Mission:
    return factories.mission("produire", name="Produire", order=1)


@pytest.fixture
def reader(adherent: User) -> Shelf:
    """A member who asked for the weekly mail eight days ago."""
    asked = timezone.now() - LAST_WEEK
    return Shelf.objects.create(user=adherent, weekly=True, told_until=asked)


def published(toolbox: ToolboxPage, title: str, days_ago: float = 1, **fields: Any) -> ResourcePage:
    page = factories.resource(toolbox, title=title, **fields)
    at = timezone.now() - datetime.timedelta(days=days_ago)
    ResourcePage.objects.filter(pk=page.pk).update(first_published_at=at)
    return page


# --- keeping -----------------------------------------------------------------------------------


def test_a_resource_is_kept_and_put_back(
    toolbox: ToolboxPage, adherent: User, logged_in: Any
) -> None:
    page, client = factories.resource(toolbox, title="Semer"), logged_in(adherent)
    address = reverse("shelf_keep", args=[page.pk])
    assert address in client.get(page.url).content.decode()
    for _twice in range(2):
        client.post(address, {"action": "keep"})
    assert Favourite.objects.filter(user=adherent, page=page).count() == 1
    assert "Semer" in client.get(reverse("shelf")).content.decode()
    client.post(address, {"action": "remove"})
    assert not Favourite.objects.exists()


def test_opening_the_link_keeps_nothing(
    toolbox: ToolboxPage, adherent: User, logged_in: Any
) -> None:
    page = factories.resource(toolbox)
    assert logged_in(adherent).get(reverse("shelf_keep", args=[page.pk])).status_code == 200
    assert not Favourite.objects.exists()


def test_outsiders_have_no_shelf(
    toolbox: ToolboxPage, client: Client, sans_affiliation: User, logged_in: Any
) -> None:
    page = factories.resource(toolbox)
    for address in (reverse("shelf"), reverse("shelf_keep", args=[page.pk])):
        assert "connexion" in client.get(address)["Location"]
        assert logged_in(sans_affiliation).get(address).status_code == 403


def test_what_closed_since_is_neither_shown_nor_kept_anew(
    toolbox: ToolboxPage, adherent: User, logged_in: Any
) -> None:
    hidden = factories.resource(toolbox, title="Dépubliée", live=False)
    Favourite.objects.create(user=adherent, page=hidden)
    client = logged_in(adherent)
    assert "Dépubliée" not in client.get(reverse("shelf")).content.decode()
    assert client.get(reverse("shelf_keep", args=[hidden.pk])).status_code == 404


def test_shelves_are_each_ones_own(toolbox: ToolboxPage, adherent: User, logged_in: Any) -> None:
    other = factories.member()
    page = published(toolbox, "Ancienne et gardée", days_ago=400)
    Favourite.objects.create(user=other, page=page)
    assert "Ancienne et gardée" not in logged_in(adherent).get(reverse("shelf")).content.decode()


def test_the_shelf_costs_the_same_whatever_is_on_it(
    toolbox: ToolboxPage, adherent: User, logged_in: Any, grow: Mission
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = logged_in(adherent)

    def cost() -> int:
        client.get(reverse("shelf"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("shelf")).status_code == 200
        return len(queries)

    def one_more() -> None:
        page = factories.resource(toolbox, missions=(grow,))
        Favourite.objects.create(user=adherent, page=page)

    one_more()
    first = cost()
    for _number in range(6):
        one_more()
    assert cost() == first


# --- what is new -------------------------------------------------------------------------------


def test_new_is_what_came_since_the_visit_before(adherent: User) -> None:
    own = Shelf.objects.create(user=adherent)
    monday = timezone.now() - datetime.timedelta(days=10)
    assert monday - own.visit(monday) == datetime.timedelta(days=30), "never here before"
    later = monday + datetime.timedelta(minutes=10)
    own.visit(later)
    thursday = monday + datetime.timedelta(days=3)
    assert own.visit(thursday) == later
    assert own.visit(thursday + datetime.timedelta(minutes=5)) == later, "the same visit"


def test_new_follows_missions_of_the_garden_and_chosen_themes(
    toolbox: ToolboxPage, adherent: User, grow: Mission
) -> None:
    soil = factories.theme(grow, slug="sol", name="Sol")
    sell = factories.mission("vendre", name="Vendre", order=2)
    Affiliation.objects.get(user=adherent).missions.add(sell)
    published(toolbox, "De ma mission", missions=(sell,))
    published(toolbox, "De mon thème", themes=(soil,))
    published(toolbox, "D'ailleurs", missions=(grow,))
    own = Shelf.objects.create(user=adherent, themes=["sol"])
    since = timezone.now() - datetime.timedelta(days=2)
    assert missions_of(adherent) == ["vendre"]
    assert {page.title for page in own.new_resources(since)} == {"De ma mission", "De mon thème"}


def test_choices_are_kept_and_unknown_ones_refused(
    adherent: User, logged_in: Any, grow: Mission
) -> None:
    factories.theme(grow, slug="sol", name="Sol")
    client = logged_in(adherent)
    client.post(reverse("shelf"), {"themes": ["sol"], "weekly": "on"})
    own = Shelf.objects.get(user=adherent)
    assert (own.themes, own.weekly) == (["sol"], True)
    assert own.told_until is not None
    refused = client.post(reverse("shelf"), {"themes": ["' OR 1=1"]})
    assert refused.status_code == 200
    assert refused.context["form"].errors["themes"]
    client.post(reverse("shelf"), {})
    assert not Shelf.objects.get(user=adherent).weekly


# --- the weekly mail ---------------------------------------------------------------------------


def test_the_mail_names_what_is_new_and_comes_once_a_week(
    toolbox: ToolboxPage, reader: Shelf
) -> None:
    page = published(toolbox, "Semer en mars", audience=Audience.MEMBERS, door=Door.HIDDEN)
    published(toolbox, "D'avant la demande", days_ago=20)
    assert shelf_mails.send_due() == (1, 0)
    [message] = mail.outbox
    assert "Semer en mars" in message.body
    assert page.full_url in message.body
    assert "D'avant la demande" not in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    published(toolbox, "Le lendemain", days_ago=0)
    assert shelf_mails.send_due() == (0, 0)
    in_a_week = timezone.now() + datetime.timedelta(days=7)
    assert shelf_mails.send_due(in_a_week) == (1, 0)
    assert "Semer en mars" not in mail.outbox[1].body


def test_nothing_new_is_no_mail_and_nobody_is_written_to_unasked(
    toolbox: ToolboxPage, reader: Shelf
) -> None:
    Shelf.objects.create(user=factories.member())
    assert shelf_mails.send_due() == (0, 0)
    published(toolbox, "Nouvelle")
    assert shelf_mails.send_due() == (1, 0), "the one who asked, that day"


def test_a_member_no_longer_is_not_written_to(toolbox: ToolboxPage, reader: Shelf) -> None:
    published(toolbox, "Nouvelle")
    Affiliation.objects.filter(user=reader.user).update(ended_on="2020-01-01")
    assert shelf_mails.send_due() == (0, 0)
    assert not mail.outbox


def test_a_server_that_refuses_loses_nothing(
    toolbox: ToolboxPage, reader: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(toolbox, "Nouvelle")
    with monkeypatch.context() as patched:

        def refuse(_self: EmailMessage) -> int:
            raise ConnectionRefusedError

        patched.setattr(EmailMessage, "send", refuse)
        assert shelf_mails.send_due() == (0, 1)
    assert shelf_mails.send_due() == (1, 0)


def test_a_run_that_was_killed_is_gone_on_with(
    toolbox: ToolboxPage, reader: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(toolbox, "Nouvelle")
    with monkeypatch.context() as patched:

        def die(_self: EmailMessage) -> int:
            raise KeyboardInterrupt

        patched.setattr(EmailMessage, "send", die)
        with pytest.raises(KeyboardInterrupt):
            shelf_mails.send_due()
    assert shelf_mails.send_due() == (0, 0), "it may still be at work"
    assert shelf_mails.send_due(timezone.now() + shelf_mails.LEASE * 2) == (1, 0)


def test_one_click_ends_it_without_a_log_in(toolbox: ToolboxPage, reader: Shelf) -> None:
    published(toolbox, "Nouvelle")
    shelf_mails.send_due()
    header = mail.outbox[0].extra_headers["List-Unsubscribe"]
    address = "/" + re.sub(r"^<https?://[^/]+/|>$", "", header)
    robot = Client(enforce_csrf_checks=True)
    assert robot.get(address).status_code == 200
    assert Shelf.objects.get(pk=reader.pk).weekly, "opening it changes nothing"
    answer = robot.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Shelf.objects.get(pk=reader.pk).weekly
    assert robot.post(address).status_code == 200, "twice is no fault"


@pytest.mark.parametrize("token", ["x", "a:b:c", "x" * 5000, "%00", "é"])
def test_a_link_that_is_not_ours_is_not_found(client: Client, db: None, token: str) -> None:
    assert client.get(f"/mon-espace/ma-selection/arreter/{token}/").status_code == 404


def test_the_shelf_is_in_the_copy_of_ones_data_and_goes_with_the_account(
    toolbox: ToolboxPage, reader: Shelf
) -> None:
    page = factories.resource(toolbox, title="Semer")
    Favourite.objects.create(user=reader.user, page=page)
    data = personal_data.export(reader.user)
    assert [row["title"] for row in data["kept_resources"]] == ["Semer"]
    assert data["shelf"]["weekly_mail"] is True
    personal_data.anonymise(reader.user)
    assert not Shelf.objects.exists()
    assert not Favourite.objects.exists()
