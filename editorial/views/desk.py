"""The editorial desk, its export, and *Vérifié*."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from site_cocagne.core.models import Mission

from .. import desk
from ..exports import as_csv, as_xlsx
from ..models import DeskKey, Heartbeat, Review
from ..schedule import LATE_AFTER, SCHEDULED_PUBLISHING

RIGHT = "editorial.use_desk"
HEADINGS = {
    "attente": _("Waits for me"),
    "soumis": _("What I submitted"),
    "agenda": _("Calendar"),
    "evenements": _("Events soon that lack something"),
    "revoir": _("To check again"),
    "liens": _("Links that broke"),
    "qualite": _("Faults found last night"),
    "traductions": _("Translations behind their source"),
    "brouillons": _("Drafts asleep"),
}


class DeskFilter(forms.Form):
    """A language, a section, a mission, a person. What is not valid is left out, and said."""

    langue = forms.ModelChoiceField(
        label=_("Language"),
        queryset=Locale.objects.all(),
        to_field_name="language_code",
        required=False,
    )
    section = forms.ModelChoiceField(
        label=_("Section"), queryset=Page.objects.filter(depth=3).order_by("path"), required=False
    )
    mission = forms.ModelChoiceField(
        label=_("Mission"),
        queryset=Mission.objects.filter(locale__language_code="fr").order_by("slug"),
        to_field_name="slug",
        required=False,
    )
    personne = forms.CharField(label=_("Person"), max_length=100, required=False)

    def chosen(self) -> desk.Chosen:
        self.is_valid()
        data: dict[str, Any] = self.cleaned_data
        locale = data.get("langue")
        return desk.Chosen(
            language=locale.language_code if locale else "",
            section=data.get("section"),
            mission=data["mission"].slug if data.get("mission") else "",
            person=(data.get("personne") or "").strip(),
        )


def require_desk(user: Any) -> None:
    if not user.has_perm(RIGHT):
        raise PermissionDenied


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All lists on one page; the filter is in the address, which can be shared."""
    require_desk(request.user)
    form = DeskFilter(request.GET)
    chosen = form.chosen()
    query = request.GET.copy()
    lists = []
    for name, rows_of in desk.LISTS.items():
        rows = rows_of(request.user, chosen)
        lists.append(
            {
                "name": name,
                "heading": HEADINGS[name],
                "rows": rows[: desk.SHOWN],
                "count": len(rows),
                "more": len(rows) - desk.SHOWN,
            }
        )
    context = {
        "form": form,
        "lists": lists,
        "query": query.urlencode(),
        "late": Heartbeat.late(SCHEDULED_PUBLISHING, LATE_AFTER),
        "beat": Heartbeat.objects.filter(name=SCHEDULED_PUBLISHING).first(),
        "undelivered": desk.undelivered(),
        "audit": desk.last_audit(),
        "feed": private_feed(request),
    }
    return render(request, "editorial/desk.html", context)


def private_feed(request: HttpRequest) -> str:
    """The address of this person's calendar, where they have made one."""
    user: Any = request.user
    key = DeskKey.objects.filter(user=user).first()
    return request.build_absolute_uri(reverse("editorial_feed", args=[key.token])) if key else ""


@require_safe
def export(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """One list as a file; the history keeps who took it."""
    require_desk(request.user)
    if name not in desk.LISTS:
        raise Http404
    rows = desk.LISTS[name](request.user, DeskFilter(request.GET).chosen())
    heading = [_now(word) for word in ("Page", "Type", "Language", "Person", "Since", "By", "Note")]
    table = [
        [row.title, row.kind, row.page.locale, row.who, row.when, row.due, row.note] for row in rows
    ]
    log(
        instance=Page.objects.filter(depth=2).first(),
        action="editorial.export",
        user=request.user,
        data={"comment": f"{HEADINGS[name]} ({form})"},
    )
    return (as_csv if form == "csv" else as_xlsx)(name, heading, table)


@require_POST
def verify(request: HttpRequest, page_id: int) -> HttpResponse:
    """All of the page still holds: no revision, no publication, one line in the history."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    Review.of(page).verified(request.user)
    log(instance=page, action="editorial.verify", user=request.user)
    messages.success(request, _now("Noted: this page was verified today."))
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        return redirect(back)
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
