"""A third language by configuration alone: ``CONTENT_LANGUAGES=fr,en,es`` and a command."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from editorial.translations_matrix import State, rows
from home.models import HomePage, MissionPage
from newsletter import guard, outbox
from newsletter.models import NewsletterPage
from site_cocagne.core.models import Mission
from site_cocagne.settings.languages import checked, language_settings
from tests import factories
from tests.languages.test_addresses import hreflang, read_map
from tests.languages.test_treatment import PARAGRAPH, translate

BASE = "http://testserver"


@pytest.fixture
def spanish(home: HomePage, settings: Any) -> Locale:
    """The language as an operator adds it: a setting and a command."""
    for name, value in language_settings(["fr", "en", "es"]).items():
        setattr(settings, name, value)
    call_command("bootstrap_site", stdout=io.StringIO())
    return Locale.objects.get(language_code="es")


def in_spanish(thing: Any, locale: Locale, **words: str) -> Any:
    """Extract, translate (``words`` by path, else a mark), save, publish."""
    source, _ = TranslationSource.update_or_create_from_instance(thing)
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            data=words.get(segment.context.path, f"{segment.string.data}-es"),
        )
    is_page = hasattr(thing, "slug") and hasattr(thing, "depth")
    translation.save_target(publish=not is_page)
    target = translation.get_target_instance()
    if is_page:
        target.get_latest_revision().publish()
    return type(thing)._default_manager.get(pk=target.pk)


@pytest.fixture
def mission(home: HomePage, spanish: Locale) -> MissionPage:
    """A mission in the three languages, with what leads to it; returned in French."""
    about = factories.mission("produire", name="Produire")
    page = factories.mission_page(
        home, about, title="Produire des légumes", slug="produire", your_mission="<p>Cultiver.</p>"
    )
    for thing in (about, home, page.get_parent().specific, page):
        translate(thing)
    in_spanish(about, spanish, name="Producir")
    in_spanish(home, spanish, slug="inicio")
    in_spanish(page.get_parent().specific, spanish, slug="misiones")
    in_spanish(page, spanish, title="Producir hortalizas", slug="producir")
    return page


def test_a_mission_is_read_in_the_third_language(mission: MissionPage, client: Client) -> None:
    response = client.get("/es/misiones/producir/")
    text = response.content.decode()
    assert response.headers["Content-Language"] == "es"
    assert '<html lang="es">' in text
    assert "Producir hortalizas" in text
    assert "Cultiver.-es" in text
    assert 'hreflang="es"' in text
    assert "Español" in text
    assert client.get("/es/").status_code == 200
    assert client.get("/es/nada/").status_code == 404


def test_three_languages_name_one_another(mission: MissionPage, client: Client) -> None:
    expected = {
        "fr": f"{BASE}/missions/produire/",
        "en": f"{BASE}/en/missions-en/produire-en/",
        "es": f"{BASE}/es/misiones/producir/",
        "x-default": f"{BASE}/missions/produire/",
    }
    for address in list(expected.values())[:3]:
        assert hreflang(client, address.removeprefix(BASE)) == expected
    assert read_map(client)[expected["es"]] == expected


def test_the_switcher_offers_the_home_of_a_language_that_lacks_the_page(
    mission: MissionPage, home: HomePage, client: Client
) -> None:
    page = factories.content(home, title="Seulement en français")
    text = client.get(page.url).content.decode()
    assert 'href="/es/"' in text
    assert "languages__missing" in text


def test_the_matrix_has_a_column_more(
    mission: MissionPage, home: HomePage, spanish: Locale, validatrice: Any,
    logged_in: Callable[[Any], Client],
) -> None:  # fmt: skip
    page = factories.content(home)
    found = {row.pk: row for row in rows(validatrice)}
    assert [cell.locale.language_code for cell in found[page.pk].cells] == ["en", "es"]
    assert found[page.pk].cells[1].states == {State.MISSING}
    assert found[mission.pk].cells[1].states == {State.CURRENT}
    browser = logged_in(validatrice)
    browser.post(f"/admin/bureau/traductions/{page.pk}/{spanish.pk}/")
    assert not page.get_translation(spanish).live
    assert page.get_translation(spanish).permissions_for_user(validatrice).can_edit()
    text = browser.get("/admin/bureau/traductions/", {"langue": "es"}).content.decode()
    assert "Espagnol" in text


def test_the_home_of_a_new_language_is_begun_edited_and_reviewed_by_the_usual_people(
    validatrice: Any, redactrice: Any, home: HomePage, spanish: Locale,
    logged_in: Callable[[Any], Client],
) -> None:  # fmt: skip
    logged_in(validatrice).post(f"/admin/bureau/traductions/{home.pk}/{spanish.pk}/")
    made = home.get_translation(spanish)
    assert made.permissions_for_user(redactrice).can_edit()
    assert made.get_workflow() == home.get_workflow()
    assert not made.live


def test_beginning_a_language_leaves_the_others_as_they_are(
    mission: MissionPage, home: HomePage, spanish: Locale, validatrice: Any,
    logged_in: Callable[[Any], Client],
) -> None:  # fmt: skip
    page = factories.content(home)
    other = translate(page)
    logged_in(validatrice).post(f"/admin/bureau/traductions/{page.pk}/{spanish.pk}/")
    other.refresh_from_db()
    assert not other.has_unpublished_changes
    row = next(row for row in rows(validatrice) if row.pk == page.pk)
    assert [cell.states for cell in row.cells] == [{State.CURRENT}, {State.DRAFT}]


def test_the_search_finds_it_in_its_language_only(mission: MissionPage, client: Client) -> None:
    found = client.get("/es/recherche/", {"q": "hortalizas"}).content.decode()
    assert "/es/misiones/producir/" in found
    assert (
        "/es/misiones/producir/"
        not in client.get("/recherche/", {"q": "hortalizas"}).content.decode()
    )
    assert client.get("/es/recherche/suggestions/", {"q": "hortal"}).status_code == 200


def test_lists_filters_and_forms_work_in_it(
    mission: MissionPage, home: HomePage, spanish: Locale, client: Client
) -> None:
    toolbox, agenda = factories.toolbox(home), factories.agenda(home)
    newsletter = factories.add_page(
        home, NewsletterPage, slug="newsletter", consent_text="<p>J’accepte.</p>", body=PARAGRAPH
    )
    for page in (toolbox, agenda, newsletter):
        in_spanish(page, spanish, slug=page.slug)
    about = Mission.objects.get(slug="produire", locale=home.locale)
    resource = factories.resource(toolbox, missions=(about,), title="Une fiche")
    made = in_spanish(resource, spanish, title="Una ficha")
    listed = client.get("/es/boite-a-outils/", {"mission": "produire", "mot": "ficha"})
    assert made.title in listed.content.decode()
    assert client.get("/es/agenda/", {"region": "nothing"}).status_code == 200
    assert client.get("/es/plan-du-site/").status_code == 200
    assert 'action="/es/newsletter/' in client.get("/es/newsletter/").content.decode()
    with time_machine.travel(timezone.now() - datetime.timedelta(minutes=1), tick=False):
        token = guard.form_token()
    signed = client.post(
        "/es/newsletter/inscription/", {"email": "lectora@example.org", "token": token}
    )
    assert (signed.status_code, signed["Location"]) == (302, "/es/newsletter/merci/")
    outbox.run()
    assert "http://testserver/es/newsletter/confirmer/" in str(mail.outbox[0].body)


@pytest.mark.parametrize(
    "codes", [["en", "fr"], ["fr", "fr"], ["fr", "xx"], ["fr", "zh-hans"], ["fr", "../en"], []]
)
def test_a_setting_that_names_no_language_is_refused_at_the_start(codes: list[str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="CONTENT_LANGUAGES"):
        checked(codes)
    assert checked([" fr", "PT-BR "]) == ["fr", "pt-br"]
