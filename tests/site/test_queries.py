"""How many queries a public page costs, however much there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.site.test_public_pages import Tree, tree

__all__ = ["tree"]

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


def test_no_public_page_costs_more_than_its_budget(
    tree: Tree, queries: Callable[[str], int]
) -> None:
    grow(tree, 20)
    counted = {page.url: queries(page.url) for page in tree.pages}
    counted["/recherche/?q=texte"] = queries("/recherche/?q=texte")
    counted["/plan-du-site/"] = queries("/plan-du-site/")
    home = counted.pop(tree.home.url)
    assert home <= HOME_PAGE_AT_MOST
    assert {address: n for address, n in counted.items() if n > OTHER_PAGES_AT_MOST} == {}


def grow(tree: Tree, number: int) -> None:
    """More resources and events, each with its picture, mission and file."""
    for _ in range(number):
        picture = factories.image()
        factories.resource(
            tree.toolbox,
            missions=(tree.mission,),
            documents=(factories.document(),),
            picture=picture,
        )
        factories.event(tree.agenda, missions=(tree.mission,), picture=picture)
