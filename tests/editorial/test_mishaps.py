"""What happens to a page, a person or a workflow while a page is on its way."""

from __future__ import annotations

import datetime
import io
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Task, WorkflowTask

from editorial.models import ApprovalTask, DraftLink, Message
from home.models import ContentPage, HomePage
from members.models import User
from tests import factories

DESK = "/admin/bureau/"


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def test_a_page_moved_in_workflow_goes_online_at_its_new_address(
    submitted: ContentPage, home: HomePage, validatrice: User, judge: Any, client: Client
) -> None:
    section = factories.content(home, slug="rubrique", summary="S.")
    submitted.move(section, pos="last-child")
    judge(validatrice, submitted)
    page = fresh(submitted)
    assert page.live
    assert page.get_url().startswith("/rubrique/")
    assert client.get(page.get_url()).status_code == 200


def test_a_page_unpublished_in_workflow_stays_to_be_judged(
    submitted: ContentPage, validatrice: User, judge: Any
) -> None:
    judge(validatrice, submitted)
    page = fresh(submitted)
    author = page.get_latest_revision().user
    page.title = "Deuxième version"
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    fresh(submitted).unpublish()
    page = fresh(submitted)
    assert page.workflow_in_progress
    judge(validatrice, page, "reject", "Elle est hors ligne : gardons-la de côté.")
    assert not fresh(submitted).live


def test_a_page_deleted_in_workflow_leaves_the_desk_and_closes_its_addresses(
    submitted: ContentPage, redactrice: User, validatrice: User, logged_in: Any
) -> None:
    link = DraftLink.objects.create(
        page=submitted,
        revision=submitted.get_latest_revision(),
        for_whom="Une lectrice",
        ends_on=timezone.localdate() + datetime.timedelta(days=2),
    )
    address = f"/apercu/{link.token}/"
    fresh(submitted).delete()
    for who in (redactrice, validatrice):
        assert logged_in(who).get(DESK).status_code == 200
    assert Client().get(address).status_code == 404
    call_command("run_schedule", stdout=io.StringIO())


def test_an_author_whose_account_is_gone_is_told_nothing_and_stops_nothing(
    validatrice: User, submitted: ContentPage, redactrice: User, judge: Any, logged_in: Any
) -> None:
    redactrice.delete()
    assert logged_in(validatrice).get(DESK).context["lists"][0]["count"] == 1
    judge(validatrice, submitted)
    assert fresh(submitted).live
    assert set(Message.objects.values_list("recipient", flat=True)) == {validatrice.pk}


def test_an_author_who_was_switched_off_is_written_no_message(
    submitted: ContentPage, redactrice: User, validatrice: User, judge: Any
) -> None:
    User.objects.filter(pk=redactrice.pk).update(is_active=False)
    judge(validatrice, submitted, "reject", "Ajoutez la date.")
    assert not Message.objects.filter(recipient=redactrice).exists()


def test_a_step_added_half_way_is_asked_before_the_page_goes_online(
    submitted: ContentPage, validatrice: User, responsable_marque: User, judge: Any
) -> None:
    state = fresh(submitted).current_workflow_state
    step = ApprovalTask.objects.get(name="Marque")
    WorkflowTask.objects.create(workflow=state.workflow, task=Task(pk=step.pk), sort_order=9)
    judge(validatrice, submitted)
    assert not fresh(submitted).live
    judge(responsable_marque, submitted)
    assert fresh(submitted).live


def test_a_step_switched_off_half_way_is_not_waited_for(
    submitted: ContentPage, validatrice: User, logged_in: Any
) -> None:
    """Nobody approved it, so that nothing goes online; the author may submit again."""
    state = fresh(submitted).current_workflow_task_state
    state.task.deactivate()
    page = fresh(submitted)
    assert not page.live
    assert not page.workflow_in_progress
    assert logged_in(validatrice).get(DESK).context["lists"][0]["count"] == 0
