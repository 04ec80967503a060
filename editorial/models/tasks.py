"""The steps of a workflow. Nobody approves a page whose latest change is their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

from ..authorship import made_latest_change
from ..experts import experts_of, missions_of

Actions = list[tuple[str, Any, bool]]
MAX_COMMENT = 2000


class ReturnForm(forms.Form):
    """A page sent back without a word helps nobody."""

    comment = forms.CharField(
        label=_("What should change"), max_length=MAX_COMMENT, widget=forms.Textarea
    )


class NeverAloneTask(AbstractGroupApprovalTask):
    """What all our steps share. ``on_action`` is the one gate: each way to act leads there."""

    class Meta:
        abstract = True

    def may_act(self, page: Page, user: Any) -> bool:
        """Is this person asked at this step?"""
        return bool(user.is_superuser or self._user_in_groups(user))

    def get_actions(self, obj: Page, user: Any) -> Actions:
        """Returning a page is open to all who are asked, approving it not to its author."""
        if not self.may_act(obj, user):
            return []
        actions: Actions = [("reject", _("Ask for changes"), True)]
        if not made_latest_change(user, obj):
            actions += self.get_approvals()
        return actions

    def get_approvals(self) -> Actions:
        return [
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        form: type[forms.Form] = super().get_form_for_action(action)
        return ReturnForm if action == "reject" else form

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Judge the page of ``task_state``, once, by somebody who may.

        The page is the one that the state belongs to: Wagtail's view asks ``get_actions`` about
        the page named in the address, which a crafted request chooses. Of what else comes with
        the request only the comment is heard.
        """
        # Two people who click at the same moment: the second waits here, and finds it done.
        state = TaskState.objects.select_for_update().get(pk=task_state.pk)
        workflow_state = state.workflow_state
        if (
            state.status != TaskState.STATUS_IN_PROGRESS
            or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS
            or workflow_state.current_task_state_id != state.pk
        ):
            raise PermissionDenied(_now("Somebody has already dealt with this step."))
        page = workflow_state.content_object
        if page is None:
            raise PermissionDenied(_now("This page no longer exists."))
        if action_name not in {name for name, *_rest in self.get_actions(page, user)}:
            if made_latest_change(user, page):
                raise PermissionDenied(
                    _now("The latest change of this page is yours: somebody else must approve it.")
                )
            raise PermissionDenied
        comment = str(kwargs.get("comment") or "")[:MAX_COMMENT]
        return self.carry_out(state, user, action_name, comment)

    def carry_out(self, state: TaskState, user: Any, action_name: str, comment: str) -> Any:
        return super().on_action(state, user, action_name, comment=comment)

    def people_asked(self, page: Page) -> list[Any]:
        """Who is asked to act: active members of the groups, each once, never the author."""
        from django.contrib.auth import get_user_model

        people = (
            get_user_model()
            ._default_manager.filter(groups__in=self.groups.all(), is_active=True)
            .distinct()
            .order_by("pk")
        )
        return [person for person in people if not made_latest_change(person, page)]


class ApprovalTask(NeverAloneTask):
    """A step that a team approves."""

    class Meta:
        verbose_name = _("approval by a team")
        verbose_name_plural = _("approvals by a team")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Somebody of these groups approves, never who made the latest change."))


class AdviceTask(NeverAloneTask):
    """The opinion of the référent·e·s of the page's missions, passed over where there are none."""

    class Meta:
        verbose_name = _("professional opinion")
        verbose_name_plural = _("professional opinions")

    @classmethod
    def get_description(cls) -> str:
        return str(_("People of these groups give an opinion on pages of their own missions."))

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        page = workflow_state.content_object
        if self.people_asked(page):
            return super().start(workflow_state, user=user)
        return self.pass_over(workflow_state, page, user)

    def pass_over(self, workflow_state: WorkflowState, page: Page, user: Any) -> TaskState:
        """Nobody to ask: the step is skipped, and the history says so."""
        reason = _now("No contact person for the missions of this page: passed over.")
        state = TaskState(
            workflow_state=workflow_state,
            task=self,
            revision=page.get_latest_revision(),
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
            comment=reason,
        )
        state.save()
        log(
            instance=page.specific,
            action="editorial.advice.pass_over",
            user=user,
            data={"task": self.name},
            revision=state.revision,
        )
        return state

    def may_act(self, page: Page, user: Any) -> bool:
        return bool(user.is_superuser or self._is_expert_of(page, user))

    def may_go_on(self, page: Page, user: Any) -> bool:
        """Those who approve later may go on without an opinion that does not come."""
        return bool(page.permissions_for_user(user).holds_publish_right())

    def get_actions(self, obj: Page, user: Any) -> Actions:
        actions: Actions = super().get_actions(obj, user)
        if self.may_go_on(obj, user) and not made_latest_change(user, obj):
            actions.append(("skip", _("Go on without this opinion"), True))
        return actions

    def get_approvals(self) -> Actions:
        return [
            ("approve", _("Favourable opinion"), False),
            ("approve", _("Favourable opinion with a comment"), True),
        ]

    def carry_out(self, state: TaskState, user: Any, action_name: str, comment: str) -> Any:
        if action_name != "skip":
            return super().carry_out(state, user, action_name, comment)
        state.status = TaskState.STATUS_SKIPPED
        state.finished_at, state.finished_by, state.comment = timezone.now(), user, comment
        state.save()
        log(
            instance=state.workflow_state.content_object.specific,
            action="editorial.advice.pass_over",
            user=user,
            data={"task": self.name, "comment": comment},
            revision=state.revision,
        )
        state.workflow_state.update(user=user)
        return None

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return self.may_act(obj, user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        return not (self.may_act(obj, user) or self.may_go_on(obj, user))

    def user_can_lock(self, obj: Page, user: Any) -> bool:
        return self.may_act(obj, user)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """States of pages on which this person's opinion is asked."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return waiting
        if not self._user_in_groups(user):
            return waiting.none()
        rows = waiting.select_related("workflow_state")
        asked = [row.pk for row in rows if self._asks(row, user)]
        return self.task_states.filter(pk__in=asked)

    def people_asked(self, page: Page) -> list[Any]:
        people = experts_of(missions_of(page), self.groups.all())
        return [person for person in people if not made_latest_change(person, page)]

    def _asks(self, state: TaskState, user: Any) -> bool:
        page = state.workflow_state.content_object
        return page is not None and self._is_expert_of(page, user)

    def _is_expert_of(self, page: Page, user: Any) -> bool:
        if not self._user_in_groups(user):
            return False
        return experts_of(missions_of(page), self.groups.all()).filter(pk=user.pk).exists()
