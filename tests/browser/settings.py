"""Settings of the server that browser tests look at: a newcomer's, served as production serves."""

from __future__ import annotations

from site_cocagne.settings.dev import *  # noqa: F403

DEBUG = False
ROOT_URLCONF = "tests.browser.urls"
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
