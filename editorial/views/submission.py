"""Submit a draft from outside the editor: the translation editor knows no workflow."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation

from ..quality import Weight, faults_of


def translation_of(page: Page) -> Translation | None:
    """The running translation that this page is the target of."""
    found: Translation | None = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    return found


def may_submit(user: Any, page: Page) -> bool:
    tester = page.permissions_for_user(user)
    return bool(
        tester.can_edit()
        and page.has_unpublished_changes
        and not page.alias_of_id
        and tester.can_submit_for_moderation()
    )


def submit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what keeps the draft back, or start its workflow."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_submit(request.user, page):
        raise PermissionDenied
    translation = translation_of(page)
    if request.method == "POST" and translation is not None:
        # Sentences translated since the last save belong to what is read and approved.
        translation.save_target(user=request.user, publish=False)
        page.refresh_from_db()
    faults = [
        f for f in faults_of(page.get_latest_revision_as_object()) if f.weight is Weight.ERROR
    ]
    if request.method == "POST" and not faults:
        start(page, request.user)
        messages.success(request, _("Submitted for review."))
        return redirect("editorial:desk")
    return render(request, "editorial/submit.html", {"page": page, "faults": faults})


@transaction.atomic
def start(page: Page, user: Any) -> None:
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        page.get_workflow().start(page, user)
