"""The site's addresses, and the public pictures that the web server serves elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.urls import path
from django.views.static import serve

from site_cocagne.urls import handler403, handler404, handler500
from site_cocagne.urls import urlpatterns as addresses

__all__ = ["handler403", "handler404", "handler500"]

urlpatterns = [
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    *addresses,
]
