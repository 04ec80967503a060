"""What the shared app adds to Wagtail: the doors of pages and documents, the snippets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from . import access
from .doors import closed_door
from .models import Contact, Mission, Partner, Theme
from .search import admin  # noqa: F401  (registers the screens of the search)


@hooks.register("before_serve_page", order=-100)
def check_page(
    page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
) -> HttpResponse | None:
    """Nobody is served a page they may not view, whatever its type does in ``serve``."""
    if access.can_view(request.user, page):
        return None
    return closed_door(request)


@hooks.register("before_serve_document", order=-100)
def check_document(document: Any, request: HttpRequest) -> HttpResponse | None:
    """A document is as closed as the strictest published page that uses it."""
    if access.can_view(request.user, document):
        return None
    return closed_door(request)


class MissionViewSet(SnippetViewSet):
    model = Mission
    icon = "group"
    list_display = ("name", "people", "order")
    menu_label = _("Missions")


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Themes")


class ContactViewSet(SnippetViewSet):
    model = Contact
    icon = "user"
    list_display = ("name", "role", "email")
    menu_label = _("Contacts")


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "link"
    list_display = ("name", "url", "order")
    menu_label = _("Partners")


class TaxonomyGroup(SnippetViewSetGroup):
    """Missions, themes, contacts and partners, one entry of the admin's menu."""

    items = (MissionViewSet, ThemeViewSet, ContactViewSet, PartnerViewSet)
    menu_label = _("Directory")
    menu_icon = "folder-open-inverse"
    menu_order = 250


register_snippet(TaxonomyGroup)
