"""What every public page holds to, on a tree made by the tests."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page, get_page_models

from events.models import AgendaPage, EventPage
from home.models import AlliancesPage, ContentPage, HomePage, JoinPage, MissionPage
from newsletter.models import NewsletterPage
from resources.models import ResourcePage, ToolboxPage
from site_cocagne.core.models import Mission, Partner
from tests import factories
from tests.conftest import BuildOnce

pytestmark = pytest.mark.django_db

PARAGRAPH = {
    "type": "paragraph",
    "value": "<p>Un texte.</p>",
    "id": "00000000-0000-4000-8000-000000000001",
}


@dataclass
class Tree:
    """A published page of each public type."""

    home: HomePage
    mission: Mission
    mission_page: MissionPage
    toolbox: ToolboxPage
    agenda: AgendaPage
    resource: ResourcePage
    event: EventPage
    content: ContentPage
    join: JoinPage
    alliances: AlliancesPage
    newsletter: NewsletterPage

    @property
    def pages(self) -> list[Page]:
        return [value for value in vars(self).values() if isinstance(value, Page)]


SECTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("hero", {"title": "Rejoignez-nous", "text": "Un réseau.", "image": None, "buttons": []}),
    ("schemes", {"title": "Dispositifs", "schemes": [{"title": "A", "text": "<p>B</p>"}]}),
    ("missions", {"title": "Missions"}),
    ("agenda", {"title": "Agenda", "count": 6}),
    ("framework", {"title": "Référentiel", "requirements": [{"title": "Terres", "text": ""}]}),
    ("join_steps", {"title": "Rejoindre"}),
    ("newsletter", {"title": "La lettre"}),
    ("toolbox", {"title": "Boîte à outils"}),
    ("alliances", {"title": "Alliances"}),
)


def sections() -> list[dict[str, Any]]:
    return [
        {"type": kind, "value": value, "id": f"00000000-0000-4000-8000-00000000010{number}"}
        for number, (kind, value) in enumerate(SECTIONS)
    ]


def plant() -> Tree:
    home = HomePage.objects.get(depth=2, locale__language_code="fr")
    toolbox, agenda = factories.toolbox(home), factories.agenda(home)
    about = factories.mission("produire", name="Produire")
    theme = factories.theme(about, slug="jardinage", name="Jardinage")
    factories.contact(about)
    Partner.objects.create(name="Un partenaire", tie="Un lien.", locale=home.locale)
    home.sections = sections()
    home.save_revision().publish()
    return Tree(
        home=home,
        mission=about,
        mission_page=factories.mission_page(home, about),
        toolbox=toolbox,
        agenda=agenda,
        resource=factories.resource(
            toolbox,
            missions=(about,),
            themes=(theme,),
            documents=(factories.document(),),
            body=[PARAGRAPH],
        ),
        event=factories.event(agenda, missions=(about,), body=[PARAGRAPH]),
        content=factories.content(home, body=[PARAGRAPH], slug="mentions"),
        join=factories.add_page(home, JoinPage, slug="rejoindre"),
        alliances=factories.add_page(home, AlliancesPage, slug="alliances"),
        newsletter=factories.add_page(home, NewsletterPage, slug="newsletter"),
    )


@pytest.fixture(scope="module")
def planted(build_once: BuildOnce) -> Tree:
    tree: Tree = build_once(plant)
    return tree


@pytest.fixture
def tree(planted: Tree, db: None) -> Tree:
    return copy.deepcopy(planted)


OTHER_ADDRESSES = ("/recherche/", "/recherche/?q=texte", "/plan-du-site/")


def test_every_page_type_answers(tree: Tree, client: Client) -> None:
    for page in tree.pages:
        response = client.get(page.url)
        assert response.status_code == 200, page
        assert "<h1" in response.content.decode(), page
    for address in OTHER_ADDRESSES:
        assert client.get(address).status_code == 200, address


def test_a_page_has_one_first_level_heading_and_one_main(tree: Tree, client: Client) -> None:
    for page in tree.pages:
        soup = BeautifulSoup(client.get(page.url).content, "html.parser")
        assert len(soup.find_all("h1")) == 1, page
        assert len(soup.find_all("main")) == 1, page
        assert soup.html is not None
        assert soup.html["lang"] == "fr"


def test_no_page_asks_anything_of_another_host(tree: Tree, client: Client) -> None:
    for address in [page.url for page in tree.pages] + list(OTHER_ADDRESSES):
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        for element in soup.find_all(src=True):
            assert str(element["src"]).startswith("/"), element
        for element in soup.find_all("link", rel=["stylesheet", "icon", "preload"]):
            assert str(element["href"]).startswith("/"), element


def test_nothing_runs_inline_and_nobody_gets_a_cookie(tree: Tree, client: Client) -> None:
    for address in [page.url for page in tree.pages] + list(OTHER_ADDRESSES):
        response = client.get(address)
        soup = BeautifulSoup(response.content, "html.parser")
        assert not soup.find_all(style=True), address
        assert not soup.find_all("style"), address
        assert all(
            script.get("src") or script.get("type") == "application/ld+json"
            for script in soup.find_all("script")
        ), address
        assert not response.cookies, address
        assert "Cookie" not in response.headers.get("Vary", ""), address
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


JUNK = (
    "%00",
    "é" * 10,
    "x" * 10_000,
    "-1",
    "999999999999999999999",
    "9" * 400,
    "2026-13-45",
    "0000-00-00",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\u202e\u200b",
    "🥕",
    "[]",
    "(.*)+$",
    "\\",
    "%",
)
NAMES = (
    "q",
    "page",
    "mission",
    "theme",
    "kind",
    "region",
    "format",
    "period",
    "mois",
    "année",
    "x",
)


@pytest.mark.parametrize("junk", JUNK)
def test_junk_in_a_query_string_is_a_page_or_a_404(tree: Tree, client: Client, junk: str) -> None:
    value = junk if junk == "%00" else quote(junk)
    query = "&".join(f"{name}={value}&{name}[]={value}" for name in NAMES)
    for address in [page.url for page in tree.pages] + ["/recherche/", "/plan-du-site/"]:
        assert client.get(f"{address}?{query}").status_code in {200, 404}, address
    # Those that read a query: one name alone, which a number of the page out of reach hides.
    for address in (tree.toolbox.url, tree.agenda.url, "/recherche/", "/plan-du-site/"):
        for name in NAMES[:2]:
            assert client.get(f"{address}?{name}={value}").status_code in {200, 404}, address


def test_a_null_byte_in_a_path_is_a_404(client: Client, home: HomePage) -> None:
    assert client.get("/agenda%00/").status_code == 404
    assert client.get("/documents/1/%00.pdf").status_code == 404


def test_a_page_past_the_last_shows_the_last_and_says_so(tree: Tree, client: Client) -> None:
    page = client.get(f"{tree.toolbox.url}?page=987654").content.decode()
    assert "987654" in page
    assert tree.resource.title in page
    assert client.get("/plan-du-site/?page=987654").status_code == 200


def test_unknown_choices_are_said_and_ignored(tree: Tree, client: Client) -> None:
    page = client.get(f"{tree.toolbox.url}?mission=inconnue").content.decode()
    assert "inconnue" in page
    assert tree.resource.title in page


def test_the_filter_narrows_by_mission_theme_and_kind(tree: Tree, client: Client) -> None:
    other = factories.resource(tree.toolbox, kind=ResourcePage.Kind.VIDEO)
    for query in ("mission=produire", "theme=jardinage", "kind=sheet"):
        page = client.get(f"{tree.toolbox.url}?{query}").content.decode()
        assert tree.resource.url in page, query
        assert other.url not in page, query


def test_a_missing_picture_costs_the_picture_not_the_page(tree: Tree, client: Client) -> None:
    picture = factories.image()
    tree.content.picture = picture
    tree.content.save_revision().publish()
    picture.file.storage.delete(picture.file.name)
    response = client.get(tree.content.url)
    assert response.status_code == 200
    assert tree.content.title in response.content.decode()


def test_a_picture_is_served_sized_and_in_modern_formats(tree: Tree, client: Client) -> None:
    tree.content.picture = factories.image(description="Un champ")
    tree.content.save_revision().publish()
    soup = BeautifulSoup(client.get(tree.content.url).content, "html.parser")
    picture = soup.select_one("main picture")
    assert picture is not None
    kinds = {source["type"] for source in picture.find_all("source")}
    assert {"image/avif", "image/webp"} <= kinds
    image = picture.find("img")
    assert image is not None
    assert image["width"]
    assert image["height"]
    assert image["alt"] == "Un champ"


HALF_EMPTY: tuple[tuple[type[Page], type[Page], dict[str, Any]], ...] = (
    (AgendaPage, EventPage, {}),
    (ToolboxPage, ResourcePage, {}),
    (HomePage, ContentPage, {}),
    (HomePage, JoinPage, {}),
    (HomePage, AlliancesPage, {}),
    (HomePage, NewsletterPage, {}),
)


@pytest.mark.parametrize(("parent_type", "page_type", "fields"), HALF_EMPTY)
def test_a_half_empty_draft_previews_lists_and_prints(
    tree: Tree,
    superuser: Any,
    logged_in: Callable[[Any], Client],
    rf: Any,
    parent_type: type[Page],
    page_type: type[Page],
    fields: dict[str, Any],
) -> None:
    parent = parent_type.objects.get(depth=2 if parent_type is HomePage else 3)
    draft = factories.add_page(parent, page_type, live=False, title="Brouillon", **fields)
    assert isinstance(str(draft), str)
    browser = logged_in(superuser)
    assert draft.make_preview_request().status_code == 200
    assert browser.get(f"/admin/pages/{parent.pk}/").status_code == 200
    assert browser.get(f"/admin/pages/{draft.pk}/edit/").status_code == 200
    assert browser.get(f"/admin/pages/{draft.pk}/view_draft/").status_code == 200


def test_error_pages_are_in_the_look_of_the_site(tree: Tree, client: Client) -> None:
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert 'lang="fr"' in response.content.decode()
    assert tree.home.menu_title


def test_the_site_map_and_the_sitemap_list_what_anybody_may_read(
    tree: Tree, client: Client
) -> None:
    hidden = factories.resource(tree.toolbox, audience="members", title="Réservée absolument")
    listing = client.get("/plan-du-site/").content.decode()
    index = client.get("/sitemap.xml")
    assert index.status_code == 200
    section = client.get("/sitemap-pages.xml").content.decode()
    for page in tree.pages:
        assert page.url in listing
        assert page.url in section
    assert hidden.url not in listing
    assert hidden.url not in section


def test_the_health_addresses_answer(client: Client, db: None) -> None:
    assert client.get("/sante/").json() == {"status": "alive"}
    assert client.get("/sante/pret/").json()["status"] == "ready"


def test_the_language_is_that_of_the_address_alone(tree: Tree, client: Client) -> None:
    response = client.get("/", headers={"accept-language": "en"})
    assert response.headers["Content-Language"] == "fr"
    assert "Accept-Language" not in response.headers.get("Vary", "")
    assert client.get("/en/plan-du-site/").headers["Content-Language"] == "en"


def test_every_page_type_says_what_several_of_it_are_called() -> None:
    ours = [model for model in get_page_models() if model is not Page]
    assert len(ours) > 12
    for model in ours:
        assert "verbose_name_plural" in model._meta.original_attrs, model
