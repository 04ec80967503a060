"""Drafts through their workflow: steps, saves on the way, opinions, translations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageLogEntry, TaskState, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from editorial.models import Message
from home.models import ContentPage, HomePage
from members.models import User
from resources.models import BrandPage
from site_cocagne.core.models import Mission
from tests import factories

Browser = Callable[[User], Client]


def running(page: Page) -> TaskState | None:
    return Page.objects.get(pk=page.pk).current_workflow_task_state


def step(page: Page) -> str:
    state = running(page)
    return state.task.name if state else ""


@pytest.fixture
def brand_submitted(marque: BrandPage, validatrice: User, autre_validatrice: User) -> BrandPage:
    """A brand page that a validatrice has written, waiting for the other one."""
    marque.title = "Kit 2027"
    marque.save_revision(user=validatrice)
    workflow = marque.get_workflow()
    assert workflow is not None
    workflow.start(marque, validatrice)
    return BrandPage.objects.get(pk=marque.pk)


def test_a_brand_page_needs_validation_then_marque(
    brand_submitted: BrandPage, autre_validatrice: User, responsable_marque: User, judge: Any
) -> None:
    assert step(brand_submitted) == "Validation"
    judge(responsable_marque, brand_submitted)
    assert step(brand_submitted) == "Validation"
    judge(autre_validatrice, brand_submitted)
    assert step(brand_submitted) == "Marque"
    assert not Page.objects.get(pk=brand_submitted.pk).live
    judge(responsable_marque, brand_submitted)
    assert Page.objects.get(pk=brand_submitted.pk).live


def test_a_save_that_changes_nothing_keeps_what_was_approved(
    brand_submitted: BrandPage, autre_validatrice: User, responsable_marque: User, judge: Any
) -> None:
    judge(autre_validatrice, brand_submitted)
    draft = BrandPage.objects.get(pk=brand_submitted.pk).get_latest_revision_as_object()
    draft.save_revision(user=responsable_marque)
    assert step(brand_submitted) == "Marque"
    judge(responsable_marque, brand_submitted)
    assert Page.objects.get(pk=brand_submitted.pk).live


def test_a_change_after_an_approval_sends_the_page_back_to_step_one(
    brand_submitted: BrandPage, autre_validatrice: User, responsable_marque: User, judge: Any
) -> None:
    judge(autre_validatrice, brand_submitted)
    draft = BrandPage.objects.get(pk=brand_submitted.pk).get_latest_revision_as_object()
    draft.title = "Autre chose"
    draft.save_revision(user=responsable_marque)
    assert step(brand_submitted) == "Validation"


def test_autosave_never_writes_over_what_was_approved(
    brand_submitted: BrandPage, validatrice: User, autre_validatrice: User, judge: Any
) -> None:
    judge(autre_validatrice, brand_submitted)
    page = BrandPage.objects.get(pk=brand_submitted.pk)
    approved = page.latest_revision
    draft = page.get_latest_revision_as_object()
    draft.title = "Glissé après coup"
    draft.save_revision(user=validatrice, overwrite_revision=approved)
    approved.refresh_from_db()
    assert approved.content["title"] == "Kit 2027"
    assert step(page) == "Validation"


def test_a_returned_page_keeps_its_comment_and_is_resumed(
    submitted: ContentPage, redactrice: User, validatrice: User, edit: Any, judge: Any
) -> None:
    judge(validatrice, submitted, "reject", "Ajoutez la date.")
    state = WorkflowState.objects.get(object_id=str(submitted.pk))
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    edit(redactrice, submitted, "action-submit", title="Avec la date")
    assert step(submitted) == "Validation"


def test_a_page_is_not_returned_without_a_word(
    submitted: ContentPage, validatrice: User, judge: Any
) -> None:
    judge(validatrice, submitted, "reject", "")
    assert step(submitted) == "Validation"


# --- opinions -------------------------------------------------------------------------------------


@pytest.fixture
def resource_submitted(
    home: HomePage, mission: Mission, redactrice: User, request: Any
) -> Callable[[], Any]:
    """Submit a resource of the mission *produire*."""

    def make() -> Any:
        page = factories.resource(
            factories.toolbox(home), missions=(mission,), summary="Un résumé.", live=False
        )
        page.title = "Une fiche"
        page.save_revision(user=redactrice)
        page.get_workflow().start(page, redactrice)
        return page

    return make


def test_the_referente_of_the_mission_is_asked_first(
    referente: User, validatrice: User, resource_submitted: Any, judge: Any
) -> None:
    page = resource_submitted()
    assert step(page) == "Avis métier"
    assert list(Message.objects.values_list("recipient", "kind")) == [(referente.pk, "opinion")]
    judge(referente, page, "approve", "Très juste.")
    assert step(page) == "Validation"
    assert not Page.objects.get(pk=page.pk).live


def test_a_referente_of_another_mission_is_not_asked(
    referente: User, home: HomePage, redactrice: User, logged_in: Browser
) -> None:
    other = factories.mission("vendre")
    page = factories.resource(
        factories.toolbox(home), missions=(other,), summary="Un résumé.", live=False
    )
    page.get_workflow().start(page, redactrice)
    assert step(page) == "Validation"
    answer = logged_in(referente).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 302


def test_a_mission_without_referente_is_passed_over_and_the_history_says_so(
    resource_submitted: Any, validatrice: User
) -> None:
    page = resource_submitted()
    assert step(page) == "Validation"
    assert PageLogEntry.objects.filter(page=page.pk, action="editorial.advice.pass_over").exists()
    asked = Message.objects.get(recipient=validatrice)
    assert "Avis métier" in asked.text


def test_validation_goes_on_without_an_opinion_that_does_not_come(
    referente: User, validatrice: User, resource_submitted: Any, judge: Any
) -> None:
    page = resource_submitted()
    judge(validatrice, page, "skip", "Congés.")
    assert step(page) == "Validation"
    judge(validatrice, page)
    assert Page.objects.get(pk=page.pk).live


def test_an_opinion_alone_puts_nothing_online(
    referente: User, resource_submitted: Any, superuser: User
) -> None:
    from wagtail.models import Task

    page = resource_submitted()
    Task.objects.get(name="Avis métier").specific.deactivate(user=superuser)
    Task.objects.get(name="Validation").specific.deactivate(user=superuser)
    assert not Page.objects.get(pk=page.pk).live


# --- translations ---------------------------------------------------------------------------------


@pytest.fixture
def translated(home: HomePage, validatrice: User) -> Translation:
    """An English draft of a French page that is online."""
    english = Locale.objects.get(language_code="en")
    home.copy_for_translation(english)
    page = factories.content(home, title="En ligne", summary="Un résumé.")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(user=validatrice, publish=False)
    return translation


def target(translation: Translation) -> Page:
    return Page.objects.get(pk=translation.get_target_instance().pk)


@pytest.mark.django_db(transaction=False)
def test_synchronising_translations_publishes_nothing_even_when_told_to(
    translated: Translation, validatrice: User, logged_in: Browser,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    address = reverse("wagtail_localize:update_translations", args=[translated.source_id])
    with django_capture_on_commit_callbacks(execute=True):
        answer = logged_in(validatrice).post(address, {"publish_translations": "on"})
    assert answer.status_code == 302
    assert not target(translated).live


@pytest.mark.parametrize("name", ["validatrice", "redactrice", "superuser"])
def test_the_translation_editor_publishes_nothing(
    name: str, translated: Translation, logged_in: Browser, request: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    page = target(translated)
    with django_capture_on_commit_callbacks(execute=True):
        logged_in(request.getfixturevalue(name)).post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}
        )
    assert not target(translated).live


def test_a_translation_is_not_turned_into_a_copy_of_its_source(
    translated: Translation, validatrice: User, logged_in: Browser
) -> None:
    page = target(translated)
    logged_in(validatrice).post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))
    assert not target(translated).live
    assert target(translated).alias_of_id is None


def test_a_section_is_translated_page_by_page(
    home: HomePage, translated: Translation, validatrice: User, logged_in: Browser
) -> None:
    section = factories.content(home, title="Section", summary="Un résumé.")
    factories.content(section, title="Dedans", summary="Un résumé.")
    english = Locale.objects.get(language_code="en")
    logged_in(validatrice).post(
        reverse("wagtail_localize:submit_page_translation", args=[section.pk]),
        {"locales": [english.pk], "include_subtree": "on"},
    )
    assert ContentPage.objects.filter(locale=english, title="Section").exists()
    assert not ContentPage.objects.filter(locale=english, title="Dedans").exists()


def test_redaction_synchronises_and_submits_no_translation(
    translated: Translation, redactrice: User, logged_in: Browser
) -> None:
    browser = logged_in(redactrice)
    for name, pk in (
        ("wagtail_localize:update_translations", translated.source_id),
        ("wagtail_localize:submit_page_translation", target(translated).pk),
    ):
        assert browser.post(reverse(name, args=[pk])).status_code == 302
    assert not target(translated).live
