"""The map for search engines: what anybody may read, and nothing else.

An index names pages of two hundred addresses each: a page costs the same whatever the site holds.
Each address names its translations that are open as well.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import Max
from django.utils.encoding import iri_to_uri
from django.utils.functional import cached_property
from wagtail.models import Page

from . import access
from .listing import CountedPaginator
from .memo import remember
from .roots import root_paths

Row = dict[str, Any]
READ = ("url_path", "translation_key", "locale__language_code", "last_published_at")


class PageSitemap(Sitemap[Row]):
    """Published pages open to everybody, in every language.

    Rows instead of pages: for a page of the map, making thousands of models and asking each for
    its address costs three quarters of the time.
    """

    limit = 200

    def items(self) -> Any:
        return self.pages().order_by("path").values(*READ)

    def pages(self) -> Any:
        """Those of a language that was switched off have no address."""
        codes = [code for code, _name in settings.LANGUAGES]
        pages = Page.objects.filter(depth__gte=2, locale__language_code__in=codes)
        return access.visible_to(AnonymousUser(), pages)

    @property
    def paginator(self) -> Paginator[Row]:
        """Counting goes through every page of the site, and changes with the generation alone."""
        count = remember("sitemap:count", lambda: self.pages().count())
        return CountedPaginator(self.items(), self.limit, count)

    def location(self, item: Row) -> str:
        return address_of(item, self.roots)

    @cached_property
    def roots(self) -> list[Any]:
        """The homes of all languages, asked of the cache once a request."""
        return root_paths()

    def lastmod(self, item: Row) -> datetime.datetime | None:
        at: datetime.datetime | None = item["last_published_at"]
        return at

    def get_latest_lastmod(self) -> datetime.datetime | None:
        """Asked of the database: Django would read every page for it."""
        latest: datetime.datetime | None = self.pages().aggregate(at=Max("last_published_at"))["at"]
        return latest

    def _urls(self, page: Any, protocol: str, domain: str) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = super()._urls(  # type: ignore[misc]  # not in the stubs
            page, protocol, domain
        )
        kin: dict[Any, list[Row]] = defaultdict(list)
        keys = [url["item"]["translation_key"] for url in urls]
        for other in self.items().filter(translation_key__in=keys):
            kin[other["translation_key"]].append(other)
        for url in urls:
            alternates = kin[url["item"]["translation_key"]]
            if len(alternates) > 1:
                url["alternates"] = self.alternates_of(alternates, f"{protocol}://{domain}")
        return urls

    def alternates_of(self, rows: list[Row], base: str) -> list[dict[str, str]]:
        """Each language of a page, and the source for readers of every other."""
        found = [
            (row["locale__language_code"], f"{base}{address_of(row, self.roots)}") for row in rows
        ]
        source = [("x-default", url) for code, url in found if code == settings.LANGUAGE_CODE]
        return [{"lang_code": code, "location": url} for code, url in [*found, *source]]


def address_of(row: Row, roots: list[Any]) -> str:
    """What ``Page.url`` says of a page of this site, from its path alone."""
    code = row["locale__language_code"]
    for root in roots:
        if root.language_code == code and row["url_path"].startswith(root.root_path):
            prefix = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
            return iri_to_uri(prefix + row["url_path"][len(root.root_path) :])
    return "/"
