"""What the toolbox adds to Wagtail: its figures, counted when a page or a file is served."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from site_cocagne.core.exports import PlainExport
from site_cocagne.core.robots import is_robot

from . import rules
from .models import ResourcePage
from .uses import DailyUse, count_download, count_view


@hooks.register("before_serve_page", order=100)
def count_page(page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any) -> None:
    """After the door (core, order -100): who was refused has seen nothing."""
    if isinstance(page, ResourcePage) and request.method == "GET" and not is_robot(request):
        count_view(page.pk)


@hooks.register("before_serve_document", order=0)
def ask_for_the_rules(document: Any, request: HttpRequest) -> HttpResponse | None:
    """After the door (core, order -100), before the counting: a kit opens with its rules."""
    return rules.ask_before(document, request)


@hooks.register("before_serve_document", order=100)
def count_document(document: Any, request: HttpRequest) -> None:
    """A file sent in pieces is counted at its beginning, once."""
    later_piece = request.headers.get("Range", "bytes=0-")[:8] != "bytes=0-"
    if request.method == "GET" and not later_piece and not is_robot(request):
        count_download(document.pk)


class UseViewSet(SnippetViewSet):
    """Read and exported; nobody writes a figure by hand (roles.py gives no such right)."""

    model = DailyUse
    index_view_class = PlainExport
    icon = "history"
    menu_label = _("Use of the resources")
    list_display = ("page", "day", "views", "downloads")
    list_filter = ("day",)
    list_export = ("page", "day", "views", "downloads")
    export_filename = "usage-des-ressources"
    panels: list[Any] = []
    add_to_admin_menu = True
    menu_order = 270


register_snippet(UseViewSet)
