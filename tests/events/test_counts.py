"""The counts beside the values of the agenda's filter are those of the lists they lead to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from events.models import AgendaPage
from home.models import HomePage
from tests import factories
from tests.conftest import BuildOnce

QUERIES = (
    "kind=visit",
    "region=84&region=11",
    "mission=produire",
    "format=online",
    "audience=members",
    "when=soon",
    "when=later&kind=visit",
    "period=past",
    "period=past&kind=visit&region=84",
)


def plant() -> None:
    """Events of every sort, near and far, over and to come."""
    home = HomePage.objects.get(depth=2, locale__language_code="fr")
    agenda, mission = factories.agenda(home), factories.mission("produire")
    for number in range(14):
        factories.event(
            agenda,
            in_days=(number - 4) * 20,
            kind=["visit", "debate", "webinar"][number % 3],
            region=["84", "11"][number % 2],
            format=["onsite", "online"][number % 2],
            missions=(mission,) if number % 4 == 0 else (),
            audience="members" if number % 5 == 0 else "public",
            door="hidden" if number % 10 == 0 else "teaser",
        )


@pytest.fixture(scope="module")
def planted(build_once: BuildOnce) -> None:
    build_once(plant)


@pytest.fixture(scope="module")
def kept() -> dict[frozenset[str], Any]:
    """Pages by their query in any order: what one test asked the next does not ask again."""
    return {}


@pytest.fixture
def ask(
    planted: None, db: None, client: Client, kept: dict[frozenset[str], Any]
) -> Callable[[str], Any]:
    def answer(query: str) -> Any:
        key = frozenset(query.split("&"))
        if key not in kept:
            response = client.get(f"/agenda/?{query}")
            assert response.status_code == 200, query
            kept[key] = BeautifulSoup(response.content, "html.parser")
        return kept[key]

    return answer


def total(page: Any) -> int:
    return int(page.select_one("#resultats").get_text().split()[0])


@pytest.mark.parametrize("query", QUERIES)
def test_the_count_beside_a_value_is_that_of_the_list_it_leads_to(
    ask: Callable[[str], Any], query: str
) -> None:
    page = ask(query)
    titles = page.select(".card__title a")
    assert total(page) == len(titles) or total(page) > AgendaPage.per_page
    compared = 0
    for choice in page.select("label.choice input:not([checked])"):
        if any(part.startswith(f"{choice['name']}=") for part in query.split("&")):
            continue
        beside = choice.find_parent("label").select_one(".choice__count [aria-hidden]").get_text()
        assert int(beside) == total(ask(f"{query}&{choice['name']}={choice['value']}"))
        compared += 1
    assert compared > 5
