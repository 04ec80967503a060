"""Publication in an emergency, and submission of a draft from outside the editor."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ..publication import may_publish_in_emergency, publish_in_emergency


class EmergencyForm(forms.Form):
    """A reason that a colleague understands tomorrow."""

    reason = forms.CharField(
        label=_("Why it cannot wait for somebody else"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Written in the history of the page and sent to those who approve."),
    )


def emergency(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the reason, then publish the latest draft."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_publish_in_emergency(request.user, page):
        raise PermissionDenied
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publish_in_emergency(page, request.user, form.cleaned_data["reason"])
        messages.warning(request, _now("Published in an emergency. The team has been told why."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "editorial/emergency.html", {"page": page, "form": form})
