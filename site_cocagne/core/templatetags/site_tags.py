"""What templates ask for. Each tag gives data; templates print it."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language
from wagtail.models import Site

from .. import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context: template.Context) -> dict[str, Any]:
    """What surrounds the page being written, for the base template.

    Keys: ``menu``, ``foot``, ``breadcrumb`` (lists of ``navigation.Link``), ``languages``
    (list of ``navigation.LanguageLink``), ``organisation``, ``home_url``, ``site_name``,
    ``canonical`` (absolute address; of the query string only what the context gives as
    ``canonical_query``), ``alternates`` (pairs for hreflang), ``foreign`` (language of what a
    translation shares with its source; empty on the source).
    It never fails for want of a site: an error page must print.
    """
    request = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    if request is None or site is None:
        return {"menu": [], "foot": [], "breadcrumb": [], "languages": [], "home_url": "/"}
    page = context.get("page") or None
    if page is not None and not getattr(page, "pk", None):  # previewed before it is saved
        page = None
    user = getattr(request, "user", None) or AnonymousUser()
    query = context.get("canonical_query", "")
    frame = navigation.frame(site, get_language() or settings.LANGUAGE_CODE, user, page)
    return {
        **vars(frame),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "canonical": f"{settings.BASE_URL}{request.path}{f'?{query}' if query else ''}",
        # A filtered list has no counterpart of its own in another language.
        # What a translation shares (names of files, of links) stays in the source language.
        "foreign": "" if get_language() == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE,
        "alternates": [] if query else alternates(frame),
    }


def alternates(frame: navigation.Frame) -> list[tuple[str, str]]:
    """Languages and absolute addresses for search engines; the source stands for all others."""
    announced = [(one.code, one.url) for one in frame.languages if one.announced]
    source = [("x-default", url) for code, url in announced if code == settings.LANGUAGE_CODE]
    return [(code, f"{settings.BASE_URL}{url}") for code, url in [*announced, *source]]


@register.simple_tag(takes_context=True)
def with_page(context: template.Context, number: int) -> str:
    """The query string of the present address with another page of results."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value of ``key`` in a mapping; nothing where either is missing."""
    return mapping.get(key, "") if mapping else ""
