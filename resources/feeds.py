"""Feeds of new resources, for the toolbox as a whole and for any of its filters.

Only what everybody may read in full is in them, whoever asks: a feed reader is a cache that
nobody can empty, so a door that closes later must have let out nothing but public words.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from site_cocagne.core import access

from .models import ResourcePage, ToolboxPage

if TYPE_CHECKING:
    from django.http import HttpRequest

LENGTH = 30


class NewResources(Feed[Any, Any]):
    """Atom. The query string is that of the toolbox: what one filters, one can follow."""

    feed_type: type[SyndicationFeed] = Atom1Feed
    language = None

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        language = get_language() or settings.LANGUAGE_CODE
        boxes = ToolboxPage.objects.in_language(language).order_by("path")
        toolbox = access.visible_to(AnonymousUser(), boxes).first()
        if toolbox is None:
            raise Http404
        toolbox.chosen = toolbox.get_filter(request.GET)
        return toolbox

    def title(self, toolbox: Any) -> str:
        words = ", ".join(chip["label"] for chip in toolbox.chosen.chips())
        name = f"{toolbox.title} – {settings.WAGTAIL_SITE_NAME}"
        return f"{name} : {words}" if words else name

    def subtitle(self, toolbox: Any) -> str:
        return toolbox.summary or str(_("New resources"))

    description = subtitle

    def link(self, toolbox: Any) -> str:
        query = toolbox.chosen.query
        return f"{toolbox.url}?{query}" if query else str(toolbox.url)

    def items(self, toolbox: Any) -> Any:
        resources = ResourcePage.objects.child_of(toolbox).for_cards()
        shown = toolbox.chosen.apply(access.visible_to(AnonymousUser(), resources))
        return shown.newest_first()[:LENGTH]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        return item.url or "/"

    def item_guid(self, item: Any) -> str:
        """The same for ever: an address may change, the page's own key does not."""
        return f"urn:uuid:{item.translation_key}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Any) -> datetime.datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Any) -> datetime.datetime | None:
        return item.last_published_at

    def item_categories(self, item: Any) -> list[str]:
        return [str(item.get_kind_display())]


class NewResourcesRss(NewResources):
    feed_type = Rss201rev2Feed
