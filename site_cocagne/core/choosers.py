"""Which pages somebody may choose in the admin: theirs, and what they may know of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from . import access

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


def choosable(user: Any, pages: QuerySet[Any], *, with_parents: bool = False) -> QuerySet[Any]:
    """Drafts too where this person works; elsewhere what the site shows them, doors included.

    Wagtail's chooser lists the whole tree to whoever may enter the admin. ``with_parents``: its
    search names what each page stands below, which must be one that they may know as well. The
    condition stands in a subquery of keys, which is all that the search accepts.
    """
    if access.is_superuser(user):
        return pages
    known = access.visible_to(user, Page.objects.all(), doors=True).values("pk")
    allowed = Q(pk__in=known) | Q(depth=1)
    for path in access.working_paths(user):
        allowed |= Q(path__startswith=path)
    chosen = Page.objects.filter(allowed)
    if with_parents:
        above = Page.objects.filter(allowed, path=OuterRef("above"))
        steps = Substr("path", 1, Length("path") - Page.steplen)
        chosen = chosen.annotate(above=steps).filter(Exists(above))
    return pages.filter(pk__in=chosen.values("pk"))


def in_chooser(pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Also the page whose children are listed: its title heads the list."""
    match = request.resolver_match
    searched = match is not None and match.url_name == "wagtailadmin_choose_page_search"
    parent = match.kwargs.get("parent_page_id") if match is not None else None
    if parent and not choosable(request.user, Page.objects.filter(pk=parent)).exists():
        raise PermissionDenied
    return choosable(request.user, pages, with_parents=searched)
