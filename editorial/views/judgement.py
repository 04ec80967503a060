"""Answer the running step of a translation: the translation editor has no buttons for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState

from ..models import SubmissionNote
from ..models.tasks import MAX_COMMENT
from ..sentences import faults_of_translation, translation_of


class JudgementForm(forms.Form):
    """What is answered to which draft; who asks for changes says which."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Your comment"),
        max_length=MAX_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed to ask for changes: which?"),
    )
    action = forms.ChoiceField(widget=forms.HiddenInput, required=False)

    def __init__(self, actions: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer: Any = self.fields["action"]
        answer.choices = actions

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("action") in {"reject", "skip"} and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("Say it in a few words."))
        return cleaned


def answers_to(page: Page, user: Any) -> tuple[TaskState | None, list[tuple[str, Any]]]:
    """The running step and what this person may answer, each answer once."""
    state = page.current_workflow_task_state
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return None, []
    found: dict[str, Any] = {}
    for name, words, _comment in state.task.specific.get_actions(page, user):
        found.setdefault(name, words)
    return state, list(found.items())


def may_judge(user: Any, page: Page) -> bool:
    return translation_of(page) is not None and bool(answers_to(page, user)[1])


def judge(request: HttpRequest, page_id: int) -> HttpResponse:
    """Read the draft, then approve it or ask for changes."""
    page = get_object_or_404(Page, pk=page_id).specific
    state, actions = answers_to(page, request.user)
    if state is None or not actions:
        raise PermissionDenied
    form = JudgementForm(actions, request.POST or None, initial={"revision": state.revision_id})
    if request.method == "POST" and form.is_valid() and form.cleaned_data["action"]:
        if form.cleaned_data["revision"] == state.revision_id:
            answer = form.cleaned_data["action"]
            state.task.specific.on_action(
                state, request.user, answer, comment=form.cleaned_data["comment"]
            )
            messages.success(request, _now("Your answer was taken."))
            return redirect("editorial:desk")
        messages.error(request, _now("This page has changed since you opened it: read it again."))
        form = JudgementForm(actions, initial={"revision": state.revision_id})
    translation = translation_of(page)
    context = {
        "page": page,
        "state": state,
        "actions": actions,
        "form": form,
        "faults": faults_of_translation(translation) if translation is not None else [],
        "note": SubmissionNote.of(state.workflow_state),
    }
    return render(request, "editorial/judge.html", context)
