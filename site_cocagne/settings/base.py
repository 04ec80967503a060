"""Settings common to every way of running the site.

What depends on the machine comes from ``environment.py`` through ``configure``; what depends
on the purpose stands in ``dev``, ``test`` and ``production``.
"""

from __future__ import annotations

from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ..core.players import FRAMED
from .accounts import *  # noqa: F403
from .accounts import LOGIN_URL
from .environment import BASE_DIR, Environment
from .languages import SOURCE, language_settings
from .stores import caches, storages, tasks

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
    "django_tasks_db",
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
    "site_cocagne.core.logs.NumberedRequests",
    # outside of whatever writes a header: a page that is kept has them all
    "site_cocagne.core.pagecache.WholePages",
    "django.middleware.security.SecurityMiddleware",
    "site_cocagne.core.middleware.FixedHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "site_cocagne.core.middleware.NullBytes",
    "site_cocagne.core.middleware.OneMoment",
    "site_cocagne.core.away.WhileDatabaseIsAway",
    "site_cocagne.core.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "site_cocagne.core.middleware.LanguageOfTheAddress",
    "site_cocagne.core.middleware.ReadOnly",
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
            "builtins": [
                "django.templatetags.i18n",
                "site_cocagne.core.templatetags.site_tags",
            ],
        },
    }
]

# --- people -------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.User"
# Passwords, login, second factor, lock-out: accounts.py

# --- languages and time (design.md, 6) ------------------------------------------------------
LANGUAGE_CODE = SOURCE
# The languages themselves follow from CONTENT_LANGUAGES: languages.py
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
# Addresses that survive being copied into a mail: « à » is written a.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
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
WAGTAILDOCS_DOCUMENT_FORM_BASE = "site_cocagne.core.uploads.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64 * 1000 * 1000
WAGTAILIMAGES_IMAGE_FORM_BASE = "site_cocagne.core.uploads.ImageForm"
WAGTAILIMAGES_AVIF_QUALITY = 50
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


# A page waits two seconds for a connection, then says that the database is away (core/away.py). A
# pool that could not connect begins anew after three: left alone it would wait longer each time,
# up to minutes after the database is back.
POOL = {"min_size": 1, "max_size": 8, "timeout": 2, "reconnect_timeout": 3}


def configure(environment: Environment) -> dict[str, Any]:
    """The settings that follow from ``environment``, as names and values."""
    mail: dict[str, Any] = mail_settings(environment)
    postgres = "postgresql" in environment.database["ENGINE"]
    database: dict[str, Any] = {**environment.database, "ATOMIC_REQUESTS": False}
    if postgres:
        database.setdefault("OPTIONS", {})["pool"] = POOL
        # A server that was started again has cut what lies in the pool: no visitor is to find out.
        database["CONN_HEALTH_CHECKS"] = True
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
        **language_settings(environment.content_languages),
        "CSRF_TRUSTED_ORIGINS": [environment.base_url],
        "WAGTAILADMIN_BASE_URL": environment.base_url,
        "DATABASES": {"default": database},
        "CACHES": caches(environment.cache_url),
        "PAGE_CACHE": environment.page_cache,
        "TASKS": tasks(environment.task_queue),
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
        "STORAGES": storages(environment.private_media_root, environment.buckets),
        "ADMIN_ENABLED": environment.admin_enabled,
        "MEMBERSHIP_GRACE_DAYS": environment.membership_grace_days,
        # False where a worker runs `manage.py send_newsletter --loop` instead.
        "NEWSLETTER_SEND_IN_PROCESS": environment.newsletter_send_in_process,
        "NEWSLETTER_PROVIDER": environment.newsletter_provider,
        "NEWSLETTER_WEBHOOK_SECRET": environment.newsletter_webhook_secret,
        "BREVO_API_KEY": environment.brevo_api_key,
        "BREVO_API_URL": environment.brevo_api_url,
        "BREVO_LISTS": environment.brevo_lists,
        "METRICS_TOKEN": environment.metrics_token,
        "BACKUP_FOLDER": environment.backup_folder,
        "BACKUP_COPY_TO": environment.backup_copy_to,
        "BACKUP_BUCKET": environment.backup_bucket,
        "ALARM_EMAIL": environment.alarm_email,
        "READ_ONLY": environment.read_only,
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


def logging(level: str, formatter: dict[str, str] | None = None) -> dict[str, Any]:
    """Everything to standard output, from ``level`` on."""
    line = formatter or {"format": "{levelname} {name} {message}", "style": "{"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # A line for each page saved and two for each task begun and ended: not worth reading.
            "wagtail": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},
            # A line a request, at INFO: where lines are for machines.
            "site_cocagne.access": {"level": level if formatter else "WARNING"},
        },
    }
