"""An announced event is not taken away in silence: the admin asks first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from .models import EventPage

CONFIRMED = "take_away_announced"


def is_announced(page: Any) -> bool:
    """Do people count on it: published, still to come, and not said to be cancelled?"""
    event = page.specific
    if not isinstance(event, EventPage) or not event.live:
        return False
    return not (event.is_over or event.is_cancelled)


@hooks.register("before_unpublish_page")
@hooks.register("before_delete_page")
def ask_first(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Calendars drop in silence what is not there any more: say that cancelling tells them."""
    if request.method != "POST" or CONFIRMED in request.POST or not is_announced(page):
        return None
    given = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    context = {
        "event": page.specific,
        "given": [pair for pair in given if pair[0] != "csrfmiddlewaretoken"],
        "confirmed": CONFIRMED,
    }
    return render(request, "events/admin/take_away.html", context)


@hooks.register("before_bulk_action")
def not_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Announced events are taken away one by one, each with its question."""
    if action_type not in {"unpublish", "delete"}:
        return None
    announced = [page.title for page in objects if hasattr(page, "specific") and is_announced(page)]
    if not announced:
        return None
    messages.error(
        request,
        _("These events are announced: cancel them, or take them away one by one: {titles}").format(
            titles=", ".join(announced)
        ),
    )
    return redirect(action_class_instance.next_url)
