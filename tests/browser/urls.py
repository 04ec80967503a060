"""The site's addresses, and the public pictures that the web server serves elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.static import serve

from site_cocagne.urls import handler403, handler404, handler500
from site_cocagne.urls import urlpatterns as addresses

__all__ = ["handler403", "handler404", "handler500"]


def fail(request: HttpRequest) -> HttpResponse:
    """What no page of the site does: it shows the page of that day."""
    raise RuntimeError("asked for by a test")


urlpatterns = [
    path("erreur-500/", fail),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    *addresses,
]
