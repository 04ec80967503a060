"""The ASGI entry point: ``application``, on the production settings unless told otherwise."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cocagne.settings.production")

application = get_asgi_application()
