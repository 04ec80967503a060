"""Whoever made the latest change of a page never approves it, whichever way they try."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, TaskState, Workflow

from editorial.authorship import made_latest_change
from editorial.models import Message
from home.models import ContentPage, HomePage
from members.models import User
from tests import factories

Browser = Callable[[User], Client]


def is_online(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_a_page_goes_online_when_somebody_else_approves(
    submitted: ContentPage, validatrice: User, judge: Any
) -> None:
    judge(validatrice, submitted)
    page = ContentPage.objects.get(pk=submitted.pk)
    assert page.live
    assert page.title == "Accompagnement individuel"


def test_redaction_is_not_asked_and_cannot_approve(
    submitted: ContentPage, redactrice: User, judge: Any
) -> None:
    judge(redactrice, submitted)
    assert not is_online(submitted)


def test_a_validatrice_does_not_approve_what_she_submitted(
    brouillon: ContentPage, validatrice: User, edit: Any, judge: Any
) -> None:
    edit(validatrice, brouillon, "action-submit", title="Ma page")
    judge(validatrice, brouillon)
    assert not is_online(brouillon)


def test_a_superuser_does_not_approve_her_own_change_either(
    brouillon: ContentPage, superuser: User, validatrice: User, edit: Any, judge: Any
) -> None:
    edit(superuser, brouillon, "action-submit", title="Ma page")
    judge(superuser, brouillon)
    assert not is_online(brouillon)


def test_a_change_made_while_approving_takes_the_approval_away(
    submitted: ContentPage, validatrice: User, edit: Any
) -> None:
    edit(
        validatrice,
        submitted,
        "action-workflow-action",
        title="Un autre titre",
        **{"workflow-action-name": "approve"},
    )
    assert not is_online(submitted)
    assert made_latest_change(validatrice, submitted)


def test_a_save_of_another_that_changes_nothing_does_not_free_the_author(
    brouillon: ContentPage, validatrice: User, autre_validatrice: User, edit: Any, judge: Any
) -> None:
    edit(validatrice, brouillon, "action-submit", title="Ma page")
    edit(autre_validatrice, brouillon)
    judge(validatrice, brouillon)
    assert not is_online(brouillon)
    judge(autre_validatrice, brouillon)
    assert is_online(brouillon)


@pytest.mark.parametrize("name", ["validatrice", "redactrice", "superuser"])
def test_the_publish_button_sent_by_hand_only_saves(
    name: str, brouillon: ContentPage, validatrice: User, edit: Any, request: Any
) -> None:
    edit(request.getfixturevalue(name), brouillon, "action-publish", title="En ligne")
    assert not is_online(brouillon)


@pytest.mark.parametrize("name", ["validatrice", "redactrice", "superuser"])
def test_the_bulk_action_publishes_nothing(
    name: str, brouillon: ContentPage, validatrice: User, logged_in: Browser, request: Any
) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    logged_in(request.getfixturevalue(name)).post(
        f"{address}?id={brouillon.pk}", {"include_descendants": "on"}
    )
    assert not is_online(brouillon)


def test_a_new_page_is_not_published_as_it_is_made(
    home: HomePage, validatrice: User, logged_in: Browser, brouillon: ContentPage
) -> None:
    from tests.editorial.conftest import form_of

    data = form_of(brouillon, title="Neuve", slug="neuve") | {"action-publish": "1"}
    address = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home.pk])
    logged_in(validatrice).post(address, data)
    assert not Page.objects.get(slug="neuve").live


def test_the_task_of_one_page_is_not_approved_through_the_address_of_another(
    brouillon: ContentPage, home: HomePage, validatrice: User, redactrice: User, edit: Any,
    logged_in: Browser,
) -> None:  # fmt: skip
    mine = brouillon
    edit(validatrice, mine, "action-submit", title="Ma page")
    other = factories.content(home, title="Autre", summary="Un résumé.", live=False)
    edit(redactrice, other, "action-submit", title="Autre page")
    state = Page.objects.get(pk=mine.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[other.pk, "approve", state.pk])
    logged_in(validatrice).post(address, {"comment": ""})
    assert not is_online(mine)


def test_approving_twice_at_once_publishes_once(
    submitted: ContentPage, validatrice: User, autre_validatrice: User, logged_in: Browser
) -> None:
    state = submitted.current_workflow_task_state
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk]
    )
    logged_in(validatrice).post(address, {"comment": ""})
    answer = logged_in(autre_validatrice).post(address, {"comment": ""})
    assert answer.status_code == 302
    assert PageLogEntry.objects.filter(page=submitted.pk, action="wagtail.publish").count() == 1


def test_a_date_sent_with_the_publish_button_plans_nothing(
    brouillon: ContentPage, validatrice: User, edit: Any
) -> None:
    soon = timezone.localtime() + datetime.timedelta(hours=2)
    edit(validatrice, brouillon, "action-publish", go_live_at=f"{soon:%Y-%m-%d %H:%M}")
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    with time_machine.travel(soon + datetime.timedelta(hours=1)):
        call_command("publish_scheduled", stdout=io.StringIO())
        call_command("run_schedule", stdout=io.StringIO())
    assert not is_online(brouillon)


def test_extra_arguments_sent_with_an_approval_are_not_heard(
    submitted: ContentPage, validatrice: User, edit: Any
) -> None:
    edit(
        validatrice,
        submitted,
        "action-workflow-action",
        **{
            "workflow-action-name": "approve",
            "workflow-action-extra-data": json.dumps({"comment": "Bravo", "update": False}),
        },
    )
    assert is_online(submitted)
    assert TaskState.objects.filter(comment="Bravo").exists()


@pytest.mark.parametrize("extra", ["{", "[]", "3", '{"user": 1}'])
def test_extra_data_that_is_not_what_the_form_sends_is_refused(
    extra: str, submitted: ContentPage, validatrice: User, edit: Any
) -> None:
    answer = edit(
        validatrice,
        submitted,
        "action-workflow-action",
        **{"workflow-action-name": "approve", "workflow-action-extra-data": extra},
    )
    assert answer.status_code == 400
    assert not is_online(submitted)


def test_a_judgement_on_a_draft_that_has_changed_since_is_not_taken(
    submitted: ContentPage, validatrice: User, autre_validatrice: User, edit: Any
) -> None:
    seen = submitted.latest_revision_id
    edit(autre_validatrice, submitted, title="Changé entre-temps")
    edit(
        validatrice,
        submitted,
        "action-workflow-action",
        title="Accompagnement individuel",
        **{"workflow-action-name": "approve", "loaded_revision_id": seen},
    )
    assert not is_online(submitted)


def test_a_workflow_whose_steps_are_taken_away_publishes_nothing(
    submitted: ContentPage, superuser: User
) -> None:
    for task in Workflow.objects.get(name="Relecture").tasks.specific():
        task.deactivate(user=superuser)
    assert not is_online(submitted)


def test_the_account_of_the_author_removed_leaves_the_page_to_be_approved(
    submitted: ContentPage, redactrice: User, validatrice: User, judge: Any
) -> None:
    redactrice.delete()
    judge(validatrice, submitted)
    assert is_online(submitted)


def test_a_page_deleted_in_workflow_leaves_nothing_to_approve(
    submitted: ContentPage, validatrice: User, logged_in: Browser
) -> None:
    state = submitted.current_workflow_task_state
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk]
    )
    submitted.delete()
    assert logged_in(validatrice).post(address, {"comment": ""}).status_code == 404


# --- emergencies ----------------------------------------------------------------------------------


def in_emergency(browser: Client, page: Page, reason: str) -> Any:
    return browser.post(reverse("editorial:emergency", args=[page.pk]), {"reason": reason})


def test_validation_publishes_in_an_emergency_with_a_reason_that_is_logged_and_mailed(
    brouillon: ContentPage, validatrice: User, autre_validatrice: User, edit: Any,
    logged_in: Browser,
) -> None:  # fmt: skip
    edit(validatrice, brouillon, title="Annulation")
    in_emergency(logged_in(validatrice), brouillon, "La visite de demain est annulée.")
    assert is_online(brouillon)
    entry = PageLogEntry.objects.get(page=brouillon.pk, action="editorial.emergency")
    assert entry.data["reason"] == "La visite de demain est annulée."
    message = Message.objects.get(kind=Message.Kind.EMERGENCY)
    assert message.recipient == autre_validatrice
    assert "La visite de demain est annulée." in message.text


def test_an_emergency_without_a_reason_is_refused_at_the_field(
    brouillon: ContentPage, validatrice: User, logged_in: Browser
) -> None:
    answer = in_emergency(logged_in(validatrice), brouillon, "vite")
    assert answer.status_code == 200
    assert "reason" in answer.context["form"].errors
    assert not is_online(brouillon)


@pytest.mark.parametrize("name", ["redactrice", "responsable_marque", "referente", "adherent"])
def test_nobody_else_publishes_in_an_emergency(
    name: str, marque: Any, brouillon: ContentPage, logged_in: Browser, request: Any
) -> None:
    browser = logged_in(request.getfixturevalue(name))
    for page in (marque, brouillon):
        in_emergency(browser, page, "Une raison tout à fait longue.")
        assert not is_online(page)
