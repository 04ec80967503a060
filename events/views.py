"""The member's own calendar: its secret address, and where it is made, renewed and revoked."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from site_cocagne.core import access

from . import feeds, links
from .models import CalendarKey


@require_safe
def member_feed(request: HttpRequest, token: str) -> HttpResponse:
    """All events the owner of the address may read. It ends with the membership.

    A token that is none of ours, or was revoked, is a 404; that of somebody who is no member
    any more a 403, because it opens again with the membership.
    """
    key = CalendarKey.objects.read(token)
    if key is None:
        raise Http404
    if not access.is_member(key.user):
        return HttpResponse(
            _("This calendar is for members; the membership it was made with has ended."),
            status=403,
            content_type="text/plain; charset=utf-8",
            headers={"Cache-Control": feeds.FOR_ONE, "X-Robots-Tag": "noindex"},
        )
    return feeds.of_member(key.user, request)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Where a member finds the address, makes a new one, or revokes it."""
    user: Any = request.user
    if not access.is_member(user):
        raise PermissionDenied(_("This is for members of the network."))
    if request.method == "POST":
        if request.POST.get("action") == "revoke":
            CalendarKey.objects.filter(user=user).delete()
        else:
            CalendarKey.objects.renew(user)
        return redirect("events_my_calendar")
    key = CalendarKey.objects.filter(user=user).first()
    context: dict[str, object] = {"key": key}
    if key:
        address = reverse("events_member_feed", args=[key.token])
        context["subscription"] = links.subscription(address, "")
    return render(request, "events/my_calendar.html", context)
