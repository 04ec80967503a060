"""The toolbox: its filter, and counts that are those of the lists they lead to."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import User
from resources import tally
from resources.filters import ToolboxFilter
from resources.models import ResourcePage, ToolboxPage
from site_cocagne.core.models import Audience, Door, Mission, Theme
from tests import factories

pytestmark = pytest.mark.django_db

FACETS = ("mission", "theme", "kind", "year", "audience")


@pytest.fixture
def grow(home: Any) -> Mission:
    return factories.mission("produire", name="Produire", order=1)


@pytest.fixture
def sell(home: Any) -> Mission:
    return factories.mission("vendre", name="Vendre", order=2)


@pytest.fixture
def soil(grow: Mission, sell: Mission) -> Theme:
    return factories.theme(grow, slug="sol", name="Sol")


@pytest.fixture
def cook(grow: Mission, sell: Mission) -> Theme:
    return factories.theme(grow, sell, slug="cuisine", name="Cuisine")


@pytest.fixture
def filled(
    toolbox: ToolboxPage, grow: Mission, sell: Mission, soil: Theme, cook: Theme
) -> ToolboxPage:
    """Resources of every sort: open, teased, hidden, drafts; with none, one or several rows."""
    kinds = itertools.cycle(ResourcePage.Kind.values)
    doors: itertools.cycle[dict[str, Any]] = itertools.cycle(
        [
            {},
            {"audience": Audience.MEMBERS, "door": Door.TEASER},
            {"audience": Audience.MEMBERS, "door": Door.HIDDEN},
        ]
    )
    rows: list[dict[str, Any]] = [
        {},
        {"missions": (grow,)},
        {"missions": (grow, sell), "themes": (cook,)},
        {"missions": (sell,), "themes": (cook, soil)},
        {"themes": (soil,)},
    ]
    for number, each in enumerate(rows * 3):
        day = datetime.date(2023 + number % 3, 5, 1)
        factories.resource(toolbox, kind=next(kinds), issued_on=day, **next(doors), **each)
    factories.resource(toolbox, missions=(grow,), kind="guide", live=False)
    return toolbox


PERSONAS = (
    *("anonyme", "sans_affiliation", "ancien_adherent", "adherent_en_grace"),
    *("adherent", "redactrice", "validatrice", "superuser"),
)


@pytest.fixture
def personas(request: pytest.FixtureRequest) -> list[Any]:
    return [request.getfixturevalue(name) for name in PERSONAS]


def asked(query: str) -> ToolboxFilter:
    return ToolboxFilter(QueryDict(query), language_code="fr")


QUERIES = [
    "",
    "mission=produire",
    "mission=produire&mission=vendre",
    "mission=produire&kind=guide",
    "theme=cuisine&year=2024",
    "mission=vendre&theme=cuisine&theme=sol",
    "mission=produire&theme=cuisine&kind=guide&kind=tool&year=2023&audience=members",
    "audience=public",
    "audience=members&audience=public&kind=video",
    "year=1991",
]


def test_every_count_is_that_of_the_list_it_leads_to(
    filled: ToolboxPage, personas: list[Any]
) -> None:
    checked: dict[tuple[frozenset[int], str], Any] = {}
    for who, query in itertools.product(personas, QUERIES):
        seen = filled.get_resources(who)
        form = asked(query)
        counts = tally.count(filled, form, who)
        assert counts == form.counts(seen), "the tally, and the statement that needs none"
        # Who sees the same resources must be given the same numbers; one of them is walked through.
        key = (frozenset(seen.values_list("pk", flat=True)), query)
        if key in checked:
            assert counts == checked[key]
            continue
        checked[key] = counts
        assert counts.total == form.apply(seen).count()
        for facet in FACETS:
            others = [(name, value) for name, value in form.pairs() if name != facet]
            for group_value in form.groups(counts)[FACETS.index(facet)].values:
                alone = QueryDict(mutable=True)
                for name, value in [*others, (facet, group_value.value)]:
                    alone.appendlist(name, value)
                leads_to = ToolboxFilter(alone, language_code="fr").apply(seen)
                assert group_value.count == leads_to.count(), (who, query, facet, group_value)
                assert leads_to.count() == len({page.pk for page in leads_to}), "no row twice"
    assert len({seen for seen, _query in checked}) == 2, "outsiders, and those inside"


def test_outsiders_count_doors_and_never_what_is_hidden(
    filled: ToolboxPage, anonyme: AnonymousUser, adherent: User
) -> None:
    assert asked("").counts(filled.get_resources(anonyme)).total == 10
    assert asked("").counts(filled.get_resources(adherent)).total == 15


def test_counts_and_list_cost_one_query_each(
    filled: ToolboxPage, adherent: User, django_assert_num_queries: Any
) -> None:
    adherent.has_current_membership()
    form = asked("mission=produire&kind=guide")
    seen = filled.get_resources(adherent)
    with django_assert_num_queries(1):
        form.counts(seen)


def test_unknown_values_are_said_and_the_rest_is_followed(
    client: Client, filled: ToolboxPage
) -> None:
    answer = client.get(filled.url, {"mission": ["produire", "jardinerie"], "kind": "guide"})
    assert answer.status_code == 200
    assert "jardinerie" in answer.content.decode()
    chosen = [chip["label"] for chip in answer.context["listing"].chips]
    assert chosen == ["Produire", "Guide"]


SAID = "a été laissée de côté"
NONSENSE = [
    "mission=" + "x" * 10_000,
    "mission='; DROP TABLE core_mission; --",
    "theme=(((((.*)*)*)*)*)$",
    "kind=\u202eedoced\u202c\u200b",
    "kind=🥕&year=😀",
    "year=0&year=-1&year=99999999999999999999",
    "sort=drop&audience=nobody",
    "page=-1",
    "page=1000000000",
    "page=10000000000000000000000000",
    "page=²",
    "&".join(f"mission=x{number}" for number in range(500)),
    "kind=guide&mission=x&kind=tool&mission=produire&page=2&kind=x",
]


@pytest.mark.parametrize("query", NONSENSE)
def test_what_is_not_understood_is_said_at_no_more_cost(
    client: Client,
    toolbox: ToolboxPage,
    grow: Mission,
    query: str,
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(15):
        answer = client.get(f"{toolbox.url}?{query}")
    assert answer.status_code == 200
    assert SAID in answer.content.decode()
    assert len(answer.content) < 200_000
    assert client.get(f"/boite-a-outils/flux/atom.xml?{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["mission=", "mission[]=produire&&&==&kind", "%00=1", "mission=&page="]
)
def test_empty_and_broken_pairs_are_as_if_nothing_was_asked(
    client: Client, toolbox: ToolboxPage, query: str
) -> None:
    answer = client.get(f"{toolbox.url}?{query}")
    assert answer.status_code == 200
    assert answer.context["listing"].ignored == []


@pytest.mark.parametrize(
    ("asked_for", "shown"), [("-1", 1), ("abc", 1), ("0", 1), ("1000000000", 1)]
)
def test_a_page_number_that_is_none_is_said(
    client: Client, toolbox: ToolboxPage, asked_for: str, shown: int
) -> None:
    answer = client.get(toolbox.url, {"page": asked_for})
    assert answer.context["results"].number == shown
    assert answer.context["listing"].ignored == [asked_for]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("mission=%00", "\ufffd"),
        ("page=1%00", "1\ufffd"),
        ("kind=guide%00", "guide\ufffd"),
        ("kind=%E2%80%8B", "\ufffd"),
    ],
)
def test_a_null_byte_and_invisible_signs_are_said_as_unreadable(
    client: Client, toolbox: ToolboxPage, query: str, said: str
) -> None:
    answer = client.get(f"{toolbox.url}?{query}")
    assert answer.context["listing"].ignored == [said]
    assert said in answer.content.decode()


def test_invisible_signs_are_not_repeated() -> None:
    assert asked("kind=\u202eedoced\u202c\u200b").ignored == ["edoced"]


def test_the_canonical_address_does_not_depend_on_the_order_of_the_query(
    filled: ToolboxPage,
) -> None:
    one = asked("kind=guide&mission=vendre&mission=produire&mission=vendre")
    assert one.query == "mission=produire&mission=vendre&kind=guide"


def test_beyond_one_facet_search_engines_are_kept_out(client: Client, filled: ToolboxPage) -> None:
    def robots(query: str) -> bool:
        return (
            'name="robots" content="noindex' in client.get(f"{filled.url}?{query}").content.decode()
        )

    assert not robots("")
    assert not robots("mission=produire")
    assert robots("mission=produire&kind=guide")
    assert robots("sort=title")
    assert robots("mission=inconnue")


def test_the_canonical_address_keeps_one_facet_and_the_page(
    client: Client, filled: ToolboxPage
) -> None:
    answer = client.get(f"{filled.url}?utm_source=lettre&kind=&mission=produire")
    assert (
        '<link rel="canonical" href="http://testserver/boite-a-outils/?mission=produire">'
        in answer.content.decode()
    )


def test_themes_follow_the_chosen_missions(filled: ToolboxPage, anonyme: AnonymousUser) -> None:
    def themes(query: str) -> list[str]:
        form = asked(query)
        counts = form.counts(filled.get_resources(anonyme))
        return [value.value for value in form.groups(counts)[1].values]

    assert themes("") == ["cuisine", "sol"]
    assert themes("mission=vendre") == ["cuisine"]
    assert themes("mission=vendre&theme=sol") == ["cuisine", "sol"], "what is chosen stays"


def test_a_chip_takes_its_value_away(filled: ToolboxPage) -> None:
    chips = list(asked("mission=produire&mission=vendre&kind=guide").chips())
    assert [chip["query"] for chip in chips] == [
        "mission=vendre&kind=guide",
        "mission=produire&kind=guide",
        "mission=produire&mission=vendre",
    ]


def test_reset_leads_back_to_the_whole_toolbox(client: Client, filled: ToolboxPage) -> None:
    page = BeautifulSoup(
        client.get(f"{filled.url}?mission=produire&kind=guide").content, "html5lib"
    )
    resets = [
        each for each in page.select("main a") if each.get_text(strip=True) == "Réinitialiser"
    ]
    assert resets
    assert {each["href"] for each in resets} == {filled.url}
    whole = BeautifulSoup(client.get(filled.url).content, "html5lib")
    assert not whole.select(".chosen__reset")


def test_lists_are_sorted_as_asked(filled: ToolboxPage, anonyme: AnonymousUser) -> None:
    seen = filled.get_resources(anonyme)
    days = [page.issued_on for page in asked("").apply(seen)]
    assert days == sorted(days, reverse=True)
    titles = [page.title for page in asked("sort=title").apply(seen)]
    assert titles == sorted(titles)


def test_titles_are_in_the_order_of_a_french_dictionary(
    toolbox: ToolboxPage, anonyme: AnonymousUser
) -> None:
    titles = ["« Bien » vendre", "Économiser l’eau", "Eau et sol", "Œufs", "Zones humides", "ail"]
    for title in titles:
        factories.resource(toolbox, title=title)
    page = ResourcePage.objects.get(title="ail")
    page.title = "Fenouil"
    page.save_revision().publish()
    found = [page.title for page in asked("sort=title").apply(toolbox.get_resources(anonyme))]
    assert found == [
        *("« Bien » vendre", "Eau et sol", "Économiser l’eau"),
        *("Fenouil", "Œufs", "Zones humides"),
    ]


def test_the_toolbox_costs_the_same_whatever_it_holds(
    client: Client, toolbox: ToolboxPage, grow: Mission, cook: Theme
) -> None:
    def cost() -> int:
        address = f"{toolbox.url}?mission=produire&kind=guide"
        client.get(address)  # what every page shows is remembered from here on
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    factories.resource(toolbox, missions=(grow,), themes=(cook,), kind="guide")
    first = cost()
    for _number in range(13):
        factories.resource(toolbox, missions=(grow,), themes=(cook,), kind="guide")
    assert cost() == first
