"""Sites and the homes of their languages, from memory: every address begins there."""

from __future__ import annotations

from django.core.cache import cache
from wagtail.models import Page, Site
from wagtail.models.sites import (
    SITE_ROOT_PATHS_CACHE_KEY,
    SITE_ROOT_PATHS_CACHE_VERSION,
    SiteRootPath,
)

from .memo import remember


def sites() -> list[Site]:
    """All sites with their homes, in the order in which Wagtail looks for an address."""
    return remember("sites", _sites)


def root_paths() -> list[SiteRootPath]:
    """As ``Site.get_site_root_paths``, in one query where that takes one a site and one more."""
    return remember("root-paths", _root_paths)


def _sites() -> list[Site]:
    found = Site.objects.select_related("root_page", "root_page__locale")
    return list(found.order_by("-root_page__url_path", "-is_default_site", "hostname"))


def _root_paths() -> list[SiteRootPath]:
    keys = {site.root_page.translation_key for site in sites()}
    homes = list(Page.objects.filter(translation_key__in=keys).select_related("locale"))
    found = [
        SiteRootPath(site.pk, home.url_path, site.root_url, home.locale.language_code)
        for site in sites()
        for home in homes
        if home.translation_key == site.root_page.translation_key
    ]
    # Pages of no type of ours ask Wagtail, which finds the answer where it would have put it.
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, found, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)
    return found
