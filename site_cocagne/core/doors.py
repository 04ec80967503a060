"""What a closed page answers: never a loop, always the reason and a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.urls import resolve
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import access, routing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page


def closed_door(request: HttpRequest) -> HttpResponse:
    """Log in and come back; or, for somebody logged in, a page that says why and what to do.

    Both name the page only where its door is shown to everybody (``door_at``). Neither may be
    cached, for the answer changes with who asks.
    """
    if request.user.is_authenticated:
        reason, advice = why_closed(request)
        context = {"reason": reason, "advice": advice, "door": door_at(request, request.path)}
        response = render(request, "403.html", context, status=403)
    else:
        response = redirect_to_login(request.get_full_path(), login_address())
    patch_cache_control(response, private=True, no_store=True)
    return response


def door_at(request: HttpRequest, address: str) -> Page | None:
    """The page at an address of ours that this reader may not read, but whose door is shown.

    Its title and summary may be printed, nothing else. What is hidden, what does not exist and
    what is somebody else's address are one and the same answer.
    """
    try:
        found = resolve(urlsplit(address).path)
        if found.func is not routing.serve:
            return None
        page = routing.find_route(request, *found.args, **found.kwargs).page
    except (Http404, ValueError):
        return None
    alone = type(page)._default_manager.filter(pk=page.pk)
    if not access.is_locked_for(request.user, page):
        return None
    return page if access.visible_to(request.user, alone, doors=True).exists() else None


def why_closed(request: HttpRequest) -> tuple[str, str]:
    """(why, what to do) for somebody logged in. A member meets here a restriction of Wagtail's."""
    if access.is_member(request.user):
        return (
            _("This page is kept for a working group or for the editorial team."),
            _("If it should open for you, ask the person who sent you the link."),
        )
    somebody: Any = request.user
    why: tuple[str, str] = somebody.why_closed()
    return why


def login_address() -> str:
    """The login page in the language of the request."""
    address = resolve_url(settings.LOGIN_URL)
    language = get_language() or settings.LANGUAGE_CODE
    return address if language == settings.LANGUAGE_CODE else f"/{language}{address}"


def one_login(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Wagtail's own log-in pages lead here: they would ask for a password alone.

    Whoever is logged in already and is sent here by the admin has no right to enter it: they
    are told so instead of being sent round in circles.
    """
    if request.user.is_authenticated:
        context = {
            "reason": _("Your account does not open the editorial space."),
            "advice": _("If you should work there, ask for a role from the network’s team."),
        }
        return render(request, "403.html", context, status=403)
    onward = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
        return redirect(login_address())
    return redirect_to_login(onward, login_address())
