"""Settings of the test suite: fast, without network, nothing left behind."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import configure
from .environment import read_environment
from .stores import caches, storages

DEBUG = False
_environment = read_environment(development=True)
globals().update(configure(_environment))
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
CSRF_TRUSTED_ORIGINS: list[str] = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
NEWSLETTER_SEND_IN_PROCESS = False
NEWSLETTER_PROVIDER = ""  # whatever a .env file says
CACHES = caches("locmemcache://")
# The tests of the page cache switch it on: others look at what pages say now.
PAGE_CACHE = False

# Files go to a folder of this process (each xdist worker has its own), removed at its end.
_files = Path(tempfile.mkdtemp(prefix="cocagne-tests-"))
atexit.register(shutil.rmtree, _files, ignore_errors=True)
MEDIA_ROOT = _files / "media"
PRIVATE_MEDIA_ROOT = _files / "private"
STATIC_ROOT = _files / "static"
STATIC_ROOT.mkdir()
STORAGES = storages(PRIVATE_MEDIA_ROOT)
# The tests of the second factor switch it on.
SECOND_FACTOR_REQUIRED = False
