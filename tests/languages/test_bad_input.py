"""What goes wrong around a translation: it is told, and no page is lost or leaked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse
from wagtail.models import Site
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)

from editorial import translation_sync
from editorial.translations_matrix import State, rows
from home.models import ContentPage, HomePage
from site_cocagne.core.access import can_view
from site_cocagne.settings.languages import language_settings
from tests import factories
from tests.languages.test_treatment import english, picture_block, translate

LoggedIn = Callable[[Any], Client]


@pytest.fixture
def both(home: HomePage) -> HomePage:
    translate(home)
    return home


@pytest.fixture
def page(both: HomePage) -> ContentPage:
    return factories.content(both, title="Une page", slug="une-page", summary="Un résumé.")


def stored(page: Any) -> Any:
    return type(page)._default_manager.get(pk=page.pk)


def running(page: Any) -> Translation:
    return Translation.objects.get(source__object_id=page.translation_key)


def sync(page: Any, user: Any) -> Any:
    """Bring the translations up to date; the draft that was made."""
    translation_sync.bring_up_to_date(running(page).source, user)
    return page.get_translation(english()).specific.get_latest_revision_as_object()


# --- the source -----------------------------------------------------------------------------------


def test_a_translation_of_a_deleted_source_stays_readable_and_editable(
    page: ContentPage, superuser: Any, client: Client, logged_in: LoggedIn
) -> None:
    target = translate(page)
    page.delete()
    assert client.get(target.url).status_code == 200
    address = reverse("wagtailadmin_pages:edit", args=[target.pk])
    assert logged_in(superuser).get(address).status_code == 200
    assert {State.ALONE} in [cell.states for row in rows(superuser) for cell in row.cells]


def test_a_translation_of_a_moved_source_keeps_its_address_and_follows_its_words(
    page: ContentPage, both: HomePage, superuser: Any, client: Client
) -> None:
    target, other = translate(page), factories.content(both)
    page.move(other, pos="last-child")
    page = stored(page)
    page.title = "Une page déplacée"
    page.save_revision().publish()
    assert sync(page, superuser).title == "Une page déplacée"
    assert client.get(target.url).status_code == 200
    assert f'hreflang="fr" href="http://testserver{page.url}"' in (
        client.get(target.url).content.decode()
    )


def test_a_translation_of_an_unpublished_source_is_told_and_can_still_follow(
    page: ContentPage, superuser: Any
) -> None:
    translate(page)
    page.unpublish()
    row = next(row for row in rows(superuser) if row.pk == page.pk)
    assert row.cells[0].states == {State.ALONE}
    assert sync(page, superuser).title == "Une page (EN)"


def test_a_source_reserved_after_translation_closes_the_translation_at_once(
    page: ContentPage, adherent: Any, anonyme: Any, client: Client
) -> None:
    target = translate(page)
    page.audience, page.door = "members", "hidden"
    page.save_revision().publish()
    assert client.get(target.url).status_code == 302
    assert not can_view(anonyme, stored(target))
    assert can_view(adherent, stored(target))
    assert target.url not in client.get("/sitemap-pages.xml").content.decode()
    assert target.title not in client.get("/en/recherche/", {"q": "page"}).content.decode()


# --- the fields -----------------------------------------------------------------------------------


def test_an_address_that_is_taken_becomes_another(
    page: ContentPage, both: HomePage, client: Client
) -> None:
    there = both.get_translation(english())
    factories.content(there, slug="une-page-en", title="Already here")
    target = translate(page)
    assert target.slug == "une-page-en-1"
    assert "Already here" in client.get("/en/une-page-en/").content.decode()
    assert client.get("/en/une-page-en-1/").status_code == 200


def test_a_source_field_that_is_emptied_is_emptied_in_the_translation(
    page: ContentPage, superuser: Any
) -> None:
    assert translate(page).summary
    page = stored(page)
    page.summary = ""
    page.save_revision().publish()
    assert not sync(page, superuser).summary


def test_a_story_that_is_emptied_is_emptied_in_the_translation(
    both: HomePage, superuser: Any
) -> None:
    page = factories.content(both, body=picture_block(factories.image()))
    assert len(translate(page).body) == 3
    page = stored(page)
    page.body = []
    page.save_revision().publish()
    assert len(sync(page, superuser).body) == 0


@pytest.mark.parametrize("slug", ["???", "日本語", " ", "Une Page/à part", "../admin"])
def test_an_address_that_is_none_becomes_one(slug: str, page: ContentPage, superuser: Any) -> None:
    target = translate(page)
    say(page, "slug", slug)
    running(page).save_target(user=superuser, publish=False)
    draft = stored(target).get_latest_revision_as_object()
    assert draft.slug
    assert draft.slug.replace("-", "").isalnum()
    draft.full_clean()


# --- pictures -------------------------------------------------------------------------------------


def say(page: Any, path: str, text: str) -> StringTranslation:
    """Translate one sentence as the editor keeps it."""
    segment = StringSegment.objects.get(source=running(page).source, context__path=path)
    kept, _created = StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=english(),
        defaults={"data": text, "has_error": False, "field_error": ""},
    )
    return kept


@pytest.fixture
def pictured(both: HomePage) -> ContentPage:
    """A story with a picture at its head and one inside."""
    return factories.content(
        both,
        title="Une page",
        summary="Un résumé.",
        picture=factories.image(),
        body=picture_block(factories.image()),
    )


def works_on(page: ContentPage, target: ContentPage, user: Any, client: Client) -> Any:
    """Both pages are read, edited, submitted and brought up to date; the draft that is made."""
    for url in (page.url, target.url):
        assert client.get(url).status_code == 200
    browser = Client()
    browser.force_login(user)
    for each in (page, target):
        editor = reverse("wagtailadmin_pages:edit", args=[each.pk])
        assert browser.get(editor).status_code == 200
    say(page, "summary", "Another summary.")
    browser.post(reverse("editorial:submit", args=[target.pk]), {"submission_note": "Oui."})
    draft = stored(target).get_latest_revision_as_object()
    assert draft.summary == "Another summary."
    number = running(page).pk
    browser.post(reverse("editorial:translation_sync", args=[number]))
    return stored(target).get_latest_revision_as_object()


def test_a_shared_picture_that_is_deleted_breaks_neither_language(
    pictured: ContentPage, superuser: Any, client: Client
) -> None:
    target = translate(pictured)
    assert pictured.picture is not None
    pictured.picture.delete()
    pictured.body[1].value["image"].delete()
    draft = works_on(pictured, target, superuser, client)
    assert draft.picture is None
    assert draft.body[1].value["caption"] == "Au printemps (EN)"


def test_a_picture_chosen_for_one_language_and_deleted_gives_way_to_the_shared_one(
    pictured: ContentPage, superuser: Any, client: Client
) -> None:
    target, other = translate(pictured), factories.image()
    source = running(pictured).source
    for segment in OverridableSegment.objects.filter(source=source):
        SegmentOverride.objects.create(
            locale=english(), context=segment.context, data_json=str(other.pk)
        )
    running(pictured).save_target(user=superuser, publish=False)
    draft = stored(target).get_latest_revision_as_object()
    assert (draft.picture, draft.body[1].value["image"].pk) == (other, other.pk)
    other.delete()
    draft = works_on(pictured, target, superuser, client)
    assert draft.picture == pictured.picture
    assert draft.body[1].value["image"].pk == pictured.body[1].value["image"].pk


# --- a language that is switched off --------------------------------------------------------------


def test_a_language_switched_off_takes_its_pages_offline_and_loses_none(
    page: ContentPage, both: HomePage, superuser: Any, settings: Any, client: Client,
    logged_in: LoggedIn,
) -> None:  # fmt: skip
    target = translate(page)
    assert client.get(target.url).status_code == 200
    address = target.url
    for name, value in language_settings(["fr"]).items():
        setattr(settings, name, value)
    for one in (cache, caches["pages"]):
        one.clear()
    forget_site_roots()
    for path in (address, "/en/", "/en/recherche/?q=page", "/en/plan-du-site/"):
        assert client.get(path).status_code == 404, path
    for path in ("/", page.url, "/sitemap-pages.xml", "/plan-du-site/", "/recherche/?q=page"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        text = answer.content.decode()
        assert "/en/" not in text, path
        assert "hreflang" not in text, path
    browser = logged_in(superuser)
    for path in (
        reverse("editorial:translations"),
        reverse("editorial:translation_file"),
        reverse("editorial:desk"),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_explore", args=[page.pk]),
        reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
    ):
        assert browser.get(path).status_code == 200, path
    assert all(not row.cells for row in rows(superuser))
    kept = stored(page)
    kept.title = "Une page changée"
    kept.save_revision().publish()
    assert "Une page changée" in client.get(page.url).content.decode()

    for name, value in language_settings(["fr", "en"]).items():
        setattr(settings, name, value)
    for one in (cache, caches["pages"]):
        one.clear()
    forget_site_roots()
    assert client.get(address).status_code == 200
    assert stored(target).title == target.title
    row = next(row for row in rows(superuser) if row.pk == page.pk)
    assert State.BEHIND in row.cells[0].states


def forget_site_roots() -> None:
    Site.clear_site_root_paths_cache()
