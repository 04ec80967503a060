"""What asking for access costs: two queries a page at most, none a row of a list."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from home.models import HomePage
from members.models import User
from resources.models import ResourcePage, ToolboxPage
from site_cocagne.core.access import (
    can_view,
    is_locked_for,
    knowing_restrictions,
    visible_to,
)
from site_cocagne.core.models import Audience, SiteDocument, SiteImage
from tests import factories

pytestmark = pytest.mark.django_db

PERSONAS = ("anonyme", "sans_affiliation", "ancien_adherent", "adherent", "superuser")


def fresh(who: Any) -> Any:
    """The person as a new request finds them: nothing is known of them yet."""
    return User.objects.get(pk=who.pk) if who.pk else AnonymousUser()


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_page_is_judged_in_two_queries_beside_who_asks(
    persona: str, toolbox: ToolboxPage, request: pytest.FixtureRequest
) -> None:
    """Is this a member, which groups: once a request. The page itself: one query."""
    page = factories.resource(toolbox, audience=Audience.MEMBERS)
    PageViewRestriction.objects.create(
        page=factories.resource(toolbox), restriction_type=PageViewRestriction.LOGIN
    )
    who = fresh(request.getfixturevalue(persona))
    with CaptureQueriesContext(connection) as first:
        can_view(who, page)
    with CaptureQueriesContext(connection) as second:
        can_view(who, page)
    assert len(second) <= 2
    assert len(first) <= len(second) + 3


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.MEMBERS])
@pytest.mark.parametrize("persona", [*PERSONAS, "redactrice"])
def test_the_door_of_a_page_adds_two_queries_at_most(
    persona: str, audience: str, toolbox: ToolboxPage, request: pytest.FixtureRequest
) -> None:
    """The page as it is served, the first question of a request: who asks is counted in."""
    page = factories.resource(toolbox, audience=audience)
    who = fresh(request.getfixturevalue(persona))
    served = knowing_restrictions(ResourcePage.objects.filter(pk=page.pk)).get()
    with CaptureQueriesContext(connection) as asked:
        can_view(who, served)
    assert len(asked) <= 2, asked.captured_queries


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_list_costs_one_query_for_one_row_and_for_many(
    persona: str, toolbox: ToolboxPage, home: HomePage, request: pytest.FixtureRequest
) -> None:
    document, picture = factories.document(), factories.image()
    factories.resource(toolbox, audience=Audience.MEMBERS, documents=(document,), picture=picture)
    who = request.getfixturevalue(persona)
    costs = []
    for more in (0, 10):
        for _number in range(more):
            factories.resource(toolbox, audience=Audience.MEMBERS)
        asking = fresh(who)
        visible_to(asking, Page.objects.all()).exists()  # who asks is known from here on
        visible_to(asking, SiteImage.objects.all()).exists()
        with CaptureQueriesContext(connection) as asked:
            rows = list(visible_to(asking, ResourcePage.objects.all(), doors=True))
            assert len(rows) == more + 1
            assert len({is_locked_for(asking, row) for row in rows}) == 1
            list(visible_to(asking, Page.objects.all()))
            list(visible_to(asking, SiteDocument.objects.all()))
            list(visible_to(asking, SiteImage.objects.all()))
        costs.append(len(asked))
    assert costs == [4, 4]
