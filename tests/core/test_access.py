"""The two verbs of ``core.access``."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage
from members.models import Affiliation, User
from resources.models import ResourcePage, ToolboxPage
from site_cocagne.core.access import can_view, is_locked_for, kin_of, visible_to
from site_cocagne.core.models import Audience, Door, Exposure
from tests import factories

pytestmark = pytest.mark.django_db


def reserved(parent: ToolboxPage, **fields: Any) -> ResourcePage:
    return factories.resource(parent, audience=Audience.MEMBERS, **fields)


def test_a_reserved_page_is_for_members_only(
    toolbox: ToolboxPage, anonyme: AnonymousUser, sans_affiliation: User, adherent: User
) -> None:
    page = reserved(toolbox)
    assert [can_view(who, page) for who in (anonyme, sans_affiliation, adherent)] == [
        False,
        False,
        True,
    ]
    for who, seen in ((anonyme, []), (sans_affiliation, []), (adherent, [page])):
        assert list(visible_to(who, ResourcePage.objects.all())) == seen
        assert (page.page_ptr in visible_to(who, Page.objects.all())) == bool(seen)


def test_access_follows_the_membership_day_by_day(
    toolbox: ToolboxPage, adherent_en_grace: User, ancien_adherent: User
) -> None:
    page = reserved(toolbox)
    long_ago = factories.member(factories.garden(valid_for=-31))
    last_day_of_grace = factories.member(factories.garden(valid_for=-30))
    assert can_view(adherent_en_grace, page)
    assert can_view(last_day_of_grace, page)
    assert not can_view(long_ago, page)
    assert not can_view(ancien_adherent, page)


def test_an_affiliation_ends_on_its_day(adherent: User) -> None:
    today = datetime.date(2026, 3, 1)
    Affiliation.objects.filter(user=adherent).update(ended_on=today)
    assert adherent.has_current_membership(today - datetime.timedelta(days=1))
    assert not adherent.has_current_membership(today)


def test_an_account_switched_off_is_no_member(toolbox: ToolboxPage, adherent: User) -> None:
    adherent.is_active = False
    adherent.save()
    assert not can_view(adherent, reserved(toolbox))


def test_a_teaser_shows_its_door_and_a_hidden_page_nothing(
    toolbox: ToolboxPage, anonyme: AnonymousUser, adherent: User
) -> None:
    teaser = reserved(toolbox)
    hidden = reserved(toolbox, door=Door.HIDDEN)
    shown = set(visible_to(anonyme, ResourcePage.objects.all(), doors=True))
    assert shown == {teaser}
    assert is_locked_for(anonyme, teaser)
    assert not is_locked_for(adherent, teaser)
    assert set(visible_to(adherent, ResourcePage.objects.all())) == {teaser, hidden}


def test_the_strictest_language_reserves_all(
    toolbox: ToolboxPage, home: HomePage, anonyme: AnonymousUser
) -> None:
    english = Locale.objects.get(language_code="en")
    home.copy_for_translation(english)
    toolbox.copy_for_translation(english)
    page = factories.resource(toolbox)
    translation = page.copy_for_translation(english)
    translation.save_revision().publish()
    assert can_view(anonyme, page)

    translation.refresh_from_db()
    translation.audience = Audience.MEMBERS
    translation.save_revision().publish()
    page.refresh_from_db()
    assert page.exposure == Exposure.TEASER
    assert not can_view(anonyme, page)
    assert not visible_to(anonyme, ResourcePage.objects.filter(pk=page.pk)).exists()

    page.audience = Audience.PUBLIC
    page.save_revision().publish()
    page.refresh_from_db()
    assert not can_view(anonyme, page), "saving the open language again opens nothing"

    translation.refresh_from_db()
    translation.audience = Audience.PUBLIC
    translation.save_revision().publish()
    page.refresh_from_db()
    assert can_view(anonyme, page), "every language was opened"


def test_an_alias_is_as_closed_as_its_source(
    toolbox: ToolboxPage, home: HomePage, anonyme: AnonymousUser
) -> None:
    page = factories.resource(toolbox)
    alias = page.create_alias(update_slug="double").specific
    assert set(kin_of(page)) == {page, alias}
    page.audience = Audience.MEMBERS
    page.save_revision().publish()
    alias.refresh_from_db()
    assert not can_view(anonyme, alias)
    assert not visible_to(anonyme, ResourcePage.objects.all()).exists()


def test_a_move_opens_nothing(home: HomePage, anonyme: AnonymousUser) -> None:
    section = factories.content(home, audience=Audience.MEMBERS)
    below = factories.content(section, audience=Audience.MEMBERS)
    below.move(home, pos="last-child")
    below.refresh_from_db()
    assert not can_view(anonyme, below)


def test_brand_pages_are_reserved_by_their_type(
    home: HomePage, anonyme: AnonymousUser, adherent: User
) -> None:
    page = factories.brand(home)
    assert not can_view(anonyme, page)
    assert page.page_ptr not in visible_to(anonyme, Page.objects.all(), doors=True)
    assert can_view(adherent, page)


def test_audience_cannot_be_changed_behind_the_rule(toolbox: ToolboxPage) -> None:
    reserved(toolbox)
    with pytest.raises(ValidationError, match="audience"):
        ResourcePage.objects.update(audience=Audience.PUBLIC)


def test_wagtails_own_restrictions_are_honoured_with_the_kin(
    toolbox: ToolboxPage, home: HomePage, anonyme: AnonymousUser, sans_affiliation: User
) -> None:
    english = Locale.objects.get(language_code="en")
    home.copy_for_translation(english)
    toolbox.copy_for_translation(english)
    page = factories.resource(toolbox)
    translation = page.copy_for_translation(english)
    translation.save_revision().publish()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for closed in (page, translation):
        assert not can_view(anonyme, closed)
        assert can_view(sans_affiliation, closed)
    assert not visible_to(anonyme, ResourcePage.objects.all()).exists()

    PageViewRestriction.objects.update(restriction_type=PageViewRestriction.GROUPS)
    assert not can_view(sans_affiliation, page)
    group = Group.objects.create(name="Un groupe")
    PageViewRestriction.objects.get().groups.add(group)
    sans_affiliation.groups.add(group)
    assert can_view(User.objects.get(pk=sans_affiliation.pk), page)


def test_those_who_work_on_a_section_read_it(
    toolbox: ToolboxPage, redactrice: User, sans_affiliation: User
) -> None:
    page = reserved(toolbox, door=Door.HIDDEN)
    assert can_view(redactrice, page)
    assert list(visible_to(redactrice, ResourcePage.objects.all())) == [page]
    assert not is_locked_for(redactrice, page)


def test_a_document_is_as_closed_as_the_strictest_page_that_uses_it(
    toolbox: ToolboxPage, anonyme: AnonymousUser, adherent: User
) -> None:
    file = factories.document()
    assert not can_view(anonyme, file), "nothing published uses it"
    factories.resource(toolbox, documents=(file,))
    assert can_view(anonyme, file)
    closed = reserved(toolbox, documents=(file,))
    assert not can_view(anonyme, file)
    assert can_view(adherent, file)
    closed.unpublish()
    assert can_view(anonyme, file)


def test_a_list_costs_the_same_for_one_page_and_for_many(
    toolbox: ToolboxPage, anonyme: AnonymousUser, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        reserved(toolbox)
    with django_assert_num_queries(1):
        found = list(visible_to(anonyme, ResourcePage.objects.all(), doors=True))
        assert [is_locked_for(anonyme, page) for page in found] == [True] * 3


@pytest.mark.parametrize(
    "persona", ["anonyme", "sans_affiliation", "ancien_adherent", "adherent", "redactrice"]
)
def test_lists_of_files_can_be_asked_for_by_everybody(
    persona: str, toolbox: ToolboxPage, request: pytest.FixtureRequest
) -> None:
    """SQLite once refused the statement of people who had logged in, as nested too deep."""
    file = factories.document()
    factories.resource(toolbox, documents=(file,))
    who = request.getfixturevalue(persona)
    assert list(visible_to(who, type(file).objects.all())) == [file]


def test_a_draft_reserves_nothing_that_is_published(
    toolbox: ToolboxPage, home: HomePage, anonyme: AnonymousUser
) -> None:
    english = Locale.objects.get(language_code="en")
    home.copy_for_translation(english)
    toolbox.copy_for_translation(english)
    page = factories.resource(toolbox)
    draft = page.copy_for_translation(english)
    draft.audience = Audience.MEMBERS
    draft.save()
    page.refresh_from_db()
    assert can_view(anonyme, page)
    assert not can_view(anonyme, draft)
    draft.save_revision().publish()
    page.refresh_from_db()
    assert not can_view(anonyme, page)


def test_taking_the_reserved_source_offline_opens_no_translation(
    toolbox: ToolboxPage, home: HomePage, anonyme: AnonymousUser
) -> None:
    english = Locale.objects.get(language_code="en")
    home.copy_for_translation(english)
    toolbox.copy_for_translation(english)
    page = factories.resource(toolbox)
    translation = page.copy_for_translation(english)
    translation.save_revision().publish()
    page.audience = Audience.MEMBERS
    page.save_revision().publish()
    page.unpublish()
    translation.refresh_from_db()
    translation.save()
    assert not can_view(anonyme, translation)


def test_a_copy_of_a_page_that_another_language_closed_stays_closed(
    toolbox: ToolboxPage, home: HomePage, anonyme: AnonymousUser
) -> None:
    english = Locale.objects.get(language_code="en")
    home.copy_for_translation(english)
    toolbox.copy_for_translation(english)
    page = factories.resource(toolbox)
    translation = page.copy_for_translation(english)
    translation.audience = Audience.MEMBERS
    translation.save_revision().publish()
    page.refresh_from_db()
    copy = page.copy(update_attrs={"slug": "copie", "title": "Copie"})
    copy.refresh_from_db()
    assert copy.translation_key != page.translation_key
    assert not can_view(anonyme, copy)
    copy.save_revision().publish()
    assert not can_view(anonyme, copy)


def test_an_old_revision_is_never_believed_when_it_says_open(
    toolbox: ToolboxPage, anonyme: AnonymousUser
) -> None:
    page = factories.resource(toolbox, revision=True)
    old = page.latest_revision
    page.audience = Audience.MEMBERS
    page.save_revision().publish()
    assert not can_view(anonyme, old.as_object())


def test_what_a_page_knew_of_restrictions_holds_for_its_own_request_only(
    toolbox: ToolboxPage, client: Client, adherent: User
) -> None:
    """The lists of a page trust what its own reading knew; the next request knows better."""
    page = factories.resource(toolbox, title="Bientôt restreinte")
    client.force_login(adherent)
    assert page.title in client.get(toolbox.url).content.decode()
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Un groupe de travail"))
    assert page.title not in client.get(toolbox.url).content.decode()
    assert client.get(page.url).status_code == 403
