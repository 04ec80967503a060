"""The word that somebody sends along with a submission whose page is not quite in order."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page, WorkflowState


class SubmissionNote(models.Model):
    """Why a page may go on with what the quality gate warned of; shown to those who approve.

    Written with the revision that is submitted, and tied to its workflow when that asks somebody.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="submission_notes")
    workflow_state = models.ForeignKey(
        WorkflowState, null=True, on_delete=models.CASCADE, related_name="submission_notes"
    )
    words = models.TextField()
    warnings = models.TextField(blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def of(cls, state: WorkflowState) -> SubmissionNote | None:
        """The latest word of a workflow; one that was just written is tied to it."""
        cls.objects.filter(page_id=state.object_id, workflow_state=None).update(
            workflow_state=state
        )
        return cls.objects.filter(workflow_state=state).last()
