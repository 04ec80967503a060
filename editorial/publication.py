"""The two ways a page goes online: approved by another, or in an emergency with a reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, TaskState, WorkflowState

from .authorship import made_latest_change

EMERGENCY_RIGHT = "editorial.publish_in_emergency"


@transaction.atomic
def start_review(page: Page, user: Any) -> None:
    """Put the latest draft before those who approve; one sent back for changes goes on."""
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        page.get_workflow().start(page, user)


def publish_approved(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish, or schedule, what the last step approved.

    A workflow also ends when its steps are taken away while it runs. What nobody approved does
    not go online then: the workflow is closed as cancelled, and the page stays a draft.
    """
    page = workflow_state.content_object.specific
    revision = page.get_latest_revision()
    approvals = workflow_state.task_states.filter(
        status=TaskState.STATUS_APPROVED, revision=revision, finished_by__isnull=False
    )
    if not approvals.exists():
        workflow_state.status = WorkflowState.STATUS_CANCELLED
        workflow_state.save()
        return
    if user is not None and made_latest_change(user, page):
        raise PermissionDenied(
            _("The latest change of this page is yours: somebody else must approve it.")
        )
    revision.publish(user=user, skip_permission_checks=True)


def may_publish_in_emergency(user: Any, page: Page) -> bool:
    """*Validation* may, in its own sections, on pages that nobody has locked."""
    if not user.is_active or not user.has_perm(EMERGENCY_RIGHT) or page.alias_of_id:
        return False
    lock = page.get_lock()
    locked = page.locked and lock is not None and lock.for_user(user)
    return bool(not locked and page.permissions_for_user(user).holds_publish_right())


@transaction.atomic
def publish_in_emergency(page: Page, user: Any, reason: str) -> None:
    """Put the latest draft online at once; the reason is logged, and mailed to the others."""
    from .messages import tell_of_emergency

    if not may_publish_in_emergency(user, page):
        raise PermissionDenied
    draft = page.specific.get_latest_revision_as_object()
    revision = page.get_latest_revision()
    if revision is None or draft.go_live_at is not None:
        # An emergency does not wait for a date that was planned.
        draft.go_live_at = None
        revision = draft.save_revision(user=user)
    log(
        instance=page.specific,
        action="editorial.emergency",
        user=user,
        data={"reason": reason},
        revision=revision,
    )
    revision.publish(user=user, skip_permission_checks=True)
    tell_of_emergency(page, revision, user, reason)
