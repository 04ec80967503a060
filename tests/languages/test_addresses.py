"""Addresses in two languages: each names the other, and only what is open."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import File
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, Page

from home.models import HomePage
from resources.models import ResourceLink, ResourceVersion
from site_cocagne.core.models import SiteImage
from site_cocagne.core.sitemaps import PageSitemap
from tests import factories

HREFLANG = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
LOC = re.compile(r"<loc>([^<]+)</loc>")
ALTERNATE = re.compile(r'<xhtml:link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/>')


def in_english(page: Any, **fields: Any) -> Any:
    copy = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return type(page)._default_manager.get(pk=copy.pk)


@pytest.fixture
def both(home: HomePage) -> HomePage:
    """The home page in French and in English."""
    in_english(home)
    return home


def hreflang(client: Client, url: str) -> dict[str, str]:
    return dict(HREFLANG.findall(client.get(url).content.decode()))


def test_languages_name_each_other_and_the_source_for_all_others(
    both: HomePage, client: Client
) -> None:
    page = factories.content(both, slug="une-page")
    assert hreflang(client, page.url) == {}
    other = in_english(page, slug="a-page")
    expected = {
        "fr": "http://testserver/une-page/",
        "en": "http://testserver/en/a-page/",
        "x-default": "http://testserver/une-page/",
    }
    assert hreflang(client, page.url) == hreflang(client, other.url) == expected
    assert hreflang(client, f"{page.url}?utm=1") == expected


def test_an_address_below_a_page_names_no_other(both: HomePage, client: Client) -> None:
    """The other language may have nothing in that month, and would name its agenda only."""
    agenda = factories.agenda(both)
    event = factories.event(agenda)
    factories.event(agenda, in_days=-1)
    other = in_english(agenda)
    past = timezone.localdate() - datetime.timedelta(days=1)
    assert hreflang(client, agenda.url) == hreflang(client, other.url) != {}
    for below in (
        f"{event.start_date:%Y/%m}/",
        f"{event.start_date:%Y/%m/%d}/",
        f"archives/{past:%Y}/",
    ):
        text = client.get(f"{agenda.url}{below}").content.decode()
        assert f'<link rel="canonical" href="http://testserver{agenda.url}{below}">' in text
        assert HREFLANG.findall(text) == [], below


def test_what_is_no_page_names_no_other(both: HomePage, client: Client) -> None:
    for address in ("/plan-du-site/", "/recherche/", "/nulle-part/"):
        for prefix in ("", "/en"):
            assert hreflang(client, f"{prefix}{address}") == {}


def test_an_address_with_accents_names_itself(both: HomePage, client: Client) -> None:
    page = factories.content(both, slug="été")
    other = in_english(page, slug="summer")
    assert hreflang(client, page.url) == hreflang(client, other.url)
    assert hreflang(client, page.url)["fr"] == f"http://testserver{page.url}"


@pytest.mark.parametrize("closed", ["reserved", "unpublished"])
def test_what_is_closed_or_offline_is_named_nowhere(
    both: HomePage, client: Client, closed: str, logged_in: Callable[[Any], Client], adherent: Any
) -> None:
    page = factories.content(both)
    other = in_english(page, slug="other")
    if closed == "reserved":
        other.audience = "members"
        other.save_revision().publish()
        assert hreflang(logged_in(adherent), page.url) == {}
    else:
        other.unpublish()
        assert hreflang(client, page.url) == {}
    listed = client.get("/sitemap-pages.xml").content.decode()
    assert other.url not in listed


def test_the_switcher_says_what_is_not_translated(both: HomePage, client: Client) -> None:
    page = factories.content(both)
    text = client.get(page.url).content.decode()
    assert 'class="languages__missing" href="/en/"' in text
    assert "Cette page n’est pas traduite" in text
    in_english(page)
    assert "languages__missing" not in client.get(page.url).content.decode()


def test_an_address_answers_the_same_whatever_the_browser_speaks(
    both: HomePage, client: Client
) -> None:
    for accepted in ("en", "fr", "de;q=0.1"):
        response = client.get("/", headers={"accept-language": accepted})
        assert response.status_code == 200
        assert response.headers["Content-Language"] == "fr"
        assert "Accept-Language" not in response.headers.get("Vary", "")
        assert not response.cookies


def test_the_names_of_shared_files_are_marked_as_french(both: HomePage, client: Client) -> None:
    toolbox = factories.toolbox(both)
    resource = factories.resource(toolbox, documents=(factories.document("Fiche d’essai.txt"),))
    other = in_english(resource, slug="other")
    assert '<span lang="fr">Fiche' in client.get(other.url).content.decode()
    assert '<span lang="fr">' not in client.get(resource.url).content.decode()


def test_recordings_and_players_that_a_translation_shares_are_marked_as_french(
    both: HomePage, client: Client
) -> None:
    """What is said, the titles and the captions; a caption of the page's own is translated."""
    captions = factories.document("film.vtt", b"WEBVTT\n")
    film = factories.document(
        "film.mp4", b"0", title="Un film", transcript="On entend la pluie.", captions=captions
    )
    older = factories.document("avant.txt", title="Avant")
    page = factories.resource(
        factories.toolbox(both),
        documents=(film,),
        body=[
            ("recording", {"recording": film, "caption": ""}),
            ("recording", {"recording": film, "caption": "Own words"}),
            ("documents", {"title": "", "documents": [film]}),
        ],
    )
    ResourceLink.objects.create(page=page, label="Ailleurs", url="https://youtu.be/abc")
    ResourceVersion.objects.create(page=page, document=older, note="Corrigé")
    page = type(page).objects.get(pk=page.pk)
    other = in_english(page, slug="other")
    soup = BeautifulSoup(client.get(other.url).content, "html5lib").main
    assert soup is not None
    for words, times in (
        *(("Un film", 6), ("On entend la pluie", 3), ("Ailleurs", 4)),
        *(("Avant", 1), ("Corrigé", 1)),
    ):
        found = soup.find_all(string=re.compile(words))
        assert len(found) == times, words
        for each in found:
            nearest = each.find_parent(lang=True)
            assert nearest is not None, words
            assert nearest["lang"] == "fr", words
    for own in ("Own words", "Transcript"):
        nearest = soup.find_all(string=own)[0].find_parent(lang=True)
        assert nearest is not None
        assert nearest["lang"] == "en", own
    assert [track["srclang"] for track in soup.select("track")] == ["fr"] * 3
    french = BeautifulSoup(client.get(page.url).content, "html5lib")
    assert [track["srclang"] for track in french.select("track")] == ["fr"] * 3
    assert not french.select("main [lang]")


