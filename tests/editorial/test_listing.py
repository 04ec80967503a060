"""The explorer's list of pages: as many questions for fifty pages as for five."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.models import HomePage
from members.models import User
from tests import factories

pytestmark = pytest.mark.django_db

MOST = 40


def test_the_list_of_a_section_costs_the_same_however_many_pages_it_shows(
    home: HomePage, superuser: User, logged_in: Callable[[User], Client]
) -> None:
    client = logged_in(superuser)
    address = reverse("wagtailadmin_explore", args=[home.pk])
    costs = []
    for number in (5, 40):
        for _page in range(number):
            factories.content(home)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            shown = client.get(address)
        costs.append(len(captured))
    assert shown.text.count('class="title-wrapper"') >= 40
    assert costs[0] == costs[1] <= MOST


def test_translating_is_offered_in_the_head_of_a_page(
    home: HomePage, superuser: User, logged_in: Callable[[User], Client]
) -> None:
    page = factories.content(home)
    edited = logged_in(superuser).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert reverse("wagtail_localize:submit_page_translation", args=[page.pk]) in edited.text
