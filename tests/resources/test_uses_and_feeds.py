"""Figures without trackers, feeds of what is public, and what surrounds a resource."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook
from wagtail.models import Page, Site

from events.models import AgendaPage
from members.models import User
from resources.filters import ToolboxFilter
from resources.models import ResourcePage, ResourceVersion, ToolboxPage
from resources.uses import DailyUse, count_view
from resources.volume import seed_resources
from site_cocagne.core.models import Audience, Navigation, SearchEntry
from site_cocagne.core.search import entries
from tests import factories

pytestmark = pytest.mark.django_db

BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
ATOM = "{http://www.w3.org/2005/Atom}"


def test_views_and_downloads_are_totals_of_the_day(client: Client, toolbox: ToolboxPage) -> None:
    file = factories.document()
    page = factories.resource(toolbox, documents=(file,))
    for _time in range(2):
        client.get(page.url, headers=BROWSER)
    client.get(file.url, headers=BROWSER)
    client.get(page.url, headers={"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"})
    client.get(page.url)
    client.head(page.url, headers=BROWSER)
    row = DailyUse.objects.get()
    assert (row.page, row.views, row.downloads) == (page, 2, 1)
    assert "Set-Cookie" not in client.get(page.url, headers=BROWSER).headers


def test_a_closed_door_counts_nothing(client: Client, toolbox: ToolboxPage) -> None:
    page = factories.resource(toolbox, audience=Audience.MEMBERS)
    client.get(page.url, headers=BROWSER)
    assert not DailyUse.objects.exists()


def test_most_used_comes_first_when_asked(client: Client, toolbox: ToolboxPage) -> None:
    used = factories.resource(toolbox, issued_on=datetime.date(2020, 1, 1))
    factories.resource(toolbox)
    client.get(used.url, headers=BROWSER)
    answer = client.get(f"{toolbox.url}?sort=used")
    assert answer.context["results"].object_list[0].pk == used.pk


def titles_of(client: Client, query: str) -> list[str | None]:
    answer = client.get(f"/boite-a-outils/flux/atom.xml{query}")
    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.content)  # noqa: S314 (our own answer)
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def test_a_feed_follows_a_filter_and_holds_only_what_is_public(
    client: Client, toolbox: ToolboxPage, adherent: User
) -> None:
    factories.resource(toolbox, title="Un guide", kind="guide")
    factories.resource(toolbox, title="Un outil", kind="tool")
    factories.resource(toolbox, title="Un secret", kind="guide", audience=Audience.MEMBERS)
    client.force_login(adherent)
    assert sorted(map(str, titles_of(client, ""))) == ["Un guide", "Un outil"]
    assert titles_of(client, "?kind=guide&kind=inconnu") == ["Un guide"]
    assert client.get("/boite-a-outils/flux/rss.xml").status_code == 200


def test_a_resource_shows_its_neighbours_its_dates_and_its_earlier_versions(
    client: Client, toolbox: ToolboxPage, agenda: AgendaPage
) -> None:
    grow = factories.mission("produire")
    soil = factories.theme(grow, slug="sol")
    before = factories.document("avant.txt", title="Première version")
    page = factories.resource(toolbox, missions=(grow,), themes=(soil,))
    page.version_rows.set([ResourceVersion(document=before, note="Chiffres de 2026 ajoutés.")])
    page.save_revision().publish()
    near = factories.resource(toolbox, themes=(soil,))
    factories.resource(toolbox)
    event = factories.event(agenda, missions=(grow,))
    answer = client.get(page.url)
    assert answer.context["related"] == [near]
    assert answer.context["events"] == [event]
    text = answer.content.decode()
    assert "Chiffres de 2026 ajoutés." in text
    assert before.url in text


def test_a_resource_says_who_made_it_where_under_which_licence_and_when_it_was_checked(
    client: Client, toolbox: ToolboxPage
) -> None:
    page = factories.resource(
        toolbox,
        authors="Maïa Renard",
        garden="Jardin du Bas",
        licence=ResourcePage.Licence.CC_BY_SA,
        issued_on=datetime.date(2026, 2, 3),
        verified_on=datetime.date(2040, 5, 4),
    )
    listed = BeautifulSoup(client.get(page.url).content, "html5lib").select("dl div")
    pairs = [[part.get_text(" ", strip=True) for part in each.select("dt, dd")] for each in listed]
    said = {name: " ".join(value.split()) for name, value in pairs}
    assert said["Auteur·rice·s"] == "Maïa Renard"
    assert "Jardin du Bas" in said.values()
    assert said["Licence"] == page.get_licence_display()
    assert said["Vérifiée le"] == "4 mai 2040"
    assert "3 février 2026" in said.values()


def test_a_file_says_what_it_is_before_anybody_opens_it(db: None) -> None:
    sheet = factories.document("fiche.pdf", b"%PDF-1.4 " + b"x" * 1200)
    sheet.page_count = 14
    sheet.file_size = 1_258_291
    assert sheet.facts == "PDF – 1,3\xa0Mo – 14\xa0p."
    sound = factories.document("voix.mp3", b"son")
    sound.duration = 725
    assert sound.facts == "audio – 12\xa0min"


def test_resources_made_in_bulk_are_pages_like_the_others(
    toolbox: ToolboxPage, anonyme: AnonymousUser, adherent: User, client: Client
) -> None:
    grow = factories.mission("produire")
    factories.theme(grow, slug="sol")
    assert seed_resources(60) == 60
    assert all(not problems for problems in Page.find_problems())
    page = ResourcePage.objects.order_by("-pk").first()
    assert page is not None
    assert page.mission_rows.count() == 1
    assert list(entries.rebuild())
    assert SearchEntry.objects.filter(page__in=ResourcePage.objects.all()).count() == 60
    assert client.get(f"{toolbox.url}?kind=guide").status_code == 200
    form = ToolboxFilter(None, language_code="fr")
    assert form.counts(toolbox.get_resources(adherent)).total == 60
    assert form.counts(toolbox.get_resources(anonyme)).total < 61


def test_an_index_that_was_stopped_goes_on(toolbox: ToolboxPage) -> None:
    seed_resources(30)
    steps = entries.rebuild(batch=10)
    last = next(iter(steps))
    written = SearchEntry.objects.count()
    assert list(entries.rebuild(after=last, batch=10))
    assert SearchEntry.objects.count() > written
    pages = set(Page.objects.filter(live=True, depth__gte=2).values_list("pk", flat=True))
    assert set(SearchEntry.objects.values_list("page_id", flat=True)) == pages


def test_no_page_of_the_toolbox_costs_more_queries_than_allowed(
    client: Client, toolbox: ToolboxPage, django_assert_max_num_queries: Any
) -> None:
    grow = factories.mission("produire")
    factories.theme(grow, slug="sol")
    seed_resources(60)
    navigation: Any = Navigation.for_site(Site.objects.get(is_default_site=True))
    navigation.menu_items.create(page=toolbox)
    for query in ("", "?mission=produire&kind=guide", "?sort=used&page=2"):
        client.get(toolbox.url + query)  # types of content, once a process
        cache.clear()  # nothing is remembered: menus, missions and themes are asked for too
        with django_assert_max_num_queries(15):
            client.get(toolbox.url + query)


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_the_team_takes_its_figures_away_and_no_visitor_writes_a_formula_in_them(
    toolbox: ToolboxPage, validatrice: User, logged_in: Callable[[User], Client], export: str
) -> None:
    page = factories.resource(toolbox, title="=1+1")
    count_view(page.pk)
    Client().get("/recherche/", {"q": '=HYPERLINK("http")'}, headers=BROWSER)
    for address in ("resources/dailyuse", "core/fruitlesssearch"):
        answer = logged_in(validatrice).get(f"/admin/snippets/{address}/?export={export}")
        assert answer.status_code == 200
        content = b"".join(answer) if answer.streaming else answer.content
        cells = cells_of(content, export)
        assert "'=1+1" in cells or "'=hyperlink" in " ".join(cells)
        assert not [cell for cell in cells if cell.startswith("=")]


def cells_of(content: bytes, export: str) -> list[str]:
    if export == "csv":
        return [
            cell for row in csv.reader(content.decode("utf-8-sig").splitlines()) for cell in row
        ]
    sheet: Any = load_workbook(io.BytesIO(content)).active
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
