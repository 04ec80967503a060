"""How many queries a public page costs, however much there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.volume import seed_events
from resources.volume import seed_resources
from tests import factories
from tests.site.test_public_pages import Tree, planted, tree

__all__ = ["planted", "tree"]

pytestmark = pytest.mark.django_db

HOME_PAGE_AT_MOST = 15
OTHER_PAGES_AT_MOST = 10


@pytest.fixture
def queries(client: Client) -> Callable[[str], int]:
    """Count the queries of an address once renditions and site roots are warm."""

    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count


def test_a_public_page_keeps_to_its_budget_with_twenty_and_with_two_thousand(
    tree: Tree, queries: Callable[[str], int]
) -> None:
    grow(tree, 20)
    few = count_all(tree, queries)
    home = few.pop(tree.home.url)
    assert home <= HOME_PAGE_AT_MOST
    assert {address: n for address, n in few.items() if n > OTHER_PAGES_AT_MOST} == {}

    seed_resources(2000, toolbox=tree.toolbox)
    seed_events(2000, agenda=tree.agenda)
    many = count_all(tree, queries)
    assert many == {tree.home.url: home, **few}


def count_all(tree: Tree, queries: Callable[[str], int]) -> dict[str, int]:
    """Queries of a page of each type, of a search and of the site map, by address.

    Of the tree as it was first read: titles and parts of the pages themselves stay the same.
    """
    counted = {page.url: queries(page.url) for page in tree.pages}
    counted["/recherche/?q=texte"] = queries("/recherche/?q=texte")
    counted["/plan-du-site/"] = queries("/plan-du-site/")
    return counted


def grow(tree: Tree, number: int) -> None:
    """More resources and events, each with its picture, mission and file."""
    themes = tuple(row.theme for row in tree.resource.theme_rows.all())
    for _ in range(number):
        picture = factories.image()
        factories.resource(
            tree.toolbox,
            missions=(tree.mission,),
            themes=themes,
            documents=(factories.document(),),
            picture=picture,
        )
        factories.event(tree.agenda, missions=(tree.mission,), picture=picture)
