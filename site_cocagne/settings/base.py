"""Settings common to every way of running the site.

What depends on the machine comes from ``environment.py`` through ``configure``; what depends
on the purpose stands in ``dev``, ``test`` and ``production``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ..core.players import FRAMED
from .accounts import *  # noqa: F403
from .accounts import LOGIN_URL
from .environment import BASE_DIR, Environment

INSTALLED_APPS = [
    # ours, first: their templates and commands win over those of the libraries
    "home",
    "resources",
    "events",
    "newsletter",
    "members",
    "site_cocagne.core",
    # languages
    "wagtail_localize",
    "wagtail_localize.locales",
    # Wagtail
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.styleguide",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    # accounts
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    # Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    # ours, after wagtail.admin: its messages replace the mails of the workflow
    "editorial",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "site_cocagne.core.middleware.DropNullBytes",
    "site_cocagne.core.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "site_cocagne.core.middleware.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "site_cocagne.core.middleware.NobodyWithoutSession",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.middleware.PersonalAnswers",
    "members.middleware.SecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "site_cocagne.core.middleware.GuardedRedirects",
    # last: it turns an attempt that was refused into the page that says so
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "site_cocagne.urls"
WSGI_APPLICATION = "site_cocagne.wsgi.application"
ASGI_APPLICATION = "site_cocagne.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wagtail.contrib.settings.context_processors.settings",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]

# --- people -------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.User"
# Passwords, login, second factor, lock-out: accounts.py

# --- languages and time (design.md, 6) ------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Each language by its own name, which is how its readers look for it.
CONTENT_LANGUAGE_NAMES = [("fr", "Français"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
USE_I18N = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True
WAGTAIL_USER_TIME_ZONES = ["Europe/Paris"]
# A page exists in another language only when somebody translated it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# --- files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "site_cocagne" / "static"]
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Wagtail ------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Réseau Cocagne"
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILIMAGES_RENDITION_STORAGE = "site_cocagne.core.storages.RenditionStorage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "csv", "txt", "zip"),
    *("mp3", "ogg", "oga", "wav", "m4a", "mp4", "webm", "vtt", "srt"),
    *("png", "jpg", "jpeg", "webp"),
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64 * 1000 * 1000
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_WEBP_QUALITY = 78
# Passwords shared by a group are stored in clear by Wagtail: the option is off.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "editorial.finish.publish"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "link", "document-link", "ol", "ul"]},
    }
}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # foreign players are never put in our pages
TAGGIT_CASE_INSENSITIVE = True
EMAIL_TIMEOUT = 10  # seconds: a mail server that does not answer holds nobody up

# --- doors ------------------------------------------------------------------------------------
X_FRAME_OPTIONS = "SAMEORIGIN"
# Wagtail shows the preview of a page in a frame of its own admin, so that DENY cannot be.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        # Players of other sites, which a visitor starts by a click (core/players.py).
        "frame-src": [SELF, *FRAMED],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

# Only the development settings make accounts whose passwords are printed.
DEMONSTRATION_ACCOUNTS = False


def configure(environment: Environment) -> dict[str, Any]:
    """The settings that follow from ``environment``, as names and values."""
    cache: dict[str, Any] = dict(environ.Env.cache_url_config(environment.cache_url))
    mail: dict[str, Any] = mail_settings(environment)
    postgres = "postgresql" in environment.database["ENGINE"]
    database: dict[str, Any] = {**environment.database, "ATOMIC_REQUESTS": False}
    if postgres:
        database.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 5}
        # PostgreSQL compiles what it guesses to be dear: 150 ms for queries that take 10.
        database["OPTIONS"].setdefault("options", "-c jit=off")
    else:
        # One writer at a time: wait for it instead of failing at once.
        database.setdefault("OPTIONS", {}).update(
            {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            }
        )
    return {
        "SECRET_KEY": environment.secret_key,
        "ALLOWED_HOSTS": environment.allowed_hosts,
        "BASE_URL": environment.base_url,
        "CSRF_TRUSTED_ORIGINS": [environment.base_url],
        "WAGTAILADMIN_BASE_URL": environment.base_url,
        "DATABASES": {"default": database},
        "CACHES": {"default": cache},
        "WAGTAILSEARCH_BACKENDS": {
            "default": {
                "BACKEND": "wagtail.search.backends.database",
                **({"SEARCH_CONFIG": "french"} if postgres else {}),
            }
        },
        "DEFAULT_FROM_EMAIL": environment.default_from_email,
        "SERVER_EMAIL": environment.default_from_email,
        **mail,
        "MEDIA_ROOT": environment.media_root,
        "PRIVATE_MEDIA_ROOT": environment.private_media_root,
        "STATIC_ROOT": environment.static_root,
        "STORAGES": storages(environment.private_media_root),
        "ADMIN_ENABLED": environment.admin_enabled,
        "MEMBERSHIP_GRACE_DAYS": environment.membership_grace_days,
        # False where a worker runs `manage.py send_newsletter --loop` instead.
        "NEWSLETTER_SEND_IN_PROCESS": environment.newsletter_send_in_process,
        "NEWSLETTER_PROVIDER": environment.newsletter_provider,
        "NEWSLETTER_WEBHOOK_SECRET": environment.newsletter_webhook_secret,
        "BREVO_API_KEY": environment.brevo_api_key,
        "BREVO_API_URL": environment.brevo_api_url,
        "BREVO_LISTS": environment.brevo_lists,
        "LOGGING": logging(environment.log_level),
    }


def mail_settings(environment: Environment) -> dict[str, Any]:
    """SMTP and the like by Django itself; ``brevo://`` by the provider's interface over HTTP."""
    if environment.email_url != "brevo://":
        return dict(environ.Env.email_url_config(environment.email_url))
    return {
        "EMAIL_BACKEND": "anymail.backends.brevo.EmailBackend",
        "ANYMAIL": {
            "BREVO_API_KEY": environment.brevo_api_key,
            "BREVO_API_URL": f"{environment.brevo_api_url}/",
            "REQUESTS_TIMEOUT": EMAIL_TIMEOUT,
        },
    }


def storages(private_media_root: Path) -> dict[str, Any]:
    """Public pictures, reserved files, static files. The second has no address of its own."""
    backend = "django.core.files.storage.FileSystemStorage"
    return {
        "default": {"BACKEND": backend},
        "private": {
            "BACKEND": "site_cocagne.core.storages.PrivateFileSystemStorage",
            "OPTIONS": {"location": private_media_root},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def logging(level: str) -> dict[str, Any]:
    """Everything to standard output, from ``level`` on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{levelname} {name} {message}", "style": "{"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        # A line for each page saved and two for each task begun and ended: not worth reading.
        "loggers": {"wagtail": {"level": "WARNING"}, "django_tasks": {"level": "WARNING"}},
    }
