"""What logging in changes about an answer."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from site_cocagne.core.middleware import ADMIN_PREFIXES

PERSONAL = "private, no-store"


class PersonalAnswers:
    """What somebody logged in is answered is kept by no cache, not even the browser's own.

    After log-out, the end of a membership or a change of audience nothing of it comes back.
    Only sessions are looked at: without the cookie nobody is logged in, and the answer to
    everybody stays free of ``Vary: Cookie``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            response.headers["Cache-Control"] = PERSONAL
        return response


class SecondFactor:
    """Nobody works in the admin with a password alone (``SECOND_FACTOR_REQUIRED``).

    allauth asks for the code at login once it is set up, and never forces anybody to set it
    up: this does, for those who may enter the admin.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and request.path.startswith(ADMIN_PREFIXES):
            user = request.user
            if user.is_authenticated and not is_mfa_enabled(user):
                messages.warning(
                    request, _("To enter the editorial space, set up a second factor first.")
                )
                return redirect("mfa_activate_totp")
        return self.get_response(request)
