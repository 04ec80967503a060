"""Who says that an answer is the same for everybody: the view that made it, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

MARK = "_whole_page"
# Kept: an address that leads to one page, one answer. Counted: one of the endless others (filters,
# months, other names of the host), of which a limited number is kept.
KEPT, COUNTED = "kept", "counted"


def same_for_everybody(
    request: HttpRequest, response: HttpResponse, *, page: Page | None = None
) -> None:
    """Mark ``response``, which ``page`` or a view of its own gave to a visitor without session.

    To be called once ``access`` has been asked for that visitor.
    """
    plain = not request.META.get("QUERY_STRING") and _is_own_address(request, page)
    setattr(response, MARK, (KEPT if plain else COUNTED, page.pk if page is not None else None))


def for_everybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose answer depends on the address alone for all who have no session."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        same_for_everybody(request, response)
        return response

    return marked


def _is_own_address(request: HttpRequest, page: Page | None) -> bool:
    own = urlsplit(settings.BASE_URL)
    if (request.scheme, request.get_host()) != (own.scheme, own.netloc):
        return False
    return page is None or request.path == urlsplit(page.get_url(request) or "").path
