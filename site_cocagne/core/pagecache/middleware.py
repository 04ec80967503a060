"""Handing out whole pages before the session or the database is touched."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import get_conditional_response

from ..signals import page_handed_out
from . import entries
from .marks import MARK

SAFE = frozenset({"GET", "HEAD"})
# Whoever sends one of these may be somebody: nothing of what they are answered is kept, and
# nothing that was kept is given to them.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")


# What an answer without a body does not say of one.
OF_THE_BODY = frozenset({"content-length", "content-type", "content-language", "content-encoding"})


class WholePages:
    """Stands outside of sessions, and of all that writes headers: an answer is kept with them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_CACHE or not is_nobodys(request):
            return self.get_response(request)
        try:
            key = entries.key_of(request)
        except DisallowedHost:
            return self.get_response(request)
        now = timezone.now()
        word, entry = entries.look_up(key)
        if entry is not None:
            return in_this_second(handed_out(request, entry), now)
        response = self.get_response(request)
        if not is_whole(response):
            return response
        response.headers["Cache-Control"] = entries.CACHE_CONTROL
        response.headers["ETag"] = entries.etag_of(response.content)
        if request.method == "GET":
            entries.keep(key, word, response, now)
        return in_this_second(conditional(request, response), now)


def is_nobodys(request: HttpRequest) -> bool:
    """Can the answer be that of everybody? Asked of the request alone."""
    return (
        request.method in SAFE
        and not any(name in request.COOKIES for name in PERSONAL_COOKIES)
        and "HTTP_AUTHORIZATION" not in request.META
    )


def is_whole(response: HttpResponse) -> bool:
    """Was the answer marked by its view, and does nothing in it speak to one person?"""
    return (
        hasattr(response, MARK)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "Cache-Control" not in response.headers
        and "cookie" not in response.headers.get("Vary", "").lower()
    )


def handed_out(request: HttpRequest, entry: entries.Entry) -> HttpResponse:
    if entry.page_id is not None:
        page_handed_out.send(None, page_id=entry.page_id, request=request)
    response = HttpResponse(entry.body)
    for name, value in entry.headers:
        response.headers[name] = value
    return conditional(request, response)


def in_this_second(response: HttpResponse, begun: datetime.datetime) -> HttpResponse:
    """nginx, told in its own words: until the end of the second in which the answer was begun.

    It counts in whole seconds, so that of ``s-maxage=1`` it makes up to two.
    """
    response.headers["X-Accel-Expires"] = f"@{int(begun.timestamp())}"
    return response


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """``304`` with the same headers where the visitor has this very page already."""
    answer = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    if not isinstance(answer, HttpResponseNotModified):
        return response
    for name, value in response.items():
        if name.lower() not in OF_THE_BODY:
            answer.headers[name] = value
    return answer
