from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("editorial desk")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from site_cocagne.core import generation

        from . import (
            overrides,
            receivers,  # noqa: F401 (connects them)
            sentences,
            state,  # noqa: F401
        )

        sentences.watch()
        overrides.watch()

        self.silence_wagtail_mails()
        # This is the last app in INSTALLED_APPS: see there why that matters.
        generation.watch()

    def silence_wagtail_mails(self) -> None:
        """Our messages replace Wagtail's, which are lost when the mail server is down.

        This app stands after ``wagtail.admin`` in INSTALLED_APPS, whose ``ready`` connects them.
        """
        from wagtail import signals
        from wagtail.models import TaskState, WorkflowState

        for signal, sender, uid in (
            (signals.task_submitted, TaskState, "group_approval_task_submitted"),
            (signals.workflow_submitted, WorkflowState, "workflow_state_submitted"),
            (signals.workflow_rejected, WorkflowState, "workflow_state_rejected"),
            (signals.workflow_approved, WorkflowState, "workflow_state_approved"),
        ):
            signal.disconnect(sender=sender, dispatch_uid=f"{uid}_email_notification")
