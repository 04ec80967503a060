"""What templates ask for. Each tag gives data; templates print it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.templatetags.static import static
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from .. import navigation, routing
from ..blocks.links import may_be_linked, reader
from ..cards import card, shown_picture
from ..doors import door_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..search.extracts import Piece

PLAIN, MARK = "{}", "<mark>{}</mark>"

register = template.Library()
register.simple_tag(card)
register.simple_tag(shown_picture)


@register.simple_tag(takes_context=True)
def site_frame(context: template.Context) -> dict[str, Any]:
    """What surrounds the page being written, for the base template.

    Keys: ``menu``, ``foot``, ``breadcrumb`` (lists of ``navigation.Link``), ``languages``
    (list of ``navigation.LanguageLink``), ``organisation``, ``home_url``, ``site_name``,
    ``canonical`` (absolute address; of the query string only what the context gives as
    ``canonical_query``), ``alternates`` (pairs for hreflang), ``foreign`` (language of what a
    translation shares with its source; empty on the source), ``read_only``.
    It never fails for want of a site: an error page must print.
    """
    request = context.get("request")
    site = routing.site_of(request) if request is not None else None
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
        "read_only": settings.READ_ONLY,
        "canonical": f"{settings.BASE_URL}{request.path}{f'?{query}' if query else ''}",
        # What a translation shares (names of files, of links) stays in the source language.
        "foreign": "" if get_language() == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE,
        # A filtered list has no counterpart of its own in another language.
        "alternates": [] if query else alternates(frame, escape_uri_path(request.path)),
    }


def alternates(frame: navigation.Frame, address: str) -> list[tuple[str, str]]:
    """Languages and absolute addresses for search engines; the source stands for all others.

    None for an address below a page (a month of the agenda): the other language may not have it,
    and engines believe only addresses that name themselves and one another.
    """
    announced = [(one.code, one.url) for one in frame.languages if one.announced]
    if (get_language(), address) not in announced:
        return []
    source = [("x-default", url) for code, url in announced if code == settings.LANGUAGE_CODE]
    return [(code, f"{settings.BASE_URL}{url}") for code, url in [*announced, *source]]


@register.simple_tag(takes_context=True)
def shown_door(context: template.Context, address: str) -> Page | None:
    """The reserved page at ``address`` of which anybody may know title and summary."""
    return door_at(context["request"], address) if address else None


@register.simple_tag(takes_context=True)
def with_page(context: template.Context, number: int) -> str:
    """The query string of the present address with another page of results."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def may_follow(context: template.Context, page: Any) -> bool:
    """May the reader know of this linked page? True without a page: the link leads elsewhere."""
    return may_be_linked(page or None, reader({"request": context.get("request")}))


@register.simple_tag
@cache
def sprite() -> str:
    """Address of the drawings that every icon is taken from: forty times a page."""
    return static("site/img/sprite.svg")


# What follows stands dozens of times on a page, and a template of its own each would be a tenth of
# the time a page takes. All three are decorative: words always stand beside them.


@register.simple_tag
@cache
def icon(name: str, style: str = "") -> str:
    """A symbol of the sprite; ``style``: a further class."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        *(f"icon {style}".strip(), sprite(), name),
    )


@register.simple_tag
@cache
def emblem(name: str) -> str:
    """The emblem of a mission; it takes the colours of the nearest ``data-accent``."""
    return format_html(
        '<svg class="emblem" viewBox="0 0 64 64" width="64" height="64" aria-hidden="true"'
        ' focusable="false"><use href="{}#{}"/></svg>',
        *(sprite(), name or "grow"),
    )


@register.simple_tag
@cache
def edge(shape: str) -> str:
    """The upper edge of a band (``edge-1`` to ``edge-3``), drawn by the first line in it."""
    return format_html(
        '<svg class="edge" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        *(sprite(), shape),
    )


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value of ``key`` in a mapping; nothing where either is missing."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def marked(pieces: Iterable[Piece]) -> str:
    """A text of ``search.extracts`` with the words that answer set apart; sixty times a page."""
    words = ((MARK if one.found else PLAIN, one.text) for one in pieces)
    return mark_safe("".join(format_html(form, text) for form, text in words))  # noqa: S308


@register.filter
def breakable(address: str) -> str:
    """An e-mail address that a narrow column breaks where a reader would: after the @."""
    name, at, domain = address.partition("@")
    return format_html("{}{}<wbr>{}", name, at, domain) if at else address
