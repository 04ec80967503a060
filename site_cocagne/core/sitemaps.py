"""The map for search engines: what anybody may read, and nothing else."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page

from . import access


class PageSitemap(Sitemap[Page]):
    """Published pages open to everybody, in every language."""

    limit = 2000

    def items(self) -> Any:
        pages = Page.objects.filter(depth__gte=2).select_related("locale").order_by("path")
        return access.visible_to(AnonymousUser(), pages)

    def location(self, item: Page) -> str:
        return item.url or "/"

    def lastmod(self, item: Page) -> datetime.datetime | None:
        return item.last_published_at
