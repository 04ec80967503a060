"""The map for search engines: what anybody may read, and nothing else.

An index names pages of a few thousand addresses each; every page costs the same few queries, and
names each address's translations that are open as well.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
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

    def get_latest_lastmod(self) -> datetime.datetime | None:
        """Asked of the database: Django would read every page for it."""
        latest: datetime.datetime | None = self.items().aggregate(at=Max("last_published_at"))["at"]
        return latest

    def _urls(self, page: Any, protocol: str, domain: str) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = super()._urls(  # type: ignore[misc]  # not in the stubs
            page, protocol, domain
        )
        kin: dict[Any, list[Page]] = defaultdict(list)
        keys = [url["item"].translation_key for url in urls]
        for other in self.items().filter(translation_key__in=keys):
            kin[other.translation_key].append(other)
        for url in urls:
            alternates = kin[url["item"].translation_key]
            if len(alternates) > 1:
                url["alternates"] = alternates_of(alternates, f"{protocol}://{domain}")
        return urls


def alternates_of(pages: list[Page], base: str) -> list[dict[str, str]]:
    """Each language of a page, and the source for readers of every other."""
    found = [(page.locale.language_code, f"{base}{page.url}") for page in pages]
    source = [("x-default", url) for code, url in found if code == settings.LANGUAGE_CODE]
    return [{"lang_code": code, "location": url} for code, url in [*found, *source]]
