"""The editorial desk, its lists one by one, their export, and *Vérifié*."""

from __future__ import annotations

from typing import Any

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
from wagtail.models import Page

from .. import desk
from ..exports import as_csv, as_xlsx
from ..models import DeskKey, Heartbeat, Review
from ..schedule import LATE_AFTER, SCHEDULED_PUBLISHING
from .filters import RIGHT, DeskFilter, number_in, part_of, require_desk, without

__all__ = ["RIGHT", "require_desk"]

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


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The head of each list; ``?liste=`` shows one of them whole, page by page."""
    require_desk(request.user)
    form = DeskFilter(request.user, request.GET)
    chosen = form.chosen()
    alone = request.GET.get("liste", "")
    number = number_in(request.GET)
    if alone not in desk.LISTS:
        alone, number = "", 1
    part = part_of(number) if alone else slice(0, desk.SHOWN)
    lists = [
        shown(name, desk.LISTS[name](request.user, chosen, part), part)
        for name in ([alone] if alone else desk.LISTS)
    ]
    beat = Heartbeat.objects.filter(name=SCHEDULED_PUBLISHING).first()
    context = {
        "heading": HEADINGS[alone] if alone else _now("Editorial desk"),
        "icon": "clipboard-list",
        "form": form,
        "lists": lists,
        "alone": alone,
        "query": without(request.GET, "liste", "p"),
        "list_query": without(request.GET, "p"),
        "before": number - 1,
        "after": number + 1 if alone and lists[0]["more"] > 0 else 0,
        "beat": beat,
        "late": beat is None or Heartbeat.late(SCHEDULED_PUBLISHING, LATE_AFTER),
        "undelivered": desk.undelivered(),
        "audit": desk.last_audit(),
        "feed": private_feed(request),
    }
    return render(request, "editorial/desk.html", context)


def shown(name: str, listing: desk.Listing, part: slice) -> dict[str, Any]:
    """One list, as the template prints it."""
    return {
        "name": name,
        "heading": HEADINGS[name],
        "rows": listing.rows,
        "count": listing.count,
        "more": listing.count - part.stop,
    }


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
    chosen = DeskFilter(request.user, request.GET).chosen()
    rows = desk.LISTS[name](request.user, chosen, desk.EVERYTHING).rows
    words = ("Page", "Type", "Language", "Person", "Since", "By", "Note")
    table = [
        [row.title, row.kind, row.page.locale, row.who, row.when, row.due, row.note] for row in rows
    ]
    return as_file(request, name, str(HEADINGS[name]), form, [_now(word) for word in words], table)


def as_file(
    request: HttpRequest, name: str, title: str, form: str, heading: list[str], table: list[Any]
) -> HttpResponse:
    """A table to take away, and a line of the trail that says who took it."""
    log(
        instance=Page.objects.filter(depth=2).first(),
        action="editorial.export",
        user=request.user,
        data={"comment": f"{title} ({form})"},
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
