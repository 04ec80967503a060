"""Settings of a server that the public reaches."""

from __future__ import annotations

from .base import *  # noqa: F403
from .base import configure, logging
from .environment import read_environment
from .sentry import report_to
from .stores import storages

DEBUG = False
_environment = read_environment(development=False)
globals().update(configure(_environment))

STORAGES = storages(_environment.private_media_root, _environment.buckets)
STORAGES["staticfiles"] = {
    "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    # Whoever collects them need not be who serves them: in a container it is not.
    "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
}
if _environment.accel_redirect and not _environment.buckets:
    SENDFILE_BACKEND = "django_sendfile.backends.nginx"
    SENDFILE_ROOT = _environment.private_media_root
    SENDFILE_URL = _environment.accel_redirect
LOGGING = logging(_environment.log_level, {"()": "site_cocagne.core.logs.JsonLines"})
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^sante/"]  # asked for from inside, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if _environment.secure_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
if _environment.sentry_dsn:
    report_to(_environment.sentry_dsn)
