"""Addresses. Pages come last: what stands above them wins over a page's slug."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemap_views
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern

from site_cocagne.core import files, routing, views
from site_cocagne.core.doors import one_login
from site_cocagne.core.pagecache import for_everybody
from site_cocagne.core.search import views as search
from site_cocagne.core.sitemaps import PageSitemap

SITEMAPS = {"pages": PageSitemap}

urlpatterns: list[URLPattern | URLResolver] = [
    path("sante/", views.alive, name="alive"),
    path("sante/pret/", views.ready, name="ready"),
    path("sante/mesures/", views.figures, name="figures"),
    path(".well-known/security.txt", views.security, name="security"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", for_everybody(sitemap_views.index), {"sitemaps": SITEMAPS}, name="sitemap"),
    path(
        "sitemap-<section>.xml",
        for_everybody(sitemap_views.sitemap),
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    path(
        "documents/<int:document_id>/<str:document_filename>",
        files.document,
        name="wagtaildocs_serve",
    ),
    path("images/<int:rendition_id>/<str:name>", files.picture, name="reserved_picture"),
    path("images/original/<path:name>", files.original, name="original_picture"),
]

if settings.ADMIN_ENABLED:
    urlpatterns += [
        # The admin's own log-in and password pages ask for a password alone: one door for all.
        path("admin/login/", one_login),
        path("admin/password_reset/", one_login),
        path("admin/password_reset/<path:rest>", one_login),
        path("admin/", include(wagtailadmin_urls)),
    ]

if settings.DEBUG:
    from django.conf.urls.static import static

    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

urlpatterns += i18n_patterns(
    path("recherche/", search.results, name="search"),
    path("recherche/suggestions/", search.suggest, name="search_suggestions"),
    path("boite-a-outils/flux/", include("resources.urls")),
    path("plan-du-site/", views.site_map, name="site_map"),
    # Under the address of the newsletter page, which Wagtail serves.
    path("newsletter/", include("newsletter.urls")),
    path("mon-espace/ma-selection/", include("resources.shelf_urls")),
    path("mon-espace/", include("members.urls")),
    path("mon-espace/", include("members.account_urls")),
    path("_util/login/", one_login),
    # Before the agenda, whose pages answer any address that ends with .ics.
    path("", include("editorial.public_urls")),
    path("", include("events.urls")),
    # Pages, by our own router in the place of Wagtail's view of the same name and pattern.
    re_path(serve_pattern, routing.serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler403 = "site_cocagne.core.views.forbidden"
handler404 = "site_cocagne.core.views.not_found"
handler500 = "site_cocagne.core.away.failed"
