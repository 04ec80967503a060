"""What the agenda adds to the admin: the screen of a series, a question before events go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from . import proposal_views, series_views
from .models import EventPage

CONFIRMED = "take_away_announced"


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    return [
        path("agenda/<int:page_id>/serie/", series_views.series_of, name="events_series"),
        path(
            "agenda/<int:page_id>/proposition/",
            proposal_views.for_the_team,
            name="events_proposal_for_the_team",
        ),
    ]


@hooks.register("register_page_header_buttons")
def add_series_button(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page, EventPage) and series_views.may_make_series(user, page):
        yield Button(
            gettext_lazy("Dates of the series"),
            reverse("events_series", args=[page.pk]),
            icon_name="calendar-alt",
            priority=70,
        )


@hooks.register("register_page_header_buttons")
def add_proposal_button(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if not isinstance(page, EventPage) or getattr(page, "proposal", None) is None:
        return
    if page.permissions_for_user(user).can_edit():
        yield Button(
            gettext_lazy("A member’s proposal"),
            reverse("events_proposal_for_the_team", args=[page.pk]),
            icon_name="user",
            priority=69,
        )


def is_announced(page: Any) -> bool:
    """Do people count on it: published, and still to come?

    A cancelled event as well, as long as calendars say so: they forget it by themselves after.
    """
    event = page.specific
    if not isinstance(event, EventPage) or not event.live or event.is_over:
        return False
    return not event.is_cancelled or type(event).objects.in_calendars().filter(pk=event.pk).exists()


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
