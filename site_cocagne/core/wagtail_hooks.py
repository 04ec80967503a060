"""What the shared app adds to Wagtail: the doors of pages and documents, the snippets."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from . import (
    access,
    admin_api,  # noqa: F401  (a hook, registered by being imported)
)
from .choosers import in_chooser
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


@hooks.register("insert_global_admin_css")
def colour_the_admin() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("site/css/admin.css"))


hooks.register("construct_page_chooser_queryset", in_chooser)


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


@hooks.register("insert_global_admin_js")
def say_that_nobody_writes() -> str:
    """While the site is read only, every screen of the admin says so."""
    if not settings.READ_ONLY:
        return ""
    return format_html(
        '<p role="status" style="position:fixed;inset:auto 0 0 0;z-index:100;margin:0;padding:1rem;'
        'background:#7a2e0e;color:#fff;text-align:center">{}</p>',
        _("The site is read only for a few minutes: nothing can be saved. Keep this page open."),
    )
