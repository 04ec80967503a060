"""What happens when pages are saved, submitted, judged and published."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    task_approved,
    task_rejected,
    task_submitted,
    workflow_approved,
)

from site_cocagne.core.signals import (
    checking_readiness,
    checking_submission,
    revision_saved,
    telling_person,
)

from . import messages
from .authorship import essence
from .models import Review, SubmissionNote
from .models.review import INTERVALS
from .quality import Fault, faults_of
from .schedule import is_late

SCHEDULED = "scheduled_publishing"


@receiver(revision_saved)
def keep_or_restart(
    sender: Any, page: Page, revision: Revision, previous: dict[str, Any] | None, **kwargs: Any
) -> None:
    """A save during a workflow: without a change it goes on, with one it starts again.

    Wagtail alone would send a page back to step one for a save that changed nothing, which
    autosave makes likely, and would let the running step point at a revision nobody sees.
    """
    workflow_state = page.current_workflow_state
    if workflow_state is None or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
        return
    current = workflow_state.current_task_state
    if current is None or current.status != TaskState.STATUS_IN_PROGRESS:
        return
    changed = previous is None or essence(previous) != essence(revision.content)
    approved = workflow_state.task_states.filter(
        revision_id=current.revision_id, status=TaskState.STATUS_APPROVED
    )
    if changed and approved.exists():
        current.specific.cancel(user=revision.user)
    else:
        carry_over(workflow_state, current, revision)


@receiver(revision_saved)
def note_audience(
    sender: Any, page: Page, revision: Revision, previous: dict[str, Any] | None, **kwargs: Any
) -> None:
    """Who may read a page is part of its text; a change of it is a line of its own in the log."""
    before, after = (previous or {}).get("audience"), revision.content.get("audience")
    if before and after and before != after:
        log(
            instance=page,
            action="editorial.audience",
            user=revision.user,
            data={"comment": f"{before} → {after}"},
            revision=revision,
        )


def carry_over(workflow_state: WorkflowState, current: TaskState, revision: Revision) -> None:
    """What was judged of the revision before counts for this one, which says the same."""
    if current.revision_id == revision.pk:
        return
    judged = workflow_state.task_states.filter(
        revision_id=current.revision_id,
        status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED],
    )
    for state in judged:
        state.copy(update_attrs={"revision": revision})
    current.revision = revision
    current.save(update_fields=["revision"])


@receiver(checking_submission)
def check_quality(sender: Any, page: Page, **kwargs: Any) -> list[Fault]:
    """What keeps a page back, and what asks for a word, is shown at its field."""
    return faults_of(page)


@receiver(revision_saved)
def keep_note(sender: Any, page: Page, revision: Revision, **kwargs: Any) -> None:
    """The word that came with a submission, once."""
    words = getattr(page, "submission_note", "")
    if not words:
        return
    page.submission_note = ""
    SubmissionNote.objects.create(
        page_id=page.pk,
        words=words,
        warnings="\n".join(page.submission_warnings),
        written_by=revision.user,
    )
    log(
        instance=page,
        action="editorial.note",
        user=revision.user,
        data={"comment": words},
        revision=revision,
    )


@receiver(task_submitted)
def on_task_submitted(sender: Any, instance: TaskState, user: Any, **kwargs: Any) -> None:
    messages.tell_who_is_asked(instance)


@receiver(task_rejected)
def on_task_rejected(sender: Any, instance: TaskState, user: Any, **kwargs: Any) -> None:
    messages.tell_of_return(instance, user)


@receiver(task_approved)
def on_task_approved(sender: Any, instance: TaskState, user: Any, **kwargs: Any) -> None:
    instance.workflow_state.refresh_from_db()
    messages.tell_of_approval(instance, user)


@receiver(workflow_approved)
def on_workflow_approved(sender: Any, instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    """The last approval of a page that goes up later; one that went up told so itself."""
    page = instance.content_object
    revision = page.get_latest_revision() if page is not None else None
    if revision is None:
        return
    revision.refresh_from_db(fields=["approved_go_live_at"])
    if revision.approved_go_live_at is not None:
        messages.tell_of_publication(page, revision, scheduled=True)


@receiver(page_published)
def on_page_published(
    sender: Any, instance: Page, revision: Revision | None, **kwargs: Any
) -> None:
    if instance.live:
        begin_review(instance)
    if revision is not None and instance.live and not instance.alias_of_id:
        revision.refresh_from_db(fields=["approved_go_live_at"])
        if revision.approved_go_live_at is None:
            messages.tell_of_publication(instance, revision)


@receiver(telling_person)
def take_into_the_outbox(sender: Any, user: Any, subject: str, text: str, **kwargs: Any) -> None:
    messages.write_notice(user, subject, text)


def begin_review(page: Page) -> None:
    """A page that goes online is read and approved: its interval begins on that day."""
    label = f"{page.content_type.app_label}.{page.content_type.model}"
    if label in INTERVALS:
        review = Review.of(page)
        review.verified(review.verified_by)


@receiver(checking_readiness)
def scheduled_publishing_is_alive(sender: Any, **kwargs: Any) -> tuple[str, str | None]:
    return SCHEDULED, "late" if is_late() else None
