"""Clauses of the rule of access that no surface of the leak matrix can show by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale
from wagtail_localize.models import Translation, TranslationSource

from home.models import ContentPage, HomePage
from members.models import User
from site_cocagne.core.access import can_view, visible_to
from site_cocagne.core.models import Audience, Door, Exposure
from tests import factories

pytestmark = pytest.mark.django_db
HIDDEN = {"audience": Audience.MEMBERS, "door": Door.HIDDEN}


@pytest.fixture
def autre_redactrice(home: HomePage) -> User:
    """She may work on one section of the site, and with pictures of one collection."""
    group = Group.objects.create(name="Une autre rédaction")
    section = factories.content(home, slug="sa-rubrique", title="Sa rubrique")
    right = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=section, permission=right)
    collection = Collection.get_first_root_node().add_child(name="Les siennes")
    choose = Permission.objects.get(
        codename="choose_image", content_type__app_label="wagtailimages"
    )
    GroupCollectionPermission.objects.create(group=group, collection=collection, permission=choose)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    somebody = factories.user()
    somebody.groups.add(group)
    return somebody


def english() -> Locale:
    return Locale.objects.get(language_code="en")


def synchronise(page: Any, **changes: Any) -> Any:
    """Publish the French with changes and bring its translation up to date; the latter."""
    fresh = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()
    source, _made = TranslationSource.update_or_create_from_instance(fresh)
    source.update_from_db()
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=english())
    translation.save_target(publish=True)
    return type(page).objects.get(pk=translation.get_target_instance().pk)


def test_synchronising_opens_no_translation_that_was_reserved_alone(
    home: HomePage, anonyme: AnonymousUser
) -> None:
    home.copy_for_translation(english())
    page = factories.content(home, summary="Un résumé.")
    target = synchronise(page)
    for name, value in HIDDEN.items():
        setattr(target, name, value)
    target.save_revision().publish()
    target = synchronise(page, summary="Un autre résumé.")
    page.refresh_from_db()
    assert (target.audience, target.door) == (Audience.MEMBERS, Door.HIDDEN)
    assert not can_view(anonyme, page)
    assert not can_view(anonyme, target)


def test_synchronising_hands_on_what_closes(home: HomePage) -> None:
    home.copy_for_translation(english())
    page = factories.content(home)
    synchronise(page)
    target = synchronise(page, **HIDDEN)
    assert (target.audience, target.door) == (Audience.MEMBERS, Door.HIDDEN)


def test_a_door_shown_in_one_language_and_hidden_in_another_is_hidden(
    home: HomePage, anonyme: AnonymousUser
) -> None:
    home.copy_for_translation(english())
    page = factories.content(home, audience=Audience.MEMBERS)
    translation = page.copy_for_translation(english())
    translation.door = Door.HIDDEN
    translation.save_revision().publish()
    page.refresh_from_db()
    assert page.exposure == Exposure.HIDDEN
    assert not visible_to(anonyme, ContentPage.objects.all(), doors=True).exists()


@pytest.mark.parametrize("door", [Door.TEASER, Door.HIDDEN])
def test_a_link_tells_of_a_page_only_those_who_may_know_of_it(
    door: str, home: HomePage, adherent: User, logged_in: Callable[[User], Client]
) -> None:
    target = factories.content(home, title="Le secret", audience=Audience.MEMBERS, door=door)
    button = {"label": "", "page": target.pk, "url": ""}
    body = [{"type": "button", "value": button, "id": "11111111-1111-4111-8111-111111111111"}]
    page = factories.content(home, body=body)
    known = "Le secret" in Client().get(page.url).content.decode()
    assert known == (door == Door.TEASER)
    assert "Le secret" in logged_in(adherent).get(page.url).content.decode()


def test_a_chooser_shows_no_hidden_page_of_a_section_one_has_no_right_over(
    home: HomePage,
    autre_redactrice: User,
    redactrice: User,
    logged_in: Callable[[User], Client],
) -> None:
    hidden = factories.content(home, title="Le potager secret", **HIDDEN)
    factories.content(hidden, title="Sous le secret", **HIDDEN)
    shown = factories.content(home, title="La serre", audience=Audience.MEMBERS)
    factories.index_for_the_admin()
    for who, sees in ((autre_redactrice, False), (redactrice, True)):
        client = logged_in(who)
        text = client.get(f"/admin/choose-page/{home.pk}/").content.decode()
        found = client.get("/admin/choose-page/search/?q=secret").content.decode()
        assert (hidden.title in text, hidden.title in found) == (sees, sees)
        assert shown.title in text
        inside = client.get(f"/admin/choose-page/{hidden.pk}/")
        assert (inside.status_code == 200) == sees
        assert sees or hidden.title not in inside.content.decode()


def test_a_picture_is_for_those_who_work_with_its_collection(
    home: HomePage, autre_redactrice: User, redactrice: User
) -> None:
    picture = factories.image(size=(64, 40))
    factories.content(home, picture=picture, **HIDDEN)
    assert not can_view(autre_redactrice, picture)
    assert can_view(redactrice, picture)


def test_passwords_shared_by_a_group_are_no_option(
    home: HomePage, validatrice: User, logged_in: Callable[[User], Client]
) -> None:
    assert settings.WAGTAIL_PRIVATE_PAGE_OPTIONS == {"SHARED_PASSWORD": False}
    page = factories.content(home)
    form = logged_in(validatrice).get(f"/admin/pages/{page.pk}/privacy/")
    assert form.status_code == 200
    assert "restriction_type" in form.content.decode()
    assert 'value=\\"password\\"' not in form.content.decode()
    data = {"restriction_type": "password", "password": "partagé", "groups": []}
    answer = logged_in(validatrice).post(f"/admin/pages/{page.pk}/privacy/", data)
    assert answer.status_code == 200
    assert not page.get_view_restrictions().exists()
