"""What happens to every request before a view sees it, and to every answer after."""

from __future__ import annotations

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from . import generation

ADMIN_PREFIXES = ("/admin/",)


class NullBytes:
    """No text has a null byte, and PostgreSQL refuses one with an exception.

    In a path it can only be an attack: 404. In a query string the sign for what is unreadable
    (U+FFFD) stands in its place, as in HTML: what reads the query says that it did not understand.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            return HttpResponseNotFound()
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            unreadable = query.replace("\x00", "%00").replace("%00", "%EF%BF%BD")
            request.META["QUERY_STRING"] = unreadable
        return self.get_response(request)


class OneMoment:
    """All that a request finds remembered is of one generation, asked for once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with generation.one_moment():
            return self.get_response(request)


class FixedHeaders:
    """What holds for every answer, files and errors with it.

    The browser's devices are for nobody, and no other site builds our answers into its pages.
    """

    POLICY = ", ".join(
        f"{device}=()"
        for device in (
            *("accelerometer", "bluetooth", "browsing-topics", "camera", "display-capture"),
            *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi"),
            *("payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
        )
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class ReadOnly:
    """While ``READ_ONLY`` is set, everybody reads and nobody writes.

    For the minutes of a move or of a restore. Readers notice nothing; who sends a form is told,
    and loses nothing: the form is still there when they go back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.READ_ONLY or request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        response = render(request, "read_only.html", status=503)
        response.headers["Retry-After"] = "300"
        response.headers["Cache-Control"] = "no-store"
        return response


class LanguageOfTheAddress:
    """The language is that of the address and of nothing else (design.md, 6).

    Django's own middleware looks at cookies and at Accept-Language, and says so in ``Vary``,
    which splits every cache for nothing here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


class NobodyWithoutSession:
    """Whoever sends no session cookie is nobody: the session is not even asked.

    Asking it would add ``Vary: Cookie`` to every public page and make every cache useless.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            request.user = AnonymousUser()
        return self.get_response(request)


class ContentSecurityPolicy(CSPMiddleware):
    """``'self'`` alone on the site; the looser policy that Wagtail's admin needs, there only.

    The admin's date choosers and wagtail-localize's editor write inline styles and scripts,
    its image forms show ``blob:`` pictures (Wagtail issue 1288).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(ADMIN_PREFIXES):
            response._csp_update = {  # type: ignore[attr-defined]
                "script-src": ["'self'", "'unsafe-inline'"],
                "style-src": ["'self'", "'unsafe-inline'"],
                "img-src": ["blob:"],
            }
        return super().process_response(request, response)


class GuardedRedirects(RedirectMiddleware):
    """Wagtail's redirects, which tell an outsider no new address of a page kept from them.

    The words of a title stand in the address of its page: where the page is closed to who asks,
    its door answers at the old address instead.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.status_code != 404:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        found = get_redirect(request, path) or get_redirect(request, path.partition("?")[0])
        if found is not None and found.redirect_page is not None:
            from . import access
            from .doors import closed_door

            if not access.can_view(request.user, found.redirect_page):
                return closed_door(request)
        return super().process_response(request, response)
