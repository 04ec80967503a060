"""The WSGI entry point: ``application``, on the production settings unless told otherwise."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cocagne.settings.production")

application = get_wsgi_application()

# What is loaded now stays for good: going through it again and again for what could be thrown
# away would take a tenth of a second each time.
gc.collect()
gc.freeze()
