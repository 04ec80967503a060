"""The one place where the environment is read.

Every variable is listed in ``.env.example`` with what it does. Development and tests need
none of them; production refuses to start without those that have no safe default, and names
the one that is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from .languages import checked

BASE_DIR = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Environment:
    """What the environment says, typed. Paths are absolute; URLs carry no trailing slash."""

    secret_key: str
    allowed_hosts: list[str]
    base_url: str
    content_languages: list[str]
    database: dict[str, Any]
    cache_url: str
    page_cache: bool
    task_queue: bool
    email_url: str
    default_from_email: str
    media_root: Path
    private_media_root: Path
    accel_redirect: str
    static_root: Path
    admin_enabled: bool
    secure_proxy: bool
    read_only: bool
    buckets: dict[str, Any]
    backup_folder: Path | None
    backup_copy_to: str
    backup_bucket: dict[str, Any]
    metrics_token: str
    sentry_dsn: str
    alarm_email: str
    log_level: str
    membership_grace_days: int
    newsletter_send_in_process: bool
    newsletter_provider: str
    newsletter_webhook_secret: str
    brevo_api_key: str
    brevo_api_url: str
    brevo_lists: dict[str, int]


def read_environment(*, development: bool) -> Environment:
    """Read the environment once.

    ``development`` gives the unsafe defaults of a newcomer's machine; without it a missing
    ``SECRET_KEY``, ``ALLOWED_HOSTS``, ``BASE_URL`` or ``DATABASE_URL`` raises
    ``ImproperlyConfigured`` with the name of the variable.
    """
    env = environ.Env()
    if (BASE_DIR / ".env").is_file():
        environ.Env.read_env(BASE_DIR / ".env")

    def required(name: str, default: str) -> str:
        value: str = env.str(name, default=default if development else "")
        if not value:
            raise ImproperlyConfigured(
                f"The environment variable {name} is not set. "
                f".env.example says what it is for and shows a value."
            )
        return value

    def whole_number(name: str, default: int) -> int:
        try:
            return int(env.str(name, default=str(default)))
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} must be a whole number.") from error

    def path(name: str, default: Path) -> Path:
        return Path(env.str(name, default=str(default))).resolve()

    database_url = required("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
    try:
        database = dict(env.db_url_config(database_url))
    except Exception as error:
        raise ImproperlyConfigured("DATABASE_URL is not the address of a database.") from error
    if "ENGINE" not in database:
        raise ImproperlyConfigured("DATABASE_URL is not the address of a database.")

    hosts = required("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
    return Environment(
        secret_key=required("SECRET_KEY", "development-only-" + "not-a-secret" * 4),
        allowed_hosts=[host.strip() for host in hosts.split(",") if host.strip()],
        base_url=required("BASE_URL", "http://localhost:8000").rstrip("/"),
        content_languages=checked(env.str("CONTENT_LANGUAGES", default="fr,en").split(",")),
        database=database,
        cache_url=env.str("CACHE_URL", default="locmemcache://"),
        page_cache=env.bool("PAGE_CACHE", default=not development),
        task_queue=env.bool("TASK_QUEUE", default=False),
        email_url=env.str("EMAIL_URL", default="consolemail://"),
        default_from_email=env.str(
            "DEFAULT_FROM_EMAIL", default="Réseau Cocagne <ne-pas-repondre@localhost>"
        ),
        media_root=path("MEDIA_ROOT", BASE_DIR / "media"),
        private_media_root=path("PRIVATE_MEDIA_ROOT", BASE_DIR / "private_media"),
        accel_redirect=_accel_redirect(env),
        static_root=path("STATIC_ROOT", BASE_DIR / "static_collected"),
        admin_enabled=env.bool("ADMIN_ENABLED", default=True),
        secure_proxy=env.bool("SECURE_PROXY", default=False),
        read_only=env.bool("READ_ONLY", default=False),
        buckets=_buckets(env),
        **_watch(env),
        log_level=env.str("LOG_LEVEL", default="INFO").upper(),
        membership_grace_days=whole_number("MEMBERSHIP_GRACE_DAYS", 30),
        newsletter_send_in_process=env.bool("NEWSLETTER_SEND_IN_PROCESS", default=True),
        **_newsletter_provider(env),
    )


PROVIDERS = ("", "brevo")


def _newsletter_provider(env: environ.Env) -> dict[str, Any]:
    """The provider that holds a copy of the subscriptions; what it lacks is told at the start."""
    name = env.str("NEWSLETTER_PROVIDER", default="").lower()
    if name not in PROVIDERS:
        raise ImproperlyConfigured("NEWSLETTER_PROVIDER is empty or brevo.")
    lists = {}
    for pair in filter(None, env.str("BREVO_LISTS", default="").split(",")):
        key, _colon, number = (part.strip() for part in pair.partition(":"))
        if not key or not number.isdecimal():
            raise ImproperlyConfigured("BREVO_LISTS looks like general:3,membres:5.")
        lists[key] = int(number)
    found = {
        "newsletter_provider": name,
        "newsletter_webhook_secret": env.str("NEWSLETTER_WEBHOOK_SECRET", default=""),
        "brevo_api_key": env.str("BREVO_API_KEY", default=""),
        "brevo_api_url": env.str("BREVO_API_URL", default="https://api.brevo.com/v3").rstrip("/"),
        "brevo_lists": lists,
    }
    if name == "brevo" and not (found["brevo_api_key"] and lists):
        raise ImproperlyConfigured("NEWSLETTER_PROVIDER=brevo needs BREVO_API_KEY and BREVO_LISTS.")
    if 0 < len(found["newsletter_webhook_secret"]) < 32:
        raise ImproperlyConfigured("NEWSLETTER_WEBHOOK_SECRET needs 32 characters or more.")
    return found


def _accel_redirect(env: environ.Env) -> str:
    """The internal location of the web server that hands out reserved files, or nothing."""
    found: str = env.str("ACCEL_REDIRECT", default="").rstrip("/")
    if found and not found.startswith("/"):
        raise ImproperlyConfigured("ACCEL_REDIRECT is empty or a path like /fichiers-reserves.")
    return found


def _buckets(env: environ.Env) -> dict[str, Any]:
    """Two buckets of an object storage in the place of two folders, or nothing."""
    public = env.str("S3_PUBLIC_BUCKET", default="")
    private = env.str("S3_PRIVATE_BUCKET", default="")
    if not public and not private:
        return {}
    if not (public and private) or public == private:
        raise ImproperlyConfigured(
            "S3_PUBLIC_BUCKET and S3_PRIVATE_BUCKET are two buckets: name both."
        )
    return {
        "public_bucket": public,
        "private_bucket": private,
        "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
        "region_name": env.str("S3_REGION", default="") or None,
        "access_key": env.str("S3_ACCESS_KEY", default="") or None,
        "secret_key": env.str("S3_SECRET_KEY", default="") or None,
    }


def _watch(env: environ.Env) -> dict[str, Any]:
    """What looks after the running site."""
    folder, token = env.str("BACKUP_FOLDER", default=""), env.str("METRICS_TOKEN", default="")
    if 0 < len(token) < 24:
        raise ImproperlyConfigured("METRICS_TOKEN needs 24 characters or more.")
    return {
        "backup_folder": Path(folder).resolve() if folder else None,
        "backup_copy_to": env.str("BACKUP_COPY_TO", default=""),
        "backup_bucket": {
            "endpoint_url": env.str("BACKUP_S3_ENDPOINT_URL", default="") or None,
            "region_name": env.str("BACKUP_S3_REGION", default="") or None,
            "aws_access_key_id": env.str("BACKUP_S3_ACCESS_KEY", default="") or None,
            "aws_secret_access_key": env.str("BACKUP_S3_SECRET_KEY", default="") or None,
        },
        "metrics_token": token,
        "sentry_dsn": env.str("SENTRY_DSN", default=""),
        "alarm_email": env.str("ALARM_EMAIL", default=""),
    }
