"""What *mon espace* leads to: the brand kit and one's own calendar, for who may open them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from home.models import HomePage
from members.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_member_finds_the_kit_and_the_calendar_and_an_outsider_neither(
    home: HomePage,
    adherent: User,
    sans_affiliation: User,
    logged_in: Callable[[User], Client],
) -> None:
    kit = factories.brand(home, title="Kit de marque", slug="kit")
    links = (f'href="{kit.url}"', f'href="{reverse("events_my_calendar")}"')
    inside = logged_in(adherent).get(reverse("members:space")).content.decode()
    outside = logged_in(sans_affiliation).get(reverse("members:space")).content.decode()
    for link in links:
        assert link in inside
        assert link not in outside
    assert "Kit de marque" not in outside
