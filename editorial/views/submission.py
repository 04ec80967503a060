"""Submit a draft from outside the editor: the translation editor knows no workflow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.log_actions import log
from wagtail.models import Page

from ..models import SubmissionNote
from ..publication import start_review
from ..quality import Fault, faults_of
from ..sentences import faults_of_translation, has_news, translation_of


def may_submit(user: Any, page: Page) -> bool:
    tester = page.permissions_for_user(user)
    allowed = tester.can_edit() and not page.alias_of_id and tester.can_submit_for_moderation()
    # Sentences are kept one by one: whether there is something new is said when they are submitted.
    return allowed and bool(page.has_unpublished_changes or translation_of(page))


def submit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what keeps the draft back, or start its workflow."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_submit(request.user, page):
        raise PermissionDenied
    if not has_news(page):
        messages.warning(request, _("Nothing has changed since what is online."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    found = faults_before(request, page)
    faults = [fault for fault in found if fault.blocks]
    warnings = [fault.message for fault in found if not fault.blocks]
    form = WordForm(bool(warnings), request.POST if request.method == "POST" else None)
    if request.method == "POST" and not faults and form.is_valid():
        start(page, request.user, form.cleaned_data["submission_note"], warnings)
        messages.success(request, _("Submitted for review."))
        return redirect("editorial:desk")
    context = {"page": page, "faults": faults, "warnings": warnings, "form": form}
    return render(request, "editorial/submit.html", context)


def faults_before(request: HttpRequest, page: Page) -> list[Fault]:
    """What the draft has against it; that of a translation is made anew from its sentences.

    Sentences translated since the last save belong to what is read and approved.
    """
    translation = translation_of(page)
    if translation is None:
        return faults_of(page.get_latest_revision_as_object())
    if request.method == "POST":
        try:
            translation.save_target(user=request.user, publish=False)
        except ValidationError as error:
            return [Fault("", message) for message in error.messages]
        page.refresh_from_db()
    return [
        *faults_of_translation(translation),
        *faults_of(page.get_latest_revision_as_object()),
    ]


class WordForm(forms.Form):
    """The word that warnings ask for."""

    submission_note = forms.CharField(
        label=_lazy("Why it may go on all the same"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_lazy("Kept with the submission and shown to those who approve."),
    )

    def __init__(self, asked: bool, *args: Any) -> None:
        super().__init__(*args)
        self.fields["submission_note"].required = asked
        if not asked:
            self.fields["submission_note"].widget = forms.HiddenInput()


@transaction.atomic
def start(page: Page, user: Any, words: str, warnings: list[str]) -> None:
    if words:
        SubmissionNote.objects.create(
            page_id=page.pk, words=words, warnings="\n".join(warnings), written_by=user
        )
        log(instance=page, action="editorial.note", user=user, data={"comment": words})
    start_review(page, user)
