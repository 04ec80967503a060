"""Where the team tends the search: synonyms, pinned results, what was not found, scans."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from ..exports import PlainExport
from ..models import DocumentText, FruitlessSearch, SearchPin, SynonymGroup


class SynonymViewSet(SnippetViewSet):
    model = SynonymGroup
    icon = "list-ul"
    menu_label = _("Synonyms")
    list_display = ("words", "language")


class PinViewSet(SnippetViewSet):
    model = SearchPin
    icon = "pin"
    menu_label = _("Pinned results")
    list_display = ("words", "page", "order")


class FruitlessViewSet(SnippetViewSet):
    """Read, exported, deleted; nobody writes one by hand (roles.py gives no such right)."""

    model = FruitlessSearch
    index_view_class = PlainExport
    icon = "search"
    menu_label = _("Searches that found nothing")
    list_display = ("words", "count", "day", "language")
    list_filter = ("day", "language")
    list_export = ("day", "language", "words", "count")
    export_filename = "recherches-sans-resultat"
    panels: list[Any] = []


class DocumentTextViewSet(SnippetViewSet):
    """Documents in which no text was found: scans that a screen reader cannot read either."""

    model = DocumentText
    icon = "doc-full"
    menu_label = _("Texts of documents")
    list_display = ("document", "state", "read_at")
    list_filter = ("state",)
    panels: list[Any] = []


class SearchGroup(SnippetViewSetGroup):
    items = (SynonymViewSet, PinViewSet, FruitlessViewSet, DocumentTextViewSet)
    menu_label = _("Site search")
    menu_icon = "search"
    menu_order = 260


register_snippet(SearchGroup)