def test_what_a_translation_shares_with_its_source_is_marked_as_french(
    both: HomePage, client: Client
) -> None:
    """Names of people and places, and entries of the directory that nobody translated yet."""
    mission = factories.mission("produire", name="Produire")
    toolbox, agenda = factories.toolbox(both), factories.agenda(both)
    theme = factories.theme(mission, slug="jardinage", name="Jardinage")
    pages = (
        factories.event(
            agenda,
            missions=(mission,),
            organiser="Le réseau",
            address="3, rue du Verger",
            contact=factories.contact(mission, name="Le service"),
        ),
        factories.resource(
            toolbox, missions=(mission,), themes=(theme,), authors="Une équipe", garden="Un jardin"
        ),
    )
    for page in pages:
        other = in_english(page, slug=f"{page.slug}-en")
        soup = BeautifulSoup(client.get(other.url).content, "html5lib")
        for words in (
            *("Le réseau", "3, rue du Verger", "Le service", "Produire"),
            *("Une équipe", "Un jardin", "Jardinage"),
        ):
            for found in soup.select("main")[0].find_all(string=re.compile(words)):
                nearest = found.find_parent(lang=True)
                assert nearest is not None, words
                assert nearest["lang"] == "fr", words
        assert soup.select("main [lang=fr]")
        french = BeautifulSoup(client.get(page.url).content, "html5lib")
        assert not french.select("main [lang]")


def read_map(client: Client) -> dict[str, dict[str, str]]:
    """Every address of the site map with its alternates, through the index."""
    found: dict[str, dict[str, str]] = {}
    for section in LOC.findall(client.get("/sitemap.xml").content.decode()):
        for entry in client.get(section).content.decode().split("<url>")[1:]:
            found[LOC.findall(entry)[0]] = dict(ALTERNATE.findall(entry))
    return found


def test_the_map_is_paged_with_alternates_for_a_constant_number_of_queries(
    both: HomePage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PageSitemap, "limit", 4)
    counts = []
    for number in (1, 6):
        for _ in range(number):
            in_english(factories.content(both))
        client.get("/sitemap-pages.xml")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/sitemap-pages.xml")
        with CaptureQueriesContext(connection) as of_index:
            client.get("/sitemap.xml")
        counts.append((len(queries), len(of_index)))
    assert counts[0] == counts[1]
    found = read_map(client)
    assert len(found) == Page.objects.live().filter(depth__gte=2).count() == 16
    for address, alternates in found.items():
        assert set(alternates) == {"fr", "en", "x-default"}, address
        assert address in alternates.values()


def cheap_rendition(self: SiteImage, rendition_filter: Any, source: Any = None) -> File[bytes]:
    """A picture of one point: how pictures are made is not what is walked here."""
    buffer = BytesIO()
    Image.new("RGB", (1, 1)).save(buffer, "PNG")
    return File(buffer, name=f"{self.pk}-{rendition_filter.spec[-20:]}.png")


def crawl(client: Client) -> dict[str, dict[str, str]]:
    """Every address of the map, read, with what it says of its languages."""
    said = {}
    for address, alternates in read_map(client).items():
        path = re.sub(r"^https?://[^/]+", "", address)
        response = client.get(path)
        assert response.status_code == 200, path
        text = response.content.decode()
        language = "en" if path.startswith("/en/") else "fr"
        assert f'<html lang="{language}">' in text
        assert f'<link rel="canonical" href="http://testserver{path}">' in text
        said[path] = {
            code: re.sub(r"^https?://[^/]+", "", url) for code, url in HREFLANG.findall(text)
        }
        assert set(said[path]) == set(alternates), path
    return said


def verify_reciprocal(said: dict[str, dict[str, str]]) -> None:
    for path, alternates in said.items():
        if alternates:
            assert path in alternates.values()
            assert alternates["x-default"] == alternates["fr"]
        for url in alternates.values():
            assert said[url] == alternates, f"{path} and {url}"
